/**
 * What gcc's C front end computes or rewrites before any code exists, as far as it decides which values are read, in
 * which order, and which are values of their own.
 *
 * Source: gcc/fold-const.cc, gcc/match.pd, gcc/convert.cc (convert_to_integer_1, do_narrow), gcc/c-family/c-common.cc
 * (shorten_binary_op, shorten_compare): behaviour.
 * Simplified: identities between equal subexpressions are seen for variables, members and constants.
 */
import { integerConstant, wrapToInteger } from './constant.ts';
import { integerOf, isScalar, qualsOf, resolve, sizeOf } from './type-relations.ts';
import type { ArithmeticOperator, ComparisonOperator, TypedExpression } from './typed-tree.ts';
import { VOLATILE } from './type.ts';
import type { CType, IntegerType, QualType } from './type.ts';
import { exchangesOperands } from './operand-order.ts';
import { hasSideEffects } from './expression-parts.ts';

type Arithmetic = Extract<TypedExpression, { kind: 'arithmetic' }>;
type Compare = Extract<TypedExpression, { kind: 'compare' }>;
type Convert = Extract<TypedExpression, { kind: 'convert' }>;

/** The truth of a constant condition; undefined when it is none. */
export function constantTruth(expression: TypedExpression): boolean | undefined {
  const value = constantInteger(expression);
  if (value !== undefined) return value !== 0n;
  if (expression.kind === 'compare')
    return (
      truthByRange(expression.operator, expression.left, expression.right) ??
      truthByIdentity(expression.operator, expression.left, expression.right)
    );
  if (expression.kind === 'not') {
    const truth = constantTruth(expression.operand);
    return truth === undefined ? undefined : !truth;
  }
  if (expression.kind !== 'logical') return undefined;
  // `0 && x` and `1 || x` are constant whatever x is.
  const left = constantTruth(expression.left);
  const decides = expression.operator === '||';
  if (left === decides) return decides;
  const right = constantTruth(expression.right);
  return left === undefined ? undefined : right;
}

/** Values that were found already: every level of an expression asks for those below. */
const known = new WeakMap<TypedExpression, { readonly value: bigint | undefined }>();

/** The value of an integer that the compiler knows, of a constant or by an identity like `x & 0`. */
export function constantInteger(expression: TypedExpression): bigint | undefined {
  if (expression.kind === 'integer') return expression.value;
  const found = known.get(expression);
  if (found !== undefined) return found.value;
  const value = findInteger(expression);
  known.set(expression, { value });
  return value;
}

function findInteger(expression: TypedExpression): bigint | undefined {
  if (isConstantExpression(expression)) return integerConstant(expression, 8);
  if (integerOf(expression.type.type) === undefined) return undefined;
  if (expression.kind === 'convert' && expression.conversion === 'arithmetic') {
    const value = constantInteger(expression.operand);
    return value === undefined ? undefined : wrapToInteger(value, expression.type.type);
  }
  if (expression.kind !== 'arithmetic') return undefined;
  const folded = foldArithmetic(expression);
  if (folded?.kind === 'operand') return constantInteger(folded.operand);
  if (folded?.kind === 'constant') return folded.dropped.some(hasSideEffects) ? undefined : folded.value;
  const [left, right] = [constantInteger(expression.left), constantInteger(expression.right)];
  if (left === undefined || right === undefined) return undefined;
  const literal = (operand: TypedExpression, value: bigint): TypedExpression => ({
    kind: 'integer',
    value,
    type: operand.type,
    span: operand.span,
  });
  return integerConstant(
    { ...expression, left: literal(expression.left, left), right: literal(expression.right, right) },
    8,
  );
}

/** Whether the compiler knows the value of a number. The right operand is looked at first: chains lean to the left. */
export function isConstantExpression(expression: TypedExpression): boolean {
  switch (expression.kind) {
    case 'integer':
    case 'floating':
      return true;
    case 'negate':
    case 'complement':
    case 'not':
      return isConstantExpression(expression.operand);
    case 'convert':
      return (
        (expression.conversion === 'arithmetic' ||
          expression.conversion === 'pointer' ||
          expression.conversion === 'none') &&
        isConstantExpression(expression.operand)
      );
    case 'arithmetic':
    case 'compare':
    case 'logical':
      return isConstantExpression(expression.right) && isConstantExpression(expression.left);
    case 'conditional':
      return (
        expression.then !== undefined &&
        isConstantExpression(expression.condition) &&
        isConstantExpression(expression.then) &&
        isConstantExpression(expression.otherwise)
      );
    default:
      return false;
  }
}

