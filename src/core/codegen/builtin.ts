/**
 * The `__builtin_*` functions that have a meaning of their own (gcc 12 manual, "Other Built-in Functions"), and the
 * `__atomic_*` and `__sync_*` ones, which are plain accesses as there is one thread.
 */
import { resolve } from '../sema/type-relations.ts';
import type { TypedExpression } from '../sema/typed-tree.ts';
import { sayCodegen } from '../text/codegen-texts.ts';
import { generateAtomic } from './atomic.ts';
import { findFirstSet, redundantSignBits, swapBytes16, swapBytes32, swapBytes64 } from './bit-count.ts';
import { extendedInfinity, quietNan, signallingNan } from '../target/extended-float.ts';
import { convertScalar, toPointerSize } from './conversion.ts';
import { dropValue } from './expression.ts';
import { copySign } from './extended-class.ts';
import { pushExtended, setSign } from './extended-value.ts';
import { classification, classifyFloat, compareQuietly, selectClass } from './float-class.ts';
import { alignmentOfCall } from '../image/stack-allocation.ts';
import type { StackAllocation } from '../image/stack-allocation.ts';
import { UnsupportedConstruct } from './function-state.ts';
import { lowerStack } from './lower-stack.ts';
import type { FunctionState } from './function-state.ts';
import { generateLongjmp, generateSetjmp } from './nonlocal-jump.ts';
import { generateOverflow } from './overflow.ts';
import { loadPlace } from './place.ts';
import { accesses, valueKindOf } from './value-type.ts';
import { copyVariadic, nextVariadic, startVariadic } from './variadic.ts';
import { pushFromEntry } from './realigned-frame.ts';
import { convertLanes, pushLaneOf, shuffleByMask, shuffleByNumbers } from './vector-shuffle.ts';
import { op } from './wasm-module.ts';

/** A call of a built-in function. */
export type Builtin = Extract<TypedExpression, { kind: 'builtin' }>;

/** Code for a built-in function; the value is dropped when it is not wanted. */
export function generateBuiltin(state: FunctionState, expression: Builtin, wantsValue: boolean): void {
  const name = expression.name.replace(/^__builtin_/, '');
  const result = valueKindOf(expression.type.type);
  generate(state, expression, name);
  if (!wantsValue) dropValue(state, result);
}

/** Stops at a built-in function that is not modelled. */
export function unsupported(expression: Builtin): never {
  throw new UnsupportedConstruct(
    sayCodegen('codegen.unsupported-builtin', { name: expression.name }),
    expression.span,
  );
}

/** One of its arguments. */
export function argument(expression: Builtin, index: number): TypedExpression {
  return expression.args[index] ?? unsupported(expression);
}

