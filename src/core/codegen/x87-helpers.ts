/**
 * Helpers for `long double`: loads and stores, and the operations of the x87 unit on ordinary numbers, rounded to nearest.
 *
 * A number is a vector: its significand in the low half, exponent and sign in the high one. What is rare (subnormal numbers,
 * infinities, NaNs, results out of range) and what reads or writes the floating-point environment is done by the host
 * (extended-operations.ts).
 *
 * Source: Intel SDM volume 1, 4.2.2; D. Knuth, The Art of Computer Programming 4.3.1 (division of two words by one).
 */
import { EXTENDED_AREA } from '../target/tlb-layout.ts';
import { extendedOperations } from './extended-operations.ts';
import type { ExtendedOperation, HostOperation } from './extended-operations.ts';
import type { Helper, HelperContext } from './runtime-helper.ts';
import { op, simd } from './wasm-module.ts';
import { loadValue, storeValue } from './wasm-values.ts';
import { writeText } from './wasm-text.ts';

/** (host address) -> the number there. */
export const loadExtended: Helper = {
  signature: { parameters: ['i32'], result: 'v128' },
  locals: [],
  write: (code) => {
    code.localGet(0);
    code.localGet(0);
    code.simdMemory(simd.v128_load64_zero, 0);
    code.simdMemory(simd.v128_load16_lane, 8, 4);
  },
};

/** (host address, number, offset): stores the ten bytes of the number. */
export const storeExtended: Helper = {
  signature: { parameters: ['i32', 'v128', 'i32'], result: undefined },
  locals: [],
  write: (code) => {
    code.localGet(0);
    code.localGet(2);
    code.emit(op.i32_add);
    code.localTee(0);
    code.localGet(1);
    code.simdMemory(simd.v128_store64_lane, 0, 0);
    code.localGet(0);
    code.localGet(1);
    code.simdMemory(simd.v128_store16_lane, 8, 4);
  },
};

/** An operation by the host. */
export function hostOperation(context: HelperContext, name: ExtendedOperation): Helper {
  const { number, parameters, result }: HostOperation = extendedOperations[name];
  return {
    signature: { parameters, result: result === 'pair' ? undefined : result },
    locals: [],
    write: (code) => {
      parameters.forEach((type, index) => {
        code.i32Const(0);
        code.localGet(index);
        storeValue(code, type, EXTENDED_AREA + 16 * index);
      });
      code.i32Const(number);
      code.call(context.imports.extendedOperation);
      if (result === 'pair') return;
      code.i32Const(0);
      loadValue(code, result, EXTENDED_AREA);
    },
  };
}

const namesIn = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));

/** Names of the locals of a computation after its parameters, with blanks between them. */
interface Locals {
  readonly i64: string;
  readonly i32: string;
}

/** A helper written as text, with the host's operation for the rest under the name `@host`. */
function textHelper(
  context: HelperContext,
  operation: ExtendedOperation,
  parameters: readonly string[],
  locals: Locals,
  text: string,
): Helper {
  const { parameters: types, result } = extendedOperations[operation];
  const wide = namesIn(locals.i64);
  const narrow = namesIn(locals.i32);
  return {
    signature: { parameters: types, result: result === 'pair' ? undefined : result },
    locals: [...wide.map(() => 'i64' as const), ...narrow.map(() => 'i32' as const)],
    write: (code) => {
      const calls = new Map<string, () => number>([
        ['host', () => context.helper(`x87_host_${operation}`)],
        ['high', () => context.helper('multiply_high')],
      ]);
      writeText(code, [...parameters, ...wide, ...narrow], text, calls);
    },
  };
}

/** Takes both operands apart; leaves to the host what is not an ordinary number. */
const takeApart = `
  $a low =m  $a high i32.wrap_i64 :h 0x7fff i32.and =e
  $b low =n  $b high i32.wrap_i64 :k 0x7fff i32.and =f
  $e 1 i32.sub 0x7ffe i32.lt_u  $f 1 i32.sub 0x7ffe i32.lt_u  i32.and
  $m $n i64.and 0L i64.lt_s  i32.and  i32.eqz`;

/** Rounds m and what follows it, l, to nearest; the exponent is e, the sign in h. Leaves the number. */
const roundAndPack = `
  $l 0L i64.lt_s if
    $l 1L i64.shl 0L i64.ne  $m i32.wrap_i64 1 i32.and  i32.or if
      $m 1L i64.add :m i64.eqz if 0x8000000000000000L =m $e 1 i32.add =e end
    end
  end
  $e 1 i32.sub 0x7ffe i32.lt_u i32.eqz if $a $b @host return end
  $m splat  $e $h 0x8000 i32.and i32.or i64.extend_i32_u  with_high`;