/** `c > 300` of an unsigned char is false: the constant is outside of what the type can hold. */
function truthByRange(
  operator: ComparisonOperator,
  left: TypedExpression,
  right: TypedExpression,
): boolean | undefined {
  const constant = constantInteger(right);
  if (constant === undefined || hasSideEffects(left)) return undefined;
  const wide = integerOf(left.type.type);
  const type = isWidening(left) ? integerOf(left.operand.type.type) : wide;
  if (type === undefined || wide === undefined) return undefined;
  const [least, most] = rangeOf(type);
  if (type !== wide && !wide.isSigned && least < 0n) return undefined;
  switch (operator) {
    case '==':
      return constant < least || constant > most ? false : undefined;
    case '!=':
      return constant < least || constant > most ? true : undefined;
    case '<':
      return most < constant ? true : least >= constant ? false : undefined;
    case '<=':
      return most <= constant ? true : least > constant ? false : undefined;
    case '>':
      return least > constant ? true : most <= constant ? false : undefined;
    case '>=':
      return least >= constant ? true : most < constant ? false : undefined;
  }
}

function truthByIdentity(
  operator: ComparisonOperator,
  left: TypedExpression,
  right: TypedExpression,
): boolean | undefined {
  if (resolve(left.type.type).kind === 'float' || !isSameValue(left, right)) return undefined;
  return operator === '==' || operator === '<=' || operator === '>=';
}

/** Whether two expressions have the same value, whatever it is, and no side effect. */
function isSameValue(a: TypedExpression, b: TypedExpression): boolean {
  if (a.kind === 'convert' && b.kind === 'convert') {
    return (
      a.conversion === b.conversion &&
      sizeOf(a.type.type) === sizeOf(b.type.type) &&
      integerOf(a.type.type)?.isSigned === integerOf(b.type.type)?.isSigned &&
      isSameValue(a.operand, b.operand)
    );
  }
  if ((qualsOf(a.type) & VOLATILE) !== 0) return false;
  if (a.kind === 'object') return b.kind === 'object' && a.object === b.object;
  if (a.kind === 'member')
    return (
      b.kind === 'member' && a.member === b.member && a.offset === b.offset && isSameValue(a.base, b.base)
    );
  if (a.kind === 'deref') return b.kind === 'deref' && isSameValue(a.operand, b.operand);
  return a.kind === 'integer' && b.kind === 'integer' && a.value === b.value;
}

/** What becomes of an operation: a constant, one of its operands, or the operation itself. */
export type FoldedOperation =
  | { readonly kind: 'constant'; readonly value: bigint; readonly dropped: readonly TypedExpression[] }
  | { readonly kind: 'operand'; readonly operand: TypedExpression }
  | undefined;

/** Identities of integers: `x * 0`, `x & 0`, `x - x`, `x + 0`, `x & x`. */
export function foldArithmetic({ operator, left, right, type }: Arithmetic): FoldedOperation {
  const integer = integerOf(type.type);
  if (integer === undefined) return undefined;
  const [first, second] = [constantInteger(left), constantInteger(right)];
  const ones = wrapToInteger(-1n, integer);
  switch (operator) {
    case '*':
      if (first === 0n) return { kind: 'constant', value: 0n, dropped: [right] };
      if (second === 0n) return { kind: 'constant', value: 0n, dropped: [left] };
      if (first === 1n) return { kind: 'operand', operand: right };
      return second === 1n ? { kind: 'operand', operand: left } : undefined;
    case '&':
      if (first === 0n) return { kind: 'constant', value: 0n, dropped: [right] };
      if (second === 0n) return { kind: 'constant', value: 0n, dropped: [left] };
      if (first === ones) return { kind: 'operand', operand: right };
      if (second === ones || isSameValue(left, right)) return { kind: 'operand', operand: left };
      return undefined;
    case '|':
      if (first === ones) return { kind: 'constant', value: ones, dropped: [right] };
      if (second === ones) return { kind: 'constant', value: ones, dropped: [left] };
      if (first === 0n) return { kind: 'operand', operand: right };
      if (second === 0n || isSameValue(left, right)) return { kind: 'operand', operand: left };
      return undefined;
    case '+':
      if (first === 0n) return { kind: 'operand', operand: right };
      return second === 0n ? { kind: 'operand', operand: left } : undefined;
    case '-':
    case '^':
      if (isSameValue(left, right)) return { kind: 'constant', value: 0n, dropped: [] };
      return second === 0n ? { kind: 'operand', operand: left } : undefined;
    case '/':
      return second === 1n ? { kind: 'operand', operand: left } : undefined;
    case '%':
      return second === 1n || (second === -1n && integer.isSigned)
        ? { kind: 'constant', value: 0n, dropped: [left] }
        : undefined;
    case '<<':
    case '>>':
      return second === 0n ? { kind: 'operand', operand: left } : undefined;
  }
}

