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
import { inMode } from './arithmetic.ts';
import type { ExpressionCoder, RightSide } from './expressions.ts';
import { reversed } from './flow.ts';
import { imm, isVectorMode } from './machine.ts';
import type { Condition, Label, Mode, Operand } from './machine.ts';
import { foldedComparison, shortenedComparison, withoutWidening } from './narrowing.ts';
import { intType } from './nodes.ts';
import { isSignedType, modeOf } from './values.ts';
import type { Value } from './values.ts';

/** A comparison whose operands are computed. */
interface Comparison {
  readonly operator: ComparisonOperator;
  readonly mode: Mode;
  readonly isSigned: boolean;
  readonly a: Value;
  readonly b: Value;
}

const swapped: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  '==': '==',
  '!=': '!=',
};
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
  branch(expression: TypedExpression, yes: Label, no: Label, next: 'true' | 'false'): void {
    const { code } = this.#expressions;
    const constant = truthOfConstant(expression);
    if (constant !== undefined) {
      if (constant !== (next === 'true')) code.jump(constant ? yes : no);
      return;
    }
    switch (expression.kind) {
      case 'not':
        this.branch(expression.operand, no, yes, next === 'true' ? 'false' : 'true');
        return;
      case 'compare': {
        const truth = comparedTruth(expression);
        if (truth === undefined) break;
        if (truth.isNegated) this.branch(truth.of, no, yes, next === 'true' ? 'false' : 'true');
        else this.branch(truth.of, yes, no, next);
        return;
      }
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
  #comparison(original: TypedExpression): Comparison {
    const ex = this.#expressions;
    const expression = foldableTruth(original) ? comparedWithZero(original) : original;
    if (expression.kind !== 'compare') {
      const inner = withoutWidening(expression);
      const mode = modeOf(inner.type.type) ?? 'SI';
      const a = ex.value(inner);
      const zero: Value = isVectorMode(mode)
        ? { kind: 'float', value: 0 }
        : { kind: 'operand', operand: imm(0) };
      return { operator: '!=', mode, isSigned: isSignedType(inner.type.type), a, b: zero };
    }
    const folded = foldedComparison(expression);
    const short = shortenedComparison(folded.left, folded.right);
    const mode = modeOf(short.left.type.type) ?? 'DI';
    const isSigned = isSignedType(short.left.type.type);
    const isSwapped = exchangesOperands(folded.operator, short.left, short.right);
    const [first, second] = isSwapped ? [short.right, short.left] : [short.left, short.right];
    const operator = isSwapped ? swapped[folded.operator] : folded.operator;
    const constant = resolve(second.type.type).kind === 'float' ? undefined : integerConstant(second, 8);
    if (constant !== undefined) {
      const canonical = canonicalConstant(operator, constant, isSigned);
      const a = ex.value(first);
      return {
        operator: canonical.operator,
        mode,
        isSigned,
        a,
        b: { kind: 'operand', operand: imm(inMode(canonical.value, mode)) },
      };
    }
    const a = ex.value(first);
    const b = ex.value(second);
    return { operator, mode, isSigned, a, b };
  }

  #compareAndJump(comparison: Comparison, yes: Label, no: Label, next: 'true' | 'false'): void {
    const { code } = this.#expressions;
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
      operator = swapped[operator];
    }
    if (a.kind === 'symbol') a = code.inRegister(mode, a);
    if (b.kind === 'symbol') b = code.inRegister(mode, b);
    if (a.kind === 'imm') a = code.inRegister(mode, a);
    if (a.kind === 'mem' && b.kind === 'mem') a = code.inRegister(mode, a);
    if (mode === 'DI' && b.kind === 'imm' && !isWord(b.value)) {
      b = code.inRegister(mode, b);
      if (a.kind === 'mem') a = code.inRegister(mode, a);
    }
    code.emit({ op: 'compare', mode, a, b, isTest: false });
    return isSigned ? signedConditions[operator] : unsignedConditions[operator];
  }

  #floatJump(comparison: Comparison, yes: Label, no: Label, next: 'true' | 'false'): void {
    const { code } = this.#expressions;
    const { operator } = comparison;
    if (operator !== '==' && operator !== '!=') {
      const condition = this.#floatOrder(comparison);
      if (next === 'true') code.branch(reversed(condition), no);
      else code.branch(condition, yes);
      return;
    }
    const isEqual = operator === '==';
    this.#floatEquality(comparison);
    code.branch('p', isEqual ? no : yes);
    this.#floatEquality(comparison);
    if (next === 'true') code.branch(isEqual ? 'ne' : 'e', no);
    else code.branch(isEqual ? 'e' : 'ne', yes);
  }

  /** `comis`: the larger one comes first. */
  #floatOrder(comparison: Comparison): Condition {
    const { mode, operator } = comparison;
    const isLess = operator === '<' || operator === '<=';
    const [x, y] = isLess ? [comparison.b, comparison.a] : [comparison.a, comparison.b];
    const { code } = this.#expressions;
    const a = code.inRegister(mode, this.#expressions.operandOf(x, mode));
    const b = this.#expressions.operandOf(y, mode);
    code.emit({ op: 'fcompare', mode, a, b });
    return operator === '<' || operator === '>' ? 'a' : 'ae';
  }

  #floatEquality(comparison: Comparison): void {
    const { mode } = comparison;
    const { code } = this.#expressions;
    let [x, y] = [comparison.a, comparison.b];
    if (y.kind === 'float') [x, y] = [y, x];
    const a = code.inRegister(mode, this.#expressions.operandOf(x, mode));
    code.emit({ op: 'fcompare', mode, a, b: this.#expressions.operandOf(y, mode) });
  }

  /** 0 or 1 in a byte. */
  #flag(comparison: Comparison): Operand {
    const { code } = this.#expressions;
    const flag = code.register('QI');
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

  /** A comparison or negation as an integer. */
  asInteger(expression: TypedExpression, mode: Mode): RightSide {
    const flag = this.asBoolean(expression);
    return (target) => {
      const { code } = this.#expressions;
      const byte = flag(mode === 'QI' ? target : undefined);
      if (mode === 'QI') return byte;
      const dst = target?.kind === 'reg' ? target : code.register(mode);
      code.emit({ op: 'extend', mode, from: 'QI', isSigned: false, dst, a: byte });
      return dst;
    };
  }

  /** The truth of an expression as `_Bool`. */
  asBoolean(expression: TypedExpression): RightSide {
    let inner = expression;
    let isNegated = false;
    for (;;) {
      const truth = inner.kind === 'compare' ? comparedTruth(inner) : undefined;
      if (truth !== undefined) {
        isNegated = isNegated !== truth.isNegated;
        inner = truth.of;
      } else if (inner.kind === 'not') {
        isNegated = !isNegated;
        inner = inner.operand;
      } else break;
    }
    if (inner.kind === 'logical' || (inner.kind === 'convert' && isShortCircuit(inner.operand))) {
      return this.#logicalFlag(inner.kind === 'convert' ? inner.operand : inner, isNegated);
    }
    if (inner.kind === 'convert' && isTruth(inner.operand)) inner = inner.operand;
    const comparison = this.#comparison(inner);
    const operator = isNegated ? negated(comparison.operator) : comparison.operator;
    return () => this.#flag({ ...comparison, operator });
  }

  #logicalFlag(expression: TypedExpression, isNegated: boolean): RightSide {
    const value = this.#expressions.value(expression);
    const condition: Condition = isNegated ? 'e' : 'ne';
    return () => {
      const { code } = this.#expressions;
      const flag = code.register('QI');
      const a = this.#expressions.operandOf(value, 'SI');
      code.emit({ op: 'compare', mode: 'SI', a, b: imm(0), isTest: false });
      code.emit({ op: 'set', condition, dst: flag });
      return flag;
    };
  }
}

