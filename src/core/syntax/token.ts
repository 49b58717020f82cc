/**
 * CONTRACT. Tokens after preprocessing, as the parser reads them (C17 6.4, translation phase 7).
 */
import type { Span } from '../source/text-span.ts';

export type TokenKind =
  | 'identifier'
  | 'keyword'
  /** Preprocessing number that is an integer or floating constant; `text` is its spelling. */
  | 'number'
  /** Character constant with its prefix (`L`, `u`, `U`, `u8`) and quotes as spelled. */
  | 'character'
  /** One string literal as spelled, prefix and quotes included; the parser joins adjacent ones. */
  | 'string'
  | 'punctuator'
  /** `#pragma` left for the compiler proper (pack, GCC …): `text` is the whole line after `#pragma`. */
  | 'pragma'
  /** A character that begins no token; the lexer has reported it. */
  | 'unknown'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Spelling; digraphs and trigraphs are replaced by what they mean, line splices removed. */
  readonly text: string;
  /** Where it is spelled, with `expandedAt` when it came out of a macro. */
  readonly span: Span;
  /** First token of its line in the file (diagnostics, resynchronising). */
  readonly startsLine: boolean;
  /** White space before it. */
  readonly spaceBefore: boolean;
}

/** The keywords of C17, the GNU spellings that gcc takes in its default mode (-std=gnu17), and words of C23 (later-words.ts). */
export const keywords: ReadonlySet<string> = new Set(
  (
    'auto break case char const continue default do double else enum extern float for goto if inline int long register ' +
    'restrict return short signed sizeof static struct switch typedef union unsigned void volatile while _Alignas ' +
    '_Alignof _Atomic _Bool _Complex _Generic _Imaginary _Noreturn _Static_assert _Thread_local ' +
    'asm __asm __asm__ __attribute __attribute__ __alignof __alignof__ __auto_type __builtin_choose_expr __builtin_offsetof ' +
    '__builtin_convertvector __builtin_types_compatible_p __builtin_va_arg __complex __complex__ __const __const__ __extension__ __float128 __float80 ' +
    '_Float128 _Float64 _Float32 _Float64x _Float32x __imag __imag__ __inline __inline__ __int128 __int128_t ' +
    '__label__ __real __real__ __restrict __restrict__ __signed __signed__ __thread typeof __typeof __typeof__ ' +
    '__volatile __volatile__ __func__ __FUNCTION__ __PRETTY_FUNCTION__ ' +
    'bool static_assert thread_local alignas alignof typeof_unqual constexpr'
  ).split(' '),
);
