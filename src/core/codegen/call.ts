/**
 * Calls (C17 6.5.2.2): arguments, the return address, variadic arguments, results that are records.
 *
 * Scalars are wasm parameters; records are passed by the address of their bytes, which the callee copies into its frame.
 * What the ABI passes on the stack is also stored there, above the return address, and a callee of the program reads it
 * from there. A function that returns a record gets the address for it as its first parameter.
 *
 * Variadic calls have one more i32 parameter P, a host address: from P on lie the variadic arguments (all arguments where an
 * external function has no prototype: it may be a variadic one of libc) one after the
 * other (for functions of libc), and below it what a variadic function of the program finds in registers, in the form
 * of its register save area: six general registers from P-176, eight vector registers from P-128; the number of vector
 * registers used is at P-180.
 */
import { roundUp } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import { classify, assignArguments, returnsInMemory } from '../image/calling-convention.ts';
import type { ArgumentAssignment } from '../image/calling-convention.ts';
import { hasSideEffects } from '../image/tree-walk.ts';
import { asFunction, asPointer, integerOf, sizeOf } from '../sema/type-relations.ts';
import type { FunctionSymbol, TypedExpression } from '../sema/typed-tree.ts';
import type { FunctionType, QualType } from '../sema/type.ts';
import { VARIADIC_LIST } from '../target/tlb-layout.ts';
import { sayCodegen } from '../text/codegen-texts.ts';
import { VARIADIC_CALL } from './compiled-program.ts';
import type { WasmType } from './compiled-program.ts';
import { UnsupportedConstruct } from './function-state.ts';
import type { FunctionState } from './function-state.ts';
import { storeAt, storeHost } from './memory-access.ts';
import { followFrame, followsFrame } from './moved-frame.ts';
import { kindOf } from './operands.ts';
import {
  absoluteAddress,
  ARGUMENT_SLOTS,
  LITERAL_SLOT,
  REGISTER_PAGE,
  REGISTER_PAGE_HOST,
  RESULT_SLOT,
} from './program-state.ts';
import type { ProgramState } from './program-state.ts';
import { isVector, pushNothing, reinterpretRegister } from './register-value.ts';
import { accesses, valueKindOf } from './value-type.ts';
import type { ValueKind, Word } from './value-type.ts';
import { keepWords, loadWords, releaseWords } from './wide-value.ts';
import { op } from './wasm-module.ts';
import type { WasmSignature } from './wasm-module.ts';

export { VARIADIC_LIST };
/** Bytes below {@link VARIADIC_LIST}: start of the register image, of its vector part, of the vector count. */
export const REGISTER_IMAGE = 176;
export const VECTOR_IMAGE = 128;
export const VECTOR_COUNT = 180;

type Call = Extract<TypedExpression, { kind: 'call' }>;

/** The wasm signature of a C function type with these parameter types. */
export function signatureOf(
  pointer: 'i32' | 'i64',
  type: FunctionType,
  parameters: readonly QualType[],
): WasmSignature {
  const result = valueKindOf(type.result.type);
  const types: WasmType[] = [];
  if (travelsByAddress(result)) types.push(pointer);
  for (const parameter of parameters) types.push(passedAs(pointer, parameter, type.hasPrototype));
  if (type.isVariadic) types.push('i32');
  return { parameters: types, result: result.kind === 'scalar' ? result.access.type : undefined };
}

/** Records and wide values are passed, and come back, by the address of their bytes. */
export function travelsByAddress(kind: ValueKind): boolean {
  return kind.kind === 'memory' || kind.kind === 'words' || kind.kind === 'unsupported';
}

/** The wasm type of an argument; without a prototype float travels as double. */
export function passedAs(pointer: 'i32' | 'i64', parameter: QualType, hasPrototype: boolean): WasmType {
  const kind = valueKindOf(parameter.type);
  if (kind.kind !== 'scalar') return pointer;
  return kind.access.type === 'f32' && !hasPrototype ? 'f64' : kind.access.type;
}

/** Pushes the address of a function: of the program, or of libc as the loader finds it. */
export function pushFunctionAddress(state: FunctionState, symbol: FunctionSymbol): void {
  const { external } = state.program.callees.get(symbol) ?? {};
  const global = state.program.externalAddressGlobals.get(external?.name ?? symbol.name);
  if (global !== undefined && external !== undefined) {
    state.code.globalGet(global);
    if (state.program.pointer === 'i32') state.code.emit(op.i32_wrap_i64);
  } else state.pointerConst(absoluteAddress(state.program, symbol));
}

