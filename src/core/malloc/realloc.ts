/**
 * Changing the size of a block: in place where that is possible, else by moving.
 *
 * Source: malloc/malloc.c (__libc_realloc, _int_realloc, mremap_chunk).
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { ENOMEM } from '../mm/kernel.ts';
import { say } from '../text/malloc-texts.ts';
import {
  arenaFlag,
  arenaForChunk,
  chunk2mem,
  chunksize,
  flagsOf,
  inuseBitAtOffset,
  mem2chunk,
  prevSize,
  rawSize,
  setHead,
  setHeadSize,
  setInuseBitAtOffset,
  withFlags,
  withoutFlags,
} from './chunk.ts';
import { freeFromOutside, freeInternally, mappingOf, munmapChunk } from './free.ts';
import { checkedRequest2size, intMalloc } from './int-malloc.ts';
import { codeInHeap } from './near-chunks.ts';
import { nearFields } from './near-fields.ts';
import type { NearFields } from './near-fields.ts';
import {
  FROM_TOP,
  MOVES,
  NO_TAIL,
  UNDECIDED,
  UNDECIDED_TAIL,
  cutTailNear,
  growInPlaceNear,
} from './near-realloc.ts';
import { IS_MMAPPED, NON_MAIN_ARENA, PREV_INUSE } from './params.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import type { Ptmalloc } from './ptmalloc.ts';
import { addMmappedMem } from './sysmalloc.ts';
import { usableSize } from './usable-size.ts';
import { unlinkChunk } from './bins.ts';
import { figure } from './word.ts';
import type { Word } from './word.ts';

const MREMAP_MAYMOVE = 1;

/** What realloc needs of the other entry points. */
export interface ReallocCallbacks {
  malloc(bytes: Word): Pointer;
  createTcacheIfMissing(): void;
}

/**
 * realloc of a block to a size, neither of them 0.
 *
 * @returns the user address; 0 when there is no memory (the block stays, errno is ENOMEM)
 * @source __libc_realloc
 */
export function reallocBlock(m: Ptmalloc, oldMem: Pointer, bytes: Word, entry: ReallocCallbacks): Pointer {
  const { w } = m;
  const oldP = mem2chunk(m, oldMem);
  if (reusesBlock(m, oldMem, oldP, bytes)) return oldMem;
  const raw = rawSize(m, oldP);
  const oldSize = withoutFlags(raw);
  const mmapped = (flagsOf(raw) & IS_MMAPPED) !== 0;
  let av = NULL;
  if (!mmapped) {
    if (m.release.tcache.createdBy === 'any-entry') entry.createTcacheIfMissing();
    if (m.release.reallocFindsArenaFirst) av = arenaOf(m, oldP, raw);
  }
  if (w.wraps(oldP, oldSize) || m.misalignedChunk(oldP)) m.abort('realloc(): invalid pointer', oldMem);
  const nb = checkedRequest2size(m, bytes);
  if (nb === 0) {
    m.why?.push(say('malloc.requestTooLarge', { bytes: figure(bytes) }));
    m.errno = ENOMEM;
    return NULL;
  }
  if (!mmapped) {
    if (av === NULL) av = arenaOf(m, oldP, raw);
    const mem = intRealloc(m, av, oldP, oldSize, nb);
    if (mem !== NULL || !(m.multiThreaded || m.release.retriesAlone)) return mem;
    // Other arenas may have room.
    const other = entry.malloc(bytes);
    if (other === NULL) return NULL;
    m.w.copy(other, oldMem, w.sub(oldSize, m.SIZE_SZ));
    freeFromOutside(m, av, oldP);
    return other;
  }

  const newP = mremapChunk(m, oldP, nb);
  if (newP !== NULL) return chunk2mem(m, newP);
  const keeps = m.release.mmappedTail ? bytes <= usableSize(m, oldMem) : w.sub(oldSize, m.SIZE_SZ) >= nb;
  if (keeps) return oldMem;
  const newMem = entry.malloc(bytes);
  if (newMem === NULL) return NULL;
  const copied = m.release.mmappedTail ? usableSize(m, oldMem) : w.sub(oldSize, m.CHUNK_HDR_SZ);
  m.why?.push(say('malloc.reallocMoves', { bytes: figure(copied) }));
  m.w.copy(newMem, oldMem, copied);
  munmapChunk(m, oldP);
  return newMem;
}

