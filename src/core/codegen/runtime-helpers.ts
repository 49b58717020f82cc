/**
 * Functions that a module carries with it when its code needs them: accesses that miss the translation table, copies,
 * the x87 format, conversions that differ from WebAssembly's own.
 */
import { invariant } from '../../base/assert.ts';
import { PAGE_SIZE } from '../../base/address.ts';
import { READ_TLB, TLB_ENTRY_SHIFT, TLB_OFFSET_MASK, WRITE_TLB } from '../target/tlb-layout.ts';
import type { WasmType } from './compiled-program.ts';
import { REGISTER_PAGE, REGISTER_PAGE_HOST } from './program-state.ts';
import type { RuntimeGlobals, RuntimeImports } from './program-state.ts';
import { accesses } from './value-type.ts';
import type { Access } from './value-type.ts';
import { CodeWriter, op } from './wasm-module.ts';
import type { WasmModule, WasmSignature } from './wasm-module.ts';

/** What the helpers are made from. */
export interface HelperContext {
  readonly module: WasmModule;
  readonly pointer: 'i32' | 'i64';
  readonly imports: RuntimeImports;
  readonly globals: RuntimeGlobals;
  readonly helper: (name: string) => number;
}

interface Helper {
  readonly signature: WasmSignature;
  readonly locals: readonly WasmType[];
  readonly write: (code: CodeWriter) => void;
}

const ACCESS_HELPER = /^(load|store)_slow_(\w+)$/;

/** Makes a helper by its name. @returns its function index */
export function makeHelper(context: HelperContext, name: string): number {
  const helper = describeHelper(context, name);
  const index = context.module.declareFunction(name, helper.signature);
  const code = new CodeWriter();
  helper.write(code);
  context.module.defineFunction(index, helper.locals, code);
  return index;
}

function describeHelper(context: HelperContext, name: string): Helper {
  const access = ACCESS_HELPER.exec(name);
  if (access !== null) {
    const kind = Object.values(accesses).find((one) => one.name === access[2]);
    invariant(kind !== undefined, `an access named ${access[2] ?? ''}`);
    return access[1] === 'load' ? slowLoad(context, kind) : slowStore(context, kind);
  }
  switch (name) {
    case 'f80_load':
      return loadExtended;
    case 'f80_store':
      return storeExtended;
    case 'f64_to_i32':
      return truncateTo('i32');
    case 'f64_to_i64':
      return truncateTo('i64');
    case 'f64_to_u64':
      return truncateToUnsigned64(context);
    case 'host_read':
      return translate(context, READ_TLB, context.imports.readSlow);
    case 'host_write':
      return translate(context, WRITE_TLB, context.imports.writeSlow);
    case 'string_length':
      return stringLength(context);
    case 'copy':
      return copyMemory(context);
    case 'fill':
      return fillMemory(context);
    case 'touch_frame':
      return touchFrame(context);
    case 'multiply_high':
      return multiplyHigh;
    case 'get_i32':
      return getWord(context, 'i32');
    case 'get_i64':
      return getWord(context, 'i64');
    case 'put_i32':
      return putWord(context, 'i32');
    case 'put_i64':
      return putWord(context, 'i64');
    case 'va_integer':
      return nextVariadic(context, 0, 8, 48);
    case 'va_sse':
      return nextVariadic(context, 4, 16, 176);
    case 'va_overflow':
      return nextOverflow(context);
    default:
      invariant(false, `a helper named ${name}`);
  }
}

/** Pushes the halves of the address in a local, as the imports take them. */
function pushHalvesOf(context: HelperContext, code: CodeWriter, local: number): void {
  code.localGet(local);
  if (context.pointer === 'i32') {
    code.i32Const(0);
    return;
  }
  code.emit(op.i32_wrap_i64);
  code.localGet(local);
  code.i64Const(32);
  code.emit(op.i64_shr_u);
  code.emit(op.i32_wrap_i64);
}

/**
 * Leaves the host address when the address in local 0 is in the register page, else what `otherwise` pushes.
 */
