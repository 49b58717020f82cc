/**
 * Constant expressions: values of typed expressions that are known at compile time (C17 6.6).
 *
 * Integers, floating and complex numbers, and addresses of objects with a place (plus an offset). As gcc does, a load of
 * a `const` object with a constant initialiser and a subscripted string literal count as constants where an initialiser
 * asks (`foldObjects`); in array bounds and case labels they do not.
 *
 * Simplified: `__float128` is computed in double precision.
 */
import { asArray, asPointer, integerOf, qualsOf, resolve, sizeOf } from './type-relations.ts';
import { CONST, VOLATILE } from './type.ts';
import type { CType, QualType } from './type.ts';
import {
  comparable,
  complexArithmetic,
  complexOf,
  convertFloating,
  floatingArithmetic,
  floatingIn,
  floatingOfInteger,
  negatedFloating,
  partsOfComplex,
  truncated,
} from './floating-value.ts';
import type { ComplexValue, FloatingValue } from './floating-value.ts';
import type { ConstantValue, FunctionSymbol, TypedExpression } from './typed-tree.ts';
import { foldBuiltin } from './constant-builtin.ts';
import { foldCall } from './constant-call.ts';

/** How far evaluation may look. */
export interface EvaluationOptions {
  /** Values of `const` objects and of characters in string literals may be read. */
  readonly foldObjects: boolean;
  /** Bytes of a pointer. */
  readonly wordBytes: 4 | 8;
}

/** Limit on nested loads of const objects that refer to each other. */
const MAX_OBJECT_CHAIN = 64;

/** Wraps a value to the range of an integer type. */
export function wrapToInteger(value: bigint, type: CType): bigint {
  const integer = integerOf(type);
  if (integer === undefined) {
    const pointer = asPointer(type);
    return pointer === undefined ? value : BigInt.asUintN(pointer.size * 8, value);
  }
  if (integer.name === '_Bool') return value === 0n ? 0n : 1n;
  return integer.isSigned ? BigInt.asIntN(integer.size * 8, value) : BigInt.asUintN(integer.size * 8, value);
}

/**
 * A floating value as an integer: what does not fit becomes the nearest value that does, and no number becomes zero, as
 * gcc folds it (gcc/fold-const.cc: fold_convert_const_int_from_real).
 */
function saturated(number: FloatingValue, type: CType, wordBytes: 4 | 8): bigint {
  const { size, isSigned } = integerOf(type) ?? { size: wordBytes, isSigned: true };
  const bits = BigInt(size * 8 - (isSigned ? 1 : 0));
  const least = isSigned ? -(1n << bits) : 0n;
  const greatest = (1n << bits) - 1n;
  if (Number.isNaN(number.value)) return 0n;
  if (!Number.isFinite(number.value)) return number.value < 0 ? least : greatest;
  const whole = truncated(number);
  return whole < least ? least : whole > greatest ? greatest : whole;
}

/** The value of an integer constant expression; `undefined` when it is none. */
export function integerConstant(expression: TypedExpression, wordBytes: 4 | 8): bigint | undefined {
  if (expression.kind === 'integer') return expression.value;
  if (integerOf(expression.type.type) === undefined) return undefined;
  const value = evaluate(expression, { foldObjects: false, wordBytes });
  return value?.kind === 'integer' ? value.value : undefined;
}

