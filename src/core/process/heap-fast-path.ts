/**
 * malloc and free in WebAssembly, as far as the thread's cache and the fast bins go.
 *
 * A small module beside the program's own: it looks the pages up in the translation tables that generated code uses and
 * does what malloc/tcache-near.ts and freeToFastbin of malloc/free.ts do, on the same words. Whatever is unusual, a page
 * that is not at hand, an empty bin, a suspicious size, a word of the program's table through which no call was made yet or
 * that leads elsewhere, goes to the general functions before anything has changed.
 * Where somebody is to be told of the calls, each is noted in the log of call-log.ts.
 *
 * Source: glibc 2.32 to 2.41, malloc/malloc.c: __libc_malloc, tcache_get, tcache_put, _int_free.
 * Covers 64-bit words, counters of two bytes that count chunks, safe-linking or not.
 */
import { PAGE_SIZE, highHalf, lowHalf } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import { entryOffset, pushHost, pushIsHit } from '../codegen/tlb-probe.ts';
import type { TlbProbe } from '../codegen/tlb-probe.ts';
import { CodeWriter, op, WasmModule } from '../codegen/wasm-module.ts';
import type { Malloc } from '../malloc/malloc.ts';
import { SIMPLE_CALLS } from '../trace/trace-event.ts';
import { addLogging, positionReader, writeRoomTest } from './call-log.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { READ_TLB, TLB_ENTRIES, TLB_ENTRY_SHIFT, WRITE_TLB } from '../target/tlb-layout.ts';

/** Largest request and chunk size that the cache of small sizes holds. */
const LARGEST_REQUEST = 1032;
const LARGEST_CHUNK = 1040;

/** Offset of the list heads in tcache_perthread_struct: 64 counters of two bytes come first. */
const ENTRIES = 128;

/** The functions that the program imports instead of the general ones. */
export interface HeapFastPath {
  readonly malloc: WebAssembly.ExportValue;
  readonly free: WebAssembly.ExportValue;
  /**
   * Takes the global with the program's position, whose module is made after this one, and the function that hears of the
   * calls.
   */
  readonly notePositions: (position: WebAssembly.Global, observer?: WebAssembly.ExportValue) => void;
}

/** The word through which the program calls a function, and what it holds once it is bound. */
export interface BoundWord {
  readonly slot: number;
  readonly addr: number;
}

export interface HeapFastPathOptions {
  readonly linear: WebAssembly.Memory;
  readonly memory: ProcessMemory;
  readonly malloc: Malloc;
  /** The general functions, as WebAssembly calls them. */
  readonly generalMalloc: (bytes: bigint) => bigint;
  readonly generalFree: (mem: bigint) => void;
  /** Undefined where the program calls without looking a word up. */
  readonly mallocWord: BoundWord | undefined;
  readonly freeWord: BoundWord | undefined;
  /** Whether the calls are noted; then `notePositions` comes before the first call. */
  readonly isLogged: boolean;
  /** Whether `notePositions` brings a function that hears of them. */
  readonly isObserved: boolean;
}

