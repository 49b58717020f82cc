/**
 * Library functions that gcc 12 computes when their arguments are constants, at every optimisation level and wherever a
 * constant is asked for but in the bound of an array: `case strlen("abc"):`.
 *
 * Source: gcc/fold-const-call.cc (fold_const_call), gcc/builtins.cc (fold_builtin_n, c_strlen): behaviour, checked with gcc
 * 12.2.
 * Simplified: the functions of mathematics are the host's, in double precision.
 */
import { foldBuiltin } from './constant-builtin.ts';
import { nameOfCallee } from './inlined-calls.ts';
import { integerOf, resolve } from './type-relations.ts';
import type { QualType } from './type.ts';
import type { ConstantValue, StringLiteral, TypedExpression } from './typed-tree.ts';
import { extendedOf, floatingOf, isLongDouble } from './floating-value.ts';
import { compare, squareRoot } from '../target/extended-arithmetic.ts';
import {
  DOWNWARD,
  TOWARD_ZERO,
  UPWARD,
  isFinite,
  magnitudeOf,
  newUnit,
  toIntegral,
  withSign,
} from '../target/extended-float.ts';
import type { Extended } from '../target/extended-float.ts';

type CallNode = TypedExpression & { kind: 'call' };

/** A known text: the bytes from a place in a literal up to its first NUL. */
interface KnownText {
  readonly literal: StringLiteral;
  readonly offset: number;
  /** Without the NUL. */
  readonly length: number;
}

type Fold = (
  args: readonly (ConstantValue | undefined)[],
  pointerOf: (place: KnownText | undefined) => ConstantValue,
) => ConstantValue | undefined;

const integer = (value: number): ConstantValue => ({ kind: 'integer', value: BigInt(value) });

function textOf(value: ConstantValue | undefined): KnownText | undefined {
  if (value?.kind !== 'address' || !('bytes' in value.base) || value.base.elementSize !== 1) return undefined;
  const { base: literal, offset } = value;
  if (offset < 0 || offset >= literal.bytes.length) return undefined;
  const end = literal.bytes.indexOf(0, offset);
  return end < 0 ? undefined : { literal, offset, length: end - offset };
}

const byteAt = ({ literal, offset }: KnownText, index: number): number => literal.bytes[offset + index] ?? 0;

function numberOf(value: ConstantValue | undefined): number | undefined {
  return value?.kind === 'integer' ? Number(value.value) : undefined;
}

/** -1, 0 or 1, as gcc gives it for strcmp and memcmp; at most `count` bytes, none behind a common NUL. */
function compared(left: KnownText, right: KnownText, count: number, endsAtNul: boolean): number {
  for (let i = 0; i < count; i++) {
    const [a, b] = [byteAt(left, i), byteAt(right, i)];
    if (a !== b) return a < b ? -1 : 1;
    if (endsAtNul && a === 0) return 0;
  }
  return 0;
}

/** How many of the first characters of one text are, or are not, among those of another. */
function span(text: KnownText, set: KnownText, isIn: boolean): number {
  const members = new Set<number>();
  for (let i = 0; i < set.length; i++) members.add(byteAt(set, i));
  let length = 0;
  while (length < text.length && members.has(byteAt(text, length)) === isIn) length += 1;
  return length;
}

/** The place in a text, or undefined: the search functions give a null pointer then. */
function placeIn(text: KnownText, index: number): KnownText | undefined {
  return index < 0
    ? undefined
    : { ...text, offset: text.offset + index, length: Math.max(0, text.length - index) };
}

const lower = (byte: number): number => (byte >= 65 && byte <= 90 ? byte + 32 : byte);

const twoTexts =
  (fold: (left: KnownText, right: KnownText, count: number | undefined) => number | undefined): Fold =>
  (args) => {
    const [left, right] = [textOf(args[0]), textOf(args[1])];
    const result =
      left === undefined || right === undefined ? undefined : fold(left, right, numberOf(args[2]));
    return result === undefined ? undefined : integer(result);
  };

