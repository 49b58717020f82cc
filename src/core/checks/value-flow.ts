/**
 * Where bits that are not initialised go from the place that they were loaded from, or the call that returned them: up through
 * the expressions around, to what decides something by them, or to where they are stored.
 *
 * A value decides where it is a condition, an address, a function that is called, or an argument of a function of libc; comparing,
 * computing, storing, passing and returning it is not yet a mistake.
 *
 * Source: valgrind's manual, 4.2.2 (uses of uninitialised values).
 */
import { integerOf, isIntegral, resolve, sizeOf } from '../sema/type-relations.ts';
import type { ArithmeticOperator, SwitchCase, TypedExpression } from '../sema/typed-tree.ts';
import type { QualType } from '../sema/type.ts';
import { allOf, combined, computed, converted, isSurelyTrue, ofSum, ones, upFrom } from './undefined-bits.ts';
import type { OtherOperand, UnknownBits } from './undefined-bits.ts';
import { bitsOf } from './value-roots.ts';
import type { RootUse, Site } from './value-roots.ts';

/** What happens to unknown bits. */
export type Outcome =
  | { readonly kind: 'decides' }
  | { readonly kind: 'returned'; readonly bits: UnknownBits }
  /** An argument of a function of the program, or of a pointer to one. */
  | {
      readonly kind: 'passed';
      readonly call: Extract<TypedExpression, { kind: 'call' }>;
      readonly index: number;
      readonly mask: bigint;
    }
  /** Stored to the place of an assignment, or as an initial value. */
  | { readonly kind: 'stored'; readonly to: StoreTarget; readonly mask: bigint };

/** What is stored to. */
export type StoreTarget =
  { readonly kind: 'place'; readonly place: TypedExpression } | Extract<RootUse, { kind: 'initial' }>;

/** What is known besides the tree. */
export interface FlowFacts {
  /** Value of an expression without side effects, where it can be told. */
  valueOf(expression: TypedExpression): bigint | undefined;
  /** Whether a function is the program's own. */
  isOwn(name: string): boolean;
}

/** Functions of libc whose result is made of an argument without a decision. */
const computing: ReadonlySet<string> = new Set(['abs', 'labs', 'llabs', 'fabs', 'fabsf']);

/**
 * Follows the bits of a value.
 *
 * @param bits - of the node's value; of an increment or a compound assignment those of what it loads
 */
export function outcomesOf(site: Site, bits: UnknownBits, facts: FlowFacts): readonly Outcome[] {
  return new Flow(facts).ofSite(site, bits);
}

class Flow {
  readonly #facts: FlowFacts;
  readonly #outcomes: Outcome[] = [];

  constructor(facts: FlowFacts) {
    this.#facts = facts;
  }

  ofSite({ node, around, use }: Site, bits: UnknownBits): readonly Outcome[] {
    let value = bits;
    if (node.kind === 'increment') {
      const width = bitsOf(node.target);
      const sum = bits.value === undefined ? undefined : bits.value + BigInt(node.delta);
      const after = cutTo(width, { mask: upFrom(bits.mask, width), value: sum });
      this.#store({ kind: 'place', place: node.target }, after);
      value = node.isPrefix ? after : bits;
    } else if (node.kind === 'compound-assign') {
      if (cancels(node.operator) && isSameValue(node.target, node.value)) return [];
      value = this.#afterCompound(node, bits, true);
      this.#store({ kind: 'place', place: node.target }, value);
    }
    this.#up(node, value, around, use);
    return this.#outcomes;
  }

