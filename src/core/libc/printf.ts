/**
 * The conversion engine of the printf family.
 *
 * Text goes to the sink in the pieces in which glibc's vfprintf hands them on (literal runs; sign, prefix, padding and
 * digits of a conversion), because a line-buffered stream flushes by pieces.
 *
 * Source: C17 7.21.6.1; glibc 2.36, stdio-common/vfprintf-internal.c (behaviour).
 * Simplified: the "C" locale; %ls and %lc encode UTF-8; numbered arguments (%1$d) are not modelled.
 */
import { utf8OfCodePoint } from '../../base/utf8.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext, VariadicArguments } from './libc-context.ts';
import { exponentDigits, fixedDigits, generalDigits, hexadecimalDigits } from './float-format.ts';
import { strerrorText } from './errno-text.ts';

/** Where the text goes. */
export interface PrintfSink {
  write(bytes: Uint8Array): void;
}

interface Conversion {
  readonly left: boolean;
  readonly plus: boolean;
  readonly space: boolean;
  readonly alternate: boolean;
  readonly zero: boolean;
  readonly width: number;
  readonly precision: number | undefined;
  readonly length: '' | 'hh' | 'h' | 'l' | 'll' | 'L' | 'j' | 'z' | 't';
  readonly letter: string;
}

/** Longest width or precision that is honoured; more ends the output as a real printf does at INT_MAX. */
const longestField = 0x7fff_ffff;
const percent = 0x25;
const encoder = {
  ascii(text: string): Uint8Array {
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  },
};

/** ASCII text as bytes. */
export const asciiBytes = (text: string): Uint8Array => encoder.ascii(text);

/**
 * Formats.
 *
 * @param format - bytes of the format without the terminating NUL
 * @returns number of bytes written, or -1 for a conversion that is not one
 */
export function formatPrintf(
  ctx: LibcContext,
  format: Uint8Array,
  args: VariadicArguments,
  sink: PrintfSink,
): number {
  let written = 0;
  const put = (bytes: Uint8Array): void => {
    if (bytes.length === 0) return;
    written += bytes.length;
    sink.write(bytes);
  };
  let at = 0;
  while (at < format.length) {
    const next = format.indexOf(percent, at);
    if (next !== at) {
      put(format.subarray(at, next < 0 ? format.length : next));
      if (next < 0) break;
      at = next;
    }
    const parsed = parseConversion(format, at + 1, args);
    if (parsed === undefined) return -1;
    at = parsed.end;
    if (parsed.conversion.letter === 'n') storeCount(ctx, parsed.conversion, args, written);
    else convert(ctx, parsed.conversion, args, put);
  }
  return written;
}

/** Reads flags, width, precision, length and letter; `undefined` when the format ends first. */
function parseConversion(
  format: Uint8Array,
  start: number,
  args: VariadicArguments,
): { readonly conversion: Conversion; readonly end: number } | undefined {
  let at = start;
  const flags = new Set<string>();
  let letter = String.fromCharCode(format[at] ?? 0);
  while (letter !== '\0' && "-+ #0'I".includes(letter)) {
    flags.add(letter);
    letter = String.fromCharCode(format[++at] ?? 0);
  }
  const number = (): number => {
    let value = 0;
    while (letter >= '0' && letter <= '9') {
      value = Math.min(value * 10 + Number(letter), longestField);
      letter = String.fromCharCode(format[++at] ?? 0);
    }
    return value;
  };
  const refuseNumbered = (): void => {
    if (letter === '$') throw new NotModelled('a numbered argument in a printf format');
  };
  let width = 0;
  if (letter === '*') {
    width = args.int();
    if (width < 0) {
      flags.add('-');
      width = -width;
    }
    letter = String.fromCharCode(format[++at] ?? 0);
  } else {
    width = number();
    refuseNumbered();
  }
  let precision: number | undefined;
  if (letter === '.') {
    letter = String.fromCharCode(format[++at] ?? 0);
    if (letter === '*') {
      const given = args.int();
      precision = given < 0 ? undefined : given;
      letter = String.fromCharCode(format[++at] ?? 0);
    } else {
      precision = number();
    }
  }
  let length: Conversion['length'] = '';
  while (letter !== '\0' && 'hlLqjztZ'.includes(letter)) {
    if (letter === 'h') length = length === 'h' ? 'hh' : 'h';
    else if (letter === 'l') length = length === 'l' ? 'll' : 'l';
    else if (letter === 'q') length = 'll';
    else if (letter === 'Z') length = 'z';
    else length = letter as 'L' | 'j' | 'z' | 't';
    letter = String.fromCharCode(format[++at] ?? 0);
  }
  if (at >= format.length) return undefined;
  const conversion: Conversion = {
    left: flags.has('-'),
    plus: flags.has('+'),
    space: flags.has(' '),
    alternate: flags.has('#'),
    zero: flags.has('0'),
    width,
    precision,
    length,
    letter,
  };
  return { conversion, end: at + 1 };
}

