/**
 * Heaps of secondary arenas: reserved areas of HEAP_MAX_SIZE at multiples of their size, opened page by page.
 *
 *   heap + 0        ar_ptr: the arena
 *   heap + 1 word   prev: the heap before this one, 0 for the first
 *   heap + 2 words  size: bytes in use
 *   heap + 3 words  mprotect_size: bytes that were opened
 *
 * The first heap of an arena has its malloc_state behind this header.
 *
 * Source: malloc/arena.c (new_heap, grow_heap, shrink_heap, heap_trim).
 * Simplified: a shrunk heap is given back with MADV_DONTNEED; the look at vm.overcommit_memory, which makes glibc map
 * the pages anew under strict overcommit, is not made.
 */
import { PAGE_SIZE, roundUp } from '../../base/address.ts';
import { MAP_ANONYMOUS, MAP_NORESERVE, MAP_PRIVATE, PROT_NONE, PROT_READ, PROT_WRITE } from '../mm/kernel.ts';
import { say } from '../text/malloc-texts.ts';
import { unlinkChunk } from './bins.ts';
import { chunksize, prevInuse, prevSize, rawSize, setHead, withFlags } from './chunk.ts';
import { PREV_INUSE } from './params.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import { figure } from './word.ts';
import type { Word } from './word.ts';

/** Least size of a heap. @source malloc/arena.c: HEAP_MIN_SIZE */
const HEAP_MIN_SIZE = 32 * 1024;

/** Bytes of heap_info. */
export function heapInfoBytes(m: Ptmalloc): number {
  return m.release.heapInfoWords[m.SIZE_SZ === 8 ? 'x86_64' : 'i386'] * m.SIZE_SZ;
}

/** The heap that an address of a secondary arena lies in. @source heap_for_ptr */
export function heapForPtr(m: Ptmalloc, at: Pointer): Pointer {
  return m.w.pointerDown(at, m.params.HEAP_MAX_SIZE);
}

/** Writes the arena that a heap belongs to. */
export function setHeapArena(m: Ptmalloc, heap: Pointer, arena: Pointer): void {
  m.w.writePointer(heap, 0, arena);
}

/** The heap before this one of the same arena; 0 for the first. */
export function heapPrev(m: Ptmalloc, heap: Pointer): Pointer {
  return m.w.readPointer(heap, m.SIZE_SZ);
}

/** Writes the heap before this one. */
export function setHeapPrev(m: Ptmalloc, heap: Pointer, prev: Pointer): void {
  m.w.writePointer(heap, m.SIZE_SZ, prev);
}

/** Bytes of a heap that are in use. */
export function heapSize(m: Ptmalloc, heap: Pointer): Word {
  return m.w.read(heap, 2 * m.SIZE_SZ);
}

/** Bytes of a heap that were opened. */
export function heapMprotectSize(m: Ptmalloc, heap: Pointer): Word {
  return m.w.read(heap, 3 * m.SIZE_SZ);
}

/**
 * Reserves an area and opens its first pages.
 *
 * @param bytes - what has to fit; top_pad is added where that stays below the largest heap
 * @returns NULL when it would be too large or the kernel refuses
 * @source new_heap
 */
export function newHeap(m: Ptmalloc, bytes: Word): Pointer {
  const { w } = m;
  const maximum = m.params.HEAP_MAX_SIZE;
  const padded = w.add(bytes, m.mpWord(m.params.par.topPad));
  let size: number;
  if (padded < HEAP_MIN_SIZE) size = HEAP_MIN_SIZE;
  else if (padded <= maximum) size = Number(padded);
  else if (bytes > maximum) return NULL;
  else size = maximum;
  size = roundUp(size, PAGE_SIZE);
  const start = reserve(m, maximum);
  if (start === 0) return NULL;
  if (m.syscalls.mprotect(start, size, PROT_READ | PROT_WRITE) !== 0) {
    m.syscalls.munmap(start, maximum);
    return NULL;
  }
  const heap = w.pointerAt(start);
  w.write(heap, 2 * m.SIZE_SZ, size);
  w.write(heap, 3 * m.SIZE_SZ, size);
  if (heapInfoBytes(m) === 6 * m.SIZE_SZ) w.write(heap, 4 * m.SIZE_SZ, PAGE_SIZE);
  m.why?.push(say('malloc.newHeap', { start, bytes: size, reserved: maximum }));
  return heap;
}

/** An area of this size at a multiple of it, without access; 0 when the kernel has none. */
function reserve(m: Ptmalloc, bytes: number): number {
  const { syscalls } = m;
  const flags = MAP_PRIVATE | MAP_ANONYMOUS | (m.release.heapsNoReserve ? MAP_NORESERVE : 0);
  const map = (at: number, length: number): number => syscalls.mmap(at, length, PROT_NONE, flags);
  if (m.alignedHeapArea !== 0) {
    const start = map(m.alignedHeapArea, bytes);
    m.alignedHeapArea = 0;
    if (start >= 0 && start % bytes === 0) return start;
    if (start >= 0) syscalls.munmap(start, bytes);
  }
  const area = map(0, 2 * bytes);
  if (area >= 0) {
    const start = roundUp(area, bytes);
    const front = start - area;
    // An area that is aligned already has room for the next heap right behind.
    if (front > 0) syscalls.munmap(area, front);
    else m.alignedHeapArea = start + bytes;
    syscalls.munmap(start + bytes, bytes - front);
    return start;
  }
  const start = map(0, bytes);
  if (start < 0) return 0;
  if (start % bytes === 0) return start;
  syscalls.munmap(start, bytes);
  return 0;
}

