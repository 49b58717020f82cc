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
import { Ptmalloc } from './ptmalloc.ts';
import type { PtmallocOptions } from './ptmalloc.ts';
import { reallocBlock } from './realloc.ts';
import { infoText, mallinfo, mallinfo2, mallocTrim, statsLines } from './stats.ts';
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
import { fastFree, fastMalloc } from './tcache-fast.ts';
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
    const tracer = this.#tracer;
    state.errno = 0;
    const since = tracer?.count ?? 0;
    if (typeof bytes === 'number' && tracer?.wantsWhy !== true) {
      const mem = fastMalloc(state, bytes);
      if (mem !== 0) {
        if (tracer !== undefined) this.#emit(tracer, 'malloc', bytes, mem, since);
        return mem as Address;
      }
    }
    if (tracer === undefined) {
      state.loadStatics();
      return this.#malloc(canonical(bytes)) as Address;
    }
    return this.#report('malloc', [Number(bytes)], () => this.#malloc(canonical(bytes)), since);
  }

  calloc(count: number | bigint, bytes: number | bigint): Address {
    if (this.#tracer === undefined) {
      this.#enter();
      return this.#calloc(canonical(count), canonical(bytes)) as Address;
    }
    return this.#report('calloc', [Number(count), Number(bytes)], () =>
      this.#calloc(canonical(count), canonical(bytes)),
    );
  }

  realloc(mem: number | bigint, bytes: number | bigint): Address {
    if (this.#tracer === undefined) {
      this.#enter();
      return this.#realloc(canonical(mem), canonical(bytes)) as Address;
    }
    return this.#report('realloc', [Number(mem), Number(bytes)], () =>
      this.#realloc(canonical(mem), canonical(bytes)),
    );
  }

  reallocarray(mem: number | bigint, count: number | bigint, bytes: number | bigint): Address {
    return this.#report('reallocarray', [Number(mem), Number(count), Number(bytes)], () => {
      const product = this.#product(canonical(count), canonical(bytes), false);
      return product === undefined ? 0 : this.#realloc(canonical(mem), product);
    });
  }

  free(mem: number | bigint): void {
    const { state } = this;
    const tracer = this.#tracer;
    state.errno = 0;
    const since = tracer?.count ?? 0;
    if (typeof mem === 'number' && tracer?.wantsWhy !== true && fastFree(state, mem)) {
      if (tracer !== undefined) this.#emit(tracer, 'free', mem, 0, since);
      return;
    }
    if (tracer === undefined) {
      state.loadStatics();
      this.#free(canonical(mem));
      return;
    }
    const call = (): Word => {
      this.#free(canonical(mem));
      return 0;
    };
    this.#report('free', [Number(mem)], call, since);
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
        return 0;
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
        return 0;
      }
      const block = this.#memalign(wanted, canonical(bytes));
      if (block === 0) status = ENOMEM;
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
        return 0;
      }
      return this.#memalign(PAGE, rounded);
    });
  }

  mallocUsableSize(mem: number | bigint): number {
    return Number(this.usableSizeWord(mem));
  }

  /** malloc_usable_size, exact also for corrupted headers. */
  usableSizeWord(mem: number | bigint): Word {
    this.state.loadStatics();
    return usableSize(this.state, canonical(mem));
  }

  mallocTrim(pad: number | bigint): 0 | 1 {
    return this.#report('malloc_trim', [Number(pad)], () => {
      this.#initialize();
      return mallocTrim(this.state, canonical(pad));
    }) as number as 0 | 1;
  }

  mallopt(parameter: number, value: number): 0 | 1 {
    return this.#report('mallopt', [parameter, value], () => {
      this.#initialize();
      mallocConsolidate(this.state, this.state.mainArena);
      return setOption(this.state, parameter, value);
    }) as number as 0 | 1;
  }

  mallinfo(): Mallinfo {
    this.#enter();
    this.#initialize();
    return mallinfo(this.state);
  }

  mallinfo2(): Mallinfo {
    this.#enter();
    this.#initialize();
    return mallinfo2(this.state);
  }

  /** Says which thread makes the next calls; 0, the main one, makes the first. */
  enterThread(thread: number): void {
    this.state.enterThread(thread);
  }

  /** The calling thread ends: its cache is emptied, its arena waits for another thread. The main thread is next. */
  endThread(): void {
    this.#enter();
    const { state } = this;
    const structure = state.tcache;
    state.setTcache(0);
    state.tcacheDisabled = true;
    if (structure !== 0) {
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
    this.#enter();
    this.#initialize();
    return statsLines(this.state);
  }

  /** What malloc_info writes to its stream; `undefined` when it refuses the options with EINVAL, which it returns. */
  mallocInfo(options: number): string | undefined {
    this.#enter();
    if (options !== 0) return undefined;
    this.#initialize();
    return infoText(this.state);
  }

  /** libc's sbrk, which malloc shares. @returns the old break, -1 after a failure */
  sbrk(delta: number): number {
    this.state.errno = 0;
    const { w } = this.state;
    const old = this.state.sbrk(delta < 0 ? w.sub(0, -delta) : delta);
    return old === undefined ? -1 : Number(old);
  }

  /** libc's brk, which malloc shares. @returns 0, or -1 with errno */
  brk(addr: number): 0 | -1 {
    this.state.errno = 0;
    return this.state.brk(addr) ? 0 : -1;
  }

  // ---- entry and exit of a call ----

  #enter(): void {
    this.state.errno = 0;
    this.state.loadStatics();
  }

  /** Reports a call that went the short way. */
  #emit(tracer: Tracer, name: MallocFunction, arg: number, result: number, since: number): void {
    const { caller } = this;
    tracer.emit({ kind: 'malloc', name, args: [arg], result, errno: 0, since, caller, why: [] });
  }

  /** Makes a call and reports it; `since` when the call began before some events already. */
  #report(name: MallocFunction, args: readonly number[], call: () => Word, since?: number): Address {
    const { state } = this;
    this.#enter();
    const tracer = this.#tracer;
    if (tracer === undefined) return call() as Address;
    const why: Text[] = [];
    const event: UnfinishedCall = { name, args, since: since ?? tracer.count, why, caller: this.caller };
    this.unfinished = event;
    if (tracer.wantsWhy) state.why = why;
    const result = call() as Address;
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

  #malloc(bytes: Word): Word {
    const m = this.state;
    if (!m.initialized) this.#initialize();
    const { tcache } = m.release;
    const nb = tcache.sizeMayWrap ? request2size(m, bytes) : this.#chunkSizeFor(bytes);
    if (nb === 0) return 0;
    const cached = this.#fromCache(nb);
    return cached === 0 ? this.#fromArena(bytes, '__libc_malloc') : cached;
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
  #fromCache(nb: Word): Word {
    switch (this.state.release.tcache.createdBy) {
      case 'nothing':
        return 0;
      case 'any-entry':
        return this.#fromTcache(nb);
      case 'small-request':
      case 'small-free':
        return this.#fromRangedTcache(nb);
    }
  }

  /** Takes a chunk from the tcache, which is made first when there is none. 2.27 to 2.41. */
  #fromTcache(nb: Word): Word {
    const m = this.state;
    const idx = tcacheIndex(m, nb);
    if (m.tcache === 0) this.#createTcacheIfMissing();
    if (idx >= m.mpWord(m.params.par.tcacheBins)) {
      m.why?.push(say('malloc.tcacheTooLarge', { size: Number(nb) }));
      return 0;
    }
    if (m.tcache === 0) return 0;
    return this.#takeHead(idx, nb);
  }

  #takeHead(idx: number, nb: Word): Word {
    const m = this.state;
    if (!tcacheHolds(m, idx)) {
      m.why?.push(say('malloc.tcacheEmpty', { bin: idx, size: Number(nb) }));
      return 0;
    }
    m.why?.push(say('malloc.tcacheHit', { bin: idx, size: Number(nb), count: tcacheCount(m, idx) }));
    return tcacheGet(m, idx);
  }

  /** The same from 2.42 on, where bins of size ranges exist too. */
  #fromRangedTcache(nb: Word): Word {
    const m = this.state;
    if (nb >= m.mpWord(m.params.par.tcacheMaxBytes)) {
      m.why?.push(say('malloc.tcacheTooLarge', { size: Number(nb) }));
      return 0;
    }
    if (m.tcache === 0) {
      if (m.release.tcache.createdBy === 'small-request') this.#createTcacheIfMissing();
      return 0;
    }
    const idx = tcacheIndex(m, nb);
    if (idx < m.params.tcache.smallBins) return this.#takeHead(idx, nb);
    return tcacheGetLarge(m, nb, tcacheLargeIndex(m, nb));
  }

  #createTcacheIfMissing(): void {
    const m = this.state;
    if (m.tcache !== 0 || m.release.tcache.createdBy === 'nothing') return;
    if (m.tcacheDisabled) return;
    const { bytes } = m.params.tcache;
    const arena = arenaGet(m, bytes);
    createTcache(m, arena, bytes, () => this.#retryArena(arena, bytes));
  }

  #fromArena(bytes: Word, func: AssertingFunction): Word {
    const m = this.state;
    const arena = arenaGet(m, bytes);
    let mem = intMalloc(m, arena, bytes);
    if (mem === 0 && arena !== 0) mem = this.#retry(arena, bytes, (other) => intMalloc(m, other, bytes));
    if (mem !== 0) this.#assertArena(mem, func);
    return mem;
  }

  /** Whether a request that an arena could not serve is tried in another one. */
  get #retries(): boolean {
    return this.state.multiThreaded || this.state.release.retriesAlone;
  }

  #retryArena(failed: Word, bytes: Word): Word {
    return this.#retries && failed !== 0 ? arenaGetRetry(this.state, failed, bytes) : 0;
  }

  /** Tries another arena, where the release does. */
  #retry(failed: Word, bytes: Word, search: (arena: Word) => Word): Word {
    if (!this.#retries) return 0;
    return search(arenaGetRetry(this.state, failed, bytes));
  }

  /** What glibc asserts about every block from the main arena; an A flag out of nowhere ends here. */
  #assertArena(mem: Word, func: AssertingFunction): void {
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

  #calloc(count: Word, elementBytes: Word): Word {
    const m = this.state;
    const bytes = this.#product(count, elementBytes, m.release.callocLimit === 'ptrdiff-max');
    if (bytes === undefined) return 0;
    this.#initialize();
    const { tcache } = m.release;
    if (tcache.servesCalloc) {
      const nb = this.#chunkSizeFor(bytes);
      if (nb === 0) return 0;
      const cached = this.#fromCache(nb);
      if (cached !== 0) {
        const usable = m.w.sub(cachedSize(m, cached, nb), m.SIZE_SZ);
        m.why?.push(say('malloc.callocClears', { bytes: Number(usable) }));
        m.memory.fill(Number(cached), 0, Number(usable));
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

  #callocFromArena(bytes: Word): Word {
    const m = this.state;
    const { w } = m;
    const arena = arenaGet(m, bytes);
    const oldTop = arena === 0 ? 0 : m.top(arena);
    const oldTopSize = arena === 0 ? 0 : this.#freshFrom(arena, oldTop);
    const mem = this.#fromArena(bytes, '__libc_calloc');
    if (mem === 0) return 0;
    const p = mem2chunk(m, mem);
    if ((flagsOf(rawSize(m, p)) & IS_MMAPPED) !== 0) {
      m.why?.push(say('malloc.callocMapping'));
      if (m.perturbByte !== 0) m.memory.fill(Number(mem), 0, Number(bytes));
      return mem;
    }
    let size = chunksize(m, p);
    if (m.perturbByte === 0 && p === oldTop && size > oldTopSize) {
      // What the break adds is zero; what was top before may have been used.
      size = oldTopSize;
      m.why?.push(say('malloc.callocFresh', { bytes: Number(w.sub(size, m.SIZE_SZ)) }));
    } else m.why?.push(say('malloc.callocClears', { bytes: Number(w.sub(size, m.SIZE_SZ)) }));
    m.memory.fill(Number(mem), 0, Number(w.sub(size, m.SIZE_SZ)));
    return mem;
  }

  /** Bytes of top that may have been used; in a secondary arena all that is open. */
  #freshFrom(arena: Word, top: Word): Word {
    const m = this.state;
    const size = chunksize(m, top);
    if (arena === m.mainArena) return size;
    const heap = heapForPtr(m, top);
    const opened = m.w.sub(m.w.add(heap, heapMprotectSize(m, heap)), top);
    return opened > size ? opened : size;
  }

  #free(mem: Word): void {
    const m = this.state;
    if (mem === 0) {
      m.why?.push(say('malloc.freeNull'));
      return;
    }
    if (m.release.freeOrder === 'cache-first') this.#freeCacheFirst(mem);
    else this.#freeMmappedFirst(mem);
    if (m.release.freeKeepsErrno) m.errno = 0;
  }

  #freeMmappedFirst(mem: Word): void {
    const m = this.state;
    const p = mem2chunk(m, mem);
    if ((flagsOf(rawSize(m, p)) & IS_MMAPPED) !== 0) {
      raiseMmapThreshold(m, p);
      munmapChunk(m, p);
      return;
    }
    if (m.tcache === 0) this.#createTcacheIfMissing();
    intFree(m, arenaForChunk(m, p), p, false);
  }

  /** free from 2.42 on. */
  #freeCacheFirst(mem: Word): void {
    const m = this.state;
    const p = mem2chunk(m, mem);
    const size = chunksize(m, p);
    if (m.misalignedChunk(p)) m.abort('free(): invalid pointer');
    if (this.#cacheTakes(mem, p, size)) return;
    // p + (size - MINSIZE) must not wrap.
    const end = BigInt(p) + BigInt(m.w.sub(size, m.MINSIZE));
    if (end > m.w.max) m.abort('free(): invalid size');
    intFreeChunk(m, arenaForChunk(m, p), p, size, false);
  }

  #cacheTakes(mem: Word, p: Word, size: Word): boolean {
    const m = this.state;
    const lazy = m.release.tcache.createdBy === 'small-free';
    if (size >= m.mpWord(m.params.par.tcacheMaxBytes)) {
      m.why?.push(say('malloc.tcacheTooLarge', { size: Number(size) }));
      return false;
    }
    if (m.tcache === 0 && !lazy) return false;
    if (hasTcacheKey(m, mem)) {
      if (m.tcache !== 0)
        for (let idx = 0; idx < m.params.tcache.bins; idx += 1) scanForDoubleFree(m, mem, idx);
      // The key was there by chance: it is wiped and the call starts again.
      m.w.write(mem, m.SIZE_SZ, 0);
      this.#freeCacheFirst(mem);
      return true;
    }
    if (m.tcache === 0) {
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
    if (!tcacheHasRoom(m, large)) return false;
    tcachePutLarge(m, mem, size, large);
    return true;
  }

  #realloc(mem: Word, bytes: Word): Word {
    const m = this.state;
    this.#initialize();
    if (bytes === 0 && mem !== 0) {
      m.why?.push(say('malloc.reallocZero'));
      this.#free(mem);
      return 0;
    }
    if (mem === 0) {
      m.why?.push(say('malloc.reallocNull'));
      return this.#malloc(bytes);
    }
    const result = reallocBlock(m, mem, bytes, this.#callbacks);
    if (result !== 0 && result !== mem) this.#assertArena(result, '__libc_realloc');
    return result;
  }

  #memalign(alignment: Word, bytes: Word): Word {
    this.#initialize();
    const mem = midMemalign(this.state, alignment, bytes, this.#callbacks);
    if (mem !== 0) this.#assertArena(mem, '_mid_memalign');
    return mem;
  }

  readonly #callbacks = {
    malloc: (bytes: Word): Word => this.#malloc(bytes),
    createTcacheIfMissing: (): void => this.#createTcacheIfMissing(),
    retry: (failed: Word, bytes: Word, search: (arena: Word) => Word): Word =>
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
function cachedSize(m: Ptmalloc, mem: Word, nb: Word): Word {
  return tcacheIndex(m, nb) < m.params.tcache.smallBins ? nb : chunksize(m, mem2chunk(m, mem));
}
