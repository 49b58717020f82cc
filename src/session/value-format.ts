/**
 * Values of C objects as text, from their bytes.
 *
 * Written as a debugger does: what an address leads to stands behind it in angle brackets (`0x5555555580a4 <table+4>`),
 * text behind a pointer to characters in quotes. A value of bytes that nothing was stored to is marked as such.
 */
import { hexAddress } from '../base/address.ts';
import { decodeUtf8 } from '../base/utf8.ts';
import { fromBytes, isFinite, isNegative, isZero, toNumber } from '../core/target/extended-float.ts';
import { shortestExtended } from './extended-text.ts';
import { resolve, sizeOf } from '../core/sema/type-relations.ts';
import type {
  CType,
  EnumType,
  FloatType,
  PointerType,
  QualType,
  RecordMember,
  RecordType,
} from '../core/sema/type.ts';

/** What is around a value: the process that it was read from. */
export interface ValueContext {
  /** What lies at an address, for example `table+4`; undefined where nothing is known of it. */
  nameOf(addr: number): string | undefined;
  /** Bytes as the program would read them, undefined where it would fault. */
  read(addr: number, bytes: number): Uint8Array | undefined;
  /** How many of the bytes nothing was ever stored to; 0 where it is not known. */
  uninitialisedBytes(addr: number, bytes: number): number;
  /** Word that marks a value nobody stored. */
  readonly uninitialised: string;
  /** Word that marks a pointer through which nothing can be read. */
  readonly unreadable: string;
}

/** Elements of an array, and members of a record, that are spelled out. */
const mostParts = 8;

/** Nesting that is spelled out. */
const deepest = 3;

/** Characters of text that are shown, and bytes of it that are read at once. */
const mostCharacters = 60;

/**
 * The value of an object or expression.
 *
 * @param bytes - its bytes; `undefined` when its page has no frame
 * @param addr - where the object lies; `undefined` for a value that is no object
 */
export function formatValue(
  type: QualType,
  bytes: Uint8Array | undefined,
  context?: ValueContext,
  addr?: number,
): string {
  return bytes === undefined ? '—' : new Formatter(context).value(type, bytes, addr, 0);
}

/**
 * The value of a bit-field, from the bytes of its record. Fields share their bytes: whether one of them was stored cannot be told
 * from its bytes, so nothing is said.
 */
export function formatBitField(
  { type, bitOffset = 0, bitWidth = 0 }: RecordMember,
  bytes: Uint8Array,
): string {
  const first = Math.floor(bitOffset / 8);
  const last = Math.ceil((bitOffset + bitWidth) / 8);
  const raw = readInteger(bytes.subarray(first, last), last - first, false) >> BigInt(bitOffset % 8);
  const resolved = resolve(type.type);
  const isSigned = resolved.kind === 'integer' ? resolved.isSigned : false;
  const value = isSigned ? BigInt.asIntN(bitWidth, raw) : BigInt.asUintN(bitWidth, raw);
  if (resolved.kind === 'enum')
    return formatEnum(
      resolved,
      resolved.underlying?.isSigned === true ? BigInt.asIntN(bitWidth, value) : value,
    );
  return formatInteger(resolved.kind === 'integer' ? resolved.name : 'int', value);
}

class Formatter {
  readonly #context: ValueContext | undefined;

  constructor(context: ValueContext | undefined) {
    this.#context = context;
  }

  value(type: QualType, bytes: Uint8Array, addr: number | undefined, depth: number): string {
    const size = sizeOf(type.type) ?? bytes.length;
    const unknown = this.#uninitialisedBytes(addr, Math.min(size, bytes.length));
    const resolved = resolve(type.type);
    if (resolved.kind === 'array' || resolved.kind === 'record') {
      if (size > 0 && bytes.length === 0) return '…';
      if (size > 0 && unknown === size) return this.#mark('uninitialised');
      if (resolved.kind === 'array') return this.#array(resolved.element, bytes, addr, depth);
      return depth >= deepest ? '{…}' : this.#record(resolved, bytes, addr, depth);
    }
    // Of large objects only the first bytes are read.
    if (bytes.length < size) return '…';
    const text = this.#scalar(resolved, bytes, unknown === 0);
    return unknown === 0 ? text : `${text} ${this.#mark('uninitialised')}`;
  }

