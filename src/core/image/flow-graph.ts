/**
 * The basic blocks of a function as gcc has them when it decides about the stack frame, reduced to what matters there:
 * where values are read and assigned, variables mentioned, functions called, and where scopes end.
 *
 * Block 0 is the entry. The order of edges is gcc's. Blocks that nothing reaches have no predecessors.
 */
import type { ObjectSymbol, TypedExpression } from '../sema/typed-tree.ts';
import type { ArrayType, CType } from '../sema/type.ts';

/** A value without a variable: gcc keeps it in a register of its own (an anonymous SSA name, or a nameless variable). */
export interface Temporary {
  readonly kind: 'temporary';
  readonly type: CType;
  /** Its number, from 1, where it is an SSA name from the start; undefined for nameless variables. */
  readonly version: number | undefined;
}

/** What a register of the intermediate code stands for: a register-like variable or a value of the compiler's own. */
export type Pseudo = ObjectSymbol | Temporary;

/** What has memory: a variable, or the result of a call that no variable takes. */
export type MemoryOwner = ObjectSymbol | Extract<TypedExpression, { kind: 'call' }>;

/** What happens at a place of a basic block. */
export type FlowEvent =
  /**
   * A value is read; `inRegister`: by an instruction that does not take it from memory; `result`: only to compute this
   * one, which may be wanted by nobody.
   */
  | {
      readonly kind: 'use';
      readonly pseudo: Pseudo;
      readonly inRegister: boolean;
      readonly result: Pseudo | undefined;
    }
  /** A value is assigned; `isMove`: it is loaded or comes from a call, no instruction computes it. */
  | { readonly kind: 'define'; readonly pseudo: Pseudo; readonly isMove: boolean }
  /** A variable in memory is accessed or its address taken; a call's record is put into memory of its own. */
  | { readonly kind: 'mention'; readonly object: MemoryOwner }
  /** A variable length array gets its bytes: gcc keeps its address in a slot of its own. */
  | { readonly kind: 'allocate'; readonly object: ObjectSymbol }
  /** A length of a variably modified type is computed: gcc keeps the last index. */
  | { readonly kind: 'measure'; readonly array: ArrayType }
  /** Memory is read, or written: a new state of memory. */
  | { readonly kind: 'load' | 'store' }
  /** A variable's scope ends; its contents are gone: memory has a new state. */
  | { readonly kind: 'end'; readonly object: ObjectSymbol }
  /** A floating-point value is cut to an integer. */
  | { readonly kind: 'truncate'; readonly result: Pseudo | undefined }
  /** A function is called: registers that belong to the callee are lost. */
  | { readonly kind: 'call' }
  /** Something else is executed. */
  | { readonly kind: 'other' };

/** A basic block. */
export interface FlowBlock {
  readonly events: FlowEvent[];
  readonly successors: number[];
}

/** The graph; block 0 is the entry. */
export interface FlowGraph {
  readonly blocks: readonly FlowBlock[];
  /** Number of SSA names that exist before variables get theirs. */
  readonly versions: number;
}
