/**
 * The hard registers of `register` variables.
 *
 * One that found no register lies in the frame, and one that nothing reads is nowhere: gcc's debug information gives no place
 * for either (dwarf2out.cc: rtl_for_decl_location, behaviour).
 */
import type { ObjectSymbol } from '../../sema/typed-tree.ts';
import type { Allocation } from './allocation.ts';
import type { CodeBuffer } from './code-buffer.ts';
import { FIRST_PSEUDO, XMM0 } from './machine.ts';
import type { RegisterFile } from './register-file.ts';

/** Numbers of the registers of each variable that has some, the lowest word first. */
export type VariableRegisters = ReadonlyMap<ObjectSymbol, readonly number[]>;

/** Reads the registers of variables off an allocation. */
export function variableRegisters(
  code: CodeBuffer,
  { hard }: Allocation,
  file: RegisterFile,
): VariableRegisters {
  const found = new Map<ObjectSymbol, readonly number[]>();
  for (const [object, { no }] of code.variables) {
    const first = hard[no - FIRST_PSEUDO] ?? -1;
    if (first < 0) continue;
    const count = first >= XMM0 ? 1 : file.width[code.modes[no - FIRST_PSEUDO] ?? 'SI'];
    found.set(
      object,
      Array.from({ length: count }, (_, index) => first + index),
    );
  }
  return found;
}
