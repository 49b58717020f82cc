/**
 * Places in a document and places in the text that its analysis speaks of.
 *
 * An analysis never moves what it has found. When the body of a function changes, its new text is put behind everything
 * else in the text of the analysis, and these places say where in the document it stands. So after an edit nothing but
 * this table knows that the rest of the document has moved.
 */
import { lastOf } from '../base/bisect.ts';

/** A piece of the document, in order. */
interface Piece {
  readonly document: number;
  readonly analysis: number;
  readonly length: number;
}

/** Where things stand. */
export interface DocumentPlaces {
  /** The document. */
  readonly text: string;
  /** Offset in the document of an offset in the analysed text. */
  toDocument(offset: number): number;
  /** Offset in the analysed text of an offset in the document. */
  toAnalysis(offset: number): number;
}

/** For a text that is analysed as it stands. */
export function samePlaces(text: string): DocumentPlaces {
  return { text, toDocument: (offset) => offset, toAnalysis: (offset) => offset };
}

/** Places after edits. Invariant: the pieces cover the document, in order and without gaps. */
export class MovedPlaces implements DocumentPlaces {
  readonly text: string;
  readonly #pieces: readonly Piece[];
  readonly #byAnalysis: readonly Piece[];

  private constructor(text: string, pieces: readonly Piece[]) {
    this.text = text;
    this.#pieces = pieces;
    this.#byAnalysis = [...pieces].sort((a, b) => a.analysis - b.analysis);
  }

  /** The places of a text that is analysed as it stands. */
  static of(text: string): MovedPlaces {
    return new MovedPlaces(text, [{ document: 0, analysis: 0, length: text.length + 1 }]);
  }

  /**
   * Exchanges a part of the document.
   *
   * @param text - the document afterwards
   * @param start - where the part begins in the document
   * @param oldEnd - where it ended before; `newEnd` where it ends now
   * @param analysis - where its new text begins in the analysed text
   */
  replace(text: string, start: number, oldEnd: number, newEnd: number, analysis: number): MovedPlaces {
    const pieces: Piece[] = [];
    const moved = newEnd - oldEnd;
    const added: Piece = { document: start, analysis, length: newEnd - start };
    let isAdded = false;
    for (const piece of this.#pieces) {
      const end = piece.document + piece.length;
      if (piece.document < start) pieces.push({ ...piece, length: Math.min(end, start) - piece.document });
      if (end > oldEnd && !isAdded) {
        pieces.push(added);
        isAdded = true;
      }
      if (end > oldEnd) {
        const from = Math.max(piece.document, oldEnd);
        const skipped = from - piece.document;
        pieces.push({ document: from + moved, analysis: piece.analysis + skipped, length: end - from });
      }
    }
    return new MovedPlaces(text, pieces);
  }

  toDocument(offset: number): number {
    const piece = lastOf(this.#byAnalysis, (one) => one.analysis <= offset);
    if (piece === undefined) return offset;
    // Between two pieces stands text that was exchanged; its end is the next best place.
    return piece.document + Math.min(offset - piece.analysis, piece.length);
  }

  toAnalysis(offset: number): number {
    const piece = lastOf(this.#pieces, (one) => one.document <= offset);
    return piece === undefined ? offset : piece.analysis + (offset - piece.document);
  }
}
