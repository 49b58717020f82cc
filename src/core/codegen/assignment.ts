/** Assignments, compound assignments, ++ and -- (C17 6.5.16, 6.5.2.4, 6.5.3.1). */
import { hasSideEffects } from '../image/tree-walk.ts';
import { resolve } from '../sema/type-relations.ts';
import type { TypedExpression } from '../sema/typed-tree.ts';
import type { QualType } from '../sema/type.ts';
import { fromNumber } from '../target/extended-float.ts';
import { loadBits, storeBits } from './bit-field.ts';
import { convertScalar, convertValue, isBool, normalize, toPointerSize } from './conversion.ts';
import { combineExtended, pushExtended } from './extended-value.ts';
import type { FunctionState } from './function-state.ts';
import { elementSize, generatePlace, scale } from './lvalue.ts';
import { alignShiftCount, checkedKind, constantOf, kindOf, scalarOf } from './operands.ts';
import type { Scalar } from './operands.ts';
import { combine } from './operator.ts';
import { storeKind } from './observation.ts';
import { loadPlace, pin, pushAddress, storePlace, unpin } from './place.ts';
import { storeRecord } from './record-value.ts';
import { pushVariableSize } from './variable-array.ts';
import type { ValueKind, Word } from './value-type.ts';
import { combineWide } from './wide-arithmetic.ts';
import { keepWords, loadWords, pushWords, releaseWords, storeWords } from './wide-value.ts';
import { op } from './wasm-module.ts';

/** `target = value`; leaves the value when it is wanted. */
export function generateAssignment(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'assign' }>,
  wantsValue: boolean,
): void {
  const { code } = state;
  const kind = kindOf(expression.target);
  if (kind.kind === 'words') {
    assignWide(state, expression, kind.words, wantsValue);
    return;
  }
  if (kind.kind !== 'scalar') {
    copyRecord(state, expression, wantsValue);
    return;
  }
  const place = generatePlace(state, expression.target);
  if (place.bits !== undefined) {
    storeBits(state, place, place.bits, kind, () => state.value(expression.value), wantsValue);
    return;
  }
  const kept = wantsValue ? state.temp(kind.access.type) : undefined;
  const told = storeKind(expression.value);
  storePlace(
    state,
    place,
    kind.access,
    () => {
      state.value(expression.value);
      if (kept !== undefined) code.localTee(kept);
    },
    told,
  );
  if (kept !== undefined) {
    code.localGet(kept);
    state.release(kind.access.type, kept);
  }
}

/** Assigns a struct or union: copies its bytes; the value is the target's address. */
function copyRecord(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'assign' }>,
  wantsValue: boolean,
): void {
  const target = pin(state, generatePlace(state, expression.target));
  storeRecord(state, () => pushAddress(state, target), expression.value);
  if (wantsValue) pushAddress(state, target);
  unpin(state, target);
}