/** The value of a constant expression of any kind; `undefined` when it is none. */
export function evaluate(
  expression: TypedExpression,
  options: EvaluationOptions,
  chain = 0,
): ConstantValue | undefined {
  switch (expression.kind) {
    case 'integer':
      return { kind: 'integer', value: expression.value };
    case 'floating':
      return floating(expression);
    case 'convert':
      return evaluateConversion(expression, options, chain);
    case 'address-of':
      return addressOf(expression.operand, options, chain);
    case 'function':
      return addressOfFunction(expression.function);
    case 'label-address':
      return { kind: 'address', base: expression.label, offset: 0 };
    case 'negate':
    case 'complement': {
      const value = evaluate(expression.operand, options, chain);
      if (value === undefined) return undefined;
      if (value.kind === 'integer') {
        const result = expression.kind === 'negate' ? -value.value : ~value.value;
        return { kind: 'integer', value: wrapToInteger(result, expression.type.type) };
      }
      if (value.kind === 'floating' && expression.kind === 'negate') return floating(negatedFloating(value));
      if (value.kind === 'complex') {
        const [real, imaginary] = partsOfComplex(value);
        return complex(
          complexOf(expression.kind === 'negate' ? negatedFloating(real) : real, negatedFloating(imaginary)),
        );
      }
      return undefined;
    }
    case 'not': {
      const truth = truthOf(evaluate(expression.operand, options, chain));
      return truth === undefined ? undefined : integer(truth ? 0n : 1n);
    }
    case 'arithmetic': {
      const left = evaluate(expression.left, options, chain);
      if (left === undefined) return undefined;
      const right = evaluate(expression.right, options, chain);
      return right === undefined
        ? undefined
        : evaluateArithmetic(expression.operator, left, right, expression.type);
    }
    case 'compare': {
      const left = evaluate(expression.left, options, chain);
      if (left === undefined) return undefined;
      const right = evaluate(expression.right, options, chain);
      return right === undefined ? undefined : evaluateComparison(expression.operator, left, right);
    }
    case 'pointer-add': {
      const index = evaluate(expression.index, options, chain);
      if (index?.kind !== 'integer') return undefined;
      const pointer = evaluate(expression.pointer, options, chain);
      const target = asPointer(expression.type.type)?.target.type;
      const step = target === undefined ? undefined : stepOf(target);
      if (pointer === undefined || step === undefined) return undefined;
      const bytes = index.value * BigInt(step) * (expression.subtract ? -1n : 1n);
      return offsetBy(pointer, bytes, expression.type);
    }
    case 'pointer-difference': {
      const left = evaluate(expression.left, options, chain);
      const right = evaluate(expression.right, options, chain);
      const target = asPointer(expression.left.type.type)?.target.type;
      const step = target === undefined ? undefined : stepOf(target);
      if (left === undefined || right === undefined || step === undefined || step === 0) return undefined;
      const both = bothIn(left, right);
      if (both !== undefined) return integer(BigInt(Math.trunc((both[0].offset - both[1].offset) / step)));
      if (left.kind === 'integer' && right.kind === 'integer')
        return integer((left.value - right.value) / BigInt(step));
      return step === 1 ? labelDifference(left, right) : undefined;
    }
    case 'logical': {
      const left = truthOf(evaluate(expression.left, options, chain));
      if (left === undefined) return undefined;
      if (left === (expression.operator === '||')) return integer(left ? 1n : 0n);
      const right = truthOf(evaluate(expression.right, options, chain));
      return right === undefined ? undefined : integer(right ? 1n : 0n);
    }
    case 'conditional': {
      const condition = evaluate(expression.condition, options, chain);
      const truth = truthOf(condition);
      if (truth === undefined) return undefined;
      if (!truth) return evaluate(expression.otherwise, options, chain);
      if (expression.then !== undefined) return evaluate(expression.then, options, chain);
      return condition === undefined ? undefined : convertValue(condition, expression.type);
    }
    case 'builtin':
      return foldBuiltin(expression, (argument) => evaluate(argument, options, chain));
    case 'call':
      return foldCall(expression, (argument) => evaluate(argument, options, chain));
    case 'real-part':
    case 'imaginary-part': {
      const value = evaluate(expression.operand, options, chain);
      if (value?.kind === 'complex') {
        return floating(partsOfComplex(value)[expression.kind === 'real-part' ? 0 : 1]);
      }
      if (expression.kind === 'real-part') return value;
      return value?.kind === 'floating' ? { kind: 'floating', value: 0 } : value && integer(0n);
    }
    case 'compound-literal':
    case 'string':
    case 'object':
    case 'deref':
    case 'member':
    case 'assign':
    case 'compound-assign':
    case 'increment':
    case 'comma':
    case 'statement-expression':
    case 'vla-size':
    case 'error':
    case 'unsupported':
      return undefined;
  }
}

const integer = (value: bigint): ConstantValue => ({ kind: 'integer', value });
const floating = (value: FloatingValue): ConstantValue & { kind: 'floating' } => ({
  kind: 'floating',
  ...floatingIn(value),
});
const zero: FloatingValue = { value: 0 };
const complex = (value: ComplexValue): ConstantValue => ({ kind: 'complex', ...value });

type AddressConstant = ConstantValue & { kind: 'address' };

