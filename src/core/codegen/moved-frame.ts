/**
 * Callers whose frame pointer a called function has overwritten.
 *
 * A function that writes past an array overwrites the frame pointer that it has saved, before the return address; its
 * epilogue pops what lies there, and the caller goes on with another frame. Callers look after calls of functions with
 * arrays: what they access directly moves with the frame pointer, or leaves the linear memory where it points to nothing.
 *
 * Simplified: functions that align their frames for themselves, and calls through pointers, do not look; the run stops
 * there with a name for it.
 */
import { asArray, asRecord, isVariablyModified } from '../sema/type-relations.ts';
import type { CType } from '../sema/type.ts';
import type { FunctionSymbol, TypedFunction } from '../sema/typed-tree.ts';
import type { FunctionState } from './function-state.ts';
import { realignmentOf } from './realigned-frame.ts';
import { op } from './wasm-module.ts';

/** Whether a function has an array in its frame, past whose end it or a function that it calls may write. */
export function mayOverflow({ locals }: Pick<TypedFunction, 'locals'>): boolean {
  return locals.some(
    ({ storage, type }) =>
      storage === 'automatic' && (holdsArray(type.type) || isVariablyModified(type.type)),
  );
}

function holdsArray(type: CType): boolean {
  if (asArray(type) !== undefined) return true;
  return asRecord(type)?.members?.some((member) => holdsArray(member.type.type)) ?? false;
}

/** Whether the function under compilation goes on rightly when a call comes back with another frame pointer. */
export function followsFrame(state: FunctionState, callee: FunctionSymbol | undefined): boolean {
  return callee !== undefined && state.program.overflowing.has(callee) && realignmentOf(state) === undefined;
}

/**
 * After a call: takes over the frame pointer that came back. A function without memory of its own below the frame pointer
 * does not use it: gcc restores it by `pop`, not by `leave`.
 */
export function followFrame(state: FunctionState): void {
  const { code, program, frame } = state;
  if (realignmentOf(state) !== undefined || (frame.frameSize === 0 && !state.isLargeFrame)) return;
  const pushFrame = (): void => {
    code.globalGet(program.globals.fp);
    if (program.pointer === 'i32') code.emit(op.i32_wrap_i64);
  };
  pushFrame();
  code.localGet(state.rbp);
  code.emit(program.pointer === 'i64' ? op.i64_ne : op.i32_ne);
  code.openIf('unlikely');
  pushFrame();
  code.localSet(state.rbp);
  code.globalGet(program.globals.fp);
  code.i32Const(frame.depth);
  code.call(program.imports.frameMoved);
  if (state.hostBase !== 0) {
    code.i32Const(state.hostBase);
    code.emit(op.i32_sub);
  }
  code.localSet(state.host);
  code.close();
}
