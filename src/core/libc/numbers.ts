/**
 * Numbers of <stdlib.h> that are not C17's: the 48-bit generator, base 64, decimal digits, names for temporary files.
 *
 * Source: POSIX; glibc 2.36, stdlib/drand48-iter.c, a64l.c, l64a.c, misc/efgcvt.c (behaviour).
 * Simplified: names of temporary files are a fixed series, where real ones are random.
 */
import { asciiBytes } from './ascii.ts';
import { EINVAL } from '../target/errno.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { checked, f, setErrno, syscall, writeWord } from './libc-context.ts';
import { scratchPlaces } from './scratch.ts';
import { fixedDigits } from './float-format.ts';

// ---- drand48 ----

/** Offsets in libc's scratch area: the state of 48 bits, the multiplier (64 bits), the addend. */
const STATE = scratchPlaces.drand48;
const MULTIPLIER = STATE + 8;
const ADDEND = STATE + 16;
const IS_SET = STATE + 18;
const OLD_STATE = STATE + 20;

const mask48 = (1n << 48n) - 1n;
const standardMultiplier = 0x5deece66dn;

const stateAt = (ctx: LibcContext, at: number): bigint => {
  const part = (i: number): bigint => BigInt(ctx.memory.readU16(at + 2 * i));
  return part(0) | (part(1) << 16n) | (part(2) << 32n);
};

function writeState(ctx: LibcContext, at: number, state: bigint): void {
  for (let i = 0; i < 3; i++) ctx.memory.writeU16(at + 2 * i, Number((state >> BigInt(16 * i)) & 0xffffn));
}

const place = (ctx: LibcContext, offset: number): number => ctx.objects.scratch + offset;

function setParameters(ctx: LibcContext): void {
  if (ctx.memory.readU16(place(ctx, IS_SET)) !== 0) return;
  ctx.memory.writeU64(place(ctx, MULTIPLIER), standardMultiplier);
  ctx.memory.writeU16(place(ctx, ADDEND), 0xb);
  ctx.memory.writeU16(place(ctx, IS_SET), 1);
}

/** The next state of the generator at an address. */
function iterate(ctx: LibcContext, at: number): bigint {
  setParameters(ctx);
  const multiplier = ctx.memory.readU64(place(ctx, MULTIPLIER));
  const next = (stateAt(ctx, at) * multiplier + BigInt(ctx.memory.readU16(place(ctx, ADDEND)))) & mask48;
  writeState(ctx, at, next);
  return next;
}

const asFraction = (state: bigint): number => Number(state) / 2 ** 48;
const asNonNegative = (state: bigint): number => Number(state >> 17n);
const asSigned = (state: bigint): number => Number(BigInt.asIntN(32, state >> 16n));

const own = (ctx: LibcContext): number => place(ctx, STATE);

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
  drand48: f('d', (ctx) => asFraction(iterate(ctx, own(ctx)))),
  erand48: f('dp', (ctx, [at = 0]) => asFraction(iterate(ctx, at))),
  lrand48: f('l', (ctx) => asNonNegative(iterate(ctx, own(ctx)))),
  nrand48: f('lp', (ctx, [at = 0]) => asNonNegative(iterate(ctx, at))),
  mrand48: f('l', (ctx) => asSigned(iterate(ctx, own(ctx)))),
  jrand48: f('lp', (ctx, [at = 0]) => asSigned(iterate(ctx, at))),
  srand48: f('vl', (ctx, [seed = 0]) => {
    writeState(ctx, own(ctx), ((BigInt(seed) & 0xffff_ffffn) << 16n) | 0x330en);
    ctx.memory.writeU64(place(ctx, MULTIPLIER), standardMultiplier);
    ctx.memory.writeU16(place(ctx, ADDEND), 0xb);
    ctx.memory.writeU16(place(ctx, IS_SET), 1);
    return 0;
  }),
  seed48: f('pp', (ctx, [from = 0]) => {
    writeState(ctx, place(ctx, OLD_STATE), stateAt(ctx, own(ctx)));
    writeState(ctx, own(ctx), stateAt(ctx, from));
    ctx.memory.writeU64(place(ctx, MULTIPLIER), standardMultiplier);
    ctx.memory.writeU16(place(ctx, ADDEND), 0xb);
    ctx.memory.writeU16(place(ctx, IS_SET), 1);
    return place(ctx, OLD_STATE);
  }),
  lcong48: f('vp', (ctx, [from = 0]) => {
    writeState(ctx, own(ctx), stateAt(ctx, from));
    ctx.memory.writeU64(place(ctx, MULTIPLIER), stateAt(ctx, from + 6));
    ctx.memory.writeU16(place(ctx, ADDEND), ctx.memory.readU16(from + 12));
    ctx.memory.writeU16(place(ctx, IS_SET), 1);
    return 0;
  }),
  a64l: f('lp', (ctx, [text = 0]) => fromBase64(ctx, text)),
  l64a: f('pl', (ctx, [value = 0]) => toBase64(ctx, value)),
  ecvt: f('pdipp', (ctx, [value = 0, digits = 0, point = 0, sign = 0]) =>
    significantDigits(ctx, value, digits, point, sign),
  ),
  fcvt: f('pdipp', (ctx, [value = 0, digits = 0, point = 0, sign = 0]) =>
    digitsOf(ctx, value, digits, point, sign),
  ),
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