  #scalar(type: CType, bytes: Uint8Array, isKnown: boolean): string {
    switch (type.kind) {
      case 'integer':
        return formatInteger(type.name, readInteger(bytes, type.size, type.isSigned));
      case 'enum':
        return formatEnum(
          type,
          readInteger(bytes, type.underlying?.size ?? 4, type.underlying?.isSigned ?? false),
        );
      case 'float':
        return formatFloat(type, bytes);
      case 'complex': {
        const { element } = type;
        const [real, imaginary] = [0, element.size].map((at) =>
          this.#scalar(element, bytes.subarray(at, at + element.size), true),
        );
        return `${real ?? ''} + ${imaginary ?? ''}i`;
      }
      case 'vector': {
        const { element, count } = type;
        const parts = Array.from({ length: Math.min(count, mostParts) }, (_, i) =>
          this.#scalar(element, bytes.subarray(i * element.size, (i + 1) * element.size), true),
        );
        return braces(parts, count > mostParts);
      }
      case 'pointer': {
        const value = Number(readInteger(bytes, type.size, false));
        if (value === 0) return 'NULL';
        // Where an uninitialised pointer leads is chance.
        const target = isKnown ? this.#target(type, value) : '';
        return `${hexAddress(value)}${target === '' ? '' : ` ${target}`}`;
      }
      default:
        return '—';
    }
  }

  /** What a pointer leads to: `<name+offset>`, and text where it points to characters. */
  #target(pointer: PointerType, addr: number): string {
    if (this.#context === undefined) return '';
    const name = this.#context.nameOf(addr);
    const target = resolve(pointer.target.type);
    const text = isText(target) ? this.#textAt(addr) : '';
    const isReadable = name !== undefined || text !== '' || this.#context.read(addr, 1) !== undefined;
    const where = name === undefined ? (isReadable ? '' : this.#mark('unreadable')) : `<${name}>`;
    return [where, text].filter((part) => part !== '').join(' ');
  }

  /** The string at an address, as far as it is shown; nothing where its bytes were never stored. */
  #textAt(addr: number): string {
    const bytes: number[] = [];
    for (let at = addr; bytes.length <= mostCharacters; at++) {
      const [byte] = this.#context?.read(at, 1) ?? [];
      if (byte === undefined || this.#uninitialisedBytes(at, 1) > 0)
        return bytes.length === 0 ? '' : `${quoted(bytes)}…`;
      if (byte === 0) return quoted(bytes);
      bytes.push(byte);
    }
    return `${quoted(bytes.slice(0, mostCharacters))}…`;
  }

  #array(element: QualType, bytes: Uint8Array, addr: number | undefined, depth: number): string {
    const size = sizeOf(element.type) ?? 0;
    if (size === 0 || bytes.length < size) return '{}';
    const resolved = resolve(element.type);
    if (resolved.kind === 'integer' && resolved.name === 'char') {
      const text = this.#charArray(bytes, addr);
      if (text !== undefined) return text;
    }
    if (depth >= deepest) return '{…}';
    const count = Math.floor(bytes.length / size);
    const parts = Array.from({ length: Math.min(count, mostParts) }, (_, i) =>
      this.value(element, bytes.subarray(i * size, (i + 1) * size), offset(addr, i * size), depth + 1),
    );
    return braces(parts, count > mostParts);
  }

  /** A char array that holds a string, up to its NUL; undefined where it holds none. */
  #charArray(bytes: Uint8Array, addr: number | undefined): string | undefined {
    const end = bytes.indexOf(0);
    if (end < 0 || this.#uninitialisedBytes(addr, end + 1) > 0) return undefined;
    const text = bytes.subarray(0, end);
    return `${quoted([...text.subarray(0, mostCharacters)])}${end > mostCharacters ? '…' : ''}`;
  }

  #record(record: RecordType, bytes: Uint8Array, addr: number | undefined, depth: number): string {
    const members = record.members ?? [];
    const parts = members.slice(0, mostParts).flatMap((member) => {
      const isField = member.bitWidth !== undefined;
      if (isField && member.name === undefined) return [];
      const value = isField
        ? formatBitField(member, bytes)
        : this.#member(member, bytes, offset(addr, member.offset), depth);
      return [member.name === undefined ? value : `${member.name} = ${value}`];
    });
    return braces(parts, members.length > mostParts);
  }

  #member(
    { type, ...member }: RecordMember,
    bytes: Uint8Array,
    addr: number | undefined,
    depth: number,
  ): string {
    const size = sizeOf(type.type) ?? 0;
    return this.value(type, bytes.subarray(member.offset, member.offset + size), addr, depth + 1);
  }

  #uninitialisedBytes(addr: number | undefined, bytes: number): number {
    return addr === undefined ? 0 : (this.#context?.uninitialisedBytes(addr, bytes) ?? 0);
  }

  #mark(what: 'uninitialised' | 'unreadable'): string {
    return `<${this.#context?.[what] ?? what}>`;
  }
}

