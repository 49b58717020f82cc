/**
 * Builtins that gcc folds when their arguments are constants, wherever a constant is asked for.
 */
import { integerOf, sizeOf } from './type-relations.ts';
import { absoluteFloating, complexOf, floatingIn } from './floating-value.ts';
import type { FloatingValue } from './floating-value.ts';
import type { ConstantValue, TypedExpression } from './typed-tree.ts';

type BuiltinNode = TypedExpression & { kind: 'builtin' };

const integer = (value: number | bigint): ConstantValue => ({ kind: 'integer', value: BigInt(value) });
const floating = (value: FloatingValue): ConstantValue => ({ kind: 'floating', ...value });

/**
 * The value of a builtin call, `undefined` when it is none.
 *
 * @param evaluate - gives the value of an argument
 */
export function foldBuiltin(
  node: BuiltinNode,
  evaluate: (argument: TypedExpression) => ConstantValue | undefined,
): ConstantValue | undefined {
  const name = node.name.replace('__builtin_', '');
  const first = node.args[0];
  switch (name) {
    case 'constant_p': {
      const value = first === undefined ? undefined : evaluate(first);
      return value?.kind === 'integer' || value?.kind === 'floating' ? integer(1) : undefined;
    }
    case 'expect':
    case 'expect_with_probability':
    case 'assume_aligned':
      return first === undefined ? undefined : evaluate(first);
    case 'complex': {
      const second = node.args[1];
      const real = first === undefined ? undefined : evaluate(first);
      const imaginary = second === undefined ? undefined : evaluate(second);
      const [re, im] = [real, imaginary].map(partOf);
      return re && im && { kind: 'complex', ...complexOf(re, im) };
    }
    case 'inf':
    case 'inff':
    case 'infl':
    case 'huge_val':
    case 'huge_valf':
    case 'huge_vall':
      return floating({ value: Infinity });
    case 'nan':
    case 'nanf':
    case 'nanl':
      return floating({ value: NaN });
    case 'strlen': {
      const value = first === undefined ? undefined : evaluate(first);
      if (value?.kind !== 'address' || !('bytes' in value.base) || value.base.elementSize !== 1)
        return undefined;
      const end = value.base.bytes.indexOf(0, value.offset);
      return end < 0 || value.offset < 0 ? undefined : integer(end - value.offset);
    }
  }
  if (first === undefined) return undefined;
  const value = evaluate(first);
  if (value?.kind === 'floating') return foldFloating(name, floatingIn(value));
  if (value?.kind !== 'integer') return undefined;
  return foldBits(name, value.value, (sizeOf(first.type.type) ?? 4) * 8, node);
}

/** The number that a part of a complex constant is. */
function partOf(part: ConstantValue | undefined): FloatingValue | undefined {
  if (part?.kind === 'floating') return floatingIn(part);
  return part?.kind === 'integer' ? { value: Number(part.value) } : undefined;
}

function foldFloating(name: string, number: FloatingValue): ConstantValue | undefined {
  const { value } = number;
  switch (name) {
    case 'fabs':
    case 'fabsf':
    case 'fabsl':
      return floating(absoluteFloating(number));
    case 'isnan':
    case 'isnanf':
    case 'isnanl':
      return integer(Number.isNaN(value) ? 1 : 0);
    case 'isinf_sign':
      return integer(value === Infinity ? 1 : value === -Infinity ? -1 : 0);
    case 'isinf':
    case 'isinff':
    case 'isinfl':
      return integer(Math.abs(value) === Infinity ? 1 : 0);
    case 'isfinite':
    case 'finite':
    case 'finitef':
    case 'finitel':
      return integer(Number.isFinite(value) ? 1 : 0);
    case 'signbit':
    case 'signbitf':
    case 'signbitl':
      return integer(value < 0 || Object.is(value, -0) ? 1 : 0);
    default:
      return undefined;
  }
}

function foldBits(name: string, value: bigint, bits: number, node: BuiltinNode): ConstantValue | undefined {
  const unsigned = BigInt.asUintN(bits, value);
  const digits = unsigned === 0n ? '' : unsigned.toString(2);
  const ones = digits.replaceAll('0', '').length;
  const trailing = digits.length - digits.lastIndexOf('1') - 1;
  switch (name) {
    case 'popcount':
    case 'popcountl':
    case 'popcountll':
      return integer(ones);
    case 'parity':
    case 'parityl':
    case 'parityll':
      return integer(ones % 2);
    case 'clz':
    case 'clzl':
    case 'clzll':
      return unsigned === 0n ? undefined : integer(bits - digits.length);
    case 'ctz':
    case 'ctzl':
    case 'ctzll':
      return unsigned === 0n ? undefined : integer(trailing);
    case 'ffs':
    case 'ffsl':
    case 'ffsll':
      return integer(unsigned === 0n ? 0 : trailing + 1);
    case 'clrsb':
    case 'clrsbl':
    case 'clrsbll': {
      const same = value < 0n ? BigInt.asUintN(bits, ~value) : unsigned;
      return integer(bits - 1 - (same === 0n ? 0 : same.toString(2).length));
    }
    case 'bswap16':
    case 'bswap32':
    case 'bswap64': {
      const width = Number(name.slice(5));
      let result = 0n;
      let rest = BigInt.asUintN(width, value);
      for (let i = 0; i < width; i += 8) {
        result = (result << 8n) | (rest & 0xffn);
        rest >>= 8n;
      }
      return integer(result);
    }
    case 'abs':
    case 'labs':
    case 'llabs': {
      const type = integerOf(node.type.type);
      const absolute = value < 0n ? -value : value;
      return integer(type === undefined ? absolute : BigInt.asIntN(type.size * 8, absolute));
    }
    default:
      return undefined;
  }
}
