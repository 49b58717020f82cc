/**
 * <stdio.h>: output, and the state of streams. Input is in stdio-input.ts, files in stdio-files.ts.
 *
 * Source: C17 7.21; glibc 2.36, libio/ (behaviour).
 */
import type { LibcContext, LibcFunction, LibcTable, VariadicArguments } from './libc-context.ts';
import { callFromLibc, f, syscall, writeWord } from './libc-context.ts';
import { strerrorText } from './errno-text.ts';
import {
  EOF,
  flushAll,
  newline,
  orientBytes,
  putCharacter,
  setBuffering,
  setOwnBuffer,
  standardStream,
  streamWrite,
  syncStream,
} from './file-stream.ts';
import { asciiBytes } from './ascii.ts';
import { formatPrintf } from './printf.ts';
import { IO_EOF_SEEN, IO_ERR_SEEN, IO_UNBUFFERED, flagsOf, modeOf, setFlags } from './stream-fields.ts';
import { closeStream, descriptorOf, openDescriptorStream, withDescriptorStream } from './stream-open.ts';
import { ProgramVariadic } from './variadic.ts';

const BUFSIZ = 8192;

/** printf onto a stream; for an unbuffered one the text is collected and written in pieces of a buffer's size. */
function printTo(ctx: LibcContext, file: number, format: number, args: VariadicArguments): number {
  const text = ctx.memory.readCString(format);
  if (!orientBytes(ctx, file)) return -1;
  if ((flagsOf(ctx, file) & IO_UNBUFFERED) === 0) {
    return formatPrintf(ctx, text, args, {
      write: (bytes) => {
        streamWrite(ctx, file, bytes);
      },
    });
  }
  const { bytes, count } = formatted(ctx, text, args);
  for (let at = 0; at < bytes.length; at += BUFSIZ) streamWrite(ctx, file, bytes.subarray(at, at + BUFSIZ));
  return count;
}

/** The whole text of a format. */
function formatted(
  ctx: LibcContext,
  format: Uint8Array,
  args: VariadicArguments,
): { readonly bytes: Uint8Array; readonly count: number } {
  const pieces: Uint8Array[] = [];
  const count = formatPrintf(ctx, format, args, {
    write: (bytes) => {
      pieces.push(bytes.slice());
    },
  });
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return { bytes, count };
}

/** printf into memory: at most `size` bytes with the NUL; `size` undefined for no limit. */
function printInto(
  ctx: LibcContext,
  target: number,
  size: number | undefined,
  format: number,
  args: VariadicArguments,
): number {
  let at = target;
  const last = size === undefined ? Number.MAX_SAFE_INTEGER : target + size - 1;
  const count = formatPrintf(ctx, ctx.memory.readCString(format), args, {
    write: (bytes) => {
      const part = at + bytes.length > last ? bytes.subarray(0, Math.max(0, last - at)) : bytes;
      if (part.length > 0) ctx.memory.writeBytes(at, part);
      at += part.length;
    },
  });
  if (size === undefined || size > 0) ctx.memory.writeU8(at, 0);
  return count;
}

/** asprintf: the text in a block of its own. @source libio/vasprintf.c: a block of 100 bytes that grows, then is cut */
function printAllocated(ctx: LibcContext, target: number, format: number, args: VariadicArguments): number {
  const { bytes, count } = formatted(ctx, ctx.memory.readCString(format), args);
  return callFromLibc(ctx, 'asprintf', () => {
    let size = 100;
    let mem = ctx.malloc.malloc(size);
    while (mem !== 0 && bytes.length > size) {
      ctx.memory.writeBytes(mem, bytes.subarray(0, size));
      const grown = 2 * size + 100;
      const next = ctx.malloc.malloc(grown);
      if (next !== 0) ctx.malloc.free(mem);
      mem = next;
      size = grown;
    }
    if (mem === 0) return -1;
    ctx.memory.writeBytes(mem, bytes);
    // The block is cut to what is used where that saves at least half of it; else it is trimmed in place.
    const used = bytes.length + 1;
    mem = cutBlock(ctx, mem, size, used);
    ctx.memory.writeU8(mem + bytes.length, 0);
    writeWord(ctx, target, mem);
    return count;
  });
}

