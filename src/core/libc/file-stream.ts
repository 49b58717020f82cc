/**
 * Streams: the buffers of `struct _IO_FILE` in the simulated libc, with their pointers at their true offsets.
 *
 * A buffer is malloced at the first use, with the size that the descriptor's st_blksize asks for: 1024 bytes on a
 * terminal, 4096 on a pipe. That is why the first printf puts a chunk on the heap. The functions have the names of
 * glibc's without the prefix `_IO_`.
 *
 * Source: C17 7.21.3; glibc 2.36, libio/fileops.c (xsputn, overflow, underflow, sync, xsgetn), libio/filedoalloc.c,
 * libio/genops.c (backup area, cleanup) (behaviour).
 * Simplified: no wide orientation, no fopen; stdin, stdout and stderr only.
 */
import type { Address } from '../../base/address.ts';
import type { LibcContext } from './libc-context.ts';
import { callFromLibc, readWord, setErrno, syscall, writeWord } from './libc-context.ts';

/** Bits of `_flags`. Source: glibc 2.36, libio/libio.h. */
const IO_MAGIC = 0xfbad0000;
const IO_USER_BUF = 0x1;
export const IO_UNBUFFERED = 0x2;
const IO_NO_READS = 0x4;
const IO_NO_WRITES = 0x8;
export const IO_EOF_SEEN = 0x10;
export const IO_ERR_SEEN = 0x20;
const IO_LINKED = 0x80;
const IO_IN_BACKUP = 0x100;
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
const SAVE_BASE = 9;
const BACKUP_BASE = 10;
const SAVE_END = 11;
const FILENO = 14;

const EBADF = 9;
const ESPIPE = 29;

/** What functions give at the end of the input and for failures. */
export const EOF = -1;
/** The character that ends a line. */
export const newline = 0x0a;

/** Bytes of the area where put-back characters go that do not fit before the buffer. */
const backupBytes = 128;

/** `_flags` of a stream. */
export const flagsOf = (ctx: LibcContext, file: number): number => ctx.memory.readU32(file);
/** Sets `_flags` of a stream. */
export const setFlags = (ctx: LibcContext, file: number, flags: number): void => {
  ctx.memory.writeU32(file, flags >>> 0);
};
const field = (ctx: LibcContext, file: number, index: number): number =>
  readWord(ctx, file + index * ctx.model.wordBytes);
const setField = (ctx: LibcContext, file: number, index: number, value: number): void => {
  writeWord(ctx, file + index * ctx.model.wordBytes, value);
};
/** The descriptor of a stream. */
export const filenoOf = (ctx: LibcContext, file: number): number =>
  ctx.memory.readU32(file + FILENO * ctx.model.wordBytes) | 0;

/** The initial state of the three standard streams; part of libc's .data, so the loader's doing. */
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

/** What a descriptor is connected to: standard error goes where standard output goes. */
export function kindOfDescriptor(ctx: LibcContext, fd: number): 'terminal' | 'pipe' | undefined {
  if (fd === 0) return ctx.stdinKind;
  return fd === 1 || fd === 2 ? ctx.stdoutKind : undefined;
}

/**
 * write(2) of bytes that libc or the program holds.
 *
 * @param from - where they lie in the process; 0 for bytes that only pass through libc
 * @returns bytes written, or -1 and errno
 */
export function writeDescriptor(ctx: LibcContext, fd: number, bytes: Uint8Array, from: number): number {
  // Standard input of a terminal is open for writing too; that of a pipe is not.
  const isOpen = fd === 1 || fd === 2 || (fd === 0 && ctx.stdinKind === 'terminal');
  if (!isOpen) {
    setErrno(ctx, EBADF);
    syscall(ctx, 'write', [fd, from, bytes.length], -EBADF);
    return -1;
  }
  ctx.output(fd, bytes);
  return syscall(ctx, 'write', [fd, from, bytes.length], bytes.length);
}

// ---- buffers ----

/** Gives a stream its buffer at the first use: fstat, then malloc of st_blksize. */
function doallocbuf(ctx: LibcContext, file: number): void {
  const flags = flagsOf(ctx, file);
  if ((flags & IO_UNBUFFERED) !== 0) {
    const short = shortBufferOf(ctx, file);
    setFlags(ctx, file, flags | IO_USER_BUF);
    setField(ctx, file, BUF_BASE, short);
    setField(ctx, file, BUF_END, short + 1);
    return;
  }
  const fd = filenoOf(ctx, file);
  const kind = kindOfDescriptor(ctx, fd);
  syscall(ctx, 'newfstatat', [fd], 0);
  const bytes = kind === 'terminal' ? 1024 : 4096;
  if (kind === 'terminal') setFlags(ctx, file, flags | IO_LINE_BUF);
  const buffer = callFromLibc(ctx, nameOf(ctx, file), () => ctx.malloc.malloc(bytes));
  setField(ctx, file, BUF_BASE, buffer);
  setField(ctx, file, BUF_END, buffer + bytes);
}

