/**
 * A log of calls of malloc and free that the WebAssembly functions of heap-fast-path.ts have served: the tracer is told of
 * them together, because leaving WebAssembly for each would cost more than the call.
 *
 * It lies in the linear memory (CALL_LOG): two words of 32 bits, the bytes that it holds and those that it may hold, then
 * the rows of SimpleCalls. The machine empties it whenever the program leaves its code, so the tracer hears of everything in
 * order and finds the process as it was after the last of the calls. Where there is no more room, or the tracer wants to
 * hear of the next call by itself, the general functions serve the call.
 */
import { invariant } from '../../base/assert.ts';
import { CodeWriter, op, WasmModule } from '../codegen/wasm-module.ts';
import { CALL_LOG, CALL_LOG_BYTES } from '../target/tlb-layout.ts';
import { CALL_WORDS, FREED } from '../trace/trace-event.ts';
import type { TraceEvent, Tracer } from '../trace/trace-event.ts';

/** Calls that the log holds at most, and where its parts are. */
const mostCalls = 2048;
const ROW_BYTES = 4 * CALL_WORDS;
const USED = CALL_LOG;
const LIMIT = CALL_LOG + 4;
const ROWS = CALL_LOG + 16;
invariant(ROWS + ROW_BYTES * mostCalls <= CALL_LOG + CALL_LOG_BYTES, 'the log has its place');

/** The memory of a machine, as far as the log needs it. */
export interface LogMemory {
  /** The linear memory as it is now. */
  readonly u32: Uint32Array;
}

/** Empties the log; stands between the machine and its tracer. */
export class CallLog implements Tracer {
  readonly #tracer: Tracer;
  readonly #memory: () => LogMemory;

  /** A view of the log in the linear memory as it was when it was made. */
  #rows: Int32Array | undefined;

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
    const used = u32[USED >>> 2] ?? 0;
    if (used === 0) return;
    u32[USED >>> 2] = 0;
    if (this.#rows?.buffer !== u32.buffer)
      this.#rows = new Int32Array(u32.buffer, ROWS, CALL_WORDS * mostCalls);
    this.#tracer.emitCalls?.({ count: used / ROW_BYTES, rows: this.#rows });
    this.open();
  }

  /** Lets the log take as many calls as the tracer is patient for. */
  open(): void {
    const { u32 } = this.#memory();
    u32[LIMIT >>> 2] = ROW_BYTES * Math.min(mostCalls, this.#tracer.patience ?? 0);
  }
}

/** Branches to `miss` when the next call cannot be noted. */
export function writeRoomTest(code: CodeWriter, miss: number): void {
  code.i32Const(0);
  code.memory(op.i32_load, USED);
  code.i32Const(0);
  code.memory(op.i32_load, LIMIT);
  code.emit(op.i32_ge_u);
  code.branchIf(miss, 'unlikely');
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
  const [called, size, block, used] = [0, 1, 2, 3];
  const code = new CodeWriter();
  code.i32Const(0);
  code.memory(op.i32_load, USED);
  code.localTee(used);
  code.i32Const(0);
  code.callIndirect(module.typeIndex(read));
  code.memory(op.i32_store, ROWS);
  code.localGet(used);
  code.localGet(block);
  code.memory(op.i64_store32, ROWS + 4);
  code.localGet(used);
  code.localGet(block);
  code.i64Const(32);
  code.emit(op.i64_shr_u);
  code.emit(op.i32_wrap_i64);
  // The size of a call of free is 0, the code of a call of malloc.
  code.localGet(called);
  code.i32Const(FREED);
  code.emit(op.i32_mul);
  code.localGet(size);
  code.emit(op.i32_or);
  code.i32Const(16);
  code.emit(op.i32_shl);
  code.emit(op.i32_or);
  code.memory(op.i32_store, ROWS + 8);
  code.i32Const(0);
  code.localGet(used);
  code.i32Const(ROW_BYTES);
  code.emit(op.i32_add);
  code.memory(op.i32_store, USED);
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
