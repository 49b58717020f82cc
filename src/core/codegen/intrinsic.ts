/**
 * Calls of library functions that the generated code does itself: those that gcc -O0 expands without a call (alloca,
 * abs, fabs, the parts of complex numbers), those that work on the function that calls them (setjmp, longjmp), and
 * square roots, which need the library for errno only.
 */
import { resolve } from '../sema/type-relations.ts';
import type { TypedExpression } from '../sema/typed-tree.ts';
import { allocateOnStack } from './builtin.ts';
import { calledFunction, generateCall } from './call.ts';
import type { WasmType } from './compiled-program.ts';
import { setSign } from './extended-value.ts';
import type { FunctionState } from './function-state.ts';
import { generateLongjmp, generateSetjmp, isLongjmp, isSetjmp } from './nonlocal-jump.ts';
import { valueKindOf } from './value-type.ts';
import { negateWide } from './wide-arithmetic.ts';
import { keepWords, releaseWords } from './wide-value.ts';
import { op } from './wasm-module.ts';

type Call = Extract<TypedExpression, { kind: 'call' }>;

/** Emits a call that is done in place and leaves its value; false when it is an ordinary call. */
export function generateIntrinsic(state: FunctionState, call: Call): boolean {
  const symbol = calledFunction(call);
  if (symbol === undefined || symbol.linkage === 'internal') return false;
  if (isSetjmp(call)) {
    generateSetjmp(state, call);
    return true;
  }
  if (isLongjmp(call)) {
    generateLongjmp(state, call);
    return true;
  }
  const [argument] = call.args;
  if (argument === undefined || call.args.length !== 1) return false;
  switch (symbol.name) {
    case 'alloca':
      if (symbol.isDefined) return false;
      allocateOnStack(state, call);
      return true;
    case 'abs':
      return isOf(call, argument, 'i32') && absolute(state, argument);
    case 'labs':
    case 'imaxabs':
      return (
        isOf(call, argument, state.program.wordBytes === 8 ? 'i64' : undefined) && absolute(state, argument)
      );
    case 'llabs':
      return isOf(call, argument, 'i64') && absolute(state, argument);
    case 'fabs':
      return isOf(call, argument, 'f64') && applied(state, argument, op.f64_abs);
    case 'fabsl':
      if (!isOf(call, argument, 'v128')) return false;
      state.value(argument);
      setSign(state, 'clear');
      return true;
    case 'fabsf':
      return isOf(call, argument, 'f32') && applied(state, argument, op.f32_abs);
    case 'sqrt':
      return !symbol.isDefined && isOf(call, argument, 'f64') && squareRoot(state, call, argument);
    case 'conj':
    case 'conjf':
    case 'conjl':
      if (resolve(argument.type.type).kind !== 'complex') return false;
      state.value(argument);
      negateWide(state, 'complement', argument.type);
      return true;
    case 'creal':
    case 'crealf':
    case 'creall':
      return part(state, argument, 0);
    case 'cimag':
    case 'cimagf':
    case 'cimagl':
      return part(state, argument, 1);
    default:
      return false;
  }
}

/** Whether argument and result are scalars of this wasm type, as in the library's prototype. */
function isOf(call: Call, argument: TypedExpression, type: WasmType | undefined): boolean {
  return [call.type, argument.type].every((one) => {
    const kind = valueKindOf(one.type);
    return kind.kind === 'scalar' && kind.access.type === type;
  });
}

function applied(
  state: FunctionState,
  argument: TypedExpression,
  opcode: typeof op.f64_abs | typeof op.f32_abs,
): true {
  state.value(argument);
  state.code.emit(opcode);
  return true;
}

/** (x ^ s) - s with s = x >> all */
function absolute(state: FunctionState, argument: TypedExpression): true {
  const { code } = state;
  const kind = valueKindOf(argument.type.type);
  const isWide = kind.kind === 'scalar' && kind.access.type === 'i64';
  const type = isWide ? 'i64' : 'i32';
  const sign = state.temp(type);
  state.value(argument);
  code.localTee(sign);
  code.localGet(sign);
  if (isWide) code.i64Const(63);
  else code.i32Const(31);
  code.emit(isWide ? op.i64_shr_s : op.i32_shr_s);
  code.localTee(sign);
  code.emit(isWide ? op.i64_xor : op.i32_xor);
  code.localGet(sign);
  code.emit(isWide ? op.i64_sub : op.i32_sub);
  state.release(type, sign);
  return true;
}

/** The instruction gives what the function gives; the function is called where it sets errno. */
function squareRoot(state: FunctionState, call: Call, argument: TypedExpression): true {
  const { code } = state;
  const [operand, root] = [state.temp('f64'), state.temp('f64')];
  state.value(argument);
  code.localTee(operand);
  code.emit(op.f64_sqrt);
  code.localTee(root);
  code.localGet(root);
  code.emit(op.f64_eq);
  code.openIf('likely', 'f64');
  code.localGet(root);
  code.else();
  generateCall(state, call, undefined, [operand]);
  code.close();
  state.release('f64', operand);
  state.release('f64', root);
  return true;
}

function part(state: FunctionState, argument: TypedExpression, index: 0 | 1): boolean {
  const kind = valueKindOf(argument.type.type);
  if (kind.kind !== 'words' || resolve(argument.type.type).kind !== 'complex') return false;
  state.value(argument);
  const words = keepWords(state, kind.words);
  state.code.localGet(words[index] ?? 0);
  releaseWords(state, kind.words, words);
  return true;
}
