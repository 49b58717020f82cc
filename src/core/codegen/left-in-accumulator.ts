/**
 * What the code that gcc -O0 writes for a full expression leaves in eax, where that is a value the program can name: of a
 * function that ends without `return`, the caller gets what eax holds (C17 6.9.1p12 leaves it undefined).
 *
 * The last value that an instruction computes is computed in eax: allocation begins with that register, and at the end of an
 * expression nothing else lives. Instructions with an operand in memory need none: `n++`, `n = 5` and `n > 5` of a local variable
 * leave eax alone; what is static is loaded first.
 *
 * Source: measured with gcc 12.2 -O0 on x86-64 (gcc/lra*.cc, gcc/config/i386/i386.md: behaviour).
 * Simplified: whatever is not listed here is `lost`, so is everything but calls on i386, where the register may hold the address of
 * the global offset table.
 */
import { hasSideEffects } from '../image/tree-walk.ts';
import { asPointer, integerOf, qualsOf, sizeOf } from '../sema/type-relations.ts';
import { ATOMIC, VOLATILE } from '../sema/type.ts';
import type {
  ArithmeticOperator,
  ObjectSymbol,
  TypedExpression,
  TypedStatement,
} from '../sema/typed-tree.ts';
import { foldedOperation } from './folded-operation.ts';
import { constantOf } from './operands.ts';

/** What eax holds afterwards: what it held before, nothing that is known, or this value, which reads plain variables only. */
export type LeftInAccumulator =
  | { readonly kind: 'kept' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'value'; readonly value: TypedExpression };

type Assignment = Extract<TypedExpression, { kind: 'assign' | 'compound-assign' | 'increment' }>;
type Declaration = Extract<TypedStatement, { kind: 'declare' }>;

const kept: LeftInAccumulator = { kind: 'kept' };
const lost: LeftInAccumulator = { kind: 'lost' };
const value = (expression: TypedExpression): LeftInAccumulator => ({ kind: 'value', value: expression });

/** After a full expression whose value nobody uses; calls are not decided here. */
export function leftByEffect(node: TypedExpression): LeftInAccumulator {
  switch (node.kind) {
    case 'assign':
      return leftByStore(node.target, node.value);
    case 'compound-assign':
      return leftByCompound(node);
    case 'increment':
      return leftByIncrement(node);
    default:
      return hasSideEffects(node) || readsVolatile(node) ? lost : kept;
  }
}

/** After the declaration of an automatic object. */
export function leftByDeclaration({ object, initializer, span }: Declaration): LeftInAccumulator {
  if (object.storage !== 'automatic' || initializer === undefined) return kept;
  const [entry, ...more] = initializer.entries;
  if (initializer.isAggregate || entry === undefined || more.length > 0) return lost;
  return leftByStore({ kind: 'object', object, type: object.type, span }, entry.value);
}

/** After a condition was tested. */
export function leftByCondition(condition: TypedExpression): LeftInAccumulator {
  if (constantOf(condition) !== undefined) return kept;
  switch (condition.kind) {
    case 'not':
      return leftByCondition(condition.operand);
    case 'logical': {
      const [first, second] = [leftByCondition(condition.left), leftByCondition(condition.right)];
      return second.kind === 'kept' ? first : lost;
    }
    case 'compare': {
      const simple = foldedOperation(condition);
      return simple.kind === 'compare' ? leftByComparison(simple) : lost;
    }
    default:
      return leftByTest(condition);
  }
}

function leftByComparison(node: Extract<TypedExpression, { kind: 'compare' }>): LeftInAccumulator {
  const isReversed = constantOf(node.left) !== undefined;
  const [left, right] = isReversed ? [node.right, node.left] : [node.left, node.right];
  if (isNumber(right)) return leftByTest(left);
  if (!isPlain(left) || !isPlain(right)) return lost;
  // cmp needs one operand in a register: the left one, unless that is a variable and the other one has been computed.
  if (isLocalLoad(left) && !isLoad(right)) return endsInAccumulator(right) ? value(right) : lost;
  return isLoad(right) && endsInAccumulator(left) ? value(left) : lost;
}

