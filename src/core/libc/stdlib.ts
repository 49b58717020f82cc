/**
 * <stdlib.h> and <malloc.h>: allocation, numbers, searching, the environment, the end of the process.
 *
 * Source: C17 7.22; glibc 2.36: malloc/malloc.c entry points, stdlib/cxa_atexit.c, stdlib/bsearch.c (behaviour).
 */
import type { Mallinfo } from '../malloc/stats.ts';
import { abortProcess } from './abort.ts';
import { asciiBytes } from './ascii.ts';
import { streamWrite } from './file-stream.ts';
import type { ExitHandler, LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { callFromLibc, f, heapCall, setErrno, writeWord } from './libc-context.ts';
import { placesOf } from './libc-places.ts';
import { FE_OVERFLOW, FE_UNDERFLOW, doubleFormat, singleFormat } from './float-rounding.ts';
import type { FloatFormat } from './float-rounding.ts';
import type { Extended } from '../target/extended-float.ts';
import { parseExtendedText, parseFloatText, parseInteger } from './number-text.ts';
import type { ExtendedText, FloatText } from './number-text.ts';
import { sort } from './sort.ts';

const ERANGE = 34;
const EINVAL = 22;
const SIGFPE = 8;

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
  mallinfo: f('vp', (ctx, _args, _va, [target = 0]) => {
    ctx.storeRecord(target, infoRecord(ctx.malloc.mallinfo(), 4));
    return 0;
  }),
  mallinfo2: f('vp', (ctx, _args, _va, [target = 0]) => {
    ctx.storeRecord(target, infoRecord(ctx.malloc.mallinfo2(), ctx.model.wordBytes));
    return 0;
  }),
  malloc_stats: f('v', (ctx) => {
    for (const line of ctx.malloc.mallocStats()) streamWrite(ctx, ctx.objects.stderr, asciiBytes(line));
    return 0;
  }),
  malloc_info: f('iip', (ctx, [options = 0, file = 0]) => {
    const pieces = ctx.malloc.mallocInfo(options);
    if (pieces === undefined) return EINVAL;
    for (const piece of pieces) streamWrite(ctx, file, asciiBytes(piece));
    return 0;
  }),
  mallopt: f('iii', (ctx, [parameter = 0, value = 0]) => ctx.malloc.mallopt(parameter, value)),
};

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
  const parsed = parseInteger((index) => ctx.memory.readU8(text + index), base);
  if (end !== 0) writeWord(ctx, end, text + parsed.length);
  const value = parsed.isNegative ? -parsed.magnitude : parsed.magnitude;
  if (min === 0n) {
    // Unsigned: a negative number wraps, only the magnitude is checked.
    if (parsed.magnitude <= max) return parsed.isNegative ? (max + 1n - parsed.magnitude) & max : value;
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

/** strtod; `single` for strtof, which has a smaller range. */
function toFloating(ctx: LibcContext, text: number, end: number, single: boolean): number {
  const source = String.fromCharCode(...ctx.memory.readCString(text, longestNumber));
  const { value, length } = readFloatText(ctx, source, single ? singleFormat : doubleFormat);
  if (end !== 0) writeWord(ctx, end, text + length);
  return value;
}

/** Reads a number as strtod does: in the direction of rounding that is set, with its exceptions and errno. */
export function readFloatText(ctx: LibcContext, text: string, format: FloatFormat): FloatText {
  const read = parseFloatText(text, format, ctx.floats.direction);
  if ((read.flags & (FE_OVERFLOW | FE_UNDERFLOW)) !== 0) setErrno(ctx, ERANGE);
  ctx.floats.raise(read.flags);
  return read;
}

/** The same for `long double`. */
export function readExtendedText(ctx: LibcContext, text: string): ExtendedText {
  const read = parseExtendedText(text, ctx.floats.direction);
  if ((read.flags & (FE_OVERFLOW | FE_UNDERFLOW)) !== 0) setErrno(ctx, ERANGE);
  ctx.floats.raise(read.flags);
  return read;
}

function toLongDouble(ctx: LibcContext, text: number, end: number): Extended {
  const source = String.fromCharCode(...ctx.memory.readCString(text, longestNumber));
  const { value, length } = readExtendedText(ctx, source);
  if (end !== 0) writeWord(ctx, end, text + length);
  return value;
}

/** Bytes of a number that strtod looks at. */
const longestNumber = 4096;

/** Registers a function for exit. The 32nd registration and each 32nd after it take a block from the heap, as glibc's list does. */
function registerExit(ctx: LibcContext, handler: ExitHandler): number {
  // The dynamic loader has registered its own first.
  if (!growExitList(ctx, ctx.exitHandlers.length + 1)) return -1;
  ctx.exitHandlers.push(handler);
  return 0;
}

function growExitList(ctx: LibcContext, used: number): boolean {
  if (used === 0 || used % handlersInBlock !== 0) return true;
  return callFromLibc(ctx, 'atexit', () => ctx.malloc.calloc(1, handlerBlockBytes(ctx))) !== 0;
}

/** quick_exit: its own list, no streams are flushed. */
function quickExit(ctx: LibcContext, status: number): never {
  const { quickExitHandlers } = ctx;
  for (let target = quickExitHandlers.pop(); target !== undefined; target = quickExitHandlers.pop())
    ctx.callProgram(target, []);
  return ctx.exitNow(status);
}

/** Entries of glibc's `struct exit_function_list`, and its bytes: a link, a count, the entries of four words. */
const handlersInBlock = 32;
const handlerBlockBytes = (ctx: LibcContext): number => ctx.model.wordBytes * (2 + 4 * handlersInBlock);

/** A record of two integers, as div and its relatives return it. */
function quotientRecord(ctx: LibcContext, n: bigint, d: bigint, bytes: 4 | 8): Uint8Array {
  if (d === 0n || (d === -1n && n === -(1n << BigInt(8 * bytes - 1)))) ctx.raise(SIGFPE, undefined);
  const view = new DataView(new ArrayBuffer(2 * bytes));
  const put = (at: number, value: bigint): void => {
    if (bytes === 8) view.setBigInt64(at, value, true);
    else view.setInt32(at, Number(value), true);
  };
  put(0, n / d);
  put(bytes, n % d);
  return new Uint8Array(view.buffer);
}

const divide =
  (bytesOf: (ctx: LibcContext) => 4 | 8): LibcFunction['call'] =>
  (ctx, _args, _va, [target = 0, n = 0, d = 0]) => {
    ctx.storeRecord(target, quotientRecord(ctx, BigInt(n), BigInt(d), bytesOf(ctx)));
    return 0;
  };
const divideWords = f(
  'vpll',
  divide((ctx) => ctx.model.wordBytes),
);
const divideLong = f(
  'vpqq',
  divide(() => 8),
);

/** mallinfo and mallinfo2: ten numbers, of int or of size_t. */
function infoRecord(info: Readonly<Mallinfo>, bytes: 4 | 8): Uint8Array {
  const view = new DataView(new ArrayBuffer(10 * bytes));
  const fields = [
    info.arena,
    info.ordblks,
    info.smblks,
    info.hblks,
    info.hblkhd,
    info.usmblks,
    info.fsmblks,
    info.uordblks,
    info.fordblks,
    info.keepcost,
  ];
  fields.forEach((value, i) => {
    if (bytes === 8) view.setBigInt64(8 * i, BigInt(value), true);
    else view.setInt32(4 * i, Number(BigInt.asIntN(32, BigInt(value))), true);
  });
  return new Uint8Array(view.buffer);
}

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
    const order = ctx.callProgram(callback, [key, element], placesOf(ctx).searchFrameBytes) | 0;
    if (order === 0) return element;
    if (order < 0) high = middle;
    else low = middle + 1;
  }
  return 0;
}

