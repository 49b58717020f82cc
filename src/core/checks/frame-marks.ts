/**
 * States of the bytes of stack frames: when a function is entered its variables are uninitialised and the rest of its frame
 * is initialised, but for the words above rbp; when it is left its frame is dead. Done in WebAssembly for frames of usual size, because functions are
 * called often; the others are told to the checker.
 *
 * What a function's frame looks like is made once, as the states of its bytes from the lowest on:
 *
 *   SHAPES  for each position a u32: place of its shape, or 0 for one that is told
 *   shape   u32 bytes of the frame with saved rbp and return address, a multiple of 8; u32 1 at an entry, 0 at an end; the states at an entry
 *
 * The frames that ended last stay known, in a ring of GONE_FRAMES.
 */
import { lowHalf, roundUp } from '../../base/address.ts';
import type { CompiledFunction, CompiledProgram } from '../codegen/compiled-program.ts';
import { CodeWriter, op, WasmModule } from '../codegen/wasm-module.ts';
import { dataModelOf } from '../target/data-model.ts';
import type { AccessImports } from './access-filter.ts';
import { DEAD, GONE_COUNT, GONE_FRAMES, LINK, UNDEFINED, ZERO_PAGE } from './shadow-memory.ts';
import type { ShadowMemory } from './shadow-memory.ts';
import { writeOwnTest, writeProbe } from './shadow-probe.ts';

/** Frames that ended that are remembered, and bytes that each takes: f64 rbp, f64 where variables count from, i32 position. */
const mostGone = 64;
const GONE_BYTES = 24;

/** Larger frames are told. */
const largestFrame = 2048;

const SHAPE_HEAD = 8;

/** What the entry or the end of a function says of its frame. */
export interface FrameShape {
  readonly fn: CompiledFunction;
  readonly isEntry: boolean;
  /** Lowest byte of the frame, from rbp. */
  readonly lowest: number;
}

/** The frames of one program. */
export class FrameMarks {
  readonly #shadow: ShadowMemory;
  readonly #shapes: readonly (FrameShape | undefined)[];
  /** Place of SHAPES. */
  readonly shapesPlace: number;
  /** Bytes of the saved rbp and the return address, which are above it. */
  readonly linkBytes: number;

  constructor(shadow: ShadowMemory, program: CompiledProgram) {
    this.#shadow = shadow;
    this.linkBytes = 2 * dataModelOf(program.target).wordBytes;
    this.#shapes = program.positions.map(({ functionIndex, role }) => {
      const fn = program.functions[functionIndex];
      if (fn === undefined || role === 'statement') return undefined;
      return { fn, isEntry: role === 'entry', lowest: lowestByte(fn) };
    });
    this.shapesPlace = shadow.reserve(roundUp(4 * this.#shapes.length, 8));
    this.#shapes.forEach((shape, position) => {
      if (shape === undefined || !isPlain(shape)) return;
      const below = -shape.lowest;
      const bytes = below + this.linkBytes;
      const place = shadow.reserve(SHAPE_HEAD + bytes);
      const { i32 } = shadow;
      i32[(this.shapesPlace + 4 * position) / 4] = place;
      i32[place / 4] = bytes;
      i32[place / 4 + 1] = shape.isEntry ? 1 : 0;
      const states = new Uint8Array(i32.buffer, place + SHAPE_HEAD, bytes);
      for (const { offset, size, isParameter } of shape.fn.variables)
        if (!isParameter) states.fill(UNDEFINED, below + offset, below + offset + size);
      states.fill(LINK, below);
    });
  }

  /** The function that a position is the entry or the end of. */
  shapeAt(position: number): FrameShape | undefined {
    return this.#shapes[position];
  }

  /** Remembers a frame that ended; `variablesFrom` is where offsets of its variables count from. */
  noteGone(position: number, framePointer: number, variablesFrom: number): void {
    const { i32, f64 } = this.#shadow;
    const count = ((i32[GONE_COUNT / 4] ?? 0) + 1) | 0;
    i32[GONE_COUNT / 4] = count;
    const place = goneAt(count);
    f64[place / 8] = framePointer;
    f64[place / 8 + 1] = variablesFrom;
    i32[place / 4 + 4] = position;
  }

  /** The frame that ended last of those that an address was in. */
  lastGoneAt(addr: number): { readonly fn: CompiledFunction; readonly variablesFrom: number } | undefined {
    const { i32, f64 } = this.#shadow;
    const count = i32[GONE_COUNT / 4] ?? 0;
    for (let back = 0; back < mostGone; back++) {
      const place = goneAt(count - back);
      const framePointer = f64[place / 8] ?? 0;
      const shape = this.#shapes[i32[place / 4 + 4] ?? 0];
      if (shape === undefined || addr < framePointer + shape.lowest || addr >= framePointer) continue;
      return { fn: shape.fn, variablesFrom: f64[place / 8 + 1] ?? 0 };
    }
    return undefined;
  }
}

