/**
 * The value of a typed expression in a process that stands still (C17 6.5), as gcc's code for the target computes it.
 *
 * Nothing changes: memory is looked at without faults, and what would write or call is refused. Signed overflow wraps,
 * shift counts are taken modulo the width, as the processor does.
 */
import { ordered } from '../../core/sema/constant.ts';
import { unreachable } from '../../base/assert.ts';
import {
  comparable,
  convertFloating,
  floatingArithmetic,
  floatingIn,
  floatingOf,
  floatingOfInteger,
  negatedFloating,
  truncated,
} from '../../core/sema/floating-value.ts';
import type { FloatingValue } from '../../core/sema/floating-value.ts';
import { resolve, sizeOf } from '../../core/sema/type-relations.ts';
import { typeSpelling } from '../../core/sema/type-spelling.ts';
import type { CType, QualType } from '../../core/sema/type.ts';
import type { FunctionSymbol, ObjectSymbol, TypedExpression } from '../../core/sema/typed-tree.ts';
import { sayExpression } from '../../core/text/expression-texts.ts';
import { fromBytes } from '../../core/target/extended-float.ts';
import type { Text } from '../../core/text/text.ts';

/** Why an expression has no value. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  readonly text: Text;
  constructor(text: Text) {
    super(text.key);
    this.text = text;
  }

  /** Whether it may have a value at another moment. */
  get isOfThisMoment(): boolean {
    return momentary.has(this.text.key);
  }
}

const momentary: ReadonlySet<string> = new Set([
  'expression.unreadable',
  'expression.noAddress',
  'expression.zeroDivision',
]);

/** The process, as expressions see it. */
export interface Inspected {
  /** Bytes as the process would read them; undefined where it cannot. */
  read(addr: number, bytes: number): Uint8Array | undefined;
  /** Run-time address; undefined for what has none here (a register, a length that is not known yet). */
  objectAddress(object: ObjectSymbol): number | undefined;
  functionAddress(fn: FunctionSymbol): number | undefined;
}

/** A value: integers, enums and pointers as numbers of their type, everything else as bytes. */
export type Value =
  | { readonly kind: 'integer'; readonly value: bigint }
  | ({ readonly kind: 'floating' } & FloatingValue)
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'void' };

/** Where an lvalue lies. */
export interface Location {
  readonly addr: number;
  readonly bits: { readonly offset: number; readonly width: number } | undefined;
}

/** A result with where it lies, if it is an lvalue. */
export interface Evaluated {
  readonly type: QualType;
  readonly value: Value;
  readonly location: Location | undefined;
}

/** Evaluates an expression. @throws EvaluationError */
export function evaluate(process: Inspected, expression: TypedExpression): Evaluated {
  const evaluator = new Evaluator(process);
  const location = isLvalue(expression) ? evaluator.location(expression) : undefined;
  const value =
    location === undefined ? evaluator.value(expression) : evaluator.load(location, expression.type);
  return { type: expression.type, value, location };
}

/** Whether a value is not zero (C17 6.8.4.1). @throws EvaluationError when it is no scalar */
export function isTrue(value: Value): boolean {
  switch (value.kind) {
    case 'integer':
      return value.value !== 0n;
    case 'floating':
      return value.value !== 0;
    default:
      throw new EvaluationError(sayExpression('expression.notScalar'));
  }
}

function isLvalue(expression: TypedExpression): boolean {
  if (expression.kind === 'member') return isLvalue(expression.base);
  return expression.kind === 'object' || expression.kind === 'deref';
}

const sideEffect = (what: string): EvaluationError =>
  new EvaluationError(sayExpression('expression.sideEffect', { what }));

const notModelled = (what: string): EvaluationError =>
  new EvaluationError(sayExpression('expression.notModelled', { what }));

type Arithmetic = Extract<TypedExpression, { kind: 'arithmetic' }>;

class Evaluator {
  readonly #process: Inspected;

  constructor(process: Inspected) {
    this.#process = process;
  }

