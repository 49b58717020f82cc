/**
 * The machine code of a function as gcc -O0 emits it: prologue, body, epilogue, with the length of every instruction
 * and the places of jumps.
 */
import { resolve, sizeOf } from '../../sema/type-relations.ts';
import type { LabelSymbol, ObjectSymbol, TypedExpression, TypedFunction } from '../../sema/typed-tree.ts';
import type { ArgumentPlace } from '../calling-convention.ts';
import type { FrameLayout } from '../frame.ts';
import { isPairRecord } from '../register-modes.ts';
import { isHardPair, joined, partsOf } from './record-pairs.ts';
import type { CType } from '../../sema/type.ts';
import { isPromotedFloat } from '../parameter-slots.ts';
import { allocateRegisters } from './allocation.ts';
import type { Allocation } from './allocation.ts';
import { Assembler } from './assembler.ts';
import type { MachineInstruction } from './assembler.ts';
import { CodeBuffer } from './code-buffer.ts';
import { moveBytes } from './encoding.ts';
import { buildBlocks } from './flow.ts';
import type { Block } from './flow.ts';
import { AX, BP, XMM0, memAt, reg } from './machine.ts';
import type { Mode, Operand, Reg } from './machine.ts';
import { registerFileOf } from './register-file.ts';
import { spillSlots } from './spill-slots.ts';
import { StatementCoder } from './statements.ts';
import { dropUnreadValues, dropOverwrittenValues } from './unread-values.ts';
import { integerMode, modeOf } from './values.ts';
import { variableRegisters } from './variable-registers.ts';
import type { VariableRegisters } from './variable-registers.ts';

type Call = Extract<TypedExpression, { kind: 'call' }>;

/** The code of a function, from its first byte. */
export interface FunctionCode {
  /** Bytes. */
  readonly size: number;
  readonly instructions: readonly MachineInstruction[];
  /** Ends of the call instructions. */
  readonly callEnds: ReadonlyMap<Call, number>;
  readonly labels: ReadonlyMap<LabelSymbol, number>;
  /** Callee-saved registers that the code uses. */
  readonly savedRegisters: readonly number[];
  /** Bytes of the slots for values without a register. */
  readonly slots: readonly number[];
  readonly variables: VariableRegisters;
  /** Whether the end of the function can be reached. */
  readonly returns: boolean;
  /** Constructs whose code is not verified against gcc; empty when the size is exact as far as known. */
  readonly doubts: ReadonlySet<string>;
}

const argumentRegisters = [5, 4, 1, 2, 8, 9] as const;

/** Generates the code of a function with its frame. */
export function codeOfFunction(fn: TypedFunction, frame: FrameLayout, isPic: boolean): FunctionCode {
  const code = new CodeBuffer('x86_64', isPic, new Set());
  if (frame.realignment !== undefined) code.doubt('realigned frame');
  if (!frame.isExact) code.doubt('frame');
  if (fn.nesting !== undefined) code.doubt('nested function');
  for (const { type } of [{ type: fn.symbol.type.result }, ...fn.parameters]) {
    const { kind } = resolve(type.type);
    if (kind === 'vector' || kind === 'complex') code.doubt(`${kind} value`);
  }
  const statements = new StatementCoder(code, fn, frame, isPic);
  receiveParameters(code, fn, frame, statements);
  statements.body();
  const dropUnread = code.hasUnreadValues ? dropUnreadValues : undefined;
  const blocks = buildBlocks(code.items, code.loops, (what) => code.doubt(what), dropUnread);
  const allocation = allocateRegisters(blocks, code.modes, registerFileOf('x86_64'), code);
  if (allocation.saved.length !== frame.savedRegisters) code.doubt('callee-saved registers');
  const layout = new Layout(fn, frame, allocation, code);
  return layout.run(blocks, statements.labels);
}

/** Stores the parameters that came in registers; small ones are copied first, all of them, and then stored. */
function receiveParameters(
  code: CodeBuffer,
  fn: TypedFunction,
  frame: FrameLayout,
  statements: StatementCoder,
): void {
  const { hiddenResult, parameterPlaces, registerSaveArea } = frame;
  if (hiddenResult !== undefined) {
    code.emit({ op: 'move', mode: code.word, dst: memAt(BP, hiddenResult), a: reg(argumentRegisters[0]) });
  }
  const late: (() => void)[] = [];
  fn.parameters.forEach((parameter, index) => {
    const place = parameterPlaces.places[index];
    if (place === undefined) return;
    if (frame.registers.has(parameter)) receiveInRegister(code, parameter, place, statements);
    else if (isPromotedFloat(parameter, fn)) receivePromoted(code, frame, parameter, place, late);
    else receive(code, frame, parameter, place, late);
  });
  for (const finish of late) finish();
  if (registerSaveArea !== undefined) saveVariadic(code, frame, registerSaveArea);
}

