/**
 * Code of one function: prologue, body, epilogue.
 *
 * The prologue does in memory what gcc's does: `call` has pushed the return address, `push rbp` saves the frame pointer,
 * parameters in registers are stored into the frame. The main stack is backed contiguously, so that afterwards the
 * frame is accessed at its host address. The epilogue compares the saved words: a program that overwrote them returns
 * somewhere else.
 */
import { isVariablyModified, sizeOf } from '../sema/type-relations.ts';
import type { TypedFunction } from '../sema/typed-tree.ts';
import type { FrameLayout, Realignment } from '../image/frame.ts';
import type { CodeMap } from '../image/code-size.ts';
import { INTEGER_REGISTERS, SSE_REGISTERS } from '../image/calling-convention.ts';
import {
  passedAs,
  signatureOf,
  travelsByAddress,
  REGISTER_IMAGE,
  VARIADIC_LIST,
  VECTOR_COUNT,
} from './call.ts';
import { generateCondition, generateEffect, generateValue } from './expression.ts';
import { FunctionState } from './function-state.ts';
import type { Generators } from './function-state.ts';
import { generateDispatchLoop, planJumps } from './goto.ts';
import { initializeObject } from './initializer.ts';
import { generatePlace, mainRealignment, mainShift } from './lvalue.ts';
import { touchWritable } from './memory-access.ts';
import { noteStep } from './observation.ts';
import { openAccumulator, tellMissing } from './missing-return.ts';
import { loadPlace, pushAddress, storePlace } from './place.ts';
import type { ProgramState } from './program-state.ts';
import { alignFrame, realignmentOf } from './realigned-frame.ts';
import { openSharedFrame } from './shared-frame.ts';
import { generateBlock, generateStatement } from './statement.ts';
import { accesses, valueKindOf } from './value-type.ts';
import { evaluateSizes } from './variable-array.ts';
import { op } from './wasm-module.ts';
import type { Opcode } from './wasm-module.ts';

const generators: Generators = {
  value: generateValue,
  effect: generateEffect,
  condition: generateCondition,
  place: generatePlace,
  statement: generateStatement,
  block: generateBlock,
  initialize: initializeObject,
};

/** Compiles a function and defines it in the module. */
export function generateFunction(
  program: ProgramState,
  options: {
    readonly fn: TypedFunction;
    readonly frame: FrameLayout;
    readonly codeMap: CodeMap;
    /** Index in the list of compiled functions. */
    readonly index: number;
    readonly functionIndex: number;
  },
): void {
  const { fn, frame } = options;
  const signature = signatureOf(
    program.pointer,
    fn.symbol.type,
    fn.parameters.map((parameter) => parameter.type),
  );
  const state = new FunctionState({
    program,
    fn,
    frame,
    codeMap: options.codeMap,
    index: options.index,
    parameterCount: signature.parameters.length,
    isLoopFunction: false,
    generators,
  });
  const { code } = state;
  const saved = savedRegisters(state);
  state.resultType = signature.result;
  state.result = signature.result === undefined ? undefined : state.local(signature.result);
  for (const object of frame.registers) {
    const kind = valueKindOf(object.type.type);
    if (kind.kind === 'scalar') state.registers.set(object, state.local(kind.access.type));
    if (kind.kind === 'words') {
      const [first = 0] = kind.words.map((word) => state.local(word.access.type));
      state.registers.set(object, first);
    }
    if (kind.kind === 'memory') {
      const first = state.local('i64');
      for (let bytes = 8; bytes < (sizeOf(object.type.type) ?? 0); bytes += 8) state.local('i64');
      state.packed.set(object, first);
    }
  }
  openAccumulator(state);
  state.moveTo(fn.symbol.span, 'entry');
  state.burnFuel();
  openFrame(state, saved);
  storeParameters(state);
  openSharedFrame(state);
  for (const { type } of fn.parameters) {
    if (isVariablyModified(type.type)) evaluateSizes(state, type.type);
  }
  storeGuard(state);
  noteStep(state);
  if (program.startLimit !== undefined && isEnteredFirst(fn))
    generateStatement(state, { kind: 'unsupported', ...program.startLimit });
  state.epilogue = code.open(op.block);
  const plan = planJumps(fn.body);
  if (plan.entered.size > 0) generateDispatchLoop(state, plan, fn.body);
  else state.block(fn.body);
  code.close();
  if (program.observation !== undefined) state.moveTo(fn.body.closeSpan, 'exit');
  checkGuard(state);
  closeFrame(state, saved);
  tellMissing(state);
  if (state.result !== undefined) code.localGet(state.result);
  program.module.defineFunction(options.functionIndex, state.localTypes, code);
}

