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
  expandAbsolute,
  expandBinary,
  expandExtreme,
  expandDivision,
  expandMultiply,
  expandShift,
  expandUnary,
  expandVariableShift,
  inMode,
} from './arithmetic.ts';
import type { ExpressionCoder, RightSide } from './expressions.ts';
import { floatOperation, floatToUnsigned, unsignedToFloat } from './floating.ts';
import { loadUnit } from './bit-fields.ts';
import { folded } from './folding/fold.ts';
import { convertedTo } from './folding/nodes.ts';
import { integerType } from './integer-types.ts';
import { divideByCall, divideByPower, isDoubleword, multiplyWords } from './doubleword.ts';
import { imm, isVectorMode, memAt, modeBytes, sameOperand } from './machine.ts';
import type { Mode, Operand } from './machine.ts';
import { shortenedPointerIndex, withoutWidening } from './narrowing.ts';
import { isSignedType, modeOf, valueOf } from './values.ts';
import type { Value } from './values.ts';
import { x87Conversion } from './x87.ts';

type Of<Kind extends TypedExpression['kind']> = Extract<TypedExpression, { kind: Kind }>;

/** Writes the code of operators. */
export class OperationCoder {
  readonly #ex: ExpressionCoder;

  constructor(expressions: ExpressionCoder) {
    this.#ex = expressions;
  }