/** The hard register of a scalar. */
function registerOfPlace(place: Extract<ArgumentPlace, { kind: 'registers' }>): Reg {
  return reg(
    place.classes[0] === 'sse' ? XMM0 + place.firstSse : (argumentRegisters[place.firstInteger] ?? 5),
  );
}

function receiveInRegister(
  code: CodeBuffer,
  parameter: ObjectSymbol,
  place: ArgumentPlace,
  statements: StatementCoder,
): void {
  const mode = modeOf(parameter.type.type) ?? 'SI';
  const own = statements.registerOf(parameter, mode);
  if (place.kind === 'stack' || (mode !== 'SI' && mode !== 'DI')) {
    code.doubt('register parameter');
    return;
  }
  code.emit({ op: 'move', mode, dst: own, a: registerOfPlace(place) });
}

/** An old-style `float` comes as a double. */
function receivePromoted(
  code: CodeBuffer,
  frame: FrameLayout,
  parameter: ObjectSymbol,
  place: ArgumentPlace,
  late: (() => void)[],
): void {
  const offset = frame.offsets.get(parameter);
  code.doubt('old-style float parameter');
  if (place.kind === 'stack' || offset === undefined) return;
  const from = registerOfPlace(place);
  late.push(() => {
    const narrow = code.register('SF');
    code.emit({ op: 'convert', mode: 'SF', from: 'DF', dst: narrow, a: from });
    code.emit({ op: 'move', mode: 'SF', dst: memAt(BP, offset), a: narrow });
  });
}

function receive(
  code: CodeBuffer,
  frame: FrameLayout,
  parameter: ObjectSymbol,
  place: ArgumentPlace,
  late: (() => void)[],
): void {
  const mode = modeOf(parameter.type.type);
  const offset = frame.offsets.get(parameter);
  if (offset === undefined) return;
  const slot = memAt(BP, offset);
  if (place.kind === 'stack') {
    if (mode !== 'QI' && mode !== 'HI') return;
    const arrived = code.inRegister('SI', memAt(BP, 16 + place.offset));
    late.push(() => storeNarrow(code, mode, slot, arrived));
    return;
  }
  if (mode === undefined || mode === 'TI') {
    receiveRecord(code, parameter, place, slot);
    return;
  }
  const from = registerOfPlace(place);
  if (mode === 'QI' || mode === 'HI') {
    const arrived = code.register('SI');
    code.emit({ op: 'move', mode: 'SI', dst: arrived, a: from });
    late.push(() => storeNarrow(code, mode, slot, arrived));
    return;
  }
  code.emit({ op: 'move', mode, dst: slot, a: from });
}

function storeNarrow(code: CodeBuffer, mode: Mode, slot: Operand, arrived: Reg): void {
  const narrow = code.register(mode);
  code.emit({ op: 'move', mode, dst: narrow, a: arrived });
  code.emit({ op: 'move', mode, dst: slot, a: narrow });
}

function receiveRecord(
  code: CodeBuffer,
  parameter: ObjectSymbol,
  place: Extract<ArgumentPlace, { kind: 'registers' }>,
  slot: Extract<Operand, { kind: 'mem' }>,
): void {
  const size = sizeOf(parameter.type.type) ?? 0;
  let integer = place.firstInteger;
  let vector = place.firstSse;
  const hard = place.classes.map((one) =>
    one === 'sse' ? XMM0 + vector++ : (argumentRegisters[integer++] ?? 5),
  );
  if (hard.length === 1 && hard[0] !== undefined) {
    const isVector = hard[0] >= XMM0;
    const isExact = size === 1 || size === 2 || size === 4 || size === 8;
    const mode: Mode = isExact ? integerMode(size) : 'DI';
    if (!isExact) code.doubt('record of odd size');
    code.emit({ op: 'move', mode: isVector ? (size === 4 ? 'SF' : 'DF') : mode, dst: slot, a: reg(hard[0]) });
    return;
  }
  if (isPairRecord(parameter.type.type)) {
    receiveInPair(code, parameter.type.type, hard, slot);
    return;
  }
  if (size === 16 && hard.every((no) => no < XMM0)) {
    receivePair(code, slot, hard);
    return;
  }
  const rest = size - 8;
  if (hard.every((no) => no < XMM0) && (rest === 1 || rest === 2 || rest === 4)) {
    receiveWordAndRest(code, slot, hard, integerMode(rest));
    return;
  }
  if (size === 16 && hard.every((no) => no >= XMM0)) {
    receiveVectors(code, slot, hard);
    return;
  }
  code.doubt('record parameter in two registers');
  if (size !== 16) {
    hard.forEach((no, index) => {
      code.emit({ op: 'move', mode: 'DI', dst: memAt(BP, slot.disp + 8 * index), a: reg(no) });
    });
    return;
  }
  const words = hard.map((no) => {
    const mode: Mode = no >= XMM0 ? 'DF' : 'DI';
    const word = code.register(mode);
    code.emit({ op: 'move', mode, dst: word, a: reg(no) });
    return word;
  });
  words.forEach((word, index) => {
    code.emit({ op: 'move', mode: 'DI', dst: memAt(BP, slot.disp + 8 * index), a: word });
  });
}