/** Makes the fast functions; undefined for releases that keep their cache in another way. */
export function makeHeapFastPath(options: HeapFastPathOptions): HeapFastPath | undefined {
  const { state } = options.malloc;
  const { tcache, fastchunksIn, arenaHasFastbins } = state.release;
  const isCovered =
    state.SIZE_SZ === 8 && tcache.counterBytes === 2 && tcache.counts === 'used' && fastchunksIn === 'field';
  if (!isCovered || !arenaHasFastbins) return undefined;
  const { arena } = state.params;
  const { mallocWord, freeWord } = options;
  const written = [state.mainArenaAddress + arena.haveFastchunks, state.mainArenaAddress + arena.systemMem];
  const words = [mallocWord, freeWord].flatMap((word) => (word === undefined ? [] : [word.slot]));
  const places = [...written, ...words];
  const instance = new WebAssembly.Instance(
    new WebAssembly.Module(
      heapModule({
        isLinkSafe: state.w.safeLinking,
        fastbins: state.mainArenaAddress + arena.fastbins,
        haveFastchunks: state.mainArenaAddress + arena.haveFastchunks,
        systemMem: state.mainArenaAddress + arena.systemMem,
        mallocWord,
        freeWord,
        isLogged: options.isLogged,
        isObserved: options.isObserved,
      }),
    ),
    {
      env: {
        memory: options.linear,
        malloc: (bytes: bigint) => {
          const mem = options.generalMalloc(bytes);
          refresh();
          return mem;
        },
        free: (mem: bigint) => {
          options.generalFree(mem);
          refresh();
        },
      },
    },
  );
  const global = (name: string): WebAssembly.Global => {
    const found = instance.exports[name];
    invariant(found instanceof WebAssembly.Global, `the heap module exports ${name}`);
    return found;
  };
  const [cache, key, bins, count, maxFast] = ['tcache', 'key', 'bins', 'count', 'max_fast'].map(global);
  let [knownAt, knownLargest] = [0, 0];
  // The first call makes the cache; what mallopt and tunables set is read again after each general call.
  const refresh = (): void => {
    const at =
      state.threadArena === state.mainArena && state.tcacheIsNear ? state.w.addressNumber(state.tcache) : 0;
    const largest = state.perturbByte === 0 ? state.globalMaxFast : 0;
    if (at !== 0) for (const place of [at, ...places]) makeKnown(options.memory, place);
    if (at === knownAt && largest === knownLargest) return;
    [knownAt, knownLargest] = [at, largest];
    if (cache !== undefined) cache.value = BigInt(at);
    if (maxFast !== undefined) maxFast.value = BigInt(largest);
    if (at === 0) return;
    if (key !== undefined)
      key.value = BigInt.asIntN(
        64,
        (BigInt(state.tcacheKeyHigh >>> 0) << 32n) | BigInt(state.tcacheKeyLow >>> 0),
      );
    if (bins !== undefined) bins.value = Number(state.mpWord(state.params.par.tcacheBins));
    if (count !== undefined) count.value = Number(state.mpWord(state.params.par.tcacheCount));
  };
  const { fast_malloc: malloc, fast_free: free } = instance.exports;
  invariant(malloc !== undefined && free !== undefined, 'the heap module exports its functions');
  const { log_slots: slots } = instance.exports;
  return {
    malloc,
    free,
    notePositions: (position, observer) => {
      if (!(slots instanceof WebAssembly.Table)) return;
      slots.set(0, positionReader(position));
      if (observer !== undefined) slots.set(1, observer);
    },
  };
}

/** Puts the page of a word that malloc has written before into the tables, where the program itself never puts it. */
function makeKnown(memory: ProcessMemory, addr: number): void {
  const entry = Math.floor(addr / PAGE_SIZE) % TLB_ENTRIES;
  const page = addr - (addr % PAGE_SIZE);
  for (const table of [READ_TLB, WRITE_TLB]) {
    const at = (table >>> 2) + entry * (1 << (TLB_ENTRY_SHIFT - 2));
    if (memory.u32[at] === page >>> 0 && memory.u32[at + 1] === highHalf(page)) continue;
    if (memory.knownWritable(addr) < 0) return;
    if (table === READ_TLB) memory.fillForRead(lowHalf(addr), highHalf(addr), 4);
    else memory.fillForWrite(lowHalf(addr), highHalf(addr), 4);
  }
}

interface HeapPlaces {
  readonly isLinkSafe: boolean;
  /** Addresses of words of the main arena. */
  readonly fastbins: number;
  readonly haveFastchunks: number;
  readonly systemMem: number;
  readonly mallocWord: BoundWord | undefined;
  readonly freeWord: BoundWord | undefined;
  readonly isLogged: boolean;
  readonly isObserved: boolean;
}

interface HeapGlobals {
  readonly tcache: number;
  readonly key: number;
  readonly bins: number;
  readonly count: number;
  readonly maxFast: number;
}

