/**
 * Sizes of functions' machine code and the places of calls in it, as gcc 12 -O0 emits it: `code/` generates the
 * instructions, this file keeps what the linker and the code generator ask for.
 *
 * A size is exact when every construct of the function is of a kind whose code was compared with gcc's; otherwise
 * `doubts` says what was not, and the size is an estimate.
 */
import type { CompileOptions } from '../sema/placement.ts';
import type { LabelSymbol, TypedExpression, TypedFunction } from '../sema/typed-tree.ts';
import { codeOfFunction } from './code/function-code.ts';
import type { FunctionCode } from './code/function-code.ts';
import type { FrameLayout } from './frame.ts';

type Call = Extract<TypedExpression, { kind: 'call' }>;

/** Size of a function's code and the ends of its call instructions, in bytes from its start. */
export interface CodeEstimate {
  readonly size: number;
  readonly savedRegisters: number;
  readonly callEnds: ReadonlyMap<Call, number>;
  /** Places of labels. */
  readonly labels: ReadonlyMap<LabelSymbol, number>;
  /** Whether the function ever returns. */
  readonly returns: boolean;
  /** Constructs whose code is not modelled exactly; empty when the size is that of gcc as far as is known. */
  readonly doubts: ReadonlySet<string>;
}

/** The code of a function at its place. */
export interface CodeMap {
  readonly addr: number;
  readonly size: number;
  /** Link-time address behind the call instruction. */
  returnAddress(call: Call): number;
}

/** What the compiler's options change about the code. */
export interface CodeOptions {
  /** Whether the code is position-independent. */
  readonly isPic: boolean;
  /** On i386 the size is that of the x86-64 code, and a doubt says so; x86-64 when left out. */
  readonly target?: CompileOptions['target'];
}

const positionIndependent: CodeOptions = { isPic: true };

interface Known {
  readonly frame: FrameLayout;
  readonly isPic: boolean;
  readonly estimate: CodeEstimate;
}

const known = new WeakMap<TypedFunction, Known>();

/** The size of the code of a function with its frame; computed once for each function. */
export function estimateCode(
  fn: TypedFunction,
  frame: FrameLayout,
  { isPic, target }: CodeOptions = positionIndependent,
): CodeEstimate {
  const before = known.get(fn);
  let estimate = before?.estimate;
  if (before?.frame !== frame || before.isPic !== isPic || estimate === undefined)
    estimate = note(fn, frame, isPic, codeOfFunction(fn, frame, isPic));
  return target === 'i386'
    ? { ...estimate, doubts: new Set([...estimate.doubts, 'code of i386']) }
    : estimate;
}

/** Writes the code of a function for a frame; its size is known from then on. */
export function writtenCode(fn: TypedFunction, frame: FrameLayout, isPic: boolean): FunctionCode {
  const code = codeOfFunction(fn, frame, isPic);
  note(fn, frame, isPic, code);
  return code;
}

/** Keeps what others ask for; the instructions are not kept. */
function note(
  fn: TypedFunction,
  frame: FrameLayout,
  isPic: boolean,
  { size, callEnds, labels, returns, doubts: ofCode }: FunctionCode,
): CodeEstimate {
  const doubts = fn.nesting === undefined ? ofCode : new Set([...ofCode, 'nested functions']);
  const estimate = { size, savedRegisters: frame.savedRegisters, callEnds, labels, returns, doubts };
  known.set(fn, { frame, isPic, estimate });
  return estimate;
}
