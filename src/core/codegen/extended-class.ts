/** Questions about numbers of `long double`, and comparisons that raise no exception. */
import type { ComparisonOperator, TypedExpression } from '../sema/typed-tree.ts';
import { argument } from './builtin.ts';
import type { Builtin } from './builtin.ts';
import { compareExtended, callExtended, setSign, takeHead } from './extended-value.ts';
import type { FunctionState } from './function-state.ts';
import { op } from './wasm-module.ts';

/** Classes of <math.h>. */
const [NAN, INFINITE, ZERO, SUBNORMAL, NORMAL] = [0, 1, 2, 3, 4] as const;

/** What `fxam` leaves of the sign: a bit of the status word. */
const SIGN_IN_STATUS = 0x200;

/** Replaces the number on the stack by its class. */
const pushClass = (state: FunctionState): void => {
  state.code.call(state.program.helper('x87_class'));
};

/** Pushes the answer to isnan, isinf, isfinite, isnormal or signbit. */
export function classifyExtended(state: FunctionState, operand: TypedExpression, name: string): void {
  const { code } = state;
  state.value(operand);
  switch (name) {
    case 'isnan':
      pushClass(state);
      code.emit(op.i32_eqz);
      return;
    case 'isinf':
    case 'isnormal':
      pushClass(state);
      code.i32Const(name === 'isinf' ? INFINITE : NORMAL);
      code.emit(op.i32_eq);
      return;
    case 'isfinite':
      pushClass(state);
      code.i32Const(INFINITE);
      code.emit(op.i32_gt_u);
      return;
    case 'isinf_sign': {
      const value = state.temp('v128');
      code.localTee(value);
      pushClass(state);
      code.i32Const(INFINITE);
      code.emit(op.i32_eq);
      code.open(op.if, 'i32');
      code.i32Const(-1);
      code.i32Const(1);
      code.localGet(value);
      takeHead(state);
      code.i32Const(0x8000);
      code.emit(op.i32_and);
      code.emit(op.select);
      code.else();
      code.i32Const(0);
      code.close();
      state.release('v128', value);
      return;
    }
    default:
      takeHead(state);
      code.i32Const(6);
      code.emit(op.i32_shr_u);
      code.i32Const(SIGN_IN_STATUS);
      code.emit(op.i32_and);
  }
}

/** `__builtin_fpclassify(nan, infinite, normal, subnormal, zero, value)`. */
export function selectExtendedClass(state: FunctionState, expression: Builtin): void {
  const { code } = state;
  const found = state.temp('i32');
  for (const index of [0, 1, 4, 2, 3]) state.value(argument(expression, index));
  state.value(argument(expression, 5));
  pushClass(state);
  code.localSet(found);
  // The last two are on top: each test chooses between the two topmost.
  for (const [kind, isOther] of [
    [SUBNORMAL, true],
    [ZERO, false],
    [INFINITE, false],
    [NAN, false],
  ] as const) {
    code.localGet(found);
    code.i32Const(kind);
    code.emit(isOther ? op.i32_ne : op.i32_eq);
    code.emit(op.select);
  }
  state.release('i32', found);
}

const orders = new Map<string, ComparisonOperator>([
  ['isgreater', '>'],
  ['isgreaterequal', '>='],
  ['isless', '<'],
  ['islessequal', '<='],
]);

/** Replaces the two numbers on the stack by the answer to isgreater and its relatives. */
export function answerQuietly(state: FunctionState, name: string): void {
  const { code } = state;
  const operator = orders.get(name);
  if (operator !== undefined) {
    compareExtended(state, operator, true);
    return;
  }
  callExtended(state, 'compareQuietly');
  if (name === 'isunordered') {
    code.i32Const(3);
    code.emit(op.i32_eq);
    return;
  }
  // Greater or less.
  code.i32Const(1);
  code.emit(op.i32_sub);
  code.i32Const(2);
  code.emit(op.i32_lt_u);
}

/** Pushes the first number with the sign of the second. */
export function copySign(state: FunctionState, expression: Builtin): void {
  const { code } = state;
  const value = state.temp('v128');
  state.value(argument(expression, 0));
  setSign(state, 'clear');
  code.localSet(value);
  state.value(argument(expression, 1));
  takeHead(state);
  code.i32Const(0x8000);
  code.emit(op.i32_and);
  code.open(op.if, 'v128');
  code.localGet(value);
  setSign(state, 'negate');
  code.else();
  code.localGet(value);
  code.close();
  state.release('v128', value);
}
