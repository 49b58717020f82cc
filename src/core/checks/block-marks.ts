/**
 * What the checks note of calls of malloc and free that process/heap-fast-path.ts serves, in WebAssembly: the states of the
 * block's bytes and its record (heap-blocks.ts). What is unusual, a block across a page's edge, a page that was not
 * looked at before, a free of something that is not held, is told to the checker.
 */
import { CodeWriter, op, WasmModule } from '../codegen/wasm-module.ts';
import type { WasmType } from '../codegen/compiled-program.ts';
import type { StepGlobals } from '../process/machine-observer.ts';
import { SIMPLE_CALLS } from '../trace/trace-event.ts';
import { blockField, HELD } from './heap-blocks.ts';
import { NO_ACCESS, TABLE, UNDEFINED } from './shadow-memory.ts';
import type { ShadowMemory } from './shadow-memory.ts';
import { writeProbe } from './shadow-probe.ts';

/** Who hears of the calls that are not noted here. */
export interface ToldCalls {
  malloc(bytes: number, mem: number): void;
  free(mem: number): void;
}

/** Makes the function (code of the call, bytes, block) that notes a call. */
export function callNotes(
  shadow: ShadowMemory,
  { position, stepsLeft }: StepGlobals,
  told: ToldCalls,
): WebAssembly.ExportValue | undefined {
  const { note } = new WebAssembly.Instance(new WebAssembly.Module(notesModule()), {
    env: {
      memory: shadow.linear,
      position,
      stepsLeft,
      malloc: (bytes: number, low: number, high: number) => {
        told.malloc(bytes, (low >>> 0) + (high >>> 0) * 2 ** 32);
      },
      free: (_bytes: number, low: number, high: number) => {
        told.free((low >>> 0) + (high >>> 0) * 2 ** 32);
      },
    },
  }).exports;
  return note;
}

/** Numbers of locals: (bytes, halves of the block), then scratch. */
const [BYTES, LOW, HIGH, PAGE, ENTRY, STATES, RECORD] = [0, 1, 2, 3, 4, 5, 6];
const scratch: readonly WasmType[] = ['i64', 'i32', 'i32', 'i32'];

interface NoteGlobals {
  readonly position: number;
  readonly stepsLeft: number;
}

function notesModule(): Uint8Array {
  const module = new WasmModule('env');
  module.importMemory();
  const call = { parameters: ['i32', 'i32', 'i32'], result: undefined } as const;
  const told = { malloc: module.importFunction('malloc', call), free: module.importFunction('free', call) };
  const globals = {
    position: module.importGlobal('position', 'i32', true),
    stepsLeft: module.importGlobal('stepsLeft', 'i64', true),
  };
  const notes = { malloc: writeTaken, free: writeGiven };
  const functions = SIMPLE_CALLS.map((name) => {
    const noted = module.declareFunction(name, call);
    const code = new CodeWriter();
    const miss = code.open(op.block);
    notes[name](code, globals, miss);
    code.emit(op.return);
    code.close();
    for (const parameter of [BYTES, LOW, HIGH]) code.localGet(parameter);
    code.call(told[name]);
    module.defineFunction(noted, scratch, code);
    return noted;
  });
  const note = module.declareFunction('note', { parameters: ['i32', 'i32', 'i64'], result: undefined });
  module.addExport('note', 'function', note);
  const code = new CodeWriter();
  const [called, bytes, block] = [0, 1, 2];
  functions.forEach((noted, index) => {
    code.localGet(called);
    code.i32Const(index);
    code.emit(op.i32_eq);
    code.open(op.if);
    code.localGet(bytes);
    code.localGet(block);
    code.emit(op.i32_wrap_i64);
    code.localGet(block);
    code.i64Const(32);
    code.emit(op.i64_shr_u);
    code.emit(op.i32_wrap_i64);
    code.call(noted);
    code.close();
  });
  module.defineFunction(note, [], code);
  return module.finish();
}

/** Finds the block's states and its record; the bytes of the block are in local BYTES. */
function writeFind(code: CodeWriter, miss: number): void {
  writeProbe(
    {
      code,
      low: LOW,
      high: HIGH,
      page: PAGE,
      entry: ENTRY,
      states: STATES,
      pushBytes: () => {
        code.localGet(BYTES);
      },
    },
    miss,
  );
}

