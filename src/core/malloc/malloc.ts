/**
 * malloc and its family as a program calls them.
 *
 * Sizes are size_t: plain numbers up to 2^53, bigints beyond. Every call reports itself to the tracer when it is done,
 * with the trail of decisions when that is wanted. `MallocAbort`, `MallocHang` and `MemoryFault` pass through; then
 * `unfinished` tells the call that did not come back.
 *
 * Source: malloc/malloc.c (__libc_malloc, __libc_calloc, __libc_free, __libc_realloc, __libc_memalign and their kin).
 */
import type { Address } from '../../base/address.ts';
import { EINVAL, ENOMEM } from '../mm/kernel.ts';
import { say } from '../text/malloc-texts.ts';
import type { Text } from '../text/text.ts';
import type { MallocEvent, MallocFunction, Tracer } from '../trace/trace-event.ts';
import { arenaGet, arenaGetRetry, releaseArena } from './arena.ts';
import { heapForPtr, heapMprotectSize } from './heap.ts';
import { arenaForChunk, chunksize, flagsOf, mem2chunk, rawSize } from './chunk.ts';
import { intFree, intFreeChunk, mallocConsolidate, munmapChunk, raiseMmapThreshold } from './free.ts';
import { checkedRequest2size, createTcache, intMalloc, request2size } from './int-malloc.ts';
import { midMemalign } from './memalign.ts';
import { IS_MMAPPED, NON_MAIN_ARENA } from './params.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import { Ptmalloc } from './ptmalloc.ts';
import type { PtmallocOptions } from './ptmalloc.ts';
import { reallocBlock } from './realloc.ts';
import { infoPieces, mallinfo, mallinfo2, mallocTrim, statsLines } from './stats.ts';
import type { Mallinfo } from './stats.ts';
import {
  emptyTcache,
  hasTcacheKey,
  scanForDoubleFree,
  tcacheCount,
  tcacheGet,
  tcacheGetLarge,
  tcacheHasRoom,
  tcacheHolds,
  tcacheIndex,
  tcacheLargeIndex,
  tcachePut,
  tcachePutLarge,
} from './tcache.ts';
import { NOT_CACHED, UNDECIDED, putIntoTcacheNear, takeFromTcacheNear } from './tcache-near.ts';
import { applyTunables, setOption } from './tunables.ts';
import type { Tunables } from './tunables.ts';
import { usableSize } from './usable-size.ts';
import { toWord } from './word.ts';
import type { Word } from './word.ts';

/** What an allocator is built from. */
export interface MallocOptions extends PtmallocOptions {
  /** Settings as GLIBC_TUNABLES has them; applied at the first call. */
  readonly tunables?: Tunables;
  readonly tracer?: Tracer;
  /** Called when the allocator, setting itself up, draws the random word of its cached chunks. */
  readonly onDrawKey?: () => void;
}

/** Result of posix_memalign. */
export interface PosixMemalignResult {
  /** 0, EINVAL or ENOMEM. */
  readonly status: number;
  /** The block, 0 unless `status` is 0. */
  readonly mem: Address;
}

/** A call that did not return because it ended the process. */
export type UnfinishedCall = Pick<MallocEvent, 'name' | 'args' | 'since' | 'why' | 'caller'>;

const PAGE = 4096;

/** What the entry points assert about their result, in the words of 2.36. */
const ARENA_ASSERTIONS = {
  __libc_malloc:
    '!victim || chunk_is_mmapped (mem2chunk (victim)) || &main_arena == arena_for_chunk (mem2chunk (victim))',
  __libc_calloc: '!mem || chunk_is_mmapped (mem2chunk (mem)) || av == arena_for_chunk (mem2chunk (mem))',
  __libc_realloc:
    '!newp || chunk_is_mmapped (mem2chunk (newp)) || ar_ptr == arena_for_chunk (mem2chunk (newp))',
  _mid_memalign: '!p || chunk_is_mmapped (mem2chunk (p)) || &main_arena == arena_for_chunk (mem2chunk (p))',
} as const;

type AssertingFunction = keyof typeof ARENA_ASSERTIONS;