const goneAt = (count: number): number => GONE_FRAMES + GONE_BYTES * (lowHalf(count) & (mostGone - 1));

/**
 * The lowest byte that a frame uses, from rbp: below the stack pointer in functions that call nothing. Rounded down to
 * words.
 */
function lowestByte(fn: CompiledFunction): number {
  const lowest = fn.variables.reduce((least, { offset }) => Math.min(least, offset), -fn.frameSize);
  return -roundUp(-lowest, 8);
}

/** Whether its states are the same each time; what lies above rbp is the caller's. */
function isPlain({ fn, lowest }: FrameShape): boolean {
  return (
    fn.realignment === undefined && -lowest <= largestFrame && fn.variables.every(({ offset }) => offset < 0)
  );
}

/** What an observed module imports for its frames; `tell` hears of those that are not marked here. */
export function frameImports(
  shadow: ShadowMemory,
  marks: FrameMarks,
  tell: (position: number, framePointer: number) => void,
): AccessImports {
  return new WebAssembly.Instance(new WebAssembly.Module(marksModule(marks)), {
    env: {
      memory: shadow.linear,
      tell: (position: number, low: number, high: number) => {
        tell(position, (low >>> 0) + (high >>> 0) * 2 ** 32);
      },
    },
  }).exports;
}

function marksModule(marks: FrameMarks): Uint8Array {
  const module = new WasmModule('env');
  module.importMemory();
  const signature = { parameters: ['i32', 'i32', 'i32'], result: undefined } as const;
  const tell = module.importFunction('tell', signature);
  const mark = module.declareFunction('mark', {
    parameters: ['i32', 'i32', 'i32', 'i32'],
    result: 'i32',
  });
  const markCode = new CodeWriter();
  writeMark(markCode);
  module.defineFunction(mark, ['i64', 'i32', 'i32'], markCode);
  const due = module.declareFunction('frame_due', signature);
  module.addExport('frame_due', 'function', due);
  const dueCode = new CodeWriter();
  writeFrameDue(dueCode, { tell, mark }, marks);
  module.defineFunction(due, ['i32', 'i32', 'i32', 'i32'], dueCode);
  return module.finish();
}

/** Pushes `place + offset`. */
function pushSum(code: CodeWriter, place: number, offset: number): void {
  code.localGet(place);
  code.localGet(offset);
  code.emit(op.i32_add);
}

/**
 * (halves of an address, bytes, place of states or 0): sets the states of bytes of one page to those, or to DEAD.
 * Whole words are written, the last first.
 *
 * @returns i32: whether that was possible here
 */
function writeMark(code: CodeWriter): void {
  const [low, high, bytes, from, page, entry, states] = [0, 1, 2, 3, 4, 5, 6];
  const miss = code.open(op.block);
  const probe = { code, low, high, page, entry, states, pushBytes: () => code.localGet(bytes) };
  writeProbe(probe, miss);
  writeOwnTest(probe, ZERO_PAGE, miss);
  const eachWord = (pushWord: () => void): void => {
    const again = code.open(op.loop);
    code.localGet(bytes);
    code.i32Const(8);
    code.emit(op.i32_sub);
    code.localSet(bytes);
    pushSum(code, states, bytes);
    pushWord();
    code.memory(op.i64_store, 0);
    code.localGet(bytes);
    code.branchIf(again);
    code.close();
  };
  code.localGet(bytes);
  code.open(op.if);
  code.localGet(from);
  code.open(op.if);
  eachWord(() => {
    pushSum(code, from, bytes);
    code.memory(op.i64_load, 0);
  });
  code.else();
  eachWord(() => {
    code.i64Const(BigInt(`0x${`0${String(DEAD)}`.repeat(8)}`));
  });
  code.close();
  code.close();
  code.i32Const(1);
  code.emit(op.return);
  code.close();
  code.i32Const(0);
}

