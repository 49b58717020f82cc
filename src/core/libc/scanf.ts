/**
 * The conversion engine of the scanf family.
 *
 * Source: C17 7.21.6.2; glibc 2.36, stdio-common/vfscanf-internal.c in its C99 form (behaviour): what is read ahead and
 * put back, which failure is an input failure, what a width counts.
 * Simplified: the "C" locale; %lc, %ls and %l[ take ASCII only; positional arguments (%1$d) are not modelled.
 */
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext, VariadicArguments } from './libc-context.ts';
import { callFromLibc, setErrno, writeWord } from './libc-context.ts';
import { doubleFormat, singleFormat } from './float-rounding.ts';
import { readExtendedText, readFloatText } from './stdlib.ts';
import { parseInteger } from './number-text.ts';
import { toBytes } from '../target/extended-float.ts';

/** Where characters come from. */
export interface ScanSource {
  /** The next byte, or -1 at the end. */
  next(): number;
  /** Puts the byte back that was taken last. */
  putBack(byte: number): void;
}

const EOF = -1;
const ERANGE = 34;
const EILSEQ = 84;

/** The input ended before a conversion could begin. */
class InputFailure extends Error {
  override readonly name = 'InputFailure';
}

/** The input does not match. */
class MatchingFailure extends Error {
  override readonly name = 'MatchingFailure';
}

type Length = '' | 'hh' | 'h' | 'l' | 'll' | 'L' | 'j' | 'z' | 't';

interface Conversion {
  readonly suppress: boolean;
  readonly allocate: boolean;
  /** Undefined for no limit. */
  readonly width: number | undefined;
  readonly length: Length;
  readonly letter: string;
}

const isSpace = (c: number): boolean => c === 0x20 || (c >= 9 && c <= 13);
const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39;
const isHexDigit = (c: number): boolean => isDigit(c) || ((c | 32) >= 0x61 && (c | 32) <= 0x66);
const lower = (c: number): string => String.fromCharCode(c >= 0x41 && c <= 0x5a ? c + 32 : c);

/**
 * Scans.
 *
 * @param format - bytes of the format without the terminating NUL
 * @returns number of conversions stored, or EOF
 */
export function scan(
  ctx: LibcContext,
  format: Uint8Array,
  args: VariadicArguments,
  source: ScanSource,
): number {
  const scanner = new Scanner(ctx, format, args, source);
  try {
    scanner.run();
  } catch (error) {
    if (error instanceof InputFailure) return scanner.done === 0 ? EOF : scanner.done;
    if (!(error instanceof MatchingFailure)) throw error;
  }
  return scanner.done;
}

class Scanner {
  readonly #ctx: LibcContext;
  readonly #format: Uint8Array;
  readonly #args: VariadicArguments;
  readonly #source: ScanSource;
  #at = 0;
  #count = 0;
  #skipSpace = false;
  done = 0;

  constructor(ctx: LibcContext, format: Uint8Array, args: VariadicArguments, source: ScanSource) {
    this.#ctx = ctx;
    this.#format = format;
    this.#args = args;
    this.#source = source;
  }

  run(): void {
    while (this.#at < this.#format.length) {
      const c = this.#format[this.#at++] ?? 0;
      if (c === 0x25) this.#conversion();
      else if (isSpace(c)) this.#skipSpace = true;
      else this.#literal(c);
    }
    if (this.#skipSpace) this.#putBack(this.#afterSpace());
  }

  #next(): number {
    const c = this.#source.next();
    if (c !== EOF) this.#count += 1;
    return c;
  }

