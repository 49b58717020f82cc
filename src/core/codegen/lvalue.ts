/** Lvalues: where they lie; pointer arithmetic folded into places. */
import { hasSideEffects } from '../image/tree-walk.ts';
import { integerOf, resolve, sizeOf } from '../sema/type-relations.ts';
import type { ObjectSymbol, TypedExpression } from '../sema/typed-tree.ts';
import type { CType, QualType } from '../sema/type.ts';
import { unreachable } from '../../base/assert.ts';
import { sayCodegen } from '../text/codegen-texts.ts';
import { containerOf, loadBits } from './bit-field.ts';
import { toPointerSize } from './conversion.ts';
import { UnsupportedConstruct } from './function-state.ts';
import type { Realignment } from '../image/frame.ts';
import type { FunctionState } from './function-state.ts';
import { constantOf, isLateOperand, kindOf, pushOperands, scalarOf } from './operands.ts';
import { loadPlace, offsetPlace } from './place.ts';
import type { Place } from './place.ts';
import { absoluteAddress } from './program-state.ts';
import { literalSlot, wideSlot } from './record-value.ts';
import { pushVariableSize, variableSizeOf } from './variable-array.ts';
import { pushFromEntry, realignmentOf } from './realigned-frame.ts';
import { op } from './wasm-module.ts';
import { loadKind } from './observation.ts';

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
      return place.kind === 'local' || place.kind === 'packed' ? place : { ...place, bits: container.bits };
    }
    case 'real-part':
      return state.place(expression.operand);
    case 'imaginary-part': {
      const half = (sizeOf(expression.operand.type.type) ?? 0) / 2;
      const base = state.place(expression.operand);
      return base.kind === 'local' ? { kind: 'local', index: base.index + 1 } : offsetPlace(base, half);
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
  if (kindOf(expression).kind === 'words') return wideSlot(state, expression);
  // A record that is the result of an expression: by its address.
  state.value(expression);
  return { kind: 'pointer', offset: 0 };
}

/** Loads a scalar lvalue. */
export function loadLvalue(state: FunctionState, lvalue: TypedExpression): void {
  const kind = scalarOf(lvalue);
  const place = generatePlace(state, lvalue);
  if (place.bits !== undefined) loadBits(state, place, place.bits, kind);
  else loadPlace(state, place, kind.access, loadKind(lvalue));
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

/** Whether an object lies anywhere; a variable that gcc's front end reads nowhere has no place in the frame. */
export function hasPlace(state: FunctionState, object: ObjectSymbol): boolean {
  return (
    object.storage !== 'automatic' ||
    state.frame.offsets.has(object) ||
    state.registers.has(object) ||
    state.packed.has(object) ||
    state.variableArrays.has(object)
  );
}

function objectPlace(state: FunctionState, expression: Extract<TypedExpression, { kind: 'object' }>): Place {
  const { object } = expression;
  const register = state.registers.get(object);
  if (register !== undefined) return { kind: 'local', index: register };
  const packed = state.packed.get(object);
  if (packed !== undefined) return { kind: 'packed', index: packed, offset: 0 };
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
    if (offset > 0 && realignmentOf(state) !== undefined) {
      pushFromEntry(state, 0);
      return { kind: 'pointer', offset };
    }
    return { kind: 'frame', offset: offset > 0 ? offset + mainShift(state) : offset };
  }
  if (object.storage === 'thread') {
    state.code.globalGet(state.program.globals.threadPointer);
    return { kind: 'pointer', offset: state.program.linked.threadOffsetOf(object) };
  }
  // On i386 objects of libc are reached through the GOT, which holds what the loader found.
  const external = state.program.externalAddressGlobals.get(object.name);
  if (external !== undefined && state.program.linked.addressOf(object) === undefined) {
    state.code.globalGet(external);
    if (state.program.pointer === 'i32') state.code.emit(op.i32_wrap_i64);
    return { kind: 'pointer', offset: 0 };
  }
  return { kind: 'static', addr: absoluteAddress(state.program, object) };
}

/**
 * Bytes that lie between the frame of i386's main and its arguments besides the usual two words, where it aligns the stack
 * before it sets the frame pointer: libc calls it with arguments at a multiple of 16, and it pushes its return address again.
 */
