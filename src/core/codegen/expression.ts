/**
 * Code for expressions (C17 6.5).
 *
 * Order of evaluation, where C leaves it open, is that of gcc -O0: left operand before right one, but a plain variable
 * that lives in a register as gcc sees it is read when the operation is done, thus after the side effects of the other
 * operand; arguments from the last to the first (calls.ts); the right side of a compound assignment first when it has
 * side effects.
 */
import { integerOf, isScalar, resolve, sizeOf } from '../sema/type-relations.ts';
import type { ArithmeticOperator, ComparisonOperator, TypedExpression } from '../sema/typed-tree.ts';
import type { CType, QualType } from '../sema/type.ts';
import { VOLATILE } from '../sema/type.ts';
import { exchangesOperands } from '../image/operand-order.ts';
import { hasSideEffects } from '../image/tree-walk.ts';
import { unreachable } from '../../base/assert.ts';
import { sayCodegen } from '../text/codegen-texts.ts';
import { containerOf, loadBits, storeBits } from './bit-field.ts';
import { generateBuiltin } from './builtin.ts';
import { generateCall, pushFunctionAddress } from './call.ts';
import { generateRewritten } from './library-call.ts';
import { literalSlot, storeRecord } from './record-value.ts';
import { convertScalar, isBool, normalize, testNonZero, testZero, toPointerSize } from './conversion.ts';
import { UnsupportedConstruct } from './function-state.ts';
import type { FunctionState } from './function-state.ts';
import { compare, combine } from './operator.ts';
import { loadPlace, offsetPlace, pin, pushAddress, storePlace, unpin } from './place.ts';
import type { Place } from './place.ts';
import { absoluteAddress } from './program-state.ts';
import { valueKindOf } from './value-type.ts';
import type { Access, ValueKind } from './value-type.ts';
import { op } from './wasm-module.ts';
import { pushVariableSize, variableSizeOf } from './variable-array.ts';

type Scalar = Extract<ValueKind, { kind: 'scalar' }>;

/** How values of the expression's type are handled; stops at types that are not modelled. */
function kindOf(expression: TypedExpression): ValueKind {
  return checkedKind(expression.type.type, expression);
}

function checkedKind(type: CType, at: TypedExpression): ValueKind {
  const kind = valueKindOf(type);
  if (kind.kind === 'unsupported') {
    const reason =
      kind.name === 'error'
        ? sayCodegen('codegen.error-in-source')
        : sayCodegen('codegen.unsupported-type', { type: kind.name });
    throw new UnsupportedConstruct(reason, at.span);
  }
  return kind;
}

function scalarOf(expression: TypedExpression): Scalar {
  const kind = kindOf(expression);
  if (kind.kind === 'scalar') return kind;
  throw new UnsupportedConstruct(
    sayCodegen('codegen.unsupported-construct', { name: expression.kind }),
    expression.span,
  );
}

/** Leaves the value on the stack: a scalar, the address of a record, nothing for void. */
export function generateValue(state: FunctionState, expression: TypedExpression): void {
  const { code } = state;
  switch (expression.kind) {
    case 'integer':
      pushInteger(state, scalarOf(expression), expression.value);
      return;
    case 'floating':
      if (scalarOf(expression).access.type === 'f32') code.f32Const(expression.value);
      else code.f64Const(expression.value);
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
      const { access, isSigned } = scalarOf(expression);
      pushOperands(state, expression.left, expression.right, expression.operator);
      alignShiftCount(state, expression.operator, access, expression.right);
      combine(state, expression.operator, access, isSigned, constantOf(expression.right));
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
      if (!generateRewritten(state, expression, true)) generateCall(state, expression);
      return;
    case 'builtin':
      generateBuiltin(state, expression, true);
      return;
    case 'statement-expression':
      generateStatementExpression(state, expression, true);
      return;
    case 'vla-size':
      pushVariableSize(state, expression.operand);
      return;
    case 'real-part':
    case 'imaginary-part':
      if (resolve(expression.operand.type.type).kind !== 'complex') {
        const scalar = scalarOf(expression.operand);
        state.value(expression.operand);
        if (expression.kind === 'imaginary-part') {
          code.emit(op.drop);
          pushZero(state, scalar.access);
        }
        return;
      }
      throw new UnsupportedConstruct(
        sayCodegen('codegen.unsupported-type', { type: '_Complex' }),
        expression.span,
      );
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
      if (!hasSideEffects(expression) && (expression.operand.type.quals & VOLATILE) === 0) return;
      break;
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
    generateCall(state, expression);
    if (kindOf(expression).kind !== 'void') code.emit(op.drop);
    return;
  }
  // gcc drops operators whose value nobody uses, and keeps the side effects of their operands.
  if (expression.kind !== 'compound-literal' && !hasSideEffects(expression)) {
    if (expression.kind === 'error' || expression.kind === 'unsupported') generateValue(state, expression);
    return;
  }
  generateValue(state, expression);
  if (kindOf(expression).kind !== 'void') code.emit(op.drop);
}