/** After a value was compared with a constant. */
function leftByTest(node: TypedExpression): LeftInAccumulator {
  if (isLocalLoad(withoutPromotion(node))) return kept;
  switch (node.kind) {
    case 'assign':
      return leftByStore(node.target, node.value);
    case 'increment': {
      if (!isFollowed(node.target)) return lost;
      if (node.isPrefix) return leftByIncrement(node);
      return asPointer(node.type.type) === undefined ? value(beforeIncrement(node)) : lost;
    }
    default:
      return isPlain(node) && endsInAccumulator(node) ? value(node) : lost;
  }
}

/** `n++` as a value: what the variable holds now, less the step. */
function beforeIncrement(node: Extract<TypedExpression, { kind: 'increment' }>): TypedExpression {
  const { span } = node;
  const type = { type: node.type.type, quals: 0 };
  const step: TypedExpression = { kind: 'integer', value: 1n, type, span };
  const operator = node.delta === 1 ? '-' : '+';
  return { kind: 'arithmetic', operator, left: loaded(node.target), right: step, type, span };
}

function leftByStore(target: TypedExpression, stored: TypedExpression): LeftInAccumulator {
  if (!isFollowed(target)) return lost;
  if (isNumber(stored)) return kept;
  const update = updateOf(target, stored);
  if (update !== undefined) return leftByUpdate(target, update);
  return endsInAccumulator(stored) ? value(loaded(target)) : lost;
}

function leftByIncrement({ target }: Extract<Assignment, { kind: 'increment' }>): LeftInAccumulator {
  if (!isFollowed(target)) return lost;
  return isLocal(target.object) ? kept : value(loaded(target));
}

function leftByCompound(node: Extract<Assignment, { kind: 'compound-assign' }>): LeftInAccumulator {
  const { target, operator } = node;
  if (!isFollowed(target) || sizeOf(node.computation.type) !== sizeOf(target.type.type)) return lost;
  return leftByUpdate(target, { operator, operand: node.value });
}

/** An operation whose first operand is the variable that gets the result. */
interface Update {
  readonly operator: ArithmeticOperator | 'unary';
  /** The other one; that of `-n` and `~n` is the variable itself. */
  readonly operand: TypedExpression;
}

/** `n = n + value`, `n = value + n`, `n = -n`, `n = ~n`. */
function updateOf({ object }: ObjectNode, stored: TypedExpression): Update | undefined {
  const isVariable = (node: TypedExpression): boolean =>
    isLoad(node) &&
    node.kind === 'convert' &&
    node.operand.kind === 'object' &&
    node.operand.object === object;
  if (stored.kind === 'negate' || stored.kind === 'complement')
    return isVariable(stored.operand) ? { operator: 'unary', operand: stored.operand } : undefined;
  if (stored.kind !== 'arithmetic') return undefined;
  const { operator, left, right } = stored;
  if (isVariable(left)) return { operator, operand: right };
  return isVariable(right) && '+*&|^'.includes(operator) ? { operator, operand: left } : undefined;
}

function leftByUpdate(target: ObjectNode, { operator, operand }: Update): LeftInAccumulator {
  if (operator === 'unary') return isLocal(target.object) ? kept : value(loaded(target));
  const constant = constantOf(operand);
  const isShift = operator === '<<' || operator === '>>';
  if (operator === '%' || (operator === '/' && constant !== undefined)) return lost;
  if (constant === undefined && (isShift || !endsInAccumulator(operand))) return lost;
  const multiplies = operator === '*' && !(constant !== undefined && isPowerOfTwo(constant));
  if (!isLocal(target.object) || multiplies || operator === '/') return value(loaded(target));
  if (constant !== undefined) return kept;
  return isPlain(operand) && !reads(operand, target.object) ? value(operand) : lost;
}

const isPowerOfTwo = (number: bigint): boolean => number > 0n && (number & (number - 1n)) === 0n;

/** Whether the last instruction that computes a value of 4 or 8 bytes leaves it in eax or rax. */
function endsInAccumulator(node: TypedExpression): boolean {
  const { type } = node.type;
  if (integerOf(type) === undefined && asPointer(type) === undefined) return false;
  switch (node.kind) {
    case 'convert':
      if (node.conversion === 'load') return !isBitField(node.operand) && !readsVolatile(node);
      if (node.conversion === 'decay' || node.conversion === 'function-pointer') return true;
      return isWhole(node.operand) && isWhole(node) && endsInAccumulator(node.operand);
    case 'arithmetic': {
      if (node.operator === '%') return false;
      const constant = constantOf(node.right);
      if (node.operator === '/' && constant !== undefined) return isPowerOfTwo(constant);
      return foldedOperation(node) === node;
    }
    case 'conditional':
      return (
        node.then !== undefined &&
        isWhole(node) &&
        [node.then, node.otherwise].every((one) => isNumber(one) || endsInAccumulator(one))
      );
    case 'call':
    case 'pointer-add':
    case 'address-of':
    case 'string':
    case 'negate':
    case 'complement':
    case 'not':
    case 'compare':
    case 'logical':
    case 'increment':
    case 'assign':
      return isWhole(node);
    default:
      return false;
  }
}

