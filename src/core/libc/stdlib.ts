/**
 * <stdlib.h> and <malloc.h>: allocation, numbers, sorting, the end of the process.
 *
 * Source: C17 7.22; glibc 2.36: stdlib/random_r.c (TYPE_3 additive generator), stdlib/msort.c (merge sort with a
 * buffer of at most 1024 bytes on the stack, else malloced), malloc/malloc.c entry points (behaviour).
 */
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { callFromLibc, heapCall, readWord, setErrno, writeWord } from './libc-context.ts';

const f = (signature: string, call: LibcFunction['call']): LibcFunction => ({ signature, call });

const ERANGE = 34;
const EINVAL = 22;

/** A size_t argument exactly: as a number below 2^53, else as a bigint. */
function exactSize(value: number, raw: number | bigint | undefined): number | bigint {
  return Number.isSafeInteger(value) || raw === undefined ? value : BigInt.asUintN(64, BigInt(raw));
}

/** <malloc.h>, and the memory functions of <stdlib.h>. */
export const mallocFunctions: LibcTable = {
  malloc: f('pz', (ctx, [size = 0], _va, [raw]) =>
    heapCall(ctx, () => ctx.malloc.malloc(exactSize(size, raw))),
  ),
  calloc: f('pzz', (ctx, [count = 0, size = 0], _va, [rawCount, rawSize]) =>
    heapCall(ctx, () => ctx.malloc.calloc(exactSize(count, rawCount), exactSize(size, rawSize))),
  ),
  realloc: f('ppz', (ctx, [mem = 0, size = 0], _va, [, raw]) =>
    heapCall(ctx, () => ctx.malloc.realloc(mem, exactSize(size, raw))),
  ),
  reallocarray: f('ppzz', (ctx, [mem = 0, count = 0, size = 0], _va, [, rawCount, rawSize]) =>
    heapCall(ctx, () => ctx.malloc.reallocarray(mem, exactSize(count, rawCount), exactSize(size, rawSize))),
  ),
  free: f('vp', (ctx, [mem = 0]) => {
    ctx.malloc.free(mem);
    return 0;
  }),
  cfree: f('vp', (ctx, [mem = 0]) => {
    ctx.malloc.free(mem);
    return 0;
  }),
  memalign: f('pzz', (ctx, [align = 0, size = 0], _va, [rawAlign, raw]) =>
    heapCall(ctx, () => ctx.malloc.memalign(exactSize(align, rawAlign), exactSize(size, raw))),
  ),
  aligned_alloc: f('pzz', (ctx, [align = 0, size = 0], _va, [rawAlign, raw]) =>
    heapCall(ctx, () => ctx.malloc.alignedAlloc(exactSize(align, rawAlign), exactSize(size, raw))),
  ),
  posix_memalign: f('ipzz', (ctx, [target = 0, align = 0, size = 0], _va, [, rawAlign, raw]) => {
    const { status, mem } = ctx.malloc.posixMemalign(exactSize(align, rawAlign), exactSize(size, raw));
    if (status === 0) writeWord(ctx, target, mem);
    return status;
  }),
  valloc: f('pz', (ctx, [size = 0], _va, [raw]) =>
    heapCall(ctx, () => ctx.malloc.valloc(exactSize(size, raw))),
  ),
  pvalloc: f('pz', (ctx, [size = 0], _va, [raw]) =>
    heapCall(ctx, () => ctx.malloc.pvalloc(exactSize(size, raw))),
  ),
  malloc_usable_size: f('zp', (ctx, [mem = 0]) => ctx.malloc.mallocUsableSize(mem)),
  malloc_trim: f('iz', (ctx, [pad = 0], _va, [raw]) =>
    heapCall(ctx, () => ctx.malloc.mallocTrim(exactSize(pad, raw))),
  ),
  mallopt: f('iii', (ctx, [parameter = 0, value = 0]) => ctx.malloc.mallopt(parameter, value)),
};