/** Leaves an i32 that is zero exactly when the scalar is. */
export function generateCondition(state: FunctionState, expression: TypedExpression): void {
  const { code } = state;
  switch (expression.kind) {
    case 'not':
      state.condition(expression.operand);
      code.emit(op.i32_eqz);
      return;
    case 'compare':
      if (isLiteralAgainstNull(expression.left, expression.right)) {
        code.i32Const(expression.operator === '!=' ? 1 : 0);
        return;
      }
      pushOperands(state, expression.left, expression.right, expression.operator);
      compare(state, expression.operator, scalarOf(expression.left));
      return;
    case 'logical':
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
  const { access } = scalarOf(expression);
  state.value(expression);
  if (access.type !== 'i32') testNonZero(state, access);
}

/** `"text" != NULL` and `==`: decided without the literal. */
function isLiteralAgainstNull(left: TypedExpression, right: TypedExpression): boolean {
  return (
    left.kind === 'convert' &&
    left.conversion === 'decay' &&
    left.operand.kind === 'string' &&
    right.kind === 'integer' &&
    right.value === 0n
  );
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
      const { access } = scalarOf(operand);
      state.value(operand);
      testZero(state, access);
    }
    return;
  }
  state.condition(expression);
  if (expression.kind === 'logical') {
    code.i32Const(0);
    code.emit(op.i32_ne);
  }
}

function pushInteger(state: FunctionState, kind: Scalar, value: bigint): void {
  const { code } = state;
  switch (kind.access.type) {
    case 'i32':
      code.i32Const(Number(BigInt.asIntN(32, value)));
      return;
    case 'i64':
      code.i64Const(value);
      return;
    case 'f32':
      code.f32Const(Number(value));
      return;
    case 'f64':
      code.f64Const(Number(value));
      return;
  }
}

function pushZero(state: FunctionState, access: Access): void {
  pushInteger(state, { kind: 'scalar', access, isSigned: false }, 0n);
}

/** The value of an integer constant, which spares checks and shifts. */
function constantOf(expression: TypedExpression): bigint | undefined {
  if (expression.kind === 'integer') return expression.value;
  if (expression.kind === 'convert' && expression.conversion === 'arithmetic') {
    return integerOf(expression.type.type) === undefined ? undefined : constantOf(expression.operand);
  }
  return undefined;
}

/** A scalar variable that gcc keeps as an operand until the operation reads it. */
function isLateOperand(expression: TypedExpression): boolean {
  if (expression.kind !== 'convert' || expression.conversion !== 'load') return false;
  const { operand } = expression;
  return (
    operand.kind === 'object' &&
    operand.object.storage === 'automatic' &&
    !operand.object.isAddressTaken &&
    (operand.type.quals & VOLATILE) === 0 &&
    isScalar(operand.type.type)
  );
}

