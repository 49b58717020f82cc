/**
 * Freeing: into the tcache, a fast bin, the bins after merging, or back to the kernel.
 *
 * Source: malloc/malloc.c (_int_free, _int_free_merge_chunk, _int_free_create_chunk, malloc_consolidate, systrim,
 * munmap_chunk).
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { say } from '../text/malloc-texts.ts';
import {
  back,
  chunk2mem,
  chunksize,
  clearInuseBit,
  flagsOf,
  forward,
  inuseBitAtOffset,
  prevInuse,
  prevSize,
  rawSize,
  setBack,
  setFoot,
  setForward,
  setHead,
  withFlags,
  withoutFlags,
} from './chunk.ts';
import {
  clearNextsize,
  fastbinIndex,
  inSmallbinRange,
  markBin,
  setFreeChunk,
  smallbinIndex,
  unlinkChunk,
} from './bins.ts';
import { heapTrim } from './heap.ts';
import { codeInHeap, putUnsortedNear } from './near-chunks.ts';
import { nearFields } from './near-fields.ts';
import type { NearFields } from './near-fields.ts';
import { mergeAboveNear, mergeBelowNear } from './near-free.ts';
import { FASTBIN_CONSOLIDATION_THRESHOLD, IS_MMAPPED, PREV_INUSE } from './params.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import {
  hasTcacheKey,
  scanForDoubleFree,
  tcacheCount,
  tcacheHasRoom,
  tcacheIndex,
  tcachePut,
} from './tcache.ts';
import { CACHED, NOT_CACHED, UNDECIDED, putIntoTcacheNear } from './tcache-near.ts';
import { figure } from './word.ts';
import type { Word } from './word.ts';

/**
 * Frees a chunk of an arena, after checking it.
 *
 * @param internal - the allocator itself frees (tail of realloc, lead of memalign, old top), with the arena locked
 * @source _int_free
 */
export function intFree(m: Ptmalloc, av: Pointer, p: Pointer, internal: boolean): void {
  const cached = m.why === undefined ? putIntoTcacheNear(m, chunk2mem(m, p)) : UNDECIDED;
  if (cached === CACHED) return;
  if (cached === NOT_CACHED) {
    freeUncached(m, av, p, m.takenSize, internal);
    return;
  }
  const size = chunksize(m, p);
  if (m.w.wraps(p, size) || m.misalignedChunk(p)) m.abort('free(): invalid pointer', chunk2mem(m, p));
  if (size < m.MINSIZE || m.misalignedSize(size)) m.abort('free(): invalid size', chunk2mem(m, p));
  if (tcacheTakes(m, p, size)) return;
  intFreeChunk(m, av, p, size, internal);
}

/** Frees a chunk that the allocator itself cut off. */
export function freeInternally(m: Ptmalloc, av: Pointer, p: Pointer): void {
  if (m.release.tcache.takesInternalFrees) intFree(m, av, p, true);
  else intFreeChunk(m, av, p, chunksize(m, p), true);
}

/** Frees the old chunk of a realloc that went to another arena. */
export function freeFromOutside(m: Ptmalloc, av: Pointer, p: Pointer): void {
  if (m.release.freeOrder === 'mmapped-first') intFree(m, av, p, false);
  else intFreeChunk(m, av, p, chunksize(m, p), false);
}

/** Tries to put a chunk into its small tcache bin, looking for a double free on the way. */
function tcacheTakes(m: Ptmalloc, p: Pointer, size: Word): boolean {
  if (m.tcache === NULL) return false;
  const idx = tcacheIndex(m, size);
  if (idx >= m.mpWord(m.params.par.tcacheBins)) {
    m.why?.push(say('malloc.tcacheTooLarge', { size: figure(size) }));
    return false;
  }
  const mem = chunk2mem(m, p);
  if (hasTcacheKey(m, mem)) scanForDoubleFree(m, mem, idx);
  if (!tcacheHasRoom(m, idx)) {
    m.why?.push(say('malloc.tcacheFull', { bin: idx, size: figure(size), count: tcacheCount(m, idx) }));
    return false;
  }
  m.why?.push(say('malloc.tcachePut', { bin: idx, size: figure(size), count: tcacheCount(m, idx) + 1 }));
  tcachePut(m, mem, idx);
  return true;
}

