/**
 * Statistics and trimming over all arenas.
 *
 * Source: malloc/malloc.c (int_mallinfo, __libc_mallinfo2, __malloc_stats, __malloc_info, mtrim, __malloc_trim).
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { say } from '../text/malloc-texts.ts';
import { heapForPtr, heapMprotectSize, heapPrev, heapSize } from './heap.ts';
import { back, chunk2mem, chunksize, forward, rawSize } from './chunk.ts';
import { binIndex } from './bins.ts';
import { mallocConsolidate, systrim } from './free.ts';
import { NBINS } from './params.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import { figure } from './word.ts';
import type { Word } from './word.ts';

/** What mallinfo2 tells; sizes in bytes. Chunks in the tcache count as used. */
export interface Mallinfo {
  readonly arena: number;
  readonly ordblks: number;
  readonly smblks: number;
  readonly hblks: number;
  readonly hblkhd: number;
  readonly usmblks: number;
  readonly fsmblks: number;
  readonly uordblks: number;
  readonly fordblks: number;
  readonly keepcost: number;
}

/** The ring of arenas, starting with the main one. */
export function* arenas(m: Ptmalloc): Generator<Pointer> {
  let av = m.mainArena;
  for (let steps = 0; ; steps += 1) {
    m.checkSteps(steps);
    yield av;
    av = m.w.readPointer(av, m.params.arena.next);
    if (av === m.mainArena) return;
  }
}

/** One arena's part of what mallinfo2 tells. */
interface ArenaTotals {
  readonly systemMem: number;
  readonly ordinary: number;
  readonly fast: { readonly chunks: number; readonly bytes: number };
  readonly free: number;
}

/** Counts an arena's free chunks, top among them. @source int_mallinfo */
function arenaTotals(m: Ptmalloc, av: Pointer): ArenaTotals {
  const fast = countFast(m, av, 'int_mallinfo');
  const binned = countBinned(m, av);
  return {
    systemMem: Number(m.systemMem(av)),
    ordinary: 1 + binned.chunks,
    fast,
    free: Number(chunksize(m, m.top(av))) + fast.bytes + binned.bytes,
  };
}

/** Adds up all arenas. @source __libc_mallinfo2 */
export function mallinfo2(m: Ptmalloc): Mallinfo {
  let arena = 0;
  let ordblks = 0;
  let smblks = 0;
  let fsmblks = 0;
  let fordblks = 0;
  for (const av of arenas(m)) {
    const totals = arenaTotals(m, av);
    arena += totals.systemMem;
    ordblks += totals.ordinary;
    smblks += totals.fast.chunks;
    fsmblks += totals.fast.bytes;
    fordblks += totals.free;
  }
  const { par } = m.params;
  return {
    arena,
    ordblks,
    smblks,
    hblks: m.mpInt(par.nMmaps),
    hblkhd: Number(m.mpWord(par.mmappedMem)),
    usmblks: 0,
    fsmblks,
    uordblks: arena - fordblks,
    fordblks,
    keepcost: Number(chunksize(m, m.top(m.mainArena))),
  };
}

/** mallinfo2 as the old mallinfo gives it: every field cut to an int. */
export function mallinfo(m: Ptmalloc): Mallinfo {
  const info = mallinfo2(m);
  const cut = (value: number): number => Number(BigInt.asIntN(32, BigInt(value)));
  return {
    arena: cut(info.arena),
    ordblks: cut(info.ordblks),
    smblks: cut(info.smblks),
    hblks: cut(info.hblks),
    hblkhd: cut(info.hblkhd),
    usmblks: cut(info.usmblks),
    fsmblks: cut(info.fsmblks),
    uordblks: cut(info.uordblks),
    fordblks: cut(info.fordblks),
    keepcost: cut(info.keepcost),
  };
}

function countFast(m: Ptmalloc, av: Pointer, func: string): { chunks: number; bytes: number } {
  let chunks = 0;
  let bytes = 0;
  for (let idx = 0; idx < m.params.arena.fastbinCount; idx += 1) {
    let p = m.w.readPointer(m.fastbinAt(av, idx), 0);
    for (; p !== NULL; p = m.w.readLink(chunk2mem(m, p))) {
      if (m.release.safeLinking && m.misalignedChunk(p))
        m.abort(`${func}(): unaligned fastbin chunk detected`);
      chunks += 1;
      bytes += Number(chunksize(m, p));
      m.checkSteps(chunks);
    }
  }
  return { chunks, bytes };
}

function countBinned(m: Ptmalloc, av: Pointer): { chunks: number; bytes: number } {
  let chunks = 0;
  let bytes = 0;
  for (let idx = 1; idx < NBINS; idx += 1) {
    const bin = m.binAt(av, idx);
    for (let p = back(m, bin); p !== bin; p = back(m, p)) {
      chunks += 1;
      bytes += Number(chunksize(m, p));
      m.checkSteps(chunks);
    }
  }
  return { chunks, bytes };
}

