/**
 * Streams: buffered output and input over the simulated memory.
 *
 * A stream is a `struct _IO_FILE` in the simulated libc with its pointers at their true offsets; its buffer is malloced
 * at the first use, with the size that the descriptor's st_blksize asks for: 1024 bytes on a terminal, 4096 on a pipe or
 * file. That is why the first printf puts a chunk on the heap.
 *
 * Source: C17 7.21; glibc 2.36, libio/fileops.c (_IO_new_file_xsputn, _IO_new_file_overflow, _IO_new_file_underflow),
 * libio/filedoalloc.c, libio/genops.c (behaviour).
 * Simplified: no wide orientation, no fopen; stdin, stdout and stderr only.
 */
import type { Address } from '../../base/address.ts';
import { formatPrintf } from './printf.ts';
import { strerrorText } from './errno-text.ts';
import type { LibcContext, LibcFunction, LibcTable, VariadicArguments } from './libc-context.ts';
import { callFromLibc, readWord, setErrno, syscall, writeWord } from './libc-context.ts';
import { ProgramVariadic } from './variadic.ts';
import { asciiBytes } from './printf.ts';

/** Bits of `_flags`. Source: glibc 2.36, libio/libio.h. */
const IO_MAGIC = 0xfbad0000;
const IO_UNBUFFERED = 0x2;
const IO_NO_READS = 0x4;
const IO_NO_WRITES = 0x8;
const IO_EOF_SEEN = 0x10;
const IO_LINKED = 0x80;
const IO_LINE_BUF = 0x200;
const IO_CURRENTLY_PUTTING = 0x800;
const IO_IS_FILEBUF = 0x2000;

/** Word indices of the fields of `struct _IO_FILE`; the flags are an int in the first word. */
const READ_PTR = 1;
const READ_END = 2;
const READ_BASE = 3;
const WRITE_BASE = 4;
const WRITE_PTR = 5;
const WRITE_END = 6;
const BUF_BASE = 7;
const BUF_END = 8;
const FILENO = 14;

const EOF = -1;
const newline = 0x0a;

const flagsOf = (ctx: LibcContext, file: number): number => ctx.memory.readU32(file);
const setFlags = (ctx: LibcContext, file: number, flags: number): void => {
  ctx.memory.writeU32(file, flags >>> 0);
};
const field = (ctx: LibcContext, file: number, index: number): number =>
  readWord(ctx, file + index * ctx.model.wordBytes);
const setField = (ctx: LibcContext, file: number, index: number, value: number): void => {
  writeWord(ctx, file + index * ctx.model.wordBytes, value);
};
const filenoOf = (ctx: LibcContext, file: number): number =>
  ctx.memory.readU32(file + FILENO * ctx.model.wordBytes);

/** Writes the initial state of the three standard streams; part of libc's .data, so the loader's doing. */
export function initialStreams(objects: {
  readonly stdin: Address;
  readonly stdout: Address;
  readonly stderr: Address;
}): readonly { readonly file: Address; readonly flags: number; readonly fd: number }[] {
  const common = (IO_MAGIC | IO_IS_FILEBUF | IO_LINKED) >>> 0;
  return [
    { file: objects.stdin, flags: (common | IO_NO_WRITES) >>> 0, fd: 0 },
    { file: objects.stdout, flags: (common | IO_NO_READS) >>> 0, fd: 1 },
    { file: objects.stderr, flags: (common | IO_NO_READS | IO_UNBUFFERED) >>> 0, fd: 2 },
  ];
}

/** write(2): reports and hands on; the bytes are read from the simulated memory by the kernel. */
export function writeDescriptor(ctx: LibcContext, fd: number, from: number, length: number): number {
  if (fd !== 1 && fd !== 2) {
    setErrno(ctx, 9);
    return syscall(ctx, 'write', [fd, from, length], -9);
  }
  ctx.output(fd, ctx.memory.readBytes(from, length));
  return syscall(ctx, 'write', [fd, from, length], length);
}