function convert(
  ctx: LibcContext,
  c: Conversion,
  args: VariadicArguments,
  put: (bytes: Uint8Array) => void,
): void {
  switch (c.letter) {
    case 'd':
    case 'i': {
      putInteger(c, signedArgument(ctx, c, args), put);
      return;
    }
    case 'u':
    case 'x':
    case 'X':
    case 'o': {
      putInteger(c, unsignedArgument(ctx, c, args), put);
      return;
    }
    case 'c': {
      const code = args.int();
      pad(c, c.length === 'l' ? utf8(code >>> 0) : Uint8Array.of(code & 255), put);
      return;
    }
    case 's': {
      pad(c, stringArgument(ctx, c, args), put);
      return;
    }
    case 'p': {
      const pointer = args.word();
      if (pointer === 0n) {
        pad(c, asciiBytes('(nil)'), put);
        return;
      }
      putInteger({ ...c, alternate: true, letter: 'x' }, pointer, put);
      return;
    }
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
    case 'a':
    case 'A': {
      const value = c.length === 'L' ? args.longDouble() : args.double();
      putFloat(c, value, args.lastIsNegative, put);
      return;
    }
    case '%': {
      put(Uint8Array.of(percent));
      return;
    }
    case 'm': {
      pad(c, asciiBytes(strerrorText(ctx.memory.readU32(ctx.objects.errno))), put);
      return;
    }
    default: {
      // An unknown conversion is printed as it stands, as glibc does.
      put(asciiBytes(`%${spelledFlags(c)}${c.letter}`));
      return;
    }
  }
}

function spelledFlags(c: Conversion): string {
  const flags = `${c.alternate ? '#' : ''}${c.plus ? '+' : c.space ? ' ' : ''}${c.left ? '-' : c.zero ? '0' : ''}`;
  return `${flags}${c.width > 0 ? String(c.width) : ''}${c.precision === undefined ? '' : `.${String(c.precision)}`}`;
}

function is64Bit(ctx: LibcContext, length: Conversion['length']): boolean {
  return (
    length === 'll' ||
    length === 'j' ||
    length === 'L' ||
    (ctx.model.wordBytes === 8 && 'lzt'.includes(length) && length !== '')
  );
}

function unsignedArgument(ctx: LibcContext, c: Conversion, args: VariadicArguments): bigint {
  if (is64Bit(ctx, c.length)) return args.longLong();
  const value = args.int();
  if (c.length === 'hh') return BigInt(value & 0xff);
  if (c.length === 'h') return BigInt(value & 0xffff);
  return BigInt(value >>> 0);
}

function signedArgument(ctx: LibcContext, c: Conversion, args: VariadicArguments): bigint {
  if (is64Bit(ctx, c.length)) return BigInt.asIntN(64, args.longLong());
  const value = args.int();
  if (c.length === 'hh') return BigInt((value << 24) >> 24);
  if (c.length === 'h') return BigInt((value << 16) >> 16);
  return BigInt(value);
}

