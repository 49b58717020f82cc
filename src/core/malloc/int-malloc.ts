/**
 * The search for a chunk: fast bin, small bin, unsorted list, large bins, bin map, top, system.
 *
 * Source: malloc/malloc.c (_int_malloc, checked_request2size, tcache_init).
 */
import { ENOMEM } from '../mm/kernel.ts';
import { say } from '../text/malloc-texts.ts';
import {
  clearNextsize,
  fastbinIndex,
  inSmallbinRange,
  insertRemainder,
  largebinIndex,
  markBin,
  setFreeChunk,
  smallbinIndex,
  unlinkChunk,
} from './bins.ts';
import {
  arenaFlag,
  back,
  backNextsize,
  chunk2mem,
  chunksize,
  flagsOf,
  forward,
  forwardNextsize,
  prevSize,
  rawSize,
  setBack,
  setBackNextsize,
  setForward,
  setForwardNextsize,
  setHead,
  setInuseBitAtOffset,
  setNonMainArena,
  withFlags,
  withoutFlags,
} from './chunk.ts';
import { mallocConsolidate } from './free.ts';
import { codeInHeap } from './near-chunks.ts';
import { nearFields } from './near-fields.ts';
import type { NearFields } from './near-fields.ts';
import {
  NONE,
  UNDECIDED,
  cutFromTopNear,
  scanUnsortedNear,
  splitOrUseNear,
  takeFromBiggerBinNear,
  takeFromLargebinNear,
  takeFromSmallbinNear,
} from './near-search.ts';
import { BINMAPSIZE, MAX_UNSORTED_ITERATIONS, NON_MAIN_ARENA, PREV_INUSE } from './params.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import { cutFromTop, sysmalloc } from './sysmalloc.ts';
import {
  initTcacheStructure,
  isOverUnsortedLimit,
  stashIndex,
  tcacheGet,
  tcacheHasRoom,
  tcacheIndex,
  tcachePut,
} from './tcache.ts';
import { figure } from './word.ts';
import type { Word } from './word.ts';

/** Chunk sizes from here on are no matter for near-search.ts. */
const MOST_NEAR_BYTES = 0x1000_0000;

/**
 * Rounds a request up to a chunk size: one word of overhead, a multiple of the alignment, at least MINSIZE.
 *
 * @returns 0 when the request is beyond the release's limit
 * @source checked_request2size
 */
export function checkedRequest2size(m: Ptmalloc, bytes: Word): Word {
  if (typeof bytes === 'number' && bytes <= m.params.maxRequest) {
    const padded = bytes + m.SIZE_SZ + m.ALIGN_MASK;
    const size = padded - (padded & m.ALIGN_MASK);
    if (size <= Number.MAX_SAFE_INTEGER) return size < m.MINSIZE ? m.MINSIZE : size;
  }
  const { w } = m;
  const size = request2size(m, bytes);
  if (m.release.requestLimit === 'ptrdiff-max') return w.isNegative(bytes) ? 0 : size;
  const limit = w.sub(0, 2 * m.MINSIZE);
  if (m.release.requestLimit === 'near-size-max') return bytes >= limit ? 0 : size;
  return size < bytes || size >= limit ? 0 : size;
}

/** The same without a limit: near the end of the number range it wraps. @source request2size */
export function request2size(m: Ptmalloc, bytes: Word): Word {
  const size = m.w.alignDown(m.w.add(bytes, m.SIZE_SZ + m.ALIGN_MASK), m.ALIGN_MASK + 1);
  return size < m.MINSIZE ? m.MINSIZE : size;
}

/**
 * Searches an arena for a chunk.
 *
 * @param bytes - the request, unsigned
 * @returns the user address, 0 when there is no memory (errno is ENOMEM)
 * @source _int_malloc
 */
export function intMalloc(m: Ptmalloc, av: Pointer, bytes: Word): Pointer {
  const nb = checkedRequest2size(m, bytes);
  if (nb === 0) {
    m.errno = ENOMEM;
    return NULL;
  }
  const mem = av === NULL ? sysmalloc(m, nb, av) : search(m, av, nb);
  if (m.perturbByte !== 0 && mem !== NULL && !m.tookCached)
    m.w.fill(mem, (m.perturbByte ^ 0xff) & 0xff, bytes);
  return mem;
}