/** Allocates the buffer of a stream, as `_IO_file_doallocate` does: fstat, then malloc of st_blksize. */
function allocateBuffer(ctx: LibcContext, file: number): void {
  const flags = flagsOf(ctx, file);
  if ((flags & IO_UNBUFFERED) !== 0) {
    // One byte inside the FILE itself (`_shortbuf`), at offset 131 on x86-64 and 71 on i386.
    const short = file + (ctx.model.wordBytes === 8 ? 131 : 71);
    setField(ctx, file, BUF_BASE, short);
    setField(ctx, file, BUF_END, short + 1);
    return;
  }
  const fd = filenoOf(ctx, file);
  const kind = fd === 0 ? ctx.stdinKind : ctx.stdoutKind;
  syscall(ctx, 'newfstatat', [fd], 0);
  const bytes = kind === 'terminal' ? 1024 : 4096;
  if (kind === 'terminal') setFlags(ctx, file, flags | IO_LINE_BUF);
  const buffer = callFromLibc(ctx, fd === 0 ? 'stdin' : 'stdout', () => ctx.malloc.malloc(bytes));
  setField(ctx, file, BUF_BASE, buffer);
  setField(ctx, file, BUF_END, buffer + bytes);
}

/** Writes out what is pending between `write_base` and `write_ptr`, then resets the pointers. */
function flushPending(ctx: LibcContext, file: number): void {
  const base = field(ctx, file, WRITE_BASE);
  const pointer = field(ctx, file, WRITE_PTR);
  if (pointer > base) writeDescriptor(ctx, filenoOf(ctx, file), base, pointer - base);
  resetWrite(ctx, file);
}

function resetWrite(ctx: LibcContext, file: number): void {
  const base = field(ctx, file, BUF_BASE);
  const isDirect = (flagsOf(ctx, file) & (IO_LINE_BUF | IO_UNBUFFERED)) !== 0;
  setField(ctx, file, READ_BASE, base);
  setField(ctx, file, READ_PTR, base);
  setField(ctx, file, READ_END, base);
  setField(ctx, file, WRITE_BASE, base);
  setField(ctx, file, WRITE_PTR, base);
  setField(ctx, file, WRITE_END, isDirect ? base : field(ctx, file, BUF_END));
}

/** Makes the stream ready for writing: buffer and pointers. */
function startPutting(ctx: LibcContext, file: number): void {
  const flags = flagsOf(ctx, file);
  if ((flags & IO_CURRENTLY_PUTTING) !== 0 && field(ctx, file, WRITE_BASE) !== 0) return;
  if (field(ctx, file, BUF_BASE) === 0) allocateBuffer(ctx, file);
  setFlags(ctx, file, flagsOf(ctx, file) | IO_CURRENTLY_PUTTING);
  resetWrite(ctx, file);
}

/** One character when the buffer has no room by its pointers (line-buffered streams always come here). */
function overflow(ctx: LibcContext, file: number, byte: number): void {
  startPutting(ctx, file);
  if (field(ctx, file, WRITE_PTR) === field(ctx, file, BUF_END)) flushPending(ctx, file);
  const at = field(ctx, file, WRITE_PTR);
  ctx.memory.writeU8(at, byte);
  setField(ctx, file, WRITE_PTR, at + 1);
  const flags = flagsOf(ctx, file);
  if ((flags & IO_UNBUFFERED) !== 0 || ((flags & IO_LINE_BUF) !== 0 && byte === newline))
    flushPending(ctx, file);
}