/** a + b; `flip` is 0x8000 for a - b. */
function sum(context: HelperContext, operation: 'add' | 'subtract', flip: number): Helper {
  const text = `
  ${takeApart} if $a $b @host return end
  $k ${flip} i32.xor =k
  $e $f i32.lt_u  $e $f i32.eq $m $n i64.lt_u i32.and  i32.or if
    $m =l $n =m $l =n  $e =d $f =e $d =f  $h =d $k =h $d =k
  end
  $e $f i32.sub =d  0L =l
  $d if
    $d 64 i32.lt_u if
      $n  64 $d i32.sub i64.extend_i32_u  i64.shl =l
      $n $d i64.extend_i32_u i64.shr_u =n
    else
      $d 64 i32.eq if $n =l else
        $d 128 i32.lt_u if
          $n  $d 64 i32.sub i64.extend_i32_u  i64.shr_u
          $n  128 $d i32.sub i64.extend_i32_u  i64.shl 0L i64.ne i64.extend_i32_u  i64.or =l
        else 1L =l end
      end
      0L =n
    end
  end
  $h $k i32.xor 0x8000 i32.and i32.eqz if
    $m $n i64.add :m $n i64.lt_u if
      $l 1L i64.shr_u  $l 1L i64.and i64.or  $m 63L i64.shl i64.or =l
      $m 1L i64.shr_u 0x8000000000000000L i64.or =m  $e 1 i32.add =e
    end
  else
    0L $l i64.sub =o  $m $n i64.sub  $l 0L i64.ne i64.extend_i32_u  i64.sub =m  $o =l
    $m $l i64.or i64.eqz if 0L splat return end
    $m i64.eqz if $l =m 0L =l $e 64 i32.sub =e end
    $m i64.clz :o i64.eqz i32.eqz if
      $m $o i64.shl  $l 64L $o i64.sub i64.shr_u  i64.or =m
      $l $o i64.shl =l  $e $o i32.wrap_i64 i32.sub =e
    end
  end
  ${roundAndPack}`;
  return textHelper(context, operation, ['a', 'b'], { i64: 'm n l o', i32: 'h k e f d' }, text);
}

function product(context: HelperContext): Helper {
  const text = `
  ${takeApart} if $a $b @host return end
  $h $k i32.xor =h  $e $f i32.add 16382 i32.sub =e
  $m $n i64.mul =l  $m $n @high :m 0L i64.ge_s if
    $m 1L i64.shl $l 63L i64.shr_u i64.or =m  $l 1L i64.shl =l  $e 1 i32.sub =e
  end
  ${roundAndPack}`;
  return textHelper(context, 'multiply', ['a', 'b'], { i64: 'm n l', i32: 'h k e f' }, text);
}

/** One digit of 32 bits of the quotient of $r × 2^32 + digit and n; leaves the rest in r, the digit in q. */
const quotientDigit = (digit: string): string => `
  $r $v i64.div_u :q $v i64.mul =t  $r $t i64.sub =t
  loop
    $q 0xffffffffL i64.gt_u
    if:i32 1 else $q $w i64.mul  $t 32L i64.shl ${digit} i64.or  i64.gt_u end
    if
      $q 1L i64.sub =q  $t $v i64.add :t 0xffffffffL i64.le_u again
    end
  end
  $r 32L i64.shl ${digit} i64.or  $q $n i64.mul i64.sub =r`;

function quotient(context: HelperContext): Helper {
  // The dividend is halved where it is not less than the divisor, so that the quotient has 64 digits.
  const text = `
  ${takeApart} if $a $b @host return end
  $h $k i32.xor =h  $e $f i32.sub 16382 i32.add =e  0L =l
  $m $n i64.ge_u if $m 63L i64.shl =l  $m 1L i64.shr_u =m  $e 1 i32.add =e end
  $n 32L i64.shr_u =v  $n 0xffffffffL i64.and =w  $m =r
  ${quotientDigit('$l 32L i64.shr_u')}
  $q 32L i64.shl =m
  ${quotientDigit('$l 0xffffffffL i64.and')}
  $m $q i64.or =m
  $r i64.eqz if 0L =l else
    $r $n $r i64.sub i64.gt_u if 0x8000000000000001L =l else
      $r $n $r i64.sub i64.eq if 0x8000000000000000L =l else 1L =l end
    end
  end
  ${roundAndPack}`;
  return textHelper(context, 'divide', ['a', 'b'], { i64: 'm n l q r t v w', i32: 'h k e f' }, text);
}

