/**
 * Frames of functions that align the stack for themselves, as gcc makes them for variables aligned to more than 16 bytes.
 *
 * Variables count from a place that depends on where the caller left the stack, what the caller pushed from another:
 * with an argument pointer the frame pointer itself is aligned, and the address of the arguments is saved below it; else
 * the frame pointer is where it always is, and variables lie below an aligned place.
 *
 * Source: gcc/config/i386/i386.cc (ix86_expand_prologue, ix86_update_stack_boundary): behaviour.
 * Simplified: the main of i386 is where the loader puts it.
 */
import type { Realignment } from '../image/frame.ts';
import type { FunctionState } from './function-state.ts';
import { touchWritable } from './memory-access.ts';
import { loadPlace } from './place.ts';
import { accesses } from './value-type.ts';
import { op } from './wasm-module.ts';

/** How the function aligns its frame; undefined where callers align the stack enough. */
export function realignmentOf(state: FunctionState): Realignment | undefined {
  return state.program.pointer === 'i64' ? state.frame.realignment : undefined;
}

/**
 * Pushes an address that has a fixed distance from the place where a frame pointer would be saved without alignment:
 * the return address is a word above it, then come the arguments.
 */
export function pushFromEntry(state: FunctionState, offset: number): void {
  const { code } = state;
  const realignment = realignmentOf(state);
  if (realignment === undefined) {
    code.localGet(state.rbp);
    state.addConst(offset);
  } else if (realignment.kind === 'stack-pointer') {
    code.globalGet(state.program.globals.fp);
    state.addConst(offset);
  } else {
    const { wordBytes } = state.program;
    loadPlace(state, { kind: 'frame', offset: realignment.argumentPointer }, accesses.i64);
    state.addConst(offset - 2 * wordBytes);
  }
}

/**
 * Finds where the variables of the frame count from and puts it into `state.rbp`; makes the highest of them present.
 *
 * @param entry - local: where the frame pointer would be saved without alignment
 */
export function alignFrame(state: FunctionState, entry: number, realignment: Realignment): void {
  const { code } = state;
  const { wordBytes } = state.program;
  code.localGet(entry);
  state.addConst(realignment.kind === 'argument-pointer' ? wordBytes : -realignment.pushedBytes);
  code.i64Const(-realignment.alignment);
  code.emit(op.i64_and);
  state.addConst(realignment.kind === 'argument-pointer' ? -2 * wordBytes : realignment.base);
  code.localSet(state.rbp);
  if (realignment.kind === 'argument-pointer') {
    touchWritable(state, state.rbp, 2 * wordBytes);
    return;
  }
  const highest = state.temp('i64');
  code.localGet(state.rbp);
  state.addConst(-realignment.base - 2 * wordBytes);
  code.localSet(highest);
  touchWritable(state, highest, 2 * wordBytes);
  state.release('i64', highest);
}