/** Frees a chunk that the tcache does not take. @source _int_free_chunk */
export function intFreeChunk(m: Ptmalloc, av: Pointer, p: Pointer, size: Word, internal: boolean): void {
  if (m.release.arenaHasFastbins && size <= m.globalMaxFast) {
    freeToFastbin(m, av, p, size, internal);
    return;
  }
  if ((flagsOf(rawSize(m, p)) & IS_MMAPPED) !== 0) {
    if (m.release.freeOrder === 'cache-first') raiseMmapThreshold(m, p);
    munmapChunk(m, p);
    return;
  }
  mergeAndFree(m, av, p, size);
}

/** The same for a chunk that is known to be none of mmap's. */
export function freeUncached(m: Ptmalloc, av: Pointer, p: Pointer, size: Word, internal: boolean): void {
  if (m.release.arenaHasFastbins && size <= m.globalMaxFast) freeToFastbin(m, av, p, size, internal);
  else mergeAndFree(m, av, p, size);
}

function freeToFastbin(m: Ptmalloc, av: Pointer, p: Pointer, size: Word, internal: boolean): void {
  const { w } = m;
  const next = w.plus(p, size);
  if (rawSize(m, next) <= m.CHUNK_HDR_SZ || chunksize(m, next) >= m.systemMem(av))
    m.abort('free(): invalid next size (fast)', chunk2mem(m, p));
  perturbFreed(m, p, size);
  m.setHaveFastchunks(av, true);
  const idx = fastbinIndex(m, size);
  const head = m.fastbinAt(av, idx);
  const old = w.readPointer(head, 0);
  if (old === p) m.abort('double free or corruption (fasttop)', chunk2mem(m, p));
  w.writeLink(chunk2mem(m, p), old);
  w.writePointer(head, 0, p);
  m.why?.push(say('malloc.fastPut', { bin: idx, size: figure(size) }));
  if (internal && old !== NULL && fastbinIndex(m, chunksize(m, old)) !== idx)
    m.abort('invalid fastbin entry (free)', chunk2mem(m, p));
}

/** Fills freed user memory when M_PERTURB asks for it. @source free_perturb */
function perturbFreed(m: Ptmalloc, p: Pointer, size: Word): void {
  if (m.perturbByte === 0) return;
  m.w.fill(chunk2mem(m, p), m.perturbByte & 0xff, m.w.sub(size, m.CHUNK_HDR_SZ));
}

/** What free checks of a chunk and its neighbour above. @returns the size word of that */
function checkFreed(m: Ptmalloc, av: Pointer, p: Pointer, next: Pointer): Word {
  const { w } = m;
  if (p === m.top(av)) m.abort('double free or corruption (top)', chunk2mem(m, p));
  if (m.contiguous(av) && !w.below(next, w.plus(m.top(av), chunksize(m, m.top(av)))))
    m.abort('double free or corruption (out)', chunk2mem(m, p));
  const nextRaw = rawSize(m, next);
  if ((flagsOf(nextRaw) & PREV_INUSE) === 0) m.abort('double free or corruption (!prev)', chunk2mem(m, p));
  if (nextRaw <= m.CHUNK_HDR_SZ || withoutFlags(nextRaw) >= m.systemMem(av))
    m.abort('free(): invalid next size (normal)', chunk2mem(m, p));
  return nextRaw;
}