function negated(operator: ComparisonOperator): ComparisonOperator {
  const opposites: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
    '<': '>=',
    '>': '<=',
    '<=': '>',
    '>=': '<',
    '==': '!=',
    '!=': '==',
  };
  return opposites[operator];
}

/** `(a < b) != 0` and the like: the truth of the comparison inside. */
function comparedTruth(
  expression: Extract<TypedExpression, { kind: 'compare' }>,
): { readonly of: TypedExpression; readonly isNegated: boolean } | undefined {
  if (expression.operator !== '==' && expression.operator !== '!=') return undefined;
  const value = integerConstant(expression.right, 8);
  if (value !== 0n && value !== 1n) return undefined;
  let inner = expression.left;
  while (inner.kind === 'convert' && inner.conversion === 'arithmetic') inner = inner.operand;
  if (!isTruth(inner)) return undefined;
  return { of: inner, isNegated: (expression.operator === '==') === (value === 0n) };
}

function isWord(value: bigint): boolean {
  return value >= -0x8000_0000n && value <= 0x7fff_ffffn;
}

function isTruth(expression: TypedExpression): boolean {
  return expression.kind === 'compare' || expression.kind === 'not' || expression.kind === 'logical';
}

/** Whether the truth of a value is a comparison that gcc folds further. */
function foldableTruth(expression: TypedExpression): boolean {
  if (integerOf(expression.type.type) === undefined) return false;
  switch (expression.kind) {
    case 'negate':
    case 'complement':
      return true;
    case 'arithmetic':
      return expression.operator === '+' || expression.operator === '-' || expression.operator === '^';
    default:
      return false;
  }
}

function comparedWithZero(left: TypedExpression): TypedExpression {
  const { type, span } = left;
  const right: TypedExpression = { kind: 'integer', value: 0n, type, span };
  return { kind: 'compare', operator: '!=', left, right, type: { type: intType, quals: 0 }, span };
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

/** gcc brings constants of comparisons nearer to zero: `x < 5` is `x <= 4`. */
function canonicalConstant(
  operator: ComparisonOperator,
  value: bigint,
  isSigned: boolean,
): { readonly operator: ComparisonOperator; readonly value: bigint } {
  if (!isSigned && value === 0n) {
    if (operator === '>') return { operator: '!=', value };
    if (operator === '<=') return { operator: '==', value };
  }
  if (!isSigned && value === 1n) {
    if (operator === '>=') return { operator: '!=', value: 0n };
    if (operator === '<') return { operator: '==', value: 0n };
  }
  if (value > 0n) {
    if (operator === '<') return { operator: '<=', value: value - 1n };
    if (operator === '>=') return { operator: '>', value: value - 1n };
  }
  if (value < 0n && isSigned) {
    if (operator === '<=') return { operator: '<', value: value + 1n };
    if (operator === '>') return { operator: '>=', value: value + 1n };
  }
  return { operator, value };
}