/** Digits of a number in text: C17 7.22.1.4. `end` is the first byte not read, or the start when there is no number. */
function parseInteger(
  ctx: LibcContext,
  text: number,
  base: number,
): { readonly value: bigint; readonly negative: boolean; readonly end: number } {
  let at = text;
  let c = ctx.memory.readU8(at);
  const next = (): void => {
    c = ctx.memory.readU8(++at);
  };
  while (c === 0x20 || (c >= 9 && c <= 13)) next();
  const negative = c === 0x2d;
  if (c === 0x2d || c === 0x2b) next();
  let radix = base;
  const digit = (code: number): number => {
    const value =
      code >= 0x30 && code <= 0x39
        ? code - 0x30
        : (code | 32) >= 0x61 && (code | 32) <= 0x7a
          ? (code | 32) - 0x57
          : 99;
    return value < radix ? value : -1;
  };
  if (radix === 0 || radix === 16) {
    radix = 16;
    if (c === 0x30 && (ctx.memory.readU8(at + 1) | 32) === 0x78 && digit(ctx.memory.readU8(at + 2)) >= 0)
      at += 2;
    else radix = base === 16 ? 16 : c === 0x30 ? 8 : 10;
    c = ctx.memory.readU8(at);
  }
  let value = 0n;
  const first = at;
  for (let d = digit(c); d >= 0; d = digit(c)) {
    value = value * BigInt(radix) + BigInt(d);
    next();
  }
  return { value, negative, end: at === first ? text : at };
}

/** strtol and its relatives: reads, clamps, sets errno and the end pointer. */
function toInteger(
  ctx: LibcContext,
  text: number,
  end: number,
  base: number,
  min: bigint,
  max: bigint,
): bigint {
  if (base < 0 || base === 1 || base > 36) {
    setErrno(ctx, EINVAL);
    return 0n;
  }
  const parsed = parseInteger(ctx, text, base);
  if (end !== 0) writeWord(ctx, end, parsed.end);
  const value = parsed.negative ? -parsed.value : parsed.value;
  if (min === 0n) {
    // Unsigned: a negative number wraps, only the magnitude is checked.
    if (parsed.value <= max) return parsed.negative ? (max + 1n - parsed.value) & max : parsed.value;
    setErrno(ctx, ERANGE);
    return max;
  }
  if (value >= min && value <= max) return value;
  setErrno(ctx, ERANGE);
  return value < min ? min : max;
}

const max64 = (1n << 63n) - 1n;
const min64 = -(1n << 63n);
const unsignedMax64 = (1n << 64n) - 1n;

const wordMax = (ctx: LibcContext): bigint => (ctx.model.wordBytes === 8 ? max64 : 0x7fff_ffffn);

/** strtod: decimal, hexadecimal, inf, nan. */
function toFloating(ctx: LibcContext, text: number, end: number): number {
  const bytes = ctx.memory.readCString(text, 4096);
  const source = String.fromCharCode(...bytes);
  const match =
    /^[\t-\r ]*([+-]?)(0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)(?:[pP][+-]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf(?:inity)?|nan(?:\(\w*\))?)/i.exec(
      source,
    );
  if (end !== 0) writeWord(ctx, end, match === null ? text : text + match[0].length);
  if (match === null) return 0;
  const body = (match[2] ?? '').toLowerCase();
  const sign = match[1] === '-' ? -1 : 1;
  let value: number;
  if (body.startsWith('inf')) value = Infinity;
  else if (body.startsWith('nan')) value = NaN;
  else if (body.startsWith('0x')) value = hexadecimalValue(body.slice(2));
  else value = Number(body);
  if (value === Infinity && !body.startsWith('inf')) setErrno(ctx, ERANGE);
  return sign * value;
}

function hexadecimalValue(text: string): number {
  const [digits = '', power = '0'] = text.split('p');
  const [whole = '', fraction = ''] = digits.split('.');
  let value = 0;
  for (const digit of whole + fraction) value = value * 16 + parseInt(digit, 16);
  return value * 2 ** (Number(power) - 4 * fraction.length);
}