/** Merges a chunk with its free neighbours and puts the result where it belongs. @source _int_free_merge_chunk */
export function mergeAndFree(m: Ptmalloc, av: Pointer, chunk: Pointer, chunkSize: Word): void {
  const { w } = m;
  let p = chunk;
  let size = chunkSize;
  const next = w.plus(p, size);
  const near = nearFields(m, av);
  if (near !== undefined && mergeAndFreeNear(m, av, near, codeInHeap(p), Number(size))) return;
  const nextRaw = checkFreed(m, av, p, next);
  perturbFreed(m, p, size);
  if (!prevInuse(m, p)) {
    const below = prevSize(m, p);
    size = w.add(size, below);
    p = w.minus(p, below);
    if (m.release.checks.unsorted && chunksize(m, p) !== below)
      m.abort('corrupted size vs. prev_size while consolidating');
    m.why?.push(
      say('malloc.mergeBelow', { chunk: w.addressNumber(p), below: figure(below), size: figure(size) }),
    );
    unlinkChunk(m, p);
  }
  const result = insertFreeChunk(m, av, p, size, next, withoutFlags(nextRaw));
  maybeTrim(m, av, result);
}

/** The same for the chunk with this code. @returns false when nothing has changed */
function mergeAndFreeNear(
  m: Ptmalloc,
  av: Pointer,
  near: NearFields,
  code: number,
  chunkSize: number,
): boolean {
  const start = mergeBelowNear(m, near, code, chunkSize);
  if (start === 0) return false;
  const end = code + chunkSize;
  const merged = mergeAboveNear(m, near, start, end);
  const p = start as unknown as Pointer;
  const next = end as unknown as Pointer;
  let size: Word;
  if (merged < 0) size = -merged;
  else if (merged > 0) size = placeFreeChunk(m, av, p, merged, near);
  else size = insertFreeChunk(m, av, p, end - start, next, chunksize(m, next));
  maybeTrim(m, av, size);
  return true;
}

/**
 * Makes a free chunk of p, gluing it to a free chunk or top behind it.
 *
 * @returns the size it ended up with
 * @source _int_free_create_chunk
 */
export function insertFreeChunk(
  m: Ptmalloc,
  av: Pointer,
  p: Pointer,
  chunkSize: Word,
  next: Pointer,
  nextSize: Word,
): Word {
  const { w } = m;
  let size = chunkSize;
  if (next === m.top(av)) {
    size = w.add(size, nextSize);
    setHead(m, p, withFlags(size, PREV_INUSE));
    m.setTop(av, p);
    m.why?.push(say('malloc.mergeTop', { size: figure(size) }));
    return size;
  }
  if (inuseBitAtOffset(m, next, nextSize)) clearInuseBit(m, next);
  else {
    unlinkChunk(m, next);
    size = w.add(size, nextSize);
    m.why?.push(
      say('malloc.mergeAbove', { chunk: w.addressNumber(next), above: figure(nextSize), size: figure(size) }),
    );
  }
  return placeFreeChunk(m, av, p, size, undefined);
}

/** Puts a free chunk at the front of the unsorted list, or of its small bin where the release does so. @returns its size */
function placeFreeChunk(
  m: Ptmalloc,
  av: Pointer,
  p: Pointer,
  size: Word,
  near: NearFields | undefined,
): Word {
  const straightToSmall = m.release.freesIntoSmallBins && inSmallbinRange(m, size);
  if (near !== undefined && !straightToSmall && putUnsortedNear(m.w, near, codeInHeap(p), Number(size)))
    return size;
  const idx = straightToSmall ? smallbinIndex(m, size) : 1;
  const bin = m.binAt(av, idx);
  const first = forward(m, bin);
  if (back(m, first) !== bin)
    m.abort(
      straightToSmall ? 'free(): chunks in smallbin corrupted' : 'free(): corrupted unsorted chunks',
      chunk2mem(m, p),
    );
  if (straightToSmall) markBin(m, av, idx);
  setForward(m, p, first);
  setBack(m, p, bin);
  if (!straightToSmall) clearNextsize(m, p, size);
  setForward(m, bin, p);
  setBack(m, first, p);
  setFreeChunk(m, p, size);
  m.why?.push(
    straightToSmall
      ? say('malloc.putSmall', { size: figure(size), bin: idx })
      : say('malloc.putUnsorted', { size: figure(size) }),
  );
  return size;
}

