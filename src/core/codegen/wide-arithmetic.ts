/**
 * Arithmetic on wide values that lie on the wasm stack: 128-bit integers, complex numbers (C17 annex G as libgcc does
 * it), vectors lane by lane.
 *
 * What takes long in machine code too (128-bit division, complex division, the cases of a complex product with
 * infinities, conversions of 128-bit integers to floating numbers) is a call of the machine, as it is one of libgcc.
 */
import { invariant } from '../../base/assert.ts';
import { resolve } from '../sema/type-relations.ts';
import type { ArithmeticOperator, ComparisonOperator, TypedExpression } from '../sema/typed-tree.ts';
import type { ComplexType, IntegerType, QualType, VectorType } from '../sema/type.ts';
import { SCRATCH } from '../target/tlb-layout.ts';
import { combineComplexExtended, compareExtended, setSign } from './extended-value.ts';
import type { FunctionState } from './function-state.ts';
import { normalize } from './conversion.ts';
import { combine, compare } from './operator.ts';
import { loadHost, storeHost } from './memory-access.ts';
import { REGISTER_PAGE_HOST, VECTOR_SLOT, VECTOR_SLOT_BYTES } from './program-state.ts';
import type { ValueKind } from './value-type.ts';
import { accesses, valueKindOf } from './value-type.ts';
import { keepWords, pushWords, releaseWords } from './wide-value.ts';
import { op } from './wasm-module.ts';

type Scalar = Extract<ValueKind, { kind: 'scalar' }>;

/** Numbers of the machine's operations on 128-bit and complex integers: `divide_wide`. */
export const wideOperations = {
  divideSigned: 0,
  divideUnsigned: 1,
  remainderSigned: 2,
  remainderUnsigned: 3,
  divideComplex: 4,
} as const;

/** Numbers of its operations on complex floating numbers: `complex_operation`. */
export const complexOperations = { multiplyFloat: 0, multiply: 1, divideFloat: 2, divide: 3 } as const;

interface Operands {
  readonly left: TypedExpression | undefined;
  readonly right: TypedExpression;
}

/** Replaces two wide operands (of a shift: one and a count) on the stack by the result. */
export function combineWide(
  state: FunctionState,
  operator: ArithmeticOperator,
  type: QualType,
  operands: Operands,
): void {
  const resolved = resolve(type.type);
  switch (resolved.kind) {
    case 'integer':
    case 'enum':
      combine128(state, operator, isSigned(resolved), operands.right);
      return;
    case 'complex':
      combineComplex(state, operator, resolved, operands);
      return;
    case 'vector':
      combineLanes(state, operator, resolved);
      return;
    default:
      invariant(false, `no wide ${resolved.kind}`);
  }
}

function isSigned(type: { readonly kind: string }): boolean {
  return type.kind === 'integer' && (type as IntegerType).isSigned;
}

const pair = [
  { access: accesses.i64, offset: 0 },
  { access: accesses.i64, offset: 8 },
] as const;

// ---------------------------------------------------------------- 128-bit integers

function combine128(
  state: FunctionState,
  operator: ArithmeticOperator,
  isSignedType: boolean,
  right: TypedExpression,
): void {
  if (operator === '<<' || operator === '>>') {
    shift128(state, operator, isSignedType, right);
    return;
  }
  const { code } = state;
  const b = keepWords(state, pair);
  const a = keepWords(state, pair);
  const [aLow = 0, aHigh = 0] = a;
  const [bLow = 0, bHigh = 0] = b;
  switch (operator) {
    case '+':
    case '-': {
      const add = operator === '+' ? op.i64_add : op.i64_sub;
      const low = state.temp('i64');
      code.localGet(aLow);
      code.localGet(bLow);
      code.emit(add);
      code.localTee(low);
      code.localGet(aHigh);
      code.localGet(bHigh);
      code.emit(add);
      // Carry out of the low half: the sum is less than an operand; the minuend less than the subtrahend.
      code.localGet(operator === '+' ? low : aLow);
      code.localGet(bLow);
      code.emit(op.i64_lt_u);
      code.emit(op.i64_extend_i32_u);
      code.emit(add);
      state.release('i64', low);
      break;
    }
    case '*':
      code.localGet(aLow);
      code.localGet(bLow);
      code.emit(op.i64_mul);
      code.localGet(aLow);
      code.localGet(bLow);
      code.call(state.program.helper('multiply_high'));
      code.localGet(aLow);
      code.localGet(bHigh);
      code.emit(op.i64_mul);
      code.emit(op.i64_add);
      code.localGet(aHigh);
      code.localGet(bLow);
      code.emit(op.i64_mul);
      code.emit(op.i64_add);
      break;
    case '&':
    case '|':
    case '^': {
      const bitwise = operator === '&' ? op.i64_and : operator === '|' ? op.i64_or : op.i64_xor;
      code.localGet(aLow);
      code.localGet(bLow);
      code.emit(bitwise);
      code.localGet(aHigh);
      code.localGet(bHigh);
      code.emit(bitwise);
      break;
    }
    case '/':
    case '%':
      code.localGet(bLow);
      code.localGet(bHigh);
      code.emit(op.i64_or);
      code.emit(op.i64_eqz);
      code.open(op.if);
      code.call(state.program.imports.divideError);
      code.close();
      divideWide(state, [aLow, aHigh, bLow, bHigh], operator, isSignedType);
      break;
  }
  releaseWords(state, pair, a);
  releaseWords(state, pair, b);
}