  #store(to: StoreTarget, { mask }: UnknownBits): void {
    if (mask !== 0n) this.#outcomes.push({ kind: 'stored', to, mask });
  }

  #decides(): void {
    this.#outcomes.push({ kind: 'decides' });
  }

  /** An address is used, or an argument: nothing goes on from there. */
  #stop(): UnknownBits | undefined {
    this.#decides();
    return undefined;
  }

  /** A value is compared with zero. */
  #decidesUnlessTrue(bits: UnknownBits): void {
    if (!isSurelyTrue(bits)) this.#decides();
  }

  /**
   * Unknown bits of what a compound assignment stores.
   *
   * @param isTarget - the unknown bits are the target's, not the value's
   */
  #afterCompound(
    node: Extract<TypedExpression, { kind: 'compound-assign' }>,
    bits: UnknownBits,
    isTarget: boolean,
  ): UnknownBits {
    const { computation } = node;
    const from = isTarget ? node.target : node.value;
    const other = isTarget ? node.value : node.target;
    const result = this.#combine(
      { operator: node.operator, type: computation },
      isShift(node.operator) && !isTarget ? bits : convertTo(computation, from.type, bits),
      { value: this.#facts.valueOf(other), isLeft: !isTarget },
    );
    return convertTo(node.target.type, computation, result);
  }

  #combine(
    { operator, type }: { readonly operator: ArithmeticOperator; readonly type: QualType },
    { mask, value }: UnknownBits,
    other: OtherOperand,
  ): UnknownBits {
    const bits = widthOf(type);
    const isSigned = isSignedType(type);
    const facts = { bits, isSigned, isFloating: isFloatingType(type) };
    const result =
      !facts.isFloating && (operator === '+' || operator === '-')
        ? ofSum(operator, { mask, value }, other, bits)
        : combined(operator, mask, other, facts);
    if (value === undefined || other.value === undefined) return { mask: result, value: undefined };
    const own = isSigned ? BigInt.asIntN(bits, value) : value;
    const [left, right] = other.isLeft ? [other.value, own] : [own, other.value];
    const sum = computed(operator, left, right);
    return cutTo(bits, { mask: result, value: facts.isFloating ? undefined : sum });
  }

  /** The value of a node has unknown bits: what do the expressions around make of it? */
  #up(start: TypedExpression, first: UnknownBits, around: readonly TypedExpression[], use: RootUse): void {
    let child = start;
    let bits = first;
    for (const parent of around) {
      if (bits.mask === 0n) return;
      const next = this.#through(parent, child, bits);
      if (next === undefined) return;
      bits = next;
      child = parent;
    }
    if (bits.mask === 0n) return;
    switch (use.kind) {
      case 'decision':
        if (!isSurelyUnequal(start, around)) this.#decidesUnlessTrue(bits);
        return;
      case 'value':
        if (!isNoneOf(use.cases, bits, bitsOf(start))) this.#decides();
        return;
      case 'return':
        this.#outcomes.push({ kind: 'returned', bits });
        return;
      case 'initial':
        this.#store(use, bits);
        return;
      case 'nothing':
        return;
    }
  }

  /** Unknown bits of a node's value, by those of one of its operands; undefined where they end. */
  #through(node: TypedExpression, child: TypedExpression, bits: UnknownBits): UnknownBits | undefined {
    const width = bitsOf(node);
    switch (node.kind) {
      case 'convert':
        return this.#convert(node, bits);
      case 'negate':
        return isFloatingType(node.type)
          ? { mask: allOf(bits.mask, width), value: undefined }
          : cutTo(width, {
              mask: upFrom(bits.mask, width),
              value: bits.value === undefined ? undefined : -bits.value,
            });
      case 'complement':
        return cutTo(width, {
          mask: bits.mask,
          value: bits.value === undefined ? undefined : ~bits.value,
        });
      case 'not':
        return isSurelyTrue(bits) ? undefined : truth;
      case 'compare':
        return this.#compare(node, child, bits);
      case 'arithmetic': {
        const isLeft = node.left === child;
        const operand = isLeft ? node.right : node.left;
        const other = { value: this.#facts.valueOf(operand), isLeft: !isLeft };
        if (operand.kind === 'integer' && isTruthValue(child)) return this.#chosen(node, other);
        if (cancels(node.operator) && isSameValue(node.left, node.right)) return undefined;
        return this.#combine(node, bits, other);
      }
      case 'pointer-add':
      case 'pointer-difference':
        return {
          mask: upFrom(converted(bits.mask, bitsOf(child), width, isSignedType(child.type)), width),
          value: undefined,
        };
      case 'logical':
        this.#decidesUnlessTrue(bits);
        return undefined;
      case 'conditional':
        if (node.condition !== child) return bits;
        // gcc makes `c ? 1 : 0` a comparison.
        if (isTruth(node)) return isSurelyTrue(bits) ? undefined : truth;
        this.#decidesUnlessTrue(bits);
        return undefined;
      case 'comma':
        return node.right === child ? bits : undefined;
      case 'assign':
        if (node.value !== child) return this.#stop();
        this.#store({ kind: 'place', place: node.target }, bits);
        return bits;
      case 'compound-assign': {
        if (node.value !== child) return this.#stop();
        if (cancels(node.operator) && isSameValue(node.target, node.value)) return undefined;
        const result = this.#afterCompound(node, bits, false);
        this.#store({ kind: 'place', place: node.target }, result);
        return result;
      }
      case 'increment':
        return this.#stop();
      case 'call':
        return this.#call(node, child, bits);
      case 'builtin':
        return { mask: allOf(bits.mask, width), value: undefined };
      // Places: what is unknown is their address.
      case 'deref':
      case 'member':
      case 'address-of':
      case 'real-part':
      case 'imaginary-part':
      case 'statement-expression':
        return bits;
      default:
        return undefined;
    }
  }

  /**
   * An operation of a comparison and a constant: gcc chooses between two constants by a jump.
   *
   * @source fold-const.cc: fold_binary_op_with_conditional_arg
   */
  #chosen(
    node: Extract<TypedExpression, { kind: 'arithmetic' }>,
    other: OtherOperand,
  ): UnknownBits | undefined {
    const [zero, one] = [0n, 1n].map((value) => this.#combine(node, { mask: 0n, value }, other).value);
    if ((zero === 0n && one === 1n) || (zero === 1n && one === 0n)) return truth;
    if (zero !== one) this.#decides();
    return undefined;
  }

  /** Equality is known where bits differ that are known. */
  #compare(
    node: Extract<TypedExpression, { kind: 'compare' }>,
    child: TypedExpression,
    { mask, value }: UnknownBits,
  ): UnknownBits | undefined {
    const other = this.#facts.valueOf(node.left === child ? node.right : node.left);
    if (value === undefined || other === undefined || isFloatingType(child.type)) return truth;
    if (isBeyondField(child, other)) return undefined;
    const isEquality = node.operator === '==' || node.operator === '!=';
    if (!isEquality) return truth;
    const difference = value ^ BigInt.asUintN(bitsOf(child), other);
    return (difference & ~mask) === 0n ? truth : undefined;
  }

  #convert(node: Extract<TypedExpression, { kind: 'convert' }>, bits: UnknownBits): UnknownBits | undefined {
    switch (node.conversion) {
      case 'load':
        return this.#stop();
      case 'to-void':
        return undefined;
      case 'decay':
      case 'function-pointer':
      case 'none':
        return bits;
      case 'pointer':
      case 'arithmetic': {
        const to = resolve(node.type.type);
        if (to.kind === 'integer' && to.name === '_Bool') return isSurelyTrue(bits) ? undefined : truth;
        return convertTo(node.type, node.operand.type, bits);
      }
    }
  }

  #call(
    node: Extract<TypedExpression, { kind: 'call' }>,
    child: TypedExpression,
    bits: UnknownBits,
  ): UnknownBits | undefined {
    const { callee } = node;
    const index = node.args.indexOf(child);
    if (index < 0) return this.#stop();
    const name = callee.kind === 'function' ? callee.function.name : undefined;
    if (name !== undefined && computing.has(name))
      return { mask: allOf(bits.mask, bitsOf(node)), value: undefined };
    if (name !== undefined && !this.#facts.isOwn(name)) return this.#stop();
    this.#outcomes.push({ kind: 'passed', call: node, index, mask: bits.mask & ones(64) });
    return undefined;
  }
}

