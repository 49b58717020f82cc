/**
 * What a function that holds nested functions (GNU) stores in the object that it shares with them when it begins, and how
 * a nested function keeps the address of the one around it.
 *
 * The trampolines are the bytes that gcc stores; calls through pointers to them go by those bytes (see trampoline.ts).
 *
 * Source: gcc/tree-nested.cc (finalize_nesting_tree_1), gcc/function.cc (expand_function_start), gcc/config/i386/i386.cc
 * (ix86_trampoline_init): behaviour.
 */
import { sizeOf } from '../sema/type-relations.ts';
import type { FunctionSymbol, SharedFrame } from '../sema/typed-tree.ts';
import { trampolineCode } from '../target/trampoline.ts';
import type { FunctionState } from './function-state.ts';
import { loadPlace, pushAddress, storePlace } from './place.ts';
import { absoluteAddress } from './program-state.ts';
import { pushFromEntry } from './realigned-frame.ts';
import { accesses, valueKindOf } from './value-type.ts';
import { pushStackPointer } from './call.ts';
import { op } from './wasm-module.ts';

/** Keeps the chain that the function came with, and fills what it shares with the functions inside. */
export function openSharedFrame(state: FunctionState): void {
  const { chain, frame } = state.fn.nesting ?? {};
  const { code, program } = state;
  const word = program.pointer === 'i64' ? accesses.i64 : accesses.i32;
  const register = chain === undefined ? undefined : state.registers.get(chain);
  if (chain !== undefined && register !== undefined) {
    code.globalGet(program.globals.staticChain);
    if (program.pointer === 'i32') code.emit(op.i32_wrap_i64);
    code.localSet(register);
    const slot = state.frame.offsets.get(chain);
    if (slot !== undefined)
      storePlace(state, { kind: 'frame', offset: slot }, word, () => code.localGet(register));
  }
  if (frame !== undefined) fillFrame(state, frame, register);
}

function fillFrame(state: FunctionState, shared: SharedFrame, chain: number | undefined): void {
  const { code, program, frame } = state;
  const start = frame.offsets.get(shared.object);
  if (start === undefined) return;
  const { wordBytes } = program;
  const word = program.pointer === 'i64' ? accesses.i64 : accesses.i32;
  const store = (offset: number, pushValue: () => void): void => {
    storePlace(state, { kind: 'frame', offset: start + offset }, word, pushValue);
  };
  if (shared.jumpBuffer !== undefined) {
    store(shared.jumpBuffer, () => code.localGet(state.rbp));
    store(shared.jumpBuffer + wordBytes, () => pushStackPointer(state));
  }
  store(shared.frameBase, () => pushFromEntry(state, 2 * wordBytes));
  for (const parameter of shared.parameters) copyParameter(state, start, parameter);
  if (shared.chain !== undefined && chain !== undefined) store(shared.chain, () => code.localGet(chain));
  for (const trampoline of shared.trampolines)
    writeTrampoline(state, start, start + trampoline.offset, trampoline.function);
}

/** Keeps the stack pointer for jumps out of nested functions, where it has changed (gcc/explow.cc: record_new_stack_level). */
export function noteStackLevel(state: FunctionState): void {
  const shared = state.fn.nesting?.frame;
  const start = shared === undefined ? undefined : state.frame.offsets.get(shared.object);
  if (shared?.jumpBuffer === undefined || start === undefined) return;
  const { pointer, wordBytes } = state.program;
  const offset = start + shared.jumpBuffer + wordBytes;
  storePlace(state, { kind: 'frame', offset }, pointer === 'i64' ? accesses.i64 : accesses.i32, () =>
    pushStackPointer(state),
  );
}

function copyParameter(
  state: FunctionState,
  start: number,
  { parameter, offset, isAddress }: SharedFrame['parameters'][number],
): void {
  const { code, program, frame } = state;
  const to = { kind: 'frame', offset: start + offset } as const;
  const from = frame.incoming.get(parameter) ?? frame.offsets.get(parameter);
  if (from === undefined) return;
  if (isAddress) {
    const word = program.pointer === 'i64' ? accesses.i64 : accesses.i32;
    storePlace(state, to, word, () => pushAddress(state, { kind: 'frame', offset: from }));
    return;
  }
  const kind = valueKindOf(parameter.type.type);
  if (kind.kind === 'scalar') {
    storePlace(state, to, kind.access, () => loadPlace(state, { kind: 'frame', offset: from }, kind.access));
    return;
  }
  pushAddress(state, to);
  pushAddress(state, { kind: 'frame', offset: from });
  code.i32Const(sizeOf(parameter.type.type) ?? 0);
  code.call(program.helper('copy'));
}

/** The code of a trampoline is known but for where it lies and what it leads to: two words of it are addresses. */
function writeTrampoline(state: FunctionState, start: number, at: number, symbol: FunctionSymbol): void {
  const { code, program } = state;
  const { pieces } = trampolineCode[program.target];
  const target = absoluteAddress(program, symbol);
  for (const piece of pieces) {
    const place = { kind: 'frame', offset: at + piece.offset } as const;
    switch (piece.kind) {
      case 'bytes':
        piece.bytes.forEach((byte, index) => {
          storePlace(state, { kind: 'frame', offset: place.offset + index }, accesses.u8, () =>
            code.i32Const(byte),
          );
        });
        break;
      case 'target':
        storePlace(state, place, program.pointer === 'i64' ? accesses.i64 : accesses.i32, () =>
          state.pointerConst(target),
        );
        break;
      case 'distance':
        // From the end of the jump.
        storePlace(state, place, accesses.i32, () => {
          state.pointerConst(target);
          code.localGet(state.rbp);
          state.addConst(place.offset + 4);
          state.pointerSub();
        });
        break;
      case 'chain':
        storePlace(state, place, program.pointer === 'i64' ? accesses.i64 : accesses.i32, () =>
          pushAddress(state, { kind: 'frame', offset: start }),
        );
        break;
    }
  }
}