export const mainShift = (state: FunctionState): number => (mainRealignment(state) === undefined ? 0 : 16);

/** How the main of i386 aligns its frame, where that comes before the frame pointer. */
export function mainRealignment({ program, fn, frame }: FunctionState): Realignment | undefined {
  const isMain = program.target === 'i386' && fn.symbol.name === 'main';
  return isMain && frame.realignment?.kind === 'argument-pointer' ? frame.realignment : undefined;
}

/** The place that a pointer rvalue points to. Constant parts of the address are folded. */
export function pointerPlace(state: FunctionState, pointer: TypedExpression): Place {
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
        if (Number.isSafeInteger(bytes))
          return withinObject(
            state,
            offsetPlace(pointerPlace(state, pointer.pointer), bytes),
            pointer.pointer,
          );
      }
      return withinObject(state, variableStep(state, pointer), pointer.pointer);
    }
    default:
      break;
  }
  state.value(pointer);
  return { kind: 'pointer', offset: 0 };
}

/** The place with the object that its pointer leads into by its expression, in modules that tell of accesses outside. */
export function withinObject(state: FunctionState, place: Place, pointer: TypedExpression): Place {
  if (state.program.observation?.accesses?.outside === undefined) return place;
  if (place.kind === 'local' || place.kind === 'packed') return place;
  const object = objectBehind(pointer);
  const size = object === undefined || isOpenEnded(object.type.type) ? undefined : sizeOf(object.type.type);
  if (object === undefined || size === undefined) return place;
  if (object.storage === 'automatic') {
    const start = state.frame.offsets.get(object);
    const isInFrame = start !== undefined && start < 0 && !state.variableArrays.has(object);
    return isInFrame ? { ...place, within: { kind: 'frame', start, size } } : place;
  }
  if (object.storage !== 'static' || state.program.linked.addressOf(object) === undefined) return place;
  return { ...place, within: { kind: 'static', start: absoluteAddress(state.program, object), size } };
}

/** The object that a pointer leads into, as its expression says: an element or member of it, or itself. */
function objectBehind(pointer: TypedExpression): ObjectSymbol | undefined {
  switch (pointer.kind) {
    case 'address-of':
      return rootOf(pointer.operand);
    case 'convert':
      if (pointer.conversion === 'decay') return rootOf(pointer.operand);
      return pointer.conversion === 'none' ? objectBehind(pointer.operand) : undefined;
    case 'pointer-add':
      return objectBehind(pointer.pointer);
    default:
      return undefined;
  }
}

/** The object that an lvalue is a part of. */
function rootOf(lvalue: TypedExpression): ObjectSymbol | undefined {
  switch (lvalue.kind) {
    case 'object':
      return lvalue.object;
    case 'member':
      return rootOf(lvalue.base);
    case 'deref':
      return objectBehind(lvalue.operand);
    default:
      return undefined;
  }
}

/** Whether an object of the type may be larger than its type says: the last member of the record is an array of any size. */
function isOpenEnded(type: CType): boolean {
  const resolved = resolve(type);
  if (resolved.kind !== 'record') return false;
  const last = resolved.members?.at(-1);
  if (resolved.hasFlexibleMember || last === undefined) return true;
  const inner = resolve(last.type.type);
  return inner.kind === 'array' ? inner.count === 0 : isOpenEnded(inner);
}

/** Bytes of the pointed-to type; undefined when they are known at run time only. */
export function elementSize(pointer: QualType): number | undefined {
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
    case 'packed':
      throw new UnsupportedConstruct(
        sayCodegen('codegen.unsupported-construct', { name: 'register […]' }),
        expression.span,
      );
    default:
      return unreachable(base);
  }
}

/** Multiplies the pointer-sized number on the stack. */
export function scale(state: FunctionState, step: number): void {
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

/** `"text"[2]` and `*"text"` are numbers: gcc makes no constant of the literal. */
export function characterOf(lvalue: TypedExpression): bigint | undefined {
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

/**
 * `p - q`: gcc divides exactly, by a shift and a multiplication with the inverse, so that a difference that is no
 * multiple of the size gives the same nonsense.
 */
export function generateDifference(
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