/** The module's bytes. */
function heapModule(places: HeapPlaces): Uint8Array {
  const module = new WasmModule('env');
  module.importMemory();
  const generalMalloc = module.importFunction('malloc', { parameters: ['i64'], result: 'i64' });
  const generalFree = module.importFunction('free', { parameters: ['i64'], result: undefined });
  const globals: HeapGlobals = {
    tcache: module.addGlobal('i64', true, 0),
    key: module.addGlobal('i64', true, 0),
    bins: module.addGlobal('i32', true, 0),
    count: module.addGlobal('i32', true, 0),
    maxFast: module.addGlobal('i64', true, 0),
  };
  module.addExport('tcache', 'global', globals.tcache);
  module.addExport('key', 'global', globals.key);
  module.addExport('bins', 'global', globals.bins);
  module.addExport('count', 'global', globals.count);
  module.addExport('max_fast', 'global', globals.maxFast);
  const log = places.isLogged ? addLogging(module, places.isObserved) : undefined;
  const malloc = module.declareFunction('fast_malloc', { parameters: ['i64'], result: 'i64' });
  const free = module.declareFunction('fast_free', { parameters: ['i64'], result: undefined });
  module.addExport('fast_malloc', 'function', malloc);
  module.addExport('fast_free', 'function', free);
  const refillCode = new CodeWriter();
  const refill = module.declareFunction('refill', { parameters: ['i32', 'i32'], result: 'i64' });
  writeRefill(refillCode, globals, places);
  module.defineFunction(refill, ['i32', 'i64', 'i32', 'i32', 'i32', 'i64', 'i64'], refillCode);
  const mallocCode = new CodeWriter();
  writeMalloc(mallocCode, globals, { general: generalMalloc, refill, log }, places);
  module.defineFunction(malloc, ['i32', 'i32', 'i32', 'i64', 'i32', 'i32'], mallocCode);
  const freeCode = new CodeWriter();
  writeFree(freeCode, globals, { general: generalFree, log }, places);
  module.defineFunction(free, ['i32', 'i64', 'i32', 'i32', 'i32', 'i32', 'i32', 'i64', 'i32'], freeCode);
  return module.finish();
}

/**
 * Leaves the host address of the word whose address `push` pushes in local `host`; branches to `miss` when its page is
 * not in the table.
 */
function translate(
  code: CodeWriter,
  table: number,
  push: () => void,
  host: number,
  entry: number,
  miss: number,
): void {
  const probe: TlbProbe = { code, pointer: 'i64', table, entry, pushAddress: push };
  pushIsHit(probe, 8);
  code.emit(op.i32_eqz);
  code.branchIf(miss, 'unlikely');
  pushHost(probe);
  code.localSet(host);
}

/** Branches to `miss` unless the program's word leads to the function: the general one binds it, or follows it elsewhere. */
function writeBoundTest(code: CodeWriter, word: BoundWord | undefined, miss: number): void {
  if (word === undefined) return;
  const { slot, addr } = word;
  const entry = READ_TLB + entryOffset(slot);
  code.i32Const(0);
  code.memory(op.i64_load, entry);
  code.i64Const(slot - (slot % PAGE_SIZE));
  code.emit(op.i64_ne);
  code.branchIf(miss, 'unlikely');
  code.i32Const(0);
  code.memory(op.i32_load, entry + 8);
  code.i32Const(lowHalf(slot) | 0);
  code.emit(op.i32_add);
  code.memory(op.i64_load, 0);
  code.i64Const(addr);
  code.emit(op.i64_ne);
  code.branchIf(miss, 'unlikely');
}

/** Replaces a link on the stack by what is stored at the address in a local, and the other way round. */
function protect(code: CodeWriter, places: HeapPlaces, at: number): void {
  if (!places.isLinkSafe) return;
  code.localGet(at);
  code.i64Const(12);
  code.emit(op.i64_shr_u);
  code.emit(op.i64_xor);
}

/** Pushes `base + index * size`. */
function pushSlot(code: CodeWriter, base: number, index: number, shift: number): void {
  code.localGet(base);
  code.localGet(index);
  code.i32Const(shift);
  code.emit(op.i32_shl);
  code.emit(op.i32_add);
}

/**
 * (index of the bin, host address of the cache) -> block from the fast bin, or 0 when the general function has to decide.
 *
 * Takes the first chunk and moves those behind it to the cache until that is full, as _int_malloc does. A walk that
 * changes nothing goes first: it has to find every page and the right sizes.
 */
