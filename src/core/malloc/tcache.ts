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

/** Whether a bin takes another chunk. */
export function tcacheHasRoom(m: Ptmalloc, idx: number): boolean {
  if (m.release.tcache.counts === 'free-slots') return readCounter(m, idx) !== 0;
  return readCounter(m, idx) < m.mpWord(m.params.par.tcacheCount);
}

/** Whether malloc finds a bin non-empty. */
export function tcacheHolds(m: Ptmalloc, idx: number): boolean {
  if (m.release.tcache.emptyTest === 'head') return tcacheHead(m, idx) !== 0;
  return readCounter(m, idx) > 0;
}

/** The user address of the first chunk of a bin. */
export function tcacheHead(m: Ptmalloc, idx: number): Word {
  return m.w.read(m.tcache, m.entriesOffset + idx * m.SIZE_SZ);
}

/** Number of chunks in a bin as its counter says, for people. */
export function tcacheCount(m: Ptmalloc, idx: number): number {
  const counter = readCounter(m, idx);
  return m.release.tcache.counts === 'used' ? counter : Number(m.mpWord(m.params.par.tcacheCount)) - counter;
}

/** A counter as C compares it with a size_t: a negative char is huge. */
function readCounter(m: Ptmalloc, idx: number): number {
  if (m.params.tcache.counterBytes === 2) return m.memory.readU16(counterAddress(m, 2 * idx));
  const value = m.memory.readU8(counterAddress(m, idx));
  return value < 128 ? value : NO_BIN;
}

function addToCounter(m: Ptmalloc, idx: number, delta: number): void {
  const step = m.release.tcache.counts === 'used' ? delta : -delta;
  if (m.params.tcache.counterBytes === 2) {
    const addr = counterAddress(m, 2 * idx);
    m.memory.writeU16(addr, (m.memory.readU16(addr) + step) & 0xffff);
    return;
  }
  const addr = counterAddress(m, idx);
  m.memory.writeU8(addr, (m.memory.readU8(addr) + step) & 0xff);
}

function counterAddress(m: Ptmalloc, offset: number): number {
  return typeof m.tcache === 'number' ? m.tcache + offset : m.w.reach(m.tcache, offset, 'read');
}

/** Marks a chunk as cached. */
function writeKey(m: Ptmalloc, mem: Word): void {
  switch (m.release.tcache.key) {
    case 'none':
      return;
    case 'structure':
      m.w.write(mem, m.SIZE_SZ, m.tcache);
      return;
    case 'random':
      m.w.writePair(mem, m.SIZE_SZ, m.tcacheKeyLow, m.tcacheKeyHigh);
  }
}

/** Whether a block carries the key of cached chunks. */
export function hasTcacheKey(m: Ptmalloc, mem: Word): boolean {
  switch (m.release.tcache.key) {
    case 'none':
      return false;
    case 'structure':
      return m.w.read(mem, m.SIZE_SZ) === m.tcache;
    case 'random':
      return m.w.isPair(mem, m.SIZE_SZ, m.tcacheKeyLow, m.tcacheKeyHigh);
  }
}

/** Puts a block at the head of a bin. */
export function tcachePut(m: Ptmalloc, mem: Word, idx: number): void {
  const { w } = m;
  writeKey(m, mem);
  w.writeLink(mem, tcacheHead(m, idx));
  w.write(m.tcache, m.entriesOffset + idx * m.SIZE_SZ, mem);
  addToCounter(m, idx, 1);
}

/** Takes the head of a bin. */
export function tcacheGet(m: Ptmalloc, idx: number): Word {
  const { w } = m;
  const mem = tcacheHead(m, idx);
  if (m.release.safeLinking && m.misalignedMem(mem)) m.abort('malloc(): unaligned tcache chunk detected');
  w.write(m.tcache, m.entriesOffset + idx * m.SIZE_SZ, w.readLink(mem));
  finishGet(m, mem, idx);
  return mem;
}

function finishGet(m: Ptmalloc, mem: Word, idx: number): void {
  addToCounter(m, idx, -1);
  if (m.release.tcache.key !== 'none') m.w.write(mem, m.SIZE_SZ, 0);
}