/** The byte inside the FILE itself that serves a stream without a buffer (`_shortbuf`). */
const shortBufferOf = (ctx: LibcContext, file: number): number =>
  file + (ctx.model.wordBytes === 8 ? 131 : 71);

/** The stream's name, for whom its memory is. */
function nameOf(ctx: LibcContext, file: number): string {
  const { stdin, stdout } = ctx.objects;
  return file === stdin ? 'stdin' : file === stdout ? 'stdout' : 'stderr';
}

// ---- writing ----

/** Writes bytes out and starts the buffer anew. */
function newDoWrite(ctx: LibcContext, file: number, bytes: Uint8Array, from: number): boolean {
  const count = writeDescriptor(ctx, filenoOf(ctx, file), bytes, from);
  const base = field(ctx, file, BUF_BASE);
  const isDirect = (flagsOf(ctx, file) & (IO_LINE_BUF | IO_UNBUFFERED)) !== 0;
  setField(ctx, file, READ_BASE, base);
  setField(ctx, file, READ_PTR, base);
  setField(ctx, file, READ_END, base);
  setField(ctx, file, WRITE_BASE, base);
  setField(ctx, file, WRITE_PTR, base);
  setField(ctx, file, WRITE_END, isDirect ? base : field(ctx, file, BUF_END));
  if (count >= 0) return true;
  setFlags(ctx, file, flagsOf(ctx, file) | IO_ERR_SEEN);
  return false;
}

/** Writes out what is pending. */
function doFlush(ctx: LibcContext, file: number): boolean {
  const base = field(ctx, file, WRITE_BASE);
  const pending = field(ctx, file, WRITE_PTR) - base;
  return pending <= 0 || newDoWrite(ctx, file, ctx.memory.readBytes(base, pending), base);
}

/** Makes the stream ready for writing. @returns false when it is not open for that */
function startPutting(ctx: LibcContext, file: number): boolean {
  const flags = flagsOf(ctx, file);
  if ((flags & IO_NO_WRITES) !== 0) {
    setFlags(ctx, file, flags | IO_ERR_SEEN);
    setErrno(ctx, EBADF);
    return false;
  }
  if ((flags & IO_CURRENTLY_PUTTING) !== 0 && field(ctx, file, WRITE_BASE) !== 0) return true;
  if (field(ctx, file, WRITE_BASE) === 0) {
    if (field(ctx, file, BUF_BASE) === 0) doallocbuf(ctx, file);
    const base = field(ctx, file, BUF_BASE);
    for (const pointer of [READ_BASE, READ_PTR, READ_END]) setField(ctx, file, pointer, base);
  }
  const end = field(ctx, file, BUF_END);
  if (field(ctx, file, READ_PTR) === end) {
    const base = field(ctx, file, BUF_BASE);
    setField(ctx, file, READ_END, base);
    setField(ctx, file, READ_PTR, base);
  }
  const start = field(ctx, file, READ_PTR);
  const isDirect = (flagsOf(ctx, file) & (IO_LINE_BUF | IO_UNBUFFERED)) !== 0;
  setField(ctx, file, WRITE_PTR, start);
  setField(ctx, file, WRITE_BASE, start);
  setField(ctx, file, WRITE_END, isDirect ? start : end);
  const readEnd = field(ctx, file, READ_END);
  setField(ctx, file, READ_BASE, readEnd);
  setField(ctx, file, READ_PTR, readEnd);
  setFlags(ctx, file, flagsOf(ctx, file) | IO_CURRENTLY_PUTTING);
  return true;
}

/** One character when the buffer has no room by its pointers (line-buffered streams always come here). */
function overflow(ctx: LibcContext, file: number, byte: number): number {
  if (!startPutting(ctx, file)) return EOF;
  const pointer = field(ctx, file, WRITE_PTR);
  if (pointer === field(ctx, file, BUF_END) && !doFlush(ctx, file)) return EOF;
  const at = field(ctx, file, WRITE_PTR);
  ctx.memory.writeU8(at, byte);
  setField(ctx, file, WRITE_PTR, at + 1);
  const flags = flagsOf(ctx, file);
  const mustFlush = (flags & IO_UNBUFFERED) !== 0 || ((flags & IO_LINE_BUF) !== 0 && byte === newline);
  return mustFlush && !doFlush(ctx, file) ? EOF : byte;
}

