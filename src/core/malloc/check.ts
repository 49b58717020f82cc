/**
 * Checks every invariant of the main arena, as a debugger could: by reading alone.
 *
 * Meant for tests after every operation of a program that does nothing wrong; a corrupted heap gives a list of what is
 * wrong with it.
 *
 * Source: malloc/malloc.c (do_check_malloc_state and its parts), extended to the tcache.
 */
import { largebinIndex, smallbinIndex, fastbinIndex } from './bins.ts';
import { Peek, binAddress, inspectArena } from './inspect.ts';
import type { ArenaInfo, ChunkInfo } from './inspect.ts';
import { NBINS } from './params.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import { tcacheIndex } from './tcache.ts';

/** All violations of the arena's invariants; empty when there are none. */
export function checkArena(m: Ptmalloc): readonly string[] {
  const info = inspectArena(m);
  if (!info.ready) return [];
  const checker = new Checker(m, info);
  checker.chunks();
  checker.tcacheBins();
  checker.fastbins();
  checker.linkedBins();
  return checker.problems;
}

class Checker {
  readonly problems: string[] = [];
  readonly #m: Ptmalloc;
  readonly #info: ArenaInfo;
  readonly #peek: Peek;
  readonly #byAddress: ReadonlyMap<number, ChunkInfo>;

  constructor(m: Ptmalloc, info: ArenaInfo) {
    this.#m = m;
    this.#info = info;
    this.#peek = new Peek(m);
    this.#byAddress = new Map(info.chunks.map((chunk) => [chunk.addr, chunk]));
  }

  #claim(holds: boolean, message: string): void {
    if (!holds) this.problems.push(message);
  }

  /** Chunks follow one another up to top, free ones know their size twice, and no two binned ones touch. */
  chunks(): void {
    const { chunks, complete, top } = this.#info;
    const unit = this.#m.params.MALLOC_ALIGNMENT;
    const foreign = chunks.some(({ state }) => state === 'fencepost');
    this.#claim(complete || foreign, 'the walk over the chunks does not reach top');
    let below: ChunkInfo | undefined;
    for (const chunk of chunks) {
      const at = `chunk ${hex(chunk.addr)}`;
      const anySize = chunk.state === 'fencepost' || chunk.state === 'top';
      const aligned =
        chunk.state === 'fencepost' || (chunk.mem % unit === 0 && (chunk.size % unit === 0 || anySize));
      this.#claim(aligned, `${at}: not aligned`);
      this.#claim(chunk.state !== 'lost', `${at}: marked free, but on no list`);
      this.#claim(!chunk.mmapped, `${at}: an mmapped chunk inside the heap`);
      if (below !== undefined && below.addr + below.size === chunk.addr) {
        this.#claim(chunk.prevInuse === !isBinned(below), `${at}: PREV_INUSE does not fit the chunk below`);
        if (isBinned(below))
          this.#claim(chunk.prevSize === below.size, `${at}: prev_size is not the size below`);
        this.#claim(!(isBinned(below) && isBinned(chunk)), `${at}: two free chunks touch`);
        this.#claim(!(isBinned(below) && chunk.addr === top), `${at}: a free chunk touches top`);
      }
      below = chunk;
    }
    const end = this.#info.top + this.#info.topSize;
    this.#claim(end % 4096 === 0, 'top does not end at a page');
    this.#claim(below?.prevInuse === true || !complete, 'the chunk below top is not in use');
  }

  /** Counters are right, every block has the bin's size and the key. */
  tcacheBins(): void {
    const m = this.#m;
    for (const { bin, count, chunks } of this.#info.tcache) {
      this.#claim(count === chunks.length, `tcache bin ${bin}: counter ${count}, chunks ${chunks.length}`);
      if (bin >= m.params.tcache.smallBins) continue;
      for (const mem of chunks) {
        const size = this.#peek.chunksize(mem - m.CHUNK_HDR_SZ);
        this.#claim(
          tcacheIndex(m, size) === bin,
          `tcache bin ${bin}: block ${hex(mem)} has size ${Number(size)}`,
        );
      }
    }
  }

  /** Every chunk has the bin's size; a set of chunks is announced by have_fastchunks. */
  fastbins(): void {
    const m = this.#m;
    for (const { bin, chunks } of this.#info.fastbins) {
      const announced = this.#peek.int(m.mainArenaAddress, m.params.arena.haveFastchunks) !== 0;
      this.#claim(announced, 'fast bins hold chunks, have_fastchunks is 0');
      for (const p of chunks) {
        const size = this.#peek.chunksize(p);
        this.#claim(
          fastbinIndex(m, size) === bin,
          `fast bin ${bin}: chunk ${hex(p)} has size ${Number(size)}`,
        );
      }
    }
  }

  /** Lists are doubly linked, in order, of the right sizes, known to the bin map, and rings of sizes are closed. */
  linkedBins(): void {
    const m = this.#m;
    const { unsorted, smallBins, largeBins } = this.#info;
    for (const { bin, chunks } of [unsorted, ...smallBins, ...largeBins]) {
      const header = binAddress(m, bin);
      const ring = [header, ...chunks, header];
      for (let i = 1; i < ring.length; i += 1)
        this.#claim(
          this.#peek.word(ring[i] ?? 0, 3 * m.SIZE_SZ) === ring[i - 1],
          `bin ${bin}: bk of ${hex(ring[i] ?? 0)} does not lead back`,
        );
      const map = this.#peek.int(m.mainArenaAddress, m.params.arena.binmap + (bin >>> 5) * 4);
      if (bin > 1) this.#claim(((map >>> (bin & 31)) & 1) === 1, `bin ${bin}: not in the bin map`);
      for (const p of chunks) {
        const chunk = this.#byAddress.get(p);
        if (chunk === undefined) continue;
        if (bin > 1 && bin < 64) this.#claim(smallbinIndex(m, chunk.size) === bin, `bin ${bin}: wrong size`);
        if (bin >= 64) this.#claim(largebinIndex(m, chunk.size) === bin, `bin ${bin}: wrong size`);
      }
      if (bin >= 64 && bin < NBINS) this.#sizeRing(bin, chunks);
    }
  }

  /** Sizes fall from the front; exactly the first of each run is in the ring of sizes. */
  #sizeRing(bin: number, chunks: readonly number[]): void {
    const m = this.#m;
    const heads: number[] = [];
    let last = Infinity;
    for (const p of chunks) {
      const size = Number(this.#peek.chunksize(p));
      this.#claim(size <= last, `bin ${bin}: sizes do not fall`);
      const inRing = this.#peek.word(p, 4 * m.SIZE_SZ) !== 0;
      this.#claim(
        inRing === size < last,
        `bin ${bin}: chunk ${hex(p)} is wrongly in or out of the ring of sizes`,
      );
      if (size < last) heads.push(p);
      last = size;
    }
    heads.forEach((p, i) => {
      const next = heads[(i + 1) % heads.length] ?? 0;
      this.#claim(this.#peek.word(p, 4 * m.SIZE_SZ) === next, `bin ${bin}: fd_nextsize of ${hex(p)}`);
      this.#claim(this.#peek.word(next, 5 * m.SIZE_SZ) === p, `bin ${bin}: bk_nextsize of ${hex(next)}`);
    });
  }
}

/** Whether a chunk looks free to its neighbour above. */
function isBinned(chunk: ChunkInfo): boolean {
  return chunk.state === 'unsorted' || chunk.state === 'small' || chunk.state === 'large';
}

function hex(addr: number): string {
  return `0x${addr.toString(16)}`;
}