  conversion(expression: Of<'convert'>): RightSide {
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
    if (modeBytes[mode] < modeBytes[from]) {
      // Of two words in memory only the lower one is read.
      if (isDoubleword(this.#ex.code, from) && operand.kind === 'mem') return operand;
      return this.#ex.code.inRegister(from, operand);
    }
    if (operand.kind === 'imm') return operand;
    if (isDoubleword(this.#ex.code, mode) && from !== 'SI') {
      const word = this.#ex.code.register('SI');
      this.#ex.code.emit({ op: 'extend', mode: 'SI', from, isSigned, dst: word, a: operand });
      return this.extend(valueOf(word), 'SI', isSigned, mode, target);
    }
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
    if (this.#ex.code.target === 'i386') return x87Conversion(this.#ex, expression, mode, from);
    if (mode === 'XF' || from === 'XF') this.#ex.code.doubt('long double');
    const fromType = resolve(operand.type.type);
    const toType = resolve(expression.type.type);
    let value = this.#ex.value(operand);
    let source = from;
    if (!isVectorMode(from)) {
      // Small integers and unsigned ones go through a wider signed one.
      const wide: Mode | undefined =
        from === 'QI' || from === 'HI' ? 'SI' : from === 'SI' && !isSignedType(fromType) ? 'DI' : undefined;
      if (wide !== undefined) {
        const narrow = value;
        return (target) => {
          const extended = this.extend(narrow, from, isSignedType(fromType), wide, undefined);
          if (wide === 'DI') return unsignedToFloat(this.#ex, mode, extended, target);
          return this.#convertInto(mode, wide, extended, target);
        };
      }
    } else if (!isVectorMode(mode)) {
      if (mode === 'DI' && !isSignedType(toType)) {
        return (target) => floatToUnsigned(this.#ex, from, this.#ex.operandOf(value, from), target);
      }
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
    if (from === 'DI' && !isSignedType(fromType)) {
      return (target) => unsignedToFloat(this.#ex, mode, this.#ex.operandOf(value, from), target);
    }
    return (target) => this.#convertInto(mode, source, this.#ex.operandOf(value, source), target);
  }

  #convertInto(mode: Mode, from: Mode, a: Operand, target: Operand | undefined): Operand {
    const dst = target?.kind === 'reg' ? target : this.#ex.code.register(mode);
    this.#ex.code.emit({ op: 'convert', mode, from, dst, a });
    return dst;
  }

  arithmetic(expression: Of<'arithmetic'>): RightSide {
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
          if (isDoubleword(this.#ex.code, mode) && !isPowerOfTwo(y))
            return multiplyWords(this.#ex.code, x, y, target);
          return expandMultiply(this.#ex.code, mode, x, y, target);
        case '/':
          return this.#divide(mode, isSigned, 'quotient', x, y, target);
        case '%':
          return this.#divide(mode, isSigned, 'remainder', x, y, target);
      }
    };
  }

  #divide(
    mode: Mode,
    isSigned: boolean,
    wants: 'quotient' | 'remainder',
    a: Operand,
    b: Operand,
    target: Operand | undefined,
  ): Operand {
    // gcc compares instead: x + 1 <= 2u ? x : 0 (match.pd), by a conditional move.
    if (isSigned && wants === 'quotient' && a.kind === 'imm' && a.value === 1n)
      this.#ex.code.doubt('one divided by a variable');
    const { code } = this.#ex;
    if (!isDoubleword(code, mode)) return expandDivision(code, mode, isSigned, wants, a, b, target);
    if (!isPowerOfTwo(b)) return divideByCall(this.#ex, a, b);
    if (!isSigned) return expandDivision(code, mode, false, wants, a, b, target);
    return divideByPower(code, a, b.value.toString(2).length - 1, wants === 'remainder');
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

  /** An operation that C has no operator for; undefined for a function of the compiler. */
  compilerOperation(expression: Of<'builtin'>): RightSide | undefined {
    const [first, second] = expression.args;
    if (first === undefined) return undefined;
    const mode = modeOf(expression.type.type) ?? 'SI';
    const { code } = this.#ex;
    switch (expression.name) {
      case 'BIT_FIELD_REF': {
        const place = this.#ex.places.place(first);
        return () => loadUnit(this.#ex, place);
      }
      case 'ABS_EXPR': {
        const value = this.#ex.value(first);
        return (target) => expandAbsolute(code, mode, this.#ex.operandOf(value, mode), target);
      }
      case 'MIN_EXPR':
      case 'MAX_EXPR': {
        if (second === undefined) return undefined;
        const [a, b] = [this.#ex.value(first), this.#ex.value(second)];
        const isSigned = isSignedType(expression.type.type);
        return (target) => {
          const x = code.inRegister(mode, this.#ex.operandOf(a, mode));
          return expandExtreme(code, expression.name, mode, isSigned, x, this.#ex.operandOf(b, mode), target);
        };
      }
      case 'LROTATE_EXPR':
      case 'RROTATE_EXPR': {
        if (second === undefined) return undefined;
        const [a, b] = [this.#ex.value(first), this.#ex.value(second)];
        const name = expression.name === 'LROTATE_EXPR' ? 'rol' : 'ror';
        return (target) => {
          const count = this.#ex.operandOf(b, modeOf(second.type.type) ?? 'SI');
          const x = this.#ex.operandOf(a, mode);
          if (count.kind === 'imm') return expandShift(code, name, mode, x, Number(count.value), target);
          return expandVariableShift(code, name, mode, x, code.inRegister('SI', count), target);
        };
      }
      default:
        return undefined;
    }
  }

  #floatOperation(operator: string, mode: Mode, a: Value, b: Value): RightSide {
    return floatOperation(this.#ex, operator, mode, a, b);
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
    if (mode === 'XF' && this.#ex.code.target === 'i386') return () => this.#negatedExtended(value);
    return (target) => expandUnary(this.#ex.code, name, mode, this.#ex.operandOf(value, mode), target);
  }

  /** The sign of a number in the x87's format changes in general registers as cheaply (i386.md: *negxf2_i387). */
  #negatedExtended(value: Value): Operand {
    const { code } = this.#ex;
    const result = code.register('XF');
    code.neutral.add(result.no);
    return expandUnary(code, 'neg', 'XF', this.#ex.operandOf(value, 'XF'), result);
  }

  pointerAdd(expression: Of<'pointer-add'>): RightSide {
    const { pointer, subtract } = expression;
    const index = folded(expression.index);
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
    const variable = type.kind === 'pointer' ? this.#ex.lengths.scaled(index, type.target.type) : undefined;
    const offset = variable ?? this.#scaledIndex(index, size, subtract);
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
    const shortened = shortenedPointerIndex(index);
    const { extra } = shortened;
    const inner = withoutMiddle(shortened.inner);
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

  /** An address is loaded where it is named. */
  #addressOperand(value: Value): Operand {
    const { code } = this.#ex;
    const operand = this.#ex.operandOf(value, code.word);
    return operand.kind === 'symbol' ? code.inRegister(code.word, operand) : operand;
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
        this.#addressOperand(a),
        this.#addressOperand(b),
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

function isPowerOfTwo(operand: Operand): operand is Extract<Operand, { kind: 'imm' }> {
  return operand.kind === 'imm' && operand.value > 0n && (operand.value & (operand.value - 1n)) === 0n;
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

/** What is converted to the type of sizes where a conversion between changes nothing. */
function withoutMiddle(index: TypedExpression): TypedExpression {
  if (index.kind !== 'convert' || index.conversion !== 'arithmetic') return index;
  const whole = folded(convertedTo(index, integerType(8, false)));
  return whole.kind === 'convert' ? whole.operand : index;
}
