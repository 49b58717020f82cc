/**
 * Lines of output that are kept until it is certain that they may be printed.
 *
 * A line becomes bytes at once, and every mebibyte of them is compressed: no string outlives its line, so a long output
 * leaves the collector of the engine nothing to carry along.
 */
import { Buffer } from 'node:buffer';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { writeFully } from './run-command.ts';

/** Bytes that are compressed at a time. */
const PIECE_BYTES = 1 << 20;

/** Bytes of UTF-8 that a UTF-16 unit takes at most. */
const MOST_BYTES_A_UNIT = 3;

/** Lines kept, compressed, in order. */
export class Spool {
  readonly #pieces: Uint8Array[] = [];
  readonly #open = Buffer.allocUnsafe(PIECE_BYTES);
  #used = 0;

  /** Keeps a line; its newline is added. */
  add(line: string): void {
    const most = MOST_BYTES_A_UNIT * line.length + 1;
    if (this.#used + most > PIECE_BYTES) this.#compress();
    if (most > PIECE_BYTES) {
      this.#pieces.push(compressed(Buffer.from(`${line}\n`)));
      return;
    }
    this.#used += this.#open.write(line, this.#used);
    this.#used += this.#open.write('\n', this.#used);
  }

  /** Writes all that was kept to standard output. */
  print(): void {
    for (const piece of this.#pieces) writeFully(1, inflateRawSync(piece));
    writeFully(1, this.#open.subarray(0, this.#used));
  }

  #compress(): void {
    if (this.#used > 0) this.#pieces.push(compressed(this.#open.subarray(0, this.#used)));
    this.#used = 0;
  }
}

function compressed(bytes: Uint8Array): Uint8Array {
  return deflateRawSync(bytes, { level: 1 });
}
