/**
 * Operators and conversions: operands in gimple's order, then the operation.
 *
 * Source: gcc/expr.cc (expand_expr_real_2), gcc/convert.cc, gcc/c/c-typeck.cc (pointer_diff); measured with gcc 12.2.
 */
import { integerConstant } from '../../sema/constant.ts';
import { exchangesOperands } from '../../sema/operand-order.ts';
import { resolve, sizeOf } from '../../sema/type-relations.ts';
import type { TypedExpression } from '../../sema/typed-tree.ts';
import {
  expandBinary,
  expandDivision,
  expandMultiply,
  expandShift,
  expandUnary,
  expandVariableShift,
  inMode,
  swapsForTarget,
} from './arithmetic.ts';
import type { ExpressionCoder, RightSide } from './expressions.ts';
import { imm, isVectorMode, memAt, modeBytes, sameOperand } from './machine.ts';
import type { Mode, Operand, VectorOperation } from './machine.ts';
import {
  narrowedConversion,
  shortenedArithmetic,
  shortenedPointerIndex,
  withoutWidening,
} from './narrowing.ts';
import { converted, isZeroProduct } from './nodes.ts';
import { isSignedType, modeOf, valueOf } from './values.ts';
import type { Value } from './values.ts';

type Of<Kind extends TypedExpression['kind']> = Extract<TypedExpression, { kind: Kind }>;

/** Writes the code of operators. */
export class OperationCoder {
  readonly #ex: ExpressionCoder;

  constructor(expressions: ExpressionCoder) {
    this.#ex = expressions;
  }

  conversion(expression: Of<'convert'>): RightSide {
    const narrowed = narrowedConversion(expression);
    if (narrowed !== undefined) {
      if (narrowed.kind !== 'convert' && narrowed.kind !== 'integer') return this.#ex.rightSide(narrowed);
      const value = this.#ex.value(narrowed);
      return this.#ex.ready(value, expression);
    }
    const { operand } = expression;
    const to = resolve(expression.type.type);
    const from = resolve(operand.type.type);
    const mode = modeOf(to) ?? 'SI';
    const fromMode = modeOf(from) ?? 'SI';
    if (to.kind === 'integer' && to.name === '_Bool' && !(from.kind === 'integer' && from.name === '_Bool')) {
      return this.#ex.conditions.asBoolean(operand);
    }
    if (isVectorMode(mode) || isVectorMode(fromMode) || mode === 'XF' || fromMode === 'XF') {
      return this.#floatConversion(expression, mode, fromMode);
    }
    if (operand.kind === 'compare' || operand.kind === 'not') {
      return this.#ex.conditions.asInteger(operand, mode);
    }
    // A conversion to a still wider type starts from the narrowest one.
    const inner = modeBytes[mode] > modeBytes[fromMode] ? withoutWidening(operand) : operand;
    const value = this.#ex.value(inner);
    const isSigned = isSignedType(inner.type.type);
    const innerMode = modeOf(inner.type.type) ?? fromMode;
    return (target) => this.extend(value, innerMode, isSigned, mode, target);
  }

  /** A value in another integer mode. */
  extend(value: Value, from: Mode, isSigned: boolean, mode: Mode, target: Operand | undefined): Operand {
    const operand = this.#ex.operandOf(value, from);
    if (modeBytes[mode] === modeBytes[from]) return operand;
    if (modeBytes[mode] < modeBytes[from]) return this.#ex.code.inRegister(from, operand);
    if (operand.kind === 'imm') return operand;
    const isUnsignedWord = from === 'SI' && !isSigned;
    const needsRegister = from === 'SI' && isSigned;
    const a = needsRegister ? this.#ex.code.inRegister(from, operand) : operand;
    const dst =
      target !== undefined && (target.kind === 'reg' || isUnsignedWord)
        ? target
        : this.#ex.code.register(mode);
    this.#ex.code.emit({ op: 'extend', mode, from, isSigned, dst, a });
    return dst;
  }