/** Two addresses in one object; equal literals are one object (gcc pools them). */
function bothIn(
  left: ConstantValue,
  right: ConstantValue,
): readonly [AddressConstant, AddressConstant] | undefined {
  if (left.kind !== 'address' || right.kind !== 'address') return undefined;
  if (left.base === right.base) return [left, right];
  if (!('bytes' in left.base) || !('bytes' in right.base) || left.base.elementSize !== right.base.elementSize)
    return undefined;
  const other = right.base.bytes;
  const isEqual =
    left.base.bytes.length === other.length && left.base.bytes.every((byte, i) => byte === other[i]);
  return isEqual ? [left, right] : undefined;
}

/** Bytes that `p + 1` moves: GNU counts `void` and functions as 1. */
function stepOf(target: CType): number | undefined {
  const kind = resolve(target).kind;
  return kind === 'void' || kind === 'function' ? 1 : sizeOf(target);
}

/** A nested function is called through code on the stack, whose address no constant is (gcc/varasm.cc). */
function addressOfFunction(symbol: FunctionSymbol): ConstantValue | undefined {
  return symbol.enclosing === undefined ? { kind: 'address', base: symbol, offset: 0 } : undefined;
}

/** Whether a constant compares unequal to zero. */
export function truthOf(value: ConstantValue | undefined): boolean | undefined {
  switch (value?.kind) {
    case undefined:
    case 'bytes':
    case 'label-difference':
      return undefined;
    case 'integer':
      return value.value !== 0n;
    case 'floating':
      return value.value !== 0;
    case 'complex':
      return value.real !== 0 || value.imaginary !== 0;
    case 'address':
      // The address of something is not null, but a weak symbol may be absent.
      if ('attributes' in value.base && value.base.attributes.isWeak === true) return undefined;
      return true;
  }
}

/** The address of an lvalue with static storage duration, or an integer when it is computed from one. */
export function addressOf(
  lvalue: TypedExpression,
  options: EvaluationOptions,
  chain = 0,
): ConstantValue | undefined {
  switch (lvalue.kind) {
    case 'object':
      return lvalue.object.storage === 'static' || lvalue.object.storage === 'declared-only'
        ? { kind: 'address', base: lvalue.object, offset: 0 }
        : undefined;
    case 'function':
      return addressOfFunction(lvalue.function);
    case 'string':
      return { kind: 'address', base: lvalue.literal, offset: 0 };
    case 'compound-literal':
      return lvalue.object.storage === 'static'
        ? { kind: 'address', base: lvalue.object, offset: 0 }
        : undefined;
    case 'deref':
      return evaluate(lvalue.operand, options, chain);
    case 'member': {
      const base = addressOf(lvalue.base, options, chain);
      return base === undefined ? undefined : offsetBy(base, BigInt(lvalue.offset), undefined);
    }
    case 'real-part':
      return addressOf(lvalue.operand, options, chain);
    case 'imaginary-part': {
      const base = addressOf(lvalue.operand, options, chain);
      const size = sizeOf(lvalue.type.type);
      return base === undefined || size === undefined ? undefined : offsetBy(base, BigInt(size), undefined);
    }
    default:
      return undefined;
  }
}

function offsetBy(
  value: ConstantValue,
  bytes: bigint,
  type: QualType | undefined,
): ConstantValue | undefined {
  if (value.kind === 'address') return { ...value, offset: value.offset + Number(bytes) };
  if (value.kind !== 'integer') return undefined;
  const sum = value.value + bytes;
  return integer(type === undefined ? sum : wrapToInteger(sum, type.type));
}

function evaluateConversion(
  node: TypedExpression & { kind: 'convert' },
  options: EvaluationOptions,
  chain: number,
): ConstantValue | undefined {
  switch (node.conversion) {
    case 'decay':
    case 'function-pointer':
      return addressOf(node.operand, options, chain);
    case 'load':
      return (options.foldObjects || isConstexpr(node.operand)) && chain < MAX_OBJECT_CHAIN
        ? loadConstant(node.operand, options, chain)
        : undefined;
    case 'to-void':
      return undefined;
    case 'none':
      return evaluate(node.operand, options, chain);
    case 'arithmetic':
    case 'pointer': {
      const value = evaluate(node.operand, options, chain);
      return value === undefined ? undefined : convertValue(value, node.type, options.wordBytes);
    }
  }
}

