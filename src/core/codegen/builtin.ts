/**
 * The `__builtin_*` functions that have a meaning of their own (gcc 12 manual, "Other Built-in Functions"), and the
 * `__atomic_*` and `__sync_*` ones, which are plain accesses as there is one thread.
 */
import { roundUp } from '../../base/address.ts';
import { alignOf, asPointer, integerOf, resolve, sizeOf } from '../sema/type-relations.ts';
import type { ArithmeticOperator, TypedExpression } from '../sema/typed-tree.ts';
import { classify } from '../image/calling-convention.ts';
import { sayCodegen } from '../text/codegen-texts.ts';
import { pushRegisterPage, pushStackPointer } from './call.ts';
import { UnsupportedConstruct } from './function-state.ts';
import type { FunctionState } from './function-state.ts';
import { convertScalar, toPointerSize } from './conversion.ts';
import { dropValue } from './expression.ts';
import { generateLongjmp, generateSetjmp } from './nonlocal-jump.ts';
import { combine } from './operator.ts';
import { loadPlace, storePlace } from './place.ts';
import type { Place } from './place.ts';
import { REGISTER_PAGE_HOST, RESULT_SLOT } from './program-state.ts';
import { accesses, valueKindOf } from './value-type.ts';
import type { Access } from './value-type.ts';
import { loadWords } from './wide-value.ts';
import { op } from './wasm-module.ts';

type Builtin = Extract<TypedExpression, { kind: 'builtin' }>;

/** Code for a built-in function; the value is dropped when it is not wanted. */
export function generateBuiltin(state: FunctionState, expression: Builtin, wantsValue: boolean): void {
  const name = expression.name.replace(/^__builtin_/, '');
  const result = valueKindOf(expression.type.type);
  generate(state, expression, name);
  if (!wantsValue) dropValue(state, result);
}

function unsupported(expression: Builtin): never {
  throw new UnsupportedConstruct(
    sayCodegen('codegen.unsupported-builtin', { name: expression.name }),
    expression.span,
  );
}

