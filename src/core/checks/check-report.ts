/**
 * What the checks find wrong with a run.
 */
import type { HeapBlock } from './heap-blocks.ts';

/** Kinds of mistakes. */
export type CheckKind =
  | 'use-after-free'
  /** Of a block that realloc moved. */
  | 'stale-after-realloc'
  | 'double-free'
  | 'invalid-free'
  | 'heap-overflow'
  | 'heap-underflow'
  /** A byte of malloc's own that is near no block. */
  | 'heap-wild'
  | 'uninitialised'
  | 'dead-local'
  | 'null-access'
  | 'wild-access'
  | 'read-only-write'
  | 'stack-overflow'
  /** Outside of the variable that the access is made through. */
  | 'out-of-bounds'
  /** Of the words with which a function returns. */
  | 'return-address'
  /** A copy onto itself by a function that must not be used for that. */
  | 'overlap';

/** One mistake, where it is made. */
export interface CheckReport {
  readonly kind: CheckKind;
  readonly access: 'read' | 'write' | 'execute' | 'free';
  /** First byte that is wrong, and bytes of the access. */
  readonly addr: number;
  readonly bytes: number;
  /** First address behind the access; the wrong bytes may begin in the middle of it. */
  readonly end: number;
  /** Index into the positions of the observed program. */
  readonly position: number;
  /** Step in which it is made. */
  readonly step: number;
  /** The block that it is about. */
  readonly block: HeapBlock | undefined;
  /**
   * Of an overflow: bytes behind the block that malloc gave beyond what was asked for. An access that stays in them harms
   * nothing; beyond them lies the next chunk's header.
   */
  readonly slack: number | undefined;
  /** Variable that it is about. */
  readonly variable: string | undefined;
}