/** `target op= value`; leaves the value when it is wanted. */
export function generateCompoundAssignment(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'compound-assign' }>,
  wantsValue: boolean,
): void {
  const { code } = state;
  const computation = checkedKind(expression.computation.type, expression);
  const isWide = [computation, kindOf(expression.target), kindOf(expression.value)].some(
    (kind) => kind.kind === 'words',
  );
  if (isWide) {
    compoundAssignWide(state, expression, wantsValue);
    return;
  }
  const target = scalarOf(expression.target);
  if (computation.kind !== 'scalar') return;
  const isPointer = resolve(expression.computation.type).kind === 'pointer';
  let early: number | undefined;
  const valueKind = scalarOf(expression.value);
  if (hasSideEffects(expression.value)) {
    early = state.temp(valueKind.access.type);
    state.value(expression.value);
    code.localSet(early);
  }
  const pushValue = (): void => {
    if (early === undefined) state.value(expression.value);
    else code.localGet(early);
  };
  const place = pin(state, generatePlace(state, expression.target));
  const kept = wantsValue ? state.temp(target.access.type) : undefined;
  const pushResult = (): void => {
    if (place.bits === undefined) loadPlace(state, place, target.access);
    else loadBits(state, place, place.bits, target);
    if (isPointer) {
      pushValue();
      toPointerSize(state, expression.value.type.type);
      const step = elementSize(expression.computation);
      if (step === undefined) {
        const resolved = resolve(expression.computation.type);
        if (resolved.kind === 'pointer') pushVariableSize(state, resolved.target.type);
        code.emit(state.program.pointer === 'i64' ? op.i64_mul : op.i32_mul);
      } else scale(state, step);
      if (expression.operator === '-') state.pointerSub();
      else state.pointerAdd();
    } else {
      convertScalar(state, expression.target.type.type, expression.computation.type);
      pushValue();
      alignShiftCount(state, expression.operator, computation.access, expression.value);
      combine(
        state,
        expression.operator,
        computation.access,
        computation.isSigned,
        constantOf(expression.value),
      );
      convertScalar(state, expression.computation.type, expression.target.type.type);
    }
  };
  if (place.bits !== undefined) {
    storeBits(state, place, place.bits, target, pushResult, wantsValue);
  } else {
    storePlace(state, place, target.access, () => {
      pushResult();
      if (kept !== undefined) code.localTee(kept);
    });
    if (kept !== undefined) code.localGet(kept);
  }
  if (kept !== undefined) state.release(target.access.type, kept);
  if (early !== undefined) state.release(valueKind.access.type, early);
  unpin(state, place);
}

/** `++` and `--`; leaves the value when it is wanted. */
export function generateIncrement(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'increment' }>,
  wantsValue: boolean,
): void {
  const { code } = state;
  const wide = kindOf(expression.target);
  if (wide.kind === 'words') {
    incrementWide(state, expression, wide.words, wantsValue);
    return;
  }
  const kind = scalarOf(expression.target);
  const { access } = kind;
  const place = pin(state, generatePlace(state, expression.target));
  const kept = wantsValue ? state.temp(access.type) : undefined;
  const pushNew = (): void => {
    if (place.bits === undefined) loadPlace(state, place, access);
    else loadBits(state, place, place.bits, kind);
    if (kept !== undefined && !expression.isPrefix) code.localTee(kept);
    step(state, expression.target.type, kind, expression.delta);
    if (kept !== undefined && expression.isPrefix && place.bits === undefined) code.localTee(kept);
  };
  if (place.bits !== undefined) {
    storeBits(state, place, place.bits, kind, pushNew, wantsValue && expression.isPrefix);
    if (kept !== undefined && !expression.isPrefix) code.localGet(kept);
  } else {
    storePlace(state, place, access, pushNew);
    if (kept !== undefined) code.localGet(kept);
  }
  if (kept !== undefined) state.release(access.type, kept);
  unpin(state, place);
}

/** Adds one step of `++` or `--` to the value on the stack. */
function step(state: FunctionState, type: QualType, kind: Scalar, delta: 1 | -1): void {
  const { code } = state;
  if (isBool(type.type)) {
    // ++ makes it true, -- inverts it.
    if (delta === 1) {
      code.emit(op.drop);
      code.i32Const(1);
    } else code.emit(op.i32_eqz);
    return;
  }
  const resolved = resolve(type.type);
  if (resolved.kind === 'pointer') {
    const size = elementSize(type);
    if (size !== undefined) {
      state.addConst(size * delta);
      return;
    }
    pushVariableSize(state, resolved.target.type);
    if (delta === 1) state.pointerAdd();
    else state.pointerSub();
    return;
  }
  switch (kind.access.type) {
    case 'i32':
      code.i32Const(delta);
      code.emit(op.i32_add);
      normalize(state, kind);
      return;
    case 'i64':
      code.i64Const(delta);
      code.emit(op.i64_add);
      return;
    case 'f32':
      code.f32Const(delta);
      code.emit(op.f32_add);
      return;
    case 'f64':
      code.f64Const(delta);
      code.emit(op.f64_add);
      return;
    case 'v128':
      pushExtended(state, fromNumber(delta));
      combineExtended(state, '+');
      return;
  }
}

