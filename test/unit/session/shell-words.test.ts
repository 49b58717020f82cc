/** Arguments as people type them; the words are those that sh makes of the same texts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinWords, splitWords } from '../../../src/session/shell-words.ts';

describe('words of a command line', () => {
  it('are split at blanks outside of quotes', () => {
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['', []],
      ['  a  b\tc ', ['a', 'b', 'c']],
      ['"two words" one', ['two words', 'one']],
      ['it\\\'s \'a "b"\' ""', ["it's", 'a "b"', '']],
      ['a"b c"d', ['ab cd']],
      ['\\  x', [' ', 'x']],
      ['"a\\"b" "c\\d"', ['a"b', 'c\\d']],
      ['open "quote', ['open', '"quote']],
    ];
    for (const [text, words] of cases) assert.deepEqual(splitWords(text), words, text);
  });

  it('come back from the text that is made of them', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 8 }), { maxLength: 5 }), (words) => {
        assert.deepEqual(splitWords(joinWords(words)), words);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
