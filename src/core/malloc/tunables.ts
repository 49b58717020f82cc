/**
 * Tunables of malloc: settings from GLIBC_TUNABLES, and mallopt, which sets the same things.
 *
 * Source: elf/dl-tunables.list, malloc/malloc.c (do_set_* and __libc_mallopt), malloc/arena.c (ptmalloc_init).
 * Not modelled: hugetlb. MALLOC_CHECK_ has no effect: its debugging allocator is a library of its own since 2.34.
 */
import { say } from '../text/malloc-texts.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { checkedRequest2size } from './int-malloc.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import { tcacheIndex } from './tcache.ts';
import { tunableValue } from './tunable-text.ts';
import { toWord } from './word.ts';
import type { Word } from './word.ts';

/** Settings by full name, for example `glibc.malloc.tcache_count`, with their text. */
export type Tunables = Readonly<Record<string, string>>;

/** Parameters of mallopt. @source malloc/malloc.h */
export const M_MXFAST = 1;
export const M_TRIM_THRESHOLD = -1;
export const M_TOP_PAD = -2;
export const M_MMAP_THRESHOLD = -3;
export const M_MMAP_MAX = -4;
export const M_CHECK_ACTION = -5;
export const M_PERTURB = -6;
export const M_ARENA_TEST = -7;
export const M_ARENA_MAX = -8;

/** Applies tunables when malloc starts. @source ptmalloc_init */
export function applyTunables(m: Ptmalloc, tunables: Tunables): void {
  for (const [name, text] of Object.entries(tunables)) {
    const value = tunableValue(name, text, m.SIZE_SZ, m.release);
    if (value !== undefined) applyTunable(m, name, toWord(value));
  }
}

function applyTunable(m: Ptmalloc, name: string, value: Word): void {
  const { par } = m.params;
  if (name.startsWith('glibc.malloc.tcache_') && m.release.tcache.createdBy === 'nothing') return;
  switch (name) {
    case 'glibc.malloc.top_pad':
      setFrozen(m, par.topPad, value);
      return;
    case 'glibc.malloc.trim_threshold':
      setFrozen(m, par.trimThreshold, value);
      return;
    case 'glibc.malloc.mmap_threshold':
      setMmapThreshold(m, value);
      return;
    case 'glibc.malloc.mmap_max':
      setMmapMax(m, Number(value));
      return;
    case 'glibc.malloc.perturb':
      m.perturbByte = Number(value) | 0;
      return;
    case 'glibc.malloc.mxfast':
      if (m.release.mxfastTunable && value <= m.params.MAX_FAST_SIZE) m.setMaxFast(Number(value));
      return;
    case 'glibc.malloc.tcache_count':
      setTcacheCount(m, value);
      return;
    case 'glibc.malloc.tcache_max':
      setTcacheMax(m, value);
      return;
    case 'glibc.malloc.tcache_unsorted_limit':
      if (m.release.tcache.stashesUnsorted) m.setMpWord(par.tcacheUnsortedLimit, value);
      return;
    case 'glibc.malloc.arena_max':
      m.setMpWord(par.arenaMax, value);
      return;
    case 'glibc.malloc.arena_test':
      m.setMpWord(par.arenaTest, value);
      return;
    case 'glibc.malloc.hugetlb':
      if (value !== 0 && m.release.mpHugePageWords !== 0) throw new NotModelled(`tunable ${name}`);
  }
}

/** Sets a size and freezes the dynamic thresholds. */
function setFrozen(m: Ptmalloc, field: number, value: Word): void {
  m.setMpWord(field, value);
  m.setMpInt(m.params.par.noDynThreshold, 1);
}

/** Sets the mmap threshold. @returns whether the value was taken */
function setMmapThreshold(m: Ptmalloc, value: Word): boolean {
  if (m.release.mmapThresholdLimited && value > m.params.HEAP_MAX_SIZE / 2) return false;
  setFrozen(m, m.params.par.mmapThreshold, value);
  return true;
}

function setMmapMax(m: Ptmalloc, value: number): void {
  m.setMpInt(m.params.par.nMmapsMax, value);
  m.setMpInt(m.params.par.noDynThreshold, 1);
}

function setTcacheCount(m: Ptmalloc, value: Word): void {
  const maximum = m.params.tcache.counterBytes === 2 ? 0xffff : 0x7f;
  const unchecked = m.params.tcache.counterBytes === 1;
  if (value <= maximum || unchecked) m.setMpWord(m.params.par.tcacheCount, value);
}

function setTcacheMax(m: Ptmalloc, value: Word): void {
  const { par, maxTcacheRequest, tcache } = m.params;
  const nb = checkedRequest2size(m, value);
  if (m.release.tcache.largeBins === 0) {
    if (value > maxTcacheRequest) return;
    m.setMpWord(par.tcacheMaxBytes, value);
    m.setMpWord(par.tcacheBins, tcacheIndex(m, nb) + 1);
    return;
  }
  if (nb === 0 || nb > TCACHE_MAX_LARGE) return;
  m.setMpWord(par.tcacheMaxBytes, m.release.tcache.limitInRequestBytes ? nb : m.w.add(nb, 1));
  const idx = tcacheIndex(m, nb);
  if (idx < tcache.smallBins) m.setMpWord(par.tcacheBins, idx + 1);
}

/** Largest chunk the size-range bins take. */
const TCACHE_MAX_LARGE = 4 * 1024 * 1024;

/** mallopt after the consolidation: sets one parameter. @returns 1, or 0 when the value is refused */
export function setOption(m: Ptmalloc, parameter: number, value: number): 0 | 1 {
  const { par } = m.params;
  const size = toWord(BigInt.asUintN(8 * m.SIZE_SZ, BigInt(value | 0)));
  let taken = true;
  switch (parameter) {
    case M_MXFAST:
      if (!m.release.arenaHasFastbins) break;
      taken = size <= m.params.MAX_FAST_SIZE;
      if (taken) m.setMaxFast(Number(size));
      break;
    case M_TRIM_THRESHOLD:
      setFrozen(m, par.trimThreshold, size);
      break;
    case M_TOP_PAD:
      setFrozen(m, par.topPad, size);
      break;
    case M_MMAP_THRESHOLD:
      taken = setMmapThreshold(m, size);
      break;
    case M_MMAP_MAX:
      setMmapMax(m, value | 0);
      break;
    case M_PERTURB:
      m.perturbByte = value | 0;
      break;
    case M_ARENA_TEST:
      if ((value | 0) > 0) m.setMpWord(par.arenaTest, size);
      break;
    case M_ARENA_MAX:
      if ((value | 0) > 0) m.setMpWord(par.arenaMax, size);
      break;
  }
  m.why?.push(say(taken ? 'malloc.optionSet' : 'malloc.optionRefused', { parameter, value }));
  return taken ? 1 : 0;
}
