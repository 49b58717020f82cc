/**
 * The conversion engine of the printf family.
 *
 * Text goes to the sink in the pieces in which glibc's vfprintf hands them on (literal runs; sign, prefix, padding and
 * digits of a conversion), because a line-buffered stream flushes by pieces.
 *
 * Source: C17 7.21.6.1; glibc 2.36, stdio-common/vfprintf-internal.c (behaviour).
 * Simplified: grouping (') does nothing, as in the "C" locale.
 */
import { utf8OfCodePoint } from '../../base/utf8.ts';
import { EILSEQ } from '../target/errno.ts';
import { isFinite, isInfinite, partsOf } from '../target/extended-float.ts';
import type { Extended } from '../target/extended-float.ts';
import type { LibcContext, VariadicArguments } from './libc-context.ts';
import { setErrno } from './libc-context.ts';
import { FormatArguments, positionAt } from './format-arguments.ts';
import { decodeCharacter, encodeCharacter, wideText } from './multibyte.ts';
import { exponentDigits, fixedDigits, generalDigits, hexadecimalDigits } from '../target/float-format.ts';
import type { DigitRounding, ExactSize } from '../target/float-format.ts';
import { FE_DOWNWARD, FE_TONEAREST, FE_UPWARD } from './float-rounding.ts';
import { asciiBytes } from './ascii.ts';
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
  /** The output is of wide characters, which widths and precisions count; inside it is UTF-8. */
  readonly isWide: boolean;
}

/** Longest width or precision that is honoured; more ends the output as a real printf does at INT_MAX. */
const longestField = 0x7fff_ffff;
const percent = 0x25;
/**
 * Formats.
 *
 * @param format - bytes of the format without the terminating NUL
 * @param isWide - the text becomes wide characters; its bytes are UTF-8
 * @returns number of bytes written, or -1 for a conversion that is not one, or a character that the locale does not have
 */
export function formatPrintf(
  ctx: LibcContext,
  format: Uint8Array,
  given: VariadicArguments,
  sink: PrintfSink,
  isWide = false,
): number {
  const args = new FormatArguments(ctx, format, given);
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
    const parsed = parseConversion(format, at + 1, args, isWide);
    if (parsed === undefined) return -1;
    at = parsed.end;
    const { conversion, source } = parsed;
    if (conversion.letter === 'n') storeCount(ctx, conversion, source, written);
    else if (!convert(ctx, conversion, source, put)) return -1;
  }
  return written;
}

