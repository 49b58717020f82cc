/**
 * Memory from the system: a mapping of its own for a big request, else more break, else a mapping in its place.
 *
 * Source: malloc/malloc.c (sysmalloc, sysmalloc_mmap, sysmalloc_mmap_fallback).
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { ENOMEM } from '../mm/kernel.ts';
import { say } from '../text/malloc-texts.ts';
import {
  arenaFlag,
  chunk2mem,
  chunksize,
  prevInuse,
  setFoot,
  setHead,
  setPrevSize,
  withFlags,
} from './chunk.ts';
import { freeInternally } from './free.ts';
import { growHeap, heapForPtr, heapInfoBytes, heapSize, newHeap, setHeapArena, setHeapPrev } from './heap.ts';
import {
  IS_MMAPPED,
  MMAP_AS_MORECORE_SIZE,
  NONCONTIGUOUS_BIT,
  NON_MAIN_ARENA,
  PREV_INUSE,
} from './params.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import { figure } from './word.ts';
import type { Word } from './word.ts';

const OLD_TOP_ASSERTION =
  '(old_top == initial_top (av) && old_size == 0) || ((unsigned long) (old_size) >= MINSIZE && prev_inuse (old_top) ' +
  '&& ((unsigned long) old_end & (pagesize - 1)) == 0)';

/**
 * Serves a chunk size that neither bins nor top can.
 *
 * @returns the user address, 0 when the system refuses (errno is ENOMEM)
 * @source sysmalloc
 */
export function sysmalloc(m: Ptmalloc, nb: Word, av: Pointer): Pointer {
  const { par } = m.params;
  const threshold = m.mpWord(par.mmapThreshold);
  let triedMmap = false;
  // A thread for which there is no arena has mappings alone.
  if (av === NULL) return sysmallocMmap(m, nb) ?? outOfMemory(m);
  if (nb >= threshold) {
    const count = m.mpInt(par.nMmaps) | 0;
    const maximum = m.mpInt(par.nMmapsMax) | 0;
    if (count < maximum) {
      m.why?.push(say('malloc.aboveThreshold', { size: figure(nb), threshold: figure(threshold) }));
      triedMmap = true;
      const mem = sysmallocMmap(m, nb);
      if (mem !== undefined) return mem;
    } else m.why?.push(say('malloc.tooManyMmaps', { count, maximum }));
  } else m.why?.push(say('malloc.belowThreshold', { size: figure(nb), threshold: figure(threshold) }));
  checkOldTop(m, nb, av);
  if (av === m.mainArena) growMainArena(m, nb, av);
  else if (!growSecondaryArena(m, nb, av) && !triedMmap) {
    const mem = sysmallocMmap(m, nb);
    if (mem !== undefined) return mem;
  }
  if (m.systemMem(av) > m.maxSystemMem(av)) m.setMaxSystemMem(av, m.systemMem(av));
  const mem = cutFromTop(m, av, nb);
  return mem === NULL ? outOfMemory(m) : mem;
}

function outOfMemory(m: Ptmalloc): Pointer {
  m.why?.push(say('malloc.noMemory'));
  m.errno = ENOMEM;
  return NULL;
}

/** What glibc asserts about top before it asks for more. */
function checkOldTop(m: Ptmalloc, nb: Word, av: Pointer): void {
  const { w, MINSIZE } = m;
  const oldTop = m.top(av);
  const oldSize = chunksize(m, oldTop);
  const oldEnd = w.plus(oldTop, oldSize);
  const initial = oldTop === m.binAt(av, 1) && oldSize === 0;
  if (!initial && !(oldSize >= MINSIZE && prevInuse(m, oldTop) && w.lowBits(oldEnd, PAGE_SIZE - 1) === 0))
    m.assertionFailed('sysmalloc', m.release.sysmallocLine, OLD_TOP_ASSERTION);
  if (oldSize >= w.add(nb, MINSIZE))
    m.assertionFailed('sysmalloc', undefined, '(unsigned long) (old_size) < (unsigned long) (nb + MINSIZE)');
}

