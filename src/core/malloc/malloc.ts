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
import { releaseArena, releaseOtherArenas } from './arena.ts';
import { mallocConsolidate } from './free.ts';
import { freeBlock, freeGeneral } from './libc-free.ts';
import {
  assertArena,
  callocBytes,
  createTcacheIfMissing,
  initialize,
  mallocBlock,
  mallocWord,
  productOf,
  retryElsewhere,
} from './libc-malloc.ts';
import { midMemalign } from './memalign.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import { Ptmalloc } from './ptmalloc.ts';
import type { PtmallocOptions } from './ptmalloc.ts';
import { reallocBlock } from './realloc.ts';
import { infoPieces, mallinfo, mallinfo2, mallocTrim, statsLines } from './stats.ts';
import type { Mallinfo } from './stats.ts';
import { emptyTcache } from './tcache.ts';
import { setOption } from './tunables.ts';
import { usableSize } from './usable-size.ts';
import { canonical, figure, toWord } from './word.ts';
import type { Word } from './word.ts';

/** What an allocator is built from. */
export interface MallocOptions extends PtmallocOptions {
  readonly tracer?: Tracer;
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

/** The allocator of one process. */
export class Malloc {
  /** The allocator's context, for inspection. */
  readonly state: Ptmalloc;
  /** Who calls: the program, or the libc function that needs memory. */
  caller = 'program';
  /** The call under way; left standing when it ended the process. */
  unfinished: UnfinishedCall | undefined;

  readonly #tracer: Tracer | undefined;

  constructor(options: MallocOptions) {
    this.state = new Ptmalloc(options);
    this.#tracer = options.tracer;
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
    if (this.state.release.initializedAtStart) initialize(this.state);
  }

  malloc(bytes: number | bigint): Address {
    const { state } = this;
    if (this.#tracer === undefined) {
      state.enter();
      return this.#address(mallocBlock(this.state, bytes));
    }
    return this.#report('malloc', [Number(bytes)], () => mallocBlock(this.state, bytes));
  }

  calloc(count: number | bigint, bytes: number | bigint): Address {
    if (this.#tracer === undefined) {
      this.state.enter();
      return this.#address(callocBytes(this.state, canonical(count), canonical(bytes)));
    }
    return this.#report('calloc', [Number(count), Number(bytes)], () =>
      callocBytes(this.state, canonical(count), canonical(bytes)),
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
      const product = productOf(this.state, canonical(count), canonical(bytes), false);
      return product === undefined ? NULL : this.#realloc(this.#pointer(mem), product);
    });
  }

  free(mem: number | bigint): void {
    if (this.#tracer === undefined) {
      this.state.enter();
      freeBlock(this.state, this.#pointer(mem));
      return;
    }
    this.#report('free', [Number(mem)], () => {
      freeBlock(this.state, this.#pointer(mem));
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
        this.state.why?.push(say('malloc.badAlignment', { alignment: figure(wanted) }));
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
        this.state.why?.push(say('malloc.badAlignment', { alignment: figure(wanted) }));
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
        state.why?.push(say('malloc.requestTooLarge', { bytes: figure(wanted) }));
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
      initialize(this.state);
      return mallocTrim(this.state, canonical(pad));
    });
  }

  mallopt(parameter: number, value: number): 0 | 1 {
    return this.#reportResult('mallopt', [parameter, value], () => {
      initialize(this.state);
      mallocConsolidate(this.state, this.state.mainArena);
      return setOption(this.state, parameter, value);
    });
  }

  mallinfo(): Mallinfo {
    this.state.enter();
    initialize(this.state);
    return mallinfo(this.state);
  }

  mallinfo2(): Mallinfo {
    this.state.enter();
    initialize(this.state);
    return mallinfo2(this.state);
  }

  /** Says which thread makes the next calls; 0, the main one, makes the first. */
  enterThread(thread: number): void {
    this.state.enterThread(thread);
  }

  /** The process is the child of fork of one with several threads: the calling one is left. */
  loseOtherThreads(): void {
    releaseOtherArenas(this.state);
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
        freeGeneral(this.state, mem);
      });
      freeGeneral(this.state, structure);
    }
    releaseArena(state);
    state.forgetThread();
  }

  /** What malloc_stats writes to standard error, each entry a write of its own. */
  mallocStats(): readonly string[] {
    this.state.enter();
    initialize(this.state);
    return statsLines(this.state);
  }

  /** What malloc_info writes to its stream, piece by piece; `undefined` when it refuses the options with EINVAL. */
  mallocInfo(options: number): Iterable<string> | undefined {
    this.state.enter();
    if (options !== 0) return undefined;
    initialize(this.state);
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

  #realloc(mem: Pointer, bytes: Word): Pointer {
    const m = this.state;
    m.hasStartHook = false;
    initialize(m);
    if (bytes === 0 && mem !== NULL) {
      m.why?.push(say('malloc.reallocZero'));
      freeGeneral(m, mem);
      return NULL;
    }
    if (mem === NULL) {
      m.why?.push(say('malloc.reallocNull'));
      return mallocWord(m, bytes);
    }
    const result = reallocBlock(m, mem, bytes, this.#callbacks);
    if (result !== NULL && result !== mem) assertArena(m, result, '__libc_realloc');
    return result;
  }

  #memalign(alignment: Word, bytes: Word): Pointer {
    const m = this.state;
    initialize(m);
    const mem = midMemalign(m, alignment, bytes, this.#callbacks);
    if (mem !== NULL) assertArena(m, mem, '_mid_memalign');
    return mem;
  }

  readonly #callbacks = {
    malloc: (bytes: Word): Pointer => mallocWord(this.state, bytes),
    createTcacheIfMissing: (): void => createTcacheIfMissing(this.state),
    retry: (failed: Pointer, bytes: Word, search: (arena: Pointer) => Pointer): Pointer =>
      retryElsewhere(this.state, failed, bytes, search),
  };
}

function isPowerOf2(value: Word): boolean {
  const wide = BigInt(value);
  return wide !== 0n && (wide & (wide - 1n)) === 0n;
}
