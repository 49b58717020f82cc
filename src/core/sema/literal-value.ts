/**
 * Values of numbers, character constants and string literals as spelled (C17 6.4.4, 6.4.5; GNU: binary constants, `\e`,
 * imaginary suffixes; C23 digit separators).
 */
import { utf8OfCodePoint } from '../../base/utf8.ts';
import { extendedOfDigits } from '../target/float-text.ts';
import type { TypeTable } from './basic-types.ts';
import { floatingOf } from './floating-value.ts';
import type { FloatingValue } from './floating-value.ts';
import type { IntegerType, QualType } from './type.ts';

/** A number as spelled; `imaginary` by the GNU suffix `i`. */
export type NumberValue =
  | {
      readonly kind: 'integer';
      readonly type: QualType;
      readonly value: bigint;
      readonly isImaginary: boolean;
    }
  | {
      readonly kind: 'floating';
      readonly type: QualType;
      readonly value: FloatingValue;
      readonly isImaginary: boolean;
    };

const smallDecimal = /^(?:0|[1-9][0-9]{0,8})$/;
const integerForm = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|[0-9]+)([uUlLiIjJ]*)$/;
const floatForm =
  /^(0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)[pP][+-]?[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)((?:[fF](?:16|32x?|64x?|128x?)?|[lLqQwWiIjJ])*)$/;

/** Reads a number; `undefined` when it is not one that C knows. */
export function parseNumber(types: TypeTable, spelling: string): NumberValue | undefined {
  if (smallDecimal.test(spelling)) {
    return { kind: 'integer', type: types.int, value: BigInt(spelling), isImaginary: false };
  }
  const text = spelling.includes("'") ? spelling.replaceAll("'", '') : spelling;
  const integer = integerForm.exec(text);
  if (integer !== null) {
    const suffix = integer[2] ?? '';
    // `ll` and `LL`, not `lL` (C17 6.4.4.1).
    if (suffix.includes('lL') || suffix.includes('Ll')) return undefined;
    return integerNumber(types, integer[1] ?? '0', suffix.toLowerCase());
  }
  const float = floatForm.exec(text);
  if (float === null) return undefined;
  const suffix = (float[2] ?? '').toLowerCase();
  const isImaginary = /[ij]/.test(suffix);
  const name = suffix.replace(/[ij]/g, '');
  const type = floatSuffixType(types, name);
  if (type === undefined) return undefined;
  const digits = (float[1] ?? '0').toLowerCase();
  if (type === types.longDouble) {
    return { kind: 'floating', type, value: floatingOf(extendedOfDigits(digits)), isImaginary };
  }
  const exact = digits.startsWith('0x') ? hexFloat(digits) : Number(digits);
  const value = type === types.float ? Math.fround(exact) : exact;
  return { kind: 'floating', type, value: { value }, isImaginary };
}

/** Whether a number is a decimal floating constant, `1.5DD` (C23 6.4.4.2). */
export function isDecimalFloating(spelling: string): boolean {
  return /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?:d[fdl]|D[FDL])$/.test(spelling);
}

function floatSuffixType(types: TypeTable, suffix: string): QualType | undefined {
  switch (suffix) {
    case '':
    case 'f64':
    case 'f32x':
      return types.double;
    case 'f':
    case 'f32':
      return types.float;
    case 'l':
    case 'w':
    case 'f64x':
      return types.longDouble;
    case 'q':
    case 'f128':
      return types.floating('__float128');
    default:
      return undefined;
  }
}