/** putc. @returns the character, or EOF */
export function putCharacter(ctx: LibcContext, file: number, character: number): number {
  const byte = character & 255;
  const pointer = field(ctx, file, WRITE_PTR);
  if (pointer >= field(ctx, file, WRITE_END)) return overflow(ctx, file, byte);
  ctx.memory.writeU8(pointer, byte);
  setField(ctx, file, WRITE_PTR, pointer + 1);
  return byte;
}

/**
 * Writes bytes to a stream: what fits goes into the buffer; whole blocks beyond it go straight to the descriptor.
 *
 * @param from - where the bytes lie in the process, 0 for bytes of libc's own
 * @returns bytes taken; less than given after an error
 * @source libio/fileops.c: _IO_new_file_xsputn
 */
export function streamWrite(ctx: LibcContext, file: number, bytes: Uint8Array, from = 0): number {
  const total = bytes.length;
  if (total === 0) return 0;
  const flags = flagsOf(ctx, file);
  const isLineBuffered = (flags & IO_LINE_BUF) !== 0 && (flags & IO_CURRENTLY_PUTTING) !== 0;
  let mustFlush = false;
  let room: number;
  if (isLineBuffered) {
    room = field(ctx, file, BUF_END) - field(ctx, file, WRITE_PTR);
    const last = room >= total ? bytes.lastIndexOf(newline) : -1;
    if (last >= 0) {
      room = last + 1;
      mustFlush = true;
    }
  } else {
    room = Math.max(0, field(ctx, file, WRITE_END) - field(ctx, file, WRITE_PTR));
  }
  let done = Math.min(room, total);
  if (done > 0) {
    const at = field(ctx, file, WRITE_PTR);
    ctx.memory.writeBytes(at, bytes.subarray(0, done));
    setField(ctx, file, WRITE_PTR, at + done);
  }
  if (done === total && !mustFlush) return total;
  if (!startPutting(ctx, file) || !doFlush(ctx, file)) return done;
  const block = field(ctx, file, BUF_END) - field(ctx, file, BUF_BASE);
  const left = total - done;
  const direct = left - (block >= 128 ? left % block : 0);
  if (direct > 0) {
    const place = from === 0 ? 0 : from + done;
    if (!newDoWrite(ctx, file, bytes.slice(done, done + direct), place)) return done;
    done += direct;
  }
  return done + putRest(ctx, file, bytes.subarray(done));
}

/** The rest of a write, which is less than a block. @source libio/genops.c: _IO_default_xsputn */
function putRest(ctx: LibcContext, file: number, bytes: Uint8Array): number {
  let done = 0;
  while (done < bytes.length) {
    const pointer = field(ctx, file, WRITE_PTR);
    const count = Math.min(field(ctx, file, WRITE_END) - pointer, bytes.length - done);
    if (count > 0) {
      ctx.memory.writeBytes(pointer, bytes.subarray(done, done + count));
      setField(ctx, file, WRITE_PTR, pointer + count);
      done += count;
    }
    if (done < bytes.length && overflow(ctx, file, bytes[done++] ?? 0) === EOF) return done - 1;
  }
  return done;
}

/** fflush of one stream: writes out what is pending; gives back input that was read ahead. */
export function syncStream(ctx: LibcContext, file: number): number {
  if (!doFlush(ctx, file)) return EOF;
  const ahead = field(ctx, file, READ_END) - field(ctx, file, READ_PTR);
  if (ahead !== 0 && (flagsOf(ctx, file) & IO_CURRENTLY_PUTTING) === 0) {
    // A pipe and a terminal cannot seek; that is no error here.
    syscall(ctx, 'lseek', [filenoOf(ctx, file), -ahead, 1], -ESPIPE);
    setErrno(ctx, ESPIPE);
  }
  return 0;
}

/** fflush(NULL): all streams with pending output. */
export function flushAll(ctx: LibcContext): number {
  let result = 0;
  for (const file of [ctx.objects.stderr, ctx.objects.stdout, ctx.objects.stdin]) {
    if (field(ctx, file, WRITE_PTR) > field(ctx, file, WRITE_BASE) && !doFlush(ctx, file)) result = EOF;
  }
  return result;
}

/** What exit does with the streams. @source libio/genops.c: _IO_cleanup */
export function cleanupStreams(ctx: LibcContext): void {
  flushAll(ctx);
  syncStream(ctx, ctx.objects.stdin);
}

// ---- reading ----