/** Operations that gcc folds to zero where both operands are the same. */
const cancels = (operator: ArithmeticOperator): boolean => operator === '-' || operator === '^';

/** Whether two expressions have one value, because they name the same place. */
function isSameValue(some: TypedExpression, other: TypedExpression): boolean {
  const [left, right] = [withoutConversions(some), withoutConversions(other)];
  switch (left.kind) {
    case 'integer':
      return right.kind === 'integer' && left.value === right.value;
    case 'object':
      return right.kind === 'object' && left.object === right.object;
    case 'member':
      return right.kind === 'member' && left.member === right.member && isSameValue(left.base, right.base);
    case 'deref':
      return right.kind === 'deref' && isSameValue(left.operand, right.operand);
    case 'pointer-add':
      return (
        right.kind === 'pointer-add' &&
        left.subtract === right.subtract &&
        isSameValue(left.pointer, right.pointer) &&
        isSameValue(left.index, right.index)
      );
    default:
      return false;
  }
}

/** What is converted without a change of its value: loads, decays, promotions. */
function withoutConversions(node: TypedExpression): TypedExpression {
  let inner = node;
  while (inner.kind === 'convert' && bitsOf(inner) >= bitsOf(inner.operand)) inner = inner.operand;
  return inner;
}

/** Whether a number is none that a bit-field holds: gcc knows the outcome of a comparison then. */
function isBeyondField(node: TypedExpression, other: bigint): boolean {
  let inner = node;
  while (inner.kind === 'convert' && inner.conversion === 'arithmetic') inner = inner.operand;
  if (inner.kind !== 'convert' || inner.conversion !== 'load' || inner.operand.kind !== 'member')
    return false;
  const { bitWidth } = inner.operand.member;
  if (bitWidth === undefined) return false;
  const cut = isSignedType(inner.operand.type)
    ? BigInt.asIntN(bitWidth, other)
    : BigInt.asUintN(bitWidth, other);
  return cut !== other;
}