  /** The value of a node; of an lvalue that is a record or an array, its bytes. */
  value(node: TypedExpression): Value {
    switch (node.kind) {
      case 'integer':
        return integer(node.value);
      case 'floating':
        return floating(floatingIn(node));
      case 'object':
      case 'deref':
        return this.load(this.location(node), node.type);
      case 'member':
        return isLvalue(node) ? this.load(this.location(node), node.type) : this.#memberOfValue(node);
      case 'function':
        return integer(BigInt(this.#functionAddress(node.function)));
      case 'address-of':
        return node.operand.kind === 'function'
          ? this.value(node.operand)
          : integer(BigInt(this.location(node.operand).addr));
      case 'convert':
        return this.#converted(node);
      case 'negate':
        return this.#negated(node.operand, node.type.type);
      case 'complement':
        return fitted(~this.#integer(node.operand), node.type.type);
      case 'not':
        return truth(!isTrue(this.value(node.operand)));
      case 'arithmetic':
        return this.#arithmetic(node);
      case 'compare':
        return truth(compare(node.operator, this.value(node.left), this.value(node.right)));
      case 'logical': {
        const left = isTrue(this.value(node.left));
        if (node.operator === '&&' ? !left : left) return truth(left);
        return truth(isTrue(this.value(node.right)));
      }
      case 'pointer-add': {
        const step = BigInt(elementSize(node.type)) * this.#integer(node.index);
        return fitted(this.#integer(node.pointer) + (node.subtract ? -step : step), node.type.type);
      }
      case 'pointer-difference': {
        const bytes = this.#integer(node.left) - this.#integer(node.right);
        return fitted(bytes / BigInt(elementSize(node.left.type)), node.type.type);
      }
      case 'conditional': {
        const condition = this.value(node.condition);
        if (!isTrue(condition)) return this.value(node.otherwise);
        return node.then === undefined ? condition : this.value(node.then);
      }
      case 'comma':
        this.value(node.left);
        return this.value(node.right);
      case 'assign':
      case 'compound-assign':
        throw sideEffect('=');
      case 'increment':
        throw sideEffect(node.delta === 1 ? '++' : '--');
      case 'call':
        throw sideEffect(node.callee.kind === 'function' ? `${node.callee.function.name}()` : '()');
      case 'builtin':
        throw notModelled(node.name);
      case 'string':
        return { kind: 'bytes', bytes: node.literal.bytes };
      case 'compound-literal':
      case 'statement-expression':
      case 'label-address':
      case 'vla-size':
      case 'real-part':
      case 'imaginary-part':
      case 'unsupported':
      case 'error':
        throw notModelled(node.kind);
      default:
        return unreachable(node);
    }
  }

  /** Where an lvalue lies. */
  location(node: TypedExpression): Location {
    switch (node.kind) {
      case 'object': {
        const addr = this.#process.objectAddress(node.object);
        if (addr === undefined)
          throw new EvaluationError(sayExpression('expression.noAddress', { name: node.object.name }));
        return { addr, bits: undefined };
      }
      case 'deref':
        return { addr: Number(this.#integer(node.operand)), bits: undefined };
      case 'member': {
        const { addr } = this.location(node.base);
        const { bitOffset, bitWidth, offset } = node.member;
        if (bitOffset === undefined || bitWidth === undefined)
          return { addr: addr + node.offset, bits: undefined };
        const bit = (node.offset - offset) * 8 + bitOffset;
        return { addr: addr + (bit >> 3), bits: { offset: bit & 7, width: bitWidth } };
      }
      case 'convert':
        if (node.conversion === 'none') return this.location(node.operand);
        throw notModelled('&');
      case 'string':
        throw new EvaluationError(sayExpression('expression.noAddress', { name: '"…"' }));
      default:
        throw notModelled(node.kind);
    }
  }

  /** The value that lies somewhere. */
  load(location: Location, type: QualType): Value {
    const size = sizeOf(type.type);
    if (size === undefined) throw notModelled(typeSpelling(type));
    const { addr, bits } = location;
    const wanted = bits === undefined ? size : Math.ceil((bits.offset + bits.width) / 8);
    const bytes = Number.isSafeInteger(addr) ? this.#process.read(addr, wanted) : undefined;
    if (bytes === undefined) {
      const args = { size: wanted, addr: `0x${BigInt(Math.max(addr, 0)).toString(16)}` };
      throw new EvaluationError(sayExpression('expression.unreadable', args));
    }
    return bits === undefined ? valueOf(type, bytes) : fieldOf(type, bytes, bits);
  }

  #memberOfValue(node: Extract<TypedExpression, { kind: 'member' }>): Value {
    const base = this.value(node.base);
    if (base.kind !== 'bytes') throw notModelled('.');
    const { bitOffset, bitWidth, offset } = node.member;
    if (bitOffset === undefined || bitWidth === undefined)
      return valueOf(
        node.type,
        base.bytes.subarray(node.offset, node.offset + (sizeOf(node.type.type) ?? 0)),
      );
    const bit = (node.offset - offset) * 8 + bitOffset;
    return fieldOf(node.type, base.bytes.subarray(bit >> 3), { offset: bit & 7, width: bitWidth });
  }

  #functionAddress(fn: FunctionSymbol): number {
    const addr = this.#process.functionAddress(fn);
    if (addr === undefined)
      throw new EvaluationError(sayExpression('expression.noAddress', { name: fn.name }));
    return addr;
  }

  #integer(node: TypedExpression): bigint {
    const value = this.value(node);
    if (value.kind !== 'integer') throw notModelled(typeSpelling(node.type));
    return value.value;
  }

  #converted(node: Extract<TypedExpression, { kind: 'convert' }>): Value {
    const { operand, conversion, type } = node;
    switch (conversion) {
      case 'decay':
        return integer(BigInt(this.location(operand).addr));
      case 'function-pointer':
      case 'load':
      case 'none':
        return this.value(operand);
      case 'to-void':
        this.value(operand);
        return { kind: 'void' };
      case 'arithmetic':
      case 'pointer':
        return converted(this.value(operand), type.type);
    }
  }

  #negated(operand: TypedExpression, type: CType): Value {
    const value = this.value(operand);
    return value.kind === 'floating'
      ? floating(negatedFloating(value))
      : fitted(-this.#integer(operand), type);
  }

  #arithmetic(node: Arithmetic): Value {
    const [left, right] = [this.value(node.left), this.value(node.right)];
    const type = node.type.type;
    if (left.kind === 'floating' && right.kind === 'floating') {
      const result = floatingArithmetic(node.operator, left, right, type);
      if (result === undefined) throw notModelled(node.operator);
      return floating(result);
    }
    if (left.kind !== 'integer' || right.kind !== 'integer') throw notModelled(typeSpelling(node.type));
    const result = fitted(integerResult(node.operator, left.value, right.value, type), type);
    if (node.fieldWidth === undefined || result.kind !== 'integer') return result;
    return integer(
      isSigned(type)
        ? BigInt.asIntN(node.fieldWidth, result.value)
        : BigInt.asUintN(node.fieldWidth, result.value),
    );
  }
}

const integer = (value: bigint): Value => ({ kind: 'integer', value });
const truth = (value: boolean): Value => integer(value ? 1n : 0n);

/** Bytes of what a pointer points to; 1 for void and functions, as GNU C has it. */
function elementSize(pointer: QualType): number {
  const resolved = resolve(pointer.type);
  const target = resolved.kind === 'pointer' ? resolve(resolved.target.type) : resolved;
  if (target.kind === 'void' || target.kind === 'function') return 1;
  const size = sizeOf(target);
  if (size === undefined || size === 0) throw notModelled(typeSpelling(pointer));
  return size;
}

function isSigned(type: CType): boolean {
  const resolved = resolve(type);
  if (resolved.kind === 'enum') return resolved.underlying?.isSigned ?? false;
  return resolved.kind === 'integer' && resolved.isSigned;
}

/** A whole number in a type: cut to its width. */
function fitted(value: bigint, type: CType): Value {
  const bits = 8 * (sizeOf(type) ?? 8);
  return integer(isSigned(type) ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value));
}

