/**
 * Code for expressions (C17 6.5).
 *
 * Order of evaluation, where C leaves it open, is that of gcc -O0: left operand before right one, but a plain variable
 * that lives in a register as gcc sees it is read when the operation is done, thus after the side effects of the other
 * operand; arguments from the last to the first (calls.ts); the right side of a compound assignment first when it has
 * side effects.
 */
import { evaluate, truthOf } from '../sema/constant.ts';
import { truncated } from '../sema/floating-value.ts';
import type { FloatingValue } from '../sema/floating-value.ts';
import { integerOf } from '../sema/type-relations.ts';
import type { TypedExpression } from '../sema/typed-tree.ts';
import type { QualType } from '../sema/type.ts';
import { VOLATILE } from '../sema/type.ts';
import { hasSideEffects } from '../image/tree-walk.ts';
import { unreachable } from '../../base/assert.ts';
import { sayCodegen } from '../text/codegen-texts.ts';
import { generateAssignment, generateCompoundAssignment, generateIncrement } from './assignment.ts';
import { generateBuiltin } from './builtin.ts';
import { generateCall, pushFunctionAddress } from './call.ts';
import {
  convertScalar,
  convertValue,
  isBool,
  normalize,
  testNonZero,
  testValue,
  testZero,
  toPointerSize,
} from './conversion.ts';
import { UnsupportedConstruct } from './function-state.ts';
import type { FunctionState } from './function-state.ts';
import { generateDispatchLoop, planJumps } from './goto.ts';
import { generateIntrinsic } from './intrinsic.ts';
import { generateRewritten } from './library-call.ts';
import { holdCallResult } from './missing-return.ts';
import {
  characterOf,
  generateDifference,
  generatePlace,
  hasPlace,
  loadLvalue,
  pointerPlace,
} from './lvalue.ts';
import {
  alignShiftCount,
  constantOf,
  kindOf,
  pushInteger,
  pushOperands,
  pushZero,
  scalarOf,
} from './operands.ts';
import { combine, compare, compareQuietly } from './operator.ts';
import { setSign } from './extended-value.ts';
import { isNotANumber, pushFloating, pushFoldedFloat } from './folded-float.ts';
import { foldedOperation, operandOfConversion } from './folded-operation.ts';
import { loadPlace, pushAddress } from './place.ts';
import { absoluteAddress } from './program-state.ts';
import { valueKindOf } from './value-type.ts';
import type { ValueKind } from './value-type.ts';
import { pushVariableSize } from './variable-array.ts';
import { op } from './wasm-module.ts';
import { compareWide } from './wide-arithmetic.ts';
import { generateWide, keepWords } from './wide-value.ts';
import type { Forwarded } from './wide-value.ts';

/** Leaves the value on the stack: a scalar, the address of a record, nothing for void. */
export function generateValue(state: FunctionState, expression: TypedExpression): void {
  if (isForwarded(expression)) {
    generateForwarded(state, expression);
    return;
  }
  const { code } = state;
  const wide = valueKindOf(expression.type.type);
  if (wide.kind === 'words') {
    generateWide(state, expression, wide);
    return;
  }
  switch (expression.kind) {
    case 'integer':
      pushInteger(state, scalarOf(expression), expression.value);
      return;
    case 'floating':
      pushFloating(state, scalarOf(expression).access, expression);
      return;
    case 'string':
    case 'object':
    case 'deref':
    case 'member':
    case 'compound-literal':
      // An lvalue as a value: records and arrays by their address; scalars appear below a `load` only.
      if (kindOf(expression).kind === 'scalar') loadLvalue(state, expression);
      else pushAddress(state, generatePlace(state, expression));
      return;
    case 'function':
      pushFunctionAddress(state, expression.function);
      return;
    case 'address-of':
      if (expression.operand.kind === 'function') pushFunctionAddress(state, expression.operand.function);
      else pushAddress(state, generatePlace(state, expression.operand));
      return;
    case 'label-address':
      state.pointerConst(absoluteAddress(state.program, expression.label));
      return;
    case 'convert':
      generateConversion(state, expression);
      return;
    case 'negate':
      generateNegation(state, expression);
      return;
    case 'complement': {
      const { access } = scalarOf(expression);
      state.value(expression.operand);
      if (access.type === 'i64') {
        code.i64Const(-1);
        code.emit(op.i64_xor);
      } else {
        code.i32Const(-1);
        code.emit(op.i32_xor);
      }
      return;
    }
    case 'not':
    case 'compare':
    case 'logical':
      generateTruth(state, expression);
      return;
    case 'arithmetic': {
      const simple = foldedOperation(expression);
      if (simple !== expression) {
        state.value(simple);
        return;
      }
      if (pushFoldedFloat(state, expression)) return;
      const { access, isSigned } = scalarOf(expression);
      pushOperands(state, expression.left, expression.right, expression.operator);
      alignShiftCount(state, expression.operator, access, expression.right);
      combine(
        state,
        expression.operator,
        access,
        isSigned,
        constantOf(expression.right),
        constantOf(expression.left),
      );
      return;
    }
    case 'pointer-add':
      pushAddress(state, pointerPlace(state, expression));
      return;
    case 'pointer-difference':
      generateDifference(state, expression);
      return;
    case 'conditional':
      generateConditional(state, expression);
      return;
    case 'vla-size':
      pushVariableSize(state, expression.operand);
      return;
    case 'real-part':
    case 'imaginary-part':
      generatePart(state, expression);
      return;
    default:
      unreachable(expression);
  }
}