/** Finds the record of the 16 bytes that the block begins in. */
function writeFindRecord(code: CodeWriter, miss: number): void {
  code.localGet(ENTRY);
  code.memory(op.i32_load, TABLE + 12);
  code.localTee(RECORD);
  code.emit(op.i32_eqz);
  code.branchIf(miss, 'unlikely');
  code.localGet(RECORD);
  code.localGet(LOW);
  code.i32Const(0xff0);
  code.emit(op.i32_and);
  code.i32Const(1);
  code.emit(op.i32_shl);
  code.emit(op.i32_add);
  code.localSet(RECORD);
}

/** The block is handed out. */
function writeTaken(code: CodeWriter, { position, stepsLeft }: NoteGlobals, miss: number): void {
  writeFind(code, miss);
  writeFindRecord(code, miss);
  const store = (field: keyof typeof blockField, push: () => void): void => {
    code.localGet(RECORD);
    push();
    const isDouble = field === 'bytes' || field === 'stepsLeft';
    code.memory(isDouble ? op.f64_store : op.i32_store, blockField[field]);
  };
  store('bytes', () => {
    code.localGet(BYTES);
    code.emit(op.f64_convert_i32_u);
  });
  store('stepsLeft', () => {
    code.globalGet(stepsLeft);
    code.emit(op.f64_convert_i64_s);
  });
  store('allocated', () => {
    code.globalGet(position);
  });
  store('freed', () => {
    code.i32Const(HELD);
  });
  // What request2size adds, without the header's word: up to 24, then to the next number that is 8 above a multiple of 16.
  store('slack', () => {
    code.i32Const(24);
    code.localGet(BYTES);
    code.i32Const(7);
    code.emit(op.i32_add);
    code.i32Const(-16);
    code.emit(op.i32_and);
    code.i32Const(8);
    code.emit(op.i32_add);
    code.localGet(BYTES);
    code.i32Const(25);
    code.emit(op.i32_lt_u);
    code.emit(op.select);
    code.localGet(BYTES);
    code.emit(op.i32_sub);
  });
  // Asked for by the program; aligned to 16 bytes.
  store('facts', () => {
    code.i32Const(1);
  });
  writeStates(code, UNDEFINED);
}

/** The block is given back: one that is held, from its start. */
function writeGiven(code: CodeWriter, { position }: NoteGlobals, miss: number): void {
  code.i32Const(0);
  code.localSet(BYTES);
  writeFind(code, miss);
  writeFindRecord(code, miss);
  // Aligned to 16 bytes, and held.
  code.localGet(RECORD);
  code.memory(op.i32_load, blockField.facts);
  code.i32Const(31);
  code.emit(op.i32_and);
  code.i32Const(1);
  code.emit(op.i32_ne);
  code.branchIf(miss, 'unlikely');
  code.localGet(RECORD);
  code.memory(op.i32_load, blockField.freed);
  code.i32Const(HELD);
  code.emit(op.i32_ne);
  code.branchIf(miss, 'unlikely');
  code.localGet(RECORD);
  code.memory(op.f64_load, blockField.bytes);
  code.f64Const(1040);
  code.emit(op.f64_gt);
  code.branchIf(miss, 'unlikely');
  code.localGet(RECORD);
  code.memory(op.f64_load, blockField.bytes);
  code.emit(op.i32_trunc_f64_s);
  code.localSet(BYTES);
  writeFind(code, miss);
  code.localGet(RECORD);
  code.globalGet(position);
  code.memory(op.i32_store, blockField.freed);
  writeStates(code, NO_ACCESS);
}

/** Sets the states of the block's bytes: words, then what is left. */
function writeStates(code: CodeWriter, state: number): void {
  const word = BigInt(`0x${`0${String(state)}`.repeat(8)}`);
  const whileAtLeast = (bytes: number, write: () => void): void => {
    const again = code.open(op.loop);
    code.localGet(BYTES);
    code.i32Const(bytes);
    code.emit(op.i32_ge_u);
    code.open(op.if);
    code.localGet(STATES);
    write();
    code.localGet(STATES);
    code.i32Const(bytes);
    code.emit(op.i32_add);
    code.localSet(STATES);
    code.localGet(BYTES);
    code.i32Const(bytes);
    code.emit(op.i32_sub);
    code.localSet(BYTES);
    code.branch(again);
    code.close();
    code.close();
  };
  whileAtLeast(8, () => {
    code.i64Const(word);
    code.memory(op.i64_store, 0);
  });
  whileAtLeast(1, () => {
    code.i32Const(state);
    code.memory(op.i32_store8, 0);
  });
}