const floating = (value: FloatingValue): Value => ({ kind: 'floating', ...value });

/** C17 6.3.1, 6.3.2.3. */
function converted(value: Value, type: CType): Value {
  const target = resolve(type);
  if (target.kind === 'float') {
    if (value.kind === 'integer') return floating(floatingOfInteger(value.value, type));
    if (value.kind === 'floating') return floating(convertFloating(floatingIn(value), type));
    throw notModelled(typeSpelling({ type, quals: 0 }));
  }
  if (target.kind === 'integer' && target.name === '_Bool') return truth(isTrue(value));
  if (value.kind === 'floating') {
    if (!Number.isFinite(value.value)) return fitted(1n << BigInt(8 * (sizeOf(type) ?? 8) - 1), type);
    return fitted(truncated(value), type);
  }
  if (value.kind !== 'integer') throw notModelled(typeSpelling({ type, quals: 0 }));
  return fitted(value.value, type);
}

function compare(
  operator: Extract<TypedExpression, { kind: 'compare' }>['operator'],
  left: Value,
  right: Value,
): boolean {
  if (left.kind === 'void' || left.kind === 'bytes' || right.kind === 'void' || right.kind === 'bytes')
    throw new EvaluationError(sayExpression('expression.notScalar'));
  if (left.kind === 'floating' && right.kind === 'floating')
    return ordered(operator, ...comparable(left, right));
  // Both are of one type here.
  return ordered(operator, left.value, right.value);
}

function integerResult(operator: Arithmetic['operator'], left: bigint, right: bigint, type: CType): bigint {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
    case '%':
      if (right === 0n) throw new EvaluationError(sayExpression('expression.zeroDivision'));
      return operator === '/' ? left / right : left % right;
    case '<<':
    case '>>': {
      const count = BigInt.asUintN((sizeOf(type) ?? 4) > 4 ? 6 : 5, right);
      return operator === '<<' ? left << count : left >> count;
    }
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
  }
}

/** The value that bytes are, in their type. */
export function valueOf(type: QualType, bytes: Uint8Array): Value {
  const resolved = resolve(type.type);
  switch (resolved.kind) {
    case 'integer':
    case 'enum':
    case 'pointer':
      return fitted(littleEndian(bytes), resolved);
    case 'float': {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      if (resolved.size === 4) return { kind: 'floating', value: view.getFloat32(0, true) };
      if (resolved.size === 8) return { kind: 'floating', value: view.getFloat64(0, true) };
      return floating(floatingOf(fromBytes(bytes)));
    }
    case 'void':
      return { kind: 'void' };
    default:
      return { kind: 'bytes', bytes };
  }
}

/** The value of a bit-field; `bytes` begin with the byte that its first bit is in. */
export function fieldOf(
  type: QualType,
  bytes: Uint8Array,
  bits: { readonly offset: number; readonly width: number },
): Value {
  const raw = littleEndian(bytes) >> BigInt(bits.offset);
  return integer(isSigned(type.type) ? BigInt.asIntN(bits.width, raw) : BigInt.asUintN(bits.width, raw));
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return value;
}
