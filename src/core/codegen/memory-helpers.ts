/** Helpers that go over memory page by page, and those that read and write single words. */
import { PAGE_SIZE } from '../../base/address.ts';
import { pushHalvesOf, unlessRegister } from './access-helpers.ts';
import type { Helper, HelperContext } from './runtime-helper.ts';
import { pushHost, pushIsHit } from './tlb-probe.ts';
import type { TlbProbe } from './tlb-probe.ts';
import { op } from './wasm-module.ts';
import type { CodeWriter } from './wasm-module.ts';

/** (address) -> host address of one byte. */
export function translate(context: HelperContext, table: number, slow: number): Helper {
  return {
    signature: { parameters: [context.pointer], result: 'i32' },
    locals: ['i32'],
    write: (code) => {
      const probe: TlbProbe = {
        code,
        pointer: context.pointer,
        table,
        entry: 1,
        pushAddress: () => code.localGet(0),
      };
      pushIsHit(probe, 1);
      code.open(op.if, 'i32');
      pushHost(probe);
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
export function copyMemory(context: HelperContext): Helper {
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
export function fillMemory(context: HelperContext): Helper {
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
export function stringLength(context: HelperContext): Helper {
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
export function touchFrame(context: HelperContext): Helper {
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

/** (address) -> the aligned word there. */
export function getWord(context: HelperContext, type: 'i32' | 'i64'): Helper {
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
export function putWord(context: HelperContext, type: 'i32' | 'i64'): Helper {
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
