/**
 * The walk from chunk to chunk by the sizes in their headers, and the walk over those parts of a heap alone that have changed.
 *
 * Source: the order and the ends are those of inspect.ts, which has the same facts as objects.
 */
import { firstBeyond } from '../../base/bisect.ts';
import type { Range } from '../../base/range.ts';
import { flagsOf, withoutFlags } from './chunk.ts';
import type { ArenaInfo, ChunkState, StillPeek } from './inspect.ts';
import { PREV_INUSE } from './params.ts';
import type { Ptmalloc } from './ptmalloc.ts';

/** The states by their codes. */
export const chunkStates: readonly ChunkState[] = [
  'in-use',
  'tcache-struct',
  'tcache',
  'fastbin',
  'unsorted',
  'small',
  'large',
  'top',
  'fencepost',
  'lost',
];

/** The code of a state. */
export const codeOf = (state: ChunkState): number => chunkStates.indexOf(state);

const IN_USE = codeOf('in-use');
const TCACHE_STRUCT = codeOf('tcache-struct');
const TOP = codeOf('top');
const FENCEPOST = codeOf('fencepost');
const LOST = codeOf('lost');

/** A walk is not longer; more chunks do not fit into a simulated memory. */
const mostChunks = 2 ** 27;

/** Where more chunks than this may have changed, the whole heap is walked. */
const mostChanged = 2 ** 15;

/** What is walked. */
export interface WalkedHeap {
  readonly m: Ptmalloc;
  readonly peek: StillPeek;
  readonly arena: ArenaInfo;
}

/** Takes the address of a chunk and the code of its state, which does not know of lists; returns whether to go on. */
type ChunkVisitor = (addr: number, code: number) => boolean;

/**
 * Goes from chunk to chunk up to top, which is told too.
 *
 * @returns whether it came to top; false also where `visit` ended it
 */
export function walkHeap({ m, peek, arena }: WalkedHeap, from: number, visit: ChunkVisitor): boolean {
  const { top } = arena;
  const most = Number(peek.word(m.mainArenaAddress, m.params.arena.maxSystemMem));
  const end = walkFrom({ m, peek, top, most }, from, visit);
  if (end === 'visitor') return false;
  visit(top, TOP);
  return end === 'top';
}

/**
 * Goes from chunk to chunk up to top, which is not told, or to behind two fenceposts.
 *
 * @returns what ended it
 */
export function walkFrom(
  {
    m,
    peek,
    top,
    most,
  }: Pick<WalkedHeap, 'm' | 'peek'> & {
    readonly top: number;
    /** Bytes of the largest chunk that is believed. */
    readonly most: number;
  },
  from: number,
  visit: ChunkVisitor,
): 'top' | 'fenceposts' | 'size' | 'visitor' {
  const [tcache, ...others] = m.tcaches.map(({ address }) => address);
  const { SIZE_SZ, CHUNK_HDR_SZ, MINSIZE } = m;
  let p = from;
  let fenceposts = 0;
  let raw = peek.word(p, SIZE_SZ);
  for (let count = 0; count < mostChunks && p !== top; count++) {
    const size = Number(withoutFlags(raw));
    const next = peek.at(p + size + SIZE_SZ);
    const isFencepost = size < MINSIZE;
    const isUsed = (flagsOf(next) & PREV_INUSE) !== 0;
    const own = isFencepost ? FENCEPOST : isUsed ? IN_USE : LOST;
    const mem = p + CHUNK_HDR_SZ;
    const isCache = mem === tcache || (others.length > 0 && others.includes(mem));
    if (!visit(p, isCache ? TCACHE_STRUCT : own)) return 'visitor';
    fenceposts = isFencepost ? fenceposts + 1 : 0;
    if (fenceposts === 2) return 'fenceposts';
    if (size < CHUNK_HDR_SZ || size > most) return 'size';
    p += size;
    raw = next;
  }
  return p === top ? 'top' : 'size';
}

/** Chunks in order of address, by ordinal; the last one is top. */
export interface ChunkColumns {
  readonly count: number;
  readonly starts: Float64Array;
  /** Codes of their states. */
  readonly stateCodes: Uint8Array;
}

/** Chunks that take the place of those from ordinal `first` up to and without `end`. */
export interface HeapEdit {
  readonly first: number;
  readonly end: number;
  readonly starts: readonly number[];
  readonly codes: readonly number[];
}

/** Index of the first value that is at least `least`. */
export function firstFrom({ starts, count }: ChunkColumns, least: number): number {
  return firstBeyond(0, count, (index) => (starts[index] ?? 0) < least);
}

/**
 * Walks again where headers have changed, from the chunk below each of them on (whose state the header tells) until the walk
 * meets a chunk that was known.
 *
 * @param old - the chunks of a whole walk at another moment, with the same start of the heap
 * @param changed - ranges of addresses whose content differs
 * @returns what is different, by address; undefined where the whole heap is to be walked
 */
export function rewalk(
  heap: WalkedHeap,
  old: ChunkColumns & { readonly arena: ArenaInfo },
  changed: readonly Range[],
): readonly HeapEdit[] | undefined {
  const outdated = outdatedOrdinals(heap, old, changed);
  if (outdated === undefined) return undefined;
  const edits: HeapEdit[] = [];
  let from = 0;
  for (const first of outdated) {
    if (first < from) continue;
    const edit = editFrom(heap, old, first, (ordinal) => outdated.has(ordinal));
    if (edit === undefined) return undefined;
    edits.push(edit);
    from = edit.end;
  }
  return edits;
}

/** Chunks whose header is no longer what it was, and those right below them, ascending. */
function outdatedOrdinals(
  { m: { SIZE_SZ }, arena }: WalkedHeap,
  old: ChunkColumns & { readonly arena: ArenaInfo },
  changed: readonly Range[],
): ReadonlySet<number> | undefined {
  const found: number[] = [];
  for (const { start, end } of changed) {
    const last = firstFrom(old, end - SIZE_SZ);
    for (let at = firstFrom(old, start - 2 * SIZE_SZ + 1); at < last; at++) found.push(at);
    if (found.length > mostChanged) return undefined;
  }
  if (arena.top !== old.arena.top) found.push(Math.max(0, firstFrom(old, arena.top + 1) - 1), old.count - 1);
  return new Set(found.flatMap((at) => (at === 0 ? [at] : [at - 1, at])).sort((a, b) => a - b));
}

function editFrom(
  heap: WalkedHeap,
  old: ChunkColumns,
  first: number,
  isOutdated: (ordinal: number) => boolean,
): HeapEdit | undefined {
  const starts: number[] = [];
  const codes: number[] = [];
  let next = first;
  /** The known chunk that the walk came to; -1 before it did. */
  let met = -1;
  const isEnd = walkHeap(heap, old.starts[first] ?? 0, (addr, code) => {
    while (next < old.count && (old.starts[next] ?? 0) < addr) next += 1;
    if (next < old.count && old.starts[next] === addr && !isOutdated(next)) met = next;
    // Pieces of a heap that fenceposts end are for the whole walk.
    if (met >= 0 || code === FENCEPOST || starts.length > 4 * mostChanged) return false;
    starts.push(addr);
    codes.push(code);
    return true;
  });
  if (met < 0 && !isEnd) return undefined;
  return { first, end: met < 0 ? old.count : met, starts, codes };
}
