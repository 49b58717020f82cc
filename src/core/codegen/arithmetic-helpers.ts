/** Helpers for arithmetic that WebAssembly has no instruction for, or does otherwise than x86. */
import type { Helper, HelperContext } from './runtime-helper.ts';
import { op } from './wasm-module.ts';

/** (a, b) -> bits 64 to 127 of the product of unsigned numbers. */
export const multiplyHigh: Helper = {
  signature: { parameters: ['i64', 'i64'], result: 'i64' },
  locals: ['i64'],
  write: (code) => {
    const [a, b, cross] = [0, 1, 2];
    const low = (local: number): void => {
      code.localGet(local);
      code.i64Const(0xffffffff);
      code.emit(op.i64_and);
    };
    const high = (local: number): void => {
      code.localGet(local);
      code.i64Const(32);
      code.emit(op.i64_shr_u);
    };
    // cross = high(a) * low(b) + high(low(a) * low(b))
    high(a);
    low(b);
    code.emit(op.i64_mul);
    low(a);
    low(b);
    code.emit(op.i64_mul);
    code.i64Const(32);
    code.emit(op.i64_shr_u);
    code.emit(op.i64_add);
    code.localSet(cross);
    // high(a) * high(b) + high(cross) + high(low(cross) + low(a) * high(b))
    high(a);
    high(b);
    code.emit(op.i64_mul);
    high(cross);
    code.emit(op.i64_add);
    low(cross);
    low(a);
    high(b);
    code.emit(op.i64_mul);
    code.emit(op.i64_add);
    code.i64Const(32);
    code.emit(op.i64_shr_u);
    code.emit(op.i64_add);
  },
};

/** cvttsd2si: what does not fit, and not-a-number, gives the smallest number. */
export function truncateTo(type: 'i32' | 'i64'): Helper {
  const isWide = type === 'i64';
  return {
    signature: { parameters: ['f64'], result: type },
    locals: [],
    write: (code) => {
      code.localGet(0);
      code.f64Const(isWide ? -(2 ** 63) : -(2 ** 31) - 1);
      code.emit(isWide ? op.f64_ge : op.f64_gt);
      code.localGet(0);
      code.f64Const(isWide ? 2 ** 63 : 2 ** 31);
      code.emit(op.f64_lt);
      code.emit(op.i32_and);
      code.open(op.if, type);
      code.localGet(0);
      code.emit(isWide ? op.i64_trunc_f64_s : op.i32_trunc_f64_s);
      code.else();
      if (isWide) code.i64Const(-0x8000000000000000n);
      else code.i32Const(-0x80000000);
      code.close();
    },
  };
}

/** As gcc does it: numbers from 2^63 on are lowered by 2^63 first and the top bit is flipped. */
export function truncateToUnsigned64(context: HelperContext): Helper {
  return {
    signature: { parameters: ['f64'], result: 'i64' },
    locals: [],
    write: (code) => {
      code.localGet(0);
      code.f64Const(2 ** 63);
      code.emit(op.f64_ge);
      code.open(op.if, 'i64');
      code.localGet(0);
      code.f64Const(2 ** 63);
      code.emit(op.f64_sub);
      code.call(context.helper('f64_to_i64'));
      code.i64Const(-0x8000000000000000n);
      code.emit(op.i64_xor);
      code.else();
      code.localGet(0);
      code.call(context.helper('f64_to_i64'));
      code.close();
    },
  };
}
