/**
 * The allocator's context: where its structures lie, and access to their fields.
 *
 * Everything that decides anything is simulated memory: malloc_state and malloc_par in libc's data, chunks and the
 * tcache structure in the heap. What glibc keeps in registers or in variables outside of those structures (the tcache
 * pointer of the thread, the tcache key, global_max_fast, perturb_byte, the cached break) is a field here.
 *
 * Source: malloc/malloc.c (struct malloc_state, mp_, ptmalloc_init, malloc_init_state), malloc/arena.c, misc/sbrk.c.
 * Threads call one after the other: `enterThread` says who is next.
 */
import { PAGE_SIZE, roundUp } from '../../base/address.ts';
import type { Memory, Syscalls } from '../mm/kernel.ts';
import { ENOMEM, MAP_ANONYMOUS, MAP_PRIVATE, PROT_READ, PROT_WRITE } from '../mm/kernel.ts';
import type { DataModel } from '../target/data-model.ts';
import type { GlibcRelease } from '../target/glibc-release.ts';
import type { Text } from '../text/text.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { MallocAbort, MallocHang } from './abort.ts';
import {
  DEFAULT_MMAP_MAX,
  DEFAULT_MMAP_THRESHOLD,
  DEFAULT_TOP_PAD,
  DEFAULT_TRIM_THRESHOLD,
  NBINS,
  NONCONTIGUOUS_BIT,
  NO_FASTCHUNKS_BIT,
  mallocParams,
} from './params.ts';
import type { MallocParams } from './params.ts';
import { NULL } from './pointer.ts';
import type { Pointer } from './pointer.ts';
import { NearFields } from './near-fields.ts';
import { isTcacheNear } from './tcache-near.ts';
import type { Tunables } from './tunables.ts';
import { highHalfOf, lowHalfOf, toWord } from './word.ts';
import type { Word } from './word.ts';
import { MallocSyscalls } from './system-calls.ts';
import { wordMemory } from './word-memory.ts';
import type { WordMemory } from './word-memory.ts';

/** Steps after which a search of a list counts as endless. */
const ENDLESS_STEPS = 20_000_000;

/** Processors where nobody says how many there are. */
const DEFAULT_CORES = 8;

/** What a thread has for itself while another one runs. */
interface ThreadState {
  readonly threadArena: Pointer;
  readonly tcache: Pointer;
  readonly tcacheDisabled: boolean;
}

/** What the allocator is built from. */
export interface PtmallocOptions {
  readonly memory: Memory;
  readonly syscalls: Syscalls;
  readonly model: DataModel;
  readonly release: GlibcRelease;
  /** Address of main_arena. */
  readonly mainArena: number;
  /** The program break at the start of the process; pointers to what lies above are short. */
  readonly heapStart: number;
  /** Address of mp_; without it, where the release's build has it relative to main_arena. */
  readonly mp?: number;
  /** The random word that marks cached chunks (used from 2.34 on). */
  readonly tcacheKey: bigint;
  /** False leaves the functions of near-chunks.ts out. */
  readonly nearChunks?: boolean;
  /** Settings as GLIBC_TUNABLES has them; applied at the first call. */
  readonly tunables?: Tunables;
  /** Called when the allocator, setting itself up, draws the random word of its cached chunks. */
  readonly onDrawKey?: () => void;
  /** Called with the line that libc writes to standard error before it aborts. */
  readonly onMessage?: (line: string) => void;
  /** Processors, which limit the number of arenas. */
  readonly cores?: number;
  /** Name of the program, for the assertion texts of old releases. */
  readonly programName?: string;
}

/** Context of all functions of the allocator. */
export class Ptmalloc {
  readonly w: WordMemory;
  readonly memory: Memory;
  readonly syscalls: MallocSyscalls;
  readonly release: GlibcRelease;
  readonly params: MallocParams;
  readonly programName: string;
  /** main_arena, and its address. */
  readonly mainArena: Pointer;
  readonly mainArenaAddress: number;
  /** mp_, and its address. */
  readonly mp: Pointer;
  readonly mpAddress: number;

  // Constants of the hot paths, copied from `params`.
  readonly SIZE_SZ: number;
  readonly CHUNK_HDR_SZ: number;
  readonly MINSIZE: number;
  readonly MIN_LARGE_SIZE: number;
  /** MALLOC_ALIGN_MASK */
  readonly ALIGN_MASK: number;
  /** Whether the functions of near-chunks.ts apply: words of 8 bytes. */
  readonly usesNear: boolean;
  readonly entriesOffset: number;
  readonly tcacheBinsOffset: number;
  readonly tcacheCountOffset: number;