function divideWide(
  state: FunctionState,
  operands: readonly number[],
  operator: '/' | '%',
  isSignedType: boolean,
): void {
  const { divideSigned, divideUnsigned, remainderSigned, remainderUnsigned } = wideOperations;
  const quotient = isSignedType ? divideSigned : divideUnsigned;
  const remainder = isSignedType ? remainderSigned : remainderUnsigned;
  state.code.i32Const(operator === '/' ? quotient : remainder);
  pushWords(state, operands);
  state.code.call(state.program.imports.divideWide);
  pushScratch(state, 'i64');
}

/** Pushes the two results that the machine left in the scratch area. */
function pushScratch(state: FunctionState, type: 'i64' | 'f64'): void {
  for (const offset of [0, 8]) {
    state.code.i32Const(0);
    state.code.memory(type === 'i64' ? op.i64_load : op.f64_load, SCRATCH + offset);
  }
}

/** shld, shl; the halves change places when bit 6 of the count is set. Bits of the count beyond 127 do not count. */
function shift128(
  state: FunctionState,
  operator: '<<' | '>>',
  isSignedType: boolean,
  right: TypedExpression,
): void {
  const { code } = state;
  const kind = valueKindOf(right.type.type);
  if (kind.kind === 'words') code.emit(op.drop);
  else if (kind.kind === 'scalar' && kind.access.type === 'i32') code.emit(op.i64_extend_i32_u);
  const [count, low, high, moved] = [
    state.temp('i64'),
    state.temp('i64'),
    state.temp('i64'),
    state.temp('i64'),
  ];
  code.localSet(count);
  code.localSet(high);
  code.localSet(low);
  const isLeft = operator === '<<';
  const outer = isLeft ? low : high;
  const shift = isLeft ? op.i64_shl : isSignedType ? op.i64_shr_s : op.i64_shr_u;
  // What moves from one half into the other: in two steps, so that a count of 0 moves nothing.
  code.localGet(outer);
  code.i64Const(1);
  code.emit(isLeft ? op.i64_shr_u : op.i64_shl);
  code.i64Const(63);
  code.localGet(count);
  code.i64Const(63);
  code.emit(op.i64_and);
  code.emit(op.i64_sub);
  code.emit(isLeft ? op.i64_shr_u : op.i64_shl);
  code.localGet(isLeft ? high : low);
  code.localGet(count);
  code.emit(isLeft ? op.i64_shl : op.i64_shr_u);
  code.emit(op.i64_or);
  code.localSet(moved);
  code.localGet(outer);
  code.localGet(count);
  code.emit(shift);
  code.localSet(outer);
  code.localGet(count);
  code.i64Const(64);
  code.emit(op.i64_and);
  code.emit(op.i64_eqz);
  code.open(op.if);
  code.localGet(moved);
  code.localSet(isLeft ? high : low);
  code.else();
  code.localGet(outer);
  code.localSet(isLeft ? high : low);
  if (isLeft || !isSignedType) code.i64Const(0);
  else {
    code.localGet(outer);
    code.i64Const(63);
    code.emit(op.i64_shr_s);
  }
  code.localSet(outer);
  code.close();
  code.localGet(low);
  code.localGet(high);
  for (const local of [count, low, high, moved]) state.release('i64', local);
}

