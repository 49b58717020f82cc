/**
 * The per-thread cache of free chunks.
 *
 * The structure is an ordinary chunk of the heap: an array of counters, then an array of list heads. Each bin is a LIFO
 * list of chunks of one size; links are mangled where the release does so, heads never. A cached chunk still looks
 * allocated to its neighbours; its second word holds a key that reveals a double free. From 2.42 on there are further
 * bins of a size range each, sorted by size, which a tunable switches on.
 *
 * Source: malloc/malloc.c (tcache_put, tcache_get, tcache_get_n, tcache_put_large, tcache_double_free_verify).
 */
import { chunksize, mem2chunk } from './chunk.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import { say } from '../text/malloc-texts.ts';
import type { Word } from './word.ts';

/** An index that no bin has: what unsigned arithmetic gives for sizes below the minimum. */
const NO_BIN = Number.MAX_SAFE_INTEGER;

/** Bin for a chunk size. @source csize2tidx */
export function tcacheIndex(m: Ptmalloc, size: Word): number {
  if (typeof size !== 'number') return NO_BIN;
  if (m.release.tcache.counts === 'free-slots') return size < m.MINSIZE ? NO_BIN : (size - m.MINSIZE) >>> 4;
  const units = size - m.MINSIZE + 15;
  if (units < 0) return NO_BIN;
  return units < 0x8000_0000 ? units >>> 4 : Math.floor(units / 16);
}

/** Bin of a size range for a chunk size: one for each power of two. @source large_csize2tidx */
export function tcacheLargeIndex(m: Ptmalloc, size: Word): number {
  if (typeof size !== 'number') return NO_BIN;
  const { tcache } = m.params;
  const reference = m.params.maxTcacheRequest + (m.release.tcache.limitInRequestBytes ? 0 : m.SIZE_SZ);
  return tcache.smallBins + bitLength(size) - bitLength(reference);
}

function bitLength(value: number): number {
  return value < 1 ? 0 : Math.floor(Math.log2(value)) + 1;
}

/** Bin that chunks of this size may be put aside into during a search; -1 when there is none. */
export function stashIndex(m: Ptmalloc, nb: Word): number {
  if (m.tcache === NULL) return -1;
  const idx = tcacheIndex(m, nb);
  return idx < m.mpWord(m.params.par.tcacheBins) ? idx : -1;
}

/** Whether the search has binned more chunks than it may before it takes what it cached. */
export function isOverUnsortedLimit(m: Ptmalloc): boolean {
  const limit = m.mpWord(m.params.par.tcacheUnsortedLimit);
  return limit > 0 && m.unsortedProcessed > limit;
}

/** Whether a bin takes another chunk. */
export function tcacheHasRoom(m: Ptmalloc, idx: number): boolean {
  if (m.release.tcache.counts === 'free-slots') return readCounter(m, idx) !== 0;
  return readCounter(m, idx) < m.mpWord(m.params.par.tcacheCount);
}

/** Whether malloc finds a bin non-empty. */
export function tcacheHolds(m: Ptmalloc, idx: number): boolean {
  if (m.release.tcache.emptyTest === 'head') return tcacheHead(m, idx) !== NULL;
  return readCounter(m, idx) > 0;
}

/** The user address of the first chunk of a bin. */
export function tcacheHead(m: Ptmalloc, idx: number): Pointer {
  return m.w.readPointer(m.tcache, m.entriesOffset + idx * m.SIZE_SZ);
}

/** Number of chunks in a bin as its counter says, for people. */
export function tcacheCount(m: Ptmalloc, idx: number): number {
  const counter = readCounter(m, idx);
  return m.release.tcache.counts === 'used' ? counter : Number(m.mpWord(m.params.par.tcacheCount)) - counter;
}

/** A counter as C compares it with a size_t: a negative char is huge. */
function readCounter(m: Ptmalloc, idx: number): number {
  if (m.params.tcache.counterBytes === 2) return m.w.readShort(m.tcache, 2 * idx);
  const value = m.w.readByte(m.tcache, idx);
  return value < 128 ? value : NO_BIN;
}

