/**
 * How many callee-saved registers gcc -O0 uses in a function: intermediate integer values that must survive a call.
 *
 * A plain variable or constant is no intermediate value: it is read when it is needed. What is computed, loaded from
 * memory or returned by a call is one while a later operand of the same expression calls something.
 * Simplified: the most values at one moment are counted, without a register allocator's choices; doubles that survive
 * a call go to the stack instead.
 */
import { integerOf, isScalar, resolve, sizeOf } from '../sema/type-relations.ts';
import type {
  ArithmeticOperator,
  ComparisonOperator,
  ObjectSymbol,
  TypedExpression,
  TypedFunction,
} from '../sema/typed-tree.ts';
import { isInlinedCall } from './inlined-calls.ts';
import { exchangesOperands } from './operand-order.ts';
import { operandsOf, walkStatement } from './tree-walk.ts';

/** rbx, r12, r13, r14, r15. */
const CALLEE_SAVED = 5;

/** Values that survive calls, at most at one moment. */
export interface Survivors {
  readonly integers: number;
  readonly doubles: number;
}

/** Counts the values that survive calls in a function. */
export function survivorsOf(fn: TypedFunction, isRegisterLike: (object: ObjectSymbol) => boolean): Survivors {
  const counter = new SurvivorCounter(isRegisterLike);
  walkStatement(fn.body, {
    statement: (statement) => {
      switch (statement.kind) {
        case 'expression':
          counter.visit(statement.expression);
          return;
        case 'if':
        case 'while':
        case 'do':
          counter.visit(statement.condition);
          return;
        case 'for':
          if (statement.condition !== undefined) counter.visit(statement.condition);
          if (statement.step !== undefined) counter.visit(statement.step);
          return;
        case 'switch':
          counter.visit(statement.value);
          return;
        case 'return':
          if (statement.value !== undefined) counter.visit(statement.value);
          return;
        case 'declare':
          for (const entry of statement.initializer?.entries ?? []) counter.visit(entry.value);
          return;
        default:
          return;
      }
    },
  });
  const integers = Math.min(counter.integers + counter.literals, CALLEE_SAVED);
  return { integers, doubles: counter.doubles };
}

type Kind = 'none' | 'integer' | 'double';

class SurvivorCounter {
  integers = 0;
  doubles = 0;
  /** Registers of compound literals that are written in pieces: not being set as a whole, they are live from the start. */
  literals = 0;
  #hasCalled = false;
  readonly #isRegisterLike: (object: ObjectSymbol) => boolean;
  #pendingIntegers = 0;
  #pendingDoubles = 0;

  constructor(isRegisterLike: (object: ObjectSymbol) => boolean) {
    this.#isRegisterLike = isRegisterLike;
  }

  /** Visits an expression; says what intermediate value it leaves. */
  visit(expression: TypedExpression): Kind {
    switch (expression.kind) {
      case 'integer':
      case 'floating':
      case 'string':
      case 'function':
        return 'none';
      case 'object':
        return 'none';
      case 'convert': {
        const { operand } = expression;
        if (expression.conversion === 'load') {
          if (operand.kind === 'object' && this.#isPlain(operand.object)) return 'none';
          this.visit(operand);
          return kindOf(expression);
        }
        if (expression.conversion === 'arithmetic' && isNarrowed(expression, operand)) {
          // What is cut off afterwards is not computed: gcc cuts the operands first, each is a value of its own.
          const [integers, doubles] = [this.#pendingIntegers, this.#pendingDoubles];
          for (const part of [operand.left, operand.right]) {
            this.visit(part);
            this.#hold(isConstant(part) ? 'none' : 'integer');
          }
          this.#pendingIntegers = integers;
          this.#pendingDoubles = doubles;
          return 'integer';
        }
        const inner = this.visit(operand);
        if (expression.conversion === 'none' || expression.conversion === 'decay') return inner;
        if (expression.conversion === 'pointer' && isUselessConversion(operand, expression)) return inner;
        return isConstant(operand) ? 'none' : kindOf(expression);
      }
      case 'address-of':
        this.visit(expression.operand);
        return 'none';
      case 'assign':
        return this.#assignment(expression.target, expression.value);
      case 'call':
        return this.#call(expression);
      case 'logical':
      case 'conditional':
        // The operands are in different basic blocks, and the result waits for none of them.
        for (const operand of operandsOf(expression)) this.visit(operand);
        return kindOf(expression);
      case 'comma':
        this.visit(expression.left);
        return this.visit(expression.right);
      case 'compound-assign':
        this.visit(expression.value);
        this.visit(expression.target);
        return kindOf(expression);
      case 'increment':
        this.visit(expression.target);
        return expression.isPrefix ? 'none' : kindOf(expression);
      case 'statement-expression':
        return expression.value === undefined ? 'none' : this.visit(expression.value);
      case 'arithmetic':
        // `x * 0` is 0: gcc keeps only the side effects of x.
        if (expression.operator === '*' && isZero(expression.right)) {
          this.#ignored(expression.left);
          return 'none';
        }
        this.#binary(expression.operator, expression.left, expression.right);
        return kindOf(expression);
      case 'compare':
        this.#binary(expression.operator, expression.left, expression.right);
        return kindOf(expression);
      case 'compound-literal':
        this.#sequence(operandsOf(expression));
        if (this.#hasCalled) this.literals += registersOfLiteral(expression);
        return kindOf(expression);
      default:
        this.#sequence(operandsOf(expression));
        return kindOf(expression);
    }
  }

  #binary(
    operator: ArithmeticOperator | ComparisonOperator,
    left: TypedExpression,
    right: TypedExpression,
  ): void {
    if ((operator === '-' || operator === '/') && kindOf(left) === 'double') {
      // Only the right operand of these instructions may be in memory: the left one waits in a general register.
      const integers = this.#pendingIntegers;
      this.#hold(this.visit(left) === 'double' ? 'integer' : 'none');
      this.visit(right);
      this.#pendingIntegers = integers;
      return;
    }
    this.#sequence(exchangesOperands(operator, left, right) ? [right, left] : [left, right]);
  }

  /** Visits an expression whose value nobody wants: its operators are dropped. */
  #ignored(expression: TypedExpression): void {
    if (expression.kind === 'arithmetic' || expression.kind === 'convert' || expression.kind === 'compare') {
      for (const operand of operandsOf(expression)) this.#ignored(operand);
    } else this.visit(expression);
  }

  /** A variable that gcc reads as an operand, without a value of its own before. */
  #isPlain(object: ObjectSymbol): boolean {
    return (
      object.storage === 'automatic' &&
      (this.#isRegisterLike(object) || object.isParameter) &&
      !object.isAddressTaken
    );
  }

  /** Visits operands in order; each result waits while the later ones are computed. */
  #sequence(operands: readonly TypedExpression[]): void {
    const [integers, doubles] = [this.#pendingIntegers, this.#pendingDoubles];
    for (const operand of operands) this.#hold(this.visit(operand));
    this.#pendingIntegers = integers;
    this.#pendingDoubles = doubles;
  }

  #hold(kind: Kind): void {
    if (kind === 'integer') this.#pendingIntegers += 1;
    if (kind === 'double') this.#pendingDoubles += 1;
  }