interface Argument {
  readonly expression: TypedExpression;
  readonly type: WasmType;
  readonly index: number;
  /** Set when it was evaluated early. */
  local: number | undefined;
  /** The words of a wide value, or of a record that has no place in memory, set when it was evaluated early. */
  words: readonly Word[];
  locals: readonly number[];
  /** Offset in the register page. */
  slot: number;
}

/**
 * A call; leaves the result: a scalar, the address of a record, nothing for void.
 *
 * @param target - where a record result goes; without one it gets its place in the frame or in the register page
 * @param evaluated - locals with the arguments, where they have been evaluated already
 */
export function generateCall(
  state: FunctionState,
  call: Call,
  target?: () => void,
  evaluated?: readonly number[],
): void {
  const { code, program } = state;
  const direct = calledFunction(call);
  const callee = direct === undefined ? undefined : program.callees.get(direct);
  const resolved = direct === undefined ? undefined : program.resolvedGlobals.get(direct);
  if (direct !== undefined && callee === undefined && resolved === undefined) {
    throw new UnsupportedConstruct(
      sayCodegen('codegen.unsupported-construct', { name: direct.name }),
      call.span,
    );
  }
  const type = callee?.type ?? call.calleeType;
  const parameterTypes =
    callee?.parameters ?? (type.hasPrototype ? type.parameters : call.args.map((one) => one.type));
  // Such a callee finds its arguments in the list, whatever its parameters are.
  const listsAll = callee?.external?.listsAll === true;
  const args = call.args.map<Argument>((expression, index) => {
    const kind = kindOf(expression);
    const parameter = parameterTypes[index];
    const own = kind.kind === 'scalar' ? kind.access.type : program.pointer;
    const wanted = parameter === undefined ? own : passedAs(program.pointer, parameter, type.hasPrototype);
    if (!listsAll && wanted !== own && isVector(wanted) !== isVector(own)) {
      throw new UnsupportedConstruct(
        sayCodegen('codegen.unsupported-construct', { name: 'call without a matching prototype' }),
        expression.span,
      );
    }
    return { expression, type: own, index, local: undefined, words: [], locals: [], slot: 0 };
  });
  const result = valueKindOf(call.type.type);
  const hasRecordResult = travelsByAddress(result);
  const allTypes = call.args.map((one, index) => parameterTypes[index] ?? one.type);
  const assignment = assignArguments(
    program.target,
    allTypes,
    hasRecordResult && returnsInMemory(program.target, call.type.type),
  );
  const stackBytes = roundUp(assignment.stackBytes, 16);
  const calleeLocal = callee === undefined ? evaluateCallee(state, call, resolved) : undefined;
  if (evaluated === undefined) {
    evaluateArguments(state, args, stackBytes > 0 || type.isVariadic || args.length < parameterTypes.length);
  } else for (const argument of args) argument.local = evaluated[argument.index];

  if (stackBytes > 0) {
    adjustStack(state, -stackBytes);
    storeStackArguments(state, args, assignment);
  }
  const named = type.hasPrototype ? Math.min(parameterTypes.length, args.length) : 0;
  if (type.isVariadic) writeVariadic(state, args, named, assignment, callee?.external === undefined);

  const temporary = state.frame.temporaries.get(call);
  const pushResultAddress = (): void => {
    if (temporary !== undefined) {
      code.localGet(state.rbp);
      state.addConst(temporary);
    } else if (target !== undefined) target();
    else pushRegisterPage(state, RESULT_SLOT);
  };
  if (hasRecordResult) pushResultAddress();
  for (const [index, parameter] of parameterTypes.entries()) {
    const argument = args[index];
    const wanted = passedAs(program.pointer, parameter, type.hasPrototype);
    if (argument === undefined || isVector(wanted) !== isVector(argument.type)) pushNothing(code, wanted);
    else {
      pushArgument(state, argument);
      reinterpretRegister(code, argument.type, wanted);
    }
  }
  if (type.isVariadic) code.i32Const(VARIADIC_LIST);
  for (const argument of args) {
    if (argument.local !== undefined && evaluated === undefined) state.release(argument.type, argument.local);
    releaseWords(state, argument.words, argument.locals);
  }
  if (call.staticChain !== undefined) {
    state.value(call.staticChain);
    if (program.pointer === 'i32') code.emit(op.i64_extend_i32_u);
    code.globalSet(program.globals.staticChain);
  }
  const isFollowed = followsFrame(state, callee?.symbol);
  pushReturnAddress(state, call, isFollowed);
  if (callee !== undefined) {
    code.call(callee.functionIndex);
    if (isFollowed) followFrame(state);
  } else {
    const signature = signatureOf(program.pointer, type, parameterTypes);
    const typeIndex = program.module.typeIndex(signature);
    if (!type.isVariadic) program.indirectTypes.add(typeIndex);
    pushTableIndex(state, calleeLocal ?? 0, type.isVariadic ? typeIndex | VARIADIC_CALL : typeIndex);
    code.callIndirect(typeIndex);
    state.release(program.pointer, calleeLocal ?? 0);
  }
  state.writePosition();
  if (stackBytes > 0) adjustStack(state, stackBytes);
  if (result.kind === 'words') {
    pushResultAddress();
    loadWords(state, { kind: 'pointer', offset: 0 }, result.words);
  } else if (hasRecordResult) pushResultAddress();
}