function unlessRegister(context: HelperContext, code: CodeWriter, otherwise: () => void): void {
  const isWide = context.pointer === 'i64';
  code.localGet(0);
  if (isWide) {
    code.i64Const(-PAGE_SIZE);
    code.emit(op.i64_and);
    code.i64Const(REGISTER_PAGE.i64);
    code.emit(op.i64_eq);
  } else {
    code.i32Const(-PAGE_SIZE);
    code.emit(op.i32_and);
    code.i32Const(Number(BigInt.asIntN(32, REGISTER_PAGE.i32)));
    code.emit(op.i32_eq);
  }
  code.open(op.if, 'i32');
  code.localGet(0);
  if (isWide) code.emit(op.i32_wrap_i64);
  code.i32Const(PAGE_SIZE - 1);
  code.emit(op.i32_and);
  code.i32Const(REGISTER_PAGE_HOST);
  code.emit(op.i32_add);
  code.else();
  otherwise();
  code.close();
}

function slowLoad(context: HelperContext, access: Access): Helper {
  return {
    signature: { parameters: [context.pointer], result: access.type },
    locals: [],
    write: (code) => {
      unlessRegister(context, code, () => {
        pushHalvesOf(context, code, 0);
        code.i32Const(access.size);
        code.call(context.imports.readSlow);
      });
      if (access.load === undefined) code.call(context.helper('f80_load'));
      else code.memory(access.load, 0);
    },
  };
}

function slowStore(context: HelperContext, access: Access): Helper {
  return {
    signature: { parameters: [context.pointer, access.type], result: undefined },
    locals: ['i32'],
    write: (code) => {
      unlessRegister(context, code, () => {
        pushHalvesOf(context, code, 0);
        code.i32Const(access.size);
        code.call(context.imports.writeSlow);
      });
      code.localTee(2);
      code.localGet(1);
      if (access.store === undefined) {
        code.i32Const(0);
        code.call(context.helper('f80_store'));
      } else code.memory(access.store, 0);
      code.localGet(2);
      code.i32Const(REGISTER_PAGE_HOST);
      code.emit(op.i32_lt_u);
      code.open(op.if);
      pushHalvesOf(context, code, 0);
      code.i32Const(access.size);
      code.call(context.imports.writeCommit);
      code.close();
    },
  };
}

/** (address) -> host address of one byte. */
function translate(context: HelperContext, table: number, slow: number): Helper {
  const isWide = context.pointer === 'i64';
  return {
    signature: { parameters: [context.pointer], result: 'i32' },
    locals: ['i32'],
    write: (code) => {
      code.localGet(0);
      if (isWide) code.emit(op.i32_wrap_i64);
      code.i32Const(12 - TLB_ENTRY_SHIFT);
      code.emit(op.i32_shr_u);
      code.i32Const(TLB_OFFSET_MASK);
      code.emit(op.i32_and);
      code.localTee(1);
      code.memory(isWide ? op.i64_load : op.i32_load, table);
      code.localGet(0);
      if (isWide) code.i64Const(-PAGE_SIZE);
      else code.i32Const(-PAGE_SIZE);
      code.emit(isWide ? op.i64_and : op.i32_and);
      code.emit(isWide ? op.i64_eq : op.i32_eq);
      code.open(op.if, 'i32');
      code.localGet(0);
      if (isWide) code.emit(op.i32_wrap_i64);
      code.localGet(1);
      code.memory(op.i32_load, table + 8);
      code.emit(op.i32_add);
      code.else();
      unlessRegister(context, code, () => {
        pushHalvesOf(context, code, 0);
        code.i32Const(1);
        code.call(slow);
      });
      code.close();
    },
  };
}

/** Pushes the bytes from the address in a local to the end of its page. */
function pushRestOfPage(context: HelperContext, code: CodeWriter, local: number): void {
  code.i32Const(PAGE_SIZE);
  code.localGet(local);
  if (context.pointer === 'i64') code.emit(op.i32_wrap_i64);
  code.i32Const(PAGE_SIZE - 1);
  code.emit(op.i32_and);
  code.emit(op.i32_sub);
}