function search(m: Ptmalloc, av: Pointer, nb: Word): Pointer {
  m.tookCached = false;
  m.unsortedProcessed = 0;
  const small = inSmallbinRange(m, nb);
  const near = nb < MOST_NEAR_BYTES ? nearFields(m, av) : undefined;
  if (m.release.arenaHasFastbins && nb <= m.globalMaxFast) {
    const mem = takeFromFastbin(m, av, nb);
    if (mem !== NULL) return mem;
  }
  if (small) {
    const mem = takeFromSmallbin(m, av, nb, near);
    if (mem !== NULL) return mem;
  } else if (m.haveFastchunks(av)) mallocConsolidate(m, av);

  for (;;) {
    const sorted = scanUnsorted(m, av, nb, near);
    if (sorted !== NULL) return sorted;
    if (!small) {
      const mem = takeFromLargebin(m, av, nb, near);
      if (mem !== NULL) return mem;
    }
    const bigger = takeFromBiggerBin(m, av, nb, near);
    if (bigger !== NULL) return bigger;
    const cut = near === undefined ? UNDECIDED : cutFromTopNear(m, near, Number(nb));
    if (cut !== UNDECIDED) return cut as unknown as Pointer;

    const top = m.top(av);
    const topSize = chunksize(m, top);
    if (m.release.checks.unsorted && topSize > m.systemMem(av)) m.abort('malloc(): corrupted top size');
    const mem = cutFromTop(m, av, nb);
    if (mem !== NULL) return mem;
    m.why?.push(say('malloc.topShort', { top: figure(topSize), size: figure(nb) }));
    if (!m.haveFastchunks(av)) return sysmalloc(m, nb, av);
    mallocConsolidate(m, av);
  }
}

/** Takes the chunk freed last from the fast bin and moves the others to the tcache. */
function takeFromFastbin(m: Ptmalloc, av: Pointer, nb: Word): Pointer {
  const { w } = m;
  const { safeLinking } = m.release;
  const idx = fastbinIndex(m, nb);
  const head = m.fastbinAt(av, idx);
  const victim = w.readPointer(head, 0);
  if (victim === NULL) {
    m.why?.push(say('malloc.fastEmpty', { bin: idx, size: figure(nb) }));
    return NULL;
  }
  if (safeLinking && m.misalignedChunk(victim)) m.abort('malloc(): unaligned fastbin chunk detected 2');
  const next = w.readLink(chunk2mem(m, victim));
  if (m.multiThreaded && safeLinking && next !== NULL && m.misalignedChunk(next))
    m.abort('malloc(): unaligned fastbin chunk detected');
  w.writePointer(head, 0, next);
  if (fastbinIndex(m, chunksize(m, victim)) !== idx)
    m.abort('malloc(): memory corruption (fast)', chunk2mem(m, victim));
  m.why?.push(say('malloc.fastHit', { bin: idx, size: figure(nb) }));
  const cacheIdx = stashIndex(m, nb);
  if (cacheIdx < 0) return chunk2mem(m, victim);
  let stashed = 0;
  while (tcacheHasRoom(m, cacheIdx)) {
    const next = w.readPointer(head, 0);
    if (next === NULL) break;
    if (safeLinking && m.misalignedChunk(next)) m.abort('malloc(): unaligned fastbin chunk detected 3');
    if (m.release.checks.fastStash && tcacheIndex(m, chunksize(m, next)) !== cacheIdx)
      m.abort('malloc(): chunk size mismatch in fastbin');
    w.writePointer(head, 0, w.readLink(chunk2mem(m, next)));
    tcachePut(m, chunk2mem(m, next), cacheIdx);
    stashed += 1;
  }
  if (stashed > 0) m.why?.push(say('malloc.stashed', { count: stashed, bin: cacheIdx }));
  return chunk2mem(m, victim);
}

/** Takes the oldest chunk from the small bin and moves others to the tcache. */
function takeFromSmallbin(m: Ptmalloc, av: Pointer, nb: Word, near: NearFields | undefined): Pointer {
  const idx = smallbinIndex(m, nb);
  const bin = m.binAt(av, idx);
  let mem = (near === undefined
    ? UNDECIDED
    : takeFromSmallbinNear(m, near, Number(nb))) as unknown as Pointer;
  if (mem === NULL) return NULL;
  if ((mem as unknown) === UNDECIDED) {
    const victim = back(m, bin);
    if (victim === bin) {
      m.why?.push(say('malloc.smallEmpty', { bin: idx, size: figure(nb) }));
      return NULL;
    }
    const before = back(m, victim);
    if (forward(m, before) !== victim)
      m.abort('malloc(): smallbin double linked list corrupted', chunk2mem(m, victim));
    takeLast(m, av, bin, victim, before, nb);
    mem = chunk2mem(m, victim);
  }
  m.why?.push(say('malloc.smallHit', { bin: idx, size: figure(nb) }));
  if (m.release.tcache.createdInSearch !== 'never' && tcacheIndex(m, nb) < m.mpWord(m.params.par.tcacheBins))
    createTcacheInSearch(m, av);
  stashFromSmallbin(m, av, bin, nb);
  return mem;
}