/** The function that a call names, if it names one. */
export function calledFunction(call: Call): FunctionSymbol | undefined {
  let callee = call.callee;
  while (callee.kind === 'convert' && callee.conversion === 'function-pointer') callee = callee.operand;
  return callee.kind === 'function' ? callee.function : undefined;
}

/**
 * Leaves the address of the called function in a local.
 *
 * @param resolved - global with the address of the function, where a resolver chose it
 */
function evaluateCallee(state: FunctionState, call: Call, resolved: number | undefined): number {
  const local = state.temp(state.program.pointer);
  if (resolved === undefined) state.value(call.callee);
  else {
    state.code.globalGet(resolved);
    if (state.program.pointer === 'i32') state.code.emit(op.i32_wrap_i64);
  }
  state.code.localSet(local);
  return local;
}

/**
 * Evaluates arguments that must not wait until they are pushed: gcc evaluates from the last to the first, and reads
 * plain variables and constants only when everything else is done.
 */
function evaluateArguments(state: FunctionState, args: readonly Argument[], always: boolean): void {
  const { code } = state;
  const effects = args.filter((argument) => hasSideEffects(argument.expression)).length;
  const mustOrder = always || (effects > 0 && args.length > 1);
  let slot = ARGUMENT_SLOTS;
  for (let index = args.length - 1; index >= 0; index -= 1) {
    const argument = args[index];
    if (argument === undefined) continue;
    const kind = valueKindOf(argument.expression.type.type);
    const size = sizeOf(argument.expression.type.type) ?? 0;
    argument.slot = slot;
    if (kind.kind === 'words' || size <= 16) slot += roundUp(size, 16);
    if (kind.kind === 'words') {
      state.value(argument.expression);
      argument.words = kind.words;
      argument.locals = keepWords(state, kind.words);
      continue;
    }
    if (!mustOrder || (effects > 0 && isConstant(argument.expression))) continue;
    if (kind.kind === 'memory' && size <= 16 && !isLvalue(state, argument.expression)) {
      keepRecord(state, argument, size);
      continue;
    }
    const local = state.temp(argument.type);
    state.value(argument.expression);
    code.localSet(local);
    argument.local = local;
  }
  if (slot > LITERAL_SLOT) {
    const span = args[0]?.expression.span;
    invariant(span !== undefined, 'arguments take slots');
    throw new UnsupportedConstruct(sayCodegen('codegen.unsupported-construct', { name: 'arguments' }), span);
  }
}

/** Evaluates a small record that is no lvalue, and keeps its bytes in locals: a register has no address. */
function keepRecord(state: FunctionState, argument: Argument, size: number): void {
  const { code } = state;
  const from = state.temp(argument.type);
  state.value(argument.expression);
  code.localSet(from);
  pushRegisterPage(state, argument.slot);
  code.localGet(from);
  code.i32Const(size);
  code.call(state.program.helper('copy'));
  state.release(argument.type, from);
  argument.words = [0, 8].slice(0, size > 8 ? 2 : 1).map((offset) => ({ access: accesses.i64, offset }));
  for (const word of argument.words) {
    code.i32Const(0);
    code.memory(op.i64_load, REGISTER_PAGE_HOST + argument.slot + word.offset);
  }
  argument.locals = keepWords(state, argument.words);
}

