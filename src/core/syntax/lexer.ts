/**
 * Translation phases 2 and 3: line splices, comments, preprocessing tokens (C17 5.1.1.2, 6.4).
 *
 * A text becomes a {@link RawTokens} table: columns in typed arrays, without file ids, so that the table of a system
 * header can be kept and used in every later run. Nothing is reported here, because text in a skipped group may be
 * anything: malformed tokens become `unknown` ones, and who uses them reports them.
 *
 * Source: C17 6.4; libcpp of gcc 12 for what the standard leaves open (`$` in identifiers, blanks between backslash and
 * newline, an unterminated quote runs to the end of its line, NUL is white space).
 * Simplified: trigraphs are not replaced, as in gcc's default mode (-std=gnu17); strict standards have a problem for them.
 */
import { hasUnicodeLiterals, isC2x, isC90, isStrict } from '../target/dialect.ts';
import type { Dialect } from '../target/dialect.ts';
import { keywords } from './token.ts';

/** Kinds of preprocessing tokens. */
export const RawKind = {
  end: 0,
  identifier: 1,
  /** An identifier that phase 7 takes for a keyword; the preprocessor does not tell them apart. */
  keyword: 2,
  number: 3,
  character: 4,
  string: 5,
  punctuator: 6,
  /** A stray character, or a quote without its end up to the end of the line. */
  unknown: 7,
  /** `<name>` or `"name"` in an #include line or after `__has_include(`. */
  headerName: 8,
  /** Made by the preprocessor only: a pragma left for the compiler. */
  pragma: 9,
  /** Made by the preprocessor only: white space with a memory of where it came from (libcpp's CPP_PADDING). */
  padding: 10,
  /** Made by the preprocessor only: a parameter in the replacement list of a macro. */
  parameter: 11,
} as const;

/** The token is the first one of its logical line. */
export const STARTS_LINE = 1;
/** White space, a comment or a line end comes before the token. */
export const SPACE_BEFORE = 2;
/** Spelled as a digraph. */
export const DIGRAPH = 4;

/** Something wrong with the text that has no token of its own. */
export interface LexicalProblem {
  readonly kind: 'unterminated-comment' | 'nul-character' | 'space-in-splice' | 'trigraph';
  readonly start: number;
  readonly end: number;
}

/** The preprocessing tokens of one text, in order; the last one is of kind `end`. */
export class RawTokens {
  readonly text: string;
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly flags: Uint8Array;
  /** Offsets in the text; splices inside a token are between its start and its end. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Spellings: splices removed, digraphs replaced, universal character names in identifiers replaced. */
  readonly texts: readonly string[];
  /** Indices of the `#` that begin directive lines. */
  readonly directives: readonly number[];
  readonly problems: readonly LexicalProblem[];

  constructor(parts: Omit<RawTokens, 'kind' | 'token'>) {
    this.text = parts.text;
    this.count = parts.count;
    this.kinds = parts.kinds;
    this.flags = parts.flags;
    this.starts = parts.starts;
    this.ends = parts.ends;
    this.texts = parts.texts;
    this.directives = parts.directives;
    this.problems = parts.problems;
  }
}

// ---------------------------------------------------------------- character classes

const IDENTIFIER_START = 1;
const IDENTIFIER_PART = 2;
const DIGIT = 4;
const BLANK = 8;

const classOf = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  const isLetter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c === 36;
  const isDigit = c >= 48 && c <= 57;
  if (isLetter) classOf[c] = IDENTIFIER_START | IDENTIFIER_PART;
  if (isDigit) classOf[c] = IDENTIFIER_PART | DIGIT;
  // NUL is white space to gcc as well (with a warning).
  if (c === 32 || c === 9 || c === 11 || c === 12 || c === 13 || c === 0) classOf[c] = BLANK;
}

