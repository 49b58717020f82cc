/**
 * Statistics and trimming over all arenas.
 *
 * Source: malloc/malloc.c (int_mallinfo, __libc_mallinfo2, mtrim, __malloc_trim).
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { say } from '../text/malloc-texts.ts';
import { back, chunk2mem, chunksize } from './chunk.ts';
import { binIndex } from './bins.ts';
import { mallocConsolidate, systrim } from './free.ts';
import { NBINS } from './params.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import type { Word } from './word.ts';

/** Advice of madvise: the pages may be dropped. */
const MADV_DONTNEED = 4;

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
export function* arenas(m: Ptmalloc): Generator<Word> {
  let av: Word = m.mainArena;
  for (let steps = 0; ; steps += 1) {
    m.checkSteps(steps);
    yield av;
    av = m.w.read(av, m.params.arena.next);
    if (av === m.mainArena) return;
  }
}

/** Adds up all arenas. @source __libc_mallinfo2 */
export function mallinfo2(m: Ptmalloc): Mallinfo {
  let arena = 0;
  let ordblks = 0;
  let smblks = 0;
  let fsmblks = 0;
  let fordblks = 0;
  for (const av of arenas(m)) {
    const fast = countFast(m, av);
    const binned = countBinned(m, av);
    arena += Number(m.systemMem(av));
    ordblks += 1 + binned.chunks;
    smblks += fast.chunks;
    fsmblks += fast.bytes;
    fordblks += Number(chunksize(m, m.top(av))) + fast.bytes + binned.bytes;
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

function countFast(m: Ptmalloc, av: Word): { chunks: number; bytes: number } {
  let chunks = 0;
  let bytes = 0;
  for (let idx = 0; idx < m.params.arena.fastbinCount; idx += 1) {
    let p = m.w.read(m.fastbinAt(av, idx), 0);
    for (; p !== 0; p = m.w.readLink(chunk2mem(m, p))) {
      if (m.release.safeLinking && m.misalignedChunk(p))
        m.abort('int_mallinfo(): unaligned fastbin chunk detected');
      chunks += 1;
      bytes += Number(chunksize(m, p));
      m.checkSteps(chunks);
    }
  }
  return { chunks, bytes };
}

function countBinned(m: Ptmalloc, av: Word): { chunks: number; bytes: number } {
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

function mtrim(m: Ptmalloc, av: Word, pad: Word): 0 | 1 {
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
      const firstPage = w.alignUp(w.add(p, header), PAGE_SIZE);
      const inside = w.sub(size, w.sub(firstPage, p));
      if (inside <= PAGE_SIZE - 1) continue;
      const bytes = w.alignDown(inside, PAGE_SIZE);
      m.why?.push(say('malloc.madvise', { chunk: Number(p), bytes: Number(bytes) }));
      m.syscalls.madvise(Number(firstPage), Number(bytes), MADV_DONTNEED);
      result = 1;
    }
  }
  const trimmed = av === m.mainArena ? systrim(m, pad, av) : 0;
  return result === 1 || trimmed === 1 ? 1 : 0;
}