/** Moves what is left in a small bin to the tcache, the oldest first, while there is room. */
function stashFromSmallbin(m: Ptmalloc, av: Pointer, bin: Pointer, nb: Word): void {
  const cacheIdx = stashIndex(m, nb);
  if (cacheIdx < 0) return;
  let stashed = 0;
  for (let steps = 0; tcacheHasRoom(m, cacheIdx); steps += 1) {
    m.checkSteps(steps);
    const next = back(m, bin);
    if (next === bin) break;
    if (next === NULL) continue;
    takeLast(m, av, bin, next, back(m, next), nb);
    tcachePut(m, chunk2mem(m, next), cacheIdx);
    stashed += 1;
  }
  if (stashed > 0) m.why?.push(say('malloc.stashed', { count: stashed, bin: cacheIdx }));
}

/** Marks the last chunk of a small bin as used and unlinks it. */
function takeLast(m: Ptmalloc, av: Pointer, bin: Pointer, victim: Pointer, before: Pointer, nb: Word): void {
  setInuseBitAtOffset(m, victim, nb);
  setBack(m, bin, before);
  setForward(m, before, bin);
  if (av !== m.mainArena) setNonMainArena(m, victim);
}

/** From 2.43 on the search itself makes the tcache; on exact fits of the unsorted scan even when it cannot take them. */
function createTcacheInSearch(m: Ptmalloc, av: Pointer): void {
  if (m.tcache !== NULL) return;
  const { bytes } = m.params.tcache;
  const { unsortedProcessed, binned, stashedExact } = m;
  createTcache(m, av, m.release.tcache.searchPadsTwice ? checkedRequest2size(m, bytes) : bytes);
  m.unsortedProcessed = unsortedProcessed;
  m.binned = binned;
  m.stashedExact = stashedExact;
  m.tookCached = false;
}

/** Allots the tcache structure from an arena, or from another one that `otherArena` gives. @source tcache_init */
export function createTcache(m: Ptmalloc, av: Pointer, bytes: Word, otherArena = (): Pointer => NULL): void {
  if (m.tcacheDisabled) return;
  if (m.release.tcache.createdBy === 'small-free' && m.mpWord(m.params.par.tcacheCount) === 0) {
    m.tcacheDisabled = true;
    return;
  }
  m.why?.push(say('malloc.tcacheCreate', { size: m.params.tcache.bytes, bins: m.params.tcache.bins }));
  // A recursive search must not start another creation.
  if (m.release.tcache.createdBy === 'small-free') m.tcacheDisabled = true;
  let mem = intMalloc(m, av, bytes);
  if (mem === NULL) {
    const other = otherArena();
    if (other !== NULL) mem = intMalloc(m, other, bytes);
  }
  if (mem === NULL) return;
  m.tcacheDisabled = false;
  initTcacheStructure(m, mem);
}

/** A chunk of the scan's exact size is used or put aside; others go to their bins. 0: the scan found nothing to return. */
function scanUnsorted(m: Ptmalloc, av: Pointer, nb: Word, near: NearFields | undefined): Pointer {
  beginScan(m);
  let mem = (near === undefined ? UNDECIDED : scanUnsortedNear(m, near, Number(nb))) as unknown as Pointer;
  if ((mem as unknown) === UNDECIDED) mem = scanUnsortedFar(m, av, nb);
  if (mem !== NULL || !m.stashedExact) return mem;
  return takeCached(m, stashIndex(m, nb));
}

function beginScan(m: Ptmalloc): void {
  m.binned = 0;
  m.stashedExact = false;
}