/**
 * What malloc_stats writes to standard error, each line a write of its own.
 *
 * @source __malloc_stats
 */
export function statsLines(m: Ptmalloc): readonly string[] {
  const { par } = m.params;
  const int = (value: number): string => (value >>> 0).toString().padStart(10);
  const mmapped = Number(m.mpWord(par.mmappedMem));
  let system = mmapped;
  let used = mmapped;
  const lines: string[] = [];
  let number = 0;
  for (const av of arenas(m)) {
    const { systemMem, free } = arenaTotals(m, av);
    lines.push(`Arena ${number}:\n`);
    lines.push(`system bytes     = ${int(systemMem)}\n`, `in use bytes     = ${int(systemMem - free)}\n`);
    system += systemMem;
    used += systemMem - free;
    number += 1;
  }
  lines.push('Total (incl. mmap):\n');
  lines.push(`system bytes     = ${int(system)}\n`, `in use bytes     = ${int(used)}\n`);
  lines.push(`max mmap regions = ${int(m.mpInt(par.maxNMmaps))}\n`);
  lines.push(`max mmap bytes   = ${m.mpWord(par.maxMmappedMem).toString().padStart(10)}\n`);
  return lines;
}

/** Chunks of one fast bin or bin as malloc_info tells them. */
interface SizeRange {
  from: Word;
  to: Word;
  total: Word;
  count: number;
}

/** What malloc_info adds up. */
interface InfoTotals {
  fastChunks: number;
  fastBytes: Word;
  chunks: number;
  bytes: Word;
  system: Word;
  maxSystem: Word;
  aspace: Word;
  mprotect: Word;
}

/**
 * The XML text that malloc_info writes, piece by piece: each arena is looked at when what stands in front of it is written,
 * which may have given the stream its buffer.
 *
 * @source __malloc_info
 */
export function* infoPieces(m: Ptmalloc): Generator<string, undefined> {
  const sum: InfoTotals = {
    ...{ fastChunks: 0, fastBytes: 0, chunks: 0, bytes: 0 },
    ...{ system: 0, maxSystem: 0, aspace: 0, mprotect: 0 },
  };
  const { par } = m.params;
  yield '<malloc version="1">\n';
  let number = 0;
  for (const av of arenas(m)) {
    yield `<heap nr="${number}">\n<sizes>\n`;
    yield* arenaInfo(m, av, sum);
    yield '</heap>\n';
    number += 1;
  }
  const mmapped = `<total type="mmap" count="${m.mpInt(par.nMmaps)}" size="${m.mpWord(par.mmappedMem).toString()}"/>\n`;
  const system = systemText(sum.system, sum.maxSystem) + aspaceText(sum.aspace, sum.mprotect);
  yield `${totalsText(m, sum)}${mmapped}${system}</malloc>\n`;
  return undefined;
}

/** The sums of the fast bins, where the release has them, and of everything else that is free. */
function totalsText(m: Ptmalloc, { fastChunks, fastBytes, chunks, bytes }: InfoTotals): string {
  const rest = `<total type="rest" count="${chunks}" size="${bytes.toString()}"/>\n`;
  if (!m.release.arenaHasFastbins) return rest;
  return `<total type="fast" count="${fastChunks}" size="${fastBytes.toString()}"/>\n${rest}`;
}

function systemText(system: Word, maximum: Word): string {
  const line = (type: string, size: Word): string => `<system type="${type}" size="${size.toString()}"/>\n`;
  return line('current', system) + line('max', maximum);
}

function aspaceText(total: Word, mprotect: Word): string {
  const line = (type: string, size: Word): string => `<aspace type="${type}" size="${size.toString()}"/>\n`;
  return line('total', total) + line('mprotect', mprotect);
}