/** Replaces two wide operands on the stack by an i32: 1 when the comparison holds, else 0. Not for vectors. */
export function compareWide(state: FunctionState, operator: ComparisonOperator, type: QualType): void {
  const { code } = state;
  const kind = valueKindOf(type.type);
  invariant(kind.kind === 'words', 'a wide comparison');
  const resolved = resolve(type.type);
  const b = keepWords(state, kind.words);
  const a = keepWords(state, kind.words);
  const [aLow = 0, aHigh = 0] = a;
  const [bLow = 0, bHigh = 0] = b;
  if (resolved.kind === 'complex') {
    const element = valueKindOf(resolved.element);
    if (element.kind === 'scalar') {
      for (const [one, other] of [
        [aLow, bLow],
        [aHigh, bHigh],
      ] as const) {
        code.localGet(one);
        code.localGet(other);
        compare(state, '==', element);
      }
      code.emit(op.i32_and);
      if (operator === '!=') code.emit(op.i32_eqz);
    }
  } else if (operator === '==' || operator === '!=') {
    code.localGet(aLow);
    code.localGet(bLow);
    code.emit(op.i64_xor);
    code.localGet(aHigh);
    code.localGet(bHigh);
    code.emit(op.i64_xor);
    code.emit(op.i64_or);
    code.emit(op.i64_eqz);
    if (operator === '!=') code.emit(op.i32_eqz);
  } else {
    code.localGet(aLow);
    code.localGet(bLow);
    compare(state, operator, { kind: 'scalar', access: accesses.i64, isSigned: false });
    code.localGet(aHigh);
    code.localGet(bHigh);
    compare(state, operator, { kind: 'scalar', access: accesses.i64, isSigned: isSigned(resolved) });
    code.localGet(aHigh);
    code.localGet(bHigh);
    code.emit(op.i64_eq);
    code.emit(op.select);
  }
  releaseWords(state, kind.words, a);
  releaseWords(state, kind.words, b);
}

/** `-` and `~` (of a complex number: its conjugate). */
export function negateWide(state: FunctionState, what: 'negate' | 'complement', type: QualType): void {
  const { code } = state;
  const resolved = resolve(type.type);
  if (resolved.kind === 'vector') {
    mapLanes(state, resolved, (lane, load) => {
      if (what === 'complement') {
        load();
        if (lane.access.type === 'i64') {
          code.i64Const(-1);
          code.emit(op.i64_xor);
        } else {
          code.i32Const(-1);
          code.emit(op.i32_xor);
        }
      } else negateScalar(state, lane, load);
    });
    return;
  }
  const kind = valueKindOf(type.type);
  invariant(kind.kind === 'words', 'a wide value');
  const words = keepWords(state, kind.words);
  const [low = 0, high = 0] = words;
  if (resolved.kind === 'complex') {
    const element = elementKind(resolved);
    if (what === 'complement') code.localGet(low);
    else negateScalar(state, element, () => code.localGet(low));
    negateScalar(state, element, () => code.localGet(high));
  } else if (what === 'complement') {
    for (const word of words) {
      code.localGet(word);
      code.i64Const(-1);
      code.emit(op.i64_xor);
    }
  } else {
    code.i64Const(0);
    code.localGet(low);
    code.emit(op.i64_sub);
    code.i64Const(0);
    code.localGet(high);
    code.emit(op.i64_sub);
    code.localGet(low);
    code.emit(op.i64_eqz);
    code.emit(op.i32_eqz);
    code.emit(op.i64_extend_i32_u);
    code.emit(op.i64_sub);
  }
  releaseWords(state, kind.words, words);
}

/** Pushes the negated scalar that `load` pushes. */
function negateScalar(state: FunctionState, kind: Scalar, load: () => void): void {
  const { code } = state;
  switch (kind.access.type) {
    case 'f32':
      load();
      code.emit(op.f32_neg);
      return;
    case 'f64':
      load();
      code.emit(op.f64_neg);
      return;
    case 'v128':
      load();
      setSign(state, 'negate');
      return;
    case 'i64':
      code.i64Const(0);
      load();
      code.emit(op.i64_sub);
      return;
    case 'i32':
      code.i32Const(0);
      load();
      code.emit(op.i32_sub);
      normalize(state, kind);
      return;
  }
}

// ---------------------------------------------------------------- complex numbers

/** How the lanes of a vector, or the parts of a complex number, are handled. */
export function elementKind(type: ComplexType | VectorType): Scalar {
  const kind = valueKindOf(type.element);
  invariant(kind.kind === 'scalar', 'an element is a scalar');
  return kind;
}

/** Whether the operand is a real number that is complex only to meet the other operand. */
function isReal(operand: TypedExpression | undefined): boolean {
  return (
    operand?.kind === 'convert' &&
    operand.conversion === 'arithmetic' &&
    !operand.isExplicit &&
    resolve(operand.operand.type.type).kind !== 'complex'
  );
}