// C17 6.4.4.1p5: the first type of the list in which the value fits.
function integerNumber(types: TypeTable, digits: string, suffix: string): NumberValue | undefined {
  const isImaginary = /[ij]/.test(suffix);
  const form = suffix.replace(/[ij]/g, '');
  if (!/^(?:u?l{0,2}|l{1,2}u)$/.test(form)) return undefined;
  const isUnsigned = form.includes('u');
  const longs = form.split('l').length - 1;
  const isDecimal = !/^0./.test(digits);
  const isOctal = /^0[0-9]+$/.test(digits);
  if (isOctal && /[89]/.test(digits)) return undefined;
  const value = isOctal ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits);
  const candidates: (readonly [QualType, QualType])[] = [
    [types.int, types.unsignedInt],
    [types.long, types.unsignedLong],
    [types.longLong, types.unsignedLongLong],
  ];
  for (const [signed, unsigned] of candidates.slice(longs)) {
    const size = signed.type.kind === 'integer' ? signed.type.size * 8 : 0;
    if (!isUnsigned && value < 1n << BigInt(size - 1))
      return { kind: 'integer', type: signed, value, isImaginary };
    if ((isUnsigned || !isDecimal) && value < 1n << BigInt(size)) {
      return { kind: 'integer', type: unsigned, value, isImaginary };
    }
  }
  // gcc: a decimal constant too large for long long becomes __int128 where there is one, else unsigned long long.
  const wide = types.integer('__int128');
  const fitsWide = value < 1n << 64n;
  return fitsWide && wide !== undefined && isDecimal
    ? { kind: 'integer', type: wide, value, isImaginary }
    : { kind: 'integer', type: types.unsignedLongLong, value: BigInt.asUintN(64, value), isImaginary };
}

function hexFloat(text: string): number {
  const match = /^0x([0-9a-f]*)\.?([0-9a-f]*)p([+-]?[0-9]+)$/i.exec(text);
  if (match === null) return NaN;
  const whole = match[1] ?? '';
  const fraction = match[2] ?? '';
  const mantissa = BigInt(`0x${whole + fraction || '0'}`);
  const exponent = Number(match[3]) - 4 * fraction.length;
  return scaled(mantissa, exponent);
}

/** mantissa × 2^exponent, rounded once to the nearest double, ties to even. */
function scaled(mantissa: bigint, exponent: number): number {
  if (mantissa === 0n) return 0;
  const bits = mantissa.toString(2).length;
  const top = exponent + bits - 1;
  if (top > 1024) return Infinity;
  const precision = top < -1022 ? Math.max(0, 53 - (-1022 - top)) : 53;
  const excess = bits - precision;
  if (excess <= 0)
    return Number(mantissa) * 2 ** clampExponent(exponent) * 2 ** (exponent - clampExponent(exponent));
  let kept = mantissa >> BigInt(excess);
  const rest = mantissa & ((1n << BigInt(excess)) - 1n);
  const half = 1n << BigInt(excess - 1);
  if (rest > half || (rest === half && (kept & 1n) === 1n)) kept += 1n;
  const scale = exponent + excess;
  const first = clampExponent(scale);
  return Number(kept) * 2 ** first * 2 ** (scale - first);
}

const clampExponent = (exponent: number): number => Math.max(-1000, Math.min(1000, exponent));

/** What a prefix says about the elements of a literal. */
export interface LiteralElement {
  readonly type: QualType;
  readonly size: number;
}

function prefixOf(spelling: string): string {
  if (spelling.startsWith('"')) return '';
  return /^(?:u8|[uUL])?/.exec(spelling)?.[0] ?? '';
}

/** Element type of a literal with this prefix: plain and `u8` char, `L` wchar_t, `u` char16_t, `U` char32_t. */
export function literalElement(types: TypeTable, prefix: string): LiteralElement {
  switch (prefix) {
    case 'L':
      return { type: types.wcharType, size: 4 };
    case 'u':
      return { type: types.char16Type, size: 2 };
    case 'U':
      return { type: types.char32Type, size: 4 };
    default:
      return { type: types.char, size: 1 };
  }
}

