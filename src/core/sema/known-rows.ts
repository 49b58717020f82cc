/**
 * Rows of placements that are as they were: after an edit in one function nearly all are.
 *
 * A row is kept with everything it was made from; it is given again while all of that is the same. It is kept in what it
 * is about: a weak map of a hundred thousand symbols took longer to collect than the rows took to make.
 */
import type { CompileOptions, Placement } from './placement.ts';
import type { TypedFunction } from './typed-tree.ts';

/** What the row of an object, function or literal is made from. */
export interface RowFacts {
  readonly options: CompileOptions;
  /** Parts that are exchanged as a whole when they change. */
  readonly type: object | undefined;
  readonly attributes: object | undefined;
  readonly contents: object | undefined;
  /** Everything else, a bit each. */
  readonly bits: number;
}

/** A row with what it was made from. */
export interface KnownRow extends RowFacts {
  readonly row: Placement;
}

/** The rows of parameters and automatic objects of one function. */
interface LocalRows {
  readonly options: CompileOptions;
  readonly isEmitted: boolean;
  readonly makesCalls: boolean;
  readonly rows: readonly Placement[];
}

const knownLocals = new WeakMap<TypedFunction, LocalRows>();

/** The row of an object, function or literal, made when something about it is new. */
export function rowOf(of: Placement['of'], facts: RowFacts, make: () => Placement): Placement {
  const known = of.knownRow;
  // A copy of a symbol has brought the row of the first one with it.
  if (known?.row.of === of && areSame(known, facts)) return known.row;
  const row = make();
  const { options, type, attributes, contents, bits } = facts;
  of.knownRow = { options, type, attributes, contents, bits, row };
  return row;
}

function areSame(a: RowFacts, b: RowFacts): boolean {
  return (
    a.bits === b.bits &&
    a.type === b.type &&
    a.attributes === b.attributes &&
    a.contents === b.contents &&
    a.options === b.options
  );
}

/** The rows of what a function has in its frame, made when the function is new. */
export function localRowsOf(
  fn: TypedFunction,
  isEmitted: boolean,
  makesCalls: boolean,
  options: CompileOptions,
  make: () => readonly Placement[],
): readonly Placement[] {
  const known = knownLocals.get(fn);
  if (known?.options === options && known.isEmitted === isEmitted && known.makesCalls === makesCalls)
    return known.rows;
  const rows = make();
  knownLocals.set(fn, { options, isEmitted, makesCalls, rows });
  return rows;
}

/** Conditions as bits of a number, the first one lowest. */
export function bitsOf(...conditions: readonly boolean[]): number {
  let bits = 0;
  for (let at = 0; at < conditions.length; at++) if (conditions[at] === true) bits |= 1 << at;
  return bits;
}