/** Kinds of expressions whose value comes from one generator, be it a scalar, a record or several words. */
const forwardedKinds = new Set<string>([
  'comma',
  'assign',
  'compound-assign',
  'increment',
  'call',
  'builtin',
  'statement-expression',
  'error',
  'unsupported',
] satisfies Forwarded['kind'][]);

function isForwarded(expression: TypedExpression): expression is Forwarded {
  return forwardedKinds.has(expression.kind);
}

function generateForwarded(state: FunctionState, expression: Forwarded): void {
  switch (expression.kind) {
    case 'comma':
      state.effect(expression.left);
      state.value(expression.right);
      return;
    case 'assign':
      generateAssignment(state, expression, true);
      return;
    case 'compound-assign':
      generateCompoundAssignment(state, expression, true);
      return;
    case 'increment':
      generateIncrement(state, expression, true);
      return;
    case 'call':
      kindOf(expression);
      if (generateIntrinsic(state, expression)) return;
      if (generateRewritten(state, expression, true)) return;
      generateCall(state, expression);
      return;
    case 'builtin':
      generateBuiltin(state, expression, true);
      return;
    case 'statement-expression':
      generateStatementExpression(state, expression, true);
      return;
    case 'error':
      throw new UnsupportedConstruct(sayCodegen('codegen.error-in-source'), expression.span);
    case 'unsupported':
      throw new UnsupportedConstruct(expression.reason, expression.span);
    default:
      unreachable(expression);
  }
}

/** Evaluates for the side effects and leaves nothing. */
export function generateEffect(state: FunctionState, expression: TypedExpression): void {
  const { code } = state;
  switch (expression.kind) {
    case 'assign':
      generateAssignment(state, expression, false);
      return;
    case 'compound-assign':
      generateCompoundAssignment(state, expression, false);
      return;
    case 'increment':
      generateIncrement(state, expression, false);
      return;
    case 'comma':
      state.effect(expression.left);
      state.effect(expression.right);
      return;
    case 'builtin':
      generateBuiltin(state, expression, false);
      return;
    case 'statement-expression':
      generateStatementExpression(state, expression, false);
      return;
    case 'logical': {
      state.condition(expression.left);
      if (expression.operator === '||') code.emit(op.i32_eqz);
      code.open(op.if);
      state.effect(expression.right);
      code.close();
      return;
    }
    case 'conditional':
      if (expression.then === undefined) break;
      state.condition(expression.condition);
      code.open(op.if);
      state.effect(expression.then);
      code.else();
      state.effect(expression.otherwise);
      code.close();
      return;
    case 'convert':
      if (expression.conversion !== 'load') {
        state.effect(expression.operand);
        return;
      }
      // A volatile object is read although nobody uses its value.
      if (hasSideEffects(expression) || (expression.operand.type.quals & VOLATILE) !== 0) {
        generateValue(state, expression);
        dropValue(state, kindOf(expression));
      }
      return;
    case 'integer':
    case 'floating':
    case 'string':
    case 'object':
    case 'function':
    case 'deref':
    case 'member':
    case 'address-of':
    case 'negate':
    case 'complement':
    case 'not':
    case 'arithmetic':
    case 'compare':
    case 'pointer-add':
    case 'pointer-difference':
    case 'call':
    case 'compound-literal':
    case 'label-address':
    case 'vla-size':
    case 'real-part':
    case 'imaginary-part':
    case 'error':
    case 'unsupported':
      break;
    default:
      unreachable(expression);
  }
  if (expression.kind === 'call') {
    if (generateRewritten(state, expression, false)) return;
    if (generateIntrinsic(state, expression)) dropValue(state, kindOf(expression));
    else {
      generateCall(state, expression);
      dropResult(state, expression);
    }
    return;
  }
  // gcc drops operators whose value nobody uses, and keeps the side effects of their operands.
  if (expression.kind !== 'compound-literal' && !hasSideEffects(expression)) {
    if (expression.kind === 'error' || expression.kind === 'unsupported') generateValue(state, expression);
    return;
  }
  generateValue(state, expression);
  dropValue(state, kindOf(expression));
}

