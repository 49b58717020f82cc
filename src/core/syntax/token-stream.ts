/**
 * The tokens as the parser walks over them: each with its code, pragmas and stray characters taken out.
 */
import { lastOf } from '../../base/bisect.ts';
import type { Diagnostic } from '../source/diagnostic.ts';
import type { SourceFile, Span } from '../source/text-span.ts';
import { codeOfLaterWord } from './later-words.ts';
import type { NameScopes } from './name-scopes.ts';
import { PackStack } from './pragma-pack.ts';
import { Code, codeOf } from './token-code.ts';
import type { TokenCode } from './token-code.ts';
import type { Token } from './token.ts';

/** Tokens of one translation unit, ready to be parsed; the last one is of kind `end`. */
export class TokenStream {
  readonly tokens: readonly Token[];
  readonly codes: Uint8Array;
  readonly count: number;
  /** False when some brace has no partner: what looks like a nested function may be the next one. */
  readonly bracesMatch: boolean;

  /** True when the first token stands at column 1, as external declarations do in most texts. */
  readonly usesColumnOne: boolean;

  #partners: Int32Array | undefined;
  readonly #files: readonly SourceFile[];
  readonly #names: NameScopes;
  /** `#pragma pack` in force from token `from` on. */
  readonly #packs: readonly { readonly from: number; readonly bytes: number | undefined }[];

  constructor(
    tokens: readonly Token[],
    names: NameScopes,
    files: readonly SourceFile[],
    report: (diagnostic: Diagnostic) => void,
    options: { readonly usesColumnOne?: boolean; readonly plainWords: ReadonlySet<string> },
  ) {
    this.#files = files;
    this.#names = names;
    const kept: Token[] = [];
    let codes = new Uint8Array(tokens.length + 1);
    const packs: { from: number; bytes: number | undefined }[] = [];
    const packStack = new PackStack();
    let depth = 0;
    let bracesMatch = true;
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at];
      if (token === undefined) break;
      if (kept.length + 2 > codes.length) {
        const wider = new Uint8Array(codes.length * 2);
        wider.set(codes);
        codes = wider;
      }
      if (token.kind === 'pragma') {
        packStack.take(token, report);
        packs.push({ from: kept.length, bytes: packStack.bytes });
        continue;
      }
      const count = parsedCount(token);
      if (count === 0) continue;
      if (token.kind === 'end') break;
      if (count === 2) {
        codes[kept.length] = codes[kept.length + 1] = Code.colon;
        kept.push({ ...token, text: ':' }, { ...token, text: ':', startsLine: false, spaceBefore: false });
        continue;
      }
      const isPlain = options.plainWords.size > 0 && options.plainWords.has(token.text);
      const code = isPlain && token.kind === 'keyword' ? Code.identifier : codeOf(token);
      if (code === Code.openBrace) depth++;
      else if (code === Code.closeBrace && --depth < 0) bracesMatch = false;
      codes[kept.length] = code;
      kept.push(token);
    }
    kept.push(endOf(tokens));
    this.tokens = kept;
    this.codes = codes;
    this.count = kept.length;
    this.bracesMatch = bracesMatch && depth === 0;
    this.#packs = packs;
    this.usesColumnOne = options.usesColumnOne ?? this.isAtColumnOne(0);
  }

  /** Code of the token at an index; {@link Code.end} beyond the last. */
  codeAt(index: number): TokenCode {
    const code = this.codes[index] ?? Code.end;
    return code === Code.laterWord ? this.#codeOfLaterWord(index) : code;
  }

  #codeOfLaterWord(index: number): TokenCode {
    const word = this.at(index).text;
    return codeOfLaterWord(word, {
      before: this.codes[index - 1] ?? Code.semicolon,
      behind: this.codes[index + 1] ?? Code.end,
      second: this.codes[index + 2] ?? Code.end,
      isUndeclared: this.#names.kindOf(word) === undefined,
    });
  }

  /** Token at an index; the end token beyond the last. */
  at(index: number): Token {
    const token = this.tokens[index] ?? this.tokens[this.count - 1];
    return token ?? noTokens;
  }

  /** True when a line starts with this token, at its first column: that is where external declarations are written. */
  isAtColumnOne(index: number): boolean {
    const token = this.at(index);
    if (!token.startsLine || token.kind === 'end') return false;
    const { file, start } = token.span.expandedAt ?? token.span;
    const text = this.#files[file]?.text;
    return (
      text !== undefined &&
      (start === 0 || text.charCodeAt(start - 1) === 10 || text.charCodeAt(start - 1) === 13)
    );
  }

  /**
   * Index behind the bracket group that opens at `index`; all kinds of brackets count alike. For a token that opens
   * none: the index behind it. Without a partner: the end.
   */
  behindGroup(index: number): number {
    this.#partners ??= this.#matchBrackets();
    return this.#partners[index] ?? this.count - 1;
  }

  /** For each token the index behind its group; found once, when broken text or a look ahead first asks for it. */
  #matchBrackets(): Int32Array {
    const partners = new Int32Array(this.count);
    const open: number[] = [];
    for (let at = 0; at < this.count; at++) {
      partners[at] = at + 1;
      switch (this.codes[at]) {
        case Code.openParen:
        case Code.openBracket:
        case Code.openBrace:
          partners[at] = this.count - 1;
          open.push(at);
          break;
        case Code.closeParen:
        case Code.closeBracket:
        case Code.closeBrace: {
          const opener = open.pop();
          if (opener !== undefined) partners[opener] = at + 1;
          break;
        }
        default:
          break;
      }
    }
    partners[this.count - 1] = this.count - 1;
    return partners;
  }

  /** Value of `#pragma pack` in force at a token, in bytes. */
  packAt(index: number): number | undefined {
    return lastOf(this.#packs, ({ from }) => from <= index)?.bytes;
  }
}

/**
 * How many tokens the parser sees of one: pragmas and stray characters are taken out, and `::` is two colons, since only C2x
 * attributes and `asm ("" :: …)` have it.
 */
export function parsedCount({ kind, text }: Token): 0 | 1 | 2 {
  if (kind === 'pragma' || kind === 'unknown') return 0;
  return text === '::' && kind === 'punctuator' ? 2 : 1;
}

const noSpan: Span = { file: 0, start: 0, end: 0 };
const noTokens: Token = { kind: 'end', text: '', span: noSpan, startsLine: true, spaceBefore: false };

/** The end token of the input, or one made up at the end of the last token. */
function endOf(tokens: readonly Token[]): Token {
  const last = tokens.at(-1);
  if (last === undefined) return noTokens;
  if (last.kind === 'end') return last;
  const { file, end } = last.span.expandedAt ?? last.span;
  return { ...noTokens, span: { file, start: end, end } };
}
