/**
 * Blocks at aligned addresses: a chunk that is big enough, with what lies before and behind the block given back.
 *
 * Source: malloc/malloc.c (_mid_memalign, _int_memalign).
 */
import { EINVAL, ENOMEM } from '../mm/kernel.ts';
import { say } from '../text/malloc-texts.ts';
import {
  arenaFlag,
  chunk2mem,
  chunksize,
  flagsOf,
  inuseBitAtOffset,
  mem2chunk,
  prevSize,
  rawSize,
  setHead,
  setHeadSize,
  setInuseBitAtOffset,
  setPrevSize,
  withFlags,
} from './chunk.ts';
import { arenaOfCall } from './arena.ts';
import { freeInternally, insertFreeChunk, maybeTrim, mergeAndFree } from './free.ts';
import { checkedRequest2size, intMalloc } from './int-malloc.ts';
import { IS_MMAPPED, PREV_INUSE } from './params.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import { tcacheGetAligned, tcacheHolds, tcacheIndex, tcacheLargeIndex } from './tcache.ts';
import { figure, toWord } from './word.ts';
import type { Word } from './word.ts';

/** What memalign needs of the other entry points. */
export interface MemalignCallbacks {
  malloc(bytes: Word): Pointer;
  createTcacheIfMissing(): void;
  /** Another arena's answer after one had no memory; 0 where the release does not ask. */
  retry(failed: Pointer, bytes: Word, search: (arena: Pointer) => Pointer): Pointer;
}

/**
 * A block of `bytes` at a multiple of `alignment`.
 *
 * @returns 0 on failure, with errno EINVAL or ENOMEM
 * @source _mid_memalign
 */
export function midMemalign(m: Ptmalloc, wanted: Word, bytes: Word, entry: MemalignCallbacks): Pointer {
  const { w, MINSIZE } = m;
  const { MALLOC_ALIGNMENT } = m.params;
  let alignment = wanted;
  if (!m.release.memalignMinimum) {
    const rounded = toPowerOf2(m, alignment);
    if (rounded === undefined) return refuseAlignment(m, alignment);
    alignment = rounded;
  }
  if (alignment <= MALLOC_ALIGNMENT) {
    m.why?.push(say('malloc.alignedPlain', { alignment: MALLOC_ALIGNMENT }));
    return entry.malloc(bytes);
  }
  if (m.release.memalignMinimum) {
    if (alignment < MINSIZE) alignment = MINSIZE;
    const rounded = toPowerOf2(m, alignment);
    if (rounded === undefined) return refuseAlignment(m, wanted);
    alignment = rounded;
  }
  if (m.release.memalignLimit === 'sum-wraps' && bytes > w.sub(w.sub(w.max, alignment), MINSIZE)) {
    m.why?.push(say('malloc.requestTooLarge', { bytes: figure(bytes) }));
    m.errno = ENOMEM;
    return NULL;
  }
  const cached = takeAlignedFromTcache(m, alignment, bytes, entry);
  if (cached !== NULL) return cached;
  if (m.errno !== 0 && checkedRequest2size(m, bytes) === 0) return NULL;
  const arena = arenaOfCall(m, w.add(w.add(bytes, alignment), MINSIZE));
  const mem = intMemalign(m, arena, alignment, bytes);
  if (mem !== NULL || arena === NULL) return mem;
  return entry.retry(arena, bytes, (other) => intMemalign(m, other, alignment, bytes));
}

function refuseAlignment(m: Ptmalloc, alignment: Word): Pointer {
  m.why?.push(say('malloc.badAlignment', { alignment: figure(alignment) }));
  m.errno = EINVAL;
  return NULL;
}

/** The power of two from `alignment` on; `undefined` when none fits in a word. */
function toPowerOf2(m: Ptmalloc, alignment: Word): Word | undefined {
  if (alignment > toWord(1n << BigInt(8 * m.SIZE_SZ - 1))) return undefined;
  let power: Word = 1;
  while (power < alignment) power = m.w.add(power, power);
  return power;
}

/** Looks in the tcache, in releases where memalign does. */
function takeAlignedFromTcache(m: Ptmalloc, alignment: Word, bytes: Word, entry: MemalignCallbacks): Pointer {
  const { tcache } = m.release;
  if (!tcache.servesMemalign || typeof alignment !== 'number') return NULL;
  const nb = checkedRequest2size(m, bytes);
  if (nb === 0) {
    m.errno = ENOMEM;
    return NULL;
  }
  const ranged = tcache.counts === 'free-slots';
  if (ranged) {
    if (nb >= m.mpWord(m.params.par.tcacheMaxBytes)) return NULL;
    if (m.tcache === NULL) {
      if (tcache.createdBy === 'small-request') entry.createTcacheIfMissing();
      return NULL;
    }
  } else if (m.tcache === NULL) return NULL;
  let idx = tcacheIndex(m, nb);
  if (ranged) {
    if (idx >= m.params.tcache.smallBins) idx = tcacheLargeIndex(m, nb);
  } else if (idx >= m.mpWord(m.params.par.tcacheBins) || !tcacheHolds(m, idx)) return NULL;
  const mem = tcacheGetAligned(m, idx, alignment, ranged ? nb : undefined);
  if (mem !== NULL) m.why?.push(say('malloc.tcacheAligned', { bin: idx, alignment }));
  return mem;
}

