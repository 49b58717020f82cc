/**
 * Which objects declared `register` gcc 12 -O0 really keeps in a processor register.
 *
 * Source: gcc/function.cc: use_register_for_decl (not for structs and unions); an object needs a machine mode, which
 * arrays of 1, 2, 4 and 8 bytes have; no SSE register survives a call.
 * Simplified: the number of registers is not counted (x86-64 has five that survive calls; more are rare).
 */
import type { DataModel } from '../target/data-model.ts';
import { resolve, sizeOf } from './type-relations.ts';
import { VOLATILE } from './type.ts';
import type { ObjectSymbol } from './typed-tree.ts';

/**
 * Whether an automatic object is in a register at -O0.
 *
 * @param makesCalls - whether its function calls anything
 */
export function livesInRegister(object: ObjectSymbol, makesCalls: boolean, model: DataModel): boolean {
  if (!object.isReferenced || !wantsRegister(object, model)) return false;
  return resolve(object.type.type).kind !== 'float' || !makesCalls;
}

/** Whether gcc -O0 gives an object no place at all: one for a register that nothing uses. On i386 two words are kept. */
export function isUnusedRegister(object: ObjectSymbol, model: DataModel): boolean {
  if (object.isReferenced || object.isParameter || !wantsRegister(object, model)) return false;
  return resolve(object.type.type).kind !== 'array' || (sizeOf(object.type.type) ?? 0) <= model.wordBytes;
}

/** Whether an object is declared `register` and of a type that gcc may keep in one. */
function wantsRegister(object: ObjectSymbol, model: DataModel): boolean {
  if (!object.isRegister || (object.type.quals & VOLATILE) !== 0) return false;
  const type = resolve(object.type.type);
  switch (type.kind) {
    case 'integer':
    case 'pointer':
    case 'enum':
      return !object.isAddressTaken && (sizeOf(type) ?? 0) <= 8;
    case 'float':
      return !object.isAddressTaken;
    case 'array': {
      const size = sizeOf(type) ?? 0;
      return size === 1 || size === 2 || size === 4 || size === 8 || (size === 16 && model.wordBytes === 8);
    }
    default:
      return false;
  }
}