function dropResult(state: FunctionState, call: Extract<TypedExpression, { kind: 'call' }>): void {
  const kind = kindOf(call);
  const isHeld = kind.kind === 'scalar' && holdCallResult(state, call, call.type.type, kind.access.type);
  if (!isHeld) dropValue(state, kind);
}

/** Drops the value on the stack. */
export function dropValue(state: FunctionState, kind: ValueKind): void {
  const count = kind.kind === 'words' ? kind.words.length : kind.kind === 'void' ? 0 : 1;
  for (let index = 0; index < count; index += 1) state.code.emit(op.drop);
}

/** `__real__` and `__imag__` of a value; of a real number they are the number and zero. */
function generatePart(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'real-part' | 'imaginary-part' }>,
): void {
  const { code } = state;
  const { operand } = expression;
  const kind = kindOf(operand);
  if (kind.kind !== 'words') {
    state.value(operand);
    if (expression.kind === 'imaginary-part') {
      code.emit(op.drop);
      pushZero(state, scalarOf(operand).access);
    }
    return;
  }
  if (!hasSideEffects(operand) && (operand.kind === 'object' || operand.kind === 'member')) {
    loadPlace(state, generatePlace(state, expression), scalarOf(expression).access);
    return;
  }
  state.value(operand);
  if (expression.kind === 'real-part') code.emit(op.drop);
  else {
    const [real, imaginary] = keepWords(state, kind.words);
    code.localGet(imaginary ?? 0);
    const { type } = scalarOf(expression).access;
    for (const local of [real, imaginary]) state.release(type, local ?? 0);
  }
}

/** Leaves an i32 that is zero exactly when the scalar is. */
export function generateCondition(state: FunctionState, expression: TypedExpression): void {
  const { code } = state;
  switch (expression.kind) {
    case 'not':
      state.condition(expression.operand);
      code.emit(op.i32_eqz);
      return;
    case 'compare': {
      const simple = foldedOperation(expression);
      if (simple !== expression) {
        state.condition(simple);
        return;
      }
      if (namesText(expression.left) || namesText(expression.right)) {
        const known = truthOf(
          evaluate(expression, { foldObjects: false, wordBytes: state.program.wordBytes }),
        );
        if (known !== undefined) {
          code.i32Const(known ? 1 : 0);
          return;
        }
      }
      pushOperands(state, expression.left, expression.right, expression.operator);
      if (kindOf(expression.left).kind === 'words') {
        compareWide(state, expression.operator, expression.left.type);
      } else if ([expression.left, expression.right].some((one) => isNotANumber(state, one))) {
        // gcc folds what is compared with a constant that is no number.
        compareQuietly(state, expression.operator, scalarOf(expression.left));
      } else compare(state, expression.operator, scalarOf(expression.left));
      return;
    }
    case 'logical': {
      const simple = foldedOperation(expression);
      if (simple !== expression) {
        state.condition(simple);
        return;
      }
      state.condition(expression.left);
      code.open(op.if, 'i32');
      if (expression.operator === '&&') {
        state.condition(expression.right);
        code.else();
        code.i32Const(0);
      } else {
        code.i32Const(1);
        code.else();
        state.condition(expression.right);
      }
      code.close();
      return;
    }
    case 'convert':
      // A literal has an address that is not null; where only that matters gcc emits no literal.
      if (expression.conversion === 'decay' && expression.operand.kind === 'string') {
        code.i32Const(1);
        return;
      }
      // The truth of a widened integer is the truth of the integer.
      if (expression.conversion === 'arithmetic' && integerOf(expression.type.type) !== undefined) {
        const inner = integerOf(expression.operand.type.type);
        if (inner !== undefined && (integerOf(expression.type.type)?.size ?? 0) >= inner.size) {
          state.condition(expression.operand);
          return;
        }
      }
      break;
    default:
      break;
  }
  const kind = kindOf(expression);
  state.value(expression);
  if (kind.kind !== 'scalar') testValue(state, expression.type.type);
  else if (kind.access.type !== 'i32') testNonZero(state, kind.access);
}