/** Writes bytes to a stream with the buffering rules of `_IO_new_file_xsputn`. */
export function streamWrite(ctx: LibcContext, file: number, bytes: Uint8Array): void {
  if (bytes.length === 0) return;
  if ((flagsOf(ctx, file) & IO_UNBUFFERED) !== 0) {
    writeUnbuffered(ctx, file, bytes);
    return;
  }
  let rest = bytes;
  let mustFlush = false;
  const flags = flagsOf(ctx, file);
  let room = 0;
  if ((flags & IO_LINE_BUF) !== 0 && (flags & IO_CURRENTLY_PUTTING) !== 0) {
    room = field(ctx, file, BUF_END) - field(ctx, file, WRITE_PTR);
    if (room >= rest.length) {
      const last = rest.lastIndexOf(newline);
      if (last >= 0) {
        room = last + 1;
        mustFlush = true;
      }
    }
  } else {
    const end = field(ctx, file, WRITE_END);
    const pointer = field(ctx, file, WRITE_PTR);
    if (end > pointer) room = end - pointer;
  }
  if (room > 0) {
    const part = rest.subarray(0, room);
    const at = field(ctx, file, WRITE_PTR);
    ctx.memory.writeBytes(at, part);
    setField(ctx, file, WRITE_PTR, at + part.length);
    rest = rest.subarray(part.length);
  }
  if (rest.length === 0 && !mustFlush) return;
  startPutting(ctx, file);
  flushPending(ctx, file);
  const block = field(ctx, file, BUF_END) - field(ctx, file, BUF_BASE);
  const direct = rest.length - (block >= 128 ? rest.length % block : 0);
  if (direct > 0) {
    // Whole blocks go straight from the caller's memory to the descriptor.
    ctx.output(filenoOf(ctx, file), rest.slice(0, direct));
    syscall(ctx, 'write', [filenoOf(ctx, file), 0, direct], direct);
    rest = rest.subarray(direct);
  }
  const isLineBuffered = (flagsOf(ctx, file) & IO_LINE_BUF) !== 0;
  if (!isLineBuffered) {
    const at = field(ctx, file, WRITE_PTR);
    ctx.memory.writeBytes(at, rest);
    setField(ctx, file, WRITE_PTR, at + rest.length);
    return;
  }
  for (const byte of rest) overflow(ctx, file, byte);
}

/** An unbuffered stream: each call of a stdio function is one write. */
function writeUnbuffered(ctx: LibcContext, file: number, bytes: Uint8Array): void {
  const fd = filenoOf(ctx, file);
  ctx.output(fd, bytes);
  syscall(ctx, 'write', [fd, 0, bytes.length], bytes.length);
}

/** Flushes a stream if it has pending output. */
export function flushStream(ctx: LibcContext, file: number): void {
  if (
    (flagsOf(ctx, file) & IO_CURRENTLY_PUTTING) !== 0 &&
    field(ctx, file, WRITE_PTR) > field(ctx, file, WRITE_BASE)
  ) {
    flushPending(ctx, file);
  }
}

/** fflush(NULL) and exit: all streams with pending output. */
export function flushAll(ctx: LibcContext): void {
  flushStream(ctx, ctx.objects.stderr);
  flushStream(ctx, ctx.objects.stdout);
}

/** printf onto a stream; an unbuffered one collects the text and writes it at once. */
function printTo(ctx: LibcContext, file: number, format: number, args: VariadicArguments): number {
  const text = ctx.memory.readCString(format);
  if ((flagsOf(ctx, file) & IO_UNBUFFERED) === 0) {
    return formatPrintf(ctx, text, args, {
      write: (bytes) => {
        streamWrite(ctx, file, bytes);
      },
    });
  }
  const pieces: Uint8Array[] = [];
  const count = formatPrintf(ctx, text, args, {
    write: (bytes) => {
      pieces.push(bytes.slice());
    },
  });
  streamWrite(ctx, file, joinBytes(pieces));
  return count;
}

function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
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

/** Fills the read buffer; false at the end of the input. */
function underflow(ctx: LibcContext, file: number): boolean {
  if (field(ctx, file, BUF_BASE) === 0) allocateBuffer(ctx, file);
  // A read from a terminal first flushes a line-buffered standard output.
  if ((flagsOf(ctx, file) & (IO_LINE_BUF | IO_UNBUFFERED)) !== 0) flushStream(ctx, ctx.objects.stdout);
  const base = field(ctx, file, BUF_BASE);
  const bytes = ctx.readInput(field(ctx, file, BUF_END) - base);
  ctx.memory.writeBytes(base, bytes);
  syscall(ctx, 'read', [filenoOf(ctx, file), base, field(ctx, file, BUF_END) - base], bytes.length);
  setField(ctx, file, READ_BASE, base);
  setField(ctx, file, READ_PTR, base);
  setField(ctx, file, READ_END, base + bytes.length);
  if (bytes.length === 0) setFlags(ctx, file, flagsOf(ctx, file) | IO_EOF_SEEN);
  return bytes.length > 0;
}