/** Whether libc calls it when the program starts. */
const isEnteredFirst = ({ symbol }: TypedFunction): boolean =>
  symbol.name === 'main' || symbol.attributes.constructorPriority !== undefined;

/** Locals for what the prologue pushes, and for where. */
interface SavedRegisters {
  readonly framePointer: number;
  readonly returnAddress: number;
  /** Where the frame pointer is saved, when the frame does not align itself; the return address is above it. */
  readonly entry: number;
  /** Host addresses, less {@link FunctionState.hostBase}: of `entry`, and of where the frame pointer is saved. */
  readonly entryHost: number;
  readonly frameHost: number;
}

function savedRegisters(state: FunctionState): SavedRegisters {
  const [framePointer, returnAddress] = [state.local('i64'), state.local('i64')];
  const realignment = realignmentOf(state);
  if (realignment === undefined) {
    const { rbp: entry, host } = state;
    return { framePointer, returnAddress, entry, entryHost: host, frameHost: host };
  }
  const [entry, entryHost] = [state.local(state.program.pointer), state.local('i32')];
  const frameHost = realignment.kind === 'stack-pointer' ? entryHost : state.host;
  return { framePointer, returnAddress, entry, entryHost, frameHost };
}

/** call; push rbp; mov rbp, rsp; sub rsp, size */
function openFrame(state: FunctionState, saved: SavedRegisters): void {
  const { code, program, frame } = state;
  const { globals, wordBytes } = program;
  const isWide = program.pointer === 'i64';
  const storeWord = isWide ? op.i64_store : op.i64_store32;
  const realignment = realignmentOf(state);
  code.globalGet(globals.sp);
  code.i64Const(2 * wordBytes + mainShift(state));
  code.emit(op.i64_sub);
  if (!isWide) code.emit(op.i32_wrap_i64);
  code.localSet(saved.entry);
  touchWritable(state, saved.entry, 2 * wordBytes);
  if (realignment !== undefined) {
    alignFrame(state, saved.entry, realignment);
    setHost(state, saved.entry, saved.entryHost);
  }
  setHost(state, state.rbp, state.host);
  code.localGet(saved.entryHost);
  code.globalGet(globals.returnAddress);
  code.localTee(saved.returnAddress);
  code.memory(storeWord, state.hostBase + wordBytes);
  code.localGet(saved.frameHost);
  code.globalGet(globals.fp);
  code.localTee(saved.framePointer);
  code.memory(storeWord, state.hostBase);
  pushWide(state, realignment?.kind === 'stack-pointer' ? saved.entry : state.rbp);
  code.globalSet(globals.fp);
  pushWide(state, state.rbp);
  if (frame.frameSize > 0 || state.isLargeFrame) {
    code.i64Const(frame.frameSize);
    code.emit(op.i64_sub);
  }
  code.globalSet(globals.sp);
  touchLowest(state);
  if (realignment?.kind === 'argument-pointer') saveArgumentPointer(state, saved, realignment);
  saveMainArguments(state, saved);
}

/** Main of i386 keeps the address of its arguments below the frame pointer; libc's return address lies below them. */
function saveMainArguments(state: FunctionState, saved: SavedRegisters): void {
  const realignment = mainRealignment(state);
  if (realignment === undefined) return;
  const { code } = state;
  const { wordBytes } = state.program;
  const arguments_ = 2 * wordBytes + mainShift(state);
  storePlace(state, { kind: 'frame', offset: arguments_ - wordBytes }, accesses.i32, () => {
    code.localGet(saved.returnAddress);
    code.emit(op.i32_wrap_i64);
  });
  storePlace(state, { kind: 'frame', offset: realignment.argumentPointer }, accesses.i32, () => {
    code.localGet(saved.entry);
    state.addConst(arguments_);
  });
}

/** Below the aligned frame pointer: the address of the arguments; above it, the return address once more. */
function saveArgumentPointer(state: FunctionState, saved: SavedRegisters, realignment: Realignment): void {
  const { code } = state;
  const { wordBytes } = state.program;
  code.localGet(state.host);
  code.localGet(saved.returnAddress);
  code.memory(op.i64_store, state.hostBase + wordBytes);
  storePlace(state, { kind: 'frame', offset: realignment.argumentPointer }, accesses.i64, () => {
    code.localGet(saved.entry);
    state.addConst(2 * wordBytes);
  });
}