/** Pushes the left and the right operand, evaluated in gcc's order. */
function pushOperands(
  state: FunctionState,
  left: TypedExpression,
  right: TypedExpression,
  operator: ArithmeticOperator | ComparisonOperator,
): void {
  if ((isLateOperand(left) || exchangesOperands(operator, left, right)) && hasSideEffects(right)) {
    const { access } = scalarOf(right);
    const later = state.temp(access.type);
    state.value(right);
    state.code.localSet(later);
    state.value(left);
    state.code.localGet(later);
    state.release(access.type, later);
    return;
  }
  state.value(left);
  state.value(right);
}

/** Makes the count of a shift as wide as the shifted value. */
function alignShiftCount(
  state: FunctionState,
  operator: ArithmeticOperator,
  access: Access,
  right: TypedExpression,
): void {
  if (operator !== '<<' && operator !== '>>') return;
  const count = scalarOf(right);
  if (access.type === 'i64' && count.access.type === 'i32') state.code.emit(op.i64_extend_i32_u);
  if (access.type === 'i32' && count.access.type === 'i64') state.code.emit(op.i32_wrap_i64);
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
  }
}

function generateConversion(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'convert' }>,
): void {
  const { operand } = expression;
  switch (expression.conversion) {
    case 'load': {
      const character = characterOf(operand);
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
      state.value(operand);
      convertScalar(state, operand.type.type, expression.type.type);
      return;
    case 'pointer':
      generatePointerConversion(state, operand, expression.type);
      return;
    case 'to-void':
      state.effect(operand);
      return;
    case 'none':
      state.value(operand);
      return;
    default:
      unreachable(expression.conversion);
  }
}

function generatePointerConversion(state: FunctionState, operand: TypedExpression, to: QualType): void {
  state.value(operand);
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

/** `"text"[2]` and `*"text"` are numbers: gcc makes no constant of the literal. */
function characterOf(lvalue: TypedExpression): bigint | undefined {
  if (lvalue.kind !== 'deref') return undefined;
  const { operand } = lvalue;
  const pointer = operand.kind === 'pointer-add' ? operand.pointer : operand;
  const at = operand.kind === 'pointer-add' ? constantOf(operand.index) : 0n;
  if (at === undefined || (operand.kind === 'pointer-add' && operand.subtract)) return undefined;
  if (pointer.kind !== 'convert' || pointer.operand.kind !== 'string') return undefined;
  const { bytes, elementSize } = pointer.operand.literal;
  const start = Number(at) * elementSize;
  if (start < 0 || start + elementSize > bytes.length) return undefined;
  let value = 0n;
  for (let byte = elementSize - 1; byte >= 0; byte -= 1)
    value = value * 256n + BigInt(bytes[start + byte] ?? 0);
  return BigInt.asIntN(elementSize * 8, value);
}

/** Loads a scalar lvalue. */
function loadLvalue(state: FunctionState, lvalue: TypedExpression): void {
  const kind = scalarOf(lvalue);
  const place = generatePlace(state, lvalue);
  if (place.bits !== undefined) loadBits(state, place, place.bits, kind);
  else loadPlace(state, place, kind.access);
}

/**
 * A literal that gcc emits nothing for stands in code that cannot be reached (`if (0)`, the other branch of a constant
 * condition). Should it be reached all the same, the run stops there.
 */
function literalPlace(state: FunctionState, expression: Extract<TypedExpression, { kind: 'string' }>): Place {
  const { program, code } = state;
  if (program.linked.addressOf(expression.literal) === undefined) {
    const reason = sayCodegen('codegen.no-address', { name: 'string literal' });
    program.unsupported.push({ reason, span: expression.span, isUnreached: true });
    code.i32Const(program.unsupported.length - 1);
    code.call(program.imports.unsupported);
    return { kind: 'static', addr: 0 };
  }
  return { kind: 'static', addr: absoluteAddress(program, expression.literal) };
}

/** Finds where an lvalue lies, or a record value. */
export function generatePlace(state: FunctionState, expression: TypedExpression): Place {
  switch (expression.kind) {
    case 'object':
      return objectPlace(state, expression);
    case 'string':
      return literalPlace(state, expression);
    case 'deref':
      return pointerPlace(state, expression.operand);
    case 'member': {
      const base = state.place(expression.base);
      const container = containerOf(expression.member, expression.record);
      if (container === undefined) return offsetPlace(base, expression.offset);
      const place = offsetPlace(base, expression.offset - expression.member.offset + container.offset);
      return place.kind === 'local' ? place : { ...place, bits: container.bits };
    }
    case 'compound-literal':
      if (expression.object.storage === 'automatic') {
        const slot = literalSlot(state, expression);
        if (slot !== undefined) return slot;
        state.initialize(expression.object, expression.initializer);
      }
      return objectPlace(state, { ...expression, kind: 'object', object: expression.object });
    case 'convert':
      if (expression.conversion === 'load' || expression.conversion === 'none')
        return state.place(expression.operand);
      break;
    default:
      break;
  }
  // A record that is the result of an expression: by its address.
  state.value(expression);
  return { kind: 'pointer', offset: 0 };
}

function objectPlace(state: FunctionState, expression: Extract<TypedExpression, { kind: 'object' }>): Place {
  const { object } = expression;
  const register = state.registers.get(object);
  if (register !== undefined) return { kind: 'local', index: register };
  const variable = state.variableArrays.get(object);
  if (variable !== undefined) return { kind: 'pinned', local: variable, isOwned: false, offset: 0 };
  if (object.storage === 'automatic') {
    const offset = state.frame.offsets.get(object);
    if (offset === undefined) {
      throw new UnsupportedConstruct(
        sayCodegen('codegen.unsupported-construct', { name: object.name }),
        expression.span,
      );
    }
    return { kind: 'frame', offset };
  }
  if (object.storage === 'thread') {
    state.code.globalGet(state.program.globals.threadPointer);
    return { kind: 'pointer', offset: state.program.linked.threadOffsetOf(object) };
  }
  return { kind: 'static', addr: absoluteAddress(state.program, object) };
}

/** The place that a pointer rvalue points to. Constant parts of the address are folded. */
function pointerPlace(state: FunctionState, pointer: TypedExpression): Place {
  switch (pointer.kind) {
    case 'address-of':
      return state.place(pointer.operand);
    case 'convert':
      if (pointer.conversion === 'decay') return state.place(pointer.operand);
      if (pointer.conversion === 'none') return pointerPlace(state, pointer.operand);
      if (pointer.conversion === 'pointer' && integerOf(pointer.operand.type.type) === undefined) {
        return pointerPlace(state, pointer.operand);
      }
      break;
    case 'pointer-add': {
      const step = elementSize(pointer.type);
      const constant = constantOf(pointer.index);
      if (step !== undefined && constant !== undefined) {
        const bytes = Number(constant) * step * (pointer.subtract ? -1 : 1);
        if (Number.isSafeInteger(bytes)) return offsetPlace(pointerPlace(state, pointer.pointer), bytes);
      }
      return variableStep(state, pointer);
    }
    default:
      break;
  }
  state.value(pointer);
  return { kind: 'pointer', offset: 0 };
}

/** Bytes of the pointed-to type; undefined when they are known at run time only. */
function elementSize(pointer: QualType): number | undefined {
  const resolved = resolve(pointer.type);
  if (resolved.kind !== 'pointer') return 1;
  const target = resolve(resolved.target.type);
  if (target.kind === 'void' || target.kind === 'function') return 1;
  return variableSizeOf(target) === undefined ? (sizeOf(target) ?? 1) : undefined;
}

function variableStep(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'pointer-add' }>,
): Place {
  const { code } = state;
  const step = elementSize(expression.type);
  const isLate = isLateOperand(expression.pointer) && hasSideEffects(expression.index);
  const pushIndex = (): void => {
    state.value(expression.index);
    toPointerSize(state, expression.index.type.type);
    if (step === undefined) {
      const resolved = resolve(expression.type.type);
      if (resolved.kind === 'pointer') pushVariableSize(state, resolved.target.type);
      code.emit(state.program.pointer === 'i64' ? op.i64_mul : op.i32_mul);
    } else scale(state, step);
  };
  if (isLate) {
    const index = state.temp(state.program.pointer);
    pushIndex();
    code.localSet(index);
    state.value(expression.pointer);
    code.localGet(index);
    state.release(state.program.pointer, index);
    if (expression.subtract) state.pointerSub();
    else state.pointerAdd();
    return { kind: 'pointer', offset: 0 };
  }
  const base = pointerPlace(state, expression.pointer);
  switch (base.kind) {
    case 'frame':
      code.localGet(state.rbp);
      pushIndex();
      if (expression.subtract) state.pointerSub();
      else state.pointerAdd();
      return { kind: 'pointer', offset: base.offset };
    case 'static':
      if (expression.subtract) {
        state.pointerConst(0);
        pushIndex();
        state.pointerSub();
      } else pushIndex();
      return { kind: 'pointer', offset: base.addr };
    case 'pinned':
      code.localGet(base.local);
      pushIndex();
      if (expression.subtract) state.pointerSub();
      else state.pointerAdd();
      return { kind: 'pointer', offset: base.offset };
    case 'pointer':
      pushIndex();
      if (expression.subtract) state.pointerSub();
      else state.pointerAdd();
      return { kind: 'pointer', offset: base.offset };
    case 'local':
      return base;
    default:
      return unreachable(base);
  }
}

/** Multiplies the pointer-sized number on the stack. */
function scale(state: FunctionState, step: number): void {
  if (step === 1) return;
  const { code } = state;
  const shift = Math.log2(step);
  if (Number.isInteger(shift)) {
    state.pointerConst(shift);
    code.emit(state.program.pointer === 'i64' ? op.i64_shl : op.i32_shl);
  } else {
    state.pointerConst(step);
    code.emit(state.program.pointer === 'i64' ? op.i64_mul : op.i32_mul);
  }
}

/**
 * `p - q`: gcc divides exactly, by a shift and a multiplication with the inverse, so that a difference that is no
 * multiple of the size gives the same nonsense.
 */
function generateDifference(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'pointer-difference' }>,
): void {
  const { code } = state;
  const isWide = state.program.pointer === 'i64';
  pushOperands(state, expression.left, expression.right, '-');
  state.pointerSub();
  const step = elementSize(expression.left.type);
  if (step === undefined) {
    const resolved = resolve(expression.left.type.type);
    if (resolved.kind === 'pointer') pushVariableSize(state, resolved.target.type);
    code.emit(isWide ? op.i64_div_s : op.i32_div_s);
  } else if (step > 1) {
    let odd = BigInt(step);
    let shift = 0;
    for (; odd % 2n === 0n; odd /= 2n) shift += 1;
    if (shift > 0) {
      state.pointerConst(shift);
      code.emit(isWide ? op.i64_shr_s : op.i32_shr_s);
    }
    if (odd !== 1n) {
      // Newton's iteration for the inverse modulo 2^64 doubles the valid bits in every turn.
      let inverse = odd;
      for (let turn = 0; turn < 6; turn += 1) inverse = BigInt.asUintN(64, inverse * (2n - odd * inverse));
      if (isWide) {
        code.i64Const(inverse);
        code.emit(op.i64_mul);
      } else {
        code.i32Const(Number(BigInt.asIntN(32, inverse)));
        code.emit(op.i32_mul);
      }
    }
  }
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

function generateAssignment(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'assign' }>,
  wantsValue: boolean,
): void {
  const { code } = state;
  const kind = kindOf(expression.target);
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
  storePlace(state, place, kind.access, () => {
    state.value(expression.value);
    if (kept !== undefined) code.localTee(kept);
  });
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

function generateCompoundAssignment(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'compound-assign' }>,
  wantsValue: boolean,
): void {
  const { code } = state;
  const target = scalarOf(expression.target);
  const computation = checkedKind(expression.computation.type, expression);
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

function generateIncrement(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'increment' }>,
  wantsValue: boolean,
): void {
  const { code } = state;
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
  }
}

function generateStatementExpression(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'statement-expression' }>,
  wantsValue: boolean,
): void {
  state.block(expression.body);
  if (expression.value === undefined) return;
  if (wantsValue) state.value(expression.value);
  else state.effect(expression.value);
}