/** gcc works with a real operand as it is, so that infinities and zeros keep their signs (c-typeck.c: build_binary_op). */
function combineComplex(
  state: FunctionState,
  operator: ArithmeticOperator,
  type: ComplexType,
  operands: Operands,
): void {
  const { code } = state;
  const element = elementKind(type);
  const words = [
    { access: element.access, offset: 0 },
    { access: element.access, offset: type.element.size },
  ];
  const right = keepWords(state, words);
  const left = keepWords(state, words);
  const [a = 0, b = 0] = left;
  const [c = 0, d = 0] = right;
  const of = (which: ArithmeticOperator, one: number, other: number): void => {
    code.localGet(one);
    code.localGet(other);
    combine(state, which, element.access, element.isSigned, undefined);
    if (element.access.type === 'i32') normalize(state, element);
  };
  const [leftIsReal, rightIsReal] = [isReal(operands.left), isReal(operands.right)];
  if (rightIsReal && !leftIsReal) {
    of(operator, a, c);
    if (operator === '+' || operator === '-') code.localGet(b);
    else of(operator, b, c);
  } else if (leftIsReal && operator !== '/') {
    of(operator, a, c);
    if (operator === '*') of('*', a, d);
    else if (operator === '+') code.localGet(d);
    else negateScalar(state, element, () => code.localGet(d));
  } else if (operator === '+' || operator === '-') {
    of(operator, a, c);
    of(operator, b, d);
  } else if (operator === '*') multiplyComplex(state, element, [a, b, c, d], of);
  else divideComplex(state, element, [a, b, c, d]);
  releaseWords(state, words, left);
  releaseWords(state, words, right);
}

function multiplyComplex(
  state: FunctionState,
  element: Scalar,
  operands: readonly [number, number, number, number],
  of: (operator: ArithmeticOperator, one: number, other: number) => void,
): void {
  const { code } = state;
  const [a, b, c, d] = operands;
  const { type } = element.access;
  const [real, imaginary] = [state.temp(type), state.temp(type)];
  of('*', a, c);
  of('*', b, d);
  combine(state, '-', element.access, element.isSigned, undefined);
  if (type === 'i32') normalize(state, element);
  code.localSet(real);
  of('*', a, d);
  of('*', b, c);
  combine(state, '+', element.access, element.isSigned, undefined);
  if (type === 'i32') normalize(state, element);
  code.localSet(imaginary);
  if (type !== 'i32' && type !== 'i64') {
    // Both parts not-a-number: infinities may have been lost.
    for (const part of [real, imaginary]) {
      code.localGet(part);
      code.localGet(part);
      if (type === 'v128') compareExtended(state, '!=');
      else code.emit(type === 'f32' ? op.f32_ne : op.f64_ne);
    }
    code.emit(op.i32_and);
    code.open(op.if);
    callComplex(state, 'multiply', type, operands);
    code.localSet(imaginary);
    code.localSet(real);
    code.close();
  }
  code.localGet(real);
  code.localGet(imaginary);
  state.release(type, real);
  state.release(type, imaginary);
}

function divideComplex(
  state: FunctionState,
  element: Scalar,
  operands: readonly [number, number, number, number],
): void {
  const { code } = state;
  const { type } = element.access;
  if (type !== 'i32' && type !== 'i64') {
    callComplex(state, 'divide', type, operands);
    return;
  }
  const [, , c, d] = operands;
  code.localGet(c);
  code.localGet(d);
  code.emit(type === 'i64' ? op.i64_or : op.i32_or);
  code.emit(type === 'i64' ? op.i64_eqz : op.i32_eqz);
  code.open(op.if);
  code.call(state.program.imports.divideError);
  code.close();
  code.i32Const(wideOperations.divideComplex);
  for (const operand of operands) {
    code.localGet(operand);
    if (type === 'i32') code.emit(element.isSigned ? op.i64_extend_i32_s : op.i64_extend_i32_u);
  }
  code.call(state.program.imports.divideWide);
  for (const offset of [0, 8]) {
    code.i32Const(0);
    code.memory(type === 'i64' ? op.i64_load : op.i32_load, SCRATCH + offset);
    if (type === 'i32') normalize(state, element);
  }
}

function callComplex(
  state: FunctionState,
  operation: 'multiply' | 'divide',
  type: 'f32' | 'f64' | 'v128',
  operands: readonly number[],
): void {
  const { code } = state;
  if (type === 'v128') {
    for (const operand of operands) code.localGet(operand);
    combineComplexExtended(state, operation === 'multiply' ? 'multiplyComplex' : 'divideComplex');
    return;
  }
  code.i32Const(complexOperations[type === 'f32' ? (`${operation}Float` as const) : operation]);
  for (const operand of operands) {
    code.localGet(operand);
    if (type === 'f32') code.emit(op.f64_promote_f32);
  }
  code.call(state.program.imports.complexOperation);
  for (const offset of [0, 8]) {
    code.i32Const(0);
    code.memory(op.f64_load, SCRATCH + offset);
    if (type === 'f32') code.emit(op.f32_demote_f64);
  }
}

