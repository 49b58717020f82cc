/**
 * Reading a part of the main file again after an edit, as if everything before it had been read.
 */
import { defaultDialect } from '../target/dialect.ts';
import { lex, lexRulesOf, RawKind, RawTokens } from './lexer.ts';
import { MAIN_FILE } from './file-stack.ts';
import { Preprocessor } from './preprocessor.ts';
import type { PreprocessedPart, PreprocessOptions, PreprocessPart } from './preprocess-result.ts';

/**
 * Reads a part of the main file again.
 *
 * @returns undefined when the part cannot be read alone: it holds directives, pragmas, __COUNTER__ or open brackets, or
 * the text around it has state that goes through it
 */
export function preprocessPart(part: PreprocessPart): PreprocessedPart | undefined {
  if (part.history.isSequential) return undefined;
  const main = part.files[MAIN_FILE];
  if (main === undefined) return undefined;
  const dialect = part.dialect ?? defaultDialect;
  const raw = lex(main.text.slice(part.start, part.end), lexRulesOf(dialect));
  if (raw.directives.length > 0 || !isBalanced(raw)) return undefined;
  const options: PreprocessOptions = { name: main.name, text: '', target: part.target, dialect };
  return new Preprocessor(options, part).runPart(movedTo(raw, part.start, main.text));
}

/** Tokens of a text that stands in another one from `start` on. */
function movedTo(raw: RawTokens, start: number, text: string): RawTokens {
  const { count, kinds, flags, starts, ends, texts, directives } = raw;
  for (let at = 0; at < count; at++) {
    starts[at] = (starts[at] ?? 0) + start;
    ends[at] = (ends[at] ?? 0) + start;
  }
  const problems = raw.problems.map((one) => ({
    kind: one.kind,
    start: one.start + start,
    end: one.end + start,
  }));
  return new RawTokens({ text, count, kinds, flags, starts, ends, texts, directives, problems });
}

/** True when every bracket of a text has its partner of the same kind. */
function isBalanced(raw: RawTokens): boolean {
  const open: string[] = [];
  for (let at = 0; at < raw.count; at++) {
    if (raw.kinds[at] !== RawKind.punctuator) continue;
    const text = raw.texts[at];
    if (text === '{') open.push('}');
    else if (text === '(') open.push(')');
    else if (text === '[') open.push(']');
    else if ((text === '}' || text === ')' || text === ']') && open.pop() !== text) return false;
  }
  return open.length === 0;
}