/** (position, halves of rbp): marks the frame, or tells of it. */
function writeFrameDue(
  code: CodeWriter,
  functions: { readonly tell: number; readonly mark: number },
  { shapesPlace, linkBytes }: FrameMarks,
): void {
  const [position, low, high, shape, from, bytes, below] = [0, 1, 2, 3, 4, 5, 6];
  /** Marks from the lowest byte on. */
  const mark = (size: number): void => {
    code.localGet(low);
    code.localGet(bytes);
    code.emit(op.i32_sub);
    code.localGet(high);
    code.localGet(size);
    code.localGet(from);
    code.call(functions.mark);
    code.emit(op.i32_eqz);
    code.branchIf(told, 'unlikely');
  };
  /** From rbp to the end of the frame, or back. */
  const moveBy = (distance: number): void => {
    code.localGet(low);
    code.i32Const(distance);
    code.emit(op.i32_add);
    code.localSet(low);
  };
  const told = code.open(op.block);
  moveBy(linkBytes);
  code.localGet(position);
  code.i32Const(2);
  code.emit(op.i32_shl);
  code.memory(op.i32_load, shapesPlace);
  code.localTee(shape);
  code.emit(op.i32_eqz);
  code.branchIf(told);
  code.localGet(shape);
  code.memory(op.i32_load, 0);
  code.localSet(bytes);
  // The states at an entry, or 0.
  code.localGet(shape);
  code.i32Const(SHAPE_HEAD);
  code.emit(op.i32_add);
  code.i32Const(0);
  code.localGet(shape);
  code.memory(op.i32_load, 4);
  code.emit(op.select);
  code.localSet(from);
  // Neither at an edge of 2^32 bytes nor below rbp's alignment.
  code.localGet(low);
  code.localGet(bytes);
  code.emit(op.i32_le_u);
  code.branchIf(told, 'unlikely');
  code.localGet(low);
  code.i32Const(7);
  code.emit(op.i32_and);
  code.branchIf(told, 'unlikely');
  // Bytes in the page below that of the last byte.
  code.localGet(bytes);
  code.localGet(low);
  code.i32Const(1);
  code.emit(op.i32_sub);
  code.i32Const(4095);
  code.emit(op.i32_and);
  code.i32Const(1);
  code.emit(op.i32_add);
  code.emit(op.i32_sub);
  code.localTee(below);
  code.i32Const(0);
  code.emit(op.i32_gt_s);
  code.open(op.if);
  mark(below);
  code.localGet(low);
  code.localGet(bytes);
  code.emit(op.i32_sub);
  code.localGet(below);
  code.emit(op.i32_add);
  code.localGet(high);
  code.localGet(bytes);
  code.localGet(below);
  code.emit(op.i32_sub);
  pushSum(code, from, below);
  code.i32Const(0);
  code.localGet(from);
  code.emit(op.select);
  code.call(functions.mark);
  code.emit(op.i32_eqz);
  code.branchIf(told, 'unlikely');
  code.else();
  mark(bytes);
  code.close();
  code.localGet(from);
  code.open(op.if);
  code.emit(op.return);
  code.close();
  moveBy(-linkBytes);
  writeNoteGone(code, { position, low, high, count: bytes, place: below });
  code.emit(op.return);
  code.close();
  moveBy(-linkBytes);
  code.localGet(position);
  code.localGet(low);
  code.localGet(high);
  code.call(functions.tell);
}

/** What {@link FrameMarks.noteGone} does, for a frame whose variables count from rbp. */
function writeNoteGone(
  code: CodeWriter,
  locals: {
    readonly position: number;
    readonly low: number;
    readonly high: number;
    readonly count: number;
    readonly place: number;
  },
): void {
  const { position, low, high, count, place } = locals;
  code.i32Const(0);
  code.i32Const(0);
  code.memory(op.i32_load, GONE_COUNT);
  code.i32Const(1);
  code.emit(op.i32_add);
  code.localTee(count);
  code.memory(op.i32_store, GONE_COUNT);
  code.localGet(count);
  code.i32Const(mostGone - 1);
  code.emit(op.i32_and);
  code.i32Const(GONE_BYTES);
  code.emit(op.i32_mul);
  code.localSet(place);
  for (const field of [0, 8]) {
    code.localGet(place);
    code.localGet(low);
    code.emit(op.f64_convert_i32_u);
    code.localGet(high);
    code.emit(op.f64_convert_i32_u);
    code.f64Const(2 ** 32);
    code.emit(op.f64_mul);
    code.emit(op.f64_add);
    code.memory(op.f64_store, GONE_FRAMES + field);
  }
  code.localGet(place);
  code.localGet(position);
  code.memory(op.i32_store, GONE_FRAMES + 16);
}
