/** Helpers for accesses that miss the translation table. */
import { PAGE_SIZE } from '../../base/address.ts';
import { REGISTER_PAGE, REGISTER_PAGE_HOST } from './program-state.ts';
import type { Helper, HelperContext } from './runtime-helper.ts';
import type { Access } from './value-type.ts';
import { op } from './wasm-module.ts';
import type { CodeWriter } from './wasm-module.ts';

/** (address) -> value: asks the machine for the page. */
export function slowLoad(context: HelperContext, access: Access): Helper {
  return {
    signature: { parameters: [context.pointer], result: access.type },
    locals: [],
    write: (code) => {
      unlessRegister(context, code, () => {
        pushHalvesOf(context, code, 0);
        code.i32Const(access.size);
        code.call(context.imports.readSlow);
      });
      loadAs(context, code, access);
    },
  };
}

/** (address, value): asks the machine for the page; what crosses two pages is committed afterwards. */
export function slowStore(context: HelperContext, access: Access): Helper {
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
      storeAs(context, code, access);
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

/** Replaces the host address on the stack by the value there. */
function loadAs(context: HelperContext, code: CodeWriter, access: Access): void {
  if (access.load === undefined) code.call(context.helper('f80_load'));
  else code.memory(access.load, 0);
}

/** Stores the value on the stack to the host address below it. */
function storeAs(context: HelperContext, code: CodeWriter, access: Access): void {
  if (access.store === undefined) {
    code.i32Const(0);
    code.call(context.helper('f80_store'));
  } else code.memory(access.store, 0);
}

/** Pushes the halves of the address in a local, as the imports take them. */
export function pushHalvesOf(context: HelperContext, code: CodeWriter, local: number): void {
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
export function unlessRegister(context: HelperContext, code: CodeWriter, otherwise: () => void): void {
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