/** 0 for equal, 1 for greater, 2 for less. */
function order(context: HelperContext): Helper {
  const text = `
  $a low =m  $a high i32.wrap_i64 =h
  $b low =n  $b high i32.wrap_i64 =k
  $h 0x7fff i32.and 0x7fff i32.eq  $k 0x7fff i32.and 0x7fff i32.eq  i32.or
  $h 0x7fff i32.and 0 i32.ne $m 0L i64.ge_s i32.and i32.or
  $k 0x7fff i32.and 0 i32.ne $n 0L i64.ge_s i32.and i32.or
  $h 0x7fff i32.and i32.eqz $m 0L i64.lt_s i32.and i32.or
  $k 0x7fff i32.and i32.eqz $n 0L i64.lt_s i32.and i32.or
  if $a $b @host return end
  $m $n i64.or i64.eqz if 0 return end
  $h $k i32.xor 0x8000 i32.and if  $h 0x8000 i32.and if 2 return end 1 return end
  $h $k i32.eq $m $n i64.eq i32.and if 0 return end
  $h $k i32.gt_u  $h $k i32.eq $m $n i64.gt_u i32.and  i32.or
  $h 15 i32.shr_u  i32.xor
  if 1 return end 2`;
  return textHelper(context, 'compare', ['a', 'b'], { i64: 'm n', i32: 'h k' }, text);
}

/** A double as a number; subnormal ones become normal. */
function fromDouble(context: HelperContext): Helper {
  const text = `
  $x i64.reinterpret_f64 :b 52L i64.shr_u i32.wrap_i64 :h 0x7ff i32.and :e 1 i32.sub 0x7fe i32.ge_u if
    $b 1L i64.shl i64.eqz i32.eqz if $x @host return end
    0L splat  $h 4 i32.shl 0x8000 i32.and i64.extend_i32_u with_high return
  end
  $b 11L i64.shl 0x8000000000000000L i64.or splat
  $e 15360 i32.add  $h 4 i32.shl 0x8000 i32.and i32.or i64.extend_i32_u  with_high`;
  return textHelper(context, 'fromDouble', ['x'], { i64: 'b', i32: 'h e' }, text);
}

function fromSingle(context: HelperContext): Helper {
  const text = `
  $x i32.reinterpret_f32 :b 23 i32.shr_u :h 0xff i32.and :e 1 i32.sub 0xfe i32.ge_u if
    $b 1 i32.shl if $x @host return end
    0L splat  $h 7 i32.shl 0x8000 i32.and i64.extend_i32_u with_high return
  end
  $b i64.extend_i32_u 40L i64.shl 0x8000000000000000L i64.or splat
  $e 16256 i32.add  $h 7 i32.shl 0x8000 i32.and i32.or i64.extend_i32_u  with_high`;
  return textHelper(context, 'fromSingle', ['x'], { i64: '', i32: 'b h e' }, text);
}

/** An integer of 64 bits as a number; exact. */
function fromLong(context: HelperContext, operation: 'fromSigned' | 'fromUnsigned'): Helper {
  const isSigned = operation === 'fromSigned';
  const sign = isSigned ? '$x 63L i64.shr_u i32.wrap_i64 15 i32.shl =h $h if 0L $x i64.sub =x end' : '';
  const text = `
  $x i64.eqz if 0L splat return end
  ${sign}
  $x $x i64.clz :n i64.shl splat
  16446L $n i64.sub $h i64.extend_i32_u i64.or  with_high`;
  return textHelper(context, operation, ['x'], { i64: 'n', i32: 'h' }, text);
}

/** A number rounded to double. */
function toDouble(context: HelperContext): Helper {
  const text = `
  $a low =m  $a high i32.wrap_i64 :h 0x7fff i32.and 15360 i32.sub =e
  $e 1 i32.sub 0x7fe i32.lt_u $m 0L i64.lt_s i32.and if
    $h 15 i32.shr_u i64.extend_i32_u 63L i64.shl
    $m 11L i64.shr_u  $m 0x7ffL i64.and  $m 11L i64.shr_u 1L i64.and  i64.add 0x400L i64.gt_u i64.extend_i32_u  i64.add
    0x10000000000000L i64.sub  $e i64.extend_i32_u 52L i64.shl  i64.add
    i64.or f64.reinterpret_i64 return
  end
  $a @host`;
  return textHelper(context, 'toDouble', ['a'], { i64: 'm', i32: 'h e' }, text);
}