/** Ranges of characters allowed in identifiers beyond ASCII. @source C17 annex D.1 */
const identifierRanges: readonly (readonly [number, number])[] = [
  [0xa8, 0xa8],
  [0xaa, 0xaa],
  [0xad, 0xad],
  [0xaf, 0xaf],
  [0xb2, 0xb5],
  [0xb7, 0xba],
  [0xbc, 0xbe],
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x167f],
  [0x1681, 0x180d],
  [0x180f, 0x1fff],
  [0x200b, 0x200d],
  [0x202a, 0x202e],
  [0x203f, 0x2040],
  [0x2054, 0x2054],
  [0x2060, 0x218f],
  [0x2460, 0x24ff],
  [0x2776, 0x2793],
  [0x2c00, 0x2dff],
  [0x2e80, 0x2fff],
  [0x3004, 0x3007],
  [0x3021, 0x302f],
  [0x3031, 0xd7ff],
  [0xf900, 0xfd3d],
  [0xfd40, 0xfdcf],
  [0xfdf0, 0xfe44],
  [0xfe47, 0xfffd],
];

/** Ranges not allowed as the first character of an identifier. @source C17 annex D.2 */
const notInitialRanges: readonly (readonly [number, number])[] = [
  [0x300, 0x36f],
  [0x1dc0, 0x1dff],
  [0x20d0, 0x20ff],
  [0xfe20, 0xfe2f],
];

const inRanges = (ranges: readonly (readonly [number, number])[], c: number): boolean =>
  ranges.some(([first, last]) => c >= first && c <= last);

/** True for code points beyond ASCII that may stand in an identifier. */
function isExtendedIdentifierPart(codePoint: number): boolean {
  if (codePoint > 0xffff) return codePoint <= 0xefffd && (codePoint & 0xffff) <= 0xfffd;
  return inRanges(identifierRanges, codePoint);
}

// ---------------------------------------------------------------- spellings kept once

/**
 * Spellings of identifiers and numbers, each kept once: the lexer finds a known one by hash without making a string.
 * Cleared when it has grown large, so that a long session does not collect every name ever typed.
 */
class SpellingTable {
  static readonly #slots = 1 << 15;
  readonly #texts: (string | undefined)[] = new Array<string | undefined>(SpellingTable.#slots).fill(
    undefined,
  );
  readonly #hashes = new Int32Array(SpellingTable.#slots);
  #count = 0;

  /** The string equal to `text.slice(start, end)`; `hash` is a function of its characters. */
  find(text: string, start: number, end: number, hash: number): string {
    const mask = SpellingTable.#slots - 1;
    const length = end - start;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const known = this.#texts[slot];
      if (known === undefined) break;
      if (this.#hashes[slot] === hash && known.length === length) {
        let at = 0;
        while (at < length && known.charCodeAt(at) === text.charCodeAt(start + at)) at++;
        if (at === length) return known;
      }
      slot = (slot + 1) & mask;
    }
    const made = text.slice(start, end);
    if (this.#count >= SpellingTable.#slots / 2) {
      this.#texts.fill(undefined);
      this.#count = 0;
      slot = (hash ^ (hash >>> 15)) & mask;
    }
    this.#texts[slot] = made;
    this.#hashes[slot] = hash;
    this.#count++;
    return made;
  }
}

const spellings = new SpellingTable();

const singleCharacters: readonly string[] = Array.from({ length: 128 }, (_, c) => String.fromCharCode(c));

// ---------------------------------------------------------------- line splices

/** A text without its line splices, and the way back to offsets of the original. */
interface Spliced {
  readonly text: string;
  /** Offsets in the spliced text at which characters were taken out, ascending. */
  readonly at: readonly number[];
  /** How many characters were taken out up to and including the splice of the same index. */
  readonly removed: readonly number[];
  readonly problems: readonly LexicalProblem[];
}

function removeSplices(text: string): Spliced | undefined {
  if (!text.includes('\\')) return undefined;
  const splice = /\\([ \t\f\v]*)(?:\r?\n)/g;
  const parts: string[] = [];
  const at: number[] = [];
  const removed: number[] = [];
  const problems: LexicalProblem[] = [];
  let from = 0;
  let gone = 0;
  for (let match = splice.exec(text); match !== null; match = splice.exec(text)) {
    parts.push(text.slice(from, match.index));
    gone += match[0].length;
    from = match.index + match[0].length;
    at.push(from - gone);
    removed.push(gone);
    if (match[1] !== '') problems.push({ kind: 'space-in-splice', start: match.index, end: match.index + 1 });
  }
  if (at.length === 0) return undefined;
  parts.push(text.slice(from));
  return { text: parts.join(''), at, removed, problems };
}