/** Pushes an argument: its value, or the address of a record. */
function pushArgument(state: FunctionState, argument: Argument): void {
  const { code } = state;
  if (argument.words.length > 0) {
    argument.words.forEach((word, index) => {
      code.i32Const(0);
      code.localGet(argument.locals[index] ?? 0);
      storeHost(state, word.access, REGISTER_PAGE_HOST + argument.slot + word.offset);
    });
    pushRegisterPage(state, argument.slot);
  } else if (argument.local === undefined) state.value(argument.expression);
  else code.localGet(argument.local);
}

/** Pushes the address of a slot for records that travel in registers. */
export function pushRegisterPage(state: FunctionState, slot: number): void {
  if (state.program.pointer === 'i64') state.code.i64Const(REGISTER_PAGE.i64 + BigInt(slot));
  else state.code.i32Const(Number(BigInt.asIntN(32, REGISTER_PAGE.i32 + BigInt(slot))));
}

/** Whether a record expression names an object, so that its bytes stay where they are. */
function isLvalue(state: FunctionState, expression: TypedExpression): boolean {
  switch (expression.kind) {
    case 'object':
    case 'deref':
      return true;
    case 'compound-literal':
      return expression.object.storage !== 'automatic' || state.frame.offsets.has(expression.object);
    case 'member':
    case 'convert':
      return isLvalue(state, expression.kind === 'member' ? expression.base : expression.operand);
    default:
      return false;
  }
}

function isConstant(expression: TypedExpression): boolean {
  return (
    expression.kind === 'integer' ||
    expression.kind === 'floating' ||
    (expression.kind === 'convert' && expression.conversion !== 'load' && isConstant(expression.operand))
  );
}

function adjustStack(state: FunctionState, bytes: number): void {
  const { code } = state;
  code.globalGet(state.program.globals.sp);
  code.i64Const(bytes);
  code.emit(op.i64_add);
  code.globalSet(state.program.globals.sp);
}

/** Pushes the stack pointer as a pointer. */
export function pushStackPointer(state: FunctionState): void {
  state.code.globalGet(state.program.globals.sp);
  if (state.program.pointer === 'i32') state.code.emit(op.i32_wrap_i64);
}

/** Stores the arguments that the ABI passes on the stack, from the last one down as `push` does. */
function storeStackArguments(
  state: FunctionState,
  args: readonly Argument[],
  assignment: ArgumentAssignment,
): void {
  const { code, program } = state;
  const addr = state.temp(program.pointer);
  for (let index = args.length - 1; index >= 0; index -= 1) {
    const place = assignment.places[index];
    const argument = args[index];
    if (place?.kind !== 'stack' || argument === undefined) continue;
    pushStackPointer(state);
    state.addConst(place.offset);
    code.localSet(addr);
    const pushValue = (): void => {
      pushArgument(state, argument);
    };
    const kind = valueKindOf(argument.expression.type.type);
    if (travelsByAddress(kind)) {
      code.localGet(addr);
      pushValue();
      code.i32Const(place.size);
      code.call(program.helper('copy'));
      continue;
    }
    if (kind.kind !== 'scalar') continue;
    const isWord = program.wordBytes === 8 && kind.access.type !== 'f64';
    const access =
      kind.access.size === 10 ? kind.access : isWord ? accesses.i64 : wordAccess(kind.access.type);
    const value = state.temp(access.type);
    pushValue();
    if (isWord) widenToWord(state, argument.type, kind.isSigned);
    code.localSet(value);
    storeAt(state, addr, access, value);
    state.release(access.type, value);
  }
  state.release(program.pointer, addr);
}

function wordAccess(type: WasmType): (typeof accesses)['i32' | 'i64' | 'f32' | 'f64' | 'f80'] {
  return type === 'v128' ? accesses.f80 : accesses[type];
}

/** Makes the scalar on the stack the 64-bit word that a register or stack slot holds. */
function widenToWord(state: FunctionState, type: WasmType, isSigned: boolean): void {
  const { code } = state;
  if (type === 'i32') code.emit(isSigned ? op.i64_extend_i32_s : op.i64_extend_i32_u);
  if (type === 'f32') {
    code.emit(op.i32_reinterpret_f32);
    code.emit(op.i64_extend_i32_u);
  }
  if (type === 'f64') code.emit(op.i64_reinterpret_f64);
}