/** The units of the text between the quotes; escapes become numbers, characters are encoded for the element size. */
function decode(body: string, elementSize: number, out: number[]): void {
  for (let i = 0; i < body.length;) {
    const char = body.charAt(i);
    if (char !== '\\') {
      const point = body.codePointAt(i) ?? 0;
      i += point > 0xffff ? 2 : 1;
      encode(point, elementSize, out);
      continue;
    }
    const next = body.charAt(i + 1);
    i += 2;
    switch (next) {
      case 'n':
        out.push(10);
        break;
      case 't':
        out.push(9);
        break;
      case 'r':
        out.push(13);
        break;
      case 'a':
        out.push(7);
        break;
      case 'b':
        out.push(8);
        break;
      case 'f':
        out.push(12);
        break;
      case 'v':
        out.push(11);
        break;
      case 'e':
      case 'E':
        out.push(27);
        break;
      case 'x': {
        let value = 0;
        let digit = parseInt(body.charAt(i), 16);
        while (!Number.isNaN(digit)) {
          value = (value * 16 + digit) % 2 ** 32;
          i += 1;
          digit = parseInt(body.charAt(i), 16);
        }
        out.push(value % 2 ** (8 * elementSize));
        break;
      }
      case 'u':
      case 'U': {
        const digits = /^[0-9a-fA-F]+/.exec(body.slice(i, i + (next === 'u' ? 4 : 8)))?.[0] ?? '';
        i += digits.length;
        encode(Number.parseInt(digits || '0', 16), elementSize, out);
        break;
      }
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7': {
        let value = Number(next);
        for (let count = 1; count < 3 && /[0-7]/.test(body.charAt(i)); count++, i++) {
          value = value * 8 + Number(body.charAt(i));
        }
        out.push(value % 2 ** (8 * elementSize));
        break;
      }
      case '':
        break;
      default: {
        // \' \" \\ \? stand for themselves; gcc warns about others and takes the character.
        const point = body.codePointAt(i - 1) ?? 0;
        if (point > 0xffff) i += 1;
        encode(point, elementSize, out);
      }
    }
  }
}

function encode(point: number, elementSize: number, out: number[]): void {
  if (elementSize === 4 || point < 0x80) {
    out.push(point);
  } else if (elementSize === 2) {
    if (point > 0xffff) out.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
    else out.push(point);
  } else out.push(...utf8OfCodePoint(point));
}

/** A string literal made of adjacent ones: bytes with the terminating zero, little-endian. */
export interface StringValue {
  readonly elementType: QualType;
  readonly elementSize: number;
  readonly bytes: Uint8Array;
}

/** Joins adjacent string literals (C17 6.4.5p5): the widest prefix decides for all. */
export function parseString(types: TypeTable, spellings: readonly string[]): StringValue {
  let prefix = '';
  for (const spelling of spellings) {
    const own = prefixOf(spelling);
    if (own !== '' && own !== 'u8') prefix = own;
  }
  const { type, size } = literalElement(types, prefix);
  const text = new LiteralBytes(
    spellings.reduce((sum, { length }) => sum + length, 0),
    size,
  );
  // Macros that join many literals repeat few: each spelling is read once.
  const known = new Map<string, readonly number[]>();
  for (const spelling of spellings) {
    let units = known.get(spelling);
    if (units === undefined) known.set(spelling, (units = unitsOf(spelling, size)));
    text.add(units);
  }
  text.add([0]);
  return { elementType: type, elementSize: size, bytes: text.finish() };
}

function unitsOf(spelling: string, elementSize: number): readonly number[] {
  const open = spelling.indexOf('"');
  const close = spelling.endsWith('"') && spelling.length > open + 1 ? spelling.length - 1 : spelling.length;
  const units: number[] = [];
  decode(spelling.slice(open + 1, close), elementSize, units);
  return units;
}

/** The bytes of a literal that grows: one may have millions of characters. */
class LiteralBytes {
  readonly #elementSize: number;
  #bytes: Uint8Array;
  #length = 0;