/** Allocates enough for an aligned place and trims both ends. @source _int_memalign */
function intMemalign(m: Ptmalloc, av: Pointer, alignment: Word, bytes: Word): Pointer {
  const { w, MINSIZE } = m;
  const nb = checkedRequest2size(m, bytes);
  const tooLarge = m.release.memalignLimit === 'alignment-above-ptrdiff-max' && w.isNegative(alignment);
  if (nb === 0 || tooLarge) {
    m.why?.push(say('malloc.requestTooLarge', { bytes: figure(bytes) }));
    m.errno = ENOMEM;
    return NULL;
  }
  const request = w.add(w.add(nb, alignment), MINSIZE);
  m.why?.push(say('malloc.alignedRequest', { alignment: figure(alignment), size: figure(request) }));
  const mem = intMalloc(m, av, request);
  // Whoever got memory has a small alignment.
  if (mem === NULL) return NULL;
  const p = placeAligned(m, av, mem2chunk(m, mem), Number(alignment));
  if ((flagsOf(rawSize(m, p)) & IS_MMAPPED) === 0) cutTail(m, av, p, nb);
  return chunk2mem(m, p);
}

/** Moves the chunk's start up to an aligned place and frees what lies before it. @returns the chunk there */
function placeAligned(m: Ptmalloc, av: Pointer, p: Pointer, alignment: number): Pointer {
  const { w, MINSIZE } = m;
  const mem = chunk2mem(m, p);
  if (w.pointerDown(mem, alignment) === mem) return p;
  const mmapped = (flagsOf(rawSize(m, p)) & IS_MMAPPED) !== 0;
  let newP: Pointer;
  if (m.release.memalignTrim === 'merge-minimal-lead') {
    const lowest = mmapped ? mem : w.plus(mem, MINSIZE);
    newP = mem2chunk(m, w.pointerUp(lowest, alignment));
  } else {
    newP = mem2chunk(m, w.pointerUp(mem, alignment));
    if (w.distance(newP, p) < MINSIZE) newP = w.plus(newP, alignment);
  }
  const lead = w.distance(newP, p);
  const newSize = w.sub(chunksize(m, p), lead);
  if (mmapped) {
    setPrevSize(m, newP, w.add(prevSize(m, p), lead));
    setHead(m, newP, withFlags(newSize, IS_MMAPPED));
    return newP;
  }
  const flag = arenaFlag(m, av);
  setHead(m, newP, withFlags(newSize, PREV_INUSE | flag));
  setInuseBitAtOffset(m, newP, newSize);
  setHeadSize(m, p, withFlags(lead, flag));
  m.why?.push(say('malloc.alignedLead', { bytes: figure(lead) }));
  if (m.release.memalignTrim === 'free') freeInternally(m, av, p);
  else mergeAndFree(m, av, p, chunksize(m, p));
  return newP;
}

/** Gives back what lies behind the block. */
function cutTail(m: Ptmalloc, av: Pointer, p: Pointer, nb: Word): void {
  const { w, MINSIZE } = m;
  const size = chunksize(m, p);
  const rest = w.sub(size, nb);
  const remainder = w.plus(p, nb);
  const flag = arenaFlag(m, av);
  switch (m.release.memalignTrim) {
    case 'free':
      if (size <= w.add(nb, MINSIZE)) return;
      m.why?.push(say('malloc.alignedTail', { bytes: figure(rest) }));
      setHead(m, remainder, withFlags(rest, PREV_INUSE | flag));
      setHeadSize(m, p, nb);
      freeInternally(m, av, remainder);
      return;
    case 'merge': {
      if (size <= nb) return;
      // A rest too small for a chunk still goes back where it can be glued to what follows.
      const next = w.plus(p, size);
      if (rest < MINSIZE && next !== m.top(av) && inuseBitAtOffset(m, next, chunksize(m, next))) return;
      mergeTail(m, av, p, nb, size);
      return;
    }
    case 'merge-minimal-lead':
      if (rest >= MINSIZE) mergeTail(m, av, p, nb, size);
  }
}

/** Makes a free chunk of what lies behind the block, without the checks and the filling of a free. */
function mergeTail(m: Ptmalloc, av: Pointer, p: Pointer, nb: Word, size: Word): void {
  const { w } = m;
  const rest = w.sub(size, nb);
  const next = w.plus(p, size);
  m.why?.push(say('malloc.alignedTail', { bytes: figure(rest) }));
  setHeadSize(m, p, nb);
  maybeTrim(m, av, insertFreeChunk(m, av, w.plus(p, nb), rest, next, chunksize(m, next)));
}
