/**
 * What stands where in a document, for marks beside the lines and hints in them: definitions with their segment and size,
 * functions with their stack cost, structs with their padding, calls of malloc with the chunk that they ask for.
 *
 * Nothing here needs the linker, so it is cheap enough for each pause in typing.
 */
import { finish } from '../base/steps.ts';
import type { Steps } from '../base/steps.ts';
import { walkStatement } from '../core/image/tree-walk.ts';
import { requestedBytes } from '../core/sema/pointees.ts';
import type { Placement, Segment } from '../core/sema/placement.ts';
import { resolve } from '../core/sema/type-relations.ts';
import type { RecordType } from '../core/sema/type.ts';
import type { FunctionSymbol, TypedFunction } from '../core/sema/typed-tree.ts';
import type { Span } from '../core/source/text-span.ts';
import type { AllocationForecast } from './allocation-forecast.ts';
import { forecastAllocation } from './allocation-forecast.ts';
import type { ProgramAnalysis, UnitAnalysis } from './analysis.ts';
import { allocators } from './hover-pointers.ts';
import { recordLayout } from './layout-facts.ts';
import { isFrameModelled } from './known-frames.ts';

interface Placed {
  /** Offsets in the document of the name. */
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** The definition of a variable or parameter. */
export interface ObjectMark extends Placed {
  readonly kind: 'object';
  readonly segment: Segment;
  readonly section: string | undefined;
  /** Undefined for a VLA. */
  readonly bytes: number | undefined;
}

/** The definition of a function that is in the program. */
export interface FunctionMark extends Placed {
  readonly kind: 'function';
  readonly segment: 'text';
  /** Bytes that one call takes on the stack, return address and saved frame pointer included; undefined if not modelled. */
  readonly stackBytes: number | undefined;
}

/** The definition of a struct or union. */
export interface RecordMark extends Placed {
  readonly kind: 'record';
  readonly bytes: number;
  readonly paddingBytes: number;
  /** Bytes that the best order of members saves. */
  readonly savedBytes: number;
}

/** A call of malloc, calloc, realloc or reallocarray. */
export interface AllocationMark extends Placed {
  readonly kind: 'allocation';
  readonly segment: 'heap' | 'mmap';
  /** Undefined where the size is not constant. */
  readonly forecast: AllocationForecast | undefined;
}

export type SourceMark = ObjectMark | FunctionMark | RecordMark | AllocationMark;

/** The marks of a unit's document, in order of their places. */
export function sourceMarks(analysis: ProgramAnalysis, unitIndex: number): readonly SourceMark[] {
  return finish(sourceMarkSteps(analysis, unitIndex));
}

/** The same, with a pause after each function and each object. */
export function* sourceMarkSteps(analysis: ProgramAnalysis, unitIndex: number): Steps<readonly SourceMark[]> {
  const unit = analysis.units[unitIndex];
  if (unit === undefined) return [];
  let marks = known.get(unit);
  if (marks === undefined) {
    marks = yield* findMarks(analysis, unit);
    known.set(unit, marks);
  }
  return marks;
}

/** Marks by analysis: gutter, hints and code lenses ask for the same ones. */
const known = new WeakMap<UnitAnalysis, readonly SourceMark[]>();

function* findMarks(analysis: ProgramAnalysis, unit: UnitAnalysis): Steps<readonly SourceMark[]> {
  const marks: SourceMark[] = [];
  for (const placement of unit.placements) {
    marks.push(...definitionMark(analysis, unit, placement));
    yield;
  }
  for (const fn of unit.unit.functions) {
    marks.push(...allocationMarks(analysis, unit, fn));
    yield;
  }
  marks.push(...recordMarks(unit));
  return marks.sort((a, b) => a.start - b.start);
}

/** Where a name is written in the document; undefined in a header or where a macro makes it. */
function placed(unit: UnitAnalysis, name: string, span: Span): Placed | undefined {
  if (span.file !== 0 || span.start >= span.end || name === '') return undefined;
  return { start: unit.places.toDocument(span.start), end: unit.places.toDocument(span.end - 1) + 1, name };
}

function definitionMark(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  placement: Placement,
): readonly SourceMark[] {
  const { of, segment, section, size } = placement;
  if (!('kind' in of) || placement.storage === 'declared-only' || placement.storage === 'none-emitted')
    return [];
  const place = placed(unit, of.name, of.span);
  if (place === undefined || segment === 'none') return [];
  if (of.kind === 'object') return [{ kind: 'object', ...place, segment, section, bytes: size }];
  return [{ kind: 'function', ...place, segment: 'text', stackBytes: stackBytes(analysis, unit, of) }];
}

function stackBytes(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  symbol: FunctionSymbol,
): number | undefined {
  const word = analysis.options.compile.target === 'i386' ? 4 : 8;
  const frame = isFrameModelled(analysis, unit, symbol) ? unit.frames.get(symbol) : undefined;
  return frame === undefined ? undefined : frame.frameSize + 2 * word;
}

function allocationMarks(
  analysis: ProgramAnalysis,
  unit: UnitAnalysis,
  fn: TypedFunction,
): readonly AllocationMark[] {
  const marks: AllocationMark[] = [];
  walkStatement(fn.body, {
    expression: (node) => {
      if (node.kind !== 'call' || node.callee.kind !== 'function') return;
      const { name } = node.callee.function;
      const place = allocators.has(name) ? placed(unit, name, node.callee.span) : undefined;
      if (place === undefined) return;
      const bytes = requestedBytes(node);
      const forecast =
        bytes === undefined ? undefined : forecastAllocation(bytes, analysis.options.compile.target);
      const segment = forecast?.mappedBytes === undefined ? 'heap' : 'mmap';
      marks.push({ kind: 'allocation', ...place, segment, forecast });
    },
  });
  return marks;
}

function recordMarks(unit: UnitAnalysis): readonly RecordMark[] {
  const seen = new Set<RecordType>();
  return unit.unit.uses.flatMap(({ symbol, span }): RecordMark[] => {
    const record = symbol.kind === 'tag' ? resolve(symbol.type) : undefined;
    if (record?.kind !== 'record' || seen.has(record) || record.span.start !== span.start) return [];
    const layout = recordLayout(record);
    const place = placed(unit, record.tag ?? '', span);
    if (layout === undefined || place === undefined) return [];
    seen.add(record);
    const paddingBytes = Math.floor(layout.paddingBits / 8);
    const savedBytes = layout.better?.savedBytes ?? 0;
    return [{ kind: 'record', ...place, bytes: layout.size, paddingBytes, savedBytes }];
  });
}