  /**
   * Begins an empty one.
   *
   * @param expected - elements that most likely suffice
   */
  constructor(expected: number, elementSize: number) {
    this.#elementSize = elementSize;
    this.#bytes = new Uint8Array((expected + 1) * elementSize);
  }

  /** Appends units, little-endian. */
  add(units: readonly number[]): void {
    const size = this.#elementSize;
    const needed = this.#length + units.length * size;
    if (needed > this.#bytes.length) {
      const wider = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      wider.set(this.#bytes);
      this.#bytes = wider;
    }
    const bytes = this.#bytes;
    let at = this.#length;
    for (const unit of units) {
      bytes[at++] = unit % 256;
      for (let byte = 1; byte < size; byte++) bytes[at++] = Math.floor(unit / 2 ** (8 * byte)) % 256;
    }
    this.#length = at;
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

/** Whether adjacent literals have prefixes that cannot be joined (C17 6.4.5p5: gcc takes none of the mixed cases). */
export function haveMixedPrefixes(spellings: readonly string[]): boolean {
  if (spellings.length < 2) return false;
  const prefixes = new Set(spellings.map(prefixOf));
  prefixes.delete('');
  return prefixes.size > 1;
}

/** What is wrong with a literal as spelled. */
export interface LiteralFault {
  readonly code:
    'empty-character' | 'escape-without-digits' | 'short-universal-name' | 'invalid-universal-name';
  /** The characters that are wrong. */
  readonly text: string;
}

/** The first fault in the text of a character constant or string literal (C17 6.4.4.4, 6.4.3). */
export function literalFault(spelling: string): LiteralFault | undefined {
  if (spelling.endsWith("''") && /^(?:u8|[uUL])?''$/.test(spelling))
    return { code: 'empty-character', text: spelling };
  if (!spelling.includes('\\')) return undefined;
  for (const [text] of spelling.matchAll(/\\(?:x[0-9a-fA-F]*|u[0-9a-fA-F]{0,4}|U[0-9a-fA-F]{0,8}|[^])/g)) {
    if (text === '\\x') return { code: 'escape-without-digits', text };
    const isShort = text.startsWith('\\u') ? text.length < 6 : text.startsWith('\\U') && text.length < 10;
    if (isShort) return { code: 'short-universal-name', text };
    if (/^\\[uU]/.test(text) && !isUniversalCharacter(Number.parseInt(text.slice(2), 16)))
      return { code: 'invalid-universal-name', text };
  }
  return undefined;
}

/** C17 6.4.3p2: none of the basic characters but `$`, `@` and a backquote, no surrogate. */
function isUniversalCharacter(value: number): boolean {
  if (value < 0xa0) return value === 0x24 || value === 0x40 || value === 0x60;
  return (value < 0xd800 || value > 0xdfff) && value < 2 ** 31;
}

/** Value and type of a character constant (C17 6.4.4.4); several characters as gcc joins them. */
export function parseCharacter(types: TypeTable, spelling: string): { type: QualType; value: bigint } {
  const prefix = prefixOf(spelling);
  const body = spelling.slice(prefix.length + 1, spelling.endsWith("'") ? -1 : undefined);
  if (prefix === '' || prefix === 'u8') {
    const units: number[] = [];
    decode(body, 1, units);
    if (prefix === 'u8') return { type: types.unsignedChar, value: BigInt(units[0] ?? 0) };
    if (units.length <= 1) return { type: types.int, value: BigInt.asIntN(8, BigInt(units[0] ?? 0)) };
    let value = 0n;
    for (const unit of units) value = (value << 8n) | BigInt(unit);
    return { type: types.int, value: BigInt.asIntN(32, value) };
  }
  const element = literalElement(types, prefix);
  const units: number[] = [];
  decode(body, element.size, units);
  const value = BigInt(units[units.length - 1] ?? 0);
  const integer = element.type.type as IntegerType;
  return { type: element.type, value: integer.isSigned ? BigInt.asIntN(32, value) : value };
}