/**
 * rand(): the additive feedback generator x[i] = x[i-3] + x[i-31], seeded by a linear congruence, 310 values thrown
 * away. State: 31 words and an index in libc's scratch area.
 */
const RANDOM_STATE = 512;

function seedRandom(ctx: LibcContext, seed: number): void {
  const state = ctx.objects.scratch + RANDOM_STATE;
  let word = seed === 0 ? 1 : seed | 0;
  const values = [word];
  for (let i = 1; i < 31; i++) {
    // 16807 * word mod 2^31 - 1 without overflow (Schrage).
    const high = Math.trunc(word / 127773);
    word = 16807 * (word % 127773) - 2836 * high;
    if (word < 0) word += 2147483647;
    values.push(word);
  }
  values.forEach((value, i) => {
    ctx.memory.writeU32(state + 8 + i * 4, value >>> 0);
  });
  ctx.memory.writeU32(state, 1);
  ctx.memory.writeU32(state + 4, 0);
  for (let i = 0; i < 310; i++) nextRandom(ctx);
}

function nextRandom(ctx: LibcContext): number {
  const state = ctx.objects.scratch + RANDOM_STATE;
  if (ctx.memory.readU32(state) === 0) seedRandom(ctx, 1);
  const back = ctx.memory.readU32(state + 4);
  const front = (back + 3) % 31;
  const at = state + 8;
  const sum = (ctx.memory.readU32(at + front * 4) + ctx.memory.readU32(at + back * 4)) >>> 0;
  ctx.memory.writeU32(at + front * 4, sum);
  ctx.memory.writeU32(state + 4, (back + 1) % 31);
  return sum >>> 1;
}

/**
 * qsort: merge sort of the elements in a temporary array; arrays of 1024 bytes and more take it from malloc.
 * Elements over 32 bytes are sorted through pointers, which changes the size of the temporary array.
 */
function sort(
  ctx: LibcContext,
  base: number,
  count: number,
  size: number,
  compare: (a: number, b: number) => number,
): void {
  if (count < 2 || size === 0) return;
  const indirect = size > 32;
  const bytes = indirect ? 2 * count * ctx.model.wordBytes + size : count * size;
  const temporary = bytes < 1024 ? 0 : callFromLibc(ctx, 'qsort', () => ctx.malloc.malloc(bytes));
  const original = ctx.memory.readBytes(base, count * size);
  // The comparison function sees elements where they are: the array itself, kept in step while halves are merged.
  mergeSort(ctx, base, count, size, compare, original);
  if (temporary !== 0)
    callFromLibc(ctx, 'qsort', () => {
      ctx.malloc.free(temporary);
    });
}

function mergeSort(
  ctx: LibcContext,
  base: number,
  count: number,
  size: number,
  compare: (a: number, b: number) => number,
  scratch: Uint8Array,
): void {
  if (count <= 1) return;
  const half = Math.floor(count / 2);
  const second = base + half * size;
  mergeSort(ctx, base, half, size, compare, scratch);
  mergeSort(ctx, second, count - half, size, compare, scratch);
  let left = base;
  let right = second;
  let leftCount = half;
  let rightCount = count - half;
  let out = 0;
  while (leftCount > 0 && rightCount > 0) {
    const takeLeft = compare(left, right) <= 0;
    scratch.set(ctx.memory.readBytes(takeLeft ? left : right, size), out);
    out += size;
    if (takeLeft) {
      left += size;
      leftCount--;
    } else {
      right += size;
      rightCount--;
    }
  }
  if (leftCount > 0) {
    scratch.set(ctx.memory.readBytes(left, leftCount * size), out);
    out += leftCount * size;
  }
  ctx.memory.writeBytes(base, scratch.slice(0, out));
}

const comparer =
  (ctx: LibcContext, callback: number): ((a: number, b: number) => number) =>
  (a, b) =>
    ctx.callProgram(callback, [a, b]) | 0;

