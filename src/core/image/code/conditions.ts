/**
 * Conditions: comparisons, short-circuit operators, truth values, as jumps or as 0 and 1.
 *
 * Source: gcc/gimplify.cc (shortcut_cond_expr), gcc/dojump.cc, gcc/fold-const.cc (maybe_canonicalize_comparison),
 * config/i386/i386-expand.cc (ix86_expand_branch, ix86_expand_setcc); measured with gcc 12.2.
 */
import { integerConstant } from '../../sema/constant.ts';
import { exchangesOperands } from '../../sema/operand-order.ts';
import { integerOf, resolve } from '../../sema/type-relations.ts';
import type { ComparisonOperator, TypedExpression } from '../../sema/typed-tree.ts';
import type { ExpressionCoder, RightSide } from './expressions.ts';
import { isFieldLoad } from './bit-fields.ts';
import { compareWords, isDoubleword, storeComparison } from './doubleword.ts';
import { reversed } from './flow.ts';
import { FLOAT_CONSTANT, imm, isVectorMode, memAt, modeBytes } from './machine.ts';
import { expandBinary, expandShift, expandUnary } from './arithmetic.ts';
import type { Condition, Label, Mode, Operand } from './machine.ts';
import { folded } from './folding/fold.ts';
import { inverted, mirrored } from './folding/comparisons.ts';
import { intType } from './nodes.ts';
import { constantValue, isSignedType, modeOf, valueOf } from './values.ts';
import type { Value } from './values.ts';

type Of<Kind extends TypedExpression['kind']> = Extract<TypedExpression, { kind: Kind }>;

/** A comparison whose operands are computed. */
interface Comparison {
  readonly operator: ComparisonOperator;
  readonly mode: Mode;
  readonly isSigned: boolean;
  readonly a: Value;
  readonly b: Value;
}

const signedConditions: Readonly<Record<ComparisonOperator, Condition>> = {
  '<': 'l',
  '>': 'g',
  '<=': 'le',
  '>=': 'ge',
  '==': 'e',
  '!=': 'ne',
};
const unsignedConditions: Readonly<Record<ComparisonOperator, Condition>> = {
  '<': 'b',
  '>': 'a',
  '<=': 'be',
  '>=': 'ae',
  '==': 'e',
  '!=': 'ne',
};

/** Writes conditions. */
export class ConditionCoder {
  readonly #expressions: ExpressionCoder;

  constructor(expressions: ExpressionCoder) {
    this.#expressions = expressions;
  }

  /**
   * Jumps to one of two places.
   *
   * @param next - which of them follows at once
   */
  branch(original: TypedExpression, yes: Label, no: Label, next: 'true' | 'false'): void {
    const { code } = this.#expressions;
    const expression = foldedTruth(original);
    const constant = truthOfConstant(expression);
    if (constant !== undefined) {
      if (constant !== (next === 'true')) code.jump(constant ? yes : no);
      return;
    }
    switch (expression.kind) {
      case 'not':
        if (isFloatOrder(expression.operand)) break;
        this.branch(expression.operand, no, yes, next === 'true' ? 'false' : 'true');
        return;
      case 'logical': {
        const second = code.newLabel();
        if (expression.operator === '&&') this.branch(expression.left, second, no, 'true');
        else this.branch(expression.left, yes, second, 'false');
        code.label(second);
        this.branch(expression.right, yes, no, next);
        return;
      }
      case 'comma':
        this.#expressions.effect(expression.left);
        this.branch(expression.right, yes, no, next);
        return;
      case 'convert':
        if (expression.conversion === 'arithmetic' && isTruth(expression.operand)) {
          this.branch(expression.operand, yes, no, next);
          return;
        }
        break;
      case 'conditional': {
        const { then } = expression;
        if (then === undefined) break;
        const [first, second] = [code.newLabel(), code.newLabel()];
        this.branch(expression.condition, first, second, 'true');
        code.label(first);
        // Neither of the two places follows.
        this.branch(then, yes, no, 'true');
        code.jump(yes);
        code.label(second);
        this.branch(expression.otherwise, yes, no, next);
        return;
      }
      default:
        break;
    }
    this.#compareAndJump(this.#comparison(expression), yes, no, next);
  }

