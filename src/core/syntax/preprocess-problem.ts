/**
 * The problems that lexing and preprocessing can find, by the keys of their texts.
 */
import type { preprocessTexts } from '../text/preprocess-texts.ts';

/** What can be wrong with a text up to translation phase 4. */
export type ProblemCode = keyof typeof preprocessTexts extends `preprocess.${infer Code}` ? Code : never;
/** Arguments of the text. */
export type ProblemArguments = Readonly<Record<string, string | number>>;

/** Problems that are warnings in gcc; all others are errors. */
export const warnings: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'nul-character',
  'space-in-splice',
  'directive-extra-tokens',
  'user-warning',
  'if-overflow',
  'if-integer-too-large',
  'later-separator',
  'character-multiple',
  'escape-unknown',
  'include-not-found',
  'macro-whitespace-missing',
  'macro-redefined',
  'macro-builtin-redefined',
  'macro-builtin-undefined',
  'macro-va-args-outside',
  'pragma-malformed',
  'pragma-once-in-main',
]);
