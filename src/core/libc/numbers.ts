/**
 * Numbers of <stdlib.h> that are not C17's: base 64, decimal digits, names for temporary files.
 *
 * Source: POSIX; glibc 2.36, stdlib/a64l.c, l64a.c, misc/efgcvt.c (behaviour).
 * Simplified: names of temporary files are a fixed series, where real ones are random.
 */
import { asciiBytes } from './ascii.ts';
import { EINVAL } from '../target/errno.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { checked, f, setErrno, syscall, writeWord } from './libc-context.ts';
import { scratchPlaces } from './scratch.ts';
import { fixedDigits, generalDigits } from '../target/float-format.ts';

const place = (ctx: LibcContext, offset: number): number => ctx.objects.scratch + offset;

// ---- base 64 ----

const letters64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const L64A_TEXT = scratchPlaces.base64Text;

function toBase64(ctx: LibcContext, value: number): number {
  // Zero has a text of its own.
  if (value >>> 0 === 0) return place(ctx, scratchPlaces.emptyText);
  let rest = value >>> 0;
  let text = '';
  while (rest !== 0) {
    text += letters64[rest & 63] ?? '';
    rest >>>= 6;
  }
  const at = place(ctx, L64A_TEXT);
  ctx.memory.writeBytes(at, asciiBytes(`${text}\0`));
  return at;
}

function fromBase64(ctx: LibcContext, text: number): number {
  let value = 0;
  for (let i = 0; i < 6; i++) {
    const digit = letters64.indexOf(String.fromCharCode(ctx.memory.readU8(text + i)));
    if (digit < 0) break;
    value |= digit << (6 * i);
  }
  return value;
}

// ---- ecvt, fcvt ----

const CVT_TEXT = scratchPlaces.decimalText;

/** fcvt: digits without a point, and where it is. */
function digitsOf(ctx: LibcContext, value: number, digits: number, pointAt: number, signAt: number): number {
  const text = fixedDigits(Math.abs(value), Math.max(0, digits), false);
  const [whole = '', fraction = ''] = text.split('.');
  let point = whole.length;
  let all = whole + fraction;
  if (whole === '0') {
    const zeros = /^0*/.exec(fraction)?.[0].length ?? 0;
    point = value === 0 ? 0 : -zeros;
    all = value === 0 ? fraction : fraction.slice(zeros);
    if (value === 0 && digits === 0) all = '0';
  }
  return writeDigits(ctx, all, point, value < 0 || Object.is(value, -0), pointAt, signAt);
}

/** ecvt: so many digits in all. */
function significantDigits(
  ctx: LibcContext,
  value: number,
  digits: number,
  pointAt: number,
  signAt: number,
): number {
  const count = Math.max(0, Math.min(digits, 17));
  const isNegative = value < 0 || Object.is(value, -0);
  if (value === 0) return writeDigits(ctx, '0'.repeat(count), 1, isNegative, pointAt, signAt);
  const [mantissa = '', exponent = '0'] = Math.abs(value)
    .toExponential(Math.max(0, count - 1))
    .split('e');
  const text = count === 0 ? '' : mantissa.replace('.', '');
  return writeDigits(ctx, text, Number(exponent) + 1, isNegative, pointAt, signAt);
}

function writeDigits(
  ctx: LibcContext,
  text: string,
  point: number,
  isNegative: boolean,
  pointAt: number,
  signAt: number,
): number {
  ctx.memory.writeU32(pointAt, point >>> 0);
  ctx.memory.writeU32(signAt, isNegative ? 1 : 0);
  const at = place(ctx, CVT_TEXT);
  ctx.memory.writeBytes(at, asciiBytes(`${text.slice(0, 120)}\0`));
  return at;
}

/** A negative precision is none: six digits. */
const gcvtDigits = (digits: number): number => (digits < 0 ? 6 : Math.min(digits, 17));

// ---- temporary names ----

const nameLetters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const O_RDWR = 2;
const O_CREAT = 0o100;
const O_EXCL = 0o200;
const AT_FDCWD = -100;

/** Fills the six X of a template with the first name that no file has. @returns false and errno for a template that is none */
function fillTemplate(ctx: LibcContext, template: number, suffix: number): boolean {
  const bytes = ctx.memory.readCString(template);
  const at = bytes.length - suffix - 6;
  if (at < 0 || !bytes.subarray(at, at + 6).every((byte) => byte === 0x58)) {
    setErrno(ctx, EINVAL);
    return false;
  }
  for (let number = 0; ; number++) {
    let rest = number;
    for (let i = 5; i >= 0; i--) {
      bytes[at + i] = nameLetters.charCodeAt(rest % nameLetters.length);
      rest = Math.floor(rest / nameLetters.length);
    }
    if (typeof ctx.files.statusOf(String.fromCharCode(...bytes), AT_FDCWD, true) === 'number') break;
  }
  ctx.memory.writeBytes(template, bytes);
  return true;
}

