/**
 * What glibc's malloc does with a request of constant size, as far as that is known without running the program: the chunk
 * that it needs, and whether it comes from the heap or from a mapping of its own.
 *
 * Source: malloc/malloc.c: request2size, sysmalloc (mmap_threshold), sysmalloc_mmap, csize2tidx; params.ts has the numbers.
 * Simplified: the threshold is the one at start; freeing a mapping raises it, M_MMAP_THRESHOLD and tunables change it.
 */
import { PAGE_SIZE, roundUp } from '../base/address.ts';
import { DEFAULT_MMAP_THRESHOLD, mallocParams } from '../core/malloc/params.ts';
import { dataModelOf } from '../core/target/data-model.ts';
import type { TargetName } from '../core/target/data-model.ts';
import { defaultGlibcRelease } from '../core/target/glibc-release.ts';

/** The forecast for one request. */
export interface AllocationForecast {
  readonly requestBytes: number;
  readonly chunkBytes: number;
  /** What the program may use of the chunk. */
  readonly usableBytes: number;
  /** Bytes of the mapping, where the request is large enough to get one. */
  readonly mappedBytes: number | undefined;
  /** Whether a chunk of this size goes to the tcache when it is freed. */
  readonly fitsTcache: boolean;
}

/** Largest request that malloc does not refuse at once. */
const mostBytes = 2 ** 46;

/** Forecasts a request; `undefined` for one that malloc refuses. */
export function forecastAllocation(bytes: number, target: TargetName): AllocationForecast | undefined {
  if (bytes > mostBytes || (target === 'i386' && bytes >= 2 ** 31)) return undefined;
  const params = mallocParams(defaultGlibcRelease, dataModelOf(target));
  const { SIZE_SZ, CHUNK_HDR_SZ, MALLOC_ALIGNMENT, MINSIZE } = params;
  const chunkBytes = Math.max(MINSIZE, roundUp(bytes + SIZE_SZ, MALLOC_ALIGNMENT));
  if (chunkBytes < DEFAULT_MMAP_THRESHOLD) {
    return {
      requestBytes: bytes,
      chunkBytes,
      usableBytes: chunkBytes - SIZE_SZ,
      mappedBytes: undefined,
      fitsTcache: bytes <= params.maxTcacheRequest,
    };
  }
  // A mapping has no neighbour whose first word it could use, and on i386 its start is not aligned for a chunk.
  const slack = MALLOC_ALIGNMENT === CHUNK_HDR_SZ ? 0 : MALLOC_ALIGNMENT - 1;
  const mappedBytes = roundUp(chunkBytes + SIZE_SZ + slack, PAGE_SIZE);
  const front = MALLOC_ALIGNMENT === CHUNK_HDR_SZ ? 0 : MALLOC_ALIGNMENT - CHUNK_HDR_SZ;
  return {
    requestBytes: bytes,
    chunkBytes: mappedBytes - front,
    usableBytes: mappedBytes - front - CHUNK_HDR_SZ,
    mappedBytes,
    fitsTcache: false,
  };
}