/** Writes the variadic arguments: the list for libc, or what the callee finds in registers. */
function writeVariadic(
  state: FunctionState,
  args: readonly Argument[],
  named: number,
  assignment: ArgumentAssignment,
  forProgram: boolean,
): void {
  const { code } = state;
  let at = VARIADIC_LIST;
  const pushValue = (argument: Argument): void => pushArgument(state, argument);
  for (const argument of args.slice(named)) {
    const kind = valueKindOf(argument.expression.type.type);
    if (travelsByAddress(kind)) {
      at += writeRecordWords(state, argument, at);
      continue;
    }
    if (kind.kind !== 'scalar') continue;
    code.i32Const(at);
    pushValue(argument);
    if (kind.access.size === 10) {
      code.i32Const(0);
      code.call(state.program.helper('f80_store'));
      at += 16;
    } else {
      if (argument.type === 'f64') code.memory(op.f64_store, 0);
      else {
        widenToWord(state, argument.type, kind.isSigned);
        code.memory(op.i64_store, 0);
      }
      at += 8;
    }
  }
  if (!forProgram || state.program.target !== 'x86_64') return;
  args.forEach((argument, index) => {
    const place = assignment.places[index];
    if (place?.kind !== 'registers' || index < named) return;
    let integer = place.firstInteger;
    let vector = place.firstSse;
    const isMemory = travelsByAddress(valueKindOf(argument.expression.type.type));
    place.classes.forEach((one, word) => {
      const host =
        one === 'integer'
          ? VARIADIC_LIST - REGISTER_IMAGE + 8 * integer++
          : VARIADIC_LIST - VECTOR_IMAGE + 16 * vector++;
      code.i32Const(host);
      pushValue(argument);
      if (isMemory) {
        state.addConst(8 * word);
        code.call(state.program.helper('get_i64'));
      } else {
        widenToWord(state, argument.type, integerOf(argument.expression.type.type)?.isSigned ?? false);
      }
      code.memory(op.i64_store, 0);
    });
  });
  code.i32Const(VARIADIC_LIST - VECTOR_COUNT);
  code.i32Const(assignment.sseRegisters);
  code.memory(op.i32_store, 0);
}

/** Writes a record among variadic arguments as the words that it consists of; returns their bytes. */
function writeRecordWords(state: FunctionState, argument: Argument, at: number): number {
  const { code } = state;
  const bytes = roundUp(sizeOf(argument.expression.type.type) ?? 0, 8);
  for (let offset = 0; offset < bytes; offset += 8) {
    code.i32Const(at + offset);
    pushArgument(state, argument);
    state.addConst(offset);
    code.call(state.program.helper('load_slow_i64'));
    code.memory(op.i64_store, 0);
  }
  return bytes;
}

/** Sets the global with the return address that the call instruction pushes, and notes the call site. */
export function pushReturnAddress(state: FunctionState, call: Call, followsFrame = false): void {
  state.code.i64Const(noteReturnAddress(state, call, followsFrame));
  state.code.globalSet(state.program.globals.returnAddress);
}

/** The return address of a call; notes its place in the source. */
export function noteReturnAddress(state: FunctionState, call: Call, followsFrame = false): number {
  const { program } = state;
  const link = state.codeMap.returnAddress(call);
  program.callSites.push({ returnAddress: link, position: state.position, followsFrame });
  return program.options.link === 'pie' ? link + program.loadBias : link;
}

/** Pushes the table index of the function at the address in a local; the machine stops when there is none. */
function pushTableIndex(state: FunctionState, addr: number, signature: number): void {
  const { code, program } = state;
  code.localGet(addr);
  if (program.pointer === 'i64') {
    code.emit(op.i32_wrap_i64);
    code.localGet(addr);
    code.i64Const(32);
    code.emit(op.i64_shr_u);
    code.emit(op.i32_wrap_i64);
  } else code.i32Const(0);
  code.i32Const(signature);
  code.call(program.imports.indirect);
}

/** The function type that a callee expression calls. */
export function functionTypeOf(expression: TypedExpression): FunctionType | undefined {
  const type = expression.type.type;
  return asFunction(type) ?? asFunction(asPointer(type)?.target.type ?? type);
}

/** Whether a record travels in registers on this target. */
export function travelsInRegisters(program: ProgramState, type: QualType): boolean {
  return program.target === 'x86_64' && classify(type.type).length > 0;
}