/** The allocator of one process. */
export class Malloc {
  /** The allocator's context, for inspection. */
  readonly state: Ptmalloc;
  /** Who calls: the program, or the libc function that needs memory. */
  caller = 'program';
  /** The call under way; left standing when it ended the process. */
  unfinished: UnfinishedCall | undefined;

  readonly #tracer: Tracer | undefined;
  readonly #tunables: Tunables;
  readonly #onDrawKey: () => void;

  constructor(options: MallocOptions) {
    this.state = new Ptmalloc(options);
    this.#tracer = options.tracer;
    this.#tunables = options.tunables ?? {};
    this.#onDrawKey = options.onDrawKey ?? ((): undefined => undefined);
  }

  /** errno that the last call set; 0 when it set none. */
  get errno(): number {
    return this.state.errno;
  }

  /**
   * What happens before main: libc's initial data about malloc, and from 2.42 on its initialisation too. To be called by
   * a loader that maps libc; otherwise the first call does it.
   */
  loadStatics(): void {
    this.state.loadStatics();
    if (this.state.release.initializedAtStart) this.#initialize();
  }

  malloc(bytes: number | bigint): Address {
    const { state } = this;
    if (this.#tracer === undefined) {
      state.enter();
      return this.#address(this.#mallocBlock(bytes));
    }
    return this.#report('malloc', [Number(bytes)], () => this.#mallocBlock(bytes));
  }

