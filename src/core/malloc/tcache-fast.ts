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

/** Byte offset of the list heads in the structure. */
const ENTRIES = 128;
const STRUCTURE_BYTES = 640;

/** The structure's address when the fast functions may use it: in one page, words aligned; otherwise 0. */
export function fastTcache(m: Ptmalloc): number {
  const { tcache } = m.release;
  const covered = m.SIZE_SZ === 8 && tcache.counterBytes === 2 && tcache.counts === 'used';
  const at = m.tcache;
  if (!covered || typeof at !== 'number' || at % 16 !== 0) return 0;
  return (at % 4096) + STRUCTURE_BYTES <= 4096 ? at : 0;
}

/** A block from the tcache; 0 when the general function has to decide. */
export function fastMalloc(m: Ptmalloc, bytes: number): number {
  const structure = m.fastTcache;
  if (structure === 0 || bytes > LARGEST_REQUEST) return 0;
  const idx = bytes < 25 ? 0 : ((bytes + 23) >>> 4) - 2;
  const { memory } = m;
  const bins = memory.translateRead(m.mp + m.tcacheBinsOffset) >>> 2;
  const host = memory.translateRead(structure);
  let u32 = memory.u32;
  if (idx >= (u32[bins] as number) || u32[bins + 1] !== 0) return 0;
  const shift = (idx & 1) << 4;
  if ((((u32[(host >>> 2) + (idx >>> 1)] as number) >>> shift) & 0xffff) === 0) return 0;
  const entry = ((host + ENTRIES) >>> 2) + 2 * idx;
  const low = u32[entry] as number;
  const high = u32[entry + 1] as number;
  if (high >= HIGH_OF_USER_END || (low & 15) !== 0) return 0;
  const mem = high * TWO_TO_32 + low;
  const link = memory.translateRead(mem) >>> 2;
  u32 = memory.u32;
  let nextLow = u32[link] as number;
  let nextHigh = u32[link + 1] as number;
  if (m.w.safeLinking) {
    nextLow ^= (low >>> 12) | (high << 20);
    nextHigh ^= high >>> 12;
  }
  const written = memory.translateWrite(structure);
  u32 = memory.u32;
  const head = ((written + ENTRIES) >>> 2) + 2 * idx;
  u32[head] = nextLow;
  u32[head + 1] = nextHigh;
  const counter = (written >>> 2) + (idx >>> 1);
  u32[counter] = (u32[counter] as number) - (1 << shift);
  const key = (memory.translateWrite(mem) >>> 2) + 2;
  u32 = memory.u32;
  u32[key] = 0;
  u32[key + 1] = 0;
  return mem;
}

/** Puts a block into the tcache; false when the general function has to decide. */
export function fastFree(m: Ptmalloc, mem: number): boolean {
  const structure = m.fastTcache;
  if (structure === 0 || mem < 16 || mem >= HIGH_OF_USER_END * TWO_TO_32 || (mem & 15) !== 0) return false;
  const { memory } = m;
  const header = memory.translateRead(mem - 8) >>> 2;
  let u32 = memory.u32;
  const raw = u32[header] as number;
  const size = raw & ~1;
  if (u32[header + 1] !== 0 || (size & 15) !== 0 || raw < 32 || raw > LARGEST_CHUNK + 1) return false;
  const idx = (size >>> 4) - 2;
  const bins = memory.translateRead(m.mp + m.tcacheBinsOffset) >>> 2;
  const keyed = (memory.translateRead(mem) >>> 2) + 2;
  const limit = memory.translateRead(m.mp + m.tcacheCountOffset) >>> 2;
  const host = memory.translateRead(structure);
  u32 = memory.u32;
  if (idx >= (u32[bins] as number) || u32[bins + 1] !== 0) return false;
  const keyLow = m.fastKeyLow;
  const keyHigh = m.fastKeyHigh;
  if (u32[keyed] === keyLow && u32[keyed + 1] === keyHigh) return false;
  const shift = (idx & 1) << 4;
  const count = ((u32[(host >>> 2) + (idx >>> 1)] as number) >>> shift) & 0xffff;
  if (count >= (u32[limit] as number) || u32[limit + 1] !== 0) return false;
  const entry = ((host + ENTRIES) >>> 2) + 2 * idx;
  let nextLow = u32[entry] as number;
  let nextHigh = u32[entry + 1] as number;
  const low = mem >>> 0;
  const high = Math.floor(mem / TWO_TO_32);
  if (m.w.safeLinking) {
    nextLow ^= (low >>> 12) | (high << 20);
    nextHigh ^= high >>> 12;
  }
  const link = memory.translateWrite(mem) >>> 2;
  u32 = memory.u32;
  u32[link + 2] = keyLow;
  u32[link + 3] = keyHigh;
  u32[link] = nextLow;
  u32[link + 1] = nextHigh;
  const written = memory.translateWrite(structure);
  u32 = memory.u32;
  const head = ((written + ENTRIES) >>> 2) + 2 * idx;
  u32[head] = low;
  u32[head + 1] = high;
  const counter = (written >>> 2) + (idx >>> 1);
  u32[counter] = (u32[counter] as number) + (1 << shift);
  return true;
}