/** Sets a local to the host address of an address, less the bytes of the frame below it. */
function setHost(state: FunctionState, address: number, host: number): void {
  const { code } = state;
  code.localGet(address);
  if (state.program.pointer === 'i64') code.emit(op.i32_wrap_i64);
  code.globalGet(state.program.globals.stackAddend);
  code.emit(op.i32_add);
  if (state.hostBase !== 0) {
    code.i32Const(state.hostBase);
    code.emit(op.i32_sub);
  }
  code.localSet(host);
}

function pushWide(state: FunctionState, address: number): void {
  state.code.localGet(address);
  if (state.program.pointer === 'i32') state.code.emit(op.i64_extend_i32_u);
}

/** Makes the page with the lowest directly accessed byte present, when it is not the page of rbp. */
function touchLowest(state: FunctionState): void {
  const { code, frame } = state;
  const depth = state.isLargeFrame ? frame.registerLikeDepth : frame.depth;
  if (depth === 0) return;
  const isWide = state.program.pointer === 'i64';
  code.localGet(state.rbp);
  if (isWide) code.emit(op.i32_wrap_i64);
  code.localGet(state.rbp);
  if (isWide) code.emit(op.i32_wrap_i64);
  code.i32Const(depth);
  code.emit(op.i32_sub);
  code.emit(op.i32_xor);
  code.i32Const(-4096);
  code.emit(op.i32_and);
  code.openIf('unlikely');
  code.localGet(state.rbp);
  state.addConst(-depth);
  code.call(state.program.helper('touch_frame'));
  code.close();
}

/** Stores what came in registers into the frame. */
function storeParameters(state: FunctionState): void {
  const { code, fn, frame, program } = state;
  const result = valueKindOf(fn.symbol.type.result.type);
  const hasHiddenResult = travelsByAddress(result);
  let next = 0;
  if (hasHiddenResult) {
    if (frame.hiddenResult !== undefined && frame.hiddenResult < 0) {
      storePlace(
        state,
        { kind: 'frame', offset: frame.hiddenResult },
        program.pointer === 'i64' ? accesses.i64 : accesses.i32,
        () => code.localGet(0),
      );
    }
    next = 1;
  }
  if (frame.registerSaveArea !== undefined) saveRegisters(state, frame.registerSaveArea);
  fn.parameters.forEach((parameter) => {
    const local = next;
    next += 1;
    const offset = frame.incoming.get(parameter) ?? frame.offsets.get(parameter);
    const register = state.registers.get(parameter);
    const kind = valueKindOf(parameter.type.type);
    const travels = passedAs(program.pointer, parameter.type, fn.symbol.type.hasPrototype);
    if (register !== undefined && kind.kind === 'words') {
      kind.words.forEach((word, at) => {
        loadPlace(state, { kind: 'pinned', local, isOwned: false, offset: word.offset }, word.access);
        code.localSet(register + at);
      });
      return;
    }
    if (register !== undefined) {
      code.localGet(local);
      if (kind.kind === 'scalar' && kind.access.type === 'f32' && travels === 'f64')
        code.emit(op.f32_demote_f64);
      code.localSet(register);
      return;
    }
    if (offset === undefined || offset >= 0) return;
    if (kind.kind === 'scalar') {
      storePlace(state, { kind: 'frame', offset }, kind.access, () => {
        code.localGet(local);
        if (kind.access.type === 'f32' && travels === 'f64') code.emit(op.f32_demote_f64);
      });
      return;
    }
    if (!travelsByAddress(kind)) return;
    pushAddress(state, { kind: 'frame', offset });
    code.localGet(local);
    code.i32Const(sizeOf(parameter.type.type) ?? 0);
    code.call(program.helper('copy'));
  });
}

/** A variadic function saves the registers that may hold variadic arguments; vector registers when al says so. */
function saveRegisters(state: FunctionState, area: number): void {
  const { code, frame } = state;
  const { integerRegisters, sseRegisters } = frame.parameterPlaces;
  const word = (host: number, offset: number): void => {
    storePlace(state, { kind: 'frame', offset }, accesses.i64, () => {
      code.i32Const(host);
      code.memory(op.i64_load, 0);
    });
  };
  const image = VARIADIC_LIST - REGISTER_IMAGE;
  for (let index = integerRegisters; index < INTEGER_REGISTERS; index += 1) {
    word(image + 8 * index, area + 8 * index);
  }
  code.i32Const(VARIADIC_LIST - VECTOR_COUNT);
  code.memory(op.i32_load, 0);
  code.open(op.if);
  for (let index = sseRegisters; index < SSE_REGISTERS; index += 1) {
    word(image + 48 + 16 * index, area + 48 + 16 * index);
    word(image + 56 + 16 * index, area + 56 + 16 * index);
  }
  code.close();
}

