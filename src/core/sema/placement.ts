/**
 * CONTRACT (types; the rules follow in this file and its neighbours). Where gcc puts an object or literal.
 */
import { defaultDialect } from '../target/dialect.ts';
import type { Dialect } from '../target/dialect.ts';
import type { Text } from '../text/text.ts';
import type { FunctionSymbol, ObjectSymbol, StringLiteral } from './typed-tree.ts';

/** The kind of memory, as users know it. */
export type Segment =
  'text' | 'rodata' | 'data' | 'bss' | 'tls' | 'stack' | 'register' | 'heap' | 'mmap' | 'none';

/** What became of a string literal. */
export type LiteralPlacement =
  /** A constant of its own; equal literals of the file share one. */
  | { readonly kind: 'pooled' }
  /** A constant without the final newline: `printf` became `puts`. Its bytes, NUL included. */
  | { readonly kind: 'rewritten'; readonly bytes: Uint8Array }
  /** It initialises a static array. */
  | { readonly kind: 'in-object'; readonly object: ObjectSymbol }
  /** Nowhere: not evaluated, stored as immediate values, in code that does not exist, in a call that became another. */
  | { readonly kind: 'no'; readonly why: 'unevaluated' | 'immediate' | 'dead-code' | 'rewritten-call' };

/** The facts about one object, function or literal, ready for a hover and for `segments --json`. */
export interface Placement {
  readonly of: ObjectSymbol | FunctionSymbol | StringLiteral;
  readonly name: string;
  readonly kind: 'variable' | 'parameter' | 'function' | 'string';
  /** `file` or the function's name. */
  readonly scope: string;
  /** Section in the object file (`.data.rel.local`, `COMMON`, `UND`), undefined for automatic objects. */
  readonly objectSection: string | undefined;
  /** Section in the linked program. */
  readonly section: string | undefined;
  readonly segment: Segment;
  /** Inside PT_GNU_RELRO: written by the loader, then read-only. */
  readonly isRelro: boolean;
  /** Bytes; undefined for a VLA or incomplete type. */
  readonly size: number | undefined;
  /** Alignment of the type or declaration, and what gcc emits. */
  readonly align: number;
  readonly emittedAlign: number;
  readonly storage: 'static' | 'thread' | 'automatic' | 'declared-only' | 'none-emitted';
  readonly linkage: 'external' | 'internal' | 'none';
  /** Bytes from the frame base (rbp) for stack objects; filled by image/frame.ts. */
  readonly frameOffset: number | undefined;
  /** Link-time address; filled by image/link.ts. */
  readonly address: number | undefined;
  /** Static objects: bytes of the symbol, more than `size` when a flexible array member is initialised. */
  readonly symbolSize?: number | undefined;
  /** Static objects: addresses in the initialiser. */
  readonly relocations?: number;
  /** String literals: what became of them. */
  readonly literal?: LiteralPlacement;
  /** Why it is there, one sentence; and what would move it. */
  readonly reason: Text;
  readonly moves: Text | undefined;
}

/** Compiler switches that move things (gcc 12 of Debian: the first of each), and the dialect of C. */
export interface CompileOptions extends Dialect {
  readonly target: 'x86_64' | 'i386';
  /** Code model: `-fPIE` or not. */
  readonly pie: boolean;
  /** Link: `-pie` or `-no-pie`, `-static`. */
  readonly link: 'pie' | 'no-pie' | 'static';
  readonly optimize: 0 | 2;
  readonly common: boolean;
  readonly stackProtector: boolean;
  readonly zeroInBss: boolean;
}

/** `gcc file.c` on Debian 12. */
export const debianDefaults: CompileOptions = {
  ...defaultDialect,
  target: 'x86_64',
  pie: true,
  link: 'pie',
  optimize: 0,
  common: false,
  stackProtector: false,
  zeroInBss: true,
};
