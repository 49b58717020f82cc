/**
 * Specifiers that a macro expansion repeats.
 *
 * One expansion makes the same token of the same place of a replacement list again and again (see pp-token.ts), so that
 * the same tokens mean the same node of the tree: macros that declare 100,000 names have a handful of specifiers.
 */
import type { DeclarationSpecifiers } from './ast.ts';
import type { ParseContext, SpecifierPlace } from './parse-context.ts';
import { Code } from './token-code.ts';
import type { TokenCode } from './token-code.ts';
import type { Token } from './token.ts';

/** Longer lists are not worth the comparison. */
const mostTokens = 4;

/** The last specifiers that may come again. */
export class RepeatedSpecifiers {
  #node: DeclarationSpecifiers | undefined;
  #place: SpecifierPlace = 'declaration';
  #follower: TokenCode = Code.end;
  readonly #tokens: Token[] = [];

  /** Steps over specifiers that are those of last time, and gives their node; otherwise goes nowhere. */
  take(ctx: ParseContext, place: SpecifierPlace): DeclarationSpecifiers | undefined {
    const tokens = this.#tokens;
    if (this.#node === undefined || ctx.token !== tokens[0] || place !== this.#place) return undefined;
    const end = ctx.index + tokens.length;
    for (let n = 1; n < tokens.length; n++) {
      if (ctx.stream.at(ctx.index + n) !== tokens[n]) return undefined;
    }
    if (ctx.stream.codeAt(end) !== this.#follower || ctx.stream.at(end).startsLine) return undefined;
    ctx.moveTo(end);
    return this.#node;
  }

  /** Remembers what was read from `start` on, if its meaning is in its tokens alone: words of basic types and qualifiers. */
  note(ctx: ParseContext, place: SpecifierPlace, start: number, node: DeclarationSpecifiers): void {
    const count = ctx.index - start;
    const isPlain =
      count > 0 &&
      count <= mostTokens &&
      node.types.length > 0 &&
      node.types.length + node.storage.length + node.qualifiers.length === count &&
      node.types.every(({ kind }) => kind === 'basic');
    // Whether `[` begins an attribute is told by what follows it.
    if (!isPlain || node.span.expandedAt === undefined || ctx.code === Code.openBracket) return;
    this.#node = node;
    this.#place = place;
    this.#follower = ctx.code;
    this.#tokens.length = 0;
    for (let n = 0; n < count; n++) this.#tokens.push(ctx.stream.at(start + n));
  }
}