/** Consolidates and trims after a big free. @source _int_free_maybe_trim */
export function maybeTrim(m: Ptmalloc, av: Pointer, size: Word): void {
  if (size < FASTBIN_CONSOLIDATION_THRESHOLD) return;
  if (m.haveFastchunks(av)) mallocConsolidate(m, av);
  if (av !== m.mainArena) {
    heapTrim(m, av, m.mpWord(m.params.par.topPad));
    return;
  }
  const topSize = chunksize(m, m.top(av));
  const threshold = m.mpWord(m.params.par.trimThreshold);
  if (topSize >= threshold) systrim(m, m.mpWord(m.params.par.topPad), av);
  else m.why?.push(say('malloc.noTrim', { top: figure(topSize), threshold: figure(threshold) }));
}

/**
 * Gives whole pages at the end of top back, keeping `pad` bytes.
 *
 * @returns 1 when the break moved, else 0
 * @source systrim
 */
export function systrim(m: Ptmalloc, pad: Word, av: Pointer): 0 | 1 {
  const { w } = m;
  const top = m.top(av);
  const topSize = chunksize(m, top);
  const area = w.sub(topSize, m.MINSIZE + 1);
  if (area <= pad) {
    m.why?.push(say('malloc.trimTooLittle', { top: figure(topSize), pad: figure(pad) }));
    return 0;
  }
  const extra = w.alignDown(w.sub(area, pad), PAGE_SIZE);
  if (extra === 0) {
    m.why?.push(say('malloc.trimTooLittle', { top: figure(topSize), pad: figure(pad) }));
    return 0;
  }
  const current = m.sbrk(0);
  if (current === undefined || current !== w.plus(top, topSize)) {
    m.why?.push(say('malloc.trimForeign'));
    return 0;
  }
  m.sbrk(w.sub(0, extra));
  const now = m.sbrk(0);
  if (now === undefined) return 0;
  const released = w.distance(current, now);
  if (released === 0) return 0;
  m.why?.push(say('malloc.trimmed', { bytes: figure(released), pad: figure(pad) }));
  m.setSystemMem(av, w.sub(m.systemMem(av), released));
  setHead(m, top, withFlags(w.sub(topSize, released), PREV_INUSE));
  return 1;
}

/** Empties the fast bins: merges their chunks into the unsorted list or top. @source malloc_consolidate */
export function mallocConsolidate(m: Ptmalloc, av: Pointer): void {
  if (!m.release.arenaHasFastbins) return;
  m.why?.push(say('malloc.consolidate'));
  m.setHaveFastchunks(av, false);
  for (let idx = 0; idx < m.params.arena.fastbinCount; idx += 1) {
    const head = m.fastbinAt(av, idx);
    let p = m.w.readPointer(head, 0);
    if (p === NULL) continue;
    m.w.writePointer(head, 0, NULL);
    for (let steps = 0; p !== NULL; steps += 1) {
      m.checkSteps(steps);
      p = consolidateChunk(m, av, p, idx);
    }
  }
}