function addToCounter(m: Ptmalloc, idx: number, delta: number): void {
  const step = m.release.tcache.counts === 'used' ? delta : -delta;
  if (m.params.tcache.counterBytes === 2) {
    m.w.writeShort(m.tcache, 2 * idx, m.w.readShort(m.tcache, 2 * idx) + step);
    return;
  }
  m.w.writeByte(m.tcache, idx, m.w.readByte(m.tcache, idx) + step);
}

/** Marks a chunk as cached. */
function writeKey(m: Ptmalloc, mem: Pointer): void {
  switch (m.release.tcache.key) {
    case 'none':
      return;
    case 'structure':
      m.w.writePointer(mem, m.SIZE_SZ, m.tcache);
      return;
    case 'random':
      m.w.writePair(mem, m.SIZE_SZ, m.tcacheKeyLow, m.tcacheKeyHigh);
  }
}

/** Whether a block carries the key of cached chunks. */
export function hasTcacheKey(m: Ptmalloc, mem: Pointer): boolean {
  switch (m.release.tcache.key) {
    case 'none':
      return false;
    case 'structure':
      return m.w.readPointer(mem, m.SIZE_SZ) === m.tcache;
    case 'random':
      return m.w.isPair(mem, m.SIZE_SZ, m.tcacheKeyLow, m.tcacheKeyHigh);
  }
}

/** Puts a block at the head of a bin. */
export function tcachePut(m: Ptmalloc, mem: Pointer, idx: number): void {
  const { w } = m;
  writeKey(m, mem);
  w.writeLink(mem, tcacheHead(m, idx));
  w.writePointer(m.tcache, m.entriesOffset + idx * m.SIZE_SZ, mem);
  addToCounter(m, idx, 1);
}

/** Takes the head of a bin. */
export function tcacheGet(m: Ptmalloc, idx: number): Pointer {
  const { w } = m;
  const mem = tcacheHead(m, idx);
  if (m.release.safeLinking && m.misalignedMem(mem)) m.abort('malloc(): unaligned tcache chunk detected');
  w.writePointer(m.tcache, m.entriesOffset + idx * m.SIZE_SZ, w.readLink(mem));
  finishGet(m, mem, idx);
  return mem;
}

function finishGet(m: Ptmalloc, mem: Pointer, idx: number): void {
  addToCounter(m, idx, -1);
  if (m.release.tcache.key !== 'none') m.w.write(mem, m.SIZE_SZ, 0);
}

/** Takes a block from the middle of a bin: `link` is where the link to it stands. @source tcache_get_n */
function tcacheGetBehind(m: Ptmalloc, idx: number, link: Pointer, mem: Pointer): Pointer {
  const { w } = m;
  if (m.misalignedMem(mem)) m.abort('malloc(): unaligned tcache chunk detected');
  w.writeLink(link, w.readLink(mem));
  finishGet(m, mem, idx);
  return mem;
}

/**
 * Takes the first block of a bin that is aligned; from 2.42 on it must also have the exact size.
 *
 * @returns 0 when there is none
 * @source _mid_memalign, tcache_get_align
 */
export function tcacheGetAligned(
  m: Ptmalloc,
  idx: number,
  alignment: number,
  exactSize: Word | undefined,
): Pointer {
  let link = NULL;
  let mem = tcacheHead(m, idx);
  for (let steps = 0; mem !== NULL; steps += 1) {
    m.checkSteps(steps);
    if (exactSize === undefined) {
      if (isAligned(m, mem, alignment)) break;
    } else {
      const size = chunksize(m, mem2chunk(m, mem));
      if (size > exactSize) return NULL;
      if (size === exactSize && isAligned(m, mem, alignment)) break;
    }
    link = mem;
    mem = m.w.readLink(mem);
  }
  if (mem === NULL) return NULL;
  return link === NULL ? tcacheGet(m, idx) : tcacheGetBehind(m, idx, link, mem);
}