/** Opens more of the arena's last heap, or gives it another one. @returns false when the kernel refuses both */
function growSecondaryArena(m: Ptmalloc, nb: Word, av: Pointer): boolean {
  const { w, MINSIZE, CHUNK_HDR_SZ } = m;
  const oldTop = m.top(av);
  const oldSize = chunksize(m, oldTop);
  const oldHeap = heapForPtr(m, oldTop);
  const before = heapSize(m, oldHeap);
  const missing = w.sub(w.add(nb, MINSIZE), oldSize);
  if (!w.isNegative(missing) && missing !== 0 && growHeap(m, oldHeap, missing)) {
    const size = heapSize(m, oldHeap);
    m.setSystemMem(av, w.add(m.systemMem(av), w.sub(size, before)));
    setHead(m, oldTop, withFlags(w.distance(w.plus(oldHeap, size), oldTop), PREV_INUSE));
    return true;
  }
  const header = heapInfoBytes(m);
  const heap = newHeap(m, w.add(nb, MINSIZE + header));
  if (heap === NULL) return false;
  setHeapArena(m, heap, av);
  setHeapPrev(m, heap, oldHeap);
  const size = heapSize(m, heap);
  m.setSystemMem(av, w.add(m.systemMem(av), size));
  m.setTop(av, w.plus(heap, header));
  setHead(m, w.plus(heap, header), withFlags(w.sub(size, header), PREV_INUSE));
  // Two fenceposts end the old heap; what is left below them becomes a free chunk.
  const rest = w.alignDown(w.sub(oldSize, MINSIZE), m.params.MALLOC_ALIGNMENT);
  setHead(m, w.plus(oldTop, w.add(rest, CHUNK_HDR_SZ)), PREV_INUSE);
  if (rest >= MINSIZE) {
    setHead(m, w.plus(oldTop, rest), CHUNK_HDR_SZ | PREV_INUSE);
    setFoot(m, w.plus(oldTop, rest), CHUNK_HDR_SZ);
    setHead(m, oldTop, withFlags(rest, PREV_INUSE | NON_MAIN_ARENA));
    freeInternally(m, av, oldTop);
  } else {
    setHead(m, oldTop, withFlags(w.add(rest, CHUNK_HDR_SZ), PREV_INUSE));
    setFoot(m, oldTop, w.add(rest, CHUNK_HDR_SZ));
  }
  return true;
}

/** Takes a chunk from the low end of top when it is big enough; 0 otherwise. */
export function cutFromTop(m: Ptmalloc, av: Pointer, nb: Word): Pointer {
  const { w } = m;
  const top = m.top(av);
  const size = chunksize(m, top);
  if (size < w.add(nb, m.MINSIZE)) return NULL;
  const rest = w.sub(size, nb);
  const remainder = w.plus(top, nb);
  m.setTop(av, remainder);
  setHead(m, top, withFlags(nb, PREV_INUSE | arenaFlag(m, av)));
  setHead(m, remainder, withFlags(rest, PREV_INUSE));
  m.why?.push(say('malloc.cutTop', { size: figure(nb), top: figure(size), rest: figure(rest) }));
  return chunk2mem(m, top);
}

/** A chunk that is a mapping of its own. @returns `undefined` when the kernel refuses */
function sysmallocMmap(m: Ptmalloc, nb: Word): Pointer | undefined {
  const { w, SIZE_SZ, CHUNK_HDR_SZ } = m;
  const { MALLOC_ALIGNMENT, par } = m.params;
  const front = MALLOC_ALIGNMENT - CHUNK_HDR_SZ;
  let padding: number;
  if (m.release.mmappedTail) padding = front + CHUNK_HDR_SZ;
  else padding = front === 0 ? SIZE_SZ : SIZE_SZ + MALLOC_ALIGNMENT - 1;
  const length = w.alignUp(w.add(nb, padding), PAGE_SIZE);
  // A size that wraps is not tried.
  if (length <= nb) return undefined;
  const start = m.mapAnonymous(length);
  if (start === undefined) {
    m.why?.push(say('malloc.mmapFailed', { bytes: figure(length) }));
    return undefined;
  }
  const p = w.plus(w.pointerAt(start), front);
  setPrevSize(m, p, front);
  const size = w.sub(length, m.release.mmappedTail ? front + CHUNK_HDR_SZ : front);
  setHead(m, p, withFlags(size, IS_MMAPPED));
  const count = m.mpInt(par.nMmaps) + 1;
  m.setMpInt(par.nMmaps, count);
  if ((count | 0) > (m.mpInt(par.maxNMmaps) | 0)) m.setMpInt(par.maxNMmaps, count);
  addMmappedMem(m, length);
  m.why?.push(say('malloc.mmapped', { bytes: figure(length), start }));
  return chunk2mem(m, p);
}