function toSingle(context: HelperContext): Helper {
  const text = `
  $a low =m  $a high i32.wrap_i64 :h 0x7fff i32.and 16256 i32.sub =e
  $e 1 i32.sub 0xfe i32.lt_u $m 0L i64.lt_s i32.and if
    $h 15 i32.shr_u 31 i32.shl
    $m 40L i64.shr_u  $m 0xffffffffffL i64.and  $m 40L i64.shr_u 1L i64.and  i64.add 0x8000000000L i64.gt_u i64.extend_i32_u  i64.add
    0x800000L i64.sub i32.wrap_i64  $e 23 i32.shl  i32.add
    i32.or f32.reinterpret_i32 return
  end
  $a @host`;
  return textHelper(context, 'toSingle', ['a'], { i64: 'm', i32: 'h e' }, text);
}

/** A number cut to an integer of 16, 32 or 64 bits. */
function toInteger(context: HelperContext, operation: 'toShort' | 'toInt' | 'toLong'): Helper {
  const bits = operation === 'toShort' ? 16 : operation === 'toInt' ? 32 : 64;
  const narrow = operation === 'toLong' ? '' : 'i32.wrap_i64';
  const text = `
  $a low =m  $a high i32.wrap_i64 =h
  $m 0L i64.ge_s  $h 0x7fff i32.and 0 i32.ne  i32.and if $a @host return end
  $h 0x7fff i32.and 16383 i32.sub :e ${bits - 1} i32.lt_s if
    $e 0 i32.lt_s if 0L ${narrow} return end
    $m 63 $e i32.sub i64.extend_i32_u i64.shr_u =m
    $h 0x8000 i32.and if 0L $m i64.sub =m end
    $m ${narrow} return
  end
  $a @host`;
  return textHelper(context, operation, ['a'], { i64: 'm', i32: 'h e' }, text);
}

/** (number) -> what it is: 0 a NaN, 1 infinite, 2 zero, 3 subnormal, 4 normal, as <math.h> numbers the classes. */
const classHelper: Helper = {
  signature: { parameters: ['v128'], result: 'i32' },
  locals: ['i64', 'i32'],
  write: (code) => {
    const text = `
    $a low =m  $a high i32.wrap_i64 0x7fff i32.and :e i32.eqz if 3 $m i64.eqz i32.sub return end
    $m 0L i64.ge_s if 0 return end
    $e 0x7fff i32.ne if 4 return end
    $m 1L i64.shl i64.eqz`;
    writeText(code, ['a', 'm', 'e'], text);
  },
};

/** What an instruction makes of exponent and sign. */
function signHelper(instruction: string, mask: number): Helper {
  return {
    signature: { parameters: ['v128'], result: 'v128' },
    locals: [],
    write: (code) => writeText(code, ['a'], `$a  $a high ${mask}L ${instruction}  with_high`),
  };
}

const PREFIX = 'x87_';
const HOST_PREFIX = 'x87_host_';

/** The helper of an operation: `x87_add` for one that computes to nearest, `x87_host_add` for one by the host. */
export function describeExtended(context: HelperContext, name: string): Helper | undefined {
  if (name.startsWith(HOST_PREFIX))
    return hostOperation(context, name.slice(HOST_PREFIX.length) as ExtendedOperation);
  if (!name.startsWith(PREFIX)) return undefined;
  switch (name) {
    case 'x87_sign_negate':
      return signHelper('i64.xor', 0x8000);
    case 'x87_sign_clear':
      return signHelper('i64.and', 0x7fff);
    case 'x87_class':
      return classHelper;
    case 'x87_head':
      return {
        signature: { parameters: ['v128'], result: 'i32' },
        locals: [],
        write: (code) => writeText(code, ['a'], '$a high i32.wrap_i64'),
      };
  }
  const operation = name.slice(PREFIX.length) as ExtendedOperation;
  switch (operation) {
    case 'add':
      return sum(context, operation, 0);
    case 'subtract':
      return sum(context, operation, 0x8000);
    case 'multiply':
      return product(context);
    case 'divide':
      return quotient(context);
    case 'compare':
    case 'compareQuietly':
      return order(context);
    case 'fromDouble':
      return fromDouble(context);
    case 'fromSingle':
      return fromSingle(context);
    case 'fromSigned':
    case 'fromUnsigned':
      return fromLong(context, operation);
    case 'toDouble':
      return toDouble(context);
    case 'toSingle':
      return toSingle(context);
    case 'toShort':
    case 'toInt':
    case 'toLong':
      return toInteger(context, operation);
    case 'fromSignedPair':
    case 'fromUnsignedPair':
    case 'toUnsignedLong':
    case 'toSignedPair':
    case 'toUnsignedPair':
    case 'squareRoot':
    case 'multiplyComplex':
    case 'divideComplex':
      return hostOperation(context, operation);
  }
}
