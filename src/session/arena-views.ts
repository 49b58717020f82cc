/**
 * The arenas of threads for the faces: their heaps with the chunks in them.
 */
import type { Range } from '../base/range.ts';
import { overlaps } from '../base/range.ts';
import type { ArenaHeap, ThreadArena } from '../core/malloc/thread-arenas.ts';
import type { ArenaHeapView, ArenaView, ChunkBandView, ChunkView } from '../protocol/view-model.ts';
import { HeapChunks } from './chunk-views.ts';
import type { ChunkParts } from './chunk-views.ts';
import { hex } from './event-views.ts';
import { gather, ordinalsIn, overview } from './gather.ts';

/** What views of arenas are made from. */
type ArenaParts = Omit<ChunkParts, 'heap'> & { readonly arenas: readonly ThreadArena[] };

/**
 * All arenas but the main one.
 *
 * @param most - chunks of a heap that are told one by one where there are no more
 * @param wanted - ranges of addresses whose chunks must stand by themselves
 */
export function arenaViews(parts: ArenaParts, most: number, wanted: readonly Range[]): readonly ArenaView[] {
  return parts.arenas.map(({ number, state, top, lastRemainder, systemMem, threads, heaps }) => ({
    number,
    state: hex(state.start),
    stateBytes: state.end - state.start,
    top: hex(top),
    lastRemainder: hex(lastRemainder),
    systemMem,
    threads: threads.map((thread) => thread + 1),
    heaps: heaps.map((heap) => heapView(parts, heap, most, wanted)),
  }));
}

function heapView(parts: ArenaParts, heap: ArenaHeap, most: number, wanted: readonly Range[]): ArenaHeapView {
  const chunks = new HeapChunks({ ...parts, heap }, wanted);
  return {
    start: hex(heap.used.start),
    end: hex(heap.used.end),
    infoBytes: heap.info.end - heap.info.start,
    openedEnd: hex(heap.openedEnd),
    reservedEnd: hex(heap.reservedEnd),
    ...chunks.views(heap.count === 0 ? [] : overview(chunks, most, leastUnit(heap.used, most))),
    chunkCount: heap.count,
    isCut: !heap.isComplete,
    tcacheCount: cachedIn(heap),
  };
}

/** The unit of bytes below which chunks are put together first: a power of two. */
export function leastUnit({ start, end }: Range, most: number): number {
  return 2 ** Math.floor(Math.log2(Math.max(16, (end - start) / most / 2)));
}

function cachedIn({ lists, used }: ArenaHeap): number {
  return lists
    .filter(({ state }) => state === 'tcache')
    .reduce(
      (sum, { members }) => sum + members.filter((mem) => mem > used.start && mem < used.end).length,
      0,
    );
}

/** What of the heaps of threads' arenas lies in a range, in units of some bytes. */
export function arenaDetail(
  parts: ArenaParts,
  range: Range,
  unitBytes: number,
  wanted: readonly Range[],
): { readonly chunks: readonly ChunkView[]; readonly bands: readonly ChunkBandView[] } {
  const found = parts.arenas
    .flatMap(({ heaps }) => heaps)
    .filter((heap) => heap.count > 0 && overlaps(heap.used, range))
    .map((heap) => {
      const chunks = new HeapChunks({ ...parts, heap }, wanted);
      const { first, end } = ordinalsIn(chunks, range, unitBytes);
      return chunks.views(gather(chunks, first, end, unitBytes));
    });
  return { chunks: found.flatMap(({ chunks }) => chunks), bands: found.flatMap(({ bands }) => bands) };
}