function makeFile(ctx: LibcContext, template: number, suffix: number, flags: number): number {
  if (!fillTemplate(ctx, template, suffix)) return -1;
  const all = O_RDWR | O_CREAT | O_EXCL | flags;
  const path = String.fromCharCode(...ctx.memory.readCString(template));
  const result = ctx.files.open(path, all, 0o600, AT_FDCWD);
  return checked(ctx, syscall(ctx, 'openat', [AT_FDCWD, template, all, 0o600], result));
}

const mkstemp = f('ip', (ctx, [template = 0]) => makeFile(ctx, template, 0, 0));

/** getsubopt: the next of the options that commas separate. */
function readSuboption(ctx: LibcContext, optionAt: number, tokens: number, valueAt: number): number {
  const { wordBytes } = ctx.model;
  const read = (at: number): number =>
    Number(wordBytes === 8 ? ctx.memory.readU64(at) : ctx.memory.readU32(at));
  const start = read(optionAt);
  const bytes = ctx.memory.readCString(start);
  if (bytes.length === 0) return -1;
  const comma = bytes.indexOf(0x2c);
  const end = comma < 0 ? bytes.length : comma;
  const equals = bytes.subarray(0, end).indexOf(0x3d);
  const name = String.fromCharCode(...bytes.subarray(0, equals < 0 ? end : equals));
  const cut = (): void => {
    if (comma >= 0) ctx.memory.writeU8(start + end, 0);
    writeWord(ctx, optionAt, start + end + (comma >= 0 ? 1 : 0));
  };
  for (let i = 0; ; i++) {
    const token = read(tokens + i * wordBytes);
    if (token === 0) break;
    if (String.fromCharCode(...ctx.memory.readCString(token)) === name) {
      writeWord(ctx, valueAt, equals < 0 ? 0 : start + equals + 1);
      cut();
      return i;
    }
  }
  writeWord(ctx, valueAt, start);
  cut();
  return -1;
}

/** Numbers and names beyond C17. */
export const numberFunctions: LibcTable = {
  a64l: f('lp', (ctx, [text = 0]) => fromBase64(ctx, text)),
  l64a: f('pl', (ctx, [value = 0]) => toBase64(ctx, value)),
  ecvt: f('pdipp', (ctx, [value = 0, digits = 0, point = 0, sign = 0]) =>
    significantDigits(ctx, value, digits, point, sign),
  ),
  fcvt: f('pdipp', (ctx, [value = 0, digits = 0, point = 0, sign = 0]) =>
    digitsOf(ctx, value, digits, point, sign),
  ),
  // sprintf with %.*g, of at most 17 digits
  gcvt: f('pdip', (ctx, [value = 0, digits = 0, target = 0]) => {
    const size = Math.abs(value);
    const shown = Number.isNaN(value)
      ? 'nan'
      : size === Infinity
        ? 'inf'
        : generalDigits(size, gcvtDigits(digits), false);
    const isNegative = value < 0 || Object.is(value, -0);
    ctx.memory.writeBytes(target, asciiBytes(`${isNegative ? '-' : ''}${shown}\0`));
    return target;
  }),
  // In the "C" locale yes and no begin with these letters.
  rpmatch: f('ip', (ctx, [text = 0]) => {
    const letter = String.fromCharCode(ctx.memory.readU8(text)).toLowerCase();
    return letter === 'y' ? 1 : letter === 'n' ? 0 : -1;
  }),
  mkstemp,
  mkstemp64: mkstemp,
  mkostemp: f('ipi', (ctx, [template = 0, flags = 0]) => makeFile(ctx, template, 0, flags)),
  mkstemps: f('ipi', (ctx, [template = 0, suffix = 0]) => makeFile(ctx, template, suffix, 0)),
  mkostemps: f('ipii', (ctx, [template = 0, suffix = 0, flags = 0]) =>
    makeFile(ctx, template, suffix, flags),
  ),
  mktemp: f('pp', (ctx, [template = 0]) => {
    if (!fillTemplate(ctx, template, 0)) ctx.memory.writeU8(template, 0);
    return template;
  }),
  mkdtemp: f('pp', (ctx, [template = 0]) => {
    if (!fillTemplate(ctx, template, 0)) return 0;
    const path = String.fromCharCode(...ctx.memory.readCString(template));
    const result = ctx.files.makeDirectory(path, 0o700);
    return checked(ctx, syscall(ctx, 'mkdir', [template, 0o700], result)) < 0 ? 0 : template;
  }),
  getsubopt: f('ippp', (ctx, [option = 0, tokens = 0, value = 0]) =>
    readSuboption(ctx, option, tokens, value),
  ),
};