/** Fills the read buffer; false at the end of the input. */
function underflow(ctx: LibcContext, file: number): boolean {
  if ((flagsOf(ctx, file) & IO_IN_BACKUP) !== 0) {
    switchToMainArea(ctx, file);
    if (field(ctx, file, READ_PTR) < field(ctx, file, READ_END)) return true;
  }
  freeBackupArea(ctx, file);
  const flags = flagsOf(ctx, file);
  // The end of the input stays, also on a terminal where more could come.
  if ((flags & IO_EOF_SEEN) !== 0) return false;
  if ((flags & IO_NO_READS) !== 0) {
    setFlags(ctx, file, flags | IO_ERR_SEEN);
    setErrno(ctx, EBADF);
    return false;
  }
  if (field(ctx, file, BUF_BASE) === 0) doallocbuf(ctx, file);
  const { stdout } = ctx.objects;
  if (
    (flagsOf(ctx, file) & (IO_LINE_BUF | IO_UNBUFFERED)) !== 0 &&
    (flagsOf(ctx, stdout) & IO_LINE_BUF) !== 0
  ) {
    doFlush(ctx, stdout);
  }
  const base = field(ctx, file, BUF_BASE);
  const size = field(ctx, file, BUF_END) - base;
  for (const pointer of [READ_BASE, READ_PTR, READ_END, WRITE_BASE, WRITE_PTR, WRITE_END])
    setField(ctx, file, pointer, base);
  const bytes = ctx.readInput(size);
  ctx.memory.writeBytes(base, bytes);
  syscall(ctx, 'read', [filenoOf(ctx, file), base, size], bytes.length);
  setField(ctx, file, READ_END, base + bytes.length);
  if (bytes.length === 0) setFlags(ctx, file, flagsOf(ctx, file) | IO_EOF_SEEN);
  return bytes.length > 0;
}

/** Takes the next byte of a stream, or EOF. */
export function readByte(ctx: LibcContext, file: number): number {
  let at = field(ctx, file, READ_PTR);
  if (at >= field(ctx, file, READ_END)) {
    if (!underflow(ctx, file)) return EOF;
    at = field(ctx, file, READ_PTR);
  }
  setField(ctx, file, READ_PTR, at + 1);
  return ctx.memory.readU8(at);
}

/** fread's part: up to `length` bytes into memory. @source libio/fileops.c: _IO_file_xsgetn */
export function streamRead(ctx: LibcContext, file: number, to: number, length: number): number {
  if (field(ctx, file, BUF_BASE) === 0) doallocbuf(ctx, file);
  let done = 0;
  while (done < length) {
    const at = field(ctx, file, READ_PTR);
    const count = Math.min(field(ctx, file, READ_END) - at, length - done);
    if (count > 0) {
      ctx.memory.copy(to + done, at, count);
      setField(ctx, file, READ_PTR, at + count);
      done += count;
      continue;
    }
    const block = field(ctx, file, BUF_END) - field(ctx, file, BUF_BASE);
    const left = length - done;
    if (left < block || (flagsOf(ctx, file) & IO_IN_BACKUP) !== 0) {
      if (!underflow(ctx, file)) break;
      continue;
    }
    // Whole blocks go straight to where they are wanted.
    const wanted = block >= 128 ? left - (left % block) : left;
    const bytes = ctx.readInput(wanted);
    ctx.memory.writeBytes(to + done, bytes);
    syscall(ctx, 'read', [filenoOf(ctx, file), to + done, wanted], bytes.length);
    if (bytes.length === 0) {
      setFlags(ctx, file, flagsOf(ctx, file) | IO_EOF_SEEN);
      break;
    }
    done += bytes.length;
  }
  return done;
}

/** ungetc. @source libio/genops.c: _IO_sputbackc, _IO_default_pbackfail */
export function unreadByte(ctx: LibcContext, file: number, byte: number): number {
  const at = field(ctx, file, READ_PTR);
  const isInBackup = (flagsOf(ctx, file) & IO_IN_BACKUP) !== 0;
  if (at > field(ctx, file, READ_BASE) && ctx.memory.readU8(at - 1) === byte) {
    setField(ctx, file, READ_PTR, at - 1);
  } else {
    if (!isInBackup) {
      if (field(ctx, file, SAVE_BASE) === 0) allocateBackupArea(ctx, file);
      setField(ctx, file, READ_BASE, at);
      switchToBackupArea(ctx, file);
    }
    const top = field(ctx, file, READ_PTR);
    if (top <= field(ctx, file, READ_BASE)) return EOF;
    ctx.memory.writeU8(top - 1, byte);
    setField(ctx, file, READ_PTR, top - 1);
  }
  setFlags(ctx, file, flagsOf(ctx, file) & ~IO_EOF_SEEN);
  return byte;
}