function writeRefill(code: CodeWriter, globals: HeapGlobals, places: HeapPlaces): void {
  const [idx, cache, bin, chunk, host, entry, left, size, first] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const miss = code.open(op.block);
  // size = (idx + 2) * 16
  code.localGet(idx);
  code.emit(op.i64_extend_i32_u);
  code.i64Const(2);
  code.emit(op.i64_add);
  code.i64Const(4);
  code.emit(op.i64_shl);
  code.localTee(size);
  code.globalGet(globals.maxFast);
  code.emit(op.i64_gt_u);
  code.branchIf(miss);
  translate(code, WRITE_TLB, () => pushBin(code, idx, places), bin, entry, miss);
  code.localGet(bin);
  code.memory(op.i64_load, 0);
  code.localTee(first);
  code.emit(op.i64_eqz);
  code.branchIf(miss);
  const walk = (visit: () => void): void => {
    code.localGet(first);
    code.localSet(chunk);
    // The first chunk, and as many as the empty cache takes.
    code.globalGet(globals.count);
    code.i32Const(1);
    code.emit(op.i32_add);
    code.localSet(left);
    const end = code.open(op.block);
    const again = code.open(op.loop);
    code.localGet(chunk);
    code.emit(op.i64_eqz);
    code.branchIf(end);
    code.localGet(left);
    code.emit(op.i32_eqz);
    code.branchIf(end);
    visit();
    code.localGet(left);
    code.i32Const(1);
    code.emit(op.i32_sub);
    code.localSet(left);
    code.branch(again);
    code.close();
    code.close();
  };
  /** Puts the host address of the chunk's user memory into `host`; leaves `chunk` there. */
  const reach = (otherwise: number): void => {
    translate(
      code,
      WRITE_TLB,
      () => {
        code.localGet(chunk);
        code.i64Const(16);
        code.emit(op.i64_add);
      },
      host,
      entry,
      otherwise,
    );
  };
  const pushNext = (): void => {
    code.localGet(host);
    code.memory(op.i64_load, 0);
    if (!places.isLinkSafe) return;
    code.localGet(chunk);
    code.i64Const(16);
    code.emit(op.i64_add);
    code.i64Const(12);
    code.emit(op.i64_shr_u);
    code.emit(op.i64_xor);
  };
  walk(() => {
    // Aligned, its header in the page of its memory, of the bin's size.
    code.localGet(chunk);
    code.i64Const(15);
    code.emit(op.i64_and);
    code.i64Const(0);
    code.emit(op.i64_ne);
    code.branchIf(miss);
    code.localGet(chunk);
    code.i64Const(PAGE_SIZE - 1);
    code.emit(op.i64_and);
    code.i64Const(PAGE_SIZE - 16);
    code.emit(op.i64_eq);
    code.branchIf(miss);
    reach(miss);
    code.localGet(host);
    code.i32Const(8);
    code.emit(op.i32_sub);
    code.memory(op.i64_load, 0);
    code.i64Const(-8);
    code.emit(op.i64_and);
    code.localGet(size);
    code.emit(op.i64_ne);
    code.branchIf(miss);
    pushNext();
    code.localSet(chunk);
  });
  walk(() => {
    reach(miss);
    // The chunk leaves the bin, and but for the first one goes to the cache.
    code.localGet(bin);
    pushNext();
    code.memory(op.i64_store, 0);
    code.localGet(chunk);
    code.localGet(first);
    code.emit(op.i64_ne);
    code.open(op.if);
    code.localGet(chunk);
    code.i64Const(16);
    code.emit(op.i64_add);
    code.localSet(chunk);
    code.localGet(host);
    pushSlot(code, cache, idx, 3);
    code.memory(op.i64_load, ENTRIES);
    protect(code, places, chunk);
    code.memory(op.i64_store, 0);
    code.localGet(host);
    code.globalGet(globals.key);
    code.memory(op.i64_store, 8);
    pushSlot(code, cache, idx, 3);
    code.localGet(chunk);
    code.memory(op.i64_store, ENTRIES);
    pushSlot(code, cache, idx, 1);
    pushSlot(code, cache, idx, 1);
    code.memory(op.i32_load16_u, 0);
    code.i32Const(1);
    code.emit(op.i32_add);
    code.memory(op.i32_store16, 0);
    code.close();
    code.localGet(bin);
    code.memory(op.i64_load, 0);
    code.localSet(chunk);
  });
  code.localGet(first);
  code.i64Const(16);
  code.emit(op.i64_add);
  code.emit(op.return);
  code.close();
  code.i64Const(0);
}

/** Pushes the address of a fast bin's head. */
function pushBin(code: CodeWriter, idx: number, places: HeapPlaces): void {
  code.localGet(idx);
  code.emit(op.i64_extend_i32_u);
  code.i64Const(3);
  code.emit(op.i64_shl);
  code.i64Const(places.fastbins);
  code.emit(op.i64_add);
}