/** Assigns a wide value. */
function assignWide(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'assign' }>,
  words: readonly Word[],
  wantsValue: boolean,
): void {
  const place = pin(state, generatePlace(state, expression.target));
  state.value(expression.value);
  const kept = keepWords(state, words);
  storeWords(state, place, words, kept);
  if (wantsValue) pushWords(state, kept);
  releaseWords(state, words, kept);
  unpin(state, place);
}

/** The words of a scalar or wide value. */
function wordsOf(kind: ValueKind): readonly Word[] {
  if (kind.kind === 'words') return kind.words;
  return kind.kind === 'scalar' ? [{ access: kind.access, offset: 0 }] : [];
}

/** A compound assignment whose target, value or computation is wide. */
function compoundAssignWide(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'compound-assign' }>,
  wantsValue: boolean,
): void {
  const targetKind = kindOf(expression.target);
  const words = wordsOf(targetKind);
  const valueWords = wordsOf(kindOf(expression.value));
  const computation = checkedKind(expression.computation.type, expression);
  let early: readonly number[] | undefined;
  if (hasSideEffects(expression.value)) {
    state.value(expression.value);
    early = keepWords(state, valueWords);
  }
  const place = pin(state, generatePlace(state, expression.target));
  if (targetKind.kind === 'scalar' && place.bits !== undefined)
    loadBits(state, place, place.bits, targetKind);
  else loadWords(state, place, words);
  convertValue(state, expression.target.type.type, expression.computation.type);
  if (early === undefined) state.value(expression.value);
  else {
    pushWords(state, early);
    releaseWords(state, valueWords, early);
  }
  if (computation.kind === 'words') {
    combineWide(state, expression.operator, expression.computation, {
      left: undefined,
      right: expression.value,
    });
  } else if (computation.kind === 'scalar') {
    alignShiftCount(state, expression.operator, computation.access, expression.value);
    combine(
      state,
      expression.operator,
      computation.access,
      computation.isSigned,
      constantOf(expression.value),
    );
  }
  convertValue(state, expression.computation.type, expression.target.type.type);
  const kept = keepWords(state, words);
  if (targetKind.kind === 'scalar' && place.bits !== undefined) {
    storeBits(state, place, place.bits, targetKind, () => pushWords(state, kept), wantsValue);
  } else {
    storeWords(state, place, words, kept);
    if (wantsValue) pushWords(state, kept);
  }
  releaseWords(state, words, kept);
  unpin(state, place);
}

/** ++ and -- of a 128-bit integer, or of the real part of a complex number. */
function incrementWide(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'increment' }>,
  words: readonly Word[],
  wantsValue: boolean,
): void {
  const { code } = state;
  const place = pin(state, generatePlace(state, expression.target));
  loadWords(state, place, words);
  const old = keepWords(state, words);
  pushWords(state, old);
  const resolved = resolve(expression.target.type.type);
  if (resolved.kind === 'complex') {
    const [, imaginary = 0] = old;
    code.emit(op.drop);
    const element = { type: resolved.element, quals: 0 };
    const kind = checkedKind(element.type, expression);
    if (kind.kind === 'scalar') step(state, element, kind, expression.delta);
    code.localGet(imaginary);
  } else {
    code.i64Const(expression.delta);
    code.i64Const(expression.delta >> 1);
    combineWide(state, '+', expression.target.type, { left: undefined, right: expression.target });
  }
  const fresh = keepWords(state, words);
  storeWords(state, place, words, fresh);
  if (wantsValue) pushWords(state, expression.isPrefix ? fresh : old);
  releaseWords(state, words, old);
  releaseWords(state, words, fresh);
  unpin(state, place);
}