/** Whether the value is an int or wider: narrower ones are computed in ways of their own. */
const isWhole = ({ type }: TypedExpression): boolean => (sizeOf(type.type) ?? 0) >= 4;

/** A number that fits into an instruction. */
function isNumber(node: TypedExpression): boolean {
  if (node.kind === 'convert' && node.conversion === 'pointer') return isNumber(node.operand);
  const constant = constantOf(node);
  return constant !== undefined && BigInt.asIntN(32, constant) === BigInt.asIntN(64, constant);
}

type ObjectNode = Extract<TypedExpression, { kind: 'object' }>;

/** A variable of 4 or 8 bytes that its name leads to. */
function isFollowed(node: TypedExpression): node is ObjectNode {
  if (node.kind !== 'object' || !isWhole(node)) return false;
  const { type, storage, isRegister } = node.object;
  if ((qualsOf(type) & (VOLATILE | ATOMIC)) !== 0 || isRegister) return false;
  return storage !== 'thread' && (integerOf(type.type) !== undefined || asPointer(type.type) !== undefined);
}

const isLocal = (object: ObjectSymbol): boolean =>
  object.storage === 'automatic' && object.isConstantLocal !== true;

const loaded = (target: TypedExpression): TypedExpression => ({
  kind: 'convert',
  conversion: 'load',
  operand: target,
  isExplicit: false,
  type: { type: target.type.type, quals: 0 },
  span: target.span,
});

const isLoad = (node: TypedExpression): boolean =>
  node.kind === 'convert' && node.conversion === 'load' && isFollowed(node.operand);

/** A local variable of any size, which cmp reads from memory. */
function isLocalLoad(node: TypedExpression): boolean {
  if (node.kind !== 'convert' || node.conversion !== 'load' || node.operand.kind !== 'object') return false;
  const { object } = node.operand;
  return isLocal(object) && !object.isRegister && (qualsOf(object.type) & (VOLATILE | ATOMIC)) === 0;
}

/** What a char or short variable was promoted from: gcc compares it with a constant as it is. */
function withoutPromotion(node: TypedExpression): TypedExpression {
  const { type } = node.type;
  const isPromotion =
    node.kind === 'convert' && node.conversion === 'arithmetic' && integerOf(type)?.size === 4;
  return isPromotion && !isWhole(node.operand) ? node.operand : node;
}

/** Variables of 4 or 8 bytes and numbers, put together by operators that cannot fail: it can be computed once more. */
function isPlain(node: TypedExpression): boolean {
  switch (node.kind) {
    case 'integer':
      return true;
    case 'convert':
      if (node.conversion === 'load') return isFollowed(node.operand);
      return (
        (node.conversion === 'arithmetic' || node.conversion === 'pointer' || node.conversion === 'none') &&
        isWhole(node) &&
        isPlain(node.operand)
      );
    case 'negate':
    case 'complement':
      return isPlain(node.operand);
    case 'arithmetic':
      return node.operator !== '/' && node.operator !== '%' && isPlain(node.left) && isPlain(node.right);
    default:
      return false;
  }
}

function reads(node: TypedExpression, object: ObjectSymbol): boolean {
  switch (node.kind) {
    case 'object':
      return node.object === object;
    case 'convert':
    case 'negate':
    case 'complement':
      return reads(node.operand, object);
    case 'arithmetic':
      return reads(node.left, object) || reads(node.right, object);
    default:
      return false;
  }
}

const isBitField = (node: TypedExpression): boolean =>
  node.kind === 'member' && node.member.bitWidth !== undefined;

const readsVolatile = (node: TypedExpression): boolean =>
  node.kind === 'convert' &&
  node.conversion === 'load' &&
  (qualsOf(node.operand.type) & (VOLATILE | ATOMIC)) !== 0;