/** Goes through the rest of the unsorted list. */
function scanUnsortedFar(m: Ptmalloc, av: Pointer, nb: Word): Pointer {
  const { w } = m;
  const unsorted = m.binAt(av, 1);
  const small = inSmallbinRange(m, nb);
  let victim = back(m, unsorted);
  while (victim !== unsorted && m.binned < MAX_UNSORTED_ITERATIONS) {
    const before = back(m, victim);
    const size = chunksize(m, victim);
    checkUnsorted(m, av, unsorted, victim, before, size);

    if (small && before === unsorted && victim === m.lastRemainder(av) && size > w.add(nb, m.MINSIZE))
      return splitLastRemainder(m, av, unsorted, victim, size, nb);

    if (m.release.checks.unsortedUnlink && forward(m, before) !== victim)
      m.abort('malloc(): corrupted unsorted chunks 3');
    setBack(m, unsorted, before);
    setForward(m, before, unsorted);

    if (size === nb) {
      if (!stashExact(m, av, victim, size)) return chunk2mem(m, victim);
    } else {
      placeInBin(m, av, victim, size);
      m.binned += 1;
      m.unsortedProcessed += 1;
      if (m.stashedExact && isOverUnsortedLimit(m)) break;
    }
    victim = back(m, unsorted);
  }
  return NULL;
}

/** Puts an exact fit of the scan into the tcache. @returns false when it is the chunk to return */
function stashExact(m: Ptmalloc, av: Pointer, victim: Pointer, size: Word): boolean {
  setInuseBitAtOffset(m, victim, size);
  if (av !== m.mainArena) setNonMainArena(m, victim);
  const { tcache } = m.release;
  if (tcache.createdInSearch === 'small-bin-and-unsorted') createTcacheInSearch(m, av);
  const cacheIdx = tcache.stashesUnsorted ? stashIndex(m, size) : -1;
  const told = { chunk: m.w.addressNumber(victim), size: figure(size) };
  if (cacheIdx < 0 || !tcacheHasRoom(m, cacheIdx)) {
    m.why?.push(say('malloc.unsortedExact', told));
    return false;
  }
  tcachePut(m, chunk2mem(m, victim), cacheIdx);
  m.why?.push(say('malloc.unsortedCached', { ...told, bin: cacheIdx }));
  m.stashedExact = true;
  return true;
}

function takeCached(m: Ptmalloc, cacheIdx: number): Pointer {
  m.tookCached = true;
  m.why?.push(say('malloc.takeCached', { bin: cacheIdx }));
  return tcacheGet(m, cacheIdx);
}

/** The checks of a chunk on the unsorted list, in their order. */
function checkUnsorted(
  m: Ptmalloc,
  av: Pointer,
  unsorted: Pointer,
  victim: Pointer,
  before: Pointer,
  size: Word,
): void {
  const systemMem = m.systemMem(av);
  if (!m.release.checks.unsorted) {
    if (rawSize(m, victim) <= m.CHUNK_HDR_SZ || rawSize(m, victim) > systemMem)
      m.abort('malloc(): memory corruption', chunk2mem(m, victim));
    return;
  }
  if (size <= m.CHUNK_HDR_SZ || size > systemMem) m.abort('malloc(): invalid size (unsorted)');
  const next = m.w.plus(victim, size);
  const nextRaw = rawSize(m, next);
  if (nextRaw < m.CHUNK_HDR_SZ || nextRaw > systemMem) m.abort('malloc(): invalid next size (unsorted)');
  if (withoutFlags(prevSize(m, next)) !== size) m.abort('malloc(): mismatching next->prev_size (unsorted)');
  if (forward(m, before) !== victim || forward(m, victim) !== unsorted)
    m.abort('malloc(): unsorted double linked list corrupted');
  if ((flagsOf(nextRaw) & PREV_INUSE) !== 0) m.abort('malloc(): invalid next->prev_inuse (unsorted)');
}

/** Small requests in a row are cut from the same chunk. */
function splitLastRemainder(
  m: Ptmalloc,
  av: Pointer,
  unsorted: Pointer,
  victim: Pointer,
  size: Word,
  nb: Word,
): Pointer {
  const { w } = m;
  const rest = w.sub(size, nb);
  const remainder = w.plus(victim, nb);
  setBack(m, unsorted, remainder);
  setForward(m, unsorted, remainder);
  m.setLastRemainder(av, remainder);
  setBack(m, remainder, unsorted);
  setForward(m, remainder, unsorted);
  clearNextsize(m, remainder, rest);
  setHead(m, victim, withFlags(nb, PREV_INUSE | arenaFlag(m, av)));
  setFreeChunk(m, remainder, rest);
  m.why?.push(
    say('malloc.splitLastRemainder', {
      chunk: m.w.addressNumber(victim),
      size: figure(nb),
      rest: figure(rest),
    }),
  );
  return chunk2mem(m, victim);
}

