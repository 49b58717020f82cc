/**
 * Loops that become functions of their own.
 *
 * An engine replaces code by better code only when a function is entered. A program that stays in the loops of main
 * would run in the engine's first, quick translation to its end. So the loops of functions that are entered once are
 * functions: they take the frame pointer, keep everything in memory as all code here does, and after so many turns they
 * return to be called again where they were.
 *
 * Not for functions with jumps, register variables or variable length arrays, which keep things in wasm locals.
 */
import { isVariablyModified, isVoid } from '../sema/type-relations.ts';
import type { TypedStatement } from '../sema/typed-tree.ts';
import type { FunctionState } from './function-state.ts';
import { followFrame } from './moved-frame.ts';
import { op } from './wasm-module.ts';
import type { WasmSignature } from './wasm-module.ts';

type Loop = Extract<TypedStatement, { kind: 'while' | 'do' | 'for' }>;

/** What a loop function returns. */
const AGAIN = 0;
const FINISHED = 1;
const RETURNED = 2;

/** Turns after which a loop function returns: a power of two, as the fuel that is left is what is looked at. */
const SLICE = 1 << 14;

/** Whether the loops of a function may become functions. */
export function mayOutlineLoops(state: FunctionState): boolean {
  const { fn, program } = state;
  if (!program.enteredOnce.has(fn) || state.registers.size > 0 || state.dispatch !== undefined) return false;
  if (state.isMissing !== undefined) return false;
  if (state.resultType === undefined && !isVoid(fn.symbol.type.result.type)) return false;
  return ![...fn.locals, ...fn.parameters].some((object) => isVariablyModified(object.type.type));
}

/**
 * Emits a loop as a function and the calls of it.
 *
 * @param generate - emits the loop in the state of its function
 */
export function outlineLoop(
  state: FunctionState,
  loop: Loop,
  generate: (inner: FunctionState) => void,
): void {
  const { code, program } = state;
  const signature: WasmSignature = { parameters: [program.pointer, 'i32'], result: 'i32' };
  const index = program.module.declareFunction(`${state.fn.symbol.name}:${loop.kind}`, signature);
  const inner = state.loopFunction();
  inner.position = state.position;
  inner.epilogue = inner.code.open(op.block);
  generate(inner);
  inner.code.i32Const(FINISHED);
  inner.code.emit(op.return);
  inner.code.close();
  inner.code.i32Const(RETURNED);
  program.module.defineFunction(index, inner.localTypes, inner.code);
  state.position = inner.position;

  const outcome = state.temp('i32');
  const again = code.open(op.loop);
  code.localGet(state.rbp);
  code.localGet(state.host);
  code.call(index);
  code.localSet(outcome);
  followFrame(state);
  code.localGet(outcome);
  code.emit(op.i32_eqz);
  code.branchIf(again);
  code.close();
  code.localGet(outcome);
  code.i32Const(RETURNED);
  code.emit(op.i32_eq);
  code.open(op.if);
  if (state.result !== undefined && state.resultType !== undefined) {
    code.globalGet(program.resultGlobal(state.resultType));
    code.localSet(state.result);
  }
  code.branch(state.epilogue);
  code.close();
  state.release('i32', outcome);
}

/** Takes fuel for one turn of a loop function; leaves it when its turns are over. */
export function burnSlice(state: FunctionState): void {
  const { code, program } = state;
  const { fuel } = program.globals;
  const rest = state.temp('i64');
  code.globalGet(fuel);
  code.i64Const(1);
  code.emit(op.i64_sub);
  code.localTee(rest);
  code.globalSet(fuel);
  code.localGet(rest);
  code.emit(op.i32_wrap_i64);
  code.i32Const(SLICE - 1);
  code.emit(op.i32_and);
  code.emit(op.i32_eqz);
  code.openIf('unlikely');
  code.localGet(rest);
  code.i64Const(0);
  code.emit(op.i64_le_s);
  code.open(op.if);
  code.call(program.imports.fuelOut);
  code.close();
  code.i32Const(AGAIN);
  code.emit(op.return);
  code.close();
  state.release('i64', rest);
}