/** The part of one arena, whose numbers are added to the sums. */
function arenaInfo(m: Ptmalloc, av: Pointer, sum: InfoTotals): readonly string[] {
  const { w } = m;
  const ranges: string[] = [];
  const own: InfoTotals = {
    ...{ fastChunks: 0, fastBytes: 0, chunks: 1, bytes: chunksize(m, m.top(av)) },
    ...{ system: m.systemMem(av), maxSystem: m.maxSystemMem(av), aspace: 0, mprotect: 0 },
  };
  for (let idx = 0; idx < m.params.arena.fastbinCount; idx += 1) {
    const range = fastRange(m, av, idx);
    own.fastChunks += range.count;
    own.fastBytes = w.add(own.fastBytes, range.total);
    if (range.count > 0) ranges.push(rangeText('size', range));
  }
  let unsorted: string | undefined;
  for (let idx = 1; idx < NBINS; idx += 1) {
    const range = binRange(m, av, idx);
    own.chunks += range.count;
    own.bytes = w.add(own.bytes, range.total);
    if (range.count === 0) continue;
    if (idx === 1) unsorted = rangeText('unsorted', range);
    else ranges.push(rangeText('size', range));
  }
  if (unsorted !== undefined) ranges.push(unsorted);
  let subheaps = '';
  if (av === m.mainArena) {
    own.aspace = own.system;
    own.mprotect = own.system;
  } else {
    let count = 0;
    for (let heap = heapForPtr(m, m.top(av)); heap !== NULL; heap = heapPrev(m, heap)) {
      own.aspace = w.add(own.aspace, heapSize(m, heap));
      own.mprotect = w.add(own.mprotect, heapMprotectSize(m, heap));
      count += 1;
    }
    subheaps = `<aspace type="subheaps" size="${count}"/>\n`;
  }
  sum.fastChunks += own.fastChunks;
  sum.chunks += own.chunks;
  for (const field of ['fastBytes', 'bytes', 'system', 'maxSystem', 'aspace', 'mprotect'] as const)
    sum[field] = w.add(sum[field], own[field]);
  return [
    ...ranges,
    `</sizes>\n${totalsText(m, own)}${systemText(own.system, own.maxSystem)}`,
    `${aspaceText(own.aspace, own.mprotect)}${subheaps}`,
  ];
}

function rangeText(tag: string, { from, to, total, count }: SizeRange): string {
  return `  <${tag} from="${from.toString()}" to="${to.toString()}" total="${total.toString()}" count="${count}"/>\n`;
}

function fastRange(m: Ptmalloc, av: Pointer, idx: number): SizeRange {
  let p = m.w.readPointer(m.fastbinAt(av, idx), 0);
  if (p === NULL) return { from: 0, to: 0, total: 0, count: 0 };
  const size = chunksize(m, p);
  let count = 0;
  for (; p !== NULL; p = m.w.readLink(chunk2mem(m, p))) {
    if (m.release.safeLinking && m.misalignedChunk(p))
      m.abort('__malloc_info(): unaligned fastbin chunk detected');
    count += 1;
    m.checkSteps(count);
  }
  return { from: m.w.sub(size, m.ALIGN_MASK), to: size, total: Number(size) * count, count };
}

/** Sizes with their flags, as the real one adds them up. */
function binRange(m: Ptmalloc, av: Pointer, idx: number): SizeRange {
  const bin = m.binAt(av, idx);
  const range: SizeRange = { from: m.w.max, to: 0, total: 0, count: 0 };
  for (let p = forward(m, bin); p !== bin && p !== NULL; p = forward(m, p)) {
    const size = rawSize(m, p);
    range.count += 1;
    range.total = m.w.add(range.total, size);
    if (size < range.from) range.from = size;
    if (size > range.to) range.to = size;
    m.checkSteps(range.count);
  }
  return range;
}

/**
 * Gives back whatever whole pages are free.
 *
 * @returns 1 when something was given back, else 0
 * @source __malloc_trim
 */
export function mallocTrim(m: Ptmalloc, pad: Word): 0 | 1 {
  let result: 0 | 1 = 0;
  for (const av of arenas(m)) if (mtrim(m, av, pad) === 1) result = 1;
  return result;
}

function mtrim(m: Ptmalloc, av: Pointer, pad: Word): 0 | 1 {
  const { w } = m;
  mallocConsolidate(m, av);
  const header = 6 * m.SIZE_SZ;
  const firstIndex = binIndex(m, PAGE_SIZE);
  let result: 0 | 1 = 0;
  for (let idx = 1; idx < NBINS; idx += 1) {
    if (idx !== 1 && idx < firstIndex) continue;
    const bin = m.binAt(av, idx);
    let steps = 0;
    for (let p = back(m, bin); p !== bin; p = back(m, p)) {
      steps += 1;
      m.checkSteps(steps);
      const size = chunksize(m, p);
      if (size <= PAGE_SIZE - 1 + header) continue;
      const firstPage = w.pointerUp(w.plus(p, header), PAGE_SIZE);
      const inside = w.sub(size, w.distance(firstPage, p));
      if (inside <= PAGE_SIZE - 1) continue;
      const bytes = w.alignDown(inside, PAGE_SIZE);
      m.why?.push(say('malloc.madvise', { chunk: w.addressNumber(p), bytes: figure(bytes) }));
      m.syscalls.madviseDontneed(w.addressNumber(firstPage), Number(bytes));
      result = 1;
    }
  }
  const trimmed = av === m.mainArena ? systrim(m, pad, av) : 0;
  return result === 1 || trimmed === 1 ? 1 : 0;
}
