/**
 * Calls of library functions that gcc 12 turns into others at every optimisation level, and what becomes of the string
 * literals in them: `printf("text\n")` is `puts("text")`, `printf("c")` is `putchar('c')`, `strcpy(d, "lit")` stores
 * immediate values. The code generator and the placement of literals both ask here, so they cannot disagree.
 *
 * Source: gcc/gimple-fold.cc (gimple_fold_builtin_printf, _fprintf, _fputs, _strcpy, _strcat …), observed with gcc 12.2
 * at -O0.
 */
import { asPointer } from './type-relations.ts';
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

/** The bytes of a literal before its first NUL: literals may have millions of them. */
type Characters = Uint8Array;

const PERCENT = 37;
const NEWLINE = 10;

/** The characters before the first NUL; undefined for wide literals. */
function cString(literal: StringLiteral | undefined): Characters | undefined {
  if (literal?.elementSize !== 1) return undefined;
  const end = literal.bytes.indexOf(0);
  return end < 0 ? undefined : literal.bytes.subarray(0, end);
}

function spells(characters: Characters, text: string): boolean {
  if (characters.length !== text.length) return false;
  for (let at = 0; at < text.length; at++) if (characters[at] !== text.charCodeAt(at)) return false;
  return true;
}

/** The literal that `puts` gets; undefined for a text that does not end in a newline. */
function withoutNewline(text: Characters): LiteralFate | undefined {
  if (text.at(-1) !== NEWLINE) return undefined;
  const bytes = text.slice();
  bytes[text.length - 1] = 0;
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
  const literal = (i: number): Characters | undefined => cString(literalArgument(args[i]));
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
      return copied(call, literal(1)?.length, 1);
    case 'strncpy': {
      const count = countOf(args[2]);
      // What does not end within the text is filled up by the function.
      const isWithin = count !== undefined && count <= (literal(1)?.length ?? -1) + 1;
      return isWithin ? copied(call, count, 0) : undefined;
    }
    case 'strncat': {
      const text = literal(1);
      const count = countOf(args[2]);
      return text !== undefined && count !== undefined && count >= text.length
        ? copied(call, text.length, 1)
        : undefined;
    }
    case 'memmove': {
      // A constant does not overlap what can be written.
      const source = literalArgument(args[1]);
      if (source === undefined) return undefined;
      const count = countOf(args[2]);
      const isWithin = count !== undefined && count <= source.bytes.length;
      return isWithin ? copied(call, count, 0) : { callee: 'memcpy', literals: [] };
    }
    case 'memcpy': {
      const count = countOf(args[2]);
      if (count !== undefined && count <= 1) return copied(call, count, 0);
      return call.isBuiltin === true ? copiedAsBuiltin(call, count) : undefined;
    }
    case 'mempcpy':
      return call.isBuiltin === true ? copiedAsBuiltin(call, countOf(args[2])) : undefined;
    case 'memcmp':
    case 'strncasecmp':
      return countOf(args[2]) === 0 ? { callee: undefined, literals: [gone, gone] } : undefined;
    case 'strlen':
      return literal(0) === undefined ? undefined : { callee: undefined, literals: [gone] };
    case 'strcmp': {
      const left = literal(0);
      const right = literal(1);
      if (left !== undefined && right !== undefined) return { callee: undefined, literals: [gone, gone] };
      if (left?.length === 0) return { callee: undefined, literals: [gone] };
      return right?.length === 0 ? { callee: undefined, literals: [undefined, gone] } : undefined;
    }
    case 'strncmp':
      if (countOf(args[2]) === 0) return { callee: undefined, literals: [gone, gone] };
      return literal(1)?.length === 0 ? { callee: undefined, literals: [undefined, gone] } : undefined;
    case 'strspn':
    case 'strcspn':
      return literal(1)?.length === 0 ? { callee: undefined, literals: [undefined, gone] } : undefined;
    case 'strstr':
    case 'strpbrk': {
      const needle = literal(1);
      if (needle === undefined || needle.length > 1) return undefined;
      return { callee: needle.length === 0 ? undefined : 'strchr', literals: [undefined, gone] };
    }
    default:
      return undefined;
  }
}

function countOf(argument: TypedExpression | undefined): number | undefined {
  return argument?.kind === 'integer' ? Number(argument.value) : undefined;
}