  calloc(count: number | bigint, bytes: number | bigint): Address {
    if (this.#tracer === undefined) {
      this.state.enter();
      return this.#address(this.#calloc(canonical(count), canonical(bytes)));
    }
    return this.#report('calloc', [Number(count), Number(bytes)], () =>
      this.#calloc(canonical(count), canonical(bytes)),
    );
  }

  realloc(mem: number | bigint, bytes: number | bigint): Address {
    if (this.#tracer === undefined) {
      this.state.enter();
      return this.#address(this.#realloc(this.#pointer(mem), canonical(bytes)));
    }
    return this.#report('realloc', [Number(mem), Number(bytes)], () =>
      this.#realloc(this.#pointer(mem), canonical(bytes)),
    );
  }

  reallocarray(mem: number | bigint, count: number | bigint, bytes: number | bigint): Address {
    return this.#report('reallocarray', [Number(mem), Number(count), Number(bytes)], () => {
      const product = this.#product(canonical(count), canonical(bytes), false);
      return product === undefined ? NULL : this.#realloc(this.#pointer(mem), product);
    });
  }

  free(mem: number | bigint): void {
    if (this.#tracer === undefined) {
      this.state.enter();
      this.#freeBlock(this.#pointer(mem));
      return;
    }
    this.#report('free', [Number(mem)], () => {
      this.#freeBlock(this.#pointer(mem));
      return NULL;
    });
  }

  memalign(alignment: number | bigint, bytes: number | bigint): Address {
    return this.#report('memalign', [Number(alignment), Number(bytes)], () =>
      this.#memalign(canonical(alignment), canonical(bytes)),
    );
  }

  alignedAlloc(alignment: number | bigint, bytes: number | bigint): Address {
    return this.#report('aligned_alloc', [Number(alignment), Number(bytes)], () => {
      const wanted = canonical(alignment);
      if (this.state.release.alignedAllocStrict && !isPowerOf2(wanted)) {
        this.state.why?.push(say('malloc.badAlignment', { alignment: Number(wanted) }));
        this.state.errno = EINVAL;
        return NULL;
      }
      return this.#memalign(wanted, canonical(bytes));
    });
  }

  /** The block, and a status in place of errno. */
  posixMemalign(alignment: number | bigint, bytes: number | bigint): PosixMemalignResult {
    let status = 0;
    const mem = this.#report('posix_memalign', [Number(alignment), Number(bytes)], () => {
      const wanted = canonical(alignment);
      const units = BigInt(wanted) / BigInt(this.state.SIZE_SZ);
      if (BigInt(wanted) % BigInt(this.state.SIZE_SZ) !== 0n || !isPowerOf2(toWord(units))) {
        this.state.why?.push(say('malloc.badAlignment', { alignment: Number(wanted) }));
        status = EINVAL;
        return NULL;
      }
      const block = this.#memalign(wanted, canonical(bytes));
      if (block === NULL) status = ENOMEM;
      return block;
    });
    return { status, mem };
  }

  valloc(bytes: number | bigint): Address {
    return this.#report('valloc', [Number(bytes)], () => this.#memalign(PAGE, canonical(bytes)));
  }

  pvalloc(bytes: number | bigint): Address {
    return this.#report('pvalloc', [Number(bytes)], () => {
      const { state } = this;
      const wanted = canonical(bytes);
      const rounded = state.w.alignUp(wanted, PAGE);
      if (rounded < wanted) {
        state.why?.push(say('malloc.requestTooLarge', { bytes: Number(wanted) }));
        state.errno = ENOMEM;
        return NULL;
      }
      return this.#memalign(PAGE, rounded);
    });
  }

  mallocUsableSize(mem: number | bigint): number {
    return Number(this.usableSizeWord(mem));
  }

  /** malloc_usable_size, exact also for corrupted headers. */
  usableSizeWord(mem: number | bigint): Word {
    this.state.enter();
    return usableSize(this.state, this.#pointer(mem));
  }

  mallocTrim(pad: number | bigint): 0 | 1 {
    return this.#reportResult('malloc_trim', [Number(pad)], () => {
      this.#initialize();
      return mallocTrim(this.state, canonical(pad));
    });
  }

  mallopt(parameter: number, value: number): 0 | 1 {
    return this.#reportResult('mallopt', [parameter, value], () => {
      this.#initialize();
      mallocConsolidate(this.state, this.state.mainArena);
      return setOption(this.state, parameter, value);
    });
  }

  mallinfo(): Mallinfo {
    this.state.enter();
    this.#initialize();
    return mallinfo(this.state);
  }

  mallinfo2(): Mallinfo {
    this.state.enter();
    this.#initialize();
    return mallinfo2(this.state);
  }

  /** Says which thread makes the next calls; 0, the main one, makes the first. */
  enterThread(thread: number): void {
    this.state.enterThread(thread);
  }

  /** The calling thread ends: its cache is emptied, its arena waits for another thread. The main thread is next. */
  endThread(): void {
    this.state.enter();
    const { state } = this;
    const structure = state.tcache;
    state.setTcache(NULL);
    state.tcacheDisabled = true;
    if (structure !== NULL) {
      emptyTcache(state, structure, (mem) => {
        this.#free(mem);
      });
      this.#free(structure);
    }
    releaseArena(state);
    state.forgetThread();
  }

  /** What malloc_stats writes to standard error, each entry a write of its own. */
  mallocStats(): readonly string[] {
    this.state.enter();
    this.#initialize();
    return statsLines(this.state);
  }

  /** What malloc_info writes to its stream, piece by piece; `undefined` when it refuses the options with EINVAL. */
  mallocInfo(options: number): readonly string[] | undefined {
    this.state.enter();
    if (options !== 0) return undefined;
    this.#initialize();
    return infoPieces(this.state);
  }

  /** libc's sbrk, which malloc shares. @returns the old break, -1 after a failure */
  sbrk(delta: number): number {
    const { state } = this;
    state.enter();
    const old = state.sbrk(delta < 0 ? state.w.sub(0, -delta) : delta);
    return old === undefined ? -1 : this.#address(old);
  }

  /** libc's brk, which malloc shares. @returns 0, or -1 with errno */
  brk(addr: number): 0 | -1 {
    this.state.enter();
    return this.state.brk(addr) ? 0 : -1;
  }

  // ---- entry and exit of a call ----

  #pointer(mem: number | bigint): Pointer {
    return this.state.w.pointerAt(canonical(mem));
  }

  #address(mem: Pointer): Address {
    return this.state.w.addressNumber(mem) as Address;
  }

  /** Makes a call that gives a block and reports it. */
  #report(name: MallocFunction, args: readonly number[], call: () => Pointer): Address {
    return this.#reportResult(name, args, () => this.#address(call()));
  }

  /** Makes a call and reports it. */
  #reportResult<Result extends number>(
    name: MallocFunction,
    args: readonly number[],
    call: () => Result,
  ): Result {
    const { state } = this;
    const tracer = this.#tracer;
    const since = tracer?.count ?? 0;
    state.enter();
    if (tracer === undefined) return call();
    const why: Text[] = [];
    const event: UnfinishedCall = { name, args, since, why, caller: this.caller };
    this.unfinished = event;
    if (tracer.wantsWhy) state.why = why;
    const result = call();
    state.why = undefined;
    this.unfinished = undefined;
    tracer.emit({ kind: 'malloc', ...event, result, errno: state.errno });
    return result;
  }

  /** Sets the main arena up and applies the tunables. @source ptmalloc_init */
  #initialize(): void {
    const { state } = this;
    if (state.initialized) return;
    state.initialized = true;
    if (state.release.tcache.key === 'random') this.#onDrawKey();
    state.initState(state.mainArena);
    state.threadArena = state.mainArena;
    applyTunables(state, this.#tunables);
  }

  // ---- the calls ----

  /** malloc, the short way where the tcache is near and nobody asks why. */
  #mallocBlock(bytes: number | bigint): Pointer {
    const { state } = this;
    if (typeof bytes !== 'number' || state.why !== undefined) return this.#malloc(canonical(bytes));
    const cached = takeFromTcacheNear(state, bytes);
    if (cached > 0) return cached as unknown as Pointer;
    return cached === NOT_CACHED ? this.#fromArena(bytes, '__libc_malloc') : this.#malloc(canonical(bytes));
  }

  /** free, the short way. */
  #freeBlock(mem: Pointer): void {
    const { state } = this;
    if (state.why !== undefined) {
      this.#free(mem);
      return;
    }
    const answer = putIntoTcacheNear(state, mem);
    if (answer === UNDECIDED) this.#free(mem);
    else if (answer === NOT_CACHED) {
      const p = mem2chunk(state, mem);
      intFreeChunk(state, state.mainArena, p, chunksize(state, p), false);
      if (state.release.freeKeepsErrno) state.errno = 0;
    }
  }

  #malloc(bytes: Word): Pointer {
    const m = this.state;
    if (!m.initialized) this.#initialize();
    const { tcache } = m.release;
    const nb = tcache.sizeMayWrap ? request2size(m, bytes) : this.#chunkSizeFor(bytes);
    if (nb === 0) return NULL;
    const cached = this.#fromCache(nb);
    return cached === NULL ? this.#fromArena(bytes, '__libc_malloc') : cached;
  }

  /** The chunk size for a request; 0 (and errno) beyond the limit. */
  #chunkSizeFor(bytes: Word): Word {
    const m = this.state;
    const nb = checkedRequest2size(m, bytes);
    if (nb === 0) {
      m.errno = ENOMEM;
      m.why?.push(say('malloc.requestTooLarge', { bytes: Number(bytes) }));
    } else m.why?.push(say('malloc.request', { bytes: Number(bytes), size: Number(nb) }));
    return nb;
  }

  /** Takes a chunk from the tcache, as the release does. */
  #fromCache(nb: Word): Pointer {
    switch (this.state.release.tcache.createdBy) {
      case 'nothing':
        return NULL;
      case 'any-entry':
        return this.#fromTcache(nb);
      case 'small-request':
      case 'small-free':
        return this.#fromRangedTcache(nb);
    }
  }

  /** Takes a chunk from the tcache, which is made first when there is none. 2.27 to 2.41. */
  #fromTcache(nb: Word): Pointer {
    const m = this.state;
    const idx = tcacheIndex(m, nb);
    if (m.tcache === NULL) this.#createTcacheIfMissing();
    if (idx >= m.mpWord(m.params.par.tcacheBins)) {
      m.why?.push(say('malloc.tcacheTooLarge', { size: Number(nb) }));
      return NULL;
    }
    if (m.tcache === NULL) return NULL;
    return this.#takeHead(idx, nb);
  }

  #takeHead(idx: number, nb: Word): Pointer {
    const m = this.state;
    if (!tcacheHolds(m, idx)) {
      m.why?.push(say('malloc.tcacheEmpty', { bin: idx, size: Number(nb) }));
      return NULL;
    }
    m.why?.push(say('malloc.tcacheHit', { bin: idx, size: Number(nb), count: tcacheCount(m, idx) }));
    return tcacheGet(m, idx);
  }

  /** The same from 2.42 on, where bins of size ranges exist too. */
  #fromRangedTcache(nb: Word): Pointer {
    const m = this.state;
    if (nb >= m.mpWord(m.params.par.tcacheMaxBytes)) {
      m.why?.push(say('malloc.tcacheTooLarge', { size: Number(nb) }));
      return NULL;
    }
    if (m.tcache === NULL) {
      if (m.release.tcache.createdBy === 'small-request') this.#createTcacheIfMissing();
      return NULL;
    }
    const idx = tcacheIndex(m, nb);
    if (idx < m.params.tcache.smallBins) return this.#takeHead(idx, nb);
    const large = tcacheLargeIndex(m, nb);
    const mem = tcacheGetLarge(m, nb, large);
    if (m.why === undefined) return mem;
    const told = { bin: large, size: Number(nb) };
    // The count includes the chunk that was taken.
    if (mem === NULL) m.why.push(say('malloc.tcacheEmpty', told));
    else m.why.push(say('malloc.tcacheHit', { ...told, count: tcacheCount(m, large) + 1 }));
    return mem;
  }

  #createTcacheIfMissing(): void {
    const m = this.state;
    if (m.tcache !== NULL || m.release.tcache.createdBy === 'nothing') return;
    if (m.tcacheDisabled) return;
    const { bytes } = m.params.tcache;
    const arena = arenaGet(m, bytes);
    createTcache(m, arena, bytes, () => this.#retryArena(arena, bytes));
  }

  #fromArena(bytes: Word, func: AssertingFunction): Pointer {
    const m = this.state;
    const arena = arenaGet(m, bytes);
    let mem = intMalloc(m, arena, bytes);
    if (mem === NULL && arena !== NULL)
      mem = this.#retry(arena, bytes, (other) => intMalloc(m, other, bytes));
    if (mem !== NULL) this.#assertArena(mem, func);
    return mem;
  }

  /** Whether a request that an arena could not serve is tried in another one. */
  get #retries(): boolean {
    return this.state.multiThreaded || this.state.release.retriesAlone;
  }

  #retryArena(failed: Pointer, bytes: Word): Pointer {
    return this.#retries && failed !== NULL ? arenaGetRetry(this.state, failed, bytes) : NULL;
  }

  /** Tries another arena, where the release does. */
  #retry(failed: Pointer, bytes: Word, search: (arena: Pointer) => Pointer): Pointer {
    if (!this.#retries) return NULL;
    return search(arenaGetRetry(this.state, failed, bytes));
  }

  /** What glibc asserts about every block from the main arena; an A flag out of nowhere ends here. */
  #assertArena(mem: Pointer, func: AssertingFunction): void {
    const m = this.state;
    const p = mem2chunk(m, mem);
    if (m.multiThreaded || m.threadArena !== m.mainArena) return;
    if ((flagsOf(rawSize(m, p)) & (IS_MMAPPED | NON_MAIN_ARENA)) !== NON_MAIN_ARENA) return;
    if (arenaForChunk(m, p) !== m.mainArena) m.assertionFailed(func, undefined, ARENA_ASSERTIONS[func]);
  }

  /** count × bytes; `undefined` (and ENOMEM) when it overflows. */
  #product(count: Word, bytes: Word, limitedToPtrdiff: boolean): Word | undefined {
    const m = this.state;
    const product = toProduct(count, bytes);
    const limit = limitedToPtrdiff ? (BigInt(m.w.max) - 1n) / 2n : m.w.max;
    if (product <= limit) return product;
    m.errno = ENOMEM;
    m.why?.push(say('malloc.productOverflow', { count: Number(count), bytes: Number(bytes) }));
    return undefined;
  }

  #calloc(count: Word, elementBytes: Word): Pointer {
    const m = this.state;
    const bytes = this.#product(count, elementBytes, m.release.callocLimit === 'ptrdiff-max');
    if (bytes === undefined) return NULL;
    this.#initialize();
    const { tcache } = m.release;
    if (tcache.servesCalloc) {
      const nb = this.#chunkSizeFor(bytes);
      if (nb === 0) return NULL;
      const cached = this.#fromCache(nb);
      if (cached !== NULL) {
        const usable = m.w.sub(cachedSize(m, cached, nb), m.SIZE_SZ);
        m.why?.push(say('malloc.callocClears', { bytes: Number(usable) }));
        m.w.fill(cached, 0, usable);
        return cached;
      }
    } else {
      if (m.why !== undefined) this.#chunkSizeFor(bytes);
      m.errno = 0;
      this.#createTcacheIfMissing();
      m.why?.push(say('malloc.tcacheSkipped'));
    }
    return this.#callocFromArena(bytes);
  }

  #callocFromArena(bytes: Word): Pointer {
    const m = this.state;
    const { w } = m;
    const arena = arenaGet(m, bytes);
    const oldTop = arena === NULL ? NULL : m.top(arena);
    const oldTopSize = arena === NULL ? 0 : this.#freshFrom(arena, oldTop);
    const mem = this.#fromArena(bytes, '__libc_calloc');
    if (mem === NULL) return NULL;
    const p = mem2chunk(m, mem);
    if ((flagsOf(rawSize(m, p)) & IS_MMAPPED) !== 0) {
      m.why?.push(say('malloc.callocMapping'));
      if (m.perturbByte !== 0) m.w.fill(mem, 0, bytes);
      return mem;
    }
    let size = chunksize(m, p);
    if (m.perturbByte === 0 && p === oldTop && size > oldTopSize) {
      // What the break adds is zero; what was top before may have been used.
      size = oldTopSize;
      m.why?.push(say('malloc.callocFresh', { bytes: Number(w.sub(size, m.SIZE_SZ)) }));
    } else m.why?.push(say('malloc.callocClears', { bytes: Number(w.sub(size, m.SIZE_SZ)) }));
    m.w.fill(mem, 0, w.sub(size, m.SIZE_SZ));
    return mem;
  }

  /** Bytes of top that may have been used; in a secondary arena all that is open. */
  #freshFrom(arena: Pointer, top: Pointer): Word {
    const m = this.state;
    const size = chunksize(m, top);
    if (arena === m.mainArena) return size;
    const heap = heapForPtr(m, top);
    const opened = m.w.distance(m.w.plus(heap, heapMprotectSize(m, heap)), top);
    return opened > size ? opened : size;
  }

  #free(mem: Pointer): void {
    const m = this.state;
    if (mem === NULL) {
      m.why?.push(say('malloc.freeNull'));
      return;
    }
    if (m.release.freeOrder === 'cache-first') this.#freeCacheFirst(mem);
    else this.#freeMmappedFirst(mem);
    if (m.release.freeKeepsErrno) m.errno = 0;
  }

  #freeMmappedFirst(mem: Pointer): void {
    const m = this.state;
    const p = mem2chunk(m, mem);
    if ((flagsOf(rawSize(m, p)) & IS_MMAPPED) !== 0) {
      raiseMmapThreshold(m, p);
      munmapChunk(m, p);
      return;
    }
    if (m.tcache === NULL) this.#createTcacheIfMissing();
    intFree(m, arenaForChunk(m, p), p, false);
  }

  /** free from 2.42 on. */
  #freeCacheFirst(mem: Pointer): void {
    const m = this.state;
    const p = mem2chunk(m, mem);
    const size = chunksize(m, p);
    if (m.misalignedChunk(p)) m.abort('free(): invalid pointer');
    if (this.#cacheTakes(mem, p, size)) return;
    if (m.w.overflows(p, m.w.sub(size, m.MINSIZE))) m.abort('free(): invalid size');
    intFreeChunk(m, arenaForChunk(m, p), p, size, false);
  }

  #cacheTakes(mem: Pointer, p: Pointer, size: Word): boolean {
    const m = this.state;
    const lazy = m.release.tcache.createdBy === 'small-free';
    if (size >= m.mpWord(m.params.par.tcacheMaxBytes)) {
      m.why?.push(say('malloc.tcacheTooLarge', { size: Number(size) }));
      return false;
    }
    if (m.tcache === NULL && !lazy) return false;
    if (hasTcacheKey(m, mem)) {
      if (m.tcache !== NULL)
        for (let idx = 0; idx < m.params.tcache.bins; idx += 1) scanForDoubleFree(m, mem, idx);
      // The key was there by chance: it is wiped and the call starts again.
      m.w.write(mem, m.SIZE_SZ, 0);
      this.#freeCacheFirst(mem);
      return true;
    }
    if (m.tcache === NULL) {
      if (m.tcacheDisabled) return false;
      this.#createTcacheIfMissing();
      this.#freeCacheFirst(mem);
      return true;
    }
    const idx = tcacheIndex(m, size);
    if (idx < m.params.tcache.smallBins) {
      if (!tcacheHasRoom(m, idx)) {
        m.why?.push(say('malloc.tcacheFull', { bin: idx, size: Number(size), count: tcacheCount(m, idx) }));
        return false;
      }
      m.why?.push(say('malloc.tcachePut', { bin: idx, size: Number(size), count: tcacheCount(m, idx) + 1 }));
      tcachePut(m, mem, idx);
      return true;
    }
    if (size < m.MINSIZE || (flagsOf(rawSize(m, p)) & IS_MMAPPED) !== 0) return false;
    const large = tcacheLargeIndex(m, size);
    const told = { bin: large, size: Number(size) };
    if (!tcacheHasRoom(m, large)) {
      m.why?.push(say('malloc.tcacheFull', { ...told, count: tcacheCount(m, large) }));
      return false;
    }
    m.why?.push(say('malloc.tcachePut', { ...told, count: tcacheCount(m, large) + 1 }));
    tcachePutLarge(m, mem, size, large);
    return true;
  }

  #realloc(mem: Pointer, bytes: Word): Pointer {
    const m = this.state;
    this.#initialize();
    if (bytes === 0 && mem !== NULL) {
      m.why?.push(say('malloc.reallocZero'));
      this.#free(mem);
      return NULL;
    }
    if (mem === NULL) {
      m.why?.push(say('malloc.reallocNull'));
      return this.#malloc(bytes);
    }
    const result = reallocBlock(m, mem, bytes, this.#callbacks);
    if (result !== NULL && result !== mem) this.#assertArena(result, '__libc_realloc');
    return result;
  }

  #memalign(alignment: Word, bytes: Word): Pointer {
    this.#initialize();
    const mem = midMemalign(this.state, alignment, bytes, this.#callbacks);
    if (mem !== NULL) this.#assertArena(mem, '_mid_memalign');
    return mem;
  }

  readonly #callbacks = {
    malloc: (bytes: Word): Pointer => this.#malloc(bytes),
    createTcacheIfMissing: (): void => this.#createTcacheIfMissing(),
    retry: (failed: Pointer, bytes: Word, search: (arena: Pointer) => Pointer): Pointer =>
      this.#retry(failed, bytes, search),
  };
}

/** A size or address as a canonical word. */
function canonical(value: number | bigint): Word {
  if (typeof value === 'bigint') return toWord(value);
  return value <= Number.MAX_SAFE_INTEGER ? value : BigInt(value);
}

function isPowerOf2(value: Word): boolean {
  const wide = BigInt(value);
  return wide !== 0n && (wide & (wide - 1n)) === 0n;
}

function toProduct(a: Word, b: Word): Word {
  if (typeof a === 'number' && typeof b === 'number' && a * b <= Number.MAX_SAFE_INTEGER) return a * b;
  const product = BigInt(a) * BigInt(b);
  return product <= Number.MAX_SAFE_INTEGER ? Number(product) : product;
}

/** Size of a chunk that came from the cache: the bin's own size, or its header's in a bin of a range. */
function cachedSize(m: Ptmalloc, mem: Pointer, nb: Word): Word {
  return tcacheIndex(m, nb) < m.params.tcache.smallBins ? nb : chunksize(m, mem2chunk(m, mem));
}