  #floatConversion(expression: Of<'convert'>, mode: Mode, from: Mode): RightSide {
    const { operand } = expression;
    if (mode === 'XF' || from === 'XF') this.#ex.code.doubt('long double');
    const fromType = resolve(operand.type.type);
    const toType = resolve(expression.type.type);
    let value = this.#ex.value(operand);
    let source = from;
    if (!isVectorMode(from)) {
      if (from === 'DI' && !isSignedType(fromType)) this.#ex.code.doubt('unsigned long to floating');
      // Small integers and unsigned ones go through a wider signed one.
      const wide: Mode | undefined =
        from === 'QI' || from === 'HI' ? 'SI' : from === 'SI' && !isSignedType(fromType) ? 'DI' : undefined;
      if (wide !== undefined) {
        const narrow = value;
        return (target) => {
          const extended = this.extend(narrow, from, isSignedType(fromType), wide, undefined);
          return this.#convertInto(mode, wide, extended, target);
        };
      }
    } else if (!isVectorMode(mode)) {
      if (mode === 'DI' && !isSignedType(toType)) this.#ex.code.doubt('floating to unsigned long');
      const wide: Mode = mode === 'SI' && !isSignedType(toType) ? 'DI' : mode === 'DI' ? 'DI' : 'SI';
      return (target) => {
        const operandIn = this.#ex.code.inRegister(source, this.#ex.operandOf(value, source));
        return this.#convertInto(
          wide,
          source,
          operandIn,
          wide === mode && target?.kind === 'reg' ? target : undefined,
        );
      };
    }
    source = from;
    value = { ...value };
    return (target) => this.#convertInto(mode, source, this.#ex.operandOf(value, source), target);
  }

  #convertInto(mode: Mode, from: Mode, a: Operand, target: Operand | undefined): Operand {
    const dst = target?.kind === 'reg' ? target : this.#ex.code.register(mode);
    this.#ex.code.emit({ op: 'convert', mode, from, dst, a });
    return dst;
  }

  arithmetic(original: Of<'arithmetic'>): RightSide {
    if (isZeroProduct(original)) {
      this.#ex.effect(original);
      return () => imm(0);
    }
    const shortened = shortenedArithmetic(original);
    if (shortened !== undefined) return this.#conversionOf(shortened, original);
    const expression = original;
    const { operator, left, right } = expression;
    const mode = modeOf(expression.type.type) ?? 'SI';
    if (mode === 'XF' || mode === 'TI')
      this.#ex.code.doubt(mode === 'XF' ? 'long double' : '128-bit integer');
    const isSigned = isSignedType(expression.type.type);
    const isSwapped = exchangesOperands(operator, left, right);
    let a: Value;
    let b: Value;
    if (isSwapped) {
      a = this.#ex.value(right);
      b = this.#ex.value(left);
    } else {
      a = this.#ex.value(left);
      b = this.#ex.value(right);
    }
    // Only the evaluation is exchanged, not the operation.
    if (isSwapped) [a, b] = [b, a];
    if (isVectorMode(mode) || mode === 'XF') return this.#floatOperation(operator, mode, a, b);
    if (isZeroMinus(operator, a))
      return (target) => expandUnary(this.#ex.code, 'neg', mode, this.#ex.operandOf(b, mode), target);
    return (target) => {
      if (operator === '<<' || operator === '>>') return this.#shift(expression, mode, a, b, target);
      const [x, y] = [
        normalized(this.#ex.operandOf(a, mode), mode),
        normalized(this.#ex.operandOf(b, mode), mode),
      ];
      switch (operator) {
        case '+':
          return expandBinary(this.#ex.code, 'add', mode, x, y, target);
        case '-':
          return expandBinary(this.#ex.code, 'sub', mode, x, y, target);
        case '&':
          return expandBinary(this.#ex.code, 'and', mode, x, y, target);
        case '|':
          return expandBinary(this.#ex.code, 'or', mode, x, y, target);
        case '^':
          return y.kind === 'imm' && y.value === -1n
            ? expandUnary(this.#ex.code, 'not', mode, x, target)
            : expandBinary(this.#ex.code, 'xor', mode, x, y, target);
        case '*':
          return expandMultiply(this.#ex.code, mode, x, y, target);
        case '/':
          return expandDivision(this.#ex.code, mode, isSigned, 'quotient', x, y, target);
        case '%':
          return expandDivision(this.#ex.code, mode, isSigned, 'remainder', x, y, target);
      }
    };
  }

  /** The operation in a narrower type, and the conversion back. */
  #conversionOf(shortened: TypedExpression, original: TypedExpression): RightSide {
    return this.conversion(converted(shortened, original.type) as Of<'convert'>);
  }

  #shift(expression: Of<'arithmetic'>, mode: Mode, a: Value, b: Value, target: Operand | undefined): Operand {
    const isSigned = isSignedType(expression.left.type.type);
    const name = expression.operator === '<<' ? 'sal' : isSigned ? 'sar' : 'shr';
    const count = this.#ex.operandOf(b, 'SI');
    if (count.kind === 'imm') {
      return expandShift(
        this.#ex.code,
        name,
        mode,
        this.#ex.operandOf(a, mode),
        Number(count.value & 63n),
        target,
      );
    }
    const value = this.#ex.operandOf(a, mode);
    const countMode = modeOf(expression.right.type.type) ?? 'SI';
    return expandVariableShift(
      this.#ex.code,
      name,
      mode,
      value,
      this.#ex.code.inRegister(countMode, count),
      target,
    );
  }

  #floatOperation(operator: string, mode: Mode, a: Value, b: Value): RightSide {
    const names: Readonly<Record<string, VectorOperation>> = {
      '+': 'add',
      '-': 'sub',
      '*': 'mul',
      '/': 'div',
    };
    const name = names[operator] ?? 'add';
    return (target) => {
      let [x, y] = [this.#ex.operandOf(a, mode), this.#ex.operandOf(b, mode)];
      if (x.kind === 'mem' && sameOperand(x, y)) x = y = this.#ex.code.inRegister(mode, x);
      const isCommutative = operator === '+' || operator === '*';
      if (isCommutative && swapsForTarget(x, y, target)) [x, y] = [y, x];
      const dst = target?.kind === 'reg' ? target : this.#ex.code.register(mode);
      this.#ex.code.emit({ op: 'vector', name, mode, dst, a: this.#ex.code.inRegister(mode, x), b: y });
      return dst;
    };
  }

  unary(expression: Of<'negate' | 'complement' | 'not'>): RightSide {
    const mode = modeOf(expression.type.type) ?? 'SI';
    const value = this.#ex.value(expression.operand);
    if (isVectorMode(mode)) {
      return (target) => {
        const operand = this.#ex.code.inRegister(mode, this.#ex.operandOf(value, mode));
        const mask = this.#ex.code.register(mode);
        this.#ex.code.emit({ op: 'move', mode, dst: mask, a: memAt(undefined, 0, 'mask') });
        const dst = target?.kind === 'reg' ? target : this.#ex.code.register(mode);
        this.#ex.code.emit({ op: 'vector', name: 'xor', mode, dst, a: operand, b: mask });
        return dst;
      };
    }
    if (mode === 'XF') this.#ex.code.doubt('long double');
    const name = expression.kind === 'negate' ? 'neg' : 'not';
    return (target) => expandUnary(this.#ex.code, name, mode, this.#ex.operandOf(value, mode), target);
  }

  pointerAdd(expression: Of<'pointer-add'>): RightSide {
    const { pointer, index, subtract } = expression;
    const type = resolve(expression.type.type);
    const size = type.kind === 'pointer' ? (sizeOf(type.target.type) ?? 1) : 1;
    const constant = integerConstant(index, 8);
    if (constant !== undefined) {
      const start = this.#ex.value(pointer);
      const bytes = (subtract ? -constant : constant) * BigInt(size);
      return (target) =>
        bytes === 0n
          ? this.#ex.operandOf(start, this.#ex.code.word)
          : expandBinary(
              this.#ex.code,
              'add',
              this.#ex.code.word,
              this.#ex.operandOf(start, this.#ex.code.word),
              imm(bytes),
              target,
            );
    }
    const isArray = pointer.kind === 'convert' && pointer.conversion === 'decay';
    if (isArray && !subtract && pointer.operand.kind !== 'string') {
      // &a[i]
      const place = this.#ex.places.indexed(this.#ex.places.place(pointer.operand), index, size);
      return (target) => this.#ex.places.addressValue(place, target);
    }
    const start = this.#ex.value(pointer);
    const offset = this.#scaledIndex(index, size, subtract);
    return (target) => {
      const [x, y] = [
        this.#ex.operandOf(start, this.#ex.code.word),
        this.#ex.operandOf(offset, this.#ex.code.word),
      ];
      return expandBinary(this.#ex.code, 'add', this.#ex.code.word, x, y, target);
    };
  }

  /** (sizetype) index * size, negated for a subtraction. */
  #scaledIndex(index: TypedExpression, size: number, isNegative: boolean): Value {
    const { inner, extra } = shortenedPointerIndex(index);
    const from = modeOf(inner.type.type) ?? 'SI';
    const value = this.#ex.value(inner);
    let wide: Value = value;
    if (from !== this.#ex.code.word) {
      const register = this.#ex.code.register(this.#ex.code.word);
      const result = this.extend(value, from, isSignedType(inner.type.type), this.#ex.code.word, register);
      this.#ex.code.move(this.#ex.code.word, register, result);
      wide = valueOf(register);
    } else if (isSignedType(inner.type.type)) {
      wide = valueOf(
        this.#ex.code.inRegister(this.#ex.code.word, this.#ex.operandOf(value, this.#ex.code.word)),
      );
    }
    const step = (right: RightSide): void => {
      const register = this.#ex.code.register(this.#ex.code.word);
      const result = right(register);
      if (!sameOperand(result, register)) this.#ex.code.move(this.#ex.code.word, register, result);
      wide = valueOf(register);
    };
    const plus = (bytes: bigint): void =>
      step((target) =>
        expandBinary(
          this.#ex.code,
          'add',
          this.#ex.code.word,
          this.#ex.operandOf(wide, this.#ex.code.word),
          imm(bytes),
          target,
        ),
      );
    // What is added is added to the index; what is subtracted is subtracted from the bytes.
    if (extra > 0n) plus(extra);
    if (size !== 1) {
      step((target) =>
        expandMultiply(
          this.#ex.code,
          this.#ex.code.word,
          this.#ex.operandOf(wide, this.#ex.code.word),
          imm(size),
          target,
        ),
      );
    }
    if (extra < 0n) plus(extra * BigInt(size));
    if (isNegative)
      step((target) =>
        expandUnary(
          this.#ex.code,
          'neg',
          this.#ex.code.word,
          this.#ex.operandOf(wide, this.#ex.code.word),
          target,
        ),
      );
    return wide;
  }

  pointerDifference(expression: Of<'pointer-difference'>): RightSide {
    const a = this.#ex.value(expression.left);
    const b = this.#ex.value(expression.right);
    const type = resolve(expression.left.type.type);
    const size = type.kind === 'pointer' ? (sizeOf(type.target.type) ?? 1) : 1;
    const subtract: RightSide = (target) =>
      expandBinary(
        this.#ex.code,
        'sub',
        this.#ex.code.word,
        this.#ex.operandOf(a, this.#ex.code.word),
        this.#ex.operandOf(b, this.#ex.code.word),
        target,
      );
    if (size === 1) return subtract;
    const bytes = this.#ex.code.register(this.#ex.code.word);
    const result = subtract(bytes);
    if (!sameOperand(result, bytes)) this.#ex.code.move(this.#ex.code.word, bytes, result);
    let shift = 0;
    while (((size >> shift) & 1) === 0) shift += 1;
    const odd = size >> shift;
    return (target) => {
      const elements = expandShift(
        this.#ex.code,
        'sar',
        this.#ex.code.word,
        bytes,
        shift,
        odd === 1 ? target : undefined,
      );
      if (odd === 1) return elements;
      return expandBinary(
        this.#ex.code,
        'imul',
        this.#ex.code.word,
        elements,
        imm(inverseOf(BigInt(odd))),
        target,
      );
    };
  }
}

/** A constant in the range of a mode. */
function normalized(operand: Operand, mode: Mode): Operand {
  return operand.kind === 'imm' ? imm(inMode(operand.value, mode)) : operand;
}

function isZeroMinus(operator: string, a: Value): boolean {
  return operator === '-' && a.kind === 'operand' && a.operand.kind === 'imm' && a.operand.value === 0n;
}

/** The multiplicative inverse of an odd number modulo 2^64. */
function inverseOf(odd: bigint): bigint {
  let inverse = odd;
  for (let round = 0; round < 6; round += 1) inverse = BigInt.asUintN(64, inverse * (2n - odd * inverse));
  return BigInt.asIntN(64, inverse);
}
