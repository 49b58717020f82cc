/** `__builtin_add_overflow` and its relatives (gcc 12 manual, "Built-in Functions to Perform Arithmetic with Overflow Checking"). */
import { asPointer, integerOf } from '../sema/type-relations.ts';
import type { ArithmeticOperator } from '../sema/typed-tree.ts';
import { argument, unsupported } from './builtin.ts';
import type { Builtin } from './builtin.ts';
import type { FunctionState } from './function-state.ts';
import { combine } from './operator.ts';
import { storePlace } from './place.ts';
import { accesses, valueKindOf } from './value-type.ts';
import type { Word } from './value-type.ts';
import { op } from './wasm-module.ts';

const overflowName = /^(s|u)?(add|sub|mul)(l|ll)?_overflow(_p)?$/;

/**
 * `__builtin_add_overflow(a, b, &r)`: the result in infinite precision, stored cut to the type of r; the value says
 * whether it was cut. Operands of up to 32 bits are computed in 64, others of one common type by their own rules.
 */
export function generateOverflow(state: FunctionState, expression: Builtin, name: string): boolean {
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
    (resultKind.kind !== 'scalar' && resultKind.kind !== 'words') ||
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
  if (resultKind.kind === 'words') {
    const areUnsigned = !leftType.isSigned && !rightType.isSigned;
    leavesWide(state, { high, isSigned: result.isSigned, isPositive: operation !== '-' && areUnsigned });
    storeWords(state, pointer, resultKind.words, [low, high]);
    for (const local of [a, b, low, high]) state.release('i64', local);
    return true;
  }
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

/** Pushes whether a result of 128 bits that operands of 64 have is none of a 128-bit type: its topmost bit tells. */
function leavesWide(
  state: FunctionState,
  {
    high,
    isSigned,
    isPositive,
  }: { readonly high: number; readonly isSigned: boolean; readonly isPositive: boolean },
): void {
  const { code } = state;
  // A positive result with that bit is beyond the signed type, a negative one is none of the unsigned type.
  if (isPositive !== isSigned) {
    code.i32Const(0);
    return;
  }
  code.localGet(high);
  code.i64Const(0);
  code.emit(op.i64_lt_s);
}

function storeWords(
  state: FunctionState,
  pointer: number | undefined,
  words: readonly Word[],
  values: readonly number[],
): void {
  if (pointer === undefined) return;
  words.forEach(({ access, offset }, index) => {
    storePlace(state, { kind: 'pinned', local: pointer, isOwned: false, offset }, access, () => {
      state.code.localGet(values[index] ?? 0);
    });
  });
  state.release(state.program.pointer, pointer);
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