function isWidening(expression: TypedExpression): expression is Convert {
  if (expression.kind !== 'convert' || expression.conversion !== 'arithmetic') return false;
  const [from, to] = [integerOf(expression.operand.type.type), integerOf(expression.type.type)];
  return from !== undefined && to !== undefined && bitsOf(from) < bitsOf(to);
}

function bitsOf(type: IntegerType): number {
  return type.name === '_Bool' ? 1 : type.size * 8;
}

/** The narrowest expression whose widening the operand is; zero-extensions stay below sign-extensions. */
function withoutWidening(expression: TypedExpression): TypedExpression {
  let inner = expression;
  while (isWidening(inner)) {
    const [from, to] = [integerOf(inner.operand.type.type), integerOf(inner.type.type)];
    if (inner !== expression && from?.isSigned !== to?.isSigned && from?.isSigned === true) break;
    inner = inner.operand;
  }
  return inner;
}

const unsignedBySize: ReadonlyMap<number, IntegerType['name']> = new Map([
  [1, 'unsigned char'],
  [2, 'unsigned short'],
  [4, 'unsigned int'],
  [8, 'unsigned long'],
  [16, 'unsigned __int128'],
] as const);

const signedBySize: ReadonlyMap<number, IntegerType['name']> = new Map([
  [1, 'signed char'],
  [2, 'short'],
  [4, 'int'],
  [8, 'long'],
  [16, '__int128'],
] as const);

function integerType(size: number, isSigned: boolean): QualType {
  const name = (isSigned ? signedBySize : unsignedBySize).get(size) ?? 'int';
  return { type: { kind: 'integer', name, isSigned, size, align: size }, quals: 0 };
}

function converted(operand: TypedExpression, type: QualType): TypedExpression {
  return { kind: 'convert', conversion: 'arithmetic', operand, type, span: operand.span, isExplicit: false };
}

/** A conversion of a conversion whose middle type changes nothing, as one conversion; undefined when both are needed. */
export function joinConversions(outer: Convert): TypedExpression | undefined {
  const middle = outer.operand;
  if (middle.kind !== 'convert' || middle.conversion !== 'arithmetic') return undefined;
  const [inside, inter, final] = [middle.operand.type.type, middle.type.type, outer.type.type];
  const joined = { ...outer, operand: middle.operand };
  const [a, b, c] = [integerOf(inside), integerOf(inter), integerOf(final)];
  if (a === undefined || b === undefined) {
    const [first, second] = [resolve(inside), resolve(inter)];
    const isWidened = first.kind === 'float' && second.kind === 'float' && second.size >= first.size;
    return isWidened && isScalar(final) ? joined : undefined;
  }
  const [from, through] = [bitsOf(a), bitsOf(b)];
  if (b.name === '_Bool' && a.name !== '_Bool') return undefined;
  if (through >= from && a.isSigned === b.isSigned) return joined;
  if (c === undefined || c.name === '_Bool') return undefined;
  const to = bitsOf(c);
  if (through === to || (from < through && through < to && !a.isSigned && b.isSigned)) return joined;
  if (through < from && through < to) return undefined;
  if (a.isSigned !== b.isSigned && through < to) return undefined;
  return (!b.isSigned && through > from) === (!c.isSigned && to > through) ? joined : undefined;
}

const narrowed: ReadonlySet<ArithmeticOperator> = new Set(['+', '-', '*', '&', '|', '^'] as const);

/**
 * What is cut off afterwards is not computed: `(char)(a + b)` is computed in unsigned char.
 *
 * @returns the conversion with its operands cut first; undefined when nothing changes
 */
