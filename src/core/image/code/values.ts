/**
 * Values and places as gimple has them: constants, variables and intermediate values that instructions read, addresses
 * that nothing has to compute, and lvalues made of a base, an offset and scaled indices.
 */
import { resolve, sizeOf } from '../../sema/type-relations.ts';
import type { CType } from '../../sema/type.ts';
import { BP, THREAD, imm, memAt, reg } from './machine.ts';
import type { Mem, Mode, Operand } from './machine.ts';

/** What an instruction can read. */
export type Value =
  | { readonly kind: 'operand'; readonly operand: Operand }
  | { readonly kind: 'float'; readonly value: number }
  /** The address of an object of the frame: bytes from rbp, and from there to the member that is meant. */
  | { readonly kind: 'frame'; readonly offset: number; readonly inside: number };

/** How a thread-local object is found: in this program at a known distance, or wherever the loader has put it. */
export type ThreadModel = 'local' | 'initial';

/** What an lvalue is based on. */
export type Base =
  | { readonly kind: 'frame'; readonly offset: number }
  | { readonly kind: 'symbol'; readonly symbol: string; readonly thread: ThreadModel | undefined }
  | { readonly kind: 'register'; readonly no: number }
  | { readonly kind: 'pointer'; readonly pointer: Value };

/** An index and the bytes that each step takes. */
export interface Term {
  readonly index: Value;
  readonly mode: Mode;
  readonly isSigned: boolean;
  readonly size: number;
}

/** Where an lvalue is. */
export interface Place {
  readonly base: Base;
  readonly offset: number;
  /** Outermost index first. */
  readonly terms: readonly Term[];
  /** Bits from the offset, for a bit-field. */
  readonly bits: { readonly start: number; readonly width: number } | undefined;
}

/** An operand as a value. */
export const valueOf = (operand: Operand): Value => ({ kind: 'operand', operand });
/** A constant as a value. */
export const constantValue = (value: bigint): Value => valueOf(imm(value));

/** The operand of a place without indices whose base is no pointer. */
export function directOperand(place: Place): Mem | Operand | undefined {
  if (place.terms.length > 0 || place.bits !== undefined) return undefined;
  switch (place.base.kind) {
    case 'frame':
      return memAt(BP, place.base.offset + place.offset);
    case 'symbol':
      if (place.base.thread === undefined) return memAt(undefined, place.offset, place.base.symbol);
      return place.base.thread === 'local'
        ? memAt(undefined, place.offset, THREAD + place.base.symbol)
        : undefined;
    case 'register':
      return reg(place.base.no);
    case 'pointer':
      return undefined;
  }
}

/** The machine mode of a scalar; undefined for what no register holds. */
export function modeOf(type: CType): Mode | undefined {
  const resolved = resolve(type);
  switch (resolved.kind) {
    case 'integer':
      return integerMode(resolved.size);
    case 'enum':
      return integerMode(resolved.underlying?.size ?? 4);
    case 'pointer':
      return integerMode(resolved.size);
    case 'function':
    case 'array':
      return 'DI';
    case 'float':
      return resolved.name === 'float' ? 'SF' : resolved.name === 'double' ? 'DF' : 'XF';
    default:
      return undefined;
  }
}

/** The integer mode of a size in bytes. */
export function integerMode(size: number): Mode {
  switch (size) {
    case 1:
      return 'QI';
    case 2:
      return 'HI';
    case 4:
      return 'SI';
    case 8:
      return 'DI';
    default:
      return 'TI';
  }
}

/** The mode in which a whole record moves through one register: 1, 2, 4, 8 or 16 bytes. */
export function recordMode(type: CType): Mode | undefined {
  const size = sizeOf(type);
  return size === 1 || size === 2 || size === 4 || size === 8 || size === 16 ? integerMode(size) : undefined;
}

/** Whether numbers of the type have a sign; pointers have none. */
export function isSignedType(type: CType): boolean {
  const resolved = resolve(type);
  if (resolved.kind === 'integer') return resolved.isSigned;
  return resolved.kind === 'enum' ? (resolved.underlying?.isSigned ?? false) : false;
}