function argument(expression: Builtin, index: number): TypedExpression {
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
      for (const one of expression.args) state.effect(one);
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
      allocateOnStack(state, argument(expression, 0));
      return;
    case 'frame_address':
      code.localGet(state.rbp);
      return;
    case 'return_address': {
      const level = argument(expression, 0);
      if (level.kind === 'convert' ? false : level.kind !== 'integer' || level.value !== 0n)
        unsupported(expression);
      loadPlace(
        state,
        { kind: 'frame', offset: state.program.wordBytes },
        state.program.pointer === 'i64' ? accesses.i64 : accesses.i32,
      );
      return;
    }
    case 'extract_return_addr':
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
    case 'infl':
    case 'huge_vall':
      code.f64Const(Infinity);
      return;
    case 'inff':
    case 'huge_valf':
      code.f32Const(Infinity);
      return;
    case 'nan':
    case 'nanl':
      code.f64Const(NaN);
      return;
    case 'nanf':
      code.f32Const(NaN);
      return;
    case 'fabs':
    case 'fabsl':
      state.value(argument(expression, 0));
      code.emit(op.f64_abs);
      return;
    case 'fabsf':
      state.value(argument(expression, 0));
      code.emit(op.f32_abs);
      return;
    case 'copysign':
    case 'copysignl':
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

function findFirstSet(state: FunctionState, operand: TypedExpression, isWide: boolean): void {
  const { code } = state;
  const type = isWide ? 'i64' : 'i32';
  const kept = state.temp(type);
  state.value(operand);
  code.localTee(kept);
  code.emit(isWide ? op.i64_eqz : op.i32_eqz);
  code.open(op.if, 'i32');
  code.i32Const(0);
  code.else();
  code.localGet(kept);
  if (isWide) {
    code.emit(op.i64_ctz);
    code.emit(op.i32_wrap_i64);
  } else code.emit(op.i32_ctz);
  code.i32Const(1);
  code.emit(op.i32_add);
  code.close();
  state.release(type, kept);
}

/** clz(x ^ (x >> all)) - 1 */
function redundantSignBits(state: FunctionState, operand: TypedExpression, isWide: boolean): void {
  const { code } = state;
  const type = isWide ? 'i64' : 'i32';
  const kept = state.temp(type);
  state.value(operand);
  code.localTee(kept);
  code.localGet(kept);
  if (isWide) {
    code.i64Const(63);
    code.emit(op.i64_shr_s);
    code.emit(op.i64_xor);
    code.emit(op.i64_clz);
    code.emit(op.i32_wrap_i64);
  } else {
    code.i32Const(31);
    code.emit(op.i32_shr_s);
    code.emit(op.i32_xor);
    code.emit(op.i32_clz);
  }
  code.i32Const(1);
  code.emit(op.i32_sub);
  state.release(type, kept);
}

function swapBytes16(state: FunctionState, operand: TypedExpression): void {
  const { code } = state;
  const kept = state.temp('i32');
  state.value(operand);
  code.localTee(kept);
  code.i32Const(8);
  code.emit(op.i32_shl);
  code.i32Const(0xff00);
  code.emit(op.i32_and);
  code.localGet(kept);
  code.i32Const(8);
  code.emit(op.i32_shr_u);
  code.i32Const(0xff);
  code.emit(op.i32_and);
  code.emit(op.i32_or);
  state.release('i32', kept);
}

/** Swaps the bytes of the i32 on the stack. */
function swapBytes32(state: FunctionState): void {
  const { code } = state;
  const kept = state.temp('i32');
  code.localTee(kept);
  code.i32Const(8);
  code.emit(op.i32_rotl);
  code.i32Const(0x00ff00ff);
  code.emit(op.i32_and);
  code.localGet(kept);
  code.i32Const(8);
  code.emit(op.i32_rotr);
  code.i32Const(0xff00ff00 | 0);
  code.emit(op.i32_and);
  code.emit(op.i32_or);
  state.release('i32', kept);
}

function swapBytes64(state: FunctionState, operand: TypedExpression): void {
  const { code } = state;
  const kept = state.temp('i64');
  state.value(operand);
  code.localTee(kept);
  code.emit(op.i32_wrap_i64);
  swapBytes32(state);
  code.emit(op.i64_extend_i32_u);
  code.i64Const(32);
  code.emit(op.i64_shl);
  code.localGet(kept);
  code.i64Const(32);
  code.emit(op.i64_shr_u);
  code.emit(op.i32_wrap_i64);
  swapBytes32(state);
  code.emit(op.i64_extend_i32_u);
  code.emit(op.i64_or);
  state.release('i64', kept);
}

/** alloca(n) as gcc -O0 does it: rsp -= (n + 23) rounded down to 16; the result is the new rsp. */
export function allocateOnStack(state: FunctionState, size: TypedExpression): void {
  const { code } = state;
  const { sp } = state.program.globals;
  code.globalGet(sp);
  state.value(size);
  toPointerSize(state, size.type.type);
  if (state.program.pointer === 'i32') code.emit(op.i64_extend_i32_u);
  code.i64Const(state.program.wordBytes === 8 ? 23 : 27);
  code.emit(op.i64_add);
  code.i64Const(-16);
  code.emit(op.i64_and);
  code.emit(op.i64_sub);
  code.globalSet(sp);
  pushStackPointer(state);
}

/** The address of a va_list: of the array object, or the pointer that a parameter of the type is. */
function pushList(state: FunctionState, list: TypedExpression): void {
  state.value(list);
}

function startVariadic(state: FunctionState, expression: Builtin): void {
  const { code, frame } = state;
  const list = argument(expression, 0);
  if (state.program.target === 'i386') {
    const place = state.place(list.kind === 'convert' ? list.operand : list);
    storePlace(state, place, accesses.i32, () => {
      code.localGet(state.rbp);
      state.addConst(8 + frame.parameterPlaces.stackBytes);
    });
    return;
  }
  const addr = state.temp('i64');
  pushList(state, list);
  code.localSet(addr);
  const field = (offset: number): Place => ({ kind: 'pinned', local: addr, isOwned: false, offset });
  const { integerRegisters, sseRegisters, stackBytes } = frame.parameterPlaces;
  storePlace(state, field(0), accesses.i32, () => code.i32Const(integerRegisters * 8));
  storePlace(state, field(4), accesses.i32, () => code.i32Const(48 + sseRegisters * 16));
  storePlace(state, field(8), accesses.i64, () => {
    code.localGet(state.rbp);
    state.addConst(16 + roundUp(stackBytes, 8));
  });
  storePlace(state, field(16), accesses.i64, () => {
    code.localGet(state.rbp);
    state.addConst(frame.registerSaveArea ?? 0);
  });
  state.release('i64', addr);
}

function copyVariadic(state: FunctionState, expression: Builtin): void {
  const { code } = state;
  const to = argument(expression, 0);
  const from = argument(expression, 1);
  if (state.program.target === 'i386') {
    const place = state.place(to.kind === 'convert' ? to.operand : to);
    storePlace(state, place, accesses.i32, () => state.value(from));
    return;
  }
  pushList(state, to);
  pushList(state, from);
  code.i32Const(24);
  code.call(state.program.helper('copy'));
}

function nextVariadic(state: FunctionState, expression: Builtin): void {
  const { code } = state;
  const type = expression.typeArgument;
  if (type === undefined) unsupported(expression);
  const kind = valueKindOf(type.type);
  const size = sizeOf(type.type) ?? 0;
  const list = argument(expression, 0);
  if (state.program.target === 'i386') {
    unsupported(expression);
  }
  const classes = classify(type.type);
  const addr = state.temp('i64');
  if (classes.length <= 1 || kind.kind === 'scalar') {
    pushList(state, list);
    if (classes[0] === 'integer') code.call(state.program.helper('va_integer'));
    else if (classes[0] === 'sse') code.call(state.program.helper('va_sse'));
    else {
      code.i64Const(roundUp(size, 8));
      code.i64Const(alignOf(type) >= 16 ? 16 : 8);
      code.call(state.program.helper('va_overflow'));
    }
    if (kind.kind === 'scalar') {
      code.localSet(addr);
      loadPlace(state, { kind: 'pinned', local: addr, isOwned: false, offset: 0 }, kind.access);
    } else if (kind.kind === 'words') loadWords(state, { kind: 'pointer', offset: 0 }, kind.words);
    state.release('i64', addr);
    return;
  }
  // A record of two eightbytes: both in registers, or whole on the stack; the pieces meet in the register page.
  const pointer = state.temp('i64');
  const field = (offset: number): Place => ({ kind: 'pinned', local: pointer, isOwned: false, offset });
  const integers = classes.filter((one) => one === 'integer').length;
  pushList(state, list);
  code.localSet(pointer);
  loadPlace(state, field(0), accesses.i32);
  code.i32Const(48 - 8 * integers);
  code.emit(op.i32_le_u);
  loadPlace(state, field(4), accesses.i32);
  code.i32Const(176 - 16 * (classes.length - integers));
  code.emit(op.i32_le_u);
  code.emit(op.i32_and);
  code.open(op.if, 'i64');
  classes.forEach((one, index) => {
    code.i32Const(REGISTER_PAGE_HOST + RESULT_SLOT + 8 * index);
    code.localGet(pointer);
    code.call(state.program.helper(one === 'integer' ? 'va_integer' : 'va_sse'));
    code.call(state.program.helper('get_i64'));
    code.memory(op.i64_store, 0);
  });
  pushRegisterPage(state, RESULT_SLOT);
  code.else();
  code.localGet(pointer);
  code.i64Const(roundUp(size, 8));
  code.i64Const(alignOf(type) >= 16 ? 16 : 8);
  code.call(state.program.helper('va_overflow'));
  code.close();
  if (kind.kind === 'words') loadWords(state, { kind: 'pointer', offset: 0 }, kind.words);
  state.release('i64', pointer);
  state.release('i64', addr);
}

/** `isinff` and `isinfl` ask what `isinf` asks. */
function classification(name: string): string {
  if (name.startsWith('finite')) return 'isfinite';
  return name.startsWith('isnan') ? 'isnan' : /^isinf[fl]$/.test(name) ? 'isinf' : name;
}

function classifyFloat(state: FunctionState, operand: TypedExpression, name: string): void {
  const { code } = state;
  const kind = valueKindOf(operand.type.type);
  if (kind.kind !== 'scalar') return;
  const value = state.temp('f64');
  state.value(operand);
  if (kind.access.type === 'f32') code.emit(op.f64_promote_f32);
  code.localSet(value);
  switch (name) {
    case 'isnan':
      code.localGet(value);
      code.localGet(value);
      code.emit(op.f64_ne);
      break;
    case 'isinf':
    case 'isfinite':
      code.localGet(value);
      code.emit(op.f64_abs);
      code.f64Const(Infinity);
      code.emit(name === 'isinf' ? op.f64_eq : op.f64_lt);
      break;
    case 'isinf_sign':
      code.localGet(value);
      code.f64Const(Infinity);
      code.emit(op.f64_eq);
      code.localGet(value);
      code.f64Const(-Infinity);
      code.emit(op.f64_eq);
      code.emit(op.i32_sub);
      break;
    case 'isnormal':
      code.localGet(value);
      code.emit(op.f64_abs);
      code.f64Const(kind.access.type === 'f32' ? 2 ** -126 : 2 ** -1022);
      code.emit(op.f64_ge);
      code.localGet(value);
      code.emit(op.f64_abs);
      code.f64Const(Infinity);
      code.emit(op.f64_lt);
      code.emit(op.i32_and);
      break;
    default:
      code.localGet(value);
      code.emit(op.i64_reinterpret_f64);
      code.i64Const(63);
      code.emit(op.i64_shr_u);
      code.emit(op.i32_wrap_i64);
      break;
  }
  state.release('f64', value);
}

function compareQuietly(state: FunctionState, expression: Builtin, name: string): void {
  const { code } = state;
  const [left, right] = [state.temp('f64'), state.temp('f64')];
  [left, right].forEach((local, index) => {
    const operand = argument(expression, index);
    const kind = valueKindOf(operand.type.type);
    state.value(operand);
    if (kind.kind === 'scalar' && kind.access.type === 'f32') code.emit(op.f64_promote_f32);
    code.localSet(local);
  });
  const test = (opcode: typeof op.f64_gt | typeof op.f64_ge | typeof op.f64_lt | typeof op.f64_le): void => {
    code.localGet(left);
    code.localGet(right);
    code.emit(opcode);
  };
  switch (name) {
    case 'isgreater':
      test(op.f64_gt);
      break;
    case 'isgreaterequal':
      test(op.f64_ge);
      break;
    case 'isless':
      test(op.f64_lt);
      break;
    case 'islessequal':
      test(op.f64_le);
      break;
    case 'islessgreater':
      test(op.f64_lt);
      test(op.f64_gt);
      code.emit(op.i32_or);
      break;
    default:
      test(op.f64_lt);
      test(op.f64_ge);
      code.emit(op.i32_or);
      code.emit(op.i32_eqz);
      break;
  }
  state.release('f64', left);
  state.release('f64', right);
}

const overflowName = /^(s|u)?(add|sub|mul)(l|ll)?_overflow(_p)?$/;

/**
 * `__builtin_add_overflow(a, b, &r)`: the result in infinite precision, stored cut to the type of r; the value says
 * whether it was cut. Operands of up to 32 bits are computed in 64, others of one common type by their own rules.
 */
function generateOverflow(state: FunctionState, expression: Builtin, name: string): boolean {
  const match = overflowName.exec(name);
  if (match === null) return false;
  const { code } = state;
  const isPredicate = match[4] !== undefined;
  const left = argument(expression, 0);
  const right = argument(expression, 1);
  const target = argument(expression, 2);
  const pointee = isPredicate ? target.type : asPointer(target.type.type)?.target;
  if (pointee === undefined) unsupported(expression);
  const result = integerOf(pointee.type);
  const leftType = integerOf(left.type.type);
  const rightType = integerOf(right.type.type);
  const resultKind = valueKindOf(pointee.type);
  if (
    result === undefined ||
    leftType === undefined ||
    rightType === undefined ||
    resultKind.kind !== 'scalar' ||
    result.size > 8 ||
    leftType.size > 8 ||
    rightType.size > 8
  ) {
    unsupported(expression);
  }
  const operation = match[2] === 'add' ? '+' : match[2] === 'sub' ? '-' : '*';
  const [a, b, low] = [state.temp('i64'), state.temp('i64'), state.temp('i64')];
  state.value(left);
  toWide(state, leftType);
  code.localSet(a);
  state.value(right);
  toWide(state, rightType);
  code.localSet(b);
  const pointer = isPredicate ? undefined : state.temp(state.program.pointer);
  if (pointer === undefined) state.effect(target);
  else {
    state.value(target);
    code.localSet(pointer);
  }
  code.localGet(a);
  code.localGet(b);
  combine(state, operation, accesses.i64, true, undefined);
  code.localSet(low);
  const high = state.temp('i64');
  pushHigh(state, operation, { a, b, low, leftSigned: leftType.isSigned, rightSigned: rightType.isSigned });
  code.localSet(high);
  // The exact result is high:low; it fits when the low part, cut to the type and extended again, gives both.
  const cut = state.temp('i64');
  code.localGet(low);
  extendFrom(state, result.size, result.isSigned);
  code.localSet(cut);
  code.localGet(cut);
  code.localGet(low);
  code.emit(op.i64_xor);
  code.localGet(high);
  if (result.isSigned) {
    code.localGet(cut);
    code.i64Const(63);
    code.emit(op.i64_shr_s);
    code.emit(op.i64_xor);
  }
  code.emit(op.i64_or);
  code.i64Const(0);
  code.emit(op.i64_ne);
  if (pointer !== undefined) {
    storePlace(
      state,
      { kind: 'pinned', local: pointer, isOwned: false, offset: 0 },
      resultKind.access,
      () => {
        code.localGet(low);
        if (resultKind.access.type === 'i32') code.emit(op.i32_wrap_i64);
      },
    );
    state.release(state.program.pointer, pointer);
  }
  for (const local of [a, b, low, high, cut]) state.release('i64', local);
  return true;
}

function toWide(state: FunctionState, type: { readonly size: number; readonly isSigned: boolean }): void {
  if (type.size < 8) state.code.emit(type.isSigned ? op.i64_extend_i32_s : op.i64_extend_i32_u);
}

/** Cuts the i64 on the stack to a size and extends it again. */
function extendFrom(state: FunctionState, size: number, isSigned: boolean): void {
  const { code } = state;
  if (size === 8) return;
  const shift = 64 - size * 8;
  code.i64Const(shift);
  code.emit(op.i64_shl);
  code.i64Const(shift);
  code.emit(isSigned ? op.i64_shr_s : op.i64_shr_u);
}

interface WideOperands {
  readonly a: number;
  readonly b: number;
  readonly low: number;
  readonly leftSigned: boolean;
  readonly rightSigned: boolean;
}

/** Pushes bits 64 to 127 of the exact result. */
function pushHigh(state: FunctionState, operation: ArithmeticOperator, operands: WideOperands): void {
  const { code } = state;
  const { a, b, low, leftSigned, rightSigned } = operands;
  const sign = (local: number, isSigned: boolean): void => {
    if (isSigned) {
      code.localGet(local);
      code.i64Const(63);
      code.emit(op.i64_shr_s);
    } else code.i64Const(0);
  };
  if (operation === '*') {
    code.localGet(a);
    code.localGet(b);
    code.call(state.program.helper('multiply_high'));
    // A negative factor counts 2^64 too much times the other one.
    for (const [local, other, isSigned] of [
      [a, b, leftSigned],
      [b, a, rightSigned],
    ] as const) {
      if (!isSigned) continue;
      sign(local, true);
      code.localGet(other);
      code.emit(op.i64_and);
      code.emit(op.i64_sub);
    }
    return;
  }
  sign(a, leftSigned);
  sign(b, rightSigned);
  code.emit(operation === '+' ? op.i64_add : op.i64_sub);
  // Carry out of the low half: low < a for a sum, a < b for a difference.
  code.localGet(operation === '+' ? low : a);
  code.localGet(operation === '+' ? a : b);
  code.emit(op.i64_lt_u);
  code.emit(op.i64_extend_i32_u);
  code.emit(operation === '+' ? op.i64_add : op.i64_sub);
}

const atomicOperators: Readonly<Record<string, ArithmeticOperator>> = {
  add: '+',
  sub: '-',
  and: '&',
  or: '|',
  xor: '^',
};

/** `__atomic_*` and `__sync_*`: with one thread every access is atomic. */
function generateAtomic(state: FunctionState, expression: Builtin, name: string): boolean {
  const short = /^__(atomic|sync)_(\w+)$/.exec(name);
  if (short === null) return false;
  const operation = (short[2] ?? '').replace(/_(1|2|4|8)$/, '');
  if (operation === 'thread_fence' || operation === 'signal_fence' || operation === 'synchronize') {
    for (const one of expression.args) state.effect(one);
    return true;
  }
  if (operation === 'always_lock_free' || operation === 'is_lock_free') {
    for (const one of expression.args) state.effect(one);
    state.code.i32Const(1);
    return true;
  }
  const pointer = argument(expression, 0);
  const target = asPointer(pointer.type.type)?.target;
  if (target === undefined) return false;
  const kind = valueKindOf(target.type);
  if (kind.kind !== 'scalar') return false;
  const { access } = kind;
  const { code } = state;
  const local = state.temp(state.program.pointer);
  const place: Place = { kind: 'pinned', local, isOwned: false, offset: 0 };
  state.value(pointer);
  code.localSet(local);
  const isKnown = atomicStep(state, expression, operation, place, access);
  state.release(state.program.pointer, local);
  return isKnown;
}

function atomicStep(
  state: FunctionState,
  expression: Builtin,
  operation: string,
  place: Place,
  access: Access,
): boolean {
  const { code } = state;
  const target = asPointer(argument(expression, 0).type.type)?.target;
  if (target === undefined) return false;
  const operand = (index: number): void => {
    const value = argument(expression, index);
    state.value(value);
    convertScalar(state, value.type.type, target.type);
  };
  const modify = /^(?:fetch_and_|fetch_)(add|sub|and|or|xor|nand)$/.exec(operation);
  const modifyFirst = /^(add|sub|and|or|xor|nand)_(?:and_)?fetch$/.exec(operation);
  const word = modify?.[1] ?? modifyFirst?.[1];
  if (word !== undefined) {
    const [old, fresh] = [state.temp(access.type), state.temp(access.type)];
    loadPlace(state, place, access);
    code.localTee(old);
    operand(1);
    combine(state, atomicOperators[word] ?? '&', access, true, undefined);
    if (word === 'nand') {
      if (access.type === 'i64') {
        code.i64Const(-1);
        code.emit(op.i64_xor);
      } else {
        code.i32Const(-1);
        code.emit(op.i32_xor);
      }
    }
    code.localSet(fresh);
    storePlace(state, place, access, () => code.localGet(fresh));
    code.localGet(modify === null ? fresh : old);
    const resultKind = valueKindOf(target.type);
    if (resultKind.kind === 'scalar') convertScalar(state, wordOf(access, resolve(target.type)), target.type);
    state.release(access.type, old);
    state.release(access.type, fresh);
    return true;
  }
  switch (operation) {
    case 'load_n':
      loadPlace(state, place, access);
      return true;
    case 'store_n':
      storePlace(state, place, access, () => operand(1));
      return true;
    case 'exchange_n':
    case 'lock_test_and_set':
    case 'test_and_set': {
      const old = state.temp(access.type);
      loadPlace(state, place, access);
      code.localSet(old);
      storePlace(state, place, access, () => {
        if (operation === 'test_and_set') code.i32Const(1);
        else operand(1);
      });
      code.localGet(old);
      state.release(access.type, old);
      return true;
    }
    case 'lock_release':
    case 'clear':
      storePlace(state, place, access, () => (access.type === 'i64' ? code.i64Const(0) : code.i32Const(0)));
      return true;
    case 'bool_compare_and_swap':
    case 'val_compare_and_swap': {
      const old = state.temp(access.type);
      const isWide = access.type === 'i64';
      loadPlace(state, place, access);
      code.localTee(old);
      operand(1);
      code.emit(isWide ? op.i64_eq : op.i32_eq);
      const matched = state.temp('i32');
      code.localTee(matched);
      code.open(op.if);
      storePlace(state, place, access, () => operand(2));
      code.close();
      code.localGet(operation === 'bool_compare_and_swap' ? matched : old);
      state.release(access.type, old);
      state.release('i32', matched);
      return true;
    }
    case 'compare_exchange_n': {
      const isWide = access.type === 'i64';
      const expected = state.temp(state.program.pointer);
      const [old, matched] = [state.temp(access.type), state.temp('i32')];
      const expectedPlace: Place = { kind: 'pinned', local: expected, isOwned: false, offset: 0 };
      state.value(argument(expression, 1));
      code.localSet(expected);
      loadPlace(state, place, access);
      code.localTee(old);
      loadPlace(state, expectedPlace, access);
      code.emit(isWide ? op.i64_eq : op.i32_eq);
      code.localTee(matched);
      code.open(op.if);
      storePlace(state, place, access, () => operand(2));
      code.else();
      storePlace(state, expectedPlace, access, () => code.localGet(old));
      code.close();
      code.localGet(matched);
      state.release(state.program.pointer, expected);
      state.release(access.type, old);
      state.release('i32', matched);
      return true;
    }
    default:
      return false;
  }
}

/** The type of a result before it is cut to the object's: int or the object's own. */
function wordOf(access: Access, type: ReturnType<typeof resolve>): ReturnType<typeof resolve> {
  return access.size < 4 ? { kind: 'integer', name: 'int', isSigned: true, size: 4, align: 4 } : type;
}