/** The next byte of a stream without taking it, or EOF. */
function peekByte(ctx: LibcContext, file: number): number {
  if (field(ctx, file, READ_PTR) >= field(ctx, file, READ_END) && !underflow(ctx, file)) return EOF;
  return ctx.memory.readU8(field(ctx, file, READ_PTR));
}

/** Takes the next byte of a stream, or EOF. */
export function readByte(ctx: LibcContext, file: number): number {
  const byte = peekByte(ctx, file);
  if (byte !== EOF) setField(ctx, file, READ_PTR, field(ctx, file, READ_PTR) + 1);
  return byte;
}

/** Puts the last byte back, which was just taken. */
export function unreadByte(ctx: LibcContext, file: number): void {
  setField(ctx, file, READ_PTR, field(ctx, file, READ_PTR) - 1);
}

const putCharacter = (ctx: LibcContext, file: number, character: number): number => {
  const byte = character & 255;
  const pointer = field(ctx, file, WRITE_PTR);
  if (pointer < field(ctx, file, WRITE_END)) {
    ctx.memory.writeU8(pointer, byte);
    setField(ctx, file, WRITE_PTR, pointer + 1);
  } else if ((flagsOf(ctx, file) & IO_UNBUFFERED) !== 0) {
    writeUnbuffered(ctx, file, Uint8Array.of(byte));
  } else {
    overflow(ctx, file, byte);
  }
  return byte;
};

const f = (signature: string, call: LibcFunction['call']): LibcFunction => ({ signature, call });

function getLine(ctx: LibcContext, target: number, size: number, file: number): number {
  let at = target;
  while (at < target + size - 1) {
    const byte = readByte(ctx, file);
    if (byte === EOF) break;
    ctx.memory.writeU8(at++, byte);
    if (byte === newline) break;
  }
  if (at === target) return 0;
  ctx.memory.writeU8(at, 0);
  return target;
}

