/**
 * The values of `register` variables at a stop: they are in wasm locals, which nobody outside can see, so they are copied
 * to the register page before the module says that it has stopped.
 */
import type { ObjectSymbol } from '../sema/typed-tree.ts';
import type { FunctionState } from './function-state.ts';
import { REGISTER_PAGE_HOST, STOP_SLOT, STOP_SLOT_BYTES, STOP_SLOTS } from './program-state.ts';
import { valueKindOf } from './value-type.ts';
import { op } from './wasm-module.ts';

/** Host address of the slot of a function's register variable; undefined for those that are not told. */
export function stopSlot(registers: ReadonlySet<ObjectSymbol>, object: ObjectSymbol): number | undefined {
  const index = [...registers].indexOf(object);
  return index < 0 || index >= STOP_SLOTS
    ? undefined
    : REGISTER_PAGE_HOST + STOP_SLOT + STOP_SLOT_BYTES * index;
}

/** Copies the values of the register variables of the function to their slots. */
export function showRegisters(state: FunctionState): void {
  const { code, frame } = state;
  for (const object of frame.registers) {
    const slot = stopSlot(frame.registers, object);
    if (slot === undefined) continue;
    const packed = state.packed.get(object);
    const local = state.registers.get(object);
    const kind = valueKindOf(object.type.type);
    if (packed !== undefined) {
      const { size = 0 } = object.type.type.kind === 'array' ? object.type.type : {};
      for (let offset = 0; offset < size; offset += 8) {
        code.i32Const(slot + offset);
        code.localGet(packed + offset / 8);
        code.memory(op.i64_store, 0);
      }
    } else if (local !== undefined && kind.kind === 'scalar' && kind.access.store !== undefined) {
      code.i32Const(slot);
      code.localGet(local);
      code.memory(kind.access.store, 0);
    }
  }
}