/** Counts mapped bytes and their maximum. */
export function addMmappedMem(m: Ptmalloc, bytes: Word): void {
  const { par } = m.params;
  const sum = m.w.add(m.mpWord(par.mmappedMem), bytes);
  m.setMpWord(par.mmappedMem, sum);
  if (sum > m.mpWord(par.maxMmappedMem)) m.setMpWord(par.maxMmappedMem, sum);
}

/** Makes top of the main arena bigger, or starts a new one elsewhere. */
function growMainArena(m: Ptmalloc, nb: Word, av: Pointer): void {
  const { w, MINSIZE } = m;
  const { par } = m.params;
  const oldTop = m.top(av);
  const oldSize = chunksize(m, oldTop);
  const oldEnd = w.plus(oldTop, oldSize);
  const topPad = m.mpWord(par.topPad);
  const contiguous = m.contiguous(av);
  let size = w.add(w.add(nb, topPad), MINSIZE);
  if (contiguous) size = w.sub(size, oldSize);
  size = w.alignUp(size, PAGE_SIZE);
  m.why?.push(
    say('malloc.needBreak', {
      top: figure(oldSize),
      size: figure(nb),
      pad: figure(topPad),
      bytes: figure(size),
    }),
  );
  let brk: Pointer | undefined;
  let end: Pointer | undefined;
  if (size !== 0 && !w.isNegative(size)) brk = m.sbrk(size);
  if (brk === undefined) {
    const mapped = mmapInsteadOfBreak(m, av, nb, size, oldSize);
    if (mapped === undefined) return;
    brk = mapped.start;
    size = mapped.length;
    end = w.plus(brk, size);
  }
  if (m.mpWord(par.sbrkBase) === 0) w.writePointer(m.mp, par.sbrkBase, brk);
  m.setSystemMem(av, w.add(m.systemMem(av), size));
  if (brk === oldEnd && end === undefined) {
    setHead(m, oldTop, withFlags(w.add(size, oldSize), PREV_INUSE));
    m.why?.push(say('malloc.topGrew', { bytes: figure(size) }));
    return;
  }
  if (m.contiguous(av) && oldSize !== 0 && w.below(brk, oldEnd))
    m.abort('break adjusted to free malloc space', brk);
  placeTop(m, av, { oldTop, oldSize, oldEnd, brk, end, size });
}

/** New memory for top that does not continue the old one. */
interface NewSpace {
  readonly oldTop: Pointer;
  readonly oldSize: Word;
  readonly oldEnd: Pointer;
  readonly brk: Pointer;
  /** End of the memory when it is a mapping; the break is asked otherwise. */
  readonly end: Pointer | undefined;
  readonly size: Word;
}