/** The arena of a chunk with this size word. */
function arenaOf(m: Ptmalloc, p: Pointer, raw: Word): Pointer {
  return (flagsOf(raw) & NON_MAIN_ARENA) === 0 ? m.mainArena : arenaForChunk(m, p);
}

/** Whether the block is given back untouched because little or nothing would change. */
function reusesBlock(m: Ptmalloc, oldMem: Pointer, oldP: Pointer, bytes: Word): boolean {
  if (m.release.reallocReuse === 'never') return false;
  const usable = usableSize(m, oldMem);
  if (bytes > usable) return false;
  const spare = m.w.sub(usable, bytes);
  const keeps =
    spare < 2 * m.SIZE_SZ ||
    (m.release.reallocReuse === 'padding-or-page' &&
      (flagsOf(rawSize(m, oldP)) & IS_MMAPPED) !== 0 &&
      spare <= PAGE_SIZE);
  if (keeps) m.why?.push(say('malloc.reallocKeeps', { usable: figure(usable) }));
  return keeps;
}

/** Lets the kernel resize the mapping of an mmapped chunk. @returns 0 when it refuses. @source mremap_chunk */
function mremapChunk(m: Ptmalloc, p: Pointer, nb: Word): Pointer {
  const { w } = m;
  const offset = m.release.mmappedTail ? w.alignDown(prevSize(m, p), 2) : prevSize(m, p);
  const mapping = mappingOf(m, p);
  if (m.release.checks.mremap === 'abort') {
    if (!mapping.valid) m.abort('mremap_chunk(): invalid pointer');
  } else if (w.alignDown(mapping.length, PAGE_SIZE) !== mapping.length)
    m.assertionFailed('mremap_chunk', m.release.mremapLine, MREMAP_ASSERTION);
  const overhead = m.release.mmappedTail ? m.CHUNK_HDR_SZ : m.SIZE_SZ;
  const length = w.alignUp(w.add(w.add(nb, offset), overhead), PAGE_SIZE);
  if (length === mapping.length) {
    m.why?.push(say('malloc.mremapSame', { bytes: figure(length) }));
    return p;
  }
  const moved = m.syscalls.mremap(
    w.addressNumber(mapping.block),
    Number(mapping.length),
    Number(length),
    MREMAP_MAYMOVE,
  );
  if (moved < 0) {
    m.errno = -moved;
    m.why?.push(say('malloc.mremapFailed', { bytes: figure(length) }));
    return NULL;
  }
  m.why?.push(say('malloc.mremap', { old: figure(mapping.length), bytes: figure(length) }));
  const newP = w.plus(w.pointerAt(moved), offset);
  const oldSize = chunksize(m, newP);
  const size = w.sub(w.sub(length, offset), m.release.mmappedTail ? m.CHUNK_HDR_SZ : 0);
  setHead(m, newP, withFlags(size, IS_MMAPPED));
  // The trailing word is counted once more at every resize, as the real one does.
  addMmappedMem(m, w.sub(w.sub(length, oldSize), offset));
  return newP;
}

/** The assertion of releases before 2.29. */
const MREMAP_ASSERTION = '((size + offset) & (GLRO (dl_pagesize) - 1)) == 0';

/** realloc of a chunk of the heap. @source _int_realloc */
function intRealloc(m: Ptmalloc, av: Pointer, oldP: Pointer, oldSize: Word, nb: Word): Pointer {
  const near = oldSize < MOST_NEAR_BYTES && nb < MOST_NEAR_BYTES ? nearFields(m, av) : undefined;
  if (near !== undefined) {
    const size = growInPlaceNear(m, near, codeInHeap(oldP), Number(oldSize), Number(nb));
    if (size === FROM_TOP) return chunk2mem(m, oldP);
    if (size === MOVES) return moveOrExtend(m, av, oldP, oldSize, nb);
    if (size !== UNDECIDED) return cutTail(m, av, oldP, size, nb, near);
  }
  return intReallocFar(m, av, oldP, oldSize, nb);
}

