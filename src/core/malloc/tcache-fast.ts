/**
 * The common case of malloc and free, word by word: a hit in the tcache, and a chunk that goes into it.
 *
 * Both do what the general functions of tcache.ts, malloc.ts and free.ts do, in the same order, so that faults happen
 * at the same access. As soon as anything is unusual they give up before they have changed anything, and the general
 * functions decide.
 *
 * Covers 64-bit words and counters of two bytes that count chunks (2.30 to 2.41).
 */
import { TWO_TO_32 } from '../../base/address.ts';
import type { Ptmalloc } from './ptmalloc.ts';

/** Largest request and chunk size that small tcache bins can hold. */
const LARGEST_REQUEST = 1032;
const LARGEST_CHUNK = 1040;

/** High halves from here on belong to no user address. */
const HIGH_OF_USER_END = 0x8000;

/** Words of 32 bits from the structure's start to its list heads. */
const ENTRY_WORDS = 32;
const STRUCTURE_BYTES = 640;

/** The structure's address when the fast functions may use it: in one page, words aligned; otherwise 0. */
export function fastTcache(m: Ptmalloc): number {
  const { tcache } = m.release;
  const covered = m.SIZE_SZ === 8 && tcache.counterBytes === 2 && tcache.counts === 'used';
  const at = m.tcache;
  if (!covered || typeof at !== 'number' || at === 0 || at % 16 !== 0) return 0;
  return (at % 4096) + STRUCTURE_BYTES <= 4096 ? at : 0;
}

/** Finds the structure and mp_ again after translations changed; false when the general functions have to touch them. */
function locate(m: Ptmalloc): boolean {
  const { memory } = m;
  const bins = memory.translateRead(m.mp + m.tcacheBinsOffset);
  const count = memory.translateRead(m.mp + m.tcacheCountOffset);
  const host = memory.knownWritable(m.fastTcache);
  if (host < 0) return false;
  m.fastBins = bins >>> 2;
  m.fastCount = count >>> 2;
  m.fastHost = host >>> 2;
  m.fastEpoch = memory.translationEpoch;
  return true;
}

/** A block from the tcache; 0 when the general function has to decide. */
export function fastMalloc(m: Ptmalloc, bytes: number): number {
  if (m.fastTcache === 0 || bytes > LARGEST_REQUEST) return 0;
  const { memory } = m;
  if (memory.translationEpoch !== m.fastEpoch && !locate(m)) return 0;
  const { u32 } = memory;
  const idx = bytes < 25 ? 0 : ((bytes + 23) >>> 4) - 2;
  const bins = m.fastBins;
  if (idx >= (u32[bins] as number) || u32[bins + 1] !== 0) return 0;
  const counter = m.fastHost + (idx >>> 1);
  const shift = (idx & 1) << 4;
  const counts = u32[counter] as number;
  if (((counts >>> shift) & 0xffff) === 0) return 0;
  const entry = m.fastHost + ENTRY_WORDS + 2 * idx;
  const low = u32[entry] as number;
  const high = u32[entry + 1] as number;
  if (high >= HIGH_OF_USER_END || (low & 15) !== 0) return 0;
  const mem = high * TWO_TO_32 + low;
  const host = memory.knownWritable(mem);
  if (host < 0) return 0;
  const block = host >>> 2;
  let nextLow = u32[block] as number;
  let nextHigh = u32[block + 1] as number;
  if (m.w.safeLinking) {
    nextLow ^= (low >>> 12) | (high << 20);
    nextHigh ^= high >>> 12;
  }
  u32[entry] = nextLow;
  u32[entry + 1] = nextHigh;
  u32[counter] = counts - (1 << shift);
  u32[block + 2] = 0;
  u32[block + 3] = 0;
  return mem;
}

/** Puts a block into the tcache; false when the general function has to decide. */
export function fastFree(m: Ptmalloc, mem: number): boolean {
  if (m.fastTcache === 0 || mem < 16 || mem >= HIGH_OF_USER_END * TWO_TO_32) return false;
  const { memory } = m;
  if (memory.translationEpoch !== m.fastEpoch && !locate(m)) return false;
  const low = mem >>> 0;
  // The header has to lie in the same page.
  if ((low & 15) !== 0 || (low & 4095) === 0) return false;
  const host = memory.knownWritable(mem);
  if (host < 0) return false;
  const { u32 } = memory;
  const block = host >>> 2;
  const raw = u32[block - 2] as number;
  const size = raw & ~1;
  if (u32[block - 1] !== 0 || (size & 15) !== 0 || raw < 32 || raw > LARGEST_CHUNK + 1) return false;
  const idx = (size >>> 4) - 2;
  const bins = m.fastBins;
  if (idx >= (u32[bins] as number) || u32[bins + 1] !== 0) return false;
  const keyLow = m.fastKeyLow;
  const keyHigh = m.fastKeyHigh;
  if (u32[block + 2] === keyLow && u32[block + 3] === keyHigh) return false;
  const counter = m.fastHost + (idx >>> 1);
  const shift = (idx & 1) << 4;
  const counts = u32[counter] as number;
  if (((counts >>> shift) & 0xffff) >= (u32[m.fastCount] as number) || u32[m.fastCount + 1] !== 0)
    return false;
  const entry = m.fastHost + ENTRY_WORDS + 2 * idx;
  let nextLow = u32[entry] as number;
  let nextHigh = u32[entry + 1] as number;
  const high = (mem - low) / TWO_TO_32;
  if (m.w.safeLinking) {
    nextLow ^= (low >>> 12) | (high << 20);
    nextHigh ^= high >>> 12;
  }
  u32[block] = nextLow;
  u32[block + 1] = nextHigh;
  u32[block + 2] = keyLow;
  u32[block + 3] = keyHigh;
  u32[entry] = low;
  u32[entry + 1] = high;
  u32[counter] = counts + (1 << shift);
  return true;
}