/**
 * Whether an expression is an address in a literal, or a call that may give one: gcc compares such when it compiles, where it
 * can, and then the literal does not exist.
 */
function namesText(expression: TypedExpression): boolean {
  switch (expression.kind) {
    case 'convert':
      return expression.conversion === 'decay'
        ? expression.operand.kind === 'string'
        : expression.conversion !== 'load' && namesText(expression.operand);
    case 'pointer-add':
      return namesText(expression.pointer);
    case 'call':
      return expression.args.some(namesText);
    default:
      return false;
  }
}

/** `!`, comparisons, `&&`, `||` as an int value: 0 or 1. */
function generateTruth(state: FunctionState, expression: TypedExpression): void {
  const { code } = state;
  if (expression.kind === 'not') {
    const operand = expression.operand;
    if (operand.kind === 'compare' || operand.kind === 'logical' || operand.kind === 'not') {
      state.condition(operand);
      code.emit(op.i32_eqz);
    } else {
      const kind = kindOf(operand);
      state.value(operand);
      if (kind.kind === 'scalar') testZero(state, kind.access);
      else {
        testValue(state, operand.type.type);
        code.emit(op.i32_eqz);
      }
    }
    return;
  }
  state.condition(expression);
  if (expression.kind === 'logical') {
    code.i32Const(0);
    code.emit(op.i32_ne);
  }
}

function generateNegation(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'negate' | 'complement' }>,
): void {
  const { code } = state;
  const { access } = scalarOf(expression);
  switch (access.type) {
    case 'i32':
      code.i32Const(0);
      state.value(expression.operand);
      code.emit(op.i32_sub);
      return;
    case 'i64':
      code.i64Const(0);
      state.value(expression.operand);
      code.emit(op.i64_sub);
      return;
    case 'f32':
      state.value(expression.operand);
      code.emit(op.f32_neg);
      return;
    case 'f64':
      state.value(expression.operand);
      code.emit(op.f64_neg);
      return;
    case 'v128':
      state.value(expression.operand);
      setSign(state, 'negate');
      return;
  }
}

/** The character that a call gives the address of: `*strchr("text", 'x')`. */
function characterBehind(
  state: FunctionState,
  load: Extract<TypedExpression, { kind: 'convert' }>,
): bigint | undefined {
  if (load.operand.kind !== 'deref' || !namesText(load.operand.operand)) return undefined;
  const value = evaluate(load, { foldObjects: true, wordBytes: state.program.wordBytes });
  return value?.kind === 'integer' ? value.value : undefined;
}

function generateConversion(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'convert' }>,
): void {
  const { operand } = expression;
  switch (expression.conversion) {
    case 'load': {
      const character = characterOf(operand) ?? characterBehind(state, expression);
      if (character !== undefined) {
        pushInteger(state, scalarOf(expression), character);
        return;
      }
      if (kindOf(expression).kind === 'scalar') loadLvalue(state, operand);
      else state.value(operand);
      return;
    }
    case 'decay':
      pushAddress(state, generatePlace(state, operand));
      return;
    case 'function-pointer':
      if (operand.kind === 'deref') state.value(operand.operand);
      else state.value(operand);
      return;
    case 'arithmetic':
      kindOf(expression);
      kindOf(operand);
      if (operand.kind === 'floating' && isSmallInteger(expression.type)) {
        pushInteger(state, scalarOf(expression), integerOfFloat(operand, expression.type));
        return;
      }
      if (pushFoldedFloat(state, expression)) return;
      state.value(operandOfConversion(expression, (object) => hasPlace(state, object)));
      convertValue(state, operand.type.type, expression.type.type);
      return;
    case 'pointer':
      generatePointerConversion(state, operand, expression.type);
      return;
    case 'to-void':
      state.effect(operand);
      return;
    case 'none':
      state.value(operand);
      if (kindOf(operand).kind === 'words') convertValue(state, operand.type.type, expression.type.type);
      return;
    default:
      unreachable(expression.conversion);
  }
}