/** Lowers the number in local `target` to the one on the stack. */
function keepSmaller(code: CodeWriter, target: number, scratch: number): void {
  code.localTee(scratch);
  code.localGet(target);
  code.localGet(scratch);
  code.localGet(target);
  code.emit(op.i32_lt_u);
  code.emit(op.select);
  code.localSet(target);
}

/** Moves the address in a local up by the count in another. */
function advance(context: HelperContext, code: CodeWriter, local: number, count: number): void {
  code.localGet(local);
  code.localGet(count);
  if (context.pointer === 'i64') {
    code.emit(op.i64_extend_i32_u);
    code.emit(op.i64_add);
  } else code.emit(op.i32_add);
  code.localSet(local);
}

/** (to, from, bytes): copies page by page from the low end. */
function copyMemory(context: HelperContext): Helper {
  return {
    signature: { parameters: [context.pointer, context.pointer, 'i32'], result: undefined },
    locals: ['i32', 'i32', 'i32'],
    write: (code) => {
      const [to, from, rest, chunk, scratch, source] = [0, 1, 2, 3, 4, 5];
      const done = code.open(op.block);
      const again = code.open(op.loop);
      code.localGet(rest);
      code.emit(op.i32_eqz);
      code.branchIf(done);
      code.localGet(rest);
      code.localSet(chunk);
      pushRestOfPage(context, code, from);
      keepSmaller(code, chunk, scratch);
      pushRestOfPage(context, code, to);
      keepSmaller(code, chunk, scratch);
      code.localGet(from);
      code.call(context.helper('host_read'));
      code.localSet(source);
      code.localGet(to);
      code.call(context.helper('host_write'));
      // The write may have given the source page another frame (copy on write of the same page).
      code.localGet(from);
      code.call(context.helper('host_read'));
      code.localGet(chunk);
      code.memoryCopy();
      advance(context, code, to, chunk);
      advance(context, code, from, chunk);
      code.localGet(rest);
      code.localGet(chunk);
      code.emit(op.i32_sub);
      code.localSet(rest);
      code.branch(again);
      code.close();
      code.close();
    },
  };
}

/** (to, byte, bytes): fills page by page from the low end. */
function fillMemory(context: HelperContext): Helper {
  return {
    signature: { parameters: [context.pointer, 'i32', 'i32'], result: undefined },
    locals: ['i32', 'i32'],
    write: (code) => {
      const [to, byte, rest, chunk, scratch] = [0, 1, 2, 3, 4];
      const done = code.open(op.block);
      const again = code.open(op.loop);
      code.localGet(rest);
      code.emit(op.i32_eqz);
      code.branchIf(done);
      code.localGet(rest);
      code.localSet(chunk);
      pushRestOfPage(context, code, to);
      keepSmaller(code, chunk, scratch);
      code.localGet(to);
      code.call(context.helper('host_write'));
      code.localGet(byte);
      code.localGet(chunk);
      code.memoryFill();
      advance(context, code, to, chunk);
      code.localGet(rest);
      code.localGet(chunk);
      code.emit(op.i32_sub);
      code.localSet(rest);
      code.branch(again);
      code.close();
      code.close();
    },
  };
}

/** (address) -> bytes before the NUL. */
function stringLength(context: HelperContext): Helper {
  const isWide = context.pointer === 'i64';
  return {
    signature: { parameters: [context.pointer], result: context.pointer },
    locals: [context.pointer],
    write: (code) => {
      const [start, at] = [0, 1];
      code.localGet(start);
      code.localSet(at);
      const done = code.open(op.block);
      const again = code.open(op.loop);
      code.localGet(at);
      code.call(context.helper('host_read'));
      code.memory(op.i32_load8_u, 0);
      code.emit(op.i32_eqz);
      code.branchIf(done);
      code.localGet(at);
      if (isWide) code.i64Const(1);
      else code.i32Const(1);
      code.emit(isWide ? op.i64_add : op.i32_add);
      code.localSet(at);
      code.branch(again);
      code.close();
      code.close();
      code.localGet(at);
      code.localGet(start);
      code.emit(isWide ? op.i64_sub : op.i32_sub);
    },
  };
}

