/**
 * The expressions of #if and #elif (C17 6.10.1), in intmax_t and uintmax_t.
 *
 * Operator precedence with an explicit stack, so that depth of parentheses costs no recursion. Operands that are not
 * evaluated (`0 && 1 / 0`) report nothing.
 *
 * Source: C17 6.10.1 and 6.6; libcpp of gcc 12 for negative shift counts and multi-character constants.
 */
import { RawKind } from './lexer.ts';
import type { PpToken } from './pp-token.ts';

/** A 64-bit value; `value` is in the range of its type. */
export interface IntmaxValue {
  readonly value: bigint;
  readonly isUnsigned: boolean;
}

export type ConditionProblem =
  | 'if-no-expression'
  | 'if-operator-without-operand'
  | 'if-missing-operator'
  | 'if-unbalanced-parenthesis'
  | 'if-colon-without-question'
  | 'if-question-without-colon'
  | 'if-division-by-zero'
  | 'if-overflow'
  | 'if-bad-token'
  | 'if-floating'
  | 'if-bad-integer'
  | 'if-integer-too-large'
  | 'later-separator'
  | 'if-assignment'
  | 'character-empty'
  | 'character-multiple'
  | 'escape-unknown';

/** How the evaluation reads tokens and says what is wrong. */
export interface ConditionInput {
  /** The next token with macros expanded; `end` at the end of the line. */
  next(): PpToken;
  /** Reads the operand of `defined`, whose token is given; undefined when it was malformed (and reported). */
  defined(operator: PpToken): boolean | undefined;
  /** Reads `name` or `name(answer)` behind a `#` and tells whether it is asserted; undefined when it was malformed. */
  asserted(): boolean | undefined;
  report(problem: ConditionProblem, at: PpToken, args?: Readonly<Record<string, string | number>>): void;
}

const signed = (value: bigint): IntmaxValue => ({ value: BigInt.asIntN(64, value), isUnsigned: false });
const unsigned = (value: bigint): IntmaxValue => ({ value: BigInt.asUintN(64, value), isUnsigned: true });
const truth = (value: boolean): IntmaxValue => ({ value: value ? 1n : 0n, isUnsigned: false });
const zero = truth(false);

const precedences: Readonly<Record<string, number>> = {
  ',': 1,
  '?': 3,
  ':': 4,
  '||': 5,
  '&&': 6,
  '|': 7,
  '^': 8,
  '&': 9,
  '==': 10,
  '!=': 10,
  '<': 11,
  '>': 11,
  '<=': 11,
  '>=': 11,
  '<<': 12,
  '>>': 12,
  '+': 13,
  '-': 13,
  '*': 14,
  '/': 14,
  '%': 14,
};

const UNARY = 15;

interface Operator {
  /** `u+`, `u-`, `u~`, `u!` for the unary ones, `(` for an open parenthesis. */
  readonly name: string;
  readonly precedence: number;
  readonly token: PpToken;
  /** The operand to the left; of `?:` the condition, once `:` has been read the second operand is in `then`. */
  readonly left: IntmaxValue;
  readonly condition?: IntmaxValue;
  /** Evaluation was switched off here, to be switched on again when the operator is applied. */
  readonly skips: boolean;
}

/**
 * Evaluates the expression up to the end of the line.
 *
 * @returns its value; undefined when it is malformed, which has been reported
 */
export function evaluateCondition(input: ConditionInput, directive: PpToken): IntmaxValue | undefined {
  return new Evaluation(input, directive).run();
}

class Evaluation {
  readonly #input: ConditionInput;
  readonly #directive: PpToken;
  readonly #operators: Operator[] = [];
  #skip = 0;
  #failed = false;

  constructor(input: ConditionInput, directive: PpToken) {
    this.#input = input;
    this.#directive = directive;
  }

  run(): IntmaxValue | undefined {
    let value: IntmaxValue | undefined;
    let isFirst = true;
    for (;;) {
      const token = this.#input.next();
      if (token.kind === RawKind.end) {
        if (isFirst) {
          this.#fail('if-no-expression', this.#directive, { directive: this.#directive.text });
          return undefined;
        }
        if (value === undefined) return this.#noOperand(token);
        value = this.#reduce(value, 0);
        if (value === undefined) return undefined;
        const open = this.#operators.at(-1);
        if (open !== undefined) {
          this.#fail('if-unbalanced-parenthesis', open.token, { token: '(' });
          return undefined;
        }
        return value;
      }
      isFirst = false;
      if (value === undefined) {
        const operand = this.#operand(token);
        if (operand === 'operator') continue;
        if (operand === undefined) return undefined;
        value = operand;
        continue;
      }
      const next = this.#operator(token, value);
      if (this.#failed) return undefined;
      // Only a closing parenthesis leaves a value; after any other operator an operand is due.
      value = next;
    }
  }

  #fail(problem: ConditionProblem, at: PpToken, args?: Readonly<Record<string, string | number>>): void {
    this.#failed = true;
    this.#input.report(problem, at, args);
  }

