/**
 * A log of calls of malloc and free that the WebAssembly functions of heap-fast-path.ts have served: the tracer is told of
 * them together, because leaving WebAssembly for each would cost more than the call.
 *
 * It lies in the linear memory (CALL_LOG): two words of 32 bits, calls in the log and calls that it has room for, then the
 * columns of SimpleCalls. The machine empties it whenever the program leaves its code, so the tracer hears of everything in
 * order and finds the process as it was after the last of the calls. Where there is no more room, or the tracer wants to
 * hear of the next call by itself, the general functions serve the call.
 */
import { invariant } from '../../base/assert.ts';
import { CodeWriter, op, WasmModule } from '../codegen/wasm-module.ts';
import { CALL_LOG, CALL_LOG_BYTES } from '../target/tlb-layout.ts';
import type { SimpleCalls, TraceEvent, Tracer } from '../trace/trace-event.ts';

/** Calls that the log holds at most, and where its parts are. */
const mostCalls = 2048;
const COUNT = CALL_LOG;
const ROOM = CALL_LOG + 4;
const BLOCKS = CALL_LOG + 16;
const SIZES = BLOCKS + 8 * mostCalls;
const POSITIONS = SIZES + 4 * mostCalls;
const CODES = POSITIONS + 4 * mostCalls;
invariant(CODES + 2 * mostCalls <= CALL_LOG + CALL_LOG_BYTES, 'the log has its place');

/** The memory of a machine, as far as the log needs it. */
export interface LogMemory {
  /** The linear memory as it is now. */
  readonly u32: Uint32Array;
}

/** Empties the log; stands between the machine and its tracer. */
export class CallLog implements Tracer {
  readonly #tracer: Tracer;
  readonly #memory: () => LogMemory;

  /** Views of the log in the linear memory as it was when they were made. */
  #columns: Omit<SimpleCalls, 'count'> | undefined;

  constructor(tracer: Tracer, memory: () => LogMemory) {
    this.#tracer = tracer;
    this.#memory = memory;
  }

  get count(): number {
    this.drain();
    return this.#tracer.count;
  }

  get wantsWhy(): boolean {
    return this.#tracer.wantsWhy;
  }

  get ignoresMalloc(): boolean {
    return this.#tracer.ignoresMalloc === true;
  }

  emit(event: TraceEvent): void {
    this.drain();
    try {
      this.#tracer.emit(event);
    } finally {
      this.open();
    }
  }

  /** Tells the tracer of the calls in the log. */
  drain(): void {
    const { u32 } = this.#memory();
    const count = u32[COUNT >>> 2] ?? 0;
    if (count === 0) return;
    u32[COUNT >>> 2] = 0;
    const { codes, positions, sizes, blocks } = this.#columnsIn(u32.buffer);
    this.#tracer.emitCalls?.({ count, codes, positions, sizes, blocks });
    this.open();
  }

  #columnsIn(buffer: ArrayBufferLike): Omit<SimpleCalls, 'count'> {
    if (this.#columns?.codes.buffer !== buffer) {
      this.#columns = {
        codes: new Uint16Array(buffer, CODES, mostCalls),
        positions: new Int32Array(buffer, POSITIONS, mostCalls),
        sizes: new Int32Array(buffer, SIZES, mostCalls),
        blocks: new Float64Array(buffer, BLOCKS, mostCalls),
      };
    }
    return this.#columns;
  }

  /** Lets the log take as many calls as the tracer is patient for. */
  open(): void {
    const { u32 } = this.#memory();
    u32[ROOM >>> 2] = Math.min(mostCalls, this.#tracer.patience ?? 0);
  }
}

/** Branches to `miss` when the next call cannot be noted. */
export function writeRoomTest(code: CodeWriter, miss: number): void {
  code.i32Const(ROOM);
  code.memory(op.i32_load, 0);
  code.emit(op.i32_eqz);
  code.branchIf(miss, 'unlikely');
}

/** Pushes `index * 2^shift`. */
function pushOffset(code: CodeWriter, index: number, shift: number): void {
  code.localGet(index);
  code.i32Const(shift);
  code.emit(op.i32_shl);
}

/**
 * Adds the function that notes a call: (code of the function, bytes, block). The position comes from the first function in
 * the exported table `log_slots`; where there is an observer, the second one is called too.
 *
 * @returns its index
 */
export function addLogging(module: WasmModule, isObserved: boolean): number {
  const read = { parameters: [], result: 'i32' } as const;
  const told = { parameters: ['i32', 'i32', 'i64'], result: undefined } as const;
  const nowhere = module.declareFunction('nowhere', read);
  const nowhereCode = new CodeWriter();
  nowhereCode.i32Const(-1);
  module.defineFunction(nowhere, [], nowhereCode);
  module.addToTable(nowhere);
  const unheard = module.declareFunction('unheard', told);
  module.defineFunction(unheard, [], new CodeWriter());
  module.addToTable(unheard);
  module.addExport('log_slots', 'table', 0);
  const note = module.declareFunction('note', told);
  const [called, size, block, count] = [0, 1, 2, 3];
  const code = new CodeWriter();
  code.i32Const(COUNT);
  code.memory(op.i32_load, 0);
  code.localSet(count);
  pushOffset(code, count, 1);
  code.localGet(called);
  code.memory(op.i32_store16, CODES);
  pushOffset(code, count, 2);
  code.i32Const(0);
  code.callIndirect(module.typeIndex(read));
  code.memory(op.i32_store, POSITIONS);
  pushOffset(code, count, 2);
  code.localGet(size);
  code.memory(op.i32_store, SIZES);
  pushOffset(code, count, 3);
  code.localGet(block);
  code.emit(op.f64_convert_i64_u);
  code.memory(op.f64_store, BLOCKS);
  code.i32Const(COUNT);
  code.localGet(count);
  code.i32Const(1);
  code.emit(op.i32_add);
  code.memory(op.i32_store, 0);
  code.i32Const(ROOM);
  code.i32Const(ROOM);
  code.memory(op.i32_load, 0);
  code.i32Const(1);
  code.emit(op.i32_sub);
  code.memory(op.i32_store, 0);
  if (isObserved) {
    for (const parameter of [called, size, block]) code.localGet(parameter);
    code.i32Const(1);
    code.callIndirect(module.typeIndex(told));
  }
  module.defineFunction(note, ['i32'], code);
  return note;
}

/** A WebAssembly function that reads the program's position: one in JavaScript would cost more than the call it notes. */
export function positionReader(position: WebAssembly.Global): WebAssembly.ExportValue {
  const module = new WasmModule('env');
  const global = module.importGlobal('position', 'i32', true);
  const read = module.declareFunction('read', { parameters: [], result: 'i32' });
  module.addExport('read', 'function', read);
  const code = new CodeWriter();
  code.globalGet(global);
  module.defineFunction(read, [], code);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.finish()), { env: { position } });
  invariant(instance.exports.read !== undefined, 'the module exports its function');
  return instance.exports.read;
}