/** Puts a chunk from the unsorted list into its small or large bin. */
function placeInBin(m: Ptmalloc, av: Pointer, victim: Pointer, size: Word): void {
  let idx: number;
  let bck: Pointer;
  let fwd: Pointer;
  if (inSmallbinRange(m, size)) {
    idx = smallbinIndex(m, size);
    bck = m.binAt(av, idx);
    fwd = forward(m, bck);
  } else {
    idx = largebinIndex(m, size);
    const bin = m.binAt(av, idx);
    fwd = placeInLargebin(m, bin, victim, withFlags(size, PREV_INUSE));
    bck = back(m, fwd);
  }
  markBin(m, av, idx);
  setBack(m, victim, bck);
  setForward(m, victim, fwd);
  setBack(m, fwd, victim);
  setForward(m, bck, victim);
  m.why?.push(say('malloc.binned', { chunk: m.w.addressNumber(victim), size: figure(size), bin: idx }));
}

/**
 * Finds a chunk's place in its sorted large bin and enters it in the ring of sizes.
 *
 * @param raw - its size with PREV_INUSE, which is what the sizes of others are compared with
 * @returns the chunk (or bin) in front of which it goes
 */
function placeInLargebin(m: Ptmalloc, bin: Pointer, victim: Pointer, raw: Word): Pointer {
  const { largeBin } = m.release.checks;
  let fwd = forward(m, bin);
  if (fwd === bin) {
    setForwardNextsize(m, victim, victim);
    setBackNextsize(m, victim, victim);
    return fwd;
  }
  const last = back(m, bin);
  assertMainArena(m, last, 'bck->bk');
  if (raw < rawSize(m, last)) {
    const largest = forward(m, bin);
    const smallest = backNextsize(m, largest);
    if (largeBin === 'links-and-end' && forwardNextsize(m, smallest) !== largest)
      m.abort('malloc(): largebin double linked list corrupted (nextsize)');
    setForwardNextsize(m, victim, largest);
    setBackNextsize(m, victim, smallest);
    setForwardNextsize(m, smallest, victim);
    setBackNextsize(m, largest, victim);
    return bin;
  }
  assertMainArena(m, fwd, 'fwd');
  for (let steps = 0; raw < rawSize(m, fwd); steps += 1) {
    m.checkSteps(steps);
    fwd = forwardNextsize(m, fwd);
    assertMainArena(m, fwd, 'fwd');
  }
  if (raw === rawSize(m, fwd)) {
    // Second in its run: the ring of sizes stays as it is.
    fwd = forward(m, fwd);
  } else {
    const larger = backNextsize(m, fwd);
    setForwardNextsize(m, victim, fwd);
    setBackNextsize(m, victim, larger);
    if (largeBin !== 'none' && forwardNextsize(m, larger) !== fwd)
      m.abort('malloc(): largebin double linked list corrupted (nextsize)');
    setBackNextsize(m, fwd, victim);
    setForwardNextsize(m, larger, victim);
  }
  if (largeBin !== 'none' && forward(m, back(m, fwd)) !== fwd)
    m.abort('malloc(): largebin double linked list corrupted (bk)');
  return fwd;
}

function assertMainArena(m: Ptmalloc, p: Pointer, name: string): void {
  if ((flagsOf(rawSize(m, p)) & NON_MAIN_ARENA) === 0) return;
  m.assertionFailed('_int_malloc', undefined, `chunk_main_arena (${name})`);
}