/** (address of a word): makes sure that the word's page is present and writable. */
function touchFrame(context: HelperContext): Helper {
  return {
    signature: { parameters: [context.pointer], result: undefined },
    locals: [],
    write: (code) => {
      code.localGet(0);
      code.call(context.helper('host_write'));
      code.emit(op.drop);
    },
  };
}

/** (host address) -> the x87 number there, rounded to double. */
const loadExtended: Helper = {
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
const storeExtended: Helper = {
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

/** (a, b) -> bits 64 to 127 of the product of unsigned numbers. */
const multiplyHigh: Helper = {
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
function truncateTo(type: 'i32' | 'i64'): Helper {
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
function truncateToUnsigned64(context: HelperContext): Helper {
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

/**
 * (va_list) -> address of the next argument that travelled in a register of this class or, when those are used up, on
 * the stack. Source: System V ABI, AMD64 supplement, figure 3.34.
 */
function nextVariadic(context: HelperContext, counter: number, step: number, limit: number): Helper {
  return {
    signature: { parameters: ['i64'], result: 'i64' },
    locals: ['i32', 'i64'],
    write: (code) => {
      const [list, used, addr] = [0, 1, 2];
      const field = (offset: number): void => {
        code.localGet(list);
        code.i64Const(offset);
        code.emit(op.i64_add);
      };
      field(counter);
      code.call(context.helper('get_i32'));
      code.localTee(used);
      code.i32Const(limit);
      code.emit(op.i32_lt_u);
      code.open(op.if, 'i64');
      field(16);
      code.call(context.helper('get_i64'));
      code.localGet(used);
      code.emit(op.i64_extend_i32_u);
      code.emit(op.i64_add);
      code.localSet(addr);
      field(counter);
      code.localGet(used);
      code.i32Const(step);
      code.emit(op.i32_add);
      code.call(context.helper('put_i32'));
      code.localGet(addr);
      code.else();
      code.localGet(list);
      code.i64Const(8);
      code.i64Const(8);
      code.call(context.helper('va_overflow'));
      code.close();
    },
  };
}

/** (va_list, bytes, alignment) -> address of the next argument on the stack. */
function nextOverflow(context: HelperContext): Helper {
  return {
    signature: { parameters: ['i64', 'i64', 'i64'], result: 'i64' },
    locals: ['i64'],
    write: (code) => {
      const [list, size, align, addr] = [0, 1, 2, 3];
      code.localGet(list);
      code.i64Const(8);
      code.emit(op.i64_add);
      code.call(context.helper('get_i64'));
      code.localGet(align);
      code.emit(op.i64_add);
      code.i64Const(1);
      code.emit(op.i64_sub);
      code.i64Const(0);
      code.localGet(align);
      code.emit(op.i64_sub);
      code.emit(op.i64_and);
      code.localSet(addr);
      code.localGet(list);
      code.i64Const(8);
      code.emit(op.i64_add);
      code.localGet(addr);
      code.localGet(size);
      code.emit(op.i64_add);
      code.call(context.helper('put_i64'));
      code.localGet(addr);
    },
  };
}

/** (address) -> the aligned word there. */
function getWord(context: HelperContext, type: 'i32' | 'i64'): Helper {
  return {
    signature: { parameters: [context.pointer], result: type },
    locals: [],
    write: (code) => {
      code.localGet(0);
      code.call(context.helper('host_read'));
      code.memory(type === 'i64' ? op.i64_load : op.i32_load, 0);
    },
  };
}

/** (address, word): stores an aligned word. */
function putWord(context: HelperContext, type: 'i32' | 'i64'): Helper {
  return {
    signature: { parameters: [context.pointer, type], result: undefined },
    locals: [],
    write: (code) => {
      code.localGet(0);
      code.call(context.helper('host_write'));
      code.localGet(1);
      code.memory(type === 'i64' ? op.i64_store : op.i32_store, 0);
    },
  };
}