/** Words that become one value, which is stored; what is one register of sixteen bytes is stored at once. */
function receiveInPair(
  code: CodeBuffer,
  type: CType,
  hard: readonly number[],
  slot: Extract<Operand, { kind: 'mem' }>,
): void {
  if (isHardPair(type, hard)) {
    hard.forEach((no, index) =>
      code.emit({ op: 'move', mode: 'DI', dst: memAt(BP, slot.disp + 8 * index), a: reg(no) }),
    );
    return;
  }
  code.emit({ op: 'move', mode: 'TI', dst: slot, a: joined(code, partsOf(code, type, hard)) });
}

/** A word and a part of one: both are copied, then both stored. */
function receiveWordAndRest(
  code: CodeBuffer,
  slot: Extract<Operand, { kind: 'mem' }>,
  [first, second]: readonly number[],
  mode: Mode,
): void {
  if (first === undefined || second === undefined) return;
  const word = code.register('DI');
  const rest = code.register('SI');
  code.emit({ op: 'move', mode: 'DI', dst: word, a: reg(first) });
  code.emit({ op: 'move', mode: 'SI', dst: rest, a: reg(second) });
  code.emit({ op: 'move', mode: 'DI', dst: slot, a: word });
  code.emit({ op: 'move', mode, dst: memAt(BP, slot.disp + 8), a: rest });
}

/** Two vector registers: each is moved to a general one by way of xmm0, then both are stored. */
function receiveVectors(
  code: CodeBuffer,
  slot: Extract<Operand, { kind: 'mem' }>,
  hard: readonly number[],
): void {
  for (const no of hard) {
    if (no > XMM0) code.emit({ op: 'raw', mnemonic: 'movapd', bytes: 4, uses: [no], defs: [], clobbers: 0 });
    code.emit({ op: 'raw', mnemonic: 'movq', bytes: 5, uses: [no], defs: [], clobbers: 0 });
  }
  for (const half of [0, 8]) {
    const bytes = moveBytes('DI', memAt(BP, slot.disp + half), reg(AX));
    code.emit({ op: 'raw', mnemonic: 'mov', bytes, uses: [], defs: [], clobbers: 0 });
  }
}

/** Two general registers are copied, made one value of sixteen bytes and stored; the registers do not change the lengths. */
function receivePair(
  code: CodeBuffer,
  slot: Extract<Operand, { kind: 'mem' }>,
  hard: readonly number[],
): void {
  for (const no of hard)
    code.emit({ op: 'raw', mnemonic: 'mov', bytes: 3, uses: [no], defs: [], clobbers: 0 });
  code.emit({ op: 'raw', mnemonic: 'mov', bytes: 3, uses: [], defs: [], clobbers: 0 });
  for (const half of [0, 8]) {
    const bytes = moveBytes('DI', memAt(BP, slot.disp + half), reg(AX));
    code.emit({ op: 'raw', mnemonic: 'mov', bytes, uses: [], defs: [], clobbers: 0 });
  }
}

/** Saves what the variable arguments may have come in. */
function saveVariadic(code: CodeBuffer, frame: FrameLayout, area: number): void {
  const { parameterPlaces } = frame;
  for (let index = parameterPlaces.integerRegisters; index < 6; index += 1) {
    code.emit({
      op: 'move',
      mode: 'DI',
      dst: memAt(BP, area + 8 * index),
      a: reg(argumentRegisters[index] ?? 5),
    });
  }
  const skip = code.newLabel();
  code.emit({ op: 'compare', mode: 'QI', a: reg(AX), b: reg(AX), isTest: true });
  code.branch('e', skip);
  for (let index = parameterPlaces.sseRegisters; index < 8; index += 1) {
    code.emit({ op: 'move', mode: 'XF', dst: memAt(BP, area + 48 + 16 * index), a: reg(XMM0 + index) });
  }
  code.label(skip);
}