function generate(state: FunctionState, expression: Builtin, name: string): void {
  const { code } = state;
  const isWide = name.endsWith('ll') || (name.endsWith('l') && state.program.wordBytes === 8);
  switch (name) {
    case 'expect':
    case 'expect_with_probability':
    case 'assume_aligned':
      state.value(argument(expression, 0));
      for (const extra of expression.args.slice(1)) state.effect(extra);
      return;
    case 'constant_p':
      code.i32Const(isConstant(argument(expression, 0)) ? 1 : 0);
      return;
    case 'object_size':
    case 'dynamic_object_size': {
      const type = argument(expression, 1);
      state.pointerConst(type.kind === 'integer' && (type.value & 2n) !== 0n ? 0 : -1);
      return;
    }
    case 'unreachable':
      // gcc -O0 emits nothing here: execution runs into whatever code comes next.
      throw new UnsupportedConstruct(
        sayCodegen('codegen.unsupported-construct', { name: '__builtin_unreachable' }),
        expression.span,
      );
    case 'trap':
      code.call(state.program.imports.trap);
      return;
    case 'prefetch':
    case '__clear_cache':
    case 'ia32_pause':
      for (const one of expression.args) state.effect(one);
      return;
    case 'cpu_init':
      code.i32Const(0);
      return;
    case 'clz':
    case 'clzl':
    case 'clzll':
      state.value(argument(expression, 0));
      if (isWide) {
        code.emit(op.i64_clz);
        code.emit(op.i32_wrap_i64);
      } else code.emit(op.i32_clz);
      return;
    case 'ctz':
    case 'ctzl':
    case 'ctzll':
      state.value(argument(expression, 0));
      if (isWide) {
        code.emit(op.i64_ctz);
        code.emit(op.i32_wrap_i64);
      } else code.emit(op.i32_ctz);
      return;
    case 'popcount':
    case 'popcountl':
    case 'popcountll':
      state.value(argument(expression, 0));
      if (isWide) {
        code.emit(op.i64_popcnt);
        code.emit(op.i32_wrap_i64);
      } else code.emit(op.i32_popcnt);
      return;
    case 'parity':
    case 'parityl':
    case 'parityll':
      state.value(argument(expression, 0));
      if (isWide) {
        code.emit(op.i64_popcnt);
        code.emit(op.i32_wrap_i64);
      } else code.emit(op.i32_popcnt);
      code.i32Const(1);
      code.emit(op.i32_and);
      return;
    case 'ffs':
    case 'ffsl':
    case 'ffsll':
      findFirstSet(state, argument(expression, 0), isWide);
      return;
    case 'clrsb':
    case 'clrsbl':
    case 'clrsbll':
      redundantSignBits(state, argument(expression, 0), isWide);
      return;
    case 'bswap16':
      swapBytes16(state, argument(expression, 0));
      return;
    case 'bswap32':
      state.value(argument(expression, 0));
      swapBytes32(state);
      return;
    case 'bswap64':
      swapBytes64(state, argument(expression, 0));
      return;
    case 'setjmp':
      generateSetjmp(state, expression);
      return;
    case 'longjmp':
      generateLongjmp(state, expression);
      return;
    case 'alloca':
    case 'alloca_with_align':
      allocateOnStack(state, expression);
      return;
    case 'frame_address':
      pushFrameOf(state, levelOf(expression));
      return;
    case 'return_address': {
      const level = levelOf(expression);
      if (level === 0) pushFromEntry(state, 0);
      else pushFrameOf(state, level);
      loadWord(state, state.program.wordBytes);
      return;
    }
    case 'extract_return_addr':
    case 'frob_return_addr':
    case 'addressof':
      state.value(argument(expression, 0));
      return;
    case 'va_start':
      startVariadic(state, expression);
      return;
    case 'va_end':
      state.effect(argument(expression, 0));
      return;
    case 'va_copy':
      copyVariadic(state, expression);
      return;
    case 'va_arg':
      nextVariadic(state, expression);
      return;
    case 'complex':
      for (const index of [0, 1]) {
        const part = argument(expression, index);
        const complex = resolve(expression.type.type);
        state.value(part);
        if (complex.kind === 'complex') convertScalar(state, part.type.type, complex.element);
      }
      return;
    case 'inf':
    case 'huge_val':
      code.f64Const(Infinity);
      return;
    case 'infl':
    case 'huge_vall':
      pushExtended(state, extendedInfinity);
      return;
    case 'inff':
    case 'huge_valf':
      code.f32Const(Infinity);
      return;
    case 'nan':
      code.f64Const(NaN);
      return;
    case 'nanl':
      pushExtended(state, quietNan);
      return;
    case 'nansl':
      pushExtended(state, signallingNan);
      return;
    case 'nanf':
      code.f32Const(NaN);
      return;
    case 'nans':
      // Signalling: the first bit of the fraction is clear.
      code.i64Const(0x7ff4_0000_0000_0000n);
      code.emit(op.f64_reinterpret_i64);
      return;
    case 'nansf':
      code.i32Const(0x7fa0_0000);
      code.emit(op.f32_reinterpret_i32);
      return;
    case 'fabs':
      state.value(argument(expression, 0));
      code.emit(op.f64_abs);
      return;
    case 'fabsl':
      state.value(argument(expression, 0));
      setSign(state, 'clear');
      return;
    case 'fabsf':
      state.value(argument(expression, 0));
      code.emit(op.f32_abs);
      return;
    case 'copysignl':
      copySign(state, expression);
      return;
    case 'copysign':
      state.value(argument(expression, 0));
      state.value(argument(expression, 1));
      code.emit(op.f64_copysign);
      return;
    case 'copysignf':
      state.value(argument(expression, 0));
      state.value(argument(expression, 1));
      code.emit(op.f32_copysign);
      return;
    case 'isnan':
    case 'isnanf':
    case 'isnanl':
    case 'isinf':
    case 'isinff':
    case 'isinfl':
    case 'finite':
    case 'finitef':
    case 'finitel':
    case 'isinf_sign':
    case 'isfinite':
    case 'isnormal':
    case 'signbit':
    case 'signbitf':
    case 'signbitl':
      classifyFloat(state, argument(expression, 0), classification(name));
      return;
    case 'shuffle':
      shuffleByMask(state, expression);
      return;
    case 'shufflevector':
      shuffleByNumbers(state, expression);
      return;
    case 'convertvector':
      convertLanes(state, expression);
      return;
    case 'VECTOR_LANE':
      pushLaneOf(state, expression);
      return;
    case 'fpclassify':
      selectClass(state, expression);
      return;
    case 'isgreater':
    case 'isgreaterequal':
    case 'isless':
    case 'islessequal':
    case 'islessgreater':
    case 'isunordered':
      compareQuietly(state, expression, name);
      return;
    default:
      break;
  }
  if (generateOverflow(state, expression, name)) return;
  if (generateAtomic(state, expression, name)) return;
  unsupported(expression);
}

/** How many callers up: a constant, as gcc asks. */
function levelOf(expression: Builtin): number {
  const level = argument(expression, 0);
  const inner = level.kind === 'convert' ? level.operand : level;
  if (inner.kind !== 'integer' || inner.value < 0n || inner.value > 1000n) unsupported(expression);
  return Number(inner.value);
}

/** Pushes the frame pointer of a caller: from saved rbp to saved rbp, as gcc's code goes. */
function pushFrameOf(state: FunctionState, level: number): void {
  state.code.globalGet(state.program.globals.fp);
  if (state.program.pointer === 'i32') state.code.emit(op.i32_wrap_i64);
  for (let up = 0; up < level; up++) loadWord(state, 0);
}

/** Reads the word at an offset from the address on the stack. */
function loadWord(state: FunctionState, offset: number): void {
  const access = state.program.pointer === 'i64' ? accesses.i64 : accesses.i32;
  loadPlace(state, { kind: 'pointer', offset }, access);
}

function isConstant(expression: TypedExpression): boolean {
  switch (expression.kind) {
    case 'integer':
    case 'floating':
    case 'string':
      return true;
    case 'convert':
      return expression.conversion !== 'load' && isConstant(expression.operand);
    default:
      return false;
  }
}

/** alloca(n) as gcc -O0 does it. */
export function allocateOnStack(state: FunctionState, call: StackAllocation): void {
  const [size] = call.args;
  if (size === undefined) return;
  const pushSize = (): void => {
    state.value(size);
    toPointerSize(state, size.type.type);
  };
  lowerStack(state, pushSize, alignmentOfCall(call));
}
