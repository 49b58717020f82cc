/**
 * Values as gcc -O2 sees them: each knows what it is computed from, so that what nobody needs is never looked at.
 *
 * A value is a constant, the address of something, or the result of an operation on other values. Operations are found by
 * running a function with values instead of numbers (see evaluator.ts); which of them stay is found by marking what the
 * effects of a function need (see optimized-unit.ts), as tree-ssa-dce does.
 *
 * Source: gcc/tree-ssa-ccp.cc, tree-ssa-sccvn.cc, tree-ssa-dce.cc: behaviour; gcc/tree-inline.cc (estimate_num_insns): sizes.
 */
import type { FunctionSymbol, LabelSymbol, ObjectSymbol, StringLiteral } from '../typed-tree.ts';

/** A piece of memory of its own: an object, one for each time that a function's code is put in place of a call. */
export interface Root {
  readonly kind: 'root';
  /** Undefined: what an allocation gave. */
  readonly symbol: ObjectSymbol | undefined;
  readonly storage: 'automatic' | 'static' | 'heap';
  /** Bytes to which it is aligned for sure. */
  readonly align: number;
  /** Its address is known outside of the code that is looked at. */
  isEscaped: boolean;
}

/** What an address is the address of. */
export type Base = Root | StringLiteral | FunctionSymbol | LabelSymbol;

export type Known =
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'floating'; readonly value: number }
  | { readonly kind: 'address'; readonly base: Base; readonly offset: number };

/** What a value itself refers to, besides what it is computed from. */
export type Use =
  /** Memory of an object is read, at a known or unknown place. */
  | { readonly kind: 'read'; readonly root: Root }
  | { readonly kind: 'call'; readonly function: FunctionSymbol }
  /** What a call of it gave is needed. */
  | { readonly kind: 'result'; readonly function: FunctionSymbol };

/** A value; `inputs` of values at the head of a loop are completed when its body has been seen. */
export interface Value {
  readonly known: Known | undefined;
  readonly inputs: readonly Value[];
  readonly uses: readonly Use[];
  /** Instructions, in the unit of estimate_num_insns. */
  readonly size: number;
  /** The memory that a pointer points into, at an unknown place. */
  readonly into?: Root | undefined;
  /** A record: what is in it, by offset. */
  readonly parts?: Cells | undefined;
  /** At the head of a loop; `step` is told where the value only grows or shrinks by a constant. */
  readonly loop?: object | undefined;
  /** The result of a comparison: no address can be got back from it. */
  readonly isTruth?: boolean | undefined;
  /** `inputs[0]` and this constant: tells counting variables. */
  readonly added?: bigint | undefined;
}

/** Values in memory; the bytes between are `rest`. */
export interface Cells {
  readonly at: ReadonlyMap<number, Cell>;
  /** What is in all other bytes: zero, unknown, or whatever was stored at unknown places. */
  readonly rest: Value;
}

export interface Cell {
  readonly size: number;
  readonly value: Value;
}

/** Not initialised: any value will do. */
export const undefinedValue: Value = { known: undefined, inputs: [], uses: [], size: 0 };

/** Comes from outside and costs nothing. */
export const unknownValue: Value = { known: undefined, inputs: [], uses: [], size: 0 };

/** An integer that is known, as its type wraps it. */
export function integerValue(value: bigint): Value {
  return { known: { kind: 'integer', value }, inputs: [], uses: [], size: 0 };
}

/** Zero, of any type. */
export const zeroValue = integerValue(0n);

/** The address of something, plus bytes. */
export function addressValue(base: Base, offset = 0): Value {
  return { known: { kind: 'address', base, offset }, inputs: [], uses: [], size: 0 };
}

/** The result of an operation whose value is not known. */
export function computed(inputs: readonly Value[], size = 1, uses: readonly Use[] = []): Value {
  return { known: undefined, inputs, uses, size };
}

/** The memory that a pointer leads to, and where in it if that is known. */
export function targetOf(pointer: Value): { root: Root; offset: number | undefined } | undefined {
  const { known, into } = pointer;
  if (known?.kind === 'address' && isRoot(known.base)) return { root: known.base, offset: known.offset };
  return into === undefined ? undefined : { root: into, offset: undefined };
}

/** Whether it is memory, not a literal or code. */
export function isRoot(base: Base): base is Root {
  return 'kind' in base && base.kind === 'root';
}

/** Whether two constants are the same. */
export function isSameKnown(a: Known | undefined, b: Known | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.kind === 'address') return b.kind === 'address' && a.base === b.base && a.offset === b.offset;
  return a.kind === b.kind && Object.is(a.value, (b as { value: unknown }).value);
}

/** Whether a value is true; undefined where that is not known. */
export function truthOfValue({ known }: Value): boolean | undefined {
  switch (known?.kind) {
    case undefined:
      return undefined;
    case 'integer':
      return known.value !== 0n;
    case 'floating':
      return known.value !== 0;
    case 'address':
      return isWeak(known.base) ? undefined : true;
  }
}

/** Whether it may be absent from the program, its address null. */
export function isWeak(base: Base): boolean {
  if (isRoot(base)) return base.symbol?.attributes.isWeak === true;
  return 'attributes' in base && base.attributes.isWeak === true;
}