/** Whether a condition is a bit-field and a constant that is not its negative: gcc knows that the sum is not zero. */
function isSurelyUnequal(start: TypedExpression, around: readonly TypedExpression[]): boolean {
  const [sum] = around.filter(({ kind }) => kind !== 'convert');
  if (sum === undefined || sum !== around.at(-1) || sum.kind !== 'arithmetic') return false;
  if ((sum.operator !== '+' && sum.operator !== '-') || sum.right.kind !== 'integer') return false;
  const { value } = sum.right;
  return isBeyondField(start, sum.operator === '+' ? -value : value);
}

/** Whether a value is that of a comparison. */
function isTruthValue(node: TypedExpression): boolean {
  let inner = node;
  while (inner.kind === 'convert' && inner.conversion === 'arithmetic' && isIntegral(inner.type.type))
    inner = inner.operand;
  return inner.kind === 'compare' || inner.kind === 'not';
}

/** Cases that gcc compares with one after the other; of more it makes a tree or a table. */
const fewCases = 3;

/** Whether a value is surely none of the values of a switch: equality with each is known. */
function isNoneOf(cases: readonly SwitchCase[], { mask, value }: UnknownBits, width: number): boolean {
  return (
    value !== undefined &&
    cases.length > 0 &&
    cases.length <= fewCases &&
    cases.every(
      ({ first, last }) => first === last && ((value ^ BigInt.asUintN(width, first)) & ~mask) !== 0n,
    )
  );
}

/** 1 or 0, nobody knows which. */
const truth: UnknownBits = { mask: 1n, value: undefined };

const widthOf = ({ type }: QualType): number => 8 * (sizeOf(type) ?? 0);

const isSignedType = ({ type }: QualType): boolean => integerOf(type)?.isSigned === true;

const isFloatingType = ({ type }: QualType): boolean => resolve(type).kind !== 'pointer' && !isIntegral(type);

const isShift = (operator: ArithmeticOperator): boolean => operator === '<<' || operator === '>>';

const cutTo = (bits: number, { mask, value }: UnknownBits): UnknownBits => ({
  mask: mask & ones(bits),
  value: value === undefined ? undefined : BigInt.asUintN(bits, value),
});

/** A value converted between arithmetic types. */
function convertTo(to: QualType, from: QualType, { mask, value }: UnknownBits): UnknownBits {
  const [bits, old] = [widthOf(to), widthOf(from)];
  if (isFloatingType(to) || isFloatingType(from)) return { mask: allOf(mask, bits), value: undefined };
  const isSigned = isSignedType(from);
  const whole = value === undefined || !isSigned ? value : BigInt.asIntN(old, value);
  return cutTo(bits, { mask: converted(mask, old, bits, isSigned), value: whole });
}

/** Whether a conditional expression is 1 or 0 by its condition. */
function isTruth({ then, otherwise }: Extract<TypedExpression, { kind: 'conditional' }>): boolean {
  const values = [then, otherwise].map((node) => (node?.kind === 'integer' ? node.value : undefined));
  return (values[0] === 1n && values[1] === 0n) || (values[0] === 0n && values[1] === 1n);
}