function isAligned(m: Ptmalloc, mem: Pointer, alignment: number): boolean {
  return m.w.pointerDown(mem, alignment) === mem;
}

/** Where a block of this size belongs in a sorted bin: the link before it (0 for the head) and the block there. */
function placeInLarge(m: Ptmalloc, idx: number, size: Word): { link: Pointer; mem: Pointer } {
  let link = NULL;
  let mem = tcacheHead(m, idx);
  for (let steps = 0; mem !== NULL && chunksize(m, mem2chunk(m, mem)) < size; steps += 1) {
    m.checkSteps(steps);
    link = mem;
    mem = m.w.readLink(mem);
  }
  return { link, mem };
}

/** Puts a block into a sorted bin. @source tcache_put_large */
export function tcachePutLarge(m: Ptmalloc, mem: Pointer, size: Word, idx: number): void {
  const place = placeInLarge(m, idx, size);
  if (place.link === NULL) {
    tcachePut(m, mem, idx);
    return;
  }
  writeKey(m, mem);
  m.w.writeLink(mem, place.mem);
  m.w.writeLink(place.link, mem);
  addToCounter(m, idx, 1);
}

/** Takes a block from a sorted bin, 0 when none fits. @source tcache_get_large */
export function tcacheGetLarge(m: Ptmalloc, size: Word, idx: number): Pointer {
  const place = placeInLarge(m, idx, size);
  if (place.mem === NULL) return NULL;
  if (m.release.tcache.largeFit === 'exact' && chunksize(m, mem2chunk(m, place.mem)) !== size) return NULL;
  return place.link === NULL ? tcacheGet(m, idx) : tcacheGetBehind(m, idx, place.link, place.mem);
}

/** Looks a block with the key up in a bin; finding it ends the process. @source _int_free, tcache_double_free_verify */
export function scanForDoubleFree(m: Ptmalloc, mem: Pointer, idx: number): void {
  const limit = m.mpWord(m.params.par.tcacheCount);
  let count = 0;
  for (let entry = tcacheHead(m, idx); entry !== NULL; entry = m.w.readLink(entry), count += 1) {
    if (m.release.tcache.countsScan && count >= limit) m.abort('free(): too many chunks detected in tcache');
    if (m.release.safeLinking && m.misalignedMem(entry))
      m.abort('free(): unaligned chunk detected in tcache 2');
    if (entry === mem) {
      m.why?.push(say('malloc.doubleFreeFound', { bin: idx, position: count }));
      m.abort('free(): double free detected in tcache 2');
    }
    m.checkSteps(count);
  }
}

/** Makes a fresh structure of the memory that was allotted for it. @source tcache_init */
export function initTcacheStructure(m: Ptmalloc, mem: Pointer): void {
  const { tcache } = m.params;
  m.w.fill(mem, 0, tcache.bytes);
  m.setTcache(mem);
  if (m.release.tcache.counts === 'used') return;
  const slots = Number(m.mpWord(m.params.par.tcacheCount)) & 0xffff;
  for (let idx = 0; idx < tcache.bins; idx += 1) m.w.writeShort(mem, 2 * idx, slots);
}

/**
 * Takes every block out of a thread's cache, bin by bin, head first.
 *
 * @source tcache_thread_shutdown
 */
export function emptyTcache(m: Ptmalloc, structure: Pointer, free: (mem: Pointer) => void): void {
  const { w } = m;
  for (let idx = 0; idx < m.params.tcache.bins; idx += 1) {
    const head = m.entriesOffset + idx * m.SIZE_SZ;
    let steps = 0;
    for (let mem = w.readPointer(structure, head); mem !== NULL; mem = w.readPointer(structure, head)) {
      if (m.release.safeLinking && m.misalignedMem(mem))
        m.abort('tcache_thread_shutdown(): unaligned tcache chunk detected');
      w.writePointer(structure, head, w.readLink(mem));
      free(mem);
      steps += 1;
      m.checkSteps(steps);
    }
  }
}
