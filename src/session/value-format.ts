/**
 * Values of C objects as text, from their bytes.
 */
import { hexAddress } from '../base/address.ts';
import { resolve, sizeOf } from '../core/sema/type-relations.ts';
import type { CType, QualType, RecordType } from '../core/sema/type.ts';

/** Elements of an array, and members of a record, that are spelled out. */
const mostParts = 8;

/** Nesting that is spelled out. */
const deepest = 3;

/**
 * The value of an object.
 *
 * @param bytes - the object's bytes; `undefined` when its page has no frame: it reads as zeros if it is readable at all
 */
export function formatValue(type: QualType, bytes: Uint8Array | undefined, depth = 0): string {
  if (bytes === undefined) return '—';
  const resolved = resolve(type.type);
  switch (resolved.kind) {
    case 'integer':
      return formatInteger(resolved.name, readInteger(bytes, resolved.size, resolved.isSigned));
    case 'enum': {
      const value = readInteger(
        bytes,
        resolved.underlying?.size ?? 4,
        resolved.underlying?.isSigned ?? false,
      );
      const named = resolved.enumerators.find((one) => one.value === value);
      return named === undefined ? value.toString() : `${named.name} (${value.toString()})`;
    }
    case 'float':
      return formatFloat(bytes, resolved.size);
    case 'pointer': {
      const value = Number(readInteger(bytes, resolved.size, false));
      return value === 0 ? 'NULL' : hexAddress(value);
    }
    case 'array':
      return formatArray(resolved.element, bytes, depth);
    case 'record':
      return depth >= deepest ? '{…}' : formatRecord(resolved, bytes, depth);
    default:
      return '—';
  }
}

function readInteger(bytes: Uint8Array, size: number, isSigned: boolean): bigint {
  let value = 0n;
  for (let i = Math.min(size, bytes.length) - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return isSigned ? BigInt.asIntN(size * 8, value) : value;
}

function formatInteger(name: string, value: bigint): string {
  if (name === '_Bool') return value === 0n ? 'false' : 'true';
  if (!name.endsWith('char')) return value.toString();
  const code = Number(value);
  return code >= 32 && code < 127 ? `${String(code)} '${String.fromCharCode(code)}'` : String(code);
}

function formatFloat(bytes: Uint8Array, size: number): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (size === 4) return String(Number(view.getFloat32(0, true).toPrecision(9)));
  if (size === 8) return String(view.getFloat64(0, true));
  return '—';
}

function formatArray(element: QualType, bytes: Uint8Array, depth: number): string {
  const size = sizeOf(element.type) ?? 0;
  if (size === 0) return '{}';
  if (isPlainChar(element.type)) return formatText(bytes);
  if (depth >= deepest) return '{…}';
  const count = Math.floor(bytes.length / size);
  const parts = Array.from({ length: Math.min(count, mostParts) }, (_, i) =>
    formatValue(element, bytes.subarray(i * size, (i + 1) * size), depth + 1),
  );
  return `{${parts.join(', ')}${count > mostParts ? ', …' : ''}}`;
}

function isPlainChar(type: CType): boolean {
  const resolved = resolve(type);
  return resolved.kind === 'integer' && resolved.name === 'char';
}

/** A char array: a string up to its NUL when it is one, else its bytes. */
function formatText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const text = bytes.subarray(0, Math.min(end < 0 ? bytes.length : end, 60));
  const isPrintable = text.every((byte) => (byte >= 32 && byte < 127) || byte === 9 || byte === 10);
  if (isPrintable && end >= 0) return JSON.stringify(String.fromCharCode(...text));
  const shown = Array.from(bytes.subarray(0, mostParts), (byte) => byte.toString(16).padStart(2, '0')).join(
    ' ',
  );
  return `{${shown}${bytes.length > mostParts ? ' …' : ''}}`;
}

function formatRecord(record: RecordType, bytes: Uint8Array, depth: number): string {
  const members = record.members ?? [];
  const parts = members.slice(0, mostParts).flatMap((member) => {
    if (member.bitOffset !== undefined && member.bitWidth !== undefined) {
      const value =
        (readInteger(bytes, bytes.length, false) >> BigInt(member.bitOffset)) &
        ((1n << BigInt(member.bitWidth)) - 1n);
      return member.name === undefined ? [] : [`${member.name} = ${value.toString()}`];
    }
    const size = sizeOf(member.type.type) ?? 0;
    const value = formatValue(member.type, bytes.subarray(member.offset, member.offset + size), depth + 1);
    return [member.name === undefined ? value : `${member.name} = ${value}`];
  });
  return `{${parts.join(', ')}${members.length > mostParts ? ', …' : ''}}`;
}