function allocateBackupArea(ctx: LibcContext, file: number): void {
  const area = callFromLibc(ctx, 'ungetc', () => ctx.malloc.malloc(backupBytes));
  setField(ctx, file, SAVE_BASE, area);
  setField(ctx, file, SAVE_END, area + backupBytes);
  setField(ctx, file, BACKUP_BASE, area + backupBytes);
}

function freeBackupArea(ctx: LibcContext, file: number): void {
  const area = field(ctx, file, SAVE_BASE);
  if (area === 0) return;
  callFromLibc(ctx, 'ungetc', () => {
    ctx.malloc.free(area);
  });
  for (const pointer of [SAVE_BASE, SAVE_END, BACKUP_BASE]) setField(ctx, file, pointer, 0);
}

function swapAreas(ctx: LibcContext, file: number): void {
  const pairs = [
    [READ_END, SAVE_END],
    [READ_BASE, SAVE_BASE],
  ] as const;
  for (const [one, other] of pairs) {
    const kept = field(ctx, file, one);
    setField(ctx, file, one, field(ctx, file, other));
    setField(ctx, file, other, kept);
  }
}

function switchToBackupArea(ctx: LibcContext, file: number): void {
  setFlags(ctx, file, flagsOf(ctx, file) | IO_IN_BACKUP);
  swapAreas(ctx, file);
  setField(ctx, file, READ_PTR, field(ctx, file, READ_END));
}

function switchToMainArea(ctx: LibcContext, file: number): void {
  setFlags(ctx, file, flagsOf(ctx, file) & ~IO_IN_BACKUP);
  swapAreas(ctx, file);
  setField(ctx, file, READ_PTR, field(ctx, file, READ_BASE));
}

// ---- buffering modes ----

/** setvbuf's modes. Source: glibc 2.36, libio/stdio.h. */
const IOFBF = 0;
const IOLBF = 1;
const IONBF = 2;

/** setvbuf. @returns 0, or EOF for a mode that is none */
export function setBuffering(
  ctx: LibcContext,
  file: number,
  buffer: number,
  mode: number,
  size: number,
): number {
  const flags = flagsOf(ctx, file);
  switch (mode) {
    case IOFBF:
      setFlags(ctx, file, flags & ~(IO_LINE_BUF | IO_UNBUFFERED));
      if (buffer !== 0) return setBuffer(ctx, file, buffer, size);
      if (field(ctx, file, BUF_BASE) === 0) {
        doallocbuf(ctx, file);
        setFlags(ctx, file, flagsOf(ctx, file) & ~IO_LINE_BUF);
      }
      return 0;
    case IOLBF:
      setFlags(ctx, file, (flags & ~IO_UNBUFFERED) | IO_LINE_BUF);
      return buffer === 0 ? 0 : setBuffer(ctx, file, buffer, size);
    case IONBF:
      setFlags(ctx, file, (flags & ~IO_LINE_BUF) | IO_UNBUFFERED);
      return setBuffer(ctx, file, 0, 0);
    default:
      return EOF;
  }
}

/** setbuffer: an own buffer, or none. */
export function setOwnBuffer(ctx: LibcContext, file: number, buffer: number, size: number): void {
  setFlags(ctx, file, flagsOf(ctx, file) & ~IO_LINE_BUF);
  setBuffer(ctx, file, buffer, buffer === 0 ? 0 : size);
}

/** Replaces the buffer; one that libc allocated is freed. @source libio/genops.c: _IO_default_setbuf */
function setBuffer(ctx: LibcContext, file: number, buffer: number, size: number): number {
  if (syncStream(ctx, file) === EOF) return EOF;
  const flags = flagsOf(ctx, file);
  const old = field(ctx, file, BUF_BASE);
  if (old !== 0 && (flags & IO_USER_BUF) === 0) {
    callFromLibc(ctx, nameOf(ctx, file), () => {
      ctx.malloc.free(old);
    });
  }
  const isNone = buffer === 0 || size === 0;
  const base = isNone ? shortBufferOf(ctx, file) : buffer;
  setFlags(ctx, file, (isNone ? flags | IO_UNBUFFERED : flags & ~IO_UNBUFFERED) | IO_USER_BUF);
  setField(ctx, file, BUF_BASE, base);
  setField(ctx, file, BUF_END, base + (isNone ? 1 : size));
  for (const pointer of [READ_BASE, READ_PTR, READ_END, WRITE_BASE, WRITE_PTR, WRITE_END])
    setField(ctx, file, pointer, base);
  return 0;
}
