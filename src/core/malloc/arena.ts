/**
 * Secondary arenas: a reserved, aligned area with the arena's own malloc_state at its start.
 *
 * In a process of one thread there is a single occasion: a free before the first allocation finds no arena for the
 * tcache structure and makes one.
 *
 * Source: malloc/arena.c (new_heap, _int_new_arena).
 * Not modelled: growing and shrinking of such an arena, further heaps, sharing between threads.
 */
import { PAGE_SIZE, roundUp } from '../../base/address.ts';
import { MAP_ANONYMOUS, MAP_NORESERVE, MAP_PRIVATE, PROT_NONE, PROT_READ, PROT_WRITE } from '../mm/kernel.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { setHead } from './chunk.ts';
import { PREV_INUSE } from './params.ts';
import type { Ptmalloc } from './ptmalloc.ts';

/** Least size of a heap. @source malloc/arena.c: HEAP_MIN_SIZE */
const HEAP_MIN_SIZE = 32 * 1024;

/**
 * Makes an arena in an area of its own.
 *
 * @returns its address
 * @throws NotModelled when the kernel refuses, where the thread would go on with the main arena
 * @source _int_new_arena
 */
export function createArena(m: Ptmalloc, bytes: number): number {
  const { w, params } = m;
  const headerBytes = m.release.heapInfoWords[m.SIZE_SZ === 8 ? 'x86_64' : 'i386'] * m.SIZE_SZ;
  const heap = newHeap(m, headerBytes + params.arena.bytes + params.MALLOC_ALIGNMENT);
  const arena = heap.start + headerBytes;
  w.write(heap.start, 0, arena);
  w.write(heap.start, 2 * m.SIZE_SZ, heap.size);
  w.write(heap.start, 3 * m.SIZE_SZ, heap.size);
  if (headerBytes === 6 * m.SIZE_SZ) w.write(heap.start, 4 * m.SIZE_SZ, PAGE_SIZE);
  m.initState(arena);
  w.write(arena, params.arena.attachedThreads, 1);
  m.setSystemMem(arena, heap.size);
  m.setMaxSystemMem(arena, heap.size);
  // The first chunk starts where its user address is aligned.
  const mem = roundUp(arena + params.arena.bytes + m.CHUNK_HDR_SZ, params.MALLOC_ALIGNMENT);
  const top = mem - m.CHUNK_HDR_SZ;
  m.setTop(arena, top);
  setHead(m, top, heap.start + heap.size - top + PREV_INUSE);
  w.write(arena, params.arena.next, w.read(m.mainArena, params.arena.next));
  w.write(m.mainArena, params.arena.next, arena);
  if (heap.start + heap.size - top < bytes) throw new NotModelled('a heap smaller than its first chunk');
  return arena;
}

/** Reserves twice the largest heap, keeps the aligned half and opens its first pages. @source new_heap */
function newHeap(m: Ptmalloc, bytes: number): { start: number; size: number } {
  const { HEAP_MAX_SIZE, par } = m.params;
  const pad = Number(m.mpWord(par.topPad));
  let size: number;
  if (bytes + pad < HEAP_MIN_SIZE) size = HEAP_MIN_SIZE;
  else if (bytes + pad <= HEAP_MAX_SIZE) size = bytes + pad;
  else size = HEAP_MAX_SIZE;
  size = roundUp(size, PAGE_SIZE);
  const flags = MAP_PRIVATE | MAP_ANONYMOUS | (m.release.heapsNoReserve ? MAP_NORESERVE : 0);
  const area = m.syscalls.mmap(0, 2 * HEAP_MAX_SIZE, PROT_NONE, flags, -1, 0);
  if (area < 0) throw new NotModelled('an arena whose reservation the kernel refuses');
  const start = roundUp(area, HEAP_MAX_SIZE);
  if (start !== area) m.syscalls.munmap(area, start - area);
  const excess = area + HEAP_MAX_SIZE - start;
  m.syscalls.munmap(start + HEAP_MAX_SIZE, excess);
  if (m.syscalls.mprotect(start, size, PROT_READ | PROT_WRITE) !== 0)
    throw new NotModelled('an arena whose memory the kernel refuses');
  return { start, size };
}
