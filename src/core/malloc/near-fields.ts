/**
 * Where the fields of the main arena lie in host memory, for the functions that work by host index.
 *
 * They lie in libc's data, which is near (pointer.ts); the indices hold until pages may have moved.
 */
import { BINMAPSIZE, NBINS } from './params.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';

/** Bytes of a page, and of the pair of links in a bin. */
const PAGE_MASK = 4095;
const PAIR = 16;

/** Indices into `WordMemory.i32`. */
export class NearFields {
  /** What was known about pages when the indices were found. */
  generation = -1;
  flags = 0;
  top = 0;
  lastRemainder = 0;
  systemMem = 0;
  /** The first link of each bin, fd; bk follows. -1 where the pair is not in one page. */
  readonly bins = new Int32Array(NBINS).fill(-1);
  readonly binmap = new Int32Array(BINMAPSIZE);
  /** Low half of the address of bin 0's header, were there one; headers are 16 bytes apart. */
  readonly binLow: number;

  constructor(m: Ptmalloc) {
    this.binLow = m.w.lowOfNear(m.binAt(m.mainArena, 0) as unknown as number);
  }
}

/**
 * The fields of an arena when the functions for near chunks may serve it: it is the main one, nobody asks why, and its
 * pages have been written.
 */
export function nearFields(m: Ptmalloc, av: Pointer): NearFields | undefined {
  if (!m.usesNear || m.why !== undefined || av !== m.mainArena) return undefined;
  const { near } = m;
  if (near.generation === m.w.generation) return near;
  return locate(m, near) ? near : undefined;
}

function locate(m: Ptmalloc, fields: NearFields): boolean {
  const { w, mainArena, params } = m;
  const { arena } = params;
  fields.flags = w.near(mainArena, arena.flags, 3);
  fields.top = w.near(mainArena, arena.top, 7);
  fields.lastRemainder = w.near(mainArena, arena.lastRemainder, 7);
  fields.systemMem = w.near(mainArena, arena.systemMem, 7);
  let lowest = Math.min(fields.flags, fields.top, fields.lastRemainder, fields.systemMem);
  for (let block = 0; block < BINMAPSIZE; block += 1) {
    const at = w.near(mainArena, arena.binmap + 4 * block, 3);
    fields.binmap[block] = at;
    lowest = Math.min(lowest, at);
  }
  for (let idx = 1; idx < NBINS; idx += 1) {
    const links = w.plus(mainArena, arena.bins + (idx - 1) * PAIR);
    const inOnePage = w.lowBits(links, PAGE_MASK) <= PAGE_MASK + 1 - PAIR;
    fields.bins[idx] = inOnePage ? w.near(links, 0, 7) : -1;
  }
  if (lowest < 0) return false;
  fields.generation = w.generation;
  return true;
}