function writeMalloc(
  code: CodeWriter,
  globals: HeapGlobals,
  calls: { readonly general: number; readonly refill: number; readonly log: number | undefined },
  places: HeapPlaces,
): void {
  const { general, refill, log } = calls;
  const [bytes, idx, cache, entry, block, used, host] = [0, 1, 2, 3, 4, 5, 6];
  const note = (): void => {
    if (log === undefined) return;
    code.i32Const(SIMPLE_CALLS.indexOf('malloc'));
    code.localGet(bytes);
    code.emit(op.i32_wrap_i64);
    code.localGet(block);
    code.call(log);
  };
  const miss = code.open(op.block);
  if (log !== undefined) writeRoomTest(code, miss);
  writeBoundTest(code, places.mallocWord, miss);
  code.localGet(bytes);
  code.i64Const(LARGEST_REQUEST);
  code.emit(op.i64_gt_u);
  code.branchIf(miss);
  code.globalGet(globals.tcache);
  code.emit(op.i64_eqz);
  code.branchIf(miss);
  // csize2tidx(request2size(bytes))
  code.i32Const(0);
  code.localGet(bytes);
  code.emit(op.i32_wrap_i64);
  code.i32Const(23);
  code.emit(op.i32_add);
  code.i32Const(4);
  code.emit(op.i32_shr_u);
  code.i32Const(2);
  code.emit(op.i32_sub);
  code.localGet(bytes);
  code.i64Const(25);
  code.emit(op.i64_lt_u);
  code.emit(op.select);
  code.localTee(idx);
  code.globalGet(globals.bins);
  code.emit(op.i32_ge_u);
  code.branchIf(miss);
  translate(code, WRITE_TLB, () => code.globalGet(globals.tcache), cache, entry, miss);
  pushSlot(code, cache, idx, 1);
  code.memory(op.i32_load16_u, 0);
  code.localTee(used);
  code.emit(op.i32_eqz);
  code.open(op.if);
  // An empty cache is filled from the fast bin, whose first chunk is the answer.
  code.localGet(idx);
  code.localGet(cache);
  code.call(refill);
  code.localTee(block);
  code.emit(op.i64_eqz);
  code.branchIf(miss);
  note();
  code.localGet(block);
  code.emit(op.return);
  code.close();
  pushSlot(code, cache, idx, 3);
  code.memory(op.i64_load, ENTRIES);
  code.localTee(block);
  code.i64Const(15);
  code.emit(op.i64_and);
  code.i64Const(0);
  code.emit(op.i64_ne);
  code.branchIf(miss);
  translate(code, WRITE_TLB, () => code.localGet(block), host, entry, miss);
  pushSlot(code, cache, idx, 3);
  code.localGet(host);
  code.memory(op.i64_load, 0);
  protect(code, places, block);
  code.memory(op.i64_store, ENTRIES);
  pushSlot(code, cache, idx, 1);
  code.localGet(used);
  code.i32Const(1);
  code.emit(op.i32_sub);
  code.memory(op.i32_store16, 0);
  code.localGet(host);
  code.i64Const(0);
  code.memory(op.i64_store, 8);
  note();
  code.localGet(block);
  code.emit(op.return);
  code.close();
  code.localGet(bytes);
  code.call(general);
}