/** Opens more of a heap. @returns false when it is full or the kernel refuses. @source grow_heap */
export function growHeap(m: Ptmalloc, heap: Pointer, bytes: Word): boolean {
  const { w } = m;
  const size = w.add(heapSize(m, heap), w.alignUp(bytes, PAGE_SIZE));
  if (size > m.params.HEAP_MAX_SIZE) return false;
  const opened = heapMprotectSize(m, heap);
  if (size > opened) {
    const from = w.addressNumber(w.plus(heap, opened));
    if (m.syscalls.mprotect(from, Number(w.sub(size, opened)), PROT_READ | PROT_WRITE) !== 0) return false;
    w.write(heap, 3 * m.SIZE_SZ, size);
  }
  w.write(heap, 2 * m.SIZE_SZ, size);
  m.why?.push(say('malloc.heapGrew', { start: w.addressNumber(heap), size: figure(size) }));
  return true;
}

/** Gives pages at the end of a heap back. @source shrink_heap */
function shrinkHeap(m: Ptmalloc, heap: Pointer, bytes: Word): boolean {
  const { w } = m;
  const size = w.sub(heapSize(m, heap), bytes);
  if (w.isNegative(size) || size < heapInfoBytes(m)) return false;
  m.syscalls.madviseDontneed(w.addressNumber(w.plus(heap, size)), Number(bytes));
  w.write(heap, 2 * m.SIZE_SZ, size);
  return true;
}

/**
 * Gives whole heaps that hold nothing but top back, then pages at the end of top.
 *
 * @source heap_trim
 */
export function heapTrim(m: Ptmalloc, av: Pointer, pad: Word): void {
  const { w } = m;
  let heap = heapForPtr(m, m.top(av));
  while (m.top(av) === w.plus(heap, heapInfoBytes(m))) {
    const below = heapPrev(m, heap);
    const joined = topBefore(m, below);
    const unused = w.sub(m.params.HEAP_MAX_SIZE, heapSize(m, below));
    if (w.add(joined.size, unused) < w.add(w.add(pad, m.MINSIZE), PAGE_SIZE)) break;
    m.setSystemMem(av, w.sub(m.systemMem(av), heapSize(m, heap)));
    deleteHeap(m, w.addressNumber(heap));
    heap = below;
    if (joined.free) unlinkChunk(m, joined.chunk);
    m.setTop(av, joined.chunk);
    setHead(m, joined.chunk, withFlags(joined.size, PREV_INUSE));
  }
  const top = m.top(av);
  const topSize = chunksize(m, top);
  const threshold = m.mpWord(m.params.par.trimThreshold);
  if (topSize < threshold) {
    m.why?.push(say('malloc.noTrim', { top: figure(topSize), threshold: figure(threshold) }));
    return;
  }
  const area = w.sub(topSize, m.MINSIZE + 1);
  if (w.isNegative(area) || area <= pad) return;
  const extra = w.alignDown(w.sub(area, pad), PAGE_SIZE);
  if (extra === 0 || !shrinkHeap(m, heap, extra)) return;
  m.setSystemMem(av, w.sub(m.systemMem(av), extra));
  setHead(m, top, withFlags(w.sub(topSize, extra), PREV_INUSE));
  m.why?.push(say('malloc.trimmed', { bytes: figure(extra), pad: figure(pad) }));
}

/** What top becomes when the heap above this one goes: the fenceposts at its end and the free chunk below them. */
function topBefore(m: Ptmalloc, heap: Pointer): { chunk: Pointer; size: Word; free: boolean } {
  const { w } = m;
  const tail = m.MINSIZE - m.CHUNK_HDR_SZ;
  const end = w.plus(heap, w.sub(heapSize(m, heap), tail));
  const misalign = w.lowBits(end, m.ALIGN_MASK);
  const last = w.minus(end, misalign);
  if (rawSize(m, last) !== PREV_INUSE)
    m.assertionFailed('heap_trim', undefined, 'chunksize_nomask (p) == (0 | PREV_INUSE)');
  const fencepost = w.minus(last, prevSize(m, last));
  const size = w.add(chunksize(m, fencepost), tail + misalign);
  if (prevInuse(m, fencepost)) return { chunk: fencepost, size, free: false };
  const below = prevSize(m, fencepost);
  return { chunk: w.minus(fencepost, below), size: w.add(size, below), free: true };
}

function deleteHeap(m: Ptmalloc, heap: number): void {
  const bytes = m.params.HEAP_MAX_SIZE;
  if (heap + bytes === m.alignedHeapArea) m.alignedHeapArea = 0;
  m.why?.push(say('malloc.heapDeleted', { start: heap, bytes }));
  m.syscalls.munmap(heap, bytes);
}