function putInteger(c: Conversion, value: bigint, put: (bytes: Uint8Array) => void): void {
  const magnitude = value < 0n ? -value : value;
  const radix = c.letter === 'x' || c.letter === 'X' ? 16 : c.letter === 'o' ? 8 : 10;
  let digits = magnitude === 0n && c.precision === 0 ? '' : magnitude.toString(radix);
  if (c.letter === 'X') digits = digits.toUpperCase();
  if (c.precision !== undefined) digits = digits.padStart(c.precision, '0');
  if (c.letter === 'o' && c.alternate && !digits.startsWith('0')) digits = `0${digits}`;
  const isSigned = c.letter === 'd' || c.letter === 'i';
  const sign = value < 0n ? '-' : isSigned && c.plus ? '+' : isSigned && c.space ? ' ' : '';
  const prefix = radix === 16 && c.alternate && magnitude !== 0n ? `0${c.letter}` : '';
  putNumber(c, sign + prefix, digits, c.zero && c.precision === undefined, put);
}

/** Sign and prefix, padding by blanks or zeros, digits. */
function putNumber(
  c: Conversion,
  head: string,
  digits: string,
  zeros: boolean,
  put: (bytes: Uint8Array) => void,
): void {
  const fill = Math.max(0, c.width - head.length - digits.length);
  if (!c.left && !zeros) put(blanks(fill));
  put(asciiBytes(head));
  if (!c.left && zeros) put(asciiBytes('0'.repeat(fill)));
  put(asciiBytes(digits));
  if (c.left) put(blanks(fill));
}

function putFloat(c: Conversion, value: number, isNegative: boolean, put: (bytes: Uint8Array) => void): void {
  const sign = isNegative ? '-' : c.plus ? '+' : c.space ? ' ' : '';
  const isUpper = c.letter >= 'A' && c.letter <= 'Z';
  const magnitude = Math.abs(value);
  if (!Number.isFinite(value)) {
    const word = Number.isNaN(value) ? 'nan' : 'inf';
    putNumber(c, sign, isUpper ? word.toUpperCase() : word, false, put);
    return;
  }
  let digits: string;
  let head = sign;
  switch (c.letter.toLowerCase()) {
    case 'f':
      digits = fixedDigits(magnitude, c.precision ?? 6, c.alternate);
      break;
    case 'e':
      digits = exponentDigits(magnitude, c.precision ?? 6, c.alternate);
      break;
    case 'g':
      digits = generalDigits(magnitude, c.precision ?? 6, c.alternate);
      break;
    default:
      digits = hexadecimalDigits(magnitude, c.precision, c.alternate);
      head += '0x';
  }
  putNumber(c, isUpper ? head.toUpperCase() : head, isUpper ? digits.toUpperCase() : digits, c.zero, put);
}

function stringArgument(ctx: LibcContext, c: Conversion, args: VariadicArguments): Uint8Array {
  const pointer = Number(args.word());
  if (pointer === 0) return asciiBytes(c.precision !== undefined && c.precision < 6 ? '' : '(null)');
  if (c.length !== 'l') return ctx.memory.readCString(pointer, c.precision);
  const bytes: number[] = [];
  for (let at = pointer; ; at += 4) {
    const code = ctx.memory.readU32(at);
    if (code === 0) break;
    const piece = utf8(code);
    if (c.precision !== undefined && bytes.length + piece.length > c.precision) break;
    bytes.push(...piece);
  }
  return Uint8Array.from(bytes);
}

const utf8 = (code: number): Uint8Array => Uint8Array.from(utf8OfCodePoint(code));

function pad(c: Conversion, bytes: Uint8Array, put: (bytes: Uint8Array) => void): void {
  const fill = blanks(Math.max(0, c.width - bytes.length));
  if (!c.left) put(fill);
  put(bytes);
  if (c.left) put(fill);
}

const blanks = (count: number): Uint8Array => new Uint8Array(Math.min(count, 1 << 24)).fill(0x20);

function storeCount(ctx: LibcContext, c: Conversion, args: VariadicArguments, count: number): void {
  const target = Number(args.word());
  if (is64Bit(ctx, c.length)) ctx.memory.writeNumber64(target, count);
  else if (c.length === 'hh') ctx.memory.writeU8(target, count & 255);
  else if (c.length === 'h') ctx.memory.writeU16(target, count & 0xffff);
  else ctx.memory.writeU32(target, count);
}