  /** errno that the current call set; 0 for none. */
  errno = 0;
  /** Decisions of the current call, while somebody listens. */
  why: Text[] | undefined;

  // What glibc keeps in static variables of arena.c.
  /** narenas, narenas_limit (0: not decided), the free list's head, next_to_use, aligned_heap_area. */
  arenaCount = 1;
  arenaLimit = 0;
  freeArenas = NULL;
  nextArena = NULL;
  alignedHeapArea = 0;
  readonly cores: number;
  /** Whether there has ever been a second thread. */
  multiThreaded = false;

  // What each thread has for itself; `enterThread` changes them all at once.
  /** thread_arena; 0 before the thread's first call. */
  threadArena = NULL;
  /** The thread's tcache pointer; 0 while there is no structure. */
  tcache = NULL;
  /** The thread's cache is being torn down, or its creation failed for good. */
  tcacheDisabled = false;
  /** Size of the chunk that near-search.ts took out of a bin, or that tcache-near.ts has no room for. */
  takenSize = 0;
  /** Where the fields of the main arena lie, for the functions by host index. */
  readonly near: NearFields;
  /** What tcache-near.ts knows: whether it applies, and where the structure and the limits in mp_ lie. */
  tcacheIsNear = false;
  nearGeneration = -1;
  nearTcache = 0;
  nearBins = 0;
  nearCount = 0;
  /** Whether cached chunks are marked, and the halves of the word that marks them, signed. */
  readonly marksCached: boolean;
  tcacheKeyLow: number;
  tcacheKeyHigh: number;
  globalMaxFast: number;
  perturbByte = 0;
  /** Chunks binned by the search that is going on: tcache_unsorted_count. */
  unsortedProcessed = 0;
  /** Chunks binned by its pass over the unsorted list that is going on, and whether that pass cached an exact fit. */
  binned = 0;
  stashedExact = false;
  /** Whether that search took its result from the tcache, which M_PERTURB leaves alone. */
  tookCached = false;
  /** Whether ptmalloc_init ran. */
  initialized = false;
  /** Whether the next calloc goes through the start-up hook. */
  hasStartHook: boolean;
  readonly tunables: Tunables;
  readonly onDrawKey: () => void;
  readonly #onMessage: (line: string) => void;
  /** __curbrk: the break as libc believes it to be. */
  #currentBreak: number | undefined;
  #staticsLoaded = false;

  constructor(options: PtmallocOptions) {
    this.memory = options.memory;
    this.release = options.release;
    this.params = mallocParams(options.release, options.model);
    this.programName = options.programName ?? 'program';
    this.cores = options.cores ?? DEFAULT_CORES;
    this.mainArenaAddress = options.mainArena;
    this.mpAddress = options.mp ?? options.mainArena + options.release.mpFromArena[options.model.name];
    const near = { heap: options.heapStart, arena: Math.min(this.mainArenaAddress, this.mpAddress) };
    this.w = wordMemory(options.model, options.memory, near, options.release.safeLinking);
    this.syscalls = new MallocSyscalls(options.syscalls, this.w);
    this.mainArena = this.w.pointerAt(this.mainArenaAddress);
    this.mp = this.w.pointerAt(this.mpAddress);
    this.SIZE_SZ = this.params.SIZE_SZ;
    this.CHUNK_HDR_SZ = this.params.CHUNK_HDR_SZ;
    this.MINSIZE = this.params.MINSIZE;
    this.MIN_LARGE_SIZE = this.params.MIN_LARGE_SIZE;
    this.ALIGN_MASK = this.params.MALLOC_ALIGNMENT - 1;
    this.usesNear = this.SIZE_SZ === 8 && options.nearChunks !== false;
    this.entriesOffset = this.params.tcache.entries;
    this.tcacheBinsOffset = this.params.par.tcacheBins;
    this.tcacheCountOffset = this.params.par.tcacheCount;
    this.tunables = options.tunables ?? {};
    this.onDrawKey = options.onDrawKey ?? ((): undefined => undefined);
    this.#onMessage = options.onMessage ?? ((): undefined => undefined);
    const key = toWord(BigInt.asUintN(8 * this.SIZE_SZ, options.tcacheKey));
    this.marksCached = options.release.tcache.key !== 'none';
    this.tcacheKeyLow = lowHalfOf(key) | 0;
    this.tcacheKeyHigh = highHalfOf(key) | 0;
    this.hasStartHook = options.release.startHooks;
    this.globalMaxFast = 0;
    this.near = new NearFields(this);
  }