/** Pushes the stack protector's secret word: fs:0x28, gs:0x14. */
function pushGuardWord(state: FunctionState): void {
  state.code.globalGet(state.program.globals.threadPointer);
  const isWide = state.program.pointer === 'i64';
  loadPlace(state, { kind: 'pointer', offset: isWide ? 0x28 : 0x14 }, isWide ? accesses.i64 : accesses.i32);
}

/** Puts the stack protector's word behind the arrays, where the frame has a place for it. */
function storeGuard(state: FunctionState): void {
  const { guard } = state.frame;
  if (guard === undefined) return;
  const access = state.program.pointer === 'i64' ? accesses.i64 : accesses.i32;
  storePlace(state, { kind: 'frame', offset: guard }, access, () => pushGuardWord(state));
}

/** Calls __stack_chk_fail when the word has changed. */
function checkGuard(state: FunctionState): void {
  const { code, program, frame } = state;
  if (frame.guard === undefined || program.stackCheckFail === undefined) return;
  const isWide = program.pointer === 'i64';
  loadPlace(state, { kind: 'frame', offset: frame.guard }, isWide ? accesses.i64 : accesses.i32);
  pushGuardWord(state);
  code.emit(isWide ? op.i64_ne : op.i32_ne);
  code.openIf('unlikely');
  code.call(program.stackCheckFail);
  code.close();
}

/**
 * leave; ret. Words that are no longer those that the prologue saved send execution elsewhere: the machine finds out where
 * (core/process/return-chain.ts), and comes back when that was the caller after all.
 */
function closeFrame(state: FunctionState, registers: SavedRegisters): void {
  const { code, program } = state;
  const { globals, wordBytes } = program;
  const loadWord: Opcode = wordBytes === 8 ? op.i64_load : op.i64_load32_u;
  const saved = (offset: number): void => {
    code.localGet(offset === 0 ? registers.frameHost : registers.entryHost);
    code.memory(loadWord, state.hostBase + offset);
  };
  const pointer = mainRealignment(state) ?? argumentPointerOf(state);
  // Main of i386 pushes its return address once more, for debuggers only: it returns by the first one.
  saved(wordBytes + mainShift(state));
  code.localGet(registers.returnAddress);
  code.emit(op.i64_xor);
  saved(0);
  code.localGet(registers.framePointer);
  code.emit(op.i64_xor);
  code.emit(op.i64_or);
  if (pointer !== undefined) {
    pushReturnSlot(state, pointer);
    pushEntry(state, registers, wordBytes + mainShift(state));
    code.emit(op.i64_xor);
    code.emit(op.i64_or);
  }
  code.emit(op.i64_eqz);
  code.emit(op.i32_eqz);
  code.openIf('unlikely');
  code.i32Const(state.index);
  if (pointer === undefined) pushEntry(state, registers, wordBytes + mainShift(state));
  else pushReturnSlot(state, pointer);
  saved(0);
  code.localGet(registers.returnAddress);
  code.localGet(registers.framePointer);
  code.call(program.imports.frameSmashed);
  code.else();
  code.localGet(registers.framePointer);
  code.globalSet(globals.fp);
  // On i386 the callee pops the address of a record result too; its caller moves the stack back at once.
  pushEntry(state, registers, 2 * wordBytes + mainShift(state));
  code.globalSet(globals.sp);
  code.close();
}

function argumentPointerOf(state: FunctionState): Realignment | undefined {
  const realignment = realignmentOf(state);
  return realignment?.kind === 'argument-pointer' ? realignment : undefined;
}

/** Pushes the address so many bytes above where the frame pointer is saved without alignment, as an i64. */
function pushEntry(state: FunctionState, { entry }: SavedRegisters, offset: number): void {
  pushWide(state, entry);
  state.code.i64Const(offset);
  state.code.emit(op.i64_add);
}

/** Pushes where a frame with an argument pointer finds its return address: a word below the arguments. */
function pushReturnSlot(state: FunctionState, { argumentPointer }: Realignment): void {
  const { code, program } = state;
  const isWide = program.pointer === 'i64';
  loadPlace(state, { kind: 'frame', offset: argumentPointer }, isWide ? accesses.i64 : accesses.i32);
  if (!isWide) code.emit(op.i64_extend_i32_u);
  code.i64Const(program.wordBytes);
  code.emit(op.i64_sub);
}