// ---------------------------------------------------------------- the lexer

/** What the dialects lex differently. */
export interface LexRules {
  /** `//` begins a comment. Where it does not, a comment becomes a token of kind `unknown`, as gcc refuses it. */
  readonly hasLineComments: boolean;
  /** `u8'x'` is one token. */
  readonly hasUtf8Characters: boolean;
  /** `u"x"`, `U'x'` and `u8"x"` are one token. */
  readonly hasUnicodeLiterals: boolean;
  /** `??=` and the like mean other characters. */
  readonly hasTrigraphs: boolean;
}

/** The rules of most dialects. */
export const usualRules: LexRules = {
  hasLineComments: true,
  hasUtf8Characters: false,
  hasUnicodeLiterals: true,
  hasTrigraphs: false,
};

/** The rules of a dialect. @source libcpp/init.cc: lang_defaults; lex.cc: _cpp_lex_direct */
export function lexRulesOf(dialect: Dialect): LexRules {
  if (!isStrict(dialect) && !isC2x(dialect) && !isC90(dialect)) return usualRules;
  return {
    hasLineComments: !(isC90(dialect) && isStrict(dialect)),
    hasUtf8Characters: isC2x(dialect),
    hasUnicodeLiterals: hasUnicodeLiterals(dialect),
    hasTrigraphs: isStrict(dialect),
  };
}

/** Takes a text apart into preprocessing tokens. Works for any text. */
export function lex(text: string, rules = usualRules): RawTokens {
  const spliced = removeSplices(text);
  const lexer = new Lexer(spliced?.text ?? text, rules);
  lexer.run();
  return lexer.finish(text, spliced);
}

/**
 * The kind and spelling of a text when it is exactly one preprocessing token; undefined otherwise. What the `##`
 * operator makes must pass this.
 */
export function lexSingle(text: string): { kind: number; text: string; flags: number } | undefined {
  if (plainName.test(text)) return { kind: RawKind.identifier, text, flags: 0 };
  // A comment would be white space, but pasting does not make comments.
  if (text.startsWith('//') || text.startsWith('/*')) return undefined;
  const lexer = new Lexer(text, usualRules);
  lexer.run();
  if (lexer.count !== 2 || lexer.starts[0] !== 0 || lexer.ends[0] !== text.length) return undefined;
  return {
    kind: lexer.kinds[0] ?? RawKind.unknown,
    text: lexer.texts[0] ?? text,
    flags: (lexer.flags[0] ?? 0) & DIGRAPH,
  };
}