  /**
   * Writes what the library's file holds in its .data: the initial mp_ and the initialisers of main_arena. A loader that
   * maps libc's data calls it before the program starts; otherwise the first call of malloc does.
   */
  loadStatics(): void {
    if (this.#staticsLoaded) return;
    this.#staticsLoaded = true;
    this.w.refresh();
    const { w, params, release } = this;
    const { par, arena } = params;
    w.write(this.mp, par.trimThreshold, DEFAULT_TRIM_THRESHOLD);
    w.write(this.mp, par.topPad, DEFAULT_TOP_PAD);
    w.write(this.mp, par.mmapThreshold, DEFAULT_MMAP_THRESHOLD);
    w.write(this.mp, par.arenaTest, this.SIZE_SZ === 8 ? 8 : 2);
    w.writeInt(this.mp, par.nMmapsMax, DEFAULT_MMAP_MAX);
    if (release.tcache.createdBy !== 'nothing') {
      w.write(this.mp, par.tcacheBins, release.tcache.smallBins);
      w.write(this.mp, par.tcacheMaxBytes, this.defaultTcacheMaxBytes());
      w.write(this.mp, par.tcacheCount, release.tcache.defaultCount);
    }
    w.writePointer(this.mainArena, arena.next, this.mainArena);
    w.write(this.mainArena, arena.attachedThreads, 1);
  }

  /** malloc_init_state of the main arena: empty bins, top standing at the unsorted bin. @source malloc/malloc.c */
  initState(av: Pointer): void {
    const { w, SIZE_SZ } = this;
    for (let i = 1; i < NBINS; i += 1) {
      const bin = this.binAt(av, i);
      w.writePointer(bin, 2 * SIZE_SZ, bin);
      w.writePointer(bin, 3 * SIZE_SZ, bin);
    }
    if (av !== this.mainArena) this.setFlags(av, this.flags(av) | NONCONTIGUOUS_BIT);
    else if (this.release.arenaHasFastbins) this.setMaxFast(this.params.DEFAULT_MXFAST);
    if (this.release.arenaHasFastbins) this.setHaveFastchunks(av, false);
    this.setTop(av, this.binAt(av, 1));
  }

  private defaultTcacheMaxBytes(): number {
    const { maxTcacheRequest } = this.params;
    if (this.release.tcache.createdBy === 'any-entry') return maxTcacheRequest;
    return this.release.tcache.limitInRequestBytes ? maxTcacheRequest : maxTcacheRequest + this.SIZE_SZ + 1;
  }

  // ---- threads ----

  readonly #threads = new Map<number, ThreadState>();
  #thread = 0;

  /** Says which thread makes the next calls; 0 is the main one. A thread that was not there before has no cache, no arena. */
  enterThread(thread: number): void {
    if (thread === this.#thread) return;
    this.multiThreaded = true;
    const { threadArena, tcache, tcacheDisabled } = this;
    this.#threads.set(this.#thread, { threadArena, tcache, tcacheDisabled });
    const next = this.#threads.get(thread);
    this.#thread = thread;
    this.threadArena = next?.threadArena ?? NULL;
    this.tcacheDisabled = next?.tcacheDisabled ?? false;
    this.setTcache(next?.tcache ?? NULL);
  }

  /** Forgets the calling thread, which has ended; the main thread is next. */
  forgetThread(): void {
    const ended = this.#thread;
    this.enterThread(0);
    this.#threads.delete(ended);
  }

  /** The tcache structures of all threads that have one, the main thread's first. */
  get tcaches(): readonly { readonly thread: number; readonly address: number }[] {
    return this.#placesOf(({ tcache }) => tcache);
  }

  /** The arenas of all threads that have one, likewise. */
  get threadArenas(): readonly { readonly thread: number; readonly address: number }[] {
    return this.#placesOf(({ threadArena }) => threadArena);
  }

  #placesOf(of: (state: ThreadState) => Pointer): { readonly thread: number; readonly address: number }[] {
    return [...new Map([...this.#threads, [this.#thread, this as ThreadState] as const])]
      .filter(([, state]) => of(state) !== NULL)
      .sort(([a], [b]) => a - b)
      .map(([thread, state]) => ({ thread, address: this.w.addressNumber(of(state)) }));
  }

  /** Sets the thread's tcache pointer, and the word that marks chunks in it. */
  setTcache(tcache: Pointer): void {
    this.tcache = tcache;
    this.nearGeneration = -1;
    this.tcacheIsNear = isTcacheNear(this);
    if (this.release.tcache.key !== 'structure') return;
    const addr = this.w.addressOf(tcache);
    this.tcacheKeyLow = lowHalfOf(addr) | 0;
    this.tcacheKeyHigh = highHalfOf(addr) | 0;
  }

  // ---- calls ----

  /** A call begins: pages may lie elsewhere than in the last one. */
  enter(): void {
    this.errno = 0;
    this.w.refresh();
    if (!this.#staticsLoaded) this.loadStatics();
  }

  // ---- malloc_state ----

  flags(av: Pointer): number {
    return this.w.readInt(av, this.params.arena.flags);
  }

  setFlags(av: Pointer, flags: number): void {
    this.w.writeInt(av, this.params.arena.flags, flags);
  }

  contiguous(av: Pointer): boolean {
    return (this.flags(av) & NONCONTIGUOUS_BIT) === 0;
  }

  haveFastchunks(av: Pointer): boolean {
    if (!this.release.arenaHasFastbins) return false;
    if (this.release.fastchunksIn === 'flags') return (this.flags(av) & NO_FASTCHUNKS_BIT) === 0;
    return this.w.readInt(av, this.params.arena.haveFastchunks) !== 0;
  }

  setHaveFastchunks(av: Pointer, value: boolean): void {
    if (this.release.fastchunksIn === 'flags')
      this.setFlags(av, value ? this.flags(av) & ~NO_FASTCHUNKS_BIT : this.flags(av) | NO_FASTCHUNKS_BIT);
    else this.w.writeInt(av, this.params.arena.haveFastchunks, value ? 1 : 0);
  }

  top(av: Pointer): Pointer {
    return this.w.readPointer(av, this.params.arena.top);
  }

  setTop(av: Pointer, top: Pointer): void {
    this.w.writePointer(av, this.params.arena.top, top);
  }

  lastRemainder(av: Pointer): Pointer {
    return this.w.readPointer(av, this.params.arena.lastRemainder);
  }

  setLastRemainder(av: Pointer, chunk: Pointer): void {
    this.w.writePointer(av, this.params.arena.lastRemainder, chunk);
  }

  systemMem(av: Pointer): Word {
    return this.w.read(av, this.params.arena.systemMem);
  }

  setSystemMem(av: Pointer, bytes: Word): void {
    this.w.write(av, this.params.arena.systemMem, bytes);
  }

  maxSystemMem(av: Pointer): Word {
    return this.w.read(av, this.params.arena.maxSystemMem);
  }

  setMaxSystemMem(av: Pointer, bytes: Word): void {
    this.w.write(av, this.params.arena.maxSystemMem, bytes);
  }

  /** The header of a bin, as a chunk whose fd and bk are the bin's. @source malloc/malloc.c: bin_at */
  binAt(av: Pointer, idx: number): Pointer {
    return this.w.plus(av, this.params.arena.bins + 2 * (idx - 2) * this.SIZE_SZ);
  }

  /** Address of a fast bin's head. */
  fastbinAt(av: Pointer, idx: number): Pointer {
    return this.w.plus(av, this.params.arena.fastbins + idx * this.SIZE_SZ);
  }

  // ---- mp_ ----

  mpWord(offset: number): Word {
    return this.w.read(this.mp, offset);
  }

  setMpWord(offset: number, value: Word): void {
    this.w.write(this.mp, offset, value);
  }

  mpInt(offset: number): number {
    return this.w.readInt(this.mp, offset);
  }

  setMpInt(offset: number, value: number): void {
    this.w.writeInt(this.mp, offset, value);
  }

  // ---- variables ----

  /** Sets the largest chunk size of the fast bins from a request size. @source malloc/malloc.c: set_max_fast */
  setMaxFast(request: number): void {
    const { SIZE_SZ, params, release } = this;
    const tiny =
      release.fastOff.upTo === 'zero' ? request === 0 : request <= params.MALLOC_ALIGNMENT - 1 - SIZE_SZ;
    if (tiny)
      this.globalMaxFast =
        release.fastOff.limit === 'alignment' ? params.MALLOC_ALIGNMENT : this.CHUNK_HDR_SZ;
    else this.globalMaxFast = request + SIZE_SZ - ((request + SIZE_SZ) % params.MALLOC_ALIGNMENT);
  }

  /** Whether a user address is not aligned. */
  misalignedMem(mem: Pointer): boolean {
    return this.w.lowBits(mem, this.ALIGN_MASK) !== 0;
  }

  /** Whether a chunk's user address is not aligned. On i386 chunks lie 8 bytes off a multiple of 16. */
  misalignedChunk(p: Pointer): boolean {
    return this.misalignedMem(this.CHUNK_HDR_SZ > this.ALIGN_MASK ? p : this.w.plus(p, this.CHUNK_HDR_SZ));
  }

  /** Whether a size is no multiple of the alignment. */
  misalignedSize(size: Word): boolean {
    return (lowHalfOf(size) & this.ALIGN_MASK) !== 0;
  }

  // ---- the break and mappings ----

  /**
   * libc's sbrk: moves the break that libc remembers.
   *
   * @returns the old break, or `undefined` after a failure (errno is set)
   * @source misc/sbrk.c, sysdeps/unix/sysv/linux/brk.c
   */
  sbrk(increment: Word): Pointer | undefined {
    const { w } = this;
    const old = this.#currentBreak ?? this.syscalls.brk(0);
    this.#currentBreak = old;
    if (increment === 0) return w.pointerAt(old);
    const wanted = w.add(old, increment);
    if (w.isNegative(increment) ? old < w.sub(0, increment) : wanted < old) {
      this.errno = ENOMEM;
      return undefined;
    }
    return this.brk(wanted) ? w.pointerAt(old) : undefined;
  }

  /** libc's brk: sets the break and remembers what the kernel answers. @returns whether it was set, else errno is */
  brk(addr: Word): boolean {
    const now = this.syscalls.brk(Number(addr));
    this.#currentBreak = now;
    if (now >= addr) return true;
    this.errno = ENOMEM;
    return false;
  }

  /** A private anonymous mapping at a place of the kernel's choice. @returns `undefined` and errno when refused */
  mapAnonymous(length: Word, extraFlags = 0): number | undefined {
    const result = this.syscalls.mmap(
      0,
      Number(length),
      PROT_READ | PROT_WRITE,
      MAP_PRIVATE | MAP_ANONYMOUS | extraFlags,
    );
    if (result >= 0) return result;
    this.errno = -result;
    return undefined;
  }

  // ---- ends ----

  /**
   * Ends the process with this line. libc keeps a copy of it in a page of its own first.
   *
   * Up to 2.26 a backtrace and the memory map follow the line; they are not modelled.
   *
   * @param suspect - the address that the banner of old releases names
   * @throws NotModelled when such a banner would name an address that is not known
   * @source malloc_printerr
   */
  abort(complaint: string, suspect?: Pointer): never {
    let text = complaint;
    if (this.release.abortText === 'banner') {
      if (suspect === undefined) throw new NotModelled('the address in an abort text');
      const address = this.w
        .addressOf(suspect)
        .toString(16)
        .padStart(2 * this.SIZE_SZ, '0');
      text = `*** Error in \`${this.programName}': ${complaint}: 0x${address} ***`;
    }
    this.#onMessage(`${text}\n`);
    this.keepMessage(text);
    throw new MallocAbort(text);
  }

  /**
   * A failed assertion of malloc.c.
   *
   * @param line - its line in the release's file; `undefined` where it is not known
   * @throws NotModelled when the release prints a line that is not known
   * @source malloc/malloc.c: __malloc_assert; assert/assert.c
   */
  assertionFailed(func: string, line: number | undefined, expression: string): never {
    const { assertion } = this.release;
    if (assertion === 'function')
      return this.abort(`Fatal glibc error: malloc assertion failure in ${func}: ${expression}`);
    if (line === undefined) throw new NotModelled(`the line number of a failed assertion in ${func}`);
    if (assertion === 'file-line-function')
      return this.abort(`Fatal glibc error: malloc.c:${line} (${func}): assertion failed: ${expression}`);
    const text = `${this.programName}: malloc.c:${line}: ${func}: Assertion \`${expression}' failed.`;
    this.#onMessage(`${text}\n`);
    throw new MallocAbort(text);
  }

  /** Saves the message in a mapping, for debuggers. @source sysdeps/posix/libc_fatal.c */
  private keepMessage(text: string): void {
    // A length in front, the text, a newline and a NUL.
    this.mapAnonymous(roundUp(4 + text.length + 2, PAGE_SIZE));
  }

  /** Counts the steps of a search; an endless one ends as a hang. */
  checkSteps(steps: number): void {
    if (steps > ENDLESS_STEPS) throw new MallocHang('a corrupted list is a ring');
  }
}
