/**
 * Damages C text as typing does: one token deleted, one doubled, one function cut off in the middle. Seeded.
 */
import { lex, RawKind } from '../../src/core/syntax/lexer.ts';

/** What was done to a text. */
export interface Damage {
  readonly kind: 'deleted' | 'doubled' | 'cut';
  readonly text: string;
  /** What was damaged, in the whole text. */
  readonly start: number;
  readonly end: number;
}

/** A function of a text: its definition, and its body from `{` to behind `}`. */
export interface FunctionText {
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
}

/** Numbers below a limit from a seed (mulberry32). */
export function seededNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One damage of each kind that the text allows. */
export function damagesOf(
  text: string,
  functions: readonly FunctionText[],
  below: (limit: number) => number,
): readonly Damage[] {
  const damages: Damage[] = [];
  const raw = lex(text);
  const tokens: { readonly start: number; readonly end: number }[] = [];
  for (let at = 0; at < raw.count; at++) {
    if (raw.kinds[at] === RawKind.end) continue;
    tokens.push({ start: raw.starts[at] ?? 0, end: raw.ends[at] ?? 0 });
  }
  const pick = (): { readonly start: number; readonly end: number } | undefined =>
    tokens[below(tokens.length)];
  const gone = tokens.length > 0 ? pick() : undefined;
  if (gone !== undefined)
    damages.push({ kind: 'deleted', text: text.slice(0, gone.start) + text.slice(gone.end), ...gone });
  const twice = tokens.length > 0 ? pick() : undefined;
  if (twice !== undefined) {
    const copy = text.slice(twice.start, twice.end);
    damages.push({
      kind: 'doubled',
      text: `${text.slice(0, twice.end)} ${copy}${text.slice(twice.end)}`,
      ...twice,
    });
  }
  const cut = functions.length > 0 ? functions[below(functions.length)] : undefined;
  if (cut !== undefined) {
    const middle = cut.bodyStart + Math.floor((cut.end - cut.bodyStart) / 2);
    damages.push({
      kind: 'cut',
      text: text.slice(0, middle) + text.slice(cut.end),
      start: cut.start,
      end: cut.end,
    });
  }
  return damages;
}
