/**
 * Calls of library functions that gcc 12 turns into others at every optimisation level, and what becomes of the string
 * literals in them: `printf("text\n")` is `puts("text")`, `printf("c")` is `putchar('c')`, `strcpy(d, "lit")` stores
 * immediate values. The code generator and the placement of literals both ask here, so they cannot disagree.
 *
 * Source: gcc/gimple-fold.cc (gimple_fold_builtin_printf, _fprintf, _fputs, _strcpy, _strcat …), observed with gcc 12.2
 * at -O0.
 */
import type { StringLiteral, TypedExpression } from './typed-tree.ts';

/** What becomes of one argument that is a string literal. */
export type LiteralFate =
  /** It stays a constant. */
  | { readonly kind: 'kept' }
  /** It does not exist: an immediate value, or the call is gone. */
  | { readonly kind: 'gone' }
  /** Another constant takes its place, without the final newline. */
  | { readonly kind: 'rewritten'; readonly bytes: Uint8Array };

/** A call after gcc's rewriting. */
export interface RewrittenCall {
  /** The function that is called; undefined when nothing is called. */
  readonly callee: string | undefined;
  /** Fate of each argument of the original call; undefined for those that are no literal or are kept. */
  readonly literals: readonly (LiteralFate | undefined)[];
}

type CallNode = TypedExpression & { kind: 'call' };

const gone: LiteralFate = { kind: 'gone' };

/** The string literal that an argument is, conversions aside. */
export function literalArgument(argument: TypedExpression | undefined): StringLiteral | undefined {
  let inner = argument;
  while (inner?.kind === 'convert') {
    if (inner.conversion === 'load') return undefined;
    inner = inner.operand;
  }
  return inner?.kind === 'string' ? inner.literal : undefined;
}

/** The characters before the first NUL, as a text of bytes; undefined for wide literals. */
function cString(literal: StringLiteral | undefined): string | undefined {
  if (literal?.elementSize !== 1) return undefined;
  const { bytes } = literal;
  const end = bytes.indexOf(0);
  if (end < 0) return undefined;
  // Literals may have millions of characters: a block at a time, as many as an argument list holds.
  let text = '';
  for (let at = 0; at < end; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 8192)));
  return text;
}

function withoutNewline(text: string): LiteralFate {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length - 1; i++) bytes[i] = text.charCodeAt(i);
  return { kind: 'rewritten', bytes };
}

/**
 * What gcc makes of a direct call of a library function; undefined when it stays as it is.
 *
 * @param isValueUsed - whether the result goes anywhere: gcc rewrites the printf family only when it does not
 */
export function rewriteLibraryCall(call: CallNode, isValueUsed: boolean): RewrittenCall | undefined {
  if (call.callee.kind !== 'function') return undefined;
  const { function: symbol } = call.callee;
  if (symbol.isDefined || symbol.linkage !== 'external') return undefined;
  const { args } = call;
  const literal = (i: number): string | undefined => cString(literalArgument(args[i]));
  switch (symbol.name) {
    case 'printf':
    case 'vprintf':
      return isValueUsed ? undefined : rewritePrintf(symbol.name, args.length, literal);
    case 'fprintf':
    case 'vfprintf':
      return isValueUsed ? undefined : rewriteFprintf(symbol.name, args.length, literal);
    case 'fputs': {
      if (isValueUsed) return undefined;
      return fputsOf(literal(0), 0);
    }
    case 'strcpy':
    case 'stpcpy':
    case 'strcat':
    case 'memmove':
      return literal(1) === undefined ? undefined : { callee: undefined, literals: [undefined, gone] };
    case 'strncpy':
      return literal(1) === undefined || args[2]?.kind !== 'integer'
        ? undefined
        : { callee: undefined, literals: [undefined, gone] };
    case 'strncat': {
      const text = literal(1);
      const count = args[2];
      const isWhole = text !== undefined && count?.kind === 'integer' && count.value >= BigInt(text.length);
      return isWhole ? { callee: undefined, literals: [undefined, gone] } : undefined;
    }
    case 'memcpy': {
      const count = args[2];
      const isByte = literal(1) !== undefined && count?.kind === 'integer' && count.value <= 1n;
      return isByte ? { callee: undefined, literals: [undefined, gone] } : undefined;
    }
    case 'strlen':
      return literal(0) === undefined ? undefined : { callee: undefined, literals: [gone] };
    case 'strcmp': {
      const left = literal(0);
      const right = literal(1);
      if (left !== undefined && right !== undefined) return { callee: undefined, literals: [gone, gone] };
      if (left === '') return { callee: undefined, literals: [gone] };
      return right === '' ? { callee: undefined, literals: [undefined, gone] } : undefined;
    }
    case 'strncmp':
    case 'strspn':
    case 'strcspn':
      return literal(1) === '' ? { callee: undefined, literals: [undefined, gone] } : undefined;
    case 'strstr':
    case 'strpbrk': {
      const needle = literal(1);
      if (needle === undefined || needle.length > 1) return undefined;
      return { callee: needle === '' ? undefined : 'strchr', literals: [undefined, gone] };
    }
    default:
      return undefined;
  }
}

type LiteralAt = (index: number) => string | undefined;

// gcc/gimple-fold.cc: gimple_fold_builtin_printf
function rewritePrintf(name: string, count: number, literal: LiteralAt): RewrittenCall | undefined {
  const format = literal(0);
  if (format === undefined) return undefined;
  const isVa = name === 'vprintf';
  if (format === '%s' && count === 2 && !isVa) {
    const text = literal(1);
    if (text === undefined) return undefined;
    if (text === '') return { callee: undefined, literals: [gone, gone] };
    if (text.length === 1) return { callee: 'putchar', literals: [gone, gone] };
    return text.endsWith('\n') ? { callee: 'puts', literals: [gone, withoutNewline(text)] } : undefined;
  }
  if (format === '%s\n' && count === 2 && !isVa) return { callee: 'puts', literals: [gone] };
  if (format === '%c' && count === 2 && !isVa) return { callee: 'putchar', literals: [gone] };
  if (format.includes('%') || (!isVa && count > 1)) return undefined;
  if (format === '') return { callee: undefined, literals: [gone] };
  if (format.length === 1) return { callee: 'putchar', literals: [gone] };
  return format.endsWith('\n') ? { callee: 'puts', literals: [withoutNewline(format)] } : undefined;
}

// gcc/gimple-fold.cc: gimple_fold_builtin_fprintf
function rewriteFprintf(name: string, count: number, literal: LiteralAt): RewrittenCall | undefined {
  const format = literal(1);
  if (format === undefined) return undefined;
  const isVa = name === 'vfprintf';
  if (format === '%s' && count === 3 && !isVa) {
    const inner = fputsOf(literal(2), 2);
    if (inner !== undefined && inner.callee === undefined)
      return { callee: undefined, literals: [undefined, gone, gone] };
    return { callee: inner?.callee ?? 'fputs', literals: [undefined, gone, inner?.literals[2]] };
  }
  if (format === '%c' && count === 3 && !isVa) return { callee: 'fputc', literals: [undefined, gone] };
  if (format.includes('%') || (!isVa && count > 2)) return undefined;
  return fputsOf(format, 1);
}

/** `fputs` of a constant: nothing, `fputc` or `fwrite`. */
function fputsOf(text: string | undefined, index: number): RewrittenCall | undefined {
  if (text === undefined) return undefined;
  const literals: (LiteralFate | undefined)[] = [];
  if (text.length <= 1) literals[index] = gone;
  return { callee: text === '' ? undefined : text.length === 1 ? 'fputc' : 'fwrite', literals };
}