/** An integer that is one value on the stack. */
function isSmallInteger(type: QualType): boolean {
  return integerOf(type.type) !== undefined && valueKindOf(type.type).kind === 'scalar';
}

/** A constant becomes an integer as gcc folds it: the nearest one of the type where it does not fit. */
function integerOfFloat(number: FloatingValue, type: QualType): bigint {
  const { value } = number;
  const to = integerOf(type.type);
  if (to === undefined || Number.isNaN(value)) return 0n;
  if (to.name === '_Bool') return value === 0 ? 0n : 1n;
  const bits = BigInt(to.size * 8);
  const most = to.isSigned ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  const least = to.isSigned ? -(1n << (bits - 1n)) : 0n;
  if (!Number.isFinite(value)) return value > 0 ? most : least;
  const whole = truncated(number);
  return whole > most ? most : whole < least ? least : whole;
}

function generatePointerConversion(state: FunctionState, operand: TypedExpression, to: QualType): void {
  state.value(operand);
  if (kindOf(operand).kind === 'words') {
    // A 128-bit integer: its low half is the address.
    state.code.emit(op.drop);
    if (state.program.pointer === 'i32') state.code.emit(op.i32_wrap_i64);
    return;
  }
  const isFromPointer = integerOf(operand.type.type) === undefined;
  if (isFromPointer && integerOf(to.type) !== undefined) {
    const kind = valueKindOf(to.type);
    if (kind.kind !== 'scalar') return;
    if (isBool(to.type)) {
      testNonZero(state, scalarOf(operand).access);
      return;
    }
    if (kind.access.type === 'i32' && state.program.pointer === 'i64') {
      state.code.emit(op.i32_wrap_i64);
      normalize(state, kind);
    } else if (kind.access.type === 'i64' && state.program.pointer === 'i32') {
      // gcc widens a pointer as it widens a signed number.
      state.code.emit(op.i64_extend_i32_s);
    }
    return;
  }
  if (!isFromPointer) toPointerSize(state, operand.type.type);
}

function generateConditional(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'conditional' }>,
): void {
  const { code } = state;
  const kind = kindOf(expression);
  const result =
    kind.kind === 'scalar' ? kind.access.type : kind.kind === 'memory' ? state.program.pointer : undefined;
  if (expression.then === undefined) {
    const condition = scalarOf(expression.condition);
    const kept = state.temp(condition.access.type);
    state.value(expression.condition);
    code.localTee(kept);
    if (condition.access.type !== 'i32') testNonZero(state, condition.access);
    code.open(op.if, result);
    if (result !== undefined) {
      code.localGet(kept);
      convertScalar(state, expression.condition.type.type, expression.type.type);
    }
    code.else();
    state.value(expression.otherwise);
    code.close();
    state.release(condition.access.type, kept);
    return;
  }
  state.condition(expression.condition);
  code.open(op.if, result);
  if (result === undefined) state.effect(expression.then);
  else state.value(expression.then);
  code.else();
  if (result === undefined) state.effect(expression.otherwise);
  else state.value(expression.otherwise);
  code.close();
}

/** A statement expression; leaves its value when it is wanted. */
export function generateStatementExpression(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'statement-expression' }>,
  wantsValue: boolean,
): void {
  const plan = planJumps(expression.body);
  // Labels of its own; setjmp inside of it has no statement of the function to begin again.
  if (plan.targets.size > 0 && plan.setjmps.size === 0 && plan.entered.size > 0) {
    generateDispatchLoop(state, plan, expression.body);
  } else state.block(expression.body);
  if (expression.value === undefined) return;
  if (wantsValue) state.value(expression.value);
  else state.effect(expression.value);
}