/** <stdio.h> */
export const stdioFunctions: LibcTable = {
  printf: f('ip.', (ctx, [format = 0], va) => printTo(ctx, ctx.objects.stdout, format, va)),
  fprintf: f('ipp.', (ctx, [file = 0, format = 0], va) => printTo(ctx, file, format, va)),
  dprintf: f('iip.', (ctx, [fd = 0, format = 0], va) => {
    const pieces: Uint8Array[] = [];
    const count = formatPrintf(ctx, ctx.memory.readCString(format), va, {
      write: (b) => {
        pieces.push(b.slice());
      },
    });
    const bytes = joinBytes(pieces);
    ctx.output(fd, bytes);
    syscall(ctx, 'write', [fd, 0, bytes.length], bytes.length);
    return count;
  }),
  sprintf: f('ipp.', (ctx, [to = 0, format = 0], va) => printInto(ctx, to, undefined, format, va)),
  snprintf: f('ipzp.', (ctx, [to = 0, size = 0, format = 0], va) => printInto(ctx, to, size, format, va)),
  vprintf: f('ipp', (ctx, [format = 0, list = 0]) =>
    printTo(ctx, ctx.objects.stdout, format, new ProgramVariadic(ctx.memory, ctx.model, list)),
  ),
  vfprintf: f('ippp', (ctx, [file = 0, format = 0, list = 0]) =>
    printTo(ctx, file, format, new ProgramVariadic(ctx.memory, ctx.model, list)),
  ),
  vsprintf: f('ippp', (ctx, [to = 0, format = 0, list = 0]) =>
    printInto(ctx, to, undefined, format, new ProgramVariadic(ctx.memory, ctx.model, list)),
  ),
  vsnprintf: f('ipzpp', (ctx, [to = 0, size = 0, format = 0, list = 0]) =>
    printInto(ctx, to, size, format, new ProgramVariadic(ctx.memory, ctx.model, list)),
  ),
  puts: f('ip', (ctx, [text = 0]) => {
    const bytes = ctx.memory.readCString(text);
    streamWrite(ctx, ctx.objects.stdout, bytes);
    putCharacter(ctx, ctx.objects.stdout, newline);
    return bytes.length + 1;
  }),
  putchar: f('ii', (ctx, [character = 0]) => putCharacter(ctx, ctx.objects.stdout, character)),
  putc: f('iip', (ctx, [character = 0, file = 0]) => putCharacter(ctx, file, character)),
  fputc: f('iip', (ctx, [character = 0, file = 0]) => putCharacter(ctx, file, character)),
  fputs: f('ipp', (ctx, [text = 0, file = 0]) => {
    streamWrite(ctx, file, ctx.memory.readCString(text));
    return 1;
  }),
  fwrite: f('zpzzp', (ctx, [from = 0, size = 0, count = 0, file = 0]) => {
    if (size * count === 0) return 0;
    streamWrite(ctx, file, ctx.memory.readBytes(from, size * count));
    return count;
  }),
  fflush: f('ip', (ctx, [file = 0]) => {
    if (file === 0) flushAll(ctx);
    else flushStream(ctx, file);
    return 0;
  }),
  setvbuf: f('ippiz', (ctx, [file = 0, buffer = 0, mode = 0, size = 0]) => {
    const flags = flagsOf(ctx, file) & ~(IO_LINE_BUF | IO_UNBUFFERED);
    if (mode < 0 || mode > 2) return EOF;
    setFlags(ctx, file, flags | (mode === 2 ? IO_UNBUFFERED : mode === 1 ? IO_LINE_BUF : 0));
    if (buffer !== 0 && mode !== 2) {
      setField(ctx, file, BUF_BASE, buffer);
      setField(ctx, file, BUF_END, buffer + size);
    }
    return 0;
  }),
  setbuf: f('vpp', (ctx, [file = 0, buffer = 0]) => {
    const flags = flagsOf(ctx, file) & ~(IO_LINE_BUF | IO_UNBUFFERED);
    setFlags(ctx, file, buffer === 0 ? flags | IO_UNBUFFERED : flags);
    if (buffer !== 0) {
      setField(ctx, file, BUF_BASE, buffer);
      setField(ctx, file, BUF_END, buffer + 8192);
    }
    return 0;
  }),
  getchar: f('i', (ctx) => readByte(ctx, ctx.objects.stdin)),
  getc: f('ip', (ctx, [file = 0]) => readByte(ctx, file)),
  fgetc: f('ip', (ctx, [file = 0]) => readByte(ctx, file)),
  ungetc: f('iip', (ctx, [character = 0, file = 0]) => {
    if (character === EOF || field(ctx, file, READ_PTR) <= field(ctx, file, READ_BASE)) return EOF;
    unreadByte(ctx, file);
    ctx.memory.writeU8(field(ctx, file, READ_PTR), character & 255);
    return character & 255;
  }),
  fgets: f('ppip', (ctx, [target = 0, size = 0, file = 0]) => getLine(ctx, target, size, file)),
  feof: f('ip', (ctx, [file = 0]) => ((flagsOf(ctx, file) & IO_EOF_SEEN) !== 0 ? 1 : 0)),
  ferror: f('ip', (ctx, [file = 0]) => ((flagsOf(ctx, file) & 0x20) !== 0 ? 1 : 0)),
  fileno: f('ip', (ctx, [file = 0]) => filenoOf(ctx, file)),
  perror: f('vp', (ctx, [text = 0]) => {
    const head = text === 0 ? '' : `${String.fromCharCode(...ctx.memory.readCString(text))}: `;
    const message = head + strerrorText(ctx.memory.readU32(ctx.objects.errno));
    streamWrite(ctx, ctx.objects.stderr, asciiBytes(`${message}\n`));
    return 0;
  }),
};
