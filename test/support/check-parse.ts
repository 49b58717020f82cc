/**
 * Checks what the parser makes of a text: its tree as S-expressions, its diagnostics as `line:column: text`.
 */
import assert from 'node:assert/strict';
import { LineIndex } from '../../src/core/source/text-span.ts';
import { parse } from '../../src/core/syntax/parser.ts';
import type { ParseResult } from '../../src/core/syntax/parser.ts';
import { syntaxTexts } from '../../src/core/text/syntax-texts.ts';
import { fillTemplate } from '../../src/core/text/text.ts';
import { tokenize } from './tokenize.ts';
import { unitText } from './tree-text.ts';

/** Parses a text that needs no preprocessor. */
export function parseText(text: string): ParseResult {
  const { tokens, files } = tokenize(text);
  return parse(tokens, { files });
}

/** The diagnostics in English, one a line, as gcc prints them. */
export function diagnosticLines(text: string, result: ParseResult): readonly string[] {
  const lines = new LineIndex(text);
  const table: Readonly<Record<string, { readonly en: string }>> = syntaxTexts;
  return result.diagnostics.map((diagnostic) => {
    const { line, column } = lines.lineColumn(diagnostic.span.start);
    const template = table[diagnostic.text.key]?.en ?? `no text for ${diagnostic.text.key}`;
    return `${line}:${column}: ${diagnostic.severity}: ${fillTemplate(template, diagnostic.text.args)}`;
  });
}

/** A correct text and its tree. */
export function checkParse(text: string, expected: string): void {
  const result = parseText(text);
  assert.deepEqual(diagnosticLines(text, result), []);
  assert.equal(unitText(result.unit), expected);
}

/** A broken text, its diagnostics, and what is still in the tree. */
export function checkBroken(text: string, diagnostics: readonly string[], expected: string): void {
  const result = parseText(text);
  assert.deepEqual(diagnosticLines(text, result), diagnostics);
  assert.equal(unitText(result.unit), expected);
}
