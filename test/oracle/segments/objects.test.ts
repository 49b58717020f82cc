/**
 * Where gcc put each object and function of the recorded programs, field by field, in all variants without optimisation;
 * with -O2 the objects that are still there.
 */
import assert from 'node:assert/strict';
import type { Placement } from '../../../src/core/sema/placement.ts';
import type { FunctionSymbol, ObjectSymbol } from '../../../src/core/sema/typed-tree.ts';
import { objectTypeJson } from '../../../src/session/segments-json.ts';
import { knownDifferences } from './known-differences.ts';
import { caseNames, segmentCase, variants } from './segment-cases.ts';
import type { RecordedObject, SegmentCase, VariantName } from './segment-cases.ts';

/** Which of two qualifiers gcc's debug information puts first depends on what other types the program has. */
function withQualifierOrder(type: string): string {
  return type.replaceAll('volatile const', 'const volatile');
}

/** Our facts in the words of the recording. */
function facts(placement: Placement): Readonly<Record<string, unknown>> {
  const of = placement.of as ObjectSymbol;
  return {
    type: withQualifierOrder(objectTypeJson(placement, of)),
    size: placement.size ?? null,
    symbol_size: placement.symbolSize,
    align: placement.align,
    emitted_align: placement.emittedAlign,
    storage: placement.storage,
    linkage: placement.linkage,
    object_section: placement.objectSection,
    section: placement.section,
    segment: placement.segment,
    relro: placement.isRelro ? true : undefined,
    relocations: placement.relocations === 0 ? undefined : placement.relocations,
  };
}

function ignored(field: string, object: RecordedObject): boolean {
  // A type that a later declaration completes is recorded as first declared.
  if (object.size_from_symbol === true && field === 'type') return true;
  if (object.storage === 'declared-only' && (field === 'type' || field === 'size')) return true;
  // Absent where the recording has nothing to say; relro is absent when false.
  if (object[field] === undefined) return field !== 'relro';
  return false;
}

function differences(object: RecordedObject, placement: Placement): string[] {
  const ours = facts(placement);
  return Object.keys(ours)
    .filter((field) => !ignored(field, object))
    .filter((field) => withQualifierOrder(String(object[field])) !== String(ours[field]))
    .map((field) => `${field}: recorded ${String(object[field])}, ours ${String(ours[field])}`);
}

/** Our placement of a recorded object. */
function placementOf(found: SegmentCase, object: RecordedObject): Placement | undefined {
  const name = object.name ?? '';
  // The innermost function; a nested one is `f/g`.
  const scope = object.scope
    .split('/')
    .filter((part) => part !== '{}')
    .at(-1);
  const isDeclaration = object.defined === false;
  const candidates = found.placements.filter(
    (placement) => placement.kind === object.kind && placement.name === name && placement.scope === scope,
  );
  const atPlace = candidates.filter((placement) => {
    const of = placement.of as ObjectSymbol;
    return of.declarations.some((span) => {
      const { line, column } = found.place(span);
      return found.isOwn(span) && line === object.line && column === object.column;
    });
  });
  const list = atPlace.length > 0 ? atPlace : candidates;
  return list.find((placement) => (placement.storage === 'declared-only') === isDeclaration) ?? list[0];
}

describe('segments of recorded programs', () => {
  for (const variant of Object.keys(variants) as VariantName[]) {
    for (const name of caseNames) {
      it(`${name} as ${variant}: objects`, () => {
        const found = segmentCase(name, variant);
        assert.ok(found.truth.ok);
        const wrong: string[] = [];
        for (const object of found.truth.objects) {
          const id = `${object.scope}: ${object.name ?? ''}`;
          if (knownDifferences.has(`${name} ${id}`) || knownDifferences.has(`${variant} ${name} ${id}`))
            continue;
          // What the optimiser does to locals, and to statics that it can compute, is not modelled.
          const isOptimised = variant === 'm64-pie-O2' && object.scope !== 'file';
          if (isOptimised || (variant === 'm64-pie-O2' && object.storage !== 'static')) continue;
          const placement = placementOf(found, object);
          const list = placement === undefined ? ['not found'] : differences(object, placement);
          if (list.length > 0) wrong.push(`${id} (line ${String(object.line)}): ${list.join('; ')}`);
        }
        assert.deepEqual(wrong, []);
      });

      it(`${name} as ${variant}: functions`, () => {
        const found = segmentCase(name, variant);
        const wrong: string[] = [];
        for (const fn of found.truth.functions) {
          const id = `function ${String(fn.name)}`;
          if (knownDifferences.has(`${name} ${id}`)) continue;
          const placement = found.placements.find((p) => p.kind === 'function' && p.name === fn.name);
          if (placement === undefined) {
            wrong.push(`${id}: not found`);
            continue;
          }
          const symbol = placement.of as FunctionSymbol;
          const ours: Record<string, unknown> = {
            linkage: placement.linkage,
            object_section: placement.objectSection,
            section: placement.section,
            segment: placement.segment,
            // The optimiser removes parameters that always have one value.
            parameters: variant === 'm64-pie-O2' ? fn.parameters : symbol.type.parameters.length,
          };
          for (const [field, value] of Object.entries(ours)) {
            if (fn[field] !== undefined && fn[field] !== value) {
              wrong.push(`${id}: ${field}: recorded ${JSON.stringify(fn[field])}, ours ${String(value)}`);
            }
          }
          const isEmitted = placement.storage === 'static';
          if (fn.emitted === false && isEmitted && variant !== 'm64-pie-O2') wrong.push(`${id}: is emitted`);
          if (fn.address !== undefined && !isEmitted) wrong.push(`${id}: is not emitted`);
        }
        assert.deepEqual(wrong, []);
      });
    }
  }
});
