/** Bytes of initialised static objects, and the addresses in them that the linker or loader fills in. */
import { extendedOf, partsOfComplex } from '../sema/floating-value.ts';
import type { FloatingValue } from '../sema/floating-value.ts';
import type { InitializerEntry, LabelSymbol, ObjectInitializer, ObjectSymbol } from '../sema/typed-tree.ts';
import type { CType } from '../sema/type.ts';
import { resolve, sizeOf } from '../sema/type-relations.ts';
import type { ConstantValue } from '../sema/typed-tree.ts';
import { fromNumber, toBytes } from '../target/extended-float.ts';

/** An address inside an object. */
export interface ObjectRelocation {
  /** Bytes from the start of the object. */
  readonly offset: number;
  readonly base: Extract<ConstantValue, { kind: 'address' }>['base'];
  readonly addend: number;
  /** For the difference of two labels: the other one, and the bytes that hold the difference. */
  readonly minus?: { readonly label: LabelSymbol; readonly size: number };
}

/** The initial bytes of a static object. */
export interface ObjectImage {
  readonly bytes: Uint8Array;
  readonly relocations: readonly ObjectRelocation[];
}

/** Builds the initial bytes of an object; `size` is that of its symbol, a flexible member's elements included. */
export function imageOf(object: ObjectSymbol, size: number): ObjectImage {
  const { initializer } = object;
  if (initializer === undefined) return imageOfEntries([], size);
  let image = known.get(initializer);
  if (image?.bytes.length !== size) {
    image = imageOfEntries(initializer.entries, size);
    known.set(initializer, image);
  }
  return image;
}

/** Images are built once for each initialiser. */
const known = new WeakMap<ObjectInitializer, ObjectImage>();

/** Builds the bytes that constant entries of an initialiser give; a later entry takes the place of earlier ones. */
export function imageOfEntries(entries: readonly InitializerEntry[], size: number): ObjectImage {
  const bytes = new Uint8Array(size);
  const relocations = new Map<number, ObjectRelocation>();
  // Offset of the last address: entries come in order, but for designated ones.
  let last = -1;
  for (const entry of entries) {
    if (entry.bitOffset === undefined) clearFor(bytes, entry.offset <= last ? relocations : undefined, entry);
    writeEntry(bytes, relocations, entry);
    if (entry.offset > last && relocations.has(entry.offset)) last = entry.offset;
  }
  return { bytes, relocations: [...relocations.values()] };
}

/** Drops what earlier entries put where an entry goes (C17 6.7.9p19), the addresses that may be there among it. */
function clearFor(
  bytes: Uint8Array,
  relocations: Map<number, ObjectRelocation> | undefined,
  { offset, type }: InitializerEntry,
): void {
  const end = Math.min(offset + (sizeOf(type.type) ?? Infinity), bytes.length);
  bytes.fill(0, offset, end);
  if (relocations === undefined) return;
  for (const at of relocations.keys()) if (at >= offset && at < end) relocations.delete(at);
}

function writeEntry(
  bytes: Uint8Array,
  relocations: Map<number, ObjectRelocation>,
  entry: InitializerEntry,
): void {
  const { constant } = entry;
  if (constant === undefined) return;
  switch (constant.kind) {
    case 'integer':
      if (entry.bitOffset !== undefined && entry.bitWidth !== undefined) {
        writeBits(bytes, entry.bitOffset, entry.bitWidth, constant.value);
      } else writeInteger(bytes, entry.offset, sizeOf(entry.type.type) ?? 0, constant.value);
      return;
    case 'floating':
      writeFloat(bytes, entry.offset, entry.type.type, constant);
      return;
    case 'complex': {
      const type = resolve(entry.type.type);
      if (type.kind !== 'complex') return;
      const [real, imaginary] = partsOfComplex(constant);
      writeFloat(bytes, entry.offset, type.element, real);
      writeFloat(bytes, entry.offset + type.element.size, type.element, imaginary);
      return;
    }
    case 'address':
      relocations.set(entry.offset, { offset: entry.offset, base: constant.base, addend: constant.offset });
      return;
    case 'label-difference': {
      const { label, minus, addend } = constant;
      const size = sizeOf(entry.type.type) ?? 0;
      const { offset } = entry;
      relocations.set(offset, { offset, base: label, addend, minus: { label: minus, size } });
      return;
    }
    case 'bytes':
      bytes.set(
        constant.bytes.subarray(
          0,
          Math.min(sizeOf(entry.type.type) ?? Infinity, bytes.length - entry.offset),
        ),
        entry.offset,
      );
      return;
  }
}

/** Writes a number of any size, little-endian. */
export function writeInteger(bytes: Uint8Array, offset: number, size: number, value: bigint): void {
  let rest = BigInt.asUintN(size * 8, value);
  for (let index = 0; index < size; index += 1) {
    bytes[offset + index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
}

function writeBits(bytes: Uint8Array, bitOffset: number, width: number, value: bigint): void {
  for (let bit = 0; bit < width; bit += 1) {
    const at = bitOffset + bit;
    const mask = 1 << (at & 7);
    const old = bytes[at >> 3] ?? 0;
    bytes[at >> 3] = ((value >> BigInt(bit)) & 1n) === 1n ? old | mask : old & ~mask;
  }
}

function writeFloat(bytes: Uint8Array, offset: number, type: CType, number: FloatingValue): void {
  const { value } = number;
  const resolved = resolve(type);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (resolved.kind !== 'float') {
    writeInteger(bytes, offset, sizeOf(type) ?? 0, BigInt(Math.trunc(value)));
    return;
  }
  switch (resolved.name) {
    case 'float':
      view.setFloat32(offset, value, true);
      return;
    case 'double':
      view.setFloat64(offset, value, true);
      return;
    case 'long double':
      bytes.set(toBytes(extendedOf(number)), offset);
      return;
    case '__float128':
      bytes.set(encodeQuadruple(value), offset);
      return;
  }
}

/** The bytes of a number as the type has them. */
export function encodeFloat(value: FloatingValue, type: CType): Uint8Array {
  const bytes = new Uint8Array(sizeOf(type) ?? 0);
  writeFloat(bytes, 0, type, value);
  return bytes;
}

/** The 16 bytes of the IEEE format of 128 bits that hold a double exactly. */
export function encodeQuadruple(value: number): Uint8Array {
  const extended = new DataView(toBytes(fromNumber(value)).buffer);
  const mantissa = extended.getBigUint64(0, true);
  const head = extended.getUint16(8, true);
  // The x87 format writes the leading bit, this one does not.
  const fraction = (mantissa & 0x7fffffffffffffffn) << 49n;
  const result = new DataView(new ArrayBuffer(16));
  result.setBigUint64(0, fraction & 0xffffffffffffffffn, true);
  result.setBigUint64(8, (BigInt(head) << 48n) | (fraction >> 64n), true);
  return new Uint8Array(result.buffer);
}