  #noOperand(at: PpToken): IntmaxValue | undefined {
    const last = this.#operators.at(-1);
    if (last === undefined) {
      this.#fail('if-no-expression', at, { directive: this.#directive.text });
      return undefined;
    }
    if (last.name === '(') {
      this.#fail('if-unbalanced-parenthesis', last.token, { token: '(' });
      return undefined;
    }
    this.#fail('if-operator-without-operand', last.token, { operator: last.token.text });
    return undefined;
  }

  /** A primary or a prefix operator. */
  #operand(token: PpToken): IntmaxValue | 'operator' | undefined {
    if (token.kind === RawKind.punctuator) {
      const text = token.text;
      if (text === '#') {
        const isAsserted = this.#input.asserted();
        if (isAsserted === undefined) this.#fail('if-bad-token', token, { token: text });
        return isAsserted === undefined ? undefined : truth(isAsserted);
      }
      if (text === '(' || text === '+' || text === '-' || text === '~' || text === '!') {
        const name = text === '(' ? '(' : `u${text}`;
        this.#operators.push({ name, precedence: text === '(' ? 0 : UNARY, token, left: zero, skips: false });
        return 'operator';
      }
      if (text === ')') {
        const open = this.#operators.at(-1);
        if (open?.name === '(') {
          this.#fail('if-no-expression', token, { directive: '( )' });
          return undefined;
        }
        return this.#noOperand(token);
      }
      if (precedences[text] !== undefined) {
        this.#fail('if-operator-without-operand', token, { operator: text });
        return undefined;
      }
      this.#fail('if-bad-token', token, { token: text });
      return undefined;
    }
    if (token.kind === RawKind.number) return this.#number(token);
    if (token.kind === RawKind.character) return this.#character(token);
    if (token.isName) {
      if (token.text === 'defined') {
        const isDefined = this.#input.defined(token);
        if (isDefined === undefined) {
          this.#failed = true;
          return undefined;
        }
        return truth(isDefined);
      }
      // Names that are no macros are 0 (C17 6.10.1 paragraph 4).
      return zero;
    }
    this.#fail('if-bad-token', token, { token: token.text });
    return undefined;
  }

  /** An infix operator or `)`; returns the value after a parenthesis. */
  #operator(token: PpToken, value: IntmaxValue): IntmaxValue | undefined {
    const text = token.text;
    if (token.kind === RawKind.punctuator) {
      if (text === ')') {
        const inner = this.#reduce(value, 0);
        if (inner === undefined) return undefined;
        const open = this.#operators.pop();
        if (open === undefined) {
          this.#fail('if-unbalanced-parenthesis', token, { token: ')' });
          return undefined;
        }
        return inner;
      }
      if (text === '=') {
        this.#fail('if-assignment', token);
        return undefined;
      }
      const precedence = precedences[text];
      if (precedence !== undefined) {
        // The middle operand is a whole expression, so `:` reduces down to its `?`; `?` leaves a `:` before it alone,
        // because the conditional operator groups from the right.
        const down = text === ':' ? 1 : text === '?' ? 5 : precedence;
        const left = this.#reduce(value, down);
        if (left === undefined) return undefined;
        return this.#pushOperator(token, precedence, left);
      }
    }
    const isOperand = token.isName || token.kind === RawKind.number || token.kind === RawKind.character;
    if (isOperand || text === '(' || text === '!' || text === '~') {
      this.#fail('if-missing-operator', token, { token: text });
      return undefined;
    }
    this.#fail('if-bad-token', token, { token: text });
    return undefined;
  }

  #pushOperator(token: PpToken, precedence: number, left: IntmaxValue): IntmaxValue | undefined {
    const name = token.text;
    const isTrue = left.value !== 0n;
    let skips = false;
    let condition: IntmaxValue | undefined;
    if (name === '&&') skips = !isTrue;
    else if (name === '||') skips = isTrue;
    else if (name === '?') skips = !isTrue;
    else if (name === ':') {
      const question = this.#operators.pop();
      if (question?.name !== '?') {
        if (question !== undefined) this.#operators.push(question);
        this.#fail('if-colon-without-question', token);
        return undefined;
      }
      if (question.skips) this.#skip--;
      condition = question.left;
      skips = condition.value !== 0n;
    }
    if (skips) this.#skip++;
    this.#operators.push({
      name,
      precedence,
      token,
      left,
      skips,
      ...(condition === undefined ? {} : { condition }),
    });
    return undefined;
  }

  /**
   * Applies the operators on the stack that bind at least as strongly as `precedence`, down to a parenthesis or a `?`;
   * with precedence 0 the expression ends, and a `?` without its `:` is an error.
   */
  #reduce(right: IntmaxValue, precedence: number): IntmaxValue | undefined {
    let value = right;
    for (;;) {
      const operator = this.#operators.at(-1);
      if (operator === undefined || operator.name === '(' || operator.precedence < precedence) return value;
      if (operator.name === '?') {
        if (precedence > 0) return value;
        this.#fail('if-question-without-colon', operator.token);
        return undefined;
      }
      this.#operators.pop();
      if (operator.skips) this.#skip--;
      const applied = this.#apply(operator, value);
      if (applied === undefined) return undefined;
      value = applied;
    }
  }

  #apply(operator: Operator, right: IntmaxValue): IntmaxValue | undefined {
    const { left, name } = operator;
    const a = left.value;
    const b = right.value;
    const isUnsigned = left.isUnsigned || right.isUnsigned;
    switch (name) {
      case 'u+':
        return right;
      case 'u-':
        return this.#fit(operator, -b, right.isUnsigned);
      case 'u~':
        return right.isUnsigned ? unsigned(~b) : signed(~b);
      case 'u!':
        return truth(b === 0n);
      case ',':
        return right;
      case ':': {
        const chosen = operator.condition?.value === 0n ? right : left;
        return isUnsigned ? unsigned(chosen.value) : chosen;
      }
      case '||':
        return truth(a !== 0n || b !== 0n);
      case '&&':
        return truth(a !== 0n && b !== 0n);
      case '<<':
        return this.#shift(operator, left, right.isUnsigned ? b : signed(b).value);
      case '>>':
        return this.#shift(operator, left, right.isUnsigned ? -b : -signed(b).value);
    }
    const x = isUnsigned ? BigInt.asUintN(64, a) : a;
    const y = isUnsigned ? BigInt.asUintN(64, b) : b;
    switch (name) {
      case '|':
        return this.#fit(operator, x | y, isUnsigned);
      case '^':
        return this.#fit(operator, x ^ y, isUnsigned);
      case '&':
        return this.#fit(operator, x & y, isUnsigned);
      case '==':
        return truth(x === y);
      case '!=':
        return truth(x !== y);
      case '<':
        return truth(x < y);
      case '>':
        return truth(x > y);
      case '<=':
        return truth(x <= y);
      case '>=':
        return truth(x >= y);
      case '+':
        return this.#fit(operator, x + y, isUnsigned);
      case '-':
        return this.#fit(operator, x - y, isUnsigned);
      case '*':
        return this.#fit(operator, x * y, isUnsigned);
      case '/':
      case '%':
        if (y === 0n) {
          if (this.#skip === 0) {
            this.#fail('if-division-by-zero', operator.token);
            return undefined;
          }
          return isUnsigned ? unsigned(0n) : zero;
        }
        return this.#fit(operator, name === '/' ? x / y : x % y, isUnsigned);
    }
    this.#fail('if-bad-token', operator.token, { token: operator.token.text });
    return undefined;
  }

  #fit(operator: Operator, value: bigint, isUnsigned: boolean): IntmaxValue {
    if (isUnsigned) return unsigned(value);
    const fitted = signed(value);
    if (fitted.value !== value && this.#skip === 0) this.#input.report('if-overflow', operator.token);
    return fitted;
  }

  /** Shifts left by `count`, or right when it is negative. */
  #shift(operator: Operator, left: IntmaxValue, count: bigint): IntmaxValue {
    if (count <= 0n) {
      const places = -count >= 64n ? 64n : -count;
      return left.isUnsigned ? unsigned(left.value >> places) : signed(left.value >> places);
    }
    if (count >= 64n) {
      if (left.value !== 0n && !left.isUnsigned && this.#skip === 0) {
        this.#input.report('if-overflow', operator.token);
      }
      return left.isUnsigned ? unsigned(0n) : zero;
    }
    return this.#fit(operator, left.value << count, left.isUnsigned);
  }

  #number(token: PpToken): IntmaxValue | undefined {
    // Digit separators of C23 stand between digits.
    const isSeparated = /^(?:0[xb])?[0-9a-f]+(?:'[0-9a-f]+)+[ul]*$/i.test(token.text);
    if (isSeparated) this.#input.report('later-separator', token);
    const spelling = (isSeparated ? token.text.replaceAll("'", '') : token.text).toLowerCase();
    const match = /^(0x[0-9a-f]+|0b[01]+|[0-9]+)(u?l{0,2}|l{1,2}u)(i|j)?$/.exec(spelling);
    const digits = match?.[1];
    if (digits === undefined) {
      const isFloating = /^(?:0x)?[0-9a-f.]*\.|^[0-9]+e|^0x[0-9a-f.]+p/.test(spelling);
      this.#fail(isFloating ? 'if-floating' : 'if-bad-integer', token, { token: token.text });
      return undefined;
    }
    const isOctal = /^0[0-9]/.test(digits);
    if (isOctal && /[89]/.test(digits)) {
      this.#fail('if-bad-integer', token, { token: token.text });
      return undefined;
    }
    if (match?.[3] !== undefined) {
      this.#fail('if-bad-integer', token, { token: token.text });
      return undefined;
    }
    // A very long constant has no value anyway; its digits are not worth a huge bigint.
    const value = digits.length > 100 ? 1n << 64n : BigInt(isOctal ? `0o${digits}` : digits);
    const isUnsigned = (match?.[2] ?? '').includes('u');
    if (value >= 1n << 64n) {
      this.#input.report('if-integer-too-large', token, { token: token.text });
      return unsigned(value);
    }
    if (value >= 1n << 63n && !isUnsigned) {
      // A decimal constant that only fits the unsigned type gets a warning in gcc, others become unsigned silently.
      if (/^[1-9]/.test(digits)) this.#input.report('if-integer-too-large', token, { token: token.text });
      return unsigned(value);
    }
    return isUnsigned ? unsigned(value) : signed(value);
  }

  // character-constant  (C17 6.4.4.4): the value as the compiler would give it, char being signed and 8 bits wide.
  #character(token: PpToken): IntmaxValue | undefined {
    const quote = token.text.indexOf("'");
    const prefix = token.text.slice(0, quote);
    const units = this.#units(token, token.text.slice(quote + 1, -1), prefix);
    if (units.length === 0) {
      this.#fail('character-empty', token);
      return undefined;
    }
    const last = units[units.length - 1] ?? 0;
    if (prefix === '') {
      if (units.length === 1) return signed(BigInt.asIntN(8, BigInt(last)));
      this.#input.report('character-multiple', token);
      let value = 0n;
      for (const unit of units) value = (value << 8n) | BigInt(unit & 0xff);
      return signed(BigInt.asIntN(32, value));
    }
    if (units.length > 1) this.#input.report('character-multiple', token);
    // wchar_t is a signed 32-bit type; char16_t and char32_t are unsigned.
    if (prefix === 'L') return signed(BigInt.asIntN(32, BigInt(last)));
    return unsigned(BigInt.asUintN(prefix === 'u' ? 16 : 32, BigInt(last)));
  }

  #units(token: PpToken, text: string, prefix: string): number[] {
    const units: number[] = [];
    const simple: Readonly<Record<string, number>> = {
      n: 10,
      t: 9,
      r: 13,
      a: 7,
      b: 8,
      f: 12,
      v: 11,
      e: 27,
      E: 27,
      '\\': 92,
      "'": 39,
      '"': 34,
      '?': 63,
    };
    const put = (codePoint: number): void => {
      if (prefix !== '' || codePoint < 128) units.push(codePoint);
      else if (codePoint < 0x800) units.push(0xc0 | (codePoint >> 6), 0x80 | (codePoint & 63));
      else if (codePoint < 0x10000) {
        units.push(0xe0 | (codePoint >> 12), 0x80 | ((codePoint >> 6) & 63), 0x80 | (codePoint & 63));
      } else {
        units.push(0xf0 | (codePoint >> 18), 0x80 | ((codePoint >> 12) & 63));
        units.push(0x80 | ((codePoint >> 6) & 63), 0x80 | (codePoint & 63));
      }
    };
    // Constants are short; one of a megabyte is cut where its value no longer depends on what follows.
    const limit = Math.min(text.length, 4096);
    for (let at = 0; at < limit;) {
      const codePoint = text.codePointAt(at) ?? 0;
      if (codePoint !== 92) {
        put(codePoint);
        at += codePoint > 0xffff ? 2 : 1;
        continue;
      }
      const rest = text.slice(at + 1, at + 12);
      const octal = /^[0-7]{1,3}/.exec(rest)?.[0];
      const hexadecimal = /^x([0-9a-fA-F]+)/.exec(rest)?.[1];
      const named = /^(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
      if (octal !== undefined) {
        units.push(Number.parseInt(octal, 8));
        at += 1 + octal.length;
      } else if (hexadecimal !== undefined) {
        const value = Number.parseInt(hexadecimal, 16);
        units.push(prefix === '' ? value % 256 : value % 2 ** 32);
        at += 2 + hexadecimal.length;
      } else if (named !== null) {
        put(Number.parseInt(named[1] ?? named[2] ?? '0', 16));
        at += 1 + named[0].length;
      } else {
        const letter = rest.charAt(0);
        const value = simple[letter];
        if (value === undefined) this.#input.report('escape-unknown', token, { letter });
        put(value ?? rest.codePointAt(0) ?? 92);
        at += 2;
      }
    }
    return units;
  }
}