interface Jump {
  /** Block in whose end the jump stands. */
  readonly block: number;
  readonly target: Block;
  readonly isConditional: boolean;
  readonly mnemonic: string;
  isLong: boolean;
}

class Layout {
  readonly #fn: TypedFunction;
  readonly #frame: FrameLayout;
  readonly #allocation: Allocation;
  readonly #code: CodeBuffer;

  constructor(fn: TypedFunction, frame: FrameLayout, allocation: Allocation, code: CodeBuffer) {
    this.#fn = fn;
    this.#frame = frame;
    this.#allocation = allocation;
    this.#code = code;
  }

  run(blocks: readonly Block[], labels: ReadonlyMap<LabelSymbol, { readonly id: number }>): FunctionCode {
    const assembler = new Assembler(this.#allocation, -this.#frame.depth);
    this.#prologue(assembler);
    const starts: number[] = [];
    const ends: number[] = [];
    const calls: { readonly call: Call; readonly instruction: number }[] = [];
    let at = 0;
    const dropped = this.#code.hasUnreadValues ? dropOverwrittenValues(blocks, this.#allocation) : undefined;
    for (const block of blocks) {
      starts.push(block.index === 0 ? 0 : assembler.out.length);
      for (const insn of block.insns) {
        if (dropped?.has(insn) !== true) assembler.write(insn, at);
        at += 1;
        const call = this.#code.marks.get(insn);
        if (call !== undefined) calls.push({ call: call as Call, instruction: assembler.out.length });
      }
      if (block.indirectJump !== undefined) {
        assembler.write(block.indirectJump, at);
        at += 1;
      }
      if (block.isEnd) this.#epilogue(assembler);
      ends.push(assembler.out.length);
    }
    const jumps = jumpsOf(blocks);
    const sizes = blocks.map((_, index) => bytesOf(assembler.out, starts[index] ?? 0, ends[index] ?? 0));
    const positions = relax(blocks, sizes, jumps);
    const instructionEnds = endsOf(assembler.out, starts, ends, positions);
    const callEnds = new Map(
      calls.map(({ call, instruction }) => [call, instructionEnds[instruction - 1] ?? 0]),
    );
    return {
      size: positions[blocks.length] ?? 0,
      instructions: withJumps(assembler.out, ends, jumps),
      callEnds,
      labels: this.#labelPlaces(blocks, positions, labels),
      savedRegisters: this.#allocation.saved,
      variables: variableRegisters(this.#code, this.#allocation, registerFileOf('x86_64')),
      slots: spillSlots(
        blocks.flatMap((block) => block.insns),
        this.#code.modes,
        this.#allocation,
        'x86_64',
      ),
      returns: blocks.some((block) => block.isEnd),
      doubts: this.#code.doubts,
    };
  }

  #labelPlaces(
    blocks: readonly Block[],
    positions: readonly number[],
    labels: ReadonlyMap<LabelSymbol, { readonly id: number }>,
  ): ReadonlyMap<LabelSymbol, number> {
    const places = new Map<LabelSymbol, number>();
    if (labels.size === 0) return places;
    const blockOf = new Map(blocks.flatMap((block) => block.labels.map((id) => [id, block])));
    for (const [symbol, { id }] of labels) {
      const block = blockOf.get(id);
      if (block !== undefined) places.set(symbol, positions[block.index] ?? 0);
    }
    return places;
  }

  #prologue({ out }: Assembler): void {
    const { frameSize, savedRegisters } = this.#frame;
    out.push({ mnemonic: 'push rbp', bytes: 1 }, { mnemonic: 'mov rbp, rsp', bytes: 3 });
    // rbx is pushed last.
    for (let index = savedRegisters - 1; index >= 0; index -= 1)
      out.push({ mnemonic: 'push', bytes: index === 0 ? 1 : 2 });
    const below = frameSize - 8 * savedRegisters;
    if (below > 0) out.push({ mnemonic: 'sub rsp', bytes: below > 128 ? 7 : 4 });
    if (this.#frame.guard !== undefined) {
      out.push(
        { mnemonic: 'mov rax, fs:40', bytes: 9 },
        { mnemonic: 'mov', bytes: 4 },
        { mnemonic: 'xor eax, eax', bytes: 2 },
      );
    }
  }

