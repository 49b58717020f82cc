/**
 * Sizes and alignments of the stack slots of parameters.
 *
 * Source: gcc/function.cc, assign_parm_adjust_stack_rtl, assign_parm_setup_block, assign_parm_setup_stack: behaviour.
 */
import { roundUp } from '../../base/address.ts';
import { alignOf, resolve, sizeOf } from '../sema/type-relations.ts';
import type { ObjectSymbol, TypedFunction } from '../sema/typed-tree.ts';
import type { ArgumentAssignment } from './calling-convention.ts';
import type { CType } from '../sema/type.ts';
import { registerAlignment } from './local-alignment.ts';
import { hasRegisterMode, isMemoryValue } from './register-modes.ts';

/** The slot of a parameter that is not in a register. */
export interface ParameterSlot {
  readonly parameter: ObjectSymbol;
  /** Bytes. */
  readonly size: number;
  readonly align: number;
  /** Bytes that come before it and are given up at once, aligned to a word: the value is stored there, then in its slot. */
  readonly passage: number;
  /** Bytes from the frame pointer up to where the caller put it, where it stays there. */
  readonly callerOffset: number | undefined;
}

/**
 * The slots of a function's parameters, in order.
 *
 * @param isGuarded - whether the stack protector guards the function: no pointer stays where the caller put it
 */
export function slotsOfParameters(
  fn: TypedFunction,
  { places }: ArgumentAssignment,
  registers: ReadonlySet<ObjectSymbol>,
  word: 4 | 8,
  isGuarded: boolean,
): readonly ParameterSlot[] {
  const slots: ParameterSlot[] = [];
  fn.parameters.forEach((parameter, index) => {
    if (registers.has(parameter)) return;
    const place = places[index];
    const isMoved = isGuarded && resolve(parameter.type.type).kind === 'pointer';
    const stays =
      place?.kind === 'stack' && !isMoved && staysOnStack(parameter, word) && !isPromotedFloat(parameter, fn);
    const callerOffset = stays ? 2 * word + place.offset : undefined;
    const passage = place?.kind === 'registers' && isPairOfFloats(parameter.type.type) ? 8 : 0;
    slots.push({ parameter, ...slotOf(parameter, fn), passage, callerOffset });
  });
  return slots;
}

/**
 * What one register holds has its own size, other records are stored in words. What is smaller than int arrives as int:
 * its slot is aligned as one.
 */
function slotOf(
  parameter: ObjectSymbol,
  fn: TypedFunction,
): { readonly size: number; readonly align: number } {
  const { type } = parameter;
  const bytes = sizeOf(type.type) ?? 0;
  if (isPromotedFloat(parameter, fn)) return { size: 8, align: 8 };
  if (!isMemoryValue(type.type)) return { size: bytes, align: Math.max(4, registerAlignment(parameter)) };
  // No block of memory, but a value with a mode of its own.
  if (resolve(type.type).kind === 'complex') return { size: bytes, align: registerAlignment(parameter) };
  const isOneRegister = bytes <= 8 && hasRegisterMode(type.type);
  return {
    size: isOneRegister ? bytes : roundUp(bytes, 8),
    align: bytes === 16 ? 16 : alignOf(type),
  };
}

/** Whether gcc leaves a parameter where the caller put it. */
function staysOnStack(parameter: ObjectSymbol, word: 4 | 8): boolean {
  const bytes = sizeOf(parameter.type.type) ?? 0;
  // char and short arrive as int and get a slot even when they come on the stack.
  if (word === 8) return isMemoryValue(parameter.type.type) || bytes >= 4;
  // On i386 what needs more alignment than a word is copied.
  const { kind } = resolve(parameter.type.type);
  if (kind === 'record' || (kind === 'complex' && bytes < 4) || (kind === 'vector' && bytes >= 16))
    return true;
  return bytes >= 4 && registerAlignment(parameter) <= 4;
}

/** Two floats that come in one vector register. */
function isPairOfFloats(type: CType): boolean {
  const resolved = resolve(type);
  return resolved.kind === 'complex' && resolved.element.kind === 'float' && resolved.size === 8;
}

/** An old-style float parameter travels as double and keeps that much room. */
export function isPromotedFloat(parameter: ObjectSymbol, fn: TypedFunction): boolean {
  const type = resolve(parameter.type.type);
  return !fn.symbol.type.hasPrototype && type.kind === 'float' && type.name === 'float';
}