/** C23 6.6p7: a named constant. */
function isConstexpr(node: TypedExpression): boolean {
  return node.kind === 'object' && node.object.attributes.isConstexpr === true;
}

/** The value of a `const` scalar object, or of a character of a string literal. */
function loadConstant(
  lvalue: TypedExpression,
  options: EvaluationOptions,
  chain: number,
): ConstantValue | undefined {
  if (lvalue.kind === 'object') {
    const quals = qualsOf(lvalue.object.type);
    if ((quals & CONST) === 0 || (quals & VOLATILE) !== 0 || asArray(lvalue.object.type.type) !== undefined)
      return undefined;
    if (lvalue.object.storage !== 'static' && !isConstexpr(lvalue)) return undefined;
    const entries = lvalue.object.initializer?.entries;
    const entry = entries?.length === 1 ? entries[0] : undefined;
    if (entry?.offset !== 0 || entry.bitOffset !== undefined) return undefined;
    return entry.constant ?? evaluate(entry.value, options, chain + 1);
  }
  if (lvalue.kind !== 'deref') return undefined;
  const address = evaluate(lvalue.operand, options, chain + 1);
  if (address?.kind !== 'address' || !('bytes' in address.base)) return undefined;
  const { bytes, elementSize } = address.base;
  const type = integerOf(lvalue.type.type);
  if (type?.size !== elementSize || address.offset < 0) return undefined;
  if (address.offset + elementSize > bytes.length || address.offset % elementSize !== 0) return undefined;
  let value = 0n;
  for (let i = elementSize - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[address.offset + i] ?? 0);
  return integer(wrapToInteger(value, type));
}

/** Converts a constant to a type; `undefined` when it stops being constant (an address cut to fewer bits). */
export function convertValue(
  value: ConstantValue,
  to: QualType,
  wordBytes: 4 | 8 = 8,
): ConstantValue | undefined {
  const type = resolve(to.type);
  switch (type.kind) {
    case 'integer':
    case 'enum':
    case 'pointer': {
      if (value.kind === 'integer') return integer(wrapToInteger(value.value, type));
      if (value.kind === 'complex') return convertValue(floating(partsOfComplex(value)[0]), to, wordBytes);
      if (value.kind === 'floating') {
        if (type.kind === 'integer' && type.name === '_Bool') return integer(value.value !== 0 ? 1n : 0n);
        return integer(saturated(value, type, wordBytes));
      }
      // gcc cuts it to any integer: the assembler checks that it fits.
      if (value.kind === 'label-difference') return integerOf(type)?.name === '_Bool' ? undefined : value;
      if (value.kind === 'address') {
        if (type.kind === 'pointer') return value;
        const own = integerOf(type);
        if (own?.name === '_Bool') return integer(1n);
        return own !== undefined && own.size >= wordBytes ? value : undefined;
      }
      return undefined;
    }
    case 'float': {
      if (value.kind === 'integer') return floating(floatingOfInteger(value.value, type));
      if (value.kind === 'floating') return floating(convertFloating(value, type));
      if (value.kind === 'complex') return floating(convertFloating(partsOfComplex(value)[0], type));
      return undefined;
    }
    case 'complex': {
      const { element } = type;
      if (value.kind === 'complex') {
        const [real, imaginary] = partsOfComplex(value);
        return value.extended === undefined
          ? value
          : complex(complexOf(convertFloating(real, element), convertFloating(imaginary, element)));
      }
      if (value.kind === 'integer') return complex(complexOf(floatingOfInteger(value.value, element), zero));
      if (value.kind === 'floating') return complex(complexOf(convertFloating(value, element), zero));
      return undefined;
    }
    case 'record':
    case 'array':
    case 'vector':
    case 'void':
    case 'function':
    case 'typedef':
    case 'error':
      return undefined;
  }
}