function writeFree(
  code: CodeWriter,
  globals: HeapGlobals,
  calls: { readonly general: number; readonly log: number | undefined },
  places: HeapPlaces,
): void {
  const { general, log } = calls;
  const [mem, host, raw, idx, cache, entry, used, other, old] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const note = (): void => {
    if (log === undefined) return;
    code.i32Const(SIMPLE_CALLS.indexOf('free'));
    code.i32Const(0);
    code.localGet(mem);
    code.call(log);
  };
  const miss = code.open(op.block);
  if (log !== undefined) writeRoomTest(code, miss);
  writeBoundTest(code, places.freeWord, miss);
  const missUnless = (): void => {
    code.emit(op.i32_eqz);
    code.branchIf(miss);
  };
  code.globalGet(globals.tcache);
  code.emit(op.i64_eqz);
  code.branchIf(miss);
  // Aligned, and its header in the same page.
  code.localGet(mem);
  code.i64Const(15);
  code.emit(op.i64_and);
  code.emit(op.i64_eqz);
  missUnless();
  code.localGet(mem);
  code.i64Const(PAGE_SIZE - 1);
  code.emit(op.i64_and);
  code.emit(op.i64_eqz);
  code.branchIf(miss);
  translate(code, WRITE_TLB, () => code.localGet(mem), host, entry, miss);
  // No flag but PREV_INUSE; a size of the cache.
  code.localGet(host);
  code.i32Const(8);
  code.emit(op.i32_sub);
  code.memory(op.i64_load, 0);
  code.localTee(raw);
  code.i64Const(14);
  code.emit(op.i64_and);
  code.emit(op.i64_eqz);
  missUnless();
  code.localGet(raw);
  code.i64Const(32);
  code.emit(op.i64_sub);
  code.i64Const(LARGEST_CHUNK + 1 - 32);
  code.emit(op.i64_gt_u);
  code.branchIf(miss);
  // The key of a block that is in the cache: perhaps a double free.
  code.localGet(host);
  code.memory(op.i64_load, 8);
  code.globalGet(globals.key);
  code.emit(op.i64_eq);
  code.branchIf(miss);
  code.localGet(raw);
  code.emit(op.i32_wrap_i64);
  code.i32Const(4);
  code.emit(op.i32_shr_u);
  code.i32Const(2);
  code.emit(op.i32_sub);
  code.localTee(idx);
  code.globalGet(globals.bins);
  code.emit(op.i32_ge_u);
  code.branchIf(miss);
  translate(code, WRITE_TLB, () => code.globalGet(globals.tcache), cache, entry, miss);
  pushSlot(code, cache, idx, 1);
  code.memory(op.i32_load16_u, 0);
  code.localTee(used);
  code.globalGet(globals.count);
  code.emit(op.i32_lt_u);
  code.open(op.if);
  // tcache_put
  code.localGet(host);
  pushSlot(code, cache, idx, 3);
  code.memory(op.i64_load, ENTRIES);
  protect(code, places, mem);
  code.memory(op.i64_store, 0);
  code.localGet(host);
  code.globalGet(globals.key);
  code.memory(op.i64_store, 8);
  pushSlot(code, cache, idx, 3);
  code.localGet(mem);
  code.memory(op.i64_store, ENTRIES);
  pushSlot(code, cache, idx, 1);
  code.localGet(used);
  code.i32Const(1);
  code.emit(op.i32_add);
  code.memory(op.i32_store16, 0);
  note();
  code.emit(op.return);
  code.close();
  // To the fast bin: the size of the chunk behind has to be possible, the first one of the bin another one.
  code.localGet(raw);
  code.i64Const(-2);
  code.emit(op.i64_and);
  code.globalGet(globals.maxFast);
  code.emit(op.i64_gt_u);
  code.branchIf(miss);
  const behind = (): void => {
    code.localGet(mem);
    code.localGet(raw);
    code.i64Const(-2);
    code.emit(op.i64_and);
    code.emit(op.i64_add);
    code.i64Const(8);
    code.emit(op.i64_sub);
  };
  translate(code, READ_TLB, behind, other, entry, miss);
  code.localGet(other);
  code.memory(op.i64_load, 0);
  code.localTee(old);
  code.i64Const(16);
  code.emit(op.i64_le_u);
  code.branchIf(miss);
  translate(code, READ_TLB, () => code.i64Const(places.systemMem), other, entry, miss);
  code.localGet(old);
  code.i64Const(-8);
  code.emit(op.i64_and);
  code.localGet(other);
  code.memory(op.i64_load, 0);
  code.emit(op.i64_ge_u);
  code.branchIf(miss);
  translate(code, WRITE_TLB, () => code.i64Const(places.haveFastchunks), other, entry, miss);
  const bin = 9;
  translate(code, WRITE_TLB, () => pushBin(code, idx, places), bin, entry, miss);
  code.localGet(bin);
  code.memory(op.i64_load, 0);
  code.localTee(old);
  code.localGet(mem);
  code.i64Const(16);
  code.emit(op.i64_sub);
  code.emit(op.i64_eq);
  code.branchIf(miss);
  code.localGet(other);
  code.i32Const(1);
  code.memory(op.i32_store, 0);
  code.localGet(host);
  code.localGet(old);
  protect(code, places, mem);
  code.memory(op.i64_store, 0);
  code.localGet(bin);
  code.localGet(mem);
  code.i64Const(16);
  code.emit(op.i64_sub);
  code.memory(op.i64_store, 0);
  note();
  code.emit(op.return);
  code.close();
  code.localGet(mem);
  code.call(general);
}