  #putBack(c: number): void {
    if (c === EOF) return;
    this.#count -= 1;
    this.#source.putBack(c);
  }

  #afterSpace(): number {
    let c = this.#next();
    while (isSpace(c)) c = this.#next();
    return c;
  }

  /** The next character; its absence is an input failure. */
  #need(): number {
    const c = this.#next();
    if (c === EOF) throw new InputFailure();
    return c;
  }

  #literal(wanted: number): void {
    const c = this.#skipSpace ? this.#afterSpace() : this.#next();
    this.#skipSpace = false;
    if (c === EOF) throw new InputFailure();
    if (c === wanted) return;
    this.#putBack(c);
    throw new MatchingFailure();
  }

  #conversion(): void {
    const conversion = this.#parse();
    const { letter } = conversion;
    if (this.#skipSpace || !'[cCn'.includes(letter)) {
      this.#putBack(this.#afterSpace());
      this.#skipSpace = false;
    }
    switch (letter) {
      case '%':
        this.#literal(0x25);
        return;
      case 'n':
        if (!conversion.suppress) this.#storeInteger(conversion, BigInt(this.#count));
        return;
      case 'c':
      case 'C':
        this.#characters(conversion);
        return;
      case 's':
      case 'S':
        this.#text(conversion, (c) => !isSpace(c));
        return;
      case '[': {
        const set = this.#parseSet();
        this.#text(conversion, (c) => set.has(c));
        return;
      }
      case 'd':
      case 'u':
        this.#integer(conversion, 10);
        return;
      case 'i':
        this.#integer(conversion, 0);
        return;
      case 'o':
        this.#integer(conversion, 8);
        return;
      case 'x':
      case 'X':
      case 'p':
        this.#integer(conversion, 16);
        return;
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
      case 'a':
      case 'A':
        this.#floating(conversion);
        return;
      default:
        throw new MatchingFailure();
    }
  }

  #parse(): Conversion {
    const letterAt = (): string => String.fromCharCode(this.#format[this.#at] ?? 0);
    let suppress = false;
    let allocate = false;
    while (letterAt() !== '\0' && "*'I".includes(letterAt())) {
      suppress ||= letterAt() === '*';
      this.#at += 1;
    }
    let width = 0;
    while (isDigit(this.#format[this.#at] ?? 0)) {
      width = Math.min(width * 10 + Number(letterAt()), 0x7fff_ffff);
      this.#at += 1;
    }
    if (letterAt() === '$') throw new NotModelled('a numbered argument in a scanf format');
    let length: Length = '';
    while (letterAt() !== '\0' && 'hlLqjztm'.includes(letterAt())) {
      const letter = letterAt();
      this.#at += 1;
      if (letter === 'm') allocate = true;
      else if (letter === 'h') length = length === 'h' ? 'hh' : 'h';
      else if (letter === 'l') length = length === 'l' ? 'll' : 'l';
      else if (letter === 'q') length = 'll';
      else length = letter as Length;
    }
    if (this.#at >= this.#format.length) throw new MatchingFailure();
    const letter = letterAt();
    this.#at += 1;
    return { suppress, allocate, width: width === 0 ? undefined : width, length, letter };
  }

  /** Members of a scan set; those not listed when it begins with `^`. */
  #parseSet(): ReadonlySet<number> {
    const at = (i: number): number => this.#format[i] ?? 0;
    const isInverse = at(this.#at) === 0x5e;
    if (isInverse) this.#at += 1;
    const members = new Set<number>();
    for (let isFirst = true; ; isFirst = false) {
      const c = at(this.#at);
      if (this.#at >= this.#format.length) throw new MatchingFailure();
      this.#at += 1;
      if (c === 0x5d && !isFirst) break;
      const before = at(this.#at - 2);
      const after = at(this.#at);
      if (c === 0x2d && !isFirst && after !== 0 && after !== 0x5d && before <= after) {
        for (let member = before; member < after; member++) members.add(member);
      } else members.add(c);
    }
    if (!isInverse) return members;
    return new Set(Array.from({ length: 256 }, (_, c) => c).filter((c) => !members.has(c)));
  }

  #characters(conversion: Conversion): void {
    let left = conversion.width ?? 1;
    const target = new TextTarget(this.#ctx, conversion, this.#args, left);
    let c = this.#need();
    do {
      target.put(c);
      left -= 1;
      c = left > 0 ? this.#next() : EOF;
    } while (c !== EOF);
    target.finish(false);
    if (!conversion.suppress) this.done += 1;
  }

  #text(conversion: Conversion, isMember: (c: number) => boolean): void {
    let left = conversion.width ?? Infinity;
    const target = new TextTarget(this.#ctx, conversion, this.#args, 100);
    let c = this.#need();
    let length = 0;
    while (c !== EOF) {
      if (!isMember(c)) {
        this.#putBack(c);
        break;
      }
      target.put(c);
      length += 1;
      left -= 1;
      if (left <= 0) break;
      c = this.#next();
    }
    if (length === 0) {
      target.discard();
      throw new MatchingFailure();
    }
    target.finish(true);
    if (!conversion.suppress) this.done += 1;
  }

  #integer(conversion: Conversion, wantedBase: number): void {
    let base = wantedBase;
    let left = conversion.width ?? -1;
    let digits = '';
    let c = this.#need();
    const take = (): void => {
      digits += String.fromCharCode(c);
      if (left > 0) left -= 1;
      c = this.#next();
    };
    if (c === 0x2d || c === 0x2b) take();
    if (left !== 0 && c === 0x30) {
      take();
      if (left !== 0 && lower(c) === 'x' && (base === 0 || base === 16)) {
        base = 16;
        if (left > 0) left -= 1;
        c = this.#next();
      } else if (base === 0) base = 8;
    }
    if (base === 0) base = 10;
    while (c !== EOF && left !== 0 && (base === 16 ? isHexDigit(c) : isDigit(c) && c - 0x30 < base)) take();
    if (digits === '' || digits === '-' || digits === '+') {
      if (digits !== '' || conversion.letter !== 'p' || !this.#isNil(c, left)) {
        if (c !== EOF && !(digits === '' && conversion.letter === 'p' && c === 0x28)) this.#putBack(c);
        throw new MatchingFailure();
      }
      digits = '0';
    } else this.#putBack(c);
    if (conversion.suppress) return;
    this.#storeInteger(conversion, this.#converted(conversion, digits, base));
    this.done += 1;
  }

  /** `(nil)`, which printf writes for a null pointer. */
  #isNil(first: number, left: number): boolean {
    if (first !== 0x28 || (left >= 0 && left < 5)) return false;
    return ['n', 'i', 'l', ')'].every((wanted) => lower(this.#next()) === wanted);
  }

  /** What strtol and strtoul (or their long long forms) make of the digits. */
  #converted(conversion: Conversion, digits: string, base: number): bigint {
    const codes = Array.from(digits, (one) => one.charCodeAt(0));
    const { magnitude, isNegative } = parseInteger((i) => codes[i] ?? 0, base);
    const bits = this.#ctx.model.wordBytes === 8 || ['ll', 'L', 'j'].includes(conversion.length) ? 64n : 32n;
    const isSigned = conversion.letter === 'd' || conversion.letter === 'i';
    const value = isNegative ? -magnitude : magnitude;
    const limit = isSigned ? (1n << (bits - 1n)) - (isNegative ? 0n : 1n) : (1n << bits) - 1n;
    if (magnitude <= limit) return value;
    setErrno(this.#ctx, ERANGE);
    return isSigned && isNegative ? -limit : limit;
  }

  #storeInteger(conversion: Conversion, value: bigint): void {
    const { memory, model } = this.#ctx;
    const target = Number(this.#args.word());
    const isWord = conversion.letter === 'p' || ['l', 'z', 't'].includes(conversion.length);
    if (['ll', 'L', 'j'].includes(conversion.length) || (isWord && model.wordBytes === 8))
      memory.writeU64(target, BigInt.asUintN(64, value));
    else if (conversion.length === 'hh') memory.writeU8(target, Number(BigInt.asUintN(8, value)));
    else if (conversion.length === 'h') memory.writeU16(target, Number(BigInt.asUintN(16, value)));
    else memory.writeU32(target, Number(BigInt.asUintN(32, value)));
  }

  #floating(conversion: Conversion): void {
    const text = this.#floatText(conversion.width);
    const single = conversion.length === '' || conversion.length === 'h' || conversion.length === 'hh';
    const isLong = conversion.length === 'L' || conversion.length === 'll';
    const { bytes, length } = isLong ? this.#longDouble(text) : this.#double(text, single);
    if (length === 0) throw new MatchingFailure();
    if (conversion.suppress) return;
    this.#ctx.memory.writeBytes(Number(this.#args.word()), bytes);
    this.done += 1;
  }

  /** The bytes of the number in a text, and the characters that it takes. */
  #double(text: string, isSingle: boolean): { readonly bytes: Uint8Array; readonly length: number } {
    const { value, length } = readFloatText(this.#ctx, text, isSingle ? singleFormat : doubleFormat);
    const view = new DataView(new ArrayBuffer(isSingle ? 4 : 8));
    if (isSingle) view.setFloat32(0, value, true);
    else view.setFloat64(0, value, true);
    return { bytes: new Uint8Array(view.buffer), length };
  }

  #longDouble(text: string): { readonly bytes: Uint8Array; readonly length: number } {
    const { value, length } = readExtendedText(this.#ctx, text);
    return { bytes: toBytes(value), length };
  }

  /** The longest input that can be a floating number, as glibc collects it. */
  #floatText(width: number | undefined): string {
    let left = width ?? -1;
    let text = '';
    let c = this.#need();
    if (left > 0) left -= 1;
    const follow = (): number => {
      if (left === 0) return EOF;
      const next = this.#next();
      if (next !== EOF && left > 0) left -= 1;
      return next;
    };
    const hasSign = c === 0x2d || c === 0x2b;
    if (hasSign) {
      text += String.fromCharCode(c);
      c = follow();
      if (c === EOF) throw new MatchingFailure();
    }
    const word = (letters: string): void => {
      for (const letter of letters) {
        const next = follow();
        if (next === EOF || lower(next) !== letter) throw new MatchingFailure();
      }
    };
    if (lower(c) === 'n') {
      word('an');
      return `${text}nan`;
    }
    if (lower(c) === 'i') {
      word('nf');
      const next = follow();
      if (next !== EOF && lower(next) === 'i') word('nity');
      else this.#putBack(next);
      return `${text}inf`;
    }
    let exponentLetter = 'e';
    let hasDigit = false;
    let hasDot = false;
    let hasExponent = false;
    let prefix = hasSign ? 1 : 0;
    if (c === 0x30) {
      text += '0';
      c = follow();
      if (c !== EOF && lower(c) === 'x') {
        text += 'x';
        prefix += 2;
        exponentLetter = 'p';
        c = follow();
      } else hasDigit = true;
    }
    while (c !== EOF) {
      const letter = lower(c);
      if (isDigit(c) || (!hasExponent && exponentLetter === 'p' && isHexDigit(c))) {
        text += letter;
        hasDigit = true;
      } else if (hasExponent && text.endsWith(exponentLetter) && (letter === '-' || letter === '+')) {
        text += letter;
      } else if (hasDigit && !hasExponent && letter === exponentLetter) {
        text += letter;
        hasExponent = true;
        hasDot = true;
      } else if (!hasDot && letter === '.') {
        text += letter;
        hasDot = true;
      } else {
        this.#putBack(c);
        break;
      }
      c = follow();
    }
    if (text.length === (exponentLetter === 'p' ? prefix : hasSign ? 1 : 0)) throw new MatchingFailure();
    return text;
  }
}

/** Where %c, %s and %[ put their characters: the program's array, or a block that they allocate (`m`). */
class TextTarget {
  readonly #ctx: LibcContext;
  readonly #conversion: Conversion;
  readonly #isWide: boolean;
  /** Where the pointer to an allocated block goes. */
  readonly #pointer: number;
  #base = 0;
  #size: number;
  #length = 0;

  constructor(ctx: LibcContext, conversion: Conversion, args: VariadicArguments, firstSize: number) {
    this.#ctx = ctx;
    this.#conversion = conversion;
    this.#isWide = conversion.length === 'l' || conversion.letter === 'S' || conversion.letter === 'C';
    this.#size = Math.min(firstSize, 1024);
    const argument = conversion.suppress ? 0 : Number(args.word());
    this.#pointer = conversion.allocate ? argument : 0;
    if (!conversion.allocate) this.#base = argument;
    else if (!conversion.suppress) {
      this.#base = this.#libc(() => ctx.malloc.malloc(this.#size * this.#unit));
      writeWord(ctx, this.#pointer, this.#base);
    }
  }

  get #unit(): 1 | 4 {
    return this.#isWide ? 4 : 1;
  }

  #libc(work: () => number): number {
    return callFromLibc(this.#ctx, 'scanf', work);
  }

  put(c: number): void {
    if (this.#conversion.suppress) return;
    if (this.#isWide && c > 0x7f) {
      setErrno(this.#ctx, EILSEQ);
      throw new InputFailure();
    }
    this.#store(c);
  }

  #store(c: number): void {
    const { memory } = this.#ctx;
    const at = this.#base + this.#length * this.#unit;
    if (this.#isWide) memory.writeU32(at, c);
    else memory.writeU8(at, c);
    this.#length += 1;
    if (this.#conversion.allocate && this.#length === this.#size) this.#resize(2 * this.#size);
  }

  #resize(size: number): void {
    this.#base = this.#libc(() => this.#ctx.malloc.realloc(this.#base, size * this.#unit));
    this.#size = size;
    writeWord(this.#ctx, this.#pointer, this.#base);
  }

  /** Ends the text, with a NUL where it is a string; cuts an allocated block to its size. */
  finish(isString: boolean): void {
    if (this.#conversion.suppress) return;
    const { allocate } = this.#conversion;
    if (isString) {
      const { memory } = this.#ctx;
      const at = this.#base + this.#length * this.#unit;
      if (this.#isWide) memory.writeU32(at, 0);
      else memory.writeU8(at, 0);
      this.#length += 1;
    }
    if (allocate && this.#length !== this.#size) this.#resize(this.#length);
  }

  /** Nothing matched: an allocated block is given back. */
  discard(): void {
    if (!this.#conversion.allocate || this.#conversion.suppress) return;
    this.#libc(() => {
      this.#ctx.malloc.free(this.#base);
      return 0;
    });
    writeWord(this.#ctx, this.#pointer, 0);
  }
}