/** <stdlib.h> */
export const stdlibFunctions: LibcTable = {
  ...mallocFunctions,
  abs: f('ii', (_ctx, [n = 0]) => Math.abs(n) | 0),
  labs: f('ll', (_ctx, _args, _va, [raw = 0]) => (BigInt(raw) < 0n ? -BigInt(raw) : BigInt(raw))),
  imaxabs: f('qq', (_ctx, _args, _va, [raw = 0]) => (BigInt(raw) < 0n ? -BigInt(raw) : BigInt(raw))),
  llabs: f('qq', (_ctx, _args, _va, [raw = 0]) => (BigInt(raw) < 0n ? -BigInt(raw) : BigInt(raw))),
  // It is (int) strtol, which stops at the ends of long.
  atoi: f('ip', (ctx, [text = 0]) =>
    Number(BigInt.asIntN(32, toInteger(ctx, text, 0, 10, -wordMax(ctx) - 1n, wordMax(ctx)))),
  ),
  atol: f('lp', (ctx, [text = 0]) => toInteger(ctx, text, 0, 10, -wordMax(ctx) - 1n, wordMax(ctx))),
  atoll: f('qp', (ctx, [text = 0]) => toInteger(ctx, text, 0, 10, min64, max64)),
  atof: f('dp', (ctx, [text = 0]) => toFloating(ctx, text, 0, false)),
  strtol: f('lppi', (ctx, [text = 0, end = 0, base = 0]) =>
    toInteger(ctx, text, end, base, -wordMax(ctx) - 1n, wordMax(ctx)),
  ),
  strtoll: f('qppi', (ctx, [text = 0, end = 0, base = 0]) => toInteger(ctx, text, end, base, min64, max64)),
  strtoul: f('zppi', (ctx, [text = 0, end = 0, base = 0]) =>
    toInteger(ctx, text, end, base, 0n, ctx.model.wordBytes === 8 ? unsignedMax64 : 0xffff_ffffn),
  ),
  strtoimax: f('qppi', (ctx, [text = 0, end = 0, base = 0]) => toInteger(ctx, text, end, base, min64, max64)),
  strtoumax: f('xppi', (ctx, [text = 0, end = 0, base = 0]) =>
    toInteger(ctx, text, end, base, 0n, unsignedMax64),
  ),
  strtoull: f('xppi', (ctx, [text = 0, end = 0, base = 0]) =>
    toInteger(ctx, text, end, base, 0n, unsignedMax64),
  ),
  strtoq: f('qppi', (ctx, [text = 0, end = 0, base = 0]) => toInteger(ctx, text, end, base, min64, max64)),
  strtouq: f('xppi', (ctx, [text = 0, end = 0, base = 0]) =>
    toInteger(ctx, text, end, base, 0n, unsignedMax64),
  ),
  strtod: f('dpp', (ctx, [text = 0, end = 0]) => toFloating(ctx, text, end, false)),
  strtold: f('epp', (ctx, [text = 0, end = 0]) => toLongDouble(ctx, text, end)),
  strtof: f('fpp', (ctx, [text = 0, end = 0]) => toFloating(ctx, text, end, true)),
  qsort: f('vpzzp', (ctx, [base = 0, count = 0, size = 0, callback = 0]) => {
    // glibc calls qsort_r with a null pointer, which comparisons with three parameters see.
    sort(ctx, base, count, size, (a, b, stack) => ctx.callProgram(callback, [a, b, 0], stack) | 0);
    return 0;
  }),
  qsort_r: f('vpzzpp', (ctx, [base = 0, count = 0, size = 0, callback = 0, argument = 0]) => {
    sort(ctx, base, count, size, (a, b, stack) => ctx.callProgram(callback, [a, b, argument], stack) | 0);
    return 0;
  }),
  bsearch: f('pppzzp', (ctx, [key = 0, base = 0, count = 0, size = 0, callback = 0]) =>
    binarySearch(ctx, key, base, count, size, callback),
  ),
  exit: f('vi', (ctx, [status = 0]) => ctx.exit(status)),
  _exit: f('vi', (ctx, [status = 0]) => ctx.exitNow(status)),
  _Exit: f('vi', (ctx, [status = 0]) => ctx.exitNow(status)),
  abort: f('v', (ctx) => abortProcess(ctx, undefined)),
  atexit: f('ip', (ctx, [target = 0]) => registerExit(ctx, { target, argument: undefined })),
  on_exit: f('ipp', (ctx, [target = 0, argument = 0]) => registerExit(ctx, { target, argument })),
  at_quick_exit: f('ip', (ctx, [target = 0]) => {
    if (!growExitList(ctx, ctx.quickExitHandlers.length)) return -1;
    ctx.quickExitHandlers.push(target);
    return 0;
  }),
  quick_exit: f('vi', (ctx, [status = 0]) => quickExit(ctx, status)),
  div: f(
    'vpii',
    divide(() => 4),
  ),
  ldiv: divideWords,
  lldiv: divideLong,
  imaxdiv: divideLong,
};