const searched =
  (find: (text: KnownText, byte: number, count: number | undefined) => number | undefined): Fold =>
  (args, pointerOf) => {
    const [text, byte] = [textOf(args[0]), numberOf(args[1])];
    if (text === undefined || byte === undefined) return undefined;
    const found = find(text, byte & 0xff, numberOf(args[2]));
    return found === undefined ? undefined : pointerOf(placeIn(text, found));
  };

const firstOf = searched((text, byte) => {
  for (let i = 0; i <= text.length; i++) if (byteAt(text, i) === byte) return i;
  return -1;
});

const lastOf = searched((text, byte) => {
  for (let i = text.length; i >= 0; i--) if (byteAt(text, i) === byte) return i;
  return -1;
});

const textFunctions = new Map<string, Fold>(
  Object.entries({
    strlen: ([argument]) => {
      const text = textOf(argument);
      return text === undefined ? undefined : integer(text.length);
    },
    strcmp: twoTexts((left, right) => compared(left, right, Infinity, true)),
    strncmp: twoTexts((left, right, count) =>
      count === undefined ? undefined : compared(left, right, count, true),
    ),
    memcmp: twoTexts((left, right, count) => {
      const known = Math.min(
        left.literal.bytes.length - left.offset,
        right.literal.bytes.length - right.offset,
      );
      return count === undefined || count > known ? undefined : compared(left, right, count, false);
    }),
    strncasecmp: twoTexts((left, right, count) => {
      if (count === undefined) return undefined;
      for (let i = 0; i < count; i++) {
        if (lower(byteAt(left, i)) !== lower(byteAt(right, i))) return undefined;
        if (byteAt(left, i) === 0) break;
      }
      return 0;
    }),
    strspn: twoTexts((text, set) => span(text, set, true)),
    strcspn: twoTexts((text, set) => span(text, set, false)),
    strchr: firstOf,
    index: firstOf,
    strrchr: lastOf,
    rindex: lastOf,
    memchr: searched((text, byte, count) => {
      if (count === undefined || count > text.literal.bytes.length - text.offset) return undefined;
      for (let i = 0; i < count; i++) if (byteAt(text, i) === byte) return i;
      return -1;
    }),
    strstr: (args, pointerOf) => {
      const [text, part] = [textOf(args[0]), textOf(args[1])];
      if (text === undefined || part === undefined) return undefined;
      for (let i = 0; i + part.length <= text.length; i++) {
        const rest = placeIn(text, i);
        if (rest !== undefined && compared(rest, part, part.length, false) === 0) return pointerOf(rest);
      }
      return pointerOf(undefined);
    },
  }),
);

const oneNumber = new Map<string, (x: number) => number>(
  Object.entries({
    fabs: Math.abs,
    sqrt: Math.sqrt,
    cbrt: Math.cbrt,
    floor: Math.floor,
    ceil: Math.ceil,
    trunc: Math.trunc,
    round: (x) => Math.sign(x) * Math.floor(Math.abs(x) + 0.5),
    sin: Math.sin,
    cos: Math.cos,
    tan: Math.tan,
    asin: Math.asin,
    acos: Math.acos,
    atan: Math.atan,
    sinh: Math.sinh,
    cosh: Math.cosh,
    tanh: Math.tanh,
    exp: Math.exp,
    exp2: (x) => 2 ** x,
    expm1: Math.expm1,
    log: Math.log,
    log2: Math.log2,
    log10: Math.log10,
    log1p: Math.log1p,
  }),
);

const twoNumbers = new Map<string, (x: number, y: number) => number>(
  Object.entries({
    pow: (x, y) => x ** y,
    fmin: Math.min,
    fmax: Math.max,
    atan2: Math.atan2,
    hypot: Math.hypot,
    copysign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
  }),
);

/** Integer functions that have builtins of the same meaning. */
const integerFunctions: ReadonlySet<string> = new Set(['abs', 'labs', 'llabs', 'ffs', 'ffsl', 'ffsll']);