export function narrowConversion(conversion: Convert): TypedExpression | undefined {
  const { operand, type } = conversion;
  const [wide, narrow] = [integerOf(operand.type.type), integerOf(type.type)];
  if (wide === undefined || narrow === undefined || narrow.name === '_Bool') return undefined;
  if (narrow.size >= wide.size) return undefined;
  if (operand.kind === 'negate' || operand.kind === 'complement') {
    const inner = integerType(narrow.size, false);
    return converted({ ...operand, type: inner, operand: converted(operand.operand, inner) }, type);
  }
  if (operand.kind === 'conditional' && operand.then !== undefined) {
    return {
      ...operand,
      type,
      then: converted(operand.then, type),
      otherwise: converted(operand.otherwise, type),
    };
  }
  if (operand.kind !== 'arithmetic') return undefined;
  const { operator } = operand;
  // The operands are exchanged, where they are, while the operation is still wide.
  const isExchanged = exchangesOperands(operator, operand.left, operand.right);
  const left = withoutWidening(isExchanged ? operand.right : operand.left);
  const right = withoutWidening(isExchanged ? operand.left : operand.right);
  const [first, second] = [integerOf(left.type.type), integerOf(right.type.type)];
  if (operator === '<<') {
    const count = constantInteger(operand.right);
    if (count === undefined || count < 0n || count >= BigInt(narrow.size * 8) || narrow.isSigned)
      return undefined;
    return converted({ ...operand, type, left: converted(left, type) }, type);
  }
  if (!narrowed.has(operator) || first === undefined || second === undefined) return undefined;
  const isSmaller = narrow.size >= first.size && narrow.size >= second.size;
  const isBitwise = operator === '&' || operator === '|' || operator === '^';
  const isUnsigned =
    (operator === '*' && (!isSmaller || first.isSigned !== second.isSigned)) ||
    !wide.isSigned ||
    (!first.isSigned && !second.isSigned) ||
    (!isBitwise && (first.size * 2 > narrow.size || second.size * 2 > narrow.size));
  const inner = integerType(narrow.size, !isUnsigned);
  return converted(
    {
      ...operand,
      type: inner,
      left: converted(left, inner),
      right: converted(right, inner),
    },
    type,
  );
}

/**
 * The operands of a bitwise operation, division or comparison in the narrower type from which both were extended alike.
 *
 * @returns undefined when the operation stays as wide as it is
 */
export function shortened(
  operation: Arithmetic | Compare,
): readonly [TypedExpression, TypedExpression] | undefined {
  const wide = integerOf(operation.left.type.type);
  if (wide === undefined) return undefined;
  const isBitwise = operation.kind === 'arithmetic' && ['&', '|', '^'].includes(operation.operator);
  if (operation.kind === 'arithmetic' && !isBitwise) {
    if (operation.operator !== '/' && operation.operator !== '%') return undefined;
    const divisor = constantInteger(operation.right);
    const isSafe = divisor !== undefined && divisor !== -1n;
    if (!isSafe && integerOf(withoutWidening(operation.left).type.type)?.isSigned !== false) return undefined;
  }
  const [left, right] = [withoutWidening(operation.left), withoutWidening(operation.right)];
  const [first, second] = [integerOf(left.type.type), integerOf(right.type.type)];
  if (first === undefined || second === undefined) return undefined;
  const isUnsigned = isBitwise ? !first.isSigned : !wide.isSigned;
  if (first.size < wide.size && first.size === second.size && first.isSigned === second.isSigned) {
    return !first.isSigned || !isUnsigned ? [left, right] : undefined;
  }
  const constant = constantInteger(operation.right);
  if (constant === undefined || first.size >= wide.size || (first.isSigned && isUnsigned)) return undefined;
  return wrapToInteger(constant, first) === constant
    ? [left, converted(operation.right, { type: left.type.type, quals: 0 })]
    : undefined;
}

/** Values that the operand of a `switch` can have before its promotion; labels outside are never reached. */
export function rangeOfSwitch(value: TypedExpression): readonly [bigint, bigint] | undefined {
  const type = integerOf(withoutWidening(value).type.type);
  return type === undefined ? undefined : rangeOf(type);
}

function rangeOf(type: IntegerType): readonly [bigint, bigint] {
  const bits = BigInt(bitsOf(type));
  return type.isSigned ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
}

/** Whether gcc needs no instruction and no value of its own for a conversion. */
export function isUselessConversion(from: CType, to: CType): boolean {
  const [source, target] = [resolve(from), resolve(to)];
  if (source.kind === 'pointer' && target.kind === 'pointer') {
    const isFunction = (type: QualType): boolean => resolve(type.type).kind === 'function';
    return !isFunction(target.target) || isFunction(source.target);
  }
  const [a, b] = [integerOf(source), integerOf(target)];
  if (a !== undefined && b !== undefined)
    return (
      a.isSigned === b.isSigned && bitsOf(a) === bitsOf(b) && (a.name === '_Bool') === (b.name === '_Bool')
    );
  return source.kind === 'float' && target.kind === 'float' && source.name === target.name;
}
