/** Helpers that convert between double and the 80-bit format of the x87 (Intel SDM volume 1, 4.2.2). */
import type { Helper } from './runtime-helper.ts';
import { op } from './wasm-module.ts';
import type { CodeWriter } from './wasm-module.ts';

/** (host address) -> the x87 number there, rounded to double. */
export const loadExtended: Helper = {
  signature: { parameters: ['i32'], result: 'f64' },
  locals: ['i64', 'i32', 'i32', 'f64'],
  write: (code) => {
    const [host, mantissa, head, exponent, magnitude] = [0, 1, 2, 3, 4];
    code.localGet(host);
    code.memory(op.i64_load, 0);
    code.localSet(mantissa);
    code.localGet(host);
    code.memory(op.i32_load16_u, 8);
    code.localTee(head);
    code.i32Const(0x7fff);
    code.emit(op.i32_and);
    code.localSet(exponent);
    // Infinity and not-a-number keep the upper bits of the fraction.
    code.localGet(exponent);
    code.i32Const(0x7fff);
    code.emit(op.i32_eq);
    code.open(op.if, 'f64');
    code.localGet(mantissa);
    code.i64Const(1);
    code.emit(op.i64_shl);
    code.i64Const(12);
    code.emit(op.i64_shr_u);
    code.i64Const(0x7ff0000000000000n);
    code.emit(op.i64_or);
    code.emit(op.f64_reinterpret_i64);
    code.else();
    // value = mantissa * 2^(exponent - 16446), the power in two halves, each within the range of a double.
    code.localGet(exponent);
    code.i32Const(16446);
    code.emit(op.i32_sub);
    code.i32Const(1100);
    code.localGet(exponent);
    code.i32Const(16446);
    code.emit(op.i32_sub);
    code.i32Const(1100);
    code.emit(op.i32_lt_s);
    code.emit(op.select);
    code.localTee(exponent);
    code.i32Const(-1300);
    code.localGet(exponent);
    code.i32Const(-1300);
    code.emit(op.i32_gt_s);
    code.emit(op.select);
    code.localSet(exponent);
    code.localGet(mantissa);
    code.emit(op.f64_convert_i64_u);
    code.localGet(exponent);
    code.i32Const(1);
    code.emit(op.i32_shr_s);
    pushPowerOfTwo(code);
    code.emit(op.f64_mul);
    code.localGet(exponent);
    code.localGet(exponent);
    code.i32Const(1);
    code.emit(op.i32_shr_s);
    code.emit(op.i32_sub);
    pushPowerOfTwo(code);
    code.emit(op.f64_mul);
    code.close();
    code.localTee(magnitude);
    code.localGet(magnitude);
    code.emit(op.f64_neg);
    code.localGet(head);
    code.i32Const(0x8000);
    code.emit(op.i32_and);
    code.emit(op.i32_eqz);
    code.emit(op.select);
  },
};

/** Replaces the small i32 on the stack by 2 to its power. */
function pushPowerOfTwo(code: CodeWriter): void {
  code.i32Const(1023);
  code.emit(op.i32_add);
  code.emit(op.i64_extend_i32_u);
  code.i64Const(52);
  code.emit(op.i64_shl);
  code.emit(op.f64_reinterpret_i64);
}

/** (host address, number, offset): stores the number in the x87 format. */
export const storeExtended: Helper = {
  signature: { parameters: ['i32', 'f64', 'i32'], result: undefined },
  locals: ['i64', 'i64', 'i32', 'i64'],
  write: (code) => {
    const [host, number, offset, bits, fraction, exponent, mantissa] = [0, 1, 2, 3, 4, 5, 6];
    code.localGet(host);
    code.localGet(offset);
    code.emit(op.i32_add);
    code.localSet(host);
    code.localGet(number);
    code.emit(op.i64_reinterpret_f64);
    code.localTee(bits);
    code.i64Const(0xfffffffffffffn);
    code.emit(op.i64_and);
    code.localSet(fraction);
    code.localGet(bits);
    code.i64Const(52);
    code.emit(op.i64_shr_u);
    code.emit(op.i32_wrap_i64);
    code.i32Const(0x7ff);
    code.emit(op.i32_and);
    code.localTee(exponent);
    code.emit(op.i32_eqz);
    code.open(op.if);
    code.localGet(fraction);
    code.emit(op.i64_eqz);
    code.open(op.if);
    code.i64Const(0);
    code.localSet(mantissa);
    code.else();
    // A subnormal double is a normal number of the wider format.
    code.localGet(fraction);
    code.localGet(fraction);
    code.emit(op.i64_clz);
    code.emit(op.i64_shl);
    code.localSet(mantissa);
    code.i32Const(15372);
    code.localGet(fraction);
    code.emit(op.i64_clz);
    code.emit(op.i32_wrap_i64);
    code.emit(op.i32_sub);
    code.localSet(exponent);
    code.close();
    code.else();
    code.i64Const(-0x8000000000000000n);
    code.localGet(fraction);
    code.i64Const(11);
    code.emit(op.i64_shl);
    code.emit(op.i64_or);
    code.localSet(mantissa);
    code.i32Const(0x7fff);
    code.localGet(exponent);
    code.i32Const(15360);
    code.emit(op.i32_add);
    code.localGet(exponent);
    code.i32Const(0x7ff);
    code.emit(op.i32_eq);
    code.emit(op.select);
    code.localSet(exponent);
    code.close();
    code.localGet(host);
    code.localGet(mantissa);
    code.memory(op.i64_store, 0);
    code.localGet(host);
    code.localGet(bits);
    code.i64Const(63);
    code.emit(op.i64_shr_u);
    code.emit(op.i32_wrap_i64);
    code.i32Const(15);
    code.emit(op.i32_shl);
    code.localGet(exponent);
    code.emit(op.i32_or);
    code.memory(op.i32_store16, 8);
  },
};