/** C17 5.2.1.1. */
const trigraph = /\?\?[=()/'<>!-]/g;

/** Most of what is pasted. */
const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Where the lexer is in a line that may hold a header name. */
const NO_DIRECTIVE = 0;
const AFTER_HASH = 1;
const EXPECT_HEADER = 2;
const IN_DIRECTIVE = 3;
const AFTER_HAS_INCLUDE = 4;

class Lexer {
  readonly #text: string;
  readonly #rules: LexRules;
  count = 0;
  kinds: Uint8Array;
  flags: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  readonly texts: string[] = [];
  readonly directives: number[] = [];
  readonly problems: LexicalProblem[] = [];
  #directiveState = NO_DIRECTIVE;

  constructor(text: string, rules: LexRules) {
    this.#text = text;
    this.#rules = rules;
    const capacity = Math.max(16, (text.length >> 2) + 16);
    this.kinds = new Uint8Array(capacity);
    this.flags = new Uint8Array(capacity);
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
  }

  run(): void {
    const text = this.#text;
    const length = text.length;
    let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    let flags = STARTS_LINE;
    for (;;) {
      const c = at < length ? text.charCodeAt(at) : -1;
      if (c === 10) {
        flags = STARTS_LINE | SPACE_BEFORE;
        this.#directiveState = NO_DIRECTIVE;
        at++;
        continue;
      }
      if (c === -1) {
        this.#push(RawKind.end, STARTS_LINE | SPACE_BEFORE, length, length, '');
        return;
      }
      const kind = c < 128 ? (classOf[c] ?? 0) : 0;
      if (kind === BLANK) {
        if (c === 0) this.problems.push({ kind: 'nul-character', start: at, end: at + 1 });
        flags |= SPACE_BEFORE;
        at++;
        continue;
      }
      if (c === 47) {
        const next = text.charCodeAt(at + 1);
        if (next === 47 && (this.#rules.hasLineComments || !this.#isDivision(at))) {
          const newline = text.indexOf('\n', at + 2);
          const end = newline < 0 ? length : newline;
          if (!this.#rules.hasLineComments) this.#push(RawKind.unknown, flags, at, end, '//');
          at = end;
          flags |= SPACE_BEFORE;
          continue;
        }
        if (next === 42) {
          const end = text.indexOf('*/', at + 2);
          if (end < 0) this.problems.push({ kind: 'unterminated-comment', start: at, end: at + 2 });
          at = end < 0 ? length : end + 2;
          flags |= SPACE_BEFORE;
          continue;
        }
      }
      at = this.#token(at, c, kind, flags);
      flags = 0;
    }
  }

  /** In C90, `//` in a directive and in front of `*` is a slash and what follows it. */
  #isDivision(at: number): boolean {
    return this.#directiveState !== NO_DIRECTIVE || this.#text.charCodeAt(at + 2) === 42;
  }

  finish(original: string, spliced: Spliced | undefined): RawTokens {
    const { count, starts, ends } = this;
    const problems = [...this.problems];
    if (this.#rules.hasTrigraphs)
      for (const { index } of this.#text.matchAll(trigraph))
        problems.push({ kind: 'trigraph', start: index, end: index + 3 });
    if (spliced !== undefined) {
      // Tokens come in order, so one pass over the splices maps all of them back.
      const { at, removed } = spliced;
      const back = (offset: number, from: number): number => {
        let splice = from;
        while (splice < at.length && (at[splice] ?? 0) <= offset) splice++;
        return splice;
      };
      let splice = 0;
      for (let i = 0; i < count; i++) {
        const start = starts[i] ?? 0;
        const end = ends[i] ?? 0;
        splice = back(start, splice);
        starts[i] = start + (splice === 0 ? 0 : (removed[splice - 1] ?? 0));
        if (end <= start) {
          ends[i] = starts[i] ?? 0;
          continue;
        }
        const last = back(end - 1, splice);
        ends[i] = end + (last === 0 ? 0 : (removed[last - 1] ?? 0));
      }
      for (const [i, problem] of problems.entries()) {
        const found = back(problem.start, 0);
        const start = problem.start + (found === 0 ? 0 : (removed[found - 1] ?? 0));
        problems[i] = { kind: problem.kind, start, end: Math.min(start + 2, original.length) };
      }
      problems.push(...spliced.problems);
    }
    return new RawTokens({
      text: original,
      count,
      kinds: this.kinds,
      flags: this.flags,
      starts,
      ends,
      texts: this.texts,
      directives: this.directives,
      problems,
    });
  }

  #push(kind: number, flags: number, start: number, end: number, text: string): void {
    const i = this.count++;
    if (i >= this.kinds.length) this.#grow();
    this.kinds[i] = kind;
    this.flags[i] = flags;
    this.starts[i] = start;
    this.ends[i] = end;
    this.texts.push(text);
  }

  #grow(): void {
    const capacity = this.kinds.length * 2;
    const kinds = new Uint8Array(capacity);
    kinds.set(this.kinds);
    const flags = new Uint8Array(capacity);
    flags.set(this.flags);
    const starts = new Int32Array(capacity);
    starts.set(this.starts);
    const ends = new Int32Array(capacity);
    ends.set(this.ends);
    this.kinds = kinds;
    this.flags = flags;
    this.starts = starts;
    this.ends = ends;
  }

  /** Reads the token that begins at `start` with character `c`; returns the offset after it. */
  #token(start: number, c: number, characterClass: number, flags: number): number {
    const text = this.#text;
    if ((characterClass & IDENTIFIER_START) !== 0) {
      if (c === 76 || c === 85 || c === 117) {
        const quote = this.#prefixedQuote(start, c);
        if (quote >= 0) return this.#quoted(start, quote, flags);
      }
      return this.#identifier(start, flags);
    }
    if ((characterClass & DIGIT) !== 0) return this.#number(start, flags);
    switch (c) {
      case 34: // "
        if (this.#directiveState === EXPECT_HEADER) return this.#headerName(start, '"', flags);
        return this.#quoted(start, start, flags);
      case 39: // '
        return this.#quoted(start, start, flags);
      case 46: {
        // .
        const next = text.charCodeAt(start + 1);
        if (next >= 48 && next <= 57) return this.#number(start, flags);
        break;
      }
      case 60: // <
        if (this.#directiveState === EXPECT_HEADER) return this.#headerName(start, '>', flags);
        break;
      case 92: // backslash
        if (this.#universalCharacterEnd(start) > 0) return this.#extendedIdentifier(start, start, flags);
        break;
    }
    if (c >= 128) {
      const codePoint = text.codePointAt(start) ?? c;
      if (isExtendedIdentifierPart(codePoint) && !inRanges(notInitialRanges, codePoint)) {
        return this.#extendedIdentifier(start, start, flags);
      }
      const end = start + (codePoint > 0xffff ? 2 : 1);
      this.#push(RawKind.unknown, flags, start, end, text.slice(start, end));
      return end;
    }
    return this.#punctuator(start, c, flags);
  }

  /** Offset of the quote after an encoding prefix (L, u, U, u8) at `start`, or -1. */
  #prefixedQuote(start: number, c: number): number {
    const text = this.#text;
    if (c !== 76 && !this.#rules.hasUnicodeLiterals) return -1;
    const next = text.charCodeAt(start + 1);
    if (next === 34 || next === 39) return start + 1;
    // u8 goes before strings only; a u8 character constant is C2X.
    if (c !== 117 || next !== 56) return -1;
    const quote = text.charCodeAt(start + 2);
    if (quote === 34 || (quote === 39 && this.#rules.hasUtf8Characters)) return start + 2;
    return -1;
  }

  #identifier(start: number, flags: number): number {
    const text = this.#text;
    const length = text.length;
    let at = start;
    let hash = 0;
    for (; at < length; at++) {
      const c = text.charCodeAt(at);
      if (c < 128) {
        if (((classOf[c] ?? 0) & IDENTIFIER_PART) !== 0) hash = (Math.imul(hash, 31) + c) | 0;
        else if (c === 92 && this.#universalCharacterEnd(at) > 0)
          return this.#extendedIdentifier(start, at, flags);
        else break;
      } else if (isExtendedIdentifierPart(text.codePointAt(at) ?? c)) {
        return this.#extendedIdentifier(start, at, flags);
      } else break;
    }
    const name = spellings.find(text, start, at, hash);
    this.#pushIdentifier(flags, start, at, name);
    return at;
  }

  /** An identifier with characters beyond ASCII or universal character names, the first of them at `from`. */
  #extendedIdentifier(start: number, from: number, flags: number): number {
    const text = this.#text;
    let name = text.slice(start, from);
    let at = from;
    for (;;) {
      const codePoint = text.codePointAt(at);
      if (codePoint === undefined) break;
      if (codePoint === 92) {
        const end = this.#universalCharacterEnd(at);
        if (end < 0) break;
        name += String.fromCodePoint(Number.parseInt(text.slice(at + 2, end), 16));
        at = end;
      } else if (
        codePoint < 128
          ? ((classOf[codePoint] ?? 0) & IDENTIFIER_PART) !== 0
          : isExtendedIdentifierPart(codePoint)
      ) {
        const width = codePoint > 0xffff ? 2 : 1;
        name += text.slice(at, at + width);
        at += width;
      } else break;
    }
    this.#pushIdentifier(flags, start, at, name);
    return at;
  }

  #pushIdentifier(flags: number, start: number, end: number, name: string): void {
    this.#push(keywords.has(name) ? RawKind.keyword : RawKind.identifier, flags, start, end, name);
    if (this.#directiveState === NO_DIRECTIVE) return;
    if (
      this.#directiveState === AFTER_HASH &&
      (name === 'include' || name === 'include_next' || name === 'import')
    ) {
      this.#directiveState = EXPECT_HEADER;
    } else if (name === '__has_include' || name === '__has_include_next') {
      this.#directiveState = AFTER_HAS_INCLUDE;
    } else this.#directiveState = IN_DIRECTIVE;
  }

  /** End of `\uXXXX` or `\UXXXXXXXX` that names a character allowed in identifiers, or -1. */
  #universalCharacterEnd(at: number): number {
    const letter = this.#text.charCodeAt(at + 1);
    if (letter !== 117 && letter !== 85) return -1;
    const end = at + (letter === 117 ? 6 : 10);
    const digits = this.#text.slice(at + 2, end);
    if (digits.length !== end - at - 2 || !/^[0-9a-fA-F]+$/.test(digits)) return -1;
    const codePoint = Number.parseInt(digits, 16);
    return isExtendedIdentifierPart(codePoint) ? end : -1;
  }

  // pp-number = "."? digit (digit | identifier-nondigit | [eEpP] sign | ".")*  (C17 6.4.8)
  #number(start: number, flags: number): number {
    const text = this.#text;
    let at = start;
    let hash = 0;
    for (;;) {
      const c = text.charCodeAt(at);
      // Past the end c is NaN, which is in no class.
      const isPart = c < 128 && ((classOf[c] ?? 0) & IDENTIFIER_PART) !== 0;
      if (isPart || c === 46) {
        hash = (Math.imul(hash, 31) + c) | 0;
        at++;
        const lower = c | 32;
        if (lower === 101 || lower === 112) {
          const sign = text.charCodeAt(at);
          if (sign === 43 || sign === 45) {
            hash = (Math.imul(hash, 31) + sign) | 0;
            at++;
          }
        }
      } else if (c >= 128 && isExtendedIdentifierPart(text.codePointAt(at) ?? c)) {
        const width = (text.codePointAt(at) ?? c) > 0xffff ? 2 : 1;
        for (let i = 0; i < width; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(at + i)) | 0;
        at += width;
      } else if (c === 39 && this.#isSeparator(at)) {
        hash = (Math.imul(hash, 31) + c) | 0;
        at++;
      } else break;
    }
    this.#push(RawKind.number, flags, start, at, spellings.find(text, start, at, hash));
    return at;
  }

  /** Whether a quote inside a number has a digit or letter behind it: a digit separator (C23 6.4.8). */
  #isSeparator(quote: number): boolean {
    const behind = this.#text.charCodeAt(quote + 1);
    return behind < 128 && ((classOf[behind] ?? 0) & IDENTIFIER_PART) !== 0;
  }

  /** A character constant or string literal whose opening quote is at `quote`. */
  #quoted(start: number, quote: number, flags: number): number {
    const text = this.#text;
    const terminator = text.charCodeAt(quote);
    const length = text.length;
    let at = quote + 1;
    for (; at < length; at++) {
      const c = text.charCodeAt(at);
      if (c === terminator) {
        at++;
        const kind = terminator === 34 ? RawKind.string : RawKind.character;
        this.#push(kind, flags, start, at, text.slice(start, at));
        return at;
      }
      if (c === 10) break;
      if (c === 92 && at + 1 < length && text.charCodeAt(at + 1) !== 10) at++;
    }
    at = Math.min(at, length);
    this.#push(RawKind.unknown, flags, start, at, text.slice(start, at));
    return at;
  }

  // header-name = "<" h-char+ ">" | '"' q-char+ '"'  (C17 6.4.7); without its end it is not a header name.
  #headerName(start: number, terminator: string, flags: number): number {
    const text = this.#text;
    this.#directiveState = IN_DIRECTIVE;
    const lineEnd = text.indexOf('\n', start);
    const end = text.indexOf(terminator, start + 1);
    if (end < 0 || (lineEnd >= 0 && end > lineEnd)) {
      if (terminator === '"') return this.#quoted(start, start, flags);
      return this.#punctuator(start, 60, flags);
    }
    this.#push(RawKind.headerName, flags, start, end + 1, text.slice(start, end + 1));
    return end + 1;
  }

  #punctuator(start: number, c: number, flags: number): number {
    const text = this.#text;
    const next = text.charCodeAt(start + 1);
    let spelling: string | undefined;
    let width = 1;
    let digraph = 0;
    switch (c) {
      case 40: // (
      case 41: // )
      case 44: // ,
      case 59: // ;
      case 63: // ?
      case 91: // [
      case 93: // ]
      case 123: // {
      case 125: // }
      case 126: // ~
        spelling = singleCharacters[c];
        if (c === 40 && this.#directiveState === AFTER_HAS_INCLUDE) {
          this.#directiveState = EXPECT_HEADER;
          this.#push(RawKind.punctuator, flags, start, start + 1, '(');
          return start + 1;
        }
        break;
      case 33: // !
        if (next === 61) spelling = '!=';
        else spelling = '!';
        break;
      case 35: // #
        if (next === 35) spelling = '##';
        else spelling = '#';
        break;
      case 37: // %
        if (next === 61) spelling = '%=';
        else if (next === 62) {
          spelling = '}';
          width = 2;
          digraph = DIGRAPH;
        } else if (next === 58) {
          digraph = DIGRAPH;
          if (text.charCodeAt(start + 2) === 37 && text.charCodeAt(start + 3) === 58) {
            spelling = '##';
            width = 4;
          } else {
            spelling = '#';
            width = 2;
          }
        } else spelling = '%';
        break;
      case 38: // &
        if (next === 38) spelling = '&&';
        else if (next === 61) spelling = '&=';
        else spelling = '&';
        break;
      case 42: // *
        if (next === 61) spelling = '*=';
        else spelling = '*';
        break;
      case 43: // +
        if (next === 43) spelling = '++';
        else if (next === 61) spelling = '+=';
        else spelling = '+';
        break;
      case 45: // -
        if (next === 62) spelling = '->';
        else if (next === 45) spelling = '--';
        else if (next === 61) spelling = '-=';
        else spelling = '-';
        break;
      case 46: // .
        if (next === 46 && text.charCodeAt(start + 2) === 46) spelling = '...';
        else spelling = '.';
        break;
      case 47: // /
        if (next === 61) spelling = '/=';
        else spelling = '/';
        break;
      case 58: // :
        if (next === 62) {
          spelling = ']';
          width = 2;
          digraph = DIGRAPH;
        } else if (next === 58) {
          // One token for the [[vendor::attribute]] syntax, as in gcc.
          spelling = '::';
        } else spelling = ':';
        break;
      case 60: // <
        if (next === 60) spelling = text.charCodeAt(start + 2) === 61 ? '<<=' : '<<';
        else if (next === 61) spelling = '<=';
        else if (next === 58) {
          spelling = '[';
          width = 2;
          digraph = DIGRAPH;
        } else if (next === 37) {
          spelling = '{';
          width = 2;
          digraph = DIGRAPH;
        } else spelling = '<';
        break;
      case 61: // =
        if (next === 61) spelling = '==';
        else spelling = '=';
        break;
      case 62: // >
        if (next === 62) spelling = text.charCodeAt(start + 2) === 61 ? '>>=' : '>>';
        else if (next === 61) spelling = '>=';
        else spelling = '>';
        break;
      case 94: // ^
        if (next === 61) spelling = '^=';
        else spelling = '^';
        break;
      case 124: // |
        if (next === 124) spelling = '||';
        else if (next === 61) spelling = '|=';
        else spelling = '|';
        break;
    }
    if (spelling === undefined) {
      this.#push(RawKind.unknown, flags, start, start + 1, singleCharacters[c] ?? '');
      return start + 1;
    }
    if (digraph === 0) width = spelling.length;
    if (spelling === '#' && (flags & STARTS_LINE) !== 0) {
      this.directives.push(this.count);
      this.#directiveState = AFTER_HASH;
    } else if (this.#directiveState !== NO_DIRECTIVE) this.#directiveState = IN_DIRECTIVE;
    this.#push(RawKind.punctuator, flags | digraph, start, start + width, spelling);
    return start + width;
  }
}