// ---------------------------------------------------------------- vectors

/** Where the operands and the result of a lane-wise operation lie for its duration. */
export const laneSlots = {
  left: REGISTER_PAGE_HOST + VECTOR_SLOT,
  right: REGISTER_PAGE_HOST + VECTOR_SLOT + VECTOR_SLOT_BYTES,
  result: REGISTER_PAGE_HOST + VECTOR_SLOT + 2 * VECTOR_SLOT_BYTES,
};

/** Stores the wide value on the stack at a host address. */
export function spill(state: FunctionState, type: VectorType, host: number): void {
  const kind = valueKindOf(type);
  invariant(kind.kind === 'words', 'a vector');
  for (const word of [...kind.words].reverse()) {
    const local = state.temp(word.access.type);
    state.code.localSet(local);
    state.code.i32Const(0);
    state.code.localGet(local);
    storeHost(state, word.access, host + word.offset);
    state.release(word.access.type, local);
  }
}

/** Pushes the wide value at a host address. */
export function unspill(state: FunctionState, type: VectorType, host: number): void {
  const kind = valueKindOf(type);
  invariant(kind.kind === 'words', 'a vector');
  for (const word of kind.words) {
    state.code.i32Const(0);
    loadHost(state, word.access, host + word.offset);
  }
}

function pushLane(state: FunctionState, host: number, index: number, lane: Scalar, size: number): void {
  state.code.i32Const(0);
  loadHost(state, lane.access, host + index * size);
}

/** Replaces the vector on the stack by one whose lanes `generate` pushes. */
function mapLanes(
  state: FunctionState,
  type: VectorType,
  generate: (lane: Scalar, load: () => void) => void,
): void {
  const lane = elementKind(type);
  spill(state, type, laneSlots.left);
  for (let index = 0; index < type.count; index += 1) {
    state.code.i32Const(0);
    generate(lane, () => pushLane(state, laneSlots.left, index, lane, type.element.size));
    storeHost(state, lane.access, laneSlots.result + index * type.element.size);
  }
  unspill(state, type, laneSlots.result);
}

function combineLanes(state: FunctionState, operator: ArithmeticOperator, type: VectorType): void {
  const lane = elementKind(type);
  const { size } = type.element;
  spill(state, type, laneSlots.right);
  spill(state, type, laneSlots.left);
  for (let index = 0; index < type.count; index += 1) {
    state.code.i32Const(0);
    pushLane(state, laneSlots.left, index, lane, size);
    pushLane(state, laneSlots.right, index, lane, size);
    combine(state, operator, lane.access, lane.isSigned, undefined);
    storeHost(state, lane.access, laneSlots.result + index * size);
  }
  unspill(state, type, laneSlots.result);
}

/** Replaces two vectors on the stack by one of integers of the same size: -1 where the comparison holds, else 0. */
export function compareLanes(state: FunctionState, operator: ComparisonOperator, type: QualType): void {
  const { code } = state;
  const vector = resolve(type.type);
  invariant(vector.kind === 'vector', 'a vector is compared');
  const lane = elementKind(vector);
  const { size } = vector.element;
  const access =
    size === 1 ? accesses.i8 : size === 2 ? accesses.i16 : size === 4 ? accesses.i32 : accesses.i64;
  spill(state, vector, laneSlots.right);
  spill(state, vector, laneSlots.left);
  for (let index = 0; index < vector.count; index += 1) {
    code.i32Const(0);
    code.i32Const(0);
    pushLane(state, laneSlots.left, index, lane, size);
    pushLane(state, laneSlots.right, index, lane, size);
    compare(state, operator, lane);
    code.emit(op.i32_sub);
    if (access.type === 'i64') code.emit(op.i64_extend_i32_s);
    storeHost(state, access, laneSlots.result + index * size);
  }
  unspill(state, vector, laneSlots.result);
}

/** Replaces the scalar of the element type on the stack by a vector with that in every lane. */
export function broadcast(state: FunctionState, type: VectorType): void {
  const lane = elementKind(type);
  const local = state.temp(lane.access.type);
  state.code.localSet(local);
  for (let index = 0; index < type.count; index += 1) {
    state.code.i32Const(0);
    state.code.localGet(local);
    storeHost(state, lane.access, laneSlots.result + index * type.element.size);
  }
  state.release(lane.access.type, local);
  unspill(state, type, laneSlots.result);
}