function cutBlock(
  ctx: LibcContext,
  mem: number,
  size: number,
  used: number,
): ReturnType<typeof ctx.malloc.malloc> {
  if (size >>> 1 <= used) return ctx.malloc.realloc(mem, used);
  const exact = ctx.malloc.malloc(used);
  if (exact === 0) return ctx.malloc.realloc(mem, used);
  ctx.memory.copy(exact, mem, used - 1);
  ctx.malloc.free(mem);
  return exact;
}

/** dprintf: a stream for this one call, with a buffer of its own. @source libio/iovdprintf.c */
const printToDescriptor = (ctx: LibcContext, fd: number, format: number, args: VariadicArguments): number =>
  withDescriptorStream(ctx, fd, (file) => printTo(ctx, file, format, args));

/**
 * perror. As long as nothing was written to standard error, it uses a stream of its own on a copy of the descriptor,
 * which needs one that is open for reading too: a terminal.
 *
 * @source stdio-common/perror.c
 */
function printError(ctx: LibcContext, text: number): void {
  const head = text === 0 ? '' : `${String.fromCharCode(...ctx.memory.readCString(text))}: `;
  const errno = ctx.memory.readU32(ctx.objects.errno);
  const message = asciiBytes(head === ': ' ? `${strerrorText(errno)}\n` : `${head}${strerrorText(errno)}\n`);
  const stderr = standardStream(ctx, 'stderr');
  const fd = modeOf(ctx, stderr) === 0 ? descriptorOf(ctx, stderr) : -1;
  const copy = fd < 0 ? -1 : syscall(ctx, 'dup', [fd], ctx.files.duplicate(fd, 0));
  const stream = copy < 0 ? 0 : openDescriptorStream(ctx, copy, 'w+');
  if (stream === 0) {
    if (copy >= 0) syscall(ctx, 'close', [copy], ctx.files.close(copy));
    orientBytes(ctx, stderr);
    streamWrite(ctx, stderr, message);
    return;
  }
  orientBytes(ctx, stream);
  streamWrite(ctx, stream, message);
  closeStream(ctx, stream);
}

const putTo = (ctx: LibcContext, character: number, file: number): number =>
  putCharacter(ctx, file, character);

/** Writes a string. @returns bytes written, or EOF */
function putString(ctx: LibcContext, text: number, file: number): number {
  const bytes = ctx.memory.readCString(text);
  if (!orientBytes(ctx, file)) return EOF;
  return streamWrite(ctx, file, bytes, text) === bytes.length ? bytes.length : EOF;
}

function writeElements(ctx: LibcContext, from: number, size: number, count: number, file: number): number {
  const bytes = size * count;
  if (bytes === 0 || !orientBytes(ctx, file)) return 0;
  const done = streamWrite(ctx, file, ctx.memory.readBytes(from, bytes), from);
  return done === bytes ? count : Math.floor(done / size);
}

const flagOf =
  (bit: number): LibcFunction['call'] =>
  (ctx, [file = 0]) =>
    (flagsOf(ctx, file) & bit) === 0 ? 0 : 1;

const putc = f('iip', (ctx, [character = 0, file = 0]) => putTo(ctx, character, file));
const putchar = f('ii', (ctx, [character = 0]) => putTo(ctx, character, standardStream(ctx, 'stdout')));
const fputs = f('ipp', (ctx, [text = 0, file = 0]) => (putString(ctx, text, file) === EOF ? EOF : 1));
const fwrite = f('zpzzp', (ctx, [from = 0, size = 0, count = 0, file = 0]) =>
  writeElements(ctx, from, size, count, file),
);
const fflush = f('ip', (ctx, [file = 0]) => (file === 0 ? flushAll(ctx) : syncStream(ctx, file)));
const feof = f('ip', flagOf(IO_EOF_SEEN));
const ferror = f('ip', flagOf(IO_ERR_SEEN));
const clearerr = f('vp', (ctx, [file = 0]) => {
  setFlags(ctx, file, flagsOf(ctx, file) & ~(IO_EOF_SEEN | IO_ERR_SEEN));
  return 0;
});
const fileno = f('ip', (ctx, [file = 0]) => descriptorOf(ctx, file));