/** How many instructions gcc takes at most to store the bytes of a constant. */
const STORE_RATIO = 16;

/**
 * A copy of so many bytes of a literal, `more` added for the NUL: few are immediate values, many are copied from the constant
 * in place. Nothing is called in either case.
 *
 * Source: gcc/expr.cc: can_store_by_pieces; gcc/config/i386/i386.h: STORE_MAX_PIECES (16 bytes with SSE2, else 4).
 */
function copied(
  { args: [target, source] }: CallNode,
  length: number | undefined,
  more: 0 | 1,
): RewrittenCall | undefined {
  if (length === undefined || literalArgument(source) === undefined) return undefined;
  const pointer = target === undefined ? undefined : asPointer(target.type.type);
  const limit = STORE_RATIO * (pointer?.size === 8 ? 16 : 4);
  return { callee: undefined, literals: length + more > limit ? [] : [undefined, gone] };
}

/**
 * `__builtin_memcpy` from a literal that is long enough. The copy of more than can be stored as immediate values stays a
 * copy, which is a call beyond 8 KiB.
 *
 * Source: gcc/builtins.cc: expand_builtin_memory_copy_args; gcc/config/i386/x86-tune-costs.h: generic_memcpy.
 */
function copiedAsBuiltin(call: CallNode, count: number | undefined): RewrittenCall | undefined {
  const size = literalArgument(call.args[1])?.bytes.length;
  if (count === undefined || size === undefined || count > Math.min(size, 8192)) return undefined;
  return copied(call, count, 0);
}

type LiteralAt = (index: number) => Characters | undefined;

// gcc/gimple-fold.cc: gimple_fold_builtin_printf
function rewritePrintf(name: string, count: number, literal: LiteralAt): RewrittenCall | undefined {
  const format = literal(0);
  if (format === undefined) return undefined;
  const isVa = name === 'vprintf';
  if (spells(format, '%s') && count === 2 && !isVa) {
    const text = literal(1);
    if (text === undefined) return undefined;
    if (text.length === 0) return { callee: undefined, literals: [gone, gone] };
    if (text.length === 1) return { callee: 'putchar', literals: [gone, gone] };
    const line = withoutNewline(text);
    return line === undefined ? undefined : { callee: 'puts', literals: [gone, line] };
  }
  if (spells(format, '%s\n') && count === 2 && !isVa) return { callee: 'puts', literals: [gone] };
  if (spells(format, '%c') && count === 2 && !isVa) return { callee: 'putchar', literals: [gone] };
  if (format.includes(PERCENT) || (!isVa && count > 1)) return undefined;
  if (format.length === 0) return { callee: undefined, literals: [gone] };
  if (format.length === 1) return { callee: 'putchar', literals: [gone] };
  const line = withoutNewline(format);
  return line === undefined ? undefined : { callee: 'puts', literals: [line] };
}

// gcc/gimple-fold.cc: gimple_fold_builtin_fprintf
function rewriteFprintf(name: string, count: number, literal: LiteralAt): RewrittenCall | undefined {
  const format = literal(1);
  if (format === undefined) return undefined;
  const isVa = name === 'vfprintf';
  if (spells(format, '%s') && count === 3 && !isVa) {
    const inner = fputsOf(literal(2), 2);
    if (inner !== undefined && inner.callee === undefined)
      return { callee: undefined, literals: [undefined, gone, gone] };
    return { callee: inner?.callee ?? 'fputs', literals: [undefined, gone, inner?.literals[2]] };
  }
  if (spells(format, '%c') && count === 3 && !isVa) return { callee: 'fputc', literals: [undefined, gone] };
  if (format.includes(PERCENT) || (!isVa && count > 2)) return undefined;
  return fputsOf(format, 1);
}

/** `fputs` of a constant: nothing, `fputc` or `fwrite`. */
function fputsOf(text: Characters | undefined, index: number): RewrittenCall | undefined {
  if (text === undefined) return undefined;
  const literals: (LiteralFate | undefined)[] = [];
  if (text.length <= 1) literals[index] = gone;
  return { callee: text.length === 0 ? undefined : text.length === 1 ? 'fputc' : 'fwrite', literals };
}