function evaluateArithmetic(
  operator: string,
  left: ConstantValue,
  right: ConstantValue,
  type: QualType,
): ConstantValue | undefined {
  if (left.kind === 'integer' && right.kind === 'integer') {
    const value = integerArithmetic(operator, left.value, right.value, type.type);
    return value === undefined ? undefined : integer(value);
  }
  if (left.kind === 'complex' && right.kind === 'complex') {
    const resolved = resolve(type.type);
    if (resolved.kind !== 'complex') return undefined;
    const value = complexArithmetic(operator, left, right, resolved.element);
    return value && complex(value);
  }
  if (left.kind === 'floating' && right.kind === 'floating') {
    const value = floatingArithmetic(operator, left, right, type.type);
    return value && floating(value);
  }
  // (uintptr_t)&object + 4
  if (left.kind === 'address' && right.kind === 'integer' && (operator === '+' || operator === '-')) {
    return { ...left, offset: left.offset + Number(operator === '+' ? right.value : -right.value) };
  }
  if (left.kind === 'integer' && right.kind === 'address' && operator === '+') {
    return { ...right, offset: right.offset + Number(left.value) };
  }
  if (left.kind === 'address' && right.kind === 'address' && operator === '-' && left.base === right.base) {
    return integer(BigInt(left.offset - right.offset));
  }
  if (left.kind === 'label-difference' && right.kind === 'integer' && (operator === '+' || operator === '-'))
    return { ...left, addend: left.addend + Number(operator === '+' ? right.value : -right.value) };
  return operator === '-' ? labelDifference(left, right) : undefined;
}

/** `&&a - &&b`, in a function, is a constant for gcc (gcc 12 manual, "Labels as Values"). */
function labelDifference(left: ConstantValue, right: ConstantValue): ConstantValue | undefined {
  if (left.kind !== 'address' || right.kind !== 'address') return undefined;
  if ('bytes' in left.base || left.base.kind !== 'label') return undefined;
  if ('bytes' in right.base || right.base.kind !== 'label') return undefined;
  const addend = left.offset - right.offset;
  return { kind: 'label-difference', label: left.base, minus: right.base, addend };
}

/** Integer arithmetic wrapped to the type; `undefined` for a division by zero and shifts out of range. */
export function integerArithmetic(
  operator: string,
  left: bigint,
  right: bigint,
  type: CType,
): bigint | undefined {
  switch (operator) {
    case '+':
      return wrapToInteger(left + right, type);
    case '-':
      return wrapToInteger(left - right, type);
    case '*':
      return wrapToInteger(left * right, type);
    case '/':
      return right === 0n ? undefined : wrapToInteger(left / right, type);
    case '%':
      return right === 0n ? undefined : wrapToInteger(left % right, type);
    case '<<':
      return right < 0n || right >= 128n ? undefined : wrapToInteger(left << right, type);
    case '>>':
      return right < 0n || right >= 128n ? undefined : wrapToInteger(left >> right, type);
    case '&':
      return wrapToInteger(left & right, type);
    case '|':
      return wrapToInteger(left | right, type);
    case '^':
      return wrapToInteger(left ^ right, type);
    default:
      return undefined;
  }
}

function evaluateComparison(
  operator: string,
  left: ConstantValue,
  right: ConstantValue,
): ConstantValue | undefined {
  const truth = (value: boolean): ConstantValue => integer(value ? 1n : 0n);
  if (left.kind === 'integer' && right.kind === 'integer')
    return truth(ordered(operator, left.value, right.value));
  if (left.kind === 'floating' && right.kind === 'floating')
    return truth(ordered(operator, ...comparable(left, right)));
  const both = bothIn(left, right);
  if (both !== undefined) return truth(ordered(operator, both[0].offset, both[1].offset));
  if (left.kind === 'complex' && right.kind === 'complex') {
    const [parts, others] = [partsOfComplex(left), partsOfComplex(right)];
    const isSame = [0, 1].every((part) =>
      ordered('==', ...comparable(parts[part] ?? zero, others[part] ?? zero)),
    );
    return operator === '==' ? truth(isSame) : operator === '!=' ? truth(!isSame) : undefined;
  }
  // An address against null, or two different objects.
  if (left.kind === 'address' || right.kind === 'address') {
    const isKnown = truthOf(left) !== undefined && truthOf(right) !== undefined;
    const isNullTest =
      (left.kind === 'integer' && left.value === 0n) || (right.kind === 'integer' && right.value === 0n);
    const areObjects = left.kind === 'address' && right.kind === 'address' && !('bytes' in left.base);
    if (isKnown && (isNullTest || areObjects)) {
      if (operator === '==') return truth(false);
      if (operator === '!=') return truth(true);
    }
  }
  return undefined;
}

/** The result of a comparison of two numbers; every operator but the six is taken for `!=`. */
export function ordered<T extends bigint | number>(operator: string, left: T, right: T): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    case '==':
      return left === right;
    default:
      return left !== right;
  }
}