/** Output and the state of streams. */
export const stdioFunctions: LibcTable = {
  printf: f('ip.', (ctx, [format = 0], va) => printTo(ctx, standardStream(ctx, 'stdout'), format, va)),
  fprintf: f('ipp.', (ctx, [file = 0, format = 0], va) => printTo(ctx, file, format, va)),
  dprintf: f('iip.', (ctx, [fd = 0, format = 0], va) => printToDescriptor(ctx, fd, format, va)),
  sprintf: f('ipp.', (ctx, [to = 0, format = 0], va) => printInto(ctx, to, undefined, format, va)),
  snprintf: f('ipzp.', (ctx, [to = 0, size = 0, format = 0], va) => printInto(ctx, to, size, format, va)),
  asprintf: f('ipp.', (ctx, [target = 0, format = 0], va) => printAllocated(ctx, target, format, va)),
  vprintf: f('ipp', (ctx, [format = 0, list = 0]) =>
    printTo(ctx, standardStream(ctx, 'stdout'), format, new ProgramVariadic(ctx.memory, ctx.model, list)),
  ),
  vfprintf: f('ippp', (ctx, [file = 0, format = 0, list = 0]) =>
    printTo(ctx, file, format, new ProgramVariadic(ctx.memory, ctx.model, list)),
  ),
  vdprintf: f('iipp', (ctx, [fd = 0, format = 0, list = 0]) =>
    printToDescriptor(ctx, fd, format, new ProgramVariadic(ctx.memory, ctx.model, list)),
  ),
  vsprintf: f('ippp', (ctx, [to = 0, format = 0, list = 0]) =>
    printInto(ctx, to, undefined, format, new ProgramVariadic(ctx.memory, ctx.model, list)),
  ),
  vsnprintf: f('ipzpp', (ctx, [to = 0, size = 0, format = 0, list = 0]) =>
    printInto(ctx, to, size, format, new ProgramVariadic(ctx.memory, ctx.model, list)),
  ),
  vasprintf: f('ippp', (ctx, [target = 0, format = 0, list = 0]) =>
    printAllocated(ctx, target, format, new ProgramVariadic(ctx.memory, ctx.model, list)),
  ),
  puts: f('ip', (ctx, [text = 0]) => {
    const stdout = standardStream(ctx, 'stdout');
    const length = putString(ctx, text, stdout);
    return length === EOF || putTo(ctx, newline, stdout) === EOF ? EOF : length + 1;
  }),
  putchar,
  putchar_unlocked: putchar,
  putc,
  putc_unlocked: putc,
  fputc: putc,
  fputc_unlocked: putc,
  fputs,
  fputs_unlocked: fputs,
  fwrite,
  fwrite_unlocked: fwrite,
  fflush,
  fflush_unlocked: fflush,
  setvbuf: f('ippiz', (ctx, [file = 0, buffer = 0, mode = 0, size = 0]) =>
    setBuffering(ctx, file, buffer, mode, size),
  ),
  setbuf: f('vpp', (ctx, [file = 0, buffer = 0]) => {
    setOwnBuffer(ctx, file, buffer, BUFSIZ);
    return 0;
  }),
  setbuffer: f('vppz', (ctx, [file = 0, buffer = 0, size = 0]) => {
    setOwnBuffer(ctx, file, buffer, size);
    return 0;
  }),
  setlinebuf: f('vp', (ctx, [file = 0]) => {
    setBuffering(ctx, file, 0, 1, 0);
    return 0;
  }),
  feof,
  feof_unlocked: feof,
  ferror,
  ferror_unlocked: ferror,
  clearerr,
  clearerr_unlocked: clearerr,
  fileno,
  fileno_unlocked: fileno,
  perror: f('vp', (ctx, [text = 0]) => {
    printError(ctx, text);
    return 0;
  }),
};
