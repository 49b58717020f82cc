/** Questions about floating numbers, and comparisons that raise no exception. */
import { sizeOf } from '../sema/type-relations.ts';
import type { TypedExpression } from '../sema/typed-tree.ts';
import { argument } from './builtin.ts';
import type { Builtin } from './builtin.ts';
import { answerQuietly, classifyExtended, selectExtendedClass } from './extended-class.ts';
import { isExtended } from './extended-value.ts';
import type { FunctionState } from './function-state.ts';
import { valueKindOf } from './value-type.ts';
import { op } from './wasm-module.ts';

/** `isinff` and `isinfl` ask what `isinf` asks. */
export function classification(name: string): string {
  if (name.startsWith('finite')) return 'isfinite';
  return name.startsWith('isnan') ? 'isnan' : /^isinf[fl]$/.test(name) ? 'isinf' : name;
}

/** Pushes the answer to isnan, isinf, isfinite, isnormal or signbit. */
export function classifyFloat(state: FunctionState, operand: TypedExpression, name: string): void {
  const { code } = state;
  const kind = valueKindOf(operand.type.type);
  if (kind.kind !== 'scalar') return;
  if (isExtended(kind.access)) {
    classifyExtended(state, operand, name);
    return;
  }
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
      code.emitQuiet(name === 'isinf' ? op.f64_eq : op.f64_lt);
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
      code.f64Const(smallestNormal(operand));
      code.emitQuiet(op.f64_ge);
      code.localGet(value);
      code.emit(op.f64_abs);
      code.f64Const(Infinity);
      code.emitQuiet(op.f64_lt);
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

/** The smallest normal number of float or double. */
const smallestNormal = (operand: TypedExpression): number =>
  sizeOf(operand.type.type) === 4 ? 2 ** -126 : 2 ** -1022;

const isLong = (operand: TypedExpression): boolean => {
  const kind = valueKindOf(operand.type.type);
  return kind.kind === 'scalar' && isExtended(kind.access);
};

/** `__builtin_fpclassify(nan, infinite, normal, subnormal, zero, value)`. */
export function selectClass(state: FunctionState, expression: Builtin): void {
  const { code } = state;
  const operand = argument(expression, 5);
  if (isLong(operand)) {
    selectExtendedClass(state, expression);
    return;
  }
  const value = state.temp('f64');
  for (const index of [0, 1, 4, 2, 3]) state.value(argument(expression, index));
  state.value(operand);
  if (sizeOf(operand.type.type) === 4) code.emit(op.f64_promote_f32);
  code.emit(op.f64_abs);
  code.localSet(value);
  // The last two are on top: each test chooses between the two topmost.
  const choose = (
    limit: number | undefined,
    test: typeof op.f64_eq | typeof op.f64_ge | typeof op.f64_ne,
  ): void => {
    code.localGet(value);
    if (limit === undefined) code.localGet(value);
    else code.f64Const(limit);
    code.emitQuiet(test);
    code.emit(op.select);
  };
  choose(smallestNormal(operand), op.f64_ge);
  choose(0, op.f64_eq);
  choose(Infinity, op.f64_eq);
  choose(undefined, op.f64_ne);
  state.release('f64', value);
}

/** Pushes isgreater(a, b) and its relatives. */
export function compareQuietly(state: FunctionState, expression: Builtin, name: string): void {
  const { code } = state;
  if (isLong(argument(expression, 0))) {
    for (const index of [0, 1]) state.value(argument(expression, index));
    answerQuietly(state, name);
    return;
  }
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
    code.emitQuiet(opcode);
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
