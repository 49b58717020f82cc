/** A placement without reasons, for tests that only need addresses. */
import type { CompileOptions, Placement } from '../../src/core/sema/placement.ts';
import { alignOf, qualsOf, sizeOf } from '../../src/core/sema/type-relations.ts';
import { CONST } from '../../src/core/sema/type.ts';
import type { ObjectSymbol, TypedUnit } from '../../src/core/sema/typed-tree.ts';

/** Sections by the plain rules: bss, data, rodata, tls. */
export function placeSimply(unit: TypedUnit, options: CompileOptions): Placement[] {
  const make = (
    of: Placement['of'],
    section: string | undefined,
    size: number,
    align: number,
  ): Placement => ({
    of,
    name: 'name' in of ? of.name : '',
    kind: 'variable',
    scope: 'file',
    objectSection: section,
    section,
    segment: 'data',
    isRelro: false,
    size,
    align,
    emittedAlign: size >= 32 ? Math.max(align, 32) : size >= 16 ? Math.max(align, 16) : align,
    storage: 'static',
    linkage: 'linkage' in of ? of.linkage : 'none',
    frameOffset: undefined,
    address: undefined,
    reason: { key: '' },
    moves: undefined,
  });
  const sectionOf = (object: ObjectSymbol): string => {
    const entries = object.initializer?.entries ?? [];
    const isZero = entries.every(
      ({ constant }) =>
        (constant?.kind === 'integer' && constant.value === 0n) ||
        (constant?.kind === 'floating' && Object.is(constant.value, 0)) ||
        (constant?.kind === 'bytes' && constant.bytes.every((byte) => byte === 0)),
    );
    if (object.storage === 'thread') return isZero ? '.tbss' : '.tdata';
    const hasAddresses = entries.some(({ constant }) => constant?.kind === 'address');
    if ((qualsOf(object.type) & CONST) !== 0) return hasAddresses && options.pie ? '.data.rel.ro' : '.rodata';
    return isZero ? '.bss' : '.data';
  };
  const objects = [
    ...unit.objects,
    ...unit.literalObjects,
    ...unit.functions.flatMap((fn) => fn.staticLocals),
  ].filter((object) => object.storage === 'static' || object.storage === 'thread');
  return [
    ...objects.map((object) =>
      make(object, sectionOf(object), sizeOf(object.type.type) ?? 0, alignOf(object.type)),
    ),
    ...unit.strings
      .filter((literal) => literal.use === 'pointer')
      .map((literal) => make(literal, '.rodata', literal.bytes.length, literal.elementSize)),
  ];
}