function binarySearch(
  ctx: LibcContext,
  key: number,
  base: number,
  count: number,
  size: number,
  callback: number,
): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const element = base + middle * size;
    const order = ctx.callProgram(callback, [key, element]) | 0;
    if (order === 0) return element;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return 0;
}

function environmentValue(ctx: LibcContext, name: Uint8Array): number {
  const list = readWord(ctx, ctx.objects.environ);
  for (let at = list; list !== 0; at += ctx.model.wordBytes) {
    const text = readWord(ctx, at);
    if (text === 0) return 0;
    const bytes = ctx.memory.readCString(text);
    if (bytes[name.length] === 0x3d && name.every((byte, i) => bytes[i] === byte))
      return text + name.length + 1;
  }
  return 0;
}

/** <stdlib.h> */
export const stdlibFunctions: LibcTable = {
  ...mallocFunctions,
  abs: f('ii', (_ctx, [n = 0]) => Math.abs(n) | 0),
  labs: f('ll', (_ctx, _args, _va, [raw = 0]) => (BigInt(raw) < 0n ? -BigInt(raw) : BigInt(raw))),
  llabs: f('qq', (_ctx, _args, _va, [raw = 0]) => (BigInt(raw) < 0n ? -BigInt(raw) : BigInt(raw))),
  atoi: f('ip', (ctx, [text = 0]) => Number(BigInt.asIntN(32, toInteger(ctx, text, 0, 10, min64, max64)))),
  atol: f('lp', (ctx, [text = 0]) => toInteger(ctx, text, 0, 10, -wordMax(ctx) - 1n, wordMax(ctx))),
  atoll: f('qp', (ctx, [text = 0]) => toInteger(ctx, text, 0, 10, min64, max64)),
  atof: f('dp', (ctx, [text = 0]) => toFloating(ctx, text, 0)),
  strtol: f('lppi', (ctx, [text = 0, end = 0, base = 0]) =>
    toInteger(ctx, text, end, base, -wordMax(ctx) - 1n, wordMax(ctx)),
  ),
  strtoll: f('qppi', (ctx, [text = 0, end = 0, base = 0]) => toInteger(ctx, text, end, base, min64, max64)),
  strtoul: f('zppi', (ctx, [text = 0, end = 0, base = 0]) =>
    toInteger(ctx, text, end, base, 0n, ctx.model.wordBytes === 8 ? unsignedMax64 : 0xffff_ffffn),
  ),
  strtoull: f('xppi', (ctx, [text = 0, end = 0, base = 0]) =>
    toInteger(ctx, text, end, base, 0n, unsignedMax64),
  ),
  strtod: f('dpp', (ctx, [text = 0, end = 0]) => toFloating(ctx, text, end)),
  strtof: f('fpp', (ctx, [text = 0, end = 0]) => Math.fround(toFloating(ctx, text, end))),
  rand: f('i', (ctx) => nextRandom(ctx)),
  random: f('l', (ctx) => nextRandom(ctx)),
  srand: f('vu', (ctx, [seed = 0]) => {
    seedRandom(ctx, seed);
    return 0;
  }),
  srandom: f('vu', (ctx, [seed = 0]) => {
    seedRandom(ctx, seed);
    return 0;
  }),
  qsort: f('vpzzp', (ctx, [base = 0, count = 0, size = 0, callback = 0]) => {
    sort(ctx, base, count, size, comparer(ctx, callback));
    return 0;
  }),
  bsearch: f('pppzzp', (ctx, [key = 0, base = 0, count = 0, size = 0, callback = 0]) =>
    binarySearch(ctx, key, base, count, size, callback),
  ),
  getenv: f('pp', (ctx, [name = 0]) => environmentValue(ctx, ctx.memory.readCString(name))),
  exit: f('vi', (ctx, [status = 0]) => ctx.exit(status & 255)),
  _exit: f('vi', (ctx, [status = 0]) => ctx.exitNow(status & 255)),
  _Exit: f('vi', (ctx, [status = 0]) => ctx.exitNow(status & 255)),
  abort: f('v', (ctx) => ctx.raise('SIGABRT', undefined)),
};