/** Puts top into new memory: aligned at its start, whole pages at its end, and closes the old top with fenceposts. */
function placeTop(m: Ptmalloc, av: Pointer, space: NewSpace): void {
  const { w } = m;
  const { MALLOC_ALIGNMENT } = m.params;
  const { brk, size, oldTop, oldSize } = space;
  const misalign = w.lowBits(chunk2mem(m, brk), MALLOC_ALIGNMENT - 1);
  const front = misalign === 0 ? 0 : MALLOC_ALIGNMENT - misalign;
  let start = brk;
  let correction: Word = 0;
  let end = space.end;
  if (m.contiguous(av)) {
    // Memory that somebody else took from the break counts as the arena's.
    if (oldSize !== 0) m.setSystemMem(av, w.add(m.systemMem(av), w.distance(brk, space.oldEnd)));
    start = w.plus(brk, front);
    correction = w.add(front, oldSize);
    const rawEnd = w.addressOf(w.plus(w.plus(brk, size), correction));
    correction = w.add(correction, w.sub(w.alignUp(rawEnd, PAGE_SIZE), rawEnd));
    end = m.sbrk(correction);
    if (end === undefined) {
      correction = 0;
      end = m.sbrk(0);
    }
  } else {
    if (m.CHUNK_HDR_SZ !== MALLOC_ALIGNMENT) start = w.plus(brk, front);
    else if (misalign !== 0)
      m.assertionFailed('sysmalloc', undefined, '((unsigned long) chunk2mem (brk) & MALLOC_ALIGN_MASK) == 0');
    end ??= m.sbrk(0);
  }
  if (end === undefined) return;
  m.setTop(av, start);
  const topSize = w.add(w.distance(end, start), correction);
  setHead(m, start, withFlags(topSize, PREV_INUSE));
  m.setSystemMem(av, w.add(m.systemMem(av), correction));
  m.why?.push(say('malloc.newTop', { start: w.addressNumber(start), size: figure(topSize) }));
  if (oldSize !== 0) closeOldTop(m, av, oldTop, oldSize);
}

/** Shrinks the abandoned top, writes two fenceposts behind it and frees what is left. */
function closeOldTop(m: Ptmalloc, av: Pointer, oldTop: Pointer, oldSize: Word): void {
  const { w, CHUNK_HDR_SZ } = m;
  const size = w.alignDown(w.sub(oldSize, 2 * CHUNK_HDR_SZ), m.params.MALLOC_ALIGNMENT);
  setHead(m, oldTop, withFlags(size, PREV_INUSE));
  setHead(m, w.plus(oldTop, size), CHUNK_HDR_SZ | PREV_INUSE);
  setHead(m, w.plus(oldTop, w.add(size, CHUNK_HDR_SZ)), CHUNK_HDR_SZ | PREV_INUSE);
  m.why?.push(say('malloc.fenceposts', { size: figure(size) }));
  if (size >= m.MINSIZE) freeInternally(m, av, oldTop);
}

/** A mapping in place of a refused break. @source sysmalloc_mmap_fallback */
function mmapInsteadOfBreak(
  m: Ptmalloc,
  av: Pointer,
  nb: Word,
  wanted: Word,
  oldSize: Word,
): { start: Pointer; length: Word } | undefined {
  const { w } = m;
  let length = wanted;
  switch (m.release.mmapFallback) {
    case 'plain':
      if (m.contiguous(av)) length = w.alignUp(w.add(length, oldSize), PAGE_SIZE);
      if (length < MMAP_AS_MORECORE_SIZE) length = MMAP_AS_MORECORE_SIZE;
      break;
    case 'arguments-swapped':
      if (m.contiguous(av)) length = w.alignUp(w.add(length, oldSize), MMAP_AS_MORECORE_SIZE);
      if (length < PAGE_SIZE) length = PAGE_SIZE;
      break;
    case 'without-old-top':
      length = w.alignUp(w.add(w.add(nb, m.mpWord(m.params.par.topPad)), m.MINSIZE), PAGE_SIZE);
      if (length < MMAP_AS_MORECORE_SIZE) length = MMAP_AS_MORECORE_SIZE;
      break;
  }
  if (length <= nb) return undefined;
  const start = m.mapAnonymous(length);
  m.why?.push(
    start === undefined
      ? say('malloc.mmapFailed', { bytes: figure(length) })
      : say('malloc.mmapFallback', { bytes: figure(length) }),
  );
  if (start === undefined) return undefined;
  m.setFlags(av, m.flags(av) | NONCONTIGUOUS_BIT);
  return { start: w.pointerAt(start), length };
}