/** Merges one fast chunk. @returns the next one of its bin */
function consolidateChunk(m: Ptmalloc, av: Pointer, chunk: Pointer, idx: number): Pointer {
  const { w } = m;
  if (m.release.safeLinking && m.misalignedChunk(chunk))
    m.abort('malloc_consolidate(): unaligned fastbin chunk detected');
  let p = chunk;
  let size = chunksize(m, p);
  if (m.release.checks.consolidateSize && fastbinIndex(m, size) !== idx)
    m.abort('malloc_consolidate(): invalid chunk size');
  const following = w.readLink(chunk2mem(m, p));
  const next = w.plus(p, size);
  const nextSize = chunksize(m, next);
  if (!prevInuse(m, p)) {
    const below = prevSize(m, p);
    size = w.add(size, below);
    p = w.minus(p, below);
    if (m.release.checks.unsorted && chunksize(m, p) !== below)
      m.abort('corrupted size vs. prev_size in fastbins');
    unlinkChunk(m, p);
  }
  if (next === m.top(av)) {
    size = w.add(size, nextSize);
    setHead(m, p, withFlags(size, PREV_INUSE));
    m.setTop(av, p);
    return following;
  }
  if (inuseBitAtOffset(m, next, nextSize)) clearInuseBit(m, next);
  else {
    size = w.add(size, nextSize);
    unlinkChunk(m, next);
  }
  const unsorted = m.binAt(av, 1);
  const first = forward(m, unsorted);
  setForward(m, unsorted, p);
  setBack(m, first, p);
  clearNextsize(m, p, size);
  setHead(m, p, withFlags(size, PREV_INUSE));
  setBack(m, p, unsorted);
  setForward(m, p, first);
  setFoot(m, p, size);
  return following;
}

/** Lets the limits for mmap and trimming follow the size of a freed mapping. @source __libc_free */
export function raiseMmapThreshold(m: Ptmalloc, p: Pointer): void {
  const { par, DEFAULT_MMAP_THRESHOLD_MAX } = m.params;
  if (m.mpInt(par.noDynThreshold) !== 0) return;
  const raw = rawSize(m, p);
  if (raw <= m.mpWord(par.mmapThreshold) || raw > DEFAULT_MMAP_THRESHOLD_MAX) return;
  const threshold = chunksize(m, p);
  m.setMpWord(par.mmapThreshold, threshold);
  m.setMpWord(par.trimThreshold, m.w.add(threshold, threshold));
  m.why?.push(say('malloc.thresholdRaised', { threshold: figure(threshold), trim: 2 * Number(threshold) }));
}

/** The mapping that an mmapped chunk lies in. */
export interface ChunkMapping {
  readonly block: Pointer;
  readonly length: Word;
  /** Whether start and length are whole pages and the block lies at a power of two in its page. */
  readonly valid: boolean;
}

/** Where the mapping of an mmapped chunk starts and how long it is, by its header. */
export function mappingOf(m: Ptmalloc, p: Pointer): ChunkMapping {
  const { w } = m;
  const below = m.release.mmappedTail ? w.alignDown(prevSize(m, p), 2) : prevSize(m, p);
  const block = w.minus(p, below);
  let length = w.add(below, chunksize(m, p));
  if (m.release.mmappedTail) length = w.add(length, m.CHUNK_HDR_SZ);
  const inPage = w.lowBits(chunk2mem(m, p), PAGE_SIZE - 1);
  const aligned = w.lowBits(block, PAGE_SIZE - 1) === 0 && w.alignDown(length, PAGE_SIZE) === length;
  const powerOf2 = (inPage & (inPage - 1)) === 0;
  return { block, length, valid: aligned && (powerOf2 || !m.release.checks.mmappedOffset) };
}

/** Unmaps an mmapped chunk. @source munmap_chunk */
export function munmapChunk(m: Ptmalloc, p: Pointer): void {
  const mapping = mappingOf(m, p);
  if (!mapping.valid) m.abort('munmap_chunk(): invalid pointer', chunk2mem(m, p));
  const { par } = m.params;
  m.setMpInt(par.nMmaps, m.mpInt(par.nMmaps) - 1);
  m.setMpWord(par.mmappedMem, m.w.sub(m.mpWord(par.mmappedMem), mapping.length));
  m.why?.push(say('malloc.munmap', { bytes: figure(mapping.length) }));
  const result = m.syscalls.munmap(m.w.addressNumber(mapping.block), Number(mapping.length));
  if (result < 0) m.errno = -result;
}