  /** The comparison that a condition is; anything else is compared with zero. */
  #comparison(expression: TypedExpression): Comparison {
    const ex = this.#expressions;
    if (expression.kind === 'not') {
      // The opposite of an order of floating values is asked of its flag.
      const flag = this.asBoolean(expression)(undefined);
      return { operator: '!=', mode: 'QI', isSigned: false, a: valueOf(flag), b: constantValue(0n) };
    }
    if (isBooleanTruth(expression) && expression.operator === '==') {
      const flag = this.#opposite(ex.value(expression.left), undefined);
      return { operator: '!=', mode: 'QI', isSigned: false, a: valueOf(flag), b: constantValue(0n) };
    }
    if (expression.kind !== 'compare') {
      const mode = modeOf(expression.type.type) ?? 'SI';
      const a = ex.value(expression);
      const zero: Value = isVectorMode(mode)
        ? { kind: 'float', value: 0 }
        : { kind: 'operand', operand: imm(0) };
      return { operator: '!=', mode, isSigned: isSignedType(expression.type.type), a, b: zero };
    }
    const { left, right } = expression;
    const mode = modeOf(left.type.type) ?? 'DI';
    const isSigned = isSignedType(left.type.type);
    const isSwapped = exchangesOperands(expression.operator, left, right);
    const [first, second] = isSwapped ? [right, left] : [left, right];
    const operator = isSwapped ? mirrored[expression.operator] : expression.operator;
    const a = ex.value(first);
    const b = ex.value(second);
    return { operator, mode, isSigned, a, b };
  }

  #compareAndJump(comparison: Comparison, yes: Label, no: Label, next: 'true' | 'false'): void {
    const { code } = this.#expressions;
    if (comparison.mode === 'XF') code.doubt('long double');
    if (isVectorMode(comparison.mode) || comparison.mode === 'XF') {
      this.#floatJump(comparison, yes, no, next);
      return;
    }
    const condition = this.#compare(comparison);
    if (next === 'true') code.branch(reversed(condition), no);
    else code.branch(condition, yes);
  }

  /** Writes an integer comparison; says when it is true. */
  #compare(comparison: Comparison): Condition {
    const { code } = this.#expressions;
    const { mode, isSigned } = comparison;
    let { operator } = comparison;
    let a = this.#expressions.operandOf(comparison.a, mode);
    let b = this.#expressions.operandOf(comparison.b, mode);
    if (a.kind === 'imm' && b.kind !== 'imm') {
      [a, b] = [b, a];
      operator = mirrored[operator];
    }
    if (a.kind === 'symbol') a = code.inRegister(mode, a);
    if (b.kind === 'symbol') b = code.inRegister(mode, b);
    if (a.kind === 'imm') a = code.inRegister(mode, a);
    if (isDoubleword(code, mode)) {
      const condition = isSigned ? signedConditions[operator] : unsignedConditions[operator];
      return compareWords(code, condition, a, b, false);
    }
    if (a.kind === 'mem' && b.kind === 'mem') a = code.inRegister(mode, a);
    if (mode === 'DI' && code.word === 'DI' && b.kind === 'imm') {
      if (b.value === 0x7fff_ffffn && (operator === '>' || operator === '<=')) {
        // The next number is loaded by a shorter instruction.
        operator = operator === '>' ? '>=' : '<';
        b = imm(0x8000_0000n);
      }
      if (!isWord(b.value)) b = code.inRegister(mode, b);
    }
    code.emit({ op: 'compare', mode, a, b, isTest: false });
    return isSigned ? signedConditions[operator] : unsignedConditions[operator];
  }

  #floatJump(comparison: Comparison, yes: Label, no: Label, next: 'true' | 'false'): void {
    const { code } = this.#expressions;
    const { operator } = comparison;
    if (operator !== '==' && operator !== '!=') {
      code.branchFloating(this.#floatOrder(comparison), yes);
      if (next === 'true') code.jump(no);
      return;
    }
    const isEqual = operator === '==';
    this.#floatEquality(comparison);
    code.branch('p', isEqual ? no : yes);
    this.#floatEquality(comparison);
    if (next === 'false' || !isEqual) {
      code.branch(isEqual ? 'e' : 'ne', yes);
      if (next === 'true') code.jump(no);
      return;
    }
    code.branchFloating('e', yes);
    code.jump(no);
  }

  /** `comis`: the larger one comes first. */
  #floatOrder(comparison: Comparison): Condition {
    const { mode, operator } = comparison;
    const isLess = operator === '<' || operator === '<=';
    const [x, y] = isLess ? [comparison.b, comparison.a] : [comparison.a, comparison.b];
    const { code } = this.#expressions;
    const a = code.inRegister(mode, this.#expressions.operandOf(x, mode));
    code.emit({ op: 'fcompare', mode, a, b: this.#floatLimit(y, mode) });
    return operator === '<' || operator === '>' ? 'a' : 'ae';
  }

  #floatEquality(comparison: Comparison): void {
    const { mode } = comparison;
    const { code } = this.#expressions;
    let [x, y] = [comparison.a, comparison.b];
    // 0 and 1 are loaded; a variable in memory is then the second operand.
    const isMemory = x.kind === 'operand' && x.operand.kind === 'mem';
    if (y.kind === 'float' && isMemory && isLoaded(y.value)) [x, y] = [y, x];
    const a = code.inRegister(mode, this.#expressions.operandOf(x, mode));
    code.emit({ op: 'fcompare', mode, a, b: this.#floatLimit(y, mode) });
  }

  /** The second operand of a floating comparison: constants that the x87 does not know stay in memory. */
  #floatLimit(value: Value, mode: Mode): Operand {
    if (value.kind === 'float' && !isLoaded(value.value)) return memAt(undefined, 0, FLOAT_CONSTANT);
    return this.#expressions.operandOf(value, mode);
  }

  /** 0 or 1 in a byte. */
  #flag(comparison: Comparison, target: Operand | undefined): Operand {
    const { code } = this.#expressions;
    const sign = this.#signFlag(comparison);
    if (sign !== undefined) return sign;
    const { mode, operator, isSigned } = comparison;
    if (isDoubleword(code, mode)) {
      const a = this.#expressions.operandOf(comparison.a, mode);
      const b = this.#expressions.operandOf(comparison.b, mode);
      return storeComparison(
        code,
        isSigned ? signedConditions[operator] : unsignedConditions[operator],
        a,
        b,
      );
    }
    const flag = target?.kind === 'reg' ? target : code.register('QI');
    if (isVectorMode(comparison.mode) && (comparison.operator === '==' || comparison.operator === '!=')) {
      const isEqual = comparison.operator === '==';
      const first = code.register('QI');
      this.#floatEquality(comparison);
      code.emit({ op: 'set', condition: isEqual ? 'np' : 'p', dst: first });
      const other = code.register('QI');
      code.emit({ op: 'move', mode: 'QI', dst: other, a: imm(isEqual ? 0 : 1) });
      this.#floatEquality(comparison);
      code.emit({ op: 'cmove', mode: 'SI', condition: 'ne', dst: flag, a: first, b: other });
      return flag;
    }
    const condition = isVectorMode(comparison.mode)
      ? this.#floatOrder(comparison)
      : this.#compare(comparison);
    code.emit({ op: 'set', condition, dst: flag });
    return flag;
  }

  /** The sign bit is the truth of `x < 0`, its opposite that of `x >= 0`. */
  #signFlag({ operator, mode, isSigned, a, b }: Comparison): Operand | undefined {
    const { code } = this.#expressions;
    if ((operator !== '<' && operator !== '>=') || !isSigned || isVectorMode(mode) || mode === 'XF')
      return undefined;
    if (b.kind !== 'operand' || b.operand.kind !== 'imm' || b.operand.value !== 0n) return undefined;
    let value: Operand = code.inRegister(mode, this.#expressions.operandOf(a, mode));
    if (operator === '>=') value = expandUnary(code, 'not', mode, value);
    const bit = expandShift(code, 'shr', mode, value, 8 * modeBytes[mode] - 1);
    if (mode === 'QI') return bit;
    const flag = code.register('QI');
    code.emit({ op: 'move', mode: 'QI', dst: flag, a: bit });
    return flag;
  }

  /** A comparison or negation as an integer. */
  asInteger(expression: TypedExpression, mode: Mode): RightSide {
    const flag = this.#ofBoolean(expression) ?? this.asBoolean(expression);
    return (target) => {
      const { code } = this.#expressions;
      const byte = flag(mode === 'QI' ? target : undefined);
      if (mode === 'QI') return byte;
      if (byte.kind === 'imm') return this.#widenedConstant(byte, mode, target);
      const dst = target?.kind === 'reg' ? target : code.register(mode);
      code.emit({ op: 'extend', mode, from: 'QI', isSigned: false, dst, a: byte });
      return dst;
    };
  }

  /** The truth of a `_Bool` is its value, the opposite the other value. */
  #ofBoolean(expression: TypedExpression): RightSide | undefined {
    const truth = foldedTruth(expression);
    if (!isBooleanTruth(truth)) return undefined;
    const value = this.#expressions.value(truth.left);
    return (target) =>
      truth.operator === '=='
        ? this.#opposite(value, target)
        : this.#expressions.code.inRegister('QI', this.#expressions.operandOf(value, 'QI'));
  }

  #opposite(value: Value, target: Operand | undefined): Operand {
    const ex = this.#expressions;
    const byte = ex.code.inRegister('QI', ex.operandOf(value, 'QI'));
    return expandBinary(ex.code, 'xor', 'QI', byte, imm(1), target?.kind === 'reg' ? target : undefined);
  }

  /** The truth of a number that is 0 or 1 as a `_Bool`: its lowest bit. */
  #lowestBit(value: Operand, target: Operand | undefined): Operand {
    const { code } = this.#expressions;
    const byte = target ?? code.register('QI');
    code.move('QI', byte, value);
    return expandBinary(code, 'and', 'QI', byte, imm(1), byte);
  }

  /** The opposite of a `_Bool` that becomes a `_Bool` by way of `int`. */
  #oppositeByNumber(value: Value, target: Operand | undefined): Operand {
    const { code } = this.#expressions;
    const wide = this.#expressions.operations.extend(value, 'QI', false, 'SI', undefined);
    const flag = code.register('QI');
    code.emit({ op: 'compare', mode: 'SI', a: code.inRegister('SI', wide), b: imm(0), isTest: false });
    code.emit({ op: 'set', condition: 'ne', dst: flag });
    const opposite = this.#opposite(valueOf(flag), undefined);
    const number = this.#expressions.operations.extend(valueOf(opposite), 'QI', false, 'SI', undefined);
    return this.#lowestBit(number, target);
  }

  /** A truth that is known when its comparison is expanded. */
  #widenedConstant(byte: Operand, mode: Mode, target: Operand | undefined): Operand {
    const { code } = this.#expressions;
    const dst = target?.kind === 'reg' ? target : code.register(mode);
    code.emit({ op: 'extend', mode, from: 'QI', isSigned: false, dst, a: code.inRegister('QI', byte) });
    return dst;
  }

  /** The truth of an expression as `_Bool`. */
  asBoolean(expression: TypedExpression): RightSide {
    let inner = foldedTruth(expression);
    let isNegated = false;
    while (inner.kind === 'not') {
      isNegated = !isNegated;
      inner = foldedTruth(inner.operand);
    }
    if (isNegated && isFloatOrder(inner)) {
      const order = this.#comparison(inner);
      return (target) =>
        expandBinary(this.#expressions.code, 'xor', 'QI', this.#flag(order, undefined), imm(1), target);
    }
    const constant = truthOfConstant(inner);
    if (constant !== undefined) return () => imm(constant !== isNegated ? 1 : 0);
    if (inner.kind === 'logical' || (inner.kind === 'convert' && isShortCircuit(inner.operand))) {
      return this.#logicalFlag(inner.kind === 'convert' ? inner.operand : inner, isNegated);
    }
    if (inner.kind === 'convert' && isTruth(inner.operand)) inner = inner.operand;
    if (isBooleanTruth(inner)) {
      const value = this.#expressions.value(inner.left);
      return (inner.operator === '==') === isNegated
        ? () => this.#expressions.operandOf(value, 'QI')
        : (target) => this.#oppositeByNumber(value, target);
    }
    const comparison = this.#comparison(inner);
    const operator = isNegated ? inverted[comparison.operator] : comparison.operator;
    return (target) => this.#flag({ ...comparison, operator }, target);
  }

  #logicalFlag(expression: TypedExpression, isNegated: boolean): RightSide {
    const value = this.#expressions.value(expression);
    return (target) => {
      const { code } = this.#expressions;
      const a = this.#expressions.operandOf(value, 'SI');
      if (!isNegated) return this.#lowestBit(a, target);
      const flag = code.register('QI');
      code.emit({ op: 'compare', mode: 'SI', a, b: imm(0), isTest: false });
      code.emit({ op: 'set', condition: 'e', dst: flag });
      return flag;
    };
  }
}