/** Best fit in the request's own large bin. */
function takeFromLargebin(m: Ptmalloc, av: Pointer, nb: Word, near: NearFields | undefined): Pointer {
  const complaint = 'malloc(): corrupted unsorted chunks';
  const taken = near === undefined ? UNDECIDED : takeFromLargebinNear(m, near, Number(nb));
  if (taken === NONE) return NULL;
  if (taken !== UNDECIDED)
    return splitOrUse(m, av, taken as unknown as Pointer, m.takenSize, nb, false, complaint, near);
  const idx = largebinIndex(m, nb);
  const bin = m.binAt(av, idx);
  const first = forward(m, bin);
  if (first === bin || rawSize(m, first) < nb) {
    m.why?.push(say('malloc.largeEmpty', { bin: idx, size: figure(nb) }));
    return NULL;
  }
  let victim = backNextsize(m, first);
  let size = chunksize(m, victim);
  for (let steps = 0; size < nb; steps += 1) {
    m.checkSteps(steps);
    victim = backNextsize(m, victim);
    size = chunksize(m, victim);
  }
  // The second of a run is taken, which leaves the ring of sizes alone.
  if (victim !== back(m, bin)) {
    const second = forward(m, victim);
    if (rawSize(m, victim) === rawSize(m, second)) victim = second;
  }
  m.why?.push(say('malloc.largeFit', { bin: idx, chunk: m.w.addressNumber(victim), size: figure(size) }));
  unlinkChunk(m, victim);
  return splitOrUse(m, av, victim, size, nb, false, complaint, near);
}

/** Takes the smallest chunk of the next bin that the bin map knows to hold chunks. */
function takeFromBiggerBin(m: Ptmalloc, av: Pointer, nb: Word, near: NearFields | undefined): Pointer {
  const { binmap } = m.params.arena;
  const small = inSmallbinRange(m, nb);
  const complaint = 'malloc(): corrupted unsorted chunks 2';
  const taken = near === undefined ? UNDECIDED : takeFromBiggerBinNear(m, near, Number(nb));
  if (taken === NONE) return NULL;
  if (taken !== UNDECIDED)
    return splitOrUse(m, av, taken as unknown as Pointer, m.takenSize, nb, small, complaint, near);
  let idx = (small ? smallbinIndex(m, nb) : largebinIndex(m, nb)) + 1;
  let block = idx >>> 5;
  let map = m.w.readInt(av, binmap + 4 * block);
  for (;;) {
    // Bits from idx on in this block, then the next block that has any.
    let bits = idx >>> 5 === block ? (map >>> (idx & 31)) << (idx & 31) : 0;
    if (bits === 0) {
      do {
        block += 1;
        if (block >= BINMAPSIZE) {
          m.why?.push(say('malloc.noBiggerBin'));
          return NULL;
        }
        map = m.w.readInt(av, binmap + 4 * block);
      } while (map === 0);
      bits = map;
    }
    idx = 32 * block + lowestBit(bits);
    const bin = m.binAt(av, idx);
    const victim = back(m, bin);
    if (victim === bin) {
      map = (map & ~(1 << (idx & 31))) >>> 0;
      m.w.writeInt(av, binmap + 4 * block, map);
      idx += 1;
      continue;
    }
    const size = chunksize(m, victim);
    if (size < nb)
      m.assertionFailed('_int_malloc', undefined, '(unsigned long) (size) >= (unsigned long) (nb)');
    m.why?.push(say('malloc.biggerBin', { bin: idx, chunk: m.w.addressNumber(victim), size: figure(size) }));
    unlinkChunk(m, victim);
    return splitOrUse(m, av, victim, size, nb, small, complaint, near);
  }
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** Uses a chunk that left its bin: whole when little would remain, else its low part. */
function splitOrUse(
  m: Ptmalloc,
  av: Pointer,
  victim: Pointer,
  size: Word,
  nb: Word,
  keepsRemainder: boolean,
  complaint: string,
  near: NearFields | undefined,
): Pointer {
  const { w } = m;
  if (near !== undefined) {
    const mem = splitOrUseNear(m, near, codeInHeap(victim), Number(size), Number(nb), keepsRemainder);
    if (mem !== UNDECIDED) return mem as unknown as Pointer;
  }
  const rest = w.sub(size, nb);
  if (rest < m.MINSIZE) {
    setInuseBitAtOffset(m, victim, size);
    if (av !== m.mainArena) setNonMainArena(m, victim);
    m.why?.push(say('malloc.useWhole', { size: figure(size) }));
    return chunk2mem(m, victim);
  }
  const remainder = w.plus(victim, nb);
  insertRemainder(m, av, remainder, rest, complaint, victim);
  setFreeChunk(m, remainder, rest);
  if (keepsRemainder) m.setLastRemainder(av, remainder);
  setHead(m, victim, withFlags(nb, PREV_INUSE | arenaFlag(m, av)));
  m.why?.push(say('malloc.split', { size: figure(nb), rest: figure(rest) }));
  return chunk2mem(m, victim);
}