const offset = (addr: number | undefined, bytes: number): number | undefined =>
  addr === undefined ? undefined : addr + bytes;

const braces = (parts: readonly string[], isCut: boolean): string =>
  `{${parts.join(', ')}${isCut ? ', …' : ''}}`;

/** Types whose objects are shown as text where a pointer leads to them. */
function isText(type: CType): boolean {
  return type.kind === 'integer' && type.size === 1 && type.name !== '_Bool';
}

function readInteger(bytes: Uint8Array, size: number, isSigned: boolean): bigint {
  let value = 0n;
  for (let i = Math.min(size, bytes.length) - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] ?? 0);
  return isSigned ? BigInt.asIntN(size * 8, value) : value;
}

function formatInteger(name: string, value: bigint): string {
  if (name === '_Bool' && value <= 1n) return value === 0n ? 'false' : 'true';
  if (!name.endsWith('char')) return value.toString();
  const code = Number(value);
  const escape = code === 0x22 ? undefined : code === 0x27 ? "\\'" : escapes.get(code);
  if (escape === undefined && (code < 32 || code >= 127)) return String(code);
  return `${String(code)} '${escape ?? String.fromCharCode(code)}'`;
}

/** A name; several joined by `|` where the enumerators are single bits; else the number. */
function formatEnum({ enumerators }: EnumType, value: bigint): string {
  const named = enumerators.find((one) => one.value === value);
  if (named !== undefined) return `${named.name} (${value.toString()})`;
  const areBits = enumerators.every((one) => one.value > 0n && (one.value & (one.value - 1n)) === 0n);
  const set = enumerators.filter((one) => (one.value & value) !== 0n);
  const covered = set.reduce((all, one) => all | one.value, 0n);
  if (!areBits || value <= 0n || covered !== value) return value.toString();
  return `${set.map(({ name }) => name).join(' | ')} (${value.toString()})`;
}

/** The shortest digits that name the value; as C spells what is no number. */
function formatFloat({ name, size }: FloatType, bytes: Uint8Array): string {
  if (name === '__float128') return '—';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < Math.min(size, 10)) return '—';
  if (size === 4) return spellNumber(view.getFloat32(0, true), shortestSingle, (bytes[3] ?? 0) >= 0x80);
  if (size === 8) return spellNumber(view.getFloat64(0, true), String, (bytes[7] ?? 0) >= 0x80);
  const number = fromBytes(bytes);
  if (!isFinite(number) || isZero(number)) return spellNumber(toNumber(number), String, isNegative(number));
  return `${isNegative(number) ? '-' : ''}${shortestExtended(number)}`;
}

/** The fewest digits that give the float back. */
function shortestSingle(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

function spellNumber(value: number, spell: (value: number) => string, isNegative: boolean): string {
  if (Number.isNaN(value)) return isNegative ? '-nan' : 'nan';
  if (!Number.isFinite(value)) return isNegative ? '-inf' : 'inf';
  return value === 0 && isNegative ? '-0' : spell(value);
}

/** Escapes of C17 6.4.4.4 that have a letter. */
const escapes: ReadonlyMap<number, string> = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0b, '\\v'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
]);

/** A string literal of C with these bytes: UTF-8 as it is, other bytes in octal. */
function quoted(bytes: readonly number[]): string {
  const decoded = decodeUtf8(Uint8Array.from(bytes));
  const isUtf8 = !decoded.includes('\ufffd');
  const units = isUtf8 ? Array.from(decoded, (one) => one.codePointAt(0) ?? 0) : bytes;
  const spelled = units.map((unit) => {
    const escape = escapes.get(unit);
    if (escape !== undefined) return escape;
    const isPlain = (unit >= 32 && unit < 127) || (isUtf8 && unit >= 0xa0);
    return isPlain ? String.fromCodePoint(unit) : `\\${unit.toString(8).padStart(3, '0')}`;
  });
  return `"${spelled.join('')}"`;
}
