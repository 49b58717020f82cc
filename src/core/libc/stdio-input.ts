/**
 * <stdio.h>: input. Characters, lines, blocks, scanf.
 *
 * Source: C17 7.21; glibc 2.36, libio/iogetline.c, libio/iogetdelim.c, libio/fileops.c (behaviour).
 */
import type { LibcContext, LibcTable, VariadicArguments } from './libc-context.ts';
import { callFromLibc, f, readWord, setErrno, writeWord } from './libc-context.ts';
import { EOF, newline, readByte, standardStream, streamRead, underflow, unreadByte } from './file-stream.ts';
import { READ_END, READ_PTR, field, setField } from './stream-fields.ts';
import { scan } from './scanf.ts';
import { ProgramVariadic } from './variadic.ts';

const EINVAL = 22;

/** Bytes that getline allocates at first. */
const firstLineBytes = 120;

function getLine(ctx: LibcContext, target: number, size: number, file: number): number {
  if (size <= 0) return 0;
  let at = target;
  while (at < target + size - 1) {
    const byte = readByte(ctx, file);
    if (byte === EOF) break;
    ctx.memory.writeU8(at++, byte);
    if (byte === newline) break;
  }
  if (at === target && size > 1) return 0;
  ctx.memory.writeU8(at, 0);
  return target;
}

/** gets: a line without its end, however long. */
function getUnlimited(ctx: LibcContext, target: number): number {
  let at = target;
  let byte = readByte(ctx, standardStream(ctx, 'stdin'));
  if (byte === EOF) return 0;
  while (byte !== EOF && byte !== newline) {
    ctx.memory.writeU8(at++, byte);
    byte = readByte(ctx, standardStream(ctx, 'stdin'));
  }
  ctx.memory.writeU8(at, 0);
  return target;
}

/** getdelim: a line of any length in a block that grows. */
export function getDelimited(
  ctx: LibcContext,
  linePointer: number,
  sizePointer: number,
  delimiter: number,
  file: number,
): number {
  if (linePointer === 0 || sizePointer === 0) {
    setErrno(ctx, EINVAL);
    return -1;
  }
  let line = readWord(ctx, linePointer);
  let size = readWord(ctx, sizePointer);
  if (line === 0 || size === 0) {
    size = firstLineBytes;
    writeWord(ctx, sizePointer, size);
    line = callFromLibc(ctx, 'getline', () => ctx.malloc.malloc(size));
    writeWord(ctx, linePointer, line);
    if (line === 0) return -1;
  }
  let length = 0;
  // The buffer's content is looked through as a whole, so the block grows to what a line in the buffer needs.
  while (field(ctx, file, READ_PTR) < field(ctx, file, READ_END) || underflow(ctx, file)) {
    const from = field(ctx, file, READ_PTR);
    const waiting = ctx.memory.readBytes(from, field(ctx, file, READ_END) - from);
    const end = waiting.indexOf(delimiter);
    const count = end < 0 ? waiting.length : end + 1;
    const needed = length + count + 1;
    if (needed > size) {
      const grown = Math.max(needed, 2 * size);
      const moved = callFromLibc(ctx, 'getline', () => ctx.malloc.realloc(line, grown));
      if (moved === 0) return -1;
      line = moved;
      size = grown;
      writeWord(ctx, linePointer, line);
      writeWord(ctx, sizePointer, size);
    }
    ctx.memory.writeBytes(line + length, waiting.subarray(0, count));
    setField(ctx, file, READ_PTR, from + count);
    length += count;
    if (end >= 0) break;
  }
  if (length === 0) return -1;
  ctx.memory.writeU8(line + length, 0);
  return length;
}

function scanStream(ctx: LibcContext, file: number, format: number, args: VariadicArguments): number {
  return scan(ctx, ctx.memory.readCString(format), args, {
    next: () => readByte(ctx, file),
    putBack: (byte) => {
      unreadByte(ctx, file, byte);
    },
  });
}

function scanString(ctx: LibcContext, text: number, format: number, args: VariadicArguments): number {
  const bytes = ctx.memory.readCString(text);
  let at = 0;
  return scan(ctx, ctx.memory.readCString(format), args, {
    next: () => bytes[at++] ?? EOF,
    putBack: () => {
      at -= 1;
    },
  });
}

const list = (ctx: LibcContext, addr: number): VariadicArguments =>
  new ProgramVariadic(ctx.memory, ctx.model, addr);

const getchar = f('i', (ctx) => readByte(ctx, standardStream(ctx, 'stdin')));
const getc = f('ip', (ctx, [file = 0]) => readByte(ctx, file));
const fgets = f('ppip', (ctx, [target = 0, size = 0, file = 0]) => getLine(ctx, target, size, file));
const fread = f('zpzzp', (ctx, [to = 0, size = 0, count = 0, file = 0]) => {
  const bytes = size * count;
  if (bytes === 0) return 0;
  const done = streamRead(ctx, file, to, bytes);
  return done === bytes ? count : Math.floor(done / size);
});
const scanf = f('ip.', (ctx, [format = 0], va) => scanStream(ctx, standardStream(ctx, 'stdin'), format, va));
const fscanf = f('ipp.', (ctx, [file = 0, format = 0], va) => scanStream(ctx, file, format, va));
const sscanf = f('ipp.', (ctx, [text = 0, format = 0], va) => scanString(ctx, text, format, va));
const vscanf = f('ipp', (ctx, [format = 0, va = 0]) =>
  scanStream(ctx, standardStream(ctx, 'stdin'), format, list(ctx, va)),
);
const vfscanf = f('ippp', (ctx, [file = 0, format = 0, va = 0]) =>
  scanStream(ctx, file, format, list(ctx, va)),
);
const vsscanf = f('ippp', (ctx, [text = 0, format = 0, va = 0]) =>
  scanString(ctx, text, format, list(ctx, va)),
);

/** Input; the headers of C99 call the scanf family by its second names. */
export const stdioInputFunctions: LibcTable = {
  getchar,
  getchar_unlocked: getchar,
  getc,
  getc_unlocked: getc,
  fgetc: getc,
  fgetc_unlocked: getc,
  ungetc: f('iip', (ctx, [character = 0, file = 0]) =>
    character === EOF ? EOF : unreadByte(ctx, file, character & 255),
  ),
  gets: f('pp', (ctx, [target = 0]) => getUnlimited(ctx, target)),
  fgets,
  fgets_unlocked: fgets,
  fread,
  fread_unlocked: fread,
  getline: f('lppp', (ctx, [line = 0, size = 0, file = 0]) => getDelimited(ctx, line, size, newline, file)),
  getdelim: f('lppip', (ctx, [line = 0, size = 0, delimiter = 0, file = 0]) =>
    getDelimited(ctx, line, size, delimiter & 255, file),
  ),
  scanf,
  fscanf,
  sscanf,
  vscanf,
  vfscanf,
  vsscanf,
  __isoc99_scanf: scanf,
  __isoc99_fscanf: fscanf,
  __isoc99_sscanf: sscanf,
  __isoc99_vscanf: vscanf,
  __isoc99_vfscanf: vfscanf,
  __isoc99_vsscanf: vsscanf,
};