/** Reads flags, width, precision, length and letter; `undefined` when the format ends first. */
function parseConversion(
  format: Uint8Array,
  start: number,
  args: FormatArguments,
  isWide: boolean,
): { readonly conversion: Conversion; readonly end: number; readonly source: VariadicArguments } | undefined {
  const position = positionAt(format, start);
  let at = position?.end ?? start;
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
  /** The int of a `*`, which may say which argument it is. */
  const starArgument = (): number => {
    const numbered = positionAt(format, at + 1);
    at = numbered?.end ?? at + 1;
    letter = String.fromCharCode(format[at] ?? 0);
    return args.at(numbered?.number).int();
  };
  let width = 0;
  if (letter === '*') {
    width = starArgument();
    if (width < 0) {
      flags.add('-');
      width = -width;
    }
  } else {
    width = number();
  }
  let precision: number | undefined;
  if (letter === '.') {
    letter = String.fromCharCode(format[++at] ?? 0);
    if (letter === '*') {
      const given = starArgument();
      precision = given < 0 ? undefined : given;
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
    isWide,
  };
  return { conversion, end: at + 1, source: args.at(position?.number) };
}

function convert(
  ctx: LibcContext,
  c: Conversion,
  args: VariadicArguments,
  put: (bytes: Uint8Array) => void,
): boolean {
  switch (c.letter) {
    case 'd':
    case 'i': {
      putInteger(c, signedArgument(ctx, c, args), put);
      return true;
    }
    case 'u':
    case 'x':
    case 'X':
    case 'o': {
      putInteger(c, unsignedArgument(ctx, c, args), put);
      return true;
    }
    case 'C':
    case 'c': {
      const code = args.int();
      const bytes = isWideArgument(c) ? wideBytes(ctx, c, [code >>> 0]) : narrowBytes(c, code & 255);
      if (bytes === undefined) return false;
      pad(c, bytes, put);
      return true;
    }
    case 'S':
    case 's': {
      const bytes = stringArgument(ctx, c, args);
      if (bytes === undefined) return false;
      pad(c, bytes, put);
      return true;
    }
    case 'p': {
      const pointer = args.word();
      if (pointer === 0n) {
        pad(c, asciiBytes('(nil)'), put);
        return true;
      }
      putInteger({ ...c, alternate: true, letter: 'x' }, pointer, put);
      return true;
    }
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
    case 'a':
    case 'A': {
      const value = c.length === 'L' ? magnitudeOf(args.longDouble()) : magnitudeOfDouble(args.double());
      if (c.letter !== 'a' && c.letter !== 'A') ctx.runPart('__printf_fp');
      putFloat(c, value, args.lastIsNegative, ctx.floats.direction, put);
      return true;
    }
    case '%': {
      put(Uint8Array.of(percent));
      return true;
    }
    case 'm': {
      pad(c, asciiBytes(strerrorText(ctx.memory.readU32(ctx.objects.errno))), put);
      return true;
    }
    default: {
      // An unknown conversion is printed as it stands, as glibc does.
      put(asciiBytes(`%${spelledFlags(c)}${c.letter}`));
      return true;
      return true;
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

/** How digits are rounded in a direction of rounding. */
function digitRounding(direction: number, isNegative: boolean): DigitRounding {
  if (direction === FE_TONEAREST) return 'nearest';
  return direction === (isNegative ? FE_DOWNWARD : FE_UPWARD) ? 'away' : 'zero';
}

/** What is printed of a number besides its sign. */
type Printed = 'nan' | 'inf' | number | ExactSize;

const magnitudeOfDouble = (value: number): Printed =>
  Number.isFinite(value) ? Math.abs(value) : Number.isNaN(value) ? 'nan' : 'inf';

function magnitudeOf(value: Extended): Printed {
  if (!isFinite(value)) return isInfinite(value) ? 'inf' : 'nan';
  const { size, exponent } = partsOf(value);
  return { size, exponent };
}

function putFloat(
  c: Conversion,
  magnitude: Printed,
  isNegative: boolean,
  direction: number,
  put: (bytes: Uint8Array) => void,
): void {
  const rounding = digitRounding(direction, isNegative);
  const sign = isNegative ? '-' : c.plus ? '+' : c.space ? ' ' : '';
  const isUpper = c.letter >= 'A' && c.letter <= 'Z';
  if (magnitude === 'nan' || magnitude === 'inf') {
    putNumber(c, sign, isUpper ? magnitude.toUpperCase() : magnitude, false, put);
    return;
  }
  let digits: string;
  let head = sign;
  switch (c.letter.toLowerCase()) {
    case 'f':
      digits = fixedDigits(magnitude, c.precision ?? 6, c.alternate, rounding);
      break;
    case 'e':
      digits = exponentDigits(magnitude, c.precision ?? 6, c.alternate, rounding);
      break;
    case 'g':
      digits = generalDigits(magnitude, c.precision ?? 6, c.alternate, rounding);
      break;
    default:
      digits = hexadecimalDigits(magnitude, c.precision, c.alternate, rounding);
      head += '0x';
  }
  putNumber(c, isUpper ? head.toUpperCase() : head, isUpper ? digits.toUpperCase() : digits, c.zero, put);
}

/** Whether a character or string argument is of wchar_t. */
const isWideArgument = (c: Conversion): boolean => c.length === 'l' || c.letter === 'S' || c.letter === 'C';

/** One byte of a narrow argument; in wide output it is the character of the same number. */
const narrowBytes = (c: Conversion, byte: number): Uint8Array =>
  c.isWide ? Uint8Array.from(utf8OfCodePoint(byte)) : Uint8Array.of(byte);

/** Bytes of wide characters: in the locale's encoding, in wide output UTF-8. @returns undefined for one that it has not */
function wideBytes(ctx: LibcContext, c: Conversion, codes: readonly number[]): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const code of codes) {
    const encoded = c.isWide ? utf8OfCodePoint(code) : encodeCharacter(ctx, code);
    if (encoded === undefined) {
      setErrno(ctx, EILSEQ);
      return undefined;
    }
    if (
      !c.isWide &&
      c.precision !== undefined &&
      bytes.length + encoded.length > c.precision &&
      c.letter !== 'c'
    )
      break;
    bytes.push(...encoded);
  }
  return Uint8Array.from(bytes);
}

/** The bytes of a %s. @returns undefined when a character cannot be converted */
function stringArgument(ctx: LibcContext, c: Conversion, args: VariadicArguments): Uint8Array | undefined {
  const pointer = Number(args.word());
  if (pointer === 0) return asciiBytes(c.precision !== undefined && c.precision < 6 ? '' : '(null)');
  if (isWideArgument(c)) return wideBytes(ctx, c, wideText(ctx, pointer, c.precision));
  if (!c.isWide) return ctx.memory.readCString(pointer, c.precision);
  // Multibyte characters become wide ones; the precision counts those.
  const bytes = ctx.memory.readCString(pointer);
  const codes: number[] = [];
  for (let at = 0; at < bytes.length && codes.length < (c.precision ?? Infinity);) {
    const { taken, code } = decodeCharacter(ctx, (i) => bytes[at + i] ?? 0, bytes.length - at, 0);
    if (taken <= 0) {
      setErrno(ctx, EILSEQ);
      return undefined;
    }
    codes.push(code);
    at += taken;
  }
  return Uint8Array.from(codes.flatMap((code) => utf8OfCodePoint(code)));
}

function pad(c: Conversion, bytes: Uint8Array, put: (bytes: Uint8Array) => void): void {
  const length = c.isWide ? bytes.filter((byte) => (byte & 0xc0) !== 0x80).length : bytes.length;
  const fill = blanks(Math.max(0, c.width - length));
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