function foldNumber(
  name: string,
  args: readonly (ConstantValue | undefined)[],
  type: QualType,
): ConstantValue | undefined {
  if (isLongDouble(type.type)) return foldExtended(name, args);
  const [x, y] = args.map((one) => (one?.kind === 'floating' ? one.value : undefined));
  const plain = name.endsWith('f') || name.endsWith('l') ? name.slice(0, -1) : name;
  const ofOne = oneNumber.get(name) ?? oneNumber.get(plain);
  const ofTwo = twoNumbers.get(name) ?? twoNumbers.get(plain);
  if (x === undefined || (ofTwo !== undefined && y === undefined)) return undefined;
  const value = ofTwo === undefined ? ofOne?.(x) : ofTwo(x, y ?? 0);
  // What sets errno or is no number is left to the program.
  if (value === undefined || !Number.isFinite(value)) return undefined;
  const resolved = resolve(type.type);
  const isFloat = resolved.kind === 'float' && resolved.name === 'float';
  return { kind: 'floating', value: isFloat ? Math.fround(value) : value };
}

/** Functions of `long double`, by name without the `l`. */
const extendedFunctions = new Map<string, (x: Extended, y: Extended) => Extended>(
  Object.entries({
    fabs: magnitudeOf,
    sqrt: (x) => squareRoot(newUnit(), x),
    floor: (x) => toIntegral(newUnit(DOWNWARD), x),
    ceil: (x) => toIntegral(newUnit(UPWARD), x),
    trunc: (x) => toIntegral(newUnit(TOWARD_ZERO), x),
    copysign: withSign,
    fmin: (x, y) => ((compare(x, y) ?? 0) <= 0 ? x : y),
    fmax: (x, y) => ((compare(x, y) ?? 0) >= 0 ? x : y),
  }),
);

/** A function of numbers of `long double`; what sets errno or is no number is left to the program. */
function foldExtended(name: string, args: readonly (ConstantValue | undefined)[]): ConstantValue | undefined {
  const operation = extendedFunctions.get(name.slice(0, -1));
  const [x, y = 0n] = args.map((one) => (one?.kind === 'floating' ? extendedOf(one) : undefined));
  if (operation === undefined || x === undefined || args.some((one) => one?.kind !== 'floating'))
    return undefined;
  const result = operation(x, y);
  return isFinite(result) ? { kind: 'floating', ...floatingOf(result) } : undefined;
}

const isFoldable = (name: string): boolean => {
  const plain = name.slice(0, -1);
  return (
    textFunctions.has(name) ||
    integerFunctions.has(name) ||
    oneNumber.has(name) ||
    twoNumbers.has(name) ||
    (/[fl]$/.test(name) && (oneNumber.has(plain) || twoNumbers.has(plain)))
  );
};

/** Names that were asked about: calls of other functions need no look at their arguments. */
const foldable = new Map<string, boolean>();

function mayFold(name: string): boolean {
  let is = foldable.get(name);
  if (is === undefined) {
    is = isFoldable(name);
    foldable.set(name, is);
  }
  return is;
}

/**
 * The value of a call that gcc computes, `undefined` when it is none. A null pointer is the integer 0.
 *
 * @param evaluate - gives the value of an argument
 */
export function foldCall(
  node: CallNode,
  evaluate: (argument: TypedExpression) => ConstantValue | undefined,
): ConstantValue | undefined {
  const name = nameOfCallee(node);
  if (name === undefined || !mayFold(name)) return undefined;
  const { args, type } = node;
  if (integerFunctions.has(name)) return foldInteger(name, node, evaluate);
  const values = args.map(evaluate);
  const ofText = textFunctions.get(name);
  if (ofText === undefined) return foldNumber(name, values, type);
  return ofText(values, (place) =>
    place === undefined ? integer(0) : { kind: 'address', base: place.literal, offset: place.offset },
  );
}

function foldInteger(
  name: string,
  { args, type, span }: CallNode,
  evaluate: (argument: TypedExpression) => ConstantValue | undefined,
): ConstantValue | undefined {
  const [argument] = args;
  if (argument === undefined || integerOf(argument.type.type) === undefined) return undefined;
  return foldBuiltin(
    { kind: 'builtin', name: `__builtin_${name}`, args, typeArgument: undefined, type, span },
    evaluate,
  );
}
