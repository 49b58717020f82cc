/** Addresses and frames of the recorded programs: what gcc and ld gave, and what we give. */
import { layoutFrames } from '../../../src/core/image/frame.ts';
import { linkProgram } from '../../../src/core/image/link.ts';
import type { LinkedProgram } from '../../../src/core/image/link.ts';
import type { ObjectSymbol } from '../../../src/core/sema/typed-tree.ts';
import { segmentCase } from '../segments/segment-cases.ts';
import type { SegmentCase, VariantName } from '../segments/segment-cases.ts';

/** One compared value. */
export interface Comparison {
  /** `CASE SCOPE: NAME` */
  readonly key: string;
  readonly expected: number;
  readonly actual: number | undefined;
}

const placeKey = (one: SegmentCase, object: ObjectSymbol): string => {
  const { line, column } = one.place(object.span);
  return `${object.name}@${line}:${column}`;
};

/** Offsets in frames of all automatic objects that the debug information places. */
export function frameComparisons(name: string, variant: VariantName): Comparison[] {
  const one = segmentCase(name, variant);
  const word = one.options.target === 'x86_64' ? 8 : 4;
  const offsets = new Map<string, { fromCfa: number; fromRegister: number }>();
  for (const [fn, frame] of layoutFrames(one.unit.functions, one.options)) {
    const toRegister = frame.realignment?.kind === 'stack-pointer' ? frame.realignment.fromStackPointer : 0;
    for (const [object, offset] of frame.offsets) {
      const places = { fromCfa: offset - 2 * word, fromRegister: offset + toRegister };
      offsets.set(placeKey(one, object), places);
      // gcc says of an old-style parameter without a declaration that it is where the function is.
      const { line, column } = one.place(fn.symbol.span);
      if (object.isParameter) offsets.set(`${object.name}@${line}:${column}`, places);
    }
  }
  return one.truth.objects.flatMap((object) => {
    if (object.name === null) return [];
    const key = `${name} ${object.scope}: ${object.name}`;
    const own = offsets.get(`${object.name}@${object.line}:${object.column}`);
    const { cfa_offset: cfa, frame_offset: frame } = object;
    if (typeof cfa === 'number') return [{ key, expected: cfa, actual: own?.fromCfa }];
    return typeof frame === 'number' ? [{ key, expected: frame, actual: own?.fromRegister }] : [];
  });
}

/** Bytes of stack that functions use, of those for which we tell it. */
export function stackUsageComparisons(name: string, variant: VariantName): Comparison[] {
  const one = segmentCase(name, variant);
  const usages = new Map(
    [...layoutFrames(one.unit.functions, one.options)].map(([fn, frame]) => [
      fn.symbol.name,
      frame.stackUsage,
    ]),
  );
  return one.truth.functions.flatMap((recorded) => {
    const usage = usages.get(String(recorded.name));
    const expected = recorded.stack_usage as { bytes: number; kind: string } | undefined;
    if (usage === undefined || expected === undefined) return [];
    const key = `${name} ${String(recorded.name)} ${expected.kind}`;
    const isSameKind = usage.kind === expected.kind;
    return [{ key, expected: expected.bytes, actual: isSameKind ? usage.bytes : undefined }];
  });
}

/** Links a recorded program. */
export function linkCase(name: string, variant: VariantName): { one: SegmentCase; linked: LinkedProgram } {
  const one = segmentCase(name, variant);
  const linked = linkProgram(
    [{ name: `${name}.c`, unit: one.unit, placements: one.placements }],
    one.options,
  );
  return { one, linked };
}

/** Link-time addresses of all objects with static storage. */
export function addressComparisons(name: string, variant: VariantName): Comparison[] {
  const { one, linked } = linkCase(name, variant);
  const addresses = new Map<string, number>();
  for (const object of [
    ...one.unit.objects,
    ...one.unit.functions.flatMap((fn) => fn.staticLocals),
    ...one.unit.blockExterns.map(({ object }) => object),
  ]) {
    const addr = linked.addressOf(object);
    if (addr === undefined) continue;
    addresses.set(placeKey(one, object), addr);
    for (const span of object.declarations) {
      const { line, column } = one.place(span);
      addresses.set(`${object.name}@${line}:${column}`, addr);
    }
  }
  return one.truth.objects.flatMap((object) => {
    const addr = object.address;
    if (typeof addr !== 'number' || object.storage === 'thread' || object.name === null) return [];
    return [
      {
        key: `${name} ${object.scope}: ${object.name}`,
        expected: addr,
        actual: addresses.get(`${object.name}@${object.line}:${object.column}`),
      },
    ];
  });
}

/** Sizes in bytes of the functions' machine code. */
export function codeSizeComparisons(name: string): Comparison[] {
  const { one, linked } = linkCase(name, 'm64-pie-O0');
  return one.truth.functions.flatMap((recorded) => {
    const { size } = recorded;
    const fn = one.unit.functions.find((candidate) => candidate.symbol.name === recorded.name);
    const code = fn === undefined ? undefined : linked.codeMaps.get(fn);
    if (typeof size !== 'number' || code === undefined) return [];
    return [{ key: `${name} ${String(recorded.name)}`, expected: size, actual: code.size }];
  });
}
