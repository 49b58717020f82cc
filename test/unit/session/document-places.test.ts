/**
 * Places in a document that was edited, and in the text that was analysed.
 */
import assert from 'node:assert/strict';
import { MovedPlaces } from '../../../src/session/document-places.ts';

describe('places in an edited document', () => {
  it('are the same before any edit', () => {
    const places = MovedPlaces.of('abcdef');
    assert.equal(places.toDocument(3), 3);
    assert.equal(places.toAnalysis(6), 6);
  });

  it('move behind an exchanged part, which stands at the end of the analysed text', () => {
    // `cd` becomes `XYZ`; the analysed text is `abcdef` + `|` + `XYZ`.
    const places = MovedPlaces.of('abcdef').replace('abXYZef', 2, 4, 5, 7);
    const analysed = 'abcdef|XYZ';
    assert.deepEqual(
      Array.from('abXYZef', (_, offset) => analysed[places.toAnalysis(offset)]).join(''),
      'abXYZef',
    );
    assert.deepEqual(
      [0, 1, 4, 5, 7, 8, 9].map((offset) => places.toDocument(offset)),
      [0, 1, 5, 6, 2, 3, 4],
    );
  });

  it('stay right when the same part and others are exchanged again', () => {
    let document = 'one(two)three(four)five';
    let analysed = document;
    let places = MovedPlaces.of(document);
    const exchange = (start: number, oldEnd: number, text: string): void => {
      const at = analysed.length + 1;
      analysed += `|${text}`;
      document = document.slice(0, start) + text + document.slice(oldEnd);
      places = places.replace(document, start, oldEnd, start + text.length, at);
      const read = Array.from(document, (_, offset) => analysed[places.toAnalysis(offset)]).join('');
      assert.equal(read, document);
      for (let offset = 0; offset < document.length; offset++) {
        assert.equal(places.toDocument(places.toAnalysis(offset)), offset);
      }
    };
    exchange(3, 8, '(twenty)');
    exchange(document.indexOf('(four'), document.indexOf('five'), '(4)');
    exchange(3, 11, '()');
    exchange(3, 5, '(two)');
  });
});
