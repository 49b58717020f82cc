/**
 * Tokens straight from the lexer, without a preprocessor: enough for texts that have no directives but `#pragma`.
 */
import { lex, RawKind, SPACE_BEFORE, STARTS_LINE } from '../../src/core/syntax/lexer.ts';
import type { SourceFile } from '../../src/core/source/text-span.ts';
import type { Token, TokenKind } from '../../src/core/syntax/token.ts';
import { keywords } from '../../src/core/syntax/token.ts';

/** A text as one file with its tokens. */
export function tokenize(text: string): {
  readonly tokens: readonly Token[];
  readonly files: readonly SourceFile[];
} {
  const raw = lex(text);
  const tokens: Token[] = [];
  for (let at = 0; at < raw.count; at++) {
    const flags = raw.flags[at]!;
    const startsLine = (flags & STARTS_LINE) !== 0;
    const start = raw.starts[at]!;
    let kind = kindOf(raw.kinds[at]!, raw.texts[at]!);
    let end = raw.ends[at]!;
    let spelling = raw.texts[at]!;
    if (kind === 'punctuator' && spelling === '#' && startsLine) {
      while (
        at + 1 < raw.count &&
        (raw.flags[at + 1]! & STARTS_LINE) === 0 &&
        raw.kinds[at + 1] !== RawKind.end
      )
        at++;
      end = raw.ends[at]!;
      const directive = /^#\s*pragma\b\s*(.*)$/s.exec(text.slice(start, end));
      if (directive === null) continue;
      kind = 'pragma';
      spelling = directive[1]!;
    }
    const span = { file: 0, start, end };
    tokens.push({ kind, text: spelling, span, startsLine, spaceBefore: (flags & SPACE_BEFORE) !== 0 });
  }
  if (tokens.at(-1)?.kind !== 'end') {
    const span = { file: 0, start: text.length, end: text.length };
    tokens.push({ kind: 'end', text: '', span, startsLine: true, spaceBefore: true });
  }
  return { tokens, files: [{ id: 0, name: 'test.c', text, isSystem: false }] };
}

function kindOf(raw: number, text: string): TokenKind {
  switch (raw) {
    case RawKind.end:
      return 'end';
    case RawKind.identifier:
    case RawKind.keyword:
      return keywords.has(text) ? 'keyword' : 'identifier';
    case RawKind.number:
      return 'number';
    case RawKind.character:
      return 'character';
    case RawKind.string:
      return 'string';
    case RawKind.punctuator:
      return 'punctuator';
    default:
      return 'unknown';
  }
}
