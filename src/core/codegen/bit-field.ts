/**
 * Bit-fields: the container that is read and written, and the bits in it.
 *
 * Source: System V ABI, AMD64 supplement 3.1.2 (bit-fields); little-endian numbering of bits.
 */
import type { RecordMember, RecordType } from '../sema/type.ts';
import type { FunctionState } from './function-state.ts';
import { loadPlace, pin, storePlace, unpin } from './place.ts';
import type { BitRange, Place } from './place.ts';
import { accesses } from './value-type.ts';
import type { Access, ValueKind } from './value-type.ts';
import { op } from './wasm-module.ts';

type Scalar = Extract<ValueKind, { kind: 'scalar' }>;

/** Where the container of a bit-field starts in its record, and the field in it. */
export function containerOf(
  member: RecordMember,
  record: RecordType,
): { readonly offset: number; readonly bits: BitRange } | undefined {
  if (member.bitOffset === undefined || member.bitWidth === undefined) return undefined;
  const first = member.bitOffset >> 3;
  const last = (member.bitOffset + Math.max(member.bitWidth, 1) - 1) >> 3;
  for (const size of [1, 2, 4, 8] as const) {
    const start = first - (first % size);
    if (last < start + size && start + size <= (record.size ?? Infinity)) {
      return {
        offset: start,
        bits: { size, shift: member.bitOffset - start * 8, width: member.bitWidth },
      };
    }
  }
  // Packed: no aligned container holds it, so an unaligned one does, shifted down to stay inside the record.
  for (const size of [1, 2, 4, 8] as const) {
    if (last - first >= size) continue;
    const start = Math.max(0, Math.min(first, (record.size ?? Infinity) - size));
    if (last < start + size) {
      return {
        offset: start,
        bits: { size, shift: member.bitOffset - start * 8, width: member.bitWidth },
      };
    }
  }
  return undefined;
}

function containerAccess(bits: BitRange): Access {
  switch (bits.size) {
    case 1:
      return accesses.u8;
    case 2:
      return accesses.u16;
    case 4:
      return accesses.i32;
    case 8:
      return accesses.i64;
  }
}

/** Loads the value of a bit-field of type `kind` from its place. */
export function loadBits(state: FunctionState, place: Place, bits: BitRange, kind: Scalar): void {
  const { code } = state;
  const access = containerAccess(bits);
  loadPlace(state, place, access);
  extract(state, bits, kind.isSigned, access);
  if (access.type === 'i64' && kind.access.type === 'i32') code.emit(op.i32_wrap_i64);
  if (access.type === 'i32' && kind.access.type === 'i64') {
    code.emit(kind.isSigned ? op.i64_extend_i32_s : op.i64_extend_i32_u);
  }
}

/** Takes the bits out of the container on the stack. */
function extract(state: FunctionState, bits: BitRange, isSigned: boolean, access: Access): void {
  const { code } = state;
  const isWide = access.type === 'i64';
  const total = isWide ? 64 : 32;
  const left = total - bits.shift - bits.width;
  const right = total - bits.width;
  const constant = (value: number): void => (isWide ? code.i64Const(value) : code.i32Const(value));
  if (left > 0) {
    constant(left);
    code.emit(isWide ? op.i64_shl : op.i32_shl);
  }
  if (right > 0) {
    constant(right);
    if (isWide) code.emit(isSigned ? op.i64_shr_s : op.i64_shr_u);
    else code.emit(isSigned ? op.i32_shr_s : op.i32_shr_u);
  }
}

/**
 * Stores a bit-field; `pushValue` pushes a value of type `kind`.
 *
 * @param wantsValue - leave the field's new value on the stack, as an assignment has it
 */
export function storeBits(
  state: FunctionState,
  place: Place,
  bits: BitRange,
  kind: Scalar,
  pushValue: () => void,
  wantsValue: boolean,
): void {
  const { code } = state;
  const access = containerAccess(bits);
  const isWide = access.type === 'i64';
  const pinned = pin(state, place);
  const value = state.temp(access.type);
  pushValue();
  if (isWide && kind.access.type === 'i32') code.emit(op.i64_extend_i32_u);
  if (!isWide && kind.access.type === 'i64') code.emit(op.i32_wrap_i64);
  code.localSet(value);
  const ones = (1n << BigInt(bits.width)) - 1n;
  const mask = BigInt.asIntN(64, ones << BigInt(bits.shift));
  const constant = (number: bigint): void =>
    isWide ? code.i64Const(number) : code.i32Const(Number(BigInt.asIntN(32, number)));
  storePlace(state, pinned, access, () => {
    // The other bits stay as they are, whatever they are.
    loadPlace(state, pinned, access, 'copyLoad');
    constant(~mask);
    code.emit(isWide ? op.i64_and : op.i32_and);
    code.localGet(value);
    constant(BigInt(bits.shift));
    code.emit(isWide ? op.i64_shl : op.i32_shl);
    constant(mask);
    code.emit(isWide ? op.i64_and : op.i32_and);
    code.emit(isWide ? op.i64_or : op.i32_or);
  });
  if (wantsValue) {
    code.localGet(value);
    extract(state, { ...bits, shift: 0 }, kind.isSigned, access);
    if (isWide && kind.access.type === 'i32') code.emit(op.i32_wrap_i64);
    if (!isWide && kind.access.type === 'i64') {
      code.emit(kind.isSigned ? op.i64_extend_i32_s : op.i64_extend_i32_u);
    }
  }
  state.release(access.type, value);
  if (pinned !== place) unpin(state, pinned);
}
