/**
 * Keywords of C23 that gcc 12 does not know: they are read as C23 means them where the program has not declared the name
 * and only the keyword makes sense; where a program calls something of its own by one of them, it is that.
 *
 * Source: C23 6.4.1. `true`, `false` and `nullptr` are values, so the analyser reads them.
 */
import { Code, classOf, StartsDeclaration } from './token-code.ts';
import type { TokenCode } from './token-code.ts';

/** What each word is, and which header of C17 has it as a macro. */
const laterWords: ReadonlyMap<string, { readonly code: TokenCode; readonly header: string | undefined }> =
  new Map([
    ['bool', { code: Code.basicType, header: '<stdbool.h>' }],
    ['static_assert', { code: Code.staticAssert, header: '<assert.h>' }],
    ['thread_local', { code: Code.threadLocal, header: '<threads.h>' }],
    ['alignas', { code: Code.alignas, header: '<stdalign.h>' }],
    ['alignof', { code: Code.alignof, header: '<stdalign.h>' }],
    ['constexpr', { code: Code.constexpr, header: undefined }],
    ['typeof_unqual', { code: Code.typeof, header: undefined }],
  ]);

/** The header that gives a word to C17, where there is one. */
export function headerOfLaterWord(word: string): string | undefined {
  return laterWords.get(word)?.header;
}

/** The tokens on both sides of a word. */
export interface Surroundings {
  readonly before: TokenCode;
  readonly behind: TokenCode;
  /** The one behind that. */
  readonly second: TokenCode;
  /** Whether the program has declared nothing of this name so far. */
  readonly isUndeclared: boolean;
}

/** The code of such a word where it stands. */
export function codeOfLaterWord(
  word: string,
  { before, behind, second, isUndeclared }: Surroundings,
): TokenCode {
  const keyword = laterWords.get(word)?.code;
  if (keyword === undefined || !isUndeclared || otherNameSpaces.has(before)) return Code.identifier;
  switch (keyword) {
    case Code.basicType:
      return startsMore(behind) || isAbstract(before, behind) || isFunctionPointer(behind, second)
        ? keyword
        : Code.identifier;
    case Code.threadLocal:
    case Code.constexpr:
      return startsMore(behind) ? keyword : Code.identifier;
    default:
      return behind === Code.openParen && !isTypePart(before) ? keyword : Code.identifier;
  }
}

/** Members and tags have name spaces of their own (C17 6.2.3). */
const otherNameSpaces: ReadonlySet<TokenCode> = new Set([
  Code.dot,
  Code.arrow,
  Code.struct,
  Code.union,
  Code.enum,
  Code.goto,
]);

/** What is declared follows. */
const startsMore = (behind: TokenCode): boolean =>
  behind === Code.identifier || behind === Code.star || ((classOf[behind] ?? 0) & StartsDeclaration) !== 0;

/** `(bool)`, `f(int, bool)`, `(const bool)`: a type without a name. */
function isAbstract(before: TokenCode, behind: TokenCode): boolean {
  const canEnd = behind === Code.closeParen || behind === Code.comma || behind === Code.openBracket;
  const isOpen = before === Code.openParen || before === Code.comma;
  return canEnd && (isOpen || before === Code.const || before === Code.volatile);
}

/** `bool (*f)(int)`. */
const isFunctionPointer = (behind: TokenCode, second: TokenCode): boolean =>
  behind === Code.openParen && second === Code.star;

const isTypePart = (before: TokenCode): boolean => before === Code.basicType || before === Code.star;
