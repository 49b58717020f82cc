/**
 * Arguments as people type them.
 *
 * Source: POSIX.1-2017, Shell Command Language, 2.2 (quoting); no expansions.
 */

/** Words as a shell splits them, without its expansions. */
export function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  const piece = /\s+|"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)|([^\s"'\\]+)|["'\\]/gsu;
  let word: string | undefined;
  for (const [whole, double, single, escaped, plain] of text.matchAll(piece)) {
    if (/^\s/.test(whole)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else
      word = (word ?? '') + (double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? escaped ?? plain ?? whole);
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** The text that `splitWords` gives the words of. */
export function joinWords(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
}