/** Whether a constant of a comparison goes through a register. */
function isLoaded(value: number): boolean {
  return Object.is(value, 0) || value === 1;
}

function isWord(value: bigint): boolean {
  return value >= -0x8000_0000n && value <= 0x7fff_ffffn;
}

function isTruth(expression: TypedExpression): boolean {
  return expression.kind === 'compare' || expression.kind === 'not' || expression.kind === 'logical';
}

/** A condition folded; the truth of a number is a comparison with zero. */
function foldedTruth(expression: TypedExpression): TypedExpression {
  const simple = folded(expression);
  if (isTruth(simple) || integerOf(simple.type.type) === undefined) return simple;
  switch (simple.kind) {
    case 'integer':
    case 'comma':
    case 'conditional':
      return simple;
    case 'convert':
      if (simple.conversion === 'arithmetic' && isTruth(simple.operand)) return simple;
      break;
    default:
      break;
  }
  return folded(comparedWithZero(simple));
}

function comparedWithZero(left: TypedExpression): TypedExpression {
  const { type, span } = left;
  const right: TypedExpression = { kind: 'integer', value: 0n, type, span };
  return { kind: 'compare', operator: '!=', left, right, type: { type: intType, quals: 0 }, span };
}

/** Whether values that are no numbers make a comparison other than the opposite of its opposite. */
function isFloatOrder(expression: TypedExpression): boolean {
  if (expression.kind !== 'compare' || expression.operator === '==' || expression.operator === '!=')
    return false;
  return resolve(expression.left.type.type).kind === 'float';
}

/** Whether a condition is that a `_Bool` is zero or not. */
function isBooleanTruth(expression: TypedExpression): expression is Of<'compare'> {
  if (expression.kind !== 'compare' || (expression.operator !== '==' && expression.operator !== '!='))
    return false;
  const { left, right } = expression;
  if (integerOf(left.type.type)?.name !== '_Bool' || isFieldLoad(left)) return false;
  return right.kind === 'integer' && right.value === 0n;
}

function isShortCircuit(expression: TypedExpression): boolean {
  return expression.kind === 'logical';
}

/** Whether a condition is known: constants, and addresses of things that exist. */
function truthOfConstant(expression: TypedExpression): boolean | undefined {
  if (expression.kind === 'string') return true;
  if (expression.kind === 'convert' && expression.conversion === 'decay') {
    return expression.operand.kind === 'string' || expression.operand.kind === 'object' ? true : undefined;
  }
  const value = integerConstant(expression, 8);
  return value === undefined ? undefined : value !== 0n;
}
