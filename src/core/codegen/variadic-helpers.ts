/** Helpers of va_arg: they find the next argument (System V ABI, AMD64 supplement, 3.5.7). */
import type { Helper, HelperContext } from './runtime-helper.ts';
import { op } from './wasm-module.ts';

/**
 * (va_list) -> address of the next argument that travelled in a register of this class or, when those are used up, on
 * the stack. Source: System V ABI, AMD64 supplement, figure 3.34.
 */
export function nextVariadic(context: HelperContext, counter: number, step: number, limit: number): Helper {
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
export function nextOverflow(context: HelperContext): Helper {
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