  #epilogue({ out }: Assembler): void {
    const { frameSize, savedRegisters, guard } = this.#frame;
    if (guard !== undefined) {
      out.push(
        { mnemonic: 'mov', bytes: 4 },
        { mnemonic: 'sub', bytes: 9 },
        { mnemonic: 'je', bytes: 2 },
        { mnemonic: 'call', bytes: 5 },
      );
    }
    if (savedRegisters === 0) {
      out.push({ mnemonic: frameSize > 0 ? 'leave' : 'pop rbp', bytes: 1 });
    } else if (savedRegisters === 1) {
      out.push({ mnemonic: 'mov rbx', bytes: 4 }, { mnemonic: 'leave', bytes: 1 });
    } else {
      const below = frameSize - 8 * savedRegisters;
      if (below > 0) out.push({ mnemonic: 'add rsp', bytes: below > 127 ? 7 : 4 });
      for (let index = 0; index < savedRegisters; index += 1)
        out.push({ mnemonic: 'pop', bytes: index === 0 ? 1 : 2 });
      out.push({ mnemonic: 'pop rbp', bytes: 1 });
    }
    out.push({ mnemonic: 'ret', bytes: 1 });
    if (resolve(this.#fn.symbol.type.result.type).kind === 'error') this.#code.doubt('type of the result');
  }
}

/** Where each instruction ends, jumps aside. */
function endsOf(
  out: readonly MachineInstruction[],
  starts: readonly number[],
  ends: readonly number[],
  positions: readonly number[],
): number[] {
  const places: number[] = [];
  ends.forEach((end, block) => {
    let at = positions[block] ?? 0;
    for (let index = starts[block] ?? 0; index < end; index += 1) {
      at += out[index]?.bytes ?? 0;
      places[index] = at;
    }
  });
  return places;
}

function bytesOf(out: readonly MachineInstruction[], start: number, end: number): number {
  let sum = 0;
  for (let index = start; index < end; index += 1) sum += out[index]?.bytes ?? 0;
  return sum;
}

function jumpsOf(blocks: readonly Block[]): Jump[] {
  const jumps: Jump[] = [];
  blocks.forEach((block, index) => {
    if (block.branch !== undefined) {
      const { condition, to } = block.branch;
      jumps.push({ block: index, target: to, isConditional: true, mnemonic: `j${condition}`, isLong: false });
    }
    if (block.jumps && block.next !== undefined) {
      jumps.push({ block: index, target: block.next, isConditional: false, mnemonic: 'jmp', isLong: false });
    }
  });
  return jumps;
}

function jumpBytes(jump: Jump): number {
  if (!jump.isLong) return 2;
  return jump.isConditional ? 6 : 5;
}

/** All jumps begin short; those that do not reach grow until nothing changes. The last place is the end. */
function relax(blocks: readonly Block[], sizes: readonly number[], jumps: readonly Jump[]): number[] {
  const positions: number[] = [];
  for (let changed = true; changed;) {
    changed = false;
    positions.length = 0;
    const jumpEnds: number[] = [];
    let at = 0;
    let next = 0;
    blocks.forEach((_, index) => {
      positions.push(at);
      at += sizes[index] ?? 0;
      for (let jump = jumps[next]; jump?.block === index; jump = jumps[next]) {
        at += jumpBytes(jump);
        jumpEnds.push(at);
        next += 1;
      }
    });
    positions.push(at);
    jumps.forEach((jump, index) => {
      if (jump.isLong) return;
      const distance = (positions[jump.target.index] ?? 0) - (jumpEnds[index] ?? 0);
      if (distance >= -128 && distance <= 127) return;
      jump.isLong = true;
      changed = true;
    });
  }
  return positions;
}

function withJumps(
  out: readonly MachineInstruction[],
  ends: readonly number[],
  jumps: readonly Jump[],
): readonly MachineInstruction[] {
  const all: MachineInstruction[] = [];
  let at = 0;
  let next = 0;
  ends.forEach((end, block) => {
    for (; at < end; at += 1) {
      const one = out[at];
      if (one !== undefined) all.push(one);
    }
    for (let jump = jumps[next]; jump?.block === block; jump = jumps[next]) {
      all.push({ mnemonic: jump.mnemonic, bytes: jumpBytes(jump) });
      next += 1;
    }
  });
  return all;
}