/** Sizes from here on are no matter for near-realloc.ts. */
const MOST_NEAR_BYTES = 0x1000_0000;

function intReallocFar(m: Ptmalloc, av: Pointer, oldP: Pointer, oldSize: Word, nb: Word): Pointer {
  const { w, MINSIZE } = m;
  if (rawSize(m, oldP) <= m.CHUNK_HDR_SZ || oldSize >= m.systemMem(av))
    m.abort('realloc(): invalid old size', chunk2mem(m, oldP));
  const next = w.plus(oldP, oldSize);
  const nextSize = chunksize(m, next);
  if (rawSize(m, next) <= m.CHUNK_HDR_SZ || nextSize >= m.systemMem(av))
    m.abort('realloc(): invalid next size', chunk2mem(m, oldP));
  if (oldSize >= nb) {
    m.why?.push(say('malloc.reallocFits', { old: figure(oldSize), size: figure(nb) }));
    return cutTail(m, av, oldP, oldSize, nb, undefined);
  }
  const sum = w.add(oldSize, nextSize);
  const atTop = next === m.top(av);
  if (atTop && sum >= w.add(nb, MINSIZE)) {
    setHeadSize(m, oldP, withFlags(nb, arenaFlag(m, av)));
    const top = w.plus(oldP, nb);
    m.setTop(av, top);
    setHead(m, top, withFlags(w.sub(sum, nb), PREV_INUSE));
    m.why?.push(say('malloc.reallocIntoTop', { old: figure(oldSize), size: figure(nb) }));
    return chunk2mem(m, oldP);
  }
  if (atTop || inuseBitAtOffset(m, next, nextSize) || sum < nb) return moveOrExtend(m, av, oldP, oldSize, nb);
  m.why?.push(say('malloc.reallocIntoNext', { size: figure(sum) }));
  unlinkChunk(m, next);
  return cutTail(m, av, oldP, sum, nb, undefined);
}

/** Allots a chunk and copies into it, unless it happens to continue the old one. */
function moveOrExtend(m: Ptmalloc, av: Pointer, oldP: Pointer, oldSize: Word, nb: Word): Pointer {
  const newMem = intMalloc(m, av, m.w.sub(nb, m.params.MALLOC_ALIGNMENT - 1));
  if (newMem === NULL) return NULL;
  const newP = mem2chunk(m, newMem);
  if (newP === m.w.plus(oldP, oldSize))
    return cutTail(m, av, oldP, m.w.add(chunksize(m, newP), oldSize), nb, undefined);
  const bytes = m.w.sub(oldSize, m.SIZE_SZ);
  m.why?.push(say('malloc.reallocMoves', { bytes: figure(bytes) }));
  m.w.copy(newMem, chunk2mem(m, oldP), bytes);
  freeInternally(m, av, oldP);
  return newMem;
}

/** Gives a chunk that has `size` bytes the size `nb`; what is left over is freed when it makes a chunk. */
function cutTail(
  m: Ptmalloc,
  av: Pointer,
  p: Pointer,
  size: Word,
  nb: Word,
  near: NearFields | undefined,
): Pointer {
  const { w } = m;
  if (near !== undefined) {
    const tail = cutTailNear(m, codeInHeap(p), Number(size), Number(nb));
    if (tail > NO_TAIL) freeInternally(m, av, tail as unknown as Pointer);
    if (tail !== UNDECIDED_TAIL) return chunk2mem(m, p);
  }
  const flag = arenaFlag(m, av);
  const rest = w.sub(size, nb);
  if (rest < m.MINSIZE) {
    setHeadSize(m, p, withFlags(size, flag));
    setInuseBitAtOffset(m, p, size);
    return chunk2mem(m, p);
  }
  const remainder = w.plus(p, nb);
  setHeadSize(m, p, withFlags(nb, flag));
  setHead(m, remainder, withFlags(rest, PREV_INUSE | flag));
  setInuseBitAtOffset(m, remainder, rest);
  m.why?.push(say('malloc.reallocTail', { bytes: figure(rest) }));
  freeInternally(m, av, remainder);
  return chunk2mem(m, p);
}