  #assignment(target: TypedExpression, value: TypedExpression): Kind {
    const [integers, doubles] = [this.#pendingIntegers, this.#pendingDoubles];
    if (target.kind !== 'object') this.#hold(this.#address(target));
    const kind = this.visit(value);
    this.#pendingIntegers = integers;
    this.#pendingDoubles = doubles;
    return kind;
  }

  /** The intermediate value that the address of an lvalue needs. */
  #address(lvalue: TypedExpression): Kind {
    switch (lvalue.kind) {
      case 'member':
        return this.#address(lvalue.base);
      case 'deref': {
        const { operand } = lvalue;
        if (operand.kind === 'pointer-add') {
          const isArray = operand.pointer.kind === 'convert' && operand.pointer.conversion === 'decay';
          this.visit(operand.pointer);
          const index = this.visit(operand.index);
          // a[i] of an array is addressed by the variable i itself; p[i] needs p + i * size.
          if (isArray) return isConstant(operand.index) || index === 'none' ? 'none' : 'integer';
          return isConstant(operand.index) ? this.visit(operand.pointer) : 'integer';
        }
        return this.visit(operand);
      }
      default:
        return 'none';
    }
  }

  #call(call: Extract<TypedExpression, { kind: 'call' }>): Kind {
    const [integers, doubles] = [this.#pendingIntegers, this.#pendingDoubles];
    this.#hold(call.callee.kind === 'function' ? 'none' : this.visit(call.callee));
    for (let index = call.args.length - 1; index >= 0; index -= 1) {
      const argument = call.args[index];
      if (argument !== undefined) this.#hold(this.visit(argument));
    }
    this.#pendingIntegers = integers;
    this.#pendingDoubles = doubles;
    if (isInlinedCall(call)) return kindOf(call);
    this.#hasCalled = true;
    this.integers = Math.max(this.integers, this.#pendingIntegers);
    this.doubles = Math.max(this.doubles, this.#pendingDoubles);
    return kindOf(call);
  }
}

/** Registers that hold a compound literal of a record whose members are all assigned one by one. */
function registersOfLiteral(literal: Extract<TypedExpression, { kind: 'compound-literal' }>): number {
  if (literal.object.isAddressTaken || resolve(literal.type.type).kind !== 'record') return 0;
  const size = sizeOf(literal.type.type) ?? 0;
  const assigned = literal.initializer.entries.reduce(
    (sum, entry) => sum + (sizeOf(entry.type.type) ?? 0),
    0,
  );
  if ((size !== 8 && size !== 16) || assigned !== size || literal.initializer.entries.length < 2) return 0;
  return size / 8;
}

function kindOf(expression: TypedExpression): Kind {
  const resolved = resolve(expression.type.type);
  if (resolved.kind === 'float') return 'double';
  return isScalar(resolved) ? 'integer' : 'none';
}

function isConstant(expression: TypedExpression): boolean {
  return (
    expression.kind === 'integer' ||
    expression.kind === 'floating' ||
    (expression.kind === 'convert' && expression.conversion !== 'load' && isConstant(expression.operand))
  );
}

type Arithmetic = Extract<TypedExpression, { kind: 'arithmetic' }>;

/** Whether an integer operation is cut down to fewer bytes, which is the same as the operation on cut operands. */
function isNarrowed(to: TypedExpression, from: TypedExpression): from is Arithmetic {
  if (from.kind !== 'arithmetic' || !['+', '-', '*', '&', '|', '^'].includes(from.operator)) return false;
  const [wide, narrow] = [integerOf(from.type.type), integerOf(to.type.type)];
  if (wide === undefined || narrow === undefined || narrow.name === '_Bool') return false;
  return narrow.size < wide.size && wide.size <= 4;
}

function isZero(expression: TypedExpression): boolean {
  return expression.kind === 'integer' && expression.value === 0n;
}

/** Conversions between pointers, and between integers of one size, compute nothing. */
function isUselessConversion(from: TypedExpression, to: TypedExpression): boolean {
  return integerOf(from.type.type) === undefined && integerOf(to.type.type) === undefined;
}