/** Takes a block from the middle of a bin: `link` is where the link to it stands. @source tcache_get_n */
function tcacheGetBehind(m: Ptmalloc, idx: number, link: Word, mem: Word): Word {
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
): Word {
  let link: Word = 0;
  let mem = tcacheHead(m, idx);
  for (let steps = 0; mem !== 0; steps += 1) {
    m.checkSteps(steps);
    if (exactSize === undefined) {
      if (isAligned(mem, alignment)) break;
    } else {
      const size = chunksize(m, mem2chunk(m, mem));
      if (size > exactSize) return 0;
      if (size === exactSize && isAligned(mem, alignment)) break;
    }
    link = mem;
    mem = m.w.readLink(mem);
  }
  if (mem === 0) return 0;
  return link === 0 ? tcacheGet(m, idx) : tcacheGetBehind(m, idx, link, mem);
}

function isAligned(mem: Word, alignment: number): boolean {
  return typeof mem === 'number' ? mem % alignment === 0 : mem % BigInt(alignment) === 0n;
}

/** Where a block of this size belongs in a sorted bin: the link before it (0 for the head) and the block there. */
function placeInLarge(m: Ptmalloc, idx: number, size: Word): { link: Word; mem: Word } {
  let link: Word = 0;
  let mem = tcacheHead(m, idx);
  for (let steps = 0; mem !== 0 && chunksize(m, mem2chunk(m, mem)) < size; steps += 1) {
    m.checkSteps(steps);
    link = mem;
    mem = m.w.readLink(mem);
  }
  return { link, mem };
}

/** Puts a block into a sorted bin. @source tcache_put_large */
export function tcachePutLarge(m: Ptmalloc, mem: Word, size: Word, idx: number): void {
  const place = placeInLarge(m, idx, size);
  if (place.link === 0) {
    tcachePut(m, mem, idx);
    return;
  }
  writeKey(m, mem);
  m.w.writeLink(mem, place.mem);
  m.w.writeLink(place.link, mem);
  addToCounter(m, idx, 1);
}

/** Takes a block from a sorted bin, 0 when none fits. @source tcache_get_large */
export function tcacheGetLarge(m: Ptmalloc, size: Word, idx: number): Word {
  const place = placeInLarge(m, idx, size);
  if (place.mem === 0) return 0;
  if (m.release.tcache.largeFit === 'exact' && chunksize(m, mem2chunk(m, place.mem)) !== size) return 0;
  return place.link === 0 ? tcacheGet(m, idx) : tcacheGetBehind(m, idx, place.link, place.mem);
}

/** Looks a block with the key up in a bin; finding it ends the process. @source _int_free, tcache_double_free_verify */
export function scanForDoubleFree(m: Ptmalloc, mem: Word, idx: number): void {
  const limit = m.mpWord(m.params.par.tcacheCount);
  let count = 0;
  for (let entry = tcacheHead(m, idx); entry !== 0; entry = m.w.readLink(entry), count += 1) {
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
export function initTcacheStructure(m: Ptmalloc, mem: Word): void {
  const { tcache } = m.params;
  m.memory.fill(Number(mem), 0, tcache.bytes);
  m.setTcache(mem);
  if (m.release.tcache.counts === 'used') return;
  const slots = Number(m.mpWord(m.params.par.tcacheCount)) & 0xffff;
  for (let idx = 0; idx < tcache.bins; idx += 1) m.memory.writeU16(counterAddress(m, 2 * idx), slots);
}

/**
 * Takes every block out of a thread's cache, bin by bin, head first.
 *
 * @source tcache_thread_shutdown
 */
export function emptyTcache(m: Ptmalloc, structure: Word, free: (mem: Word) => void): void {
  const { w } = m;
  for (let idx = 0; idx < m.params.tcache.bins; idx += 1) {
    const head = m.entriesOffset + idx * m.SIZE_SZ;
    let steps = 0;
    for (let mem = w.read(structure, head); mem !== 0; mem = w.read(structure, head)) {
      if (m.release.safeLinking && m.misalignedMem(mem))
        m.abort('tcache_thread_shutdown(): unaligned tcache chunk detected');
      w.write(structure, head, w.readLink(mem));
      free(mem);
      steps += 1;
      m.checkSteps(steps);
    }
  }
}
