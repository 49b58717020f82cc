/**
 * Streams: the buffers of `struct _IO_FILE` in the simulated memory, with their pointers at their true offsets.
 *
 * A buffer is malloced at the first use, with the size that the descriptor's st_blksize asks for: 1024 bytes on a
 * terminal, 4096 on a pipe and for files. That is why the first printf puts a chunk on the heap. The functions have the
 * names of glibc's without the prefix `_IO_`.
 *
 * Source: C17 7.21.3; glibc 2.36, libio/fileops.c (xsputn, overflow, underflow, sync, xsgetn),
 * libio/filedoalloc.c, libio/genops.c (backup area, cleanup) (behaviour).
 */
import { EBADF, ENOTTY, ESPIPE } from '../target/errno.ts';
import type { LibcContext } from './libc-context.ts';
import { callFromLibc, readWord, setErrno, syscall } from './libc-context.ts';
import { memoryPut, memorySync, memoryWrite } from './memory-stream.ts';
import { TCGETS, statDescriptor, sysRead, sysSeek, sysWrite } from './stream-device.ts';
import {
  BACKUP_BASE,
  BUF_BASE,
  BUF_END,
  IO_CURRENTLY_PUTTING,
  IO_EOF_SEEN,
  IO_ERR_SEEN,
  IO_IN_BACKUP,
  IO_IS_APPENDING,
  IO_LINE_BUF,
  IO_LINKED,
  IO_NO_READS,
  IO_NO_WRITES,
  IO_UNBUFFERED,
  IO_USER_BUF,
  READ_BASE,
  READ_END,
  READ_PTR,
  SAVE_BASE,
  SAVE_END,
  WRITE_BASE,
  WRITE_END,
  WRITE_PTR,
  allStreams,
  classOf,
  field,
  filenoOf,
  flagsOf,
  modeOf,
  offsetOf,
  setField,
  setFlags,
  setMode,
  setOffset,
  setReadArea,
  setWriteArea,
  shortBufferOf,
} from './stream-fields.ts';

/** What functions give at the end of the input and for failures. */
export const EOF = -1;
/** The character that ends a line. */
export const newline = 0x0a;

/** Bytes of the area where put-back characters go that do not fit before the buffer. */
const backupBytes = 128;
/** Bytes of a buffer where the descriptor does not say. */
const BUFSIZ = 8192;

/** Type bits of st_mode, and the type of terminals among others. */
const S_IFMT = 0o170000;
const S_IFCHR = 0o020000;

const SEEK_CUR = 1;

/** Major numbers of pseudo-terminals, which need no ioctl to be known. Source: glibc 2.36, libio/filedoalloc.c. */
const isPseudoTerminal = (special: number): boolean => {
  const major = Math.floor(special / 256);
  return major >= 136 && major <= 143;
};

/** The stream that a variable of the program's names: stdin, stdout or stderr. */
export const standardStream = (ctx: LibcContext, name: 'stdin' | 'stdout' | 'stderr'): number =>
  readWord(ctx, ctx.variable(name));

// ---- orientation ----

/** Makes a stream byte-oriented at its first use. @returns false for a wide-oriented one */
export function orientBytes(ctx: LibcContext, file: number): boolean {
  const mode = modeOf(ctx, file);
  if (mode === 0) setMode(ctx, file, -1);
  return mode <= 0;
}

// ---- buffers ----

/** Gives a stream its buffer at the first use: fstat, then malloc of st_blksize. */
export function doallocbuf(ctx: LibcContext, file: number): void {
  const flags = flagsOf(ctx, file);
  if ((flags & IO_UNBUFFERED) !== 0) {
    useShortBuffer(ctx, file);
    return;
  }
  const fd = filenoOf(ctx, file);
  const status = fd >= 0 ? statDescriptor(ctx, fd) : undefined;
  let bytes = BUFSIZ;
  if (status !== undefined) {
    if ((status.mode & S_IFMT) === S_IFCHR && (isPseudoTerminal(status.special) || asksTerminal(ctx, fd)))
      setFlags(ctx, file, flags | IO_LINE_BUF);
    if (status.blockBytes > 0 && status.blockBytes < BUFSIZ) bytes = status.blockBytes;
  }
  const buffer = callFromLibc(ctx, nameOf(ctx, file), () => ctx.malloc.malloc(bytes));
  if (buffer === 0) {
    useShortBuffer(ctx, file);
    return;
  }
  setField(ctx, file, BUF_BASE, buffer);
  setField(ctx, file, BUF_END, buffer + bytes);
}

/** isatty's question, for a character device that is no pseudo-terminal: errno stays. */
function asksTerminal(ctx: LibcContext, fd: number): boolean {
  syscall(ctx, 'ioctl', [fd, TCGETS], -ENOTTY);
  return false;
}

/** Without memory, or without buffering, a stream uses a byte inside its FILE. */
function useShortBuffer(ctx: LibcContext, file: number): void {
  const short = shortBufferOf(ctx, file);
  setFlags(ctx, file, flagsOf(ctx, file) | IO_USER_BUF);
  setField(ctx, file, BUF_BASE, short);
  setField(ctx, file, BUF_END, short + 1);
}

/** The stream's name, for whom its memory is. */
function nameOf(ctx: LibcContext, file: number): string {
  const { stdin, stdout, stderr } = ctx.objects;
  return file === stdin ? 'stdin' : file === stdout ? 'stdout' : file === stderr ? 'stderr' : 'stdio';
}

// ---- writing ----

/** Writes bytes out and starts the buffer anew. @returns bytes written; @source libio/fileops.c: new_do_write */
function newDoWrite(ctx: LibcContext, file: number, bytes: Uint8Array, from: number): number {
  const ahead = field(ctx, file, READ_END) - field(ctx, file, WRITE_BASE);
  if ((flagsOf(ctx, file) & IO_IS_APPENDING) !== 0) setOffset(ctx, file, undefined);
  else if (ahead !== 0) {
    // What was read ahead is given back, so that the bytes go where the program is.
    const position = sysSeek(ctx, file, -ahead, SEEK_CUR);
    if (position < 0) return 0;
    setOffset(ctx, file, position);
  }
  const count = sysWrite(ctx, file, bytes, from);
  const base = field(ctx, file, BUF_BASE);
  const isDirect = modeOf(ctx, file) <= 0 && (flagsOf(ctx, file) & (IO_LINE_BUF | IO_UNBUFFERED)) !== 0;
  setReadArea(ctx, file, base, base, base);
  setWriteArea(ctx, file, base, isDirect ? base : field(ctx, file, BUF_END));
  return count;
}

/** Writes out what is pending. */
export function doFlush(ctx: LibcContext, file: number): boolean {
  const base = field(ctx, file, WRITE_BASE);
  const pending = field(ctx, file, WRITE_PTR) - base;
  return pending <= 0 || newDoWrite(ctx, file, ctx.memory.readBytes(base, pending), base) === pending;
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
  if ((flagsOf(ctx, file) & IO_IN_BACKUP) !== 0) {
    const backedUp = field(ctx, file, READ_END) - field(ctx, file, READ_PTR);
    freeBackupArea(ctx, file);
    const room = field(ctx, file, READ_BASE) - field(ctx, file, BUF_BASE);
    const start = field(ctx, file, READ_BASE) - Math.min(backedUp, room);
    setField(ctx, file, READ_BASE, start);
    setField(ctx, file, READ_PTR, start);
  }
  const end = field(ctx, file, BUF_END);
  if (field(ctx, file, READ_PTR) === end) {
    const base = field(ctx, file, BUF_BASE);
    setField(ctx, file, READ_END, base);
    setField(ctx, file, READ_PTR, base);
  }
  const start = field(ctx, file, READ_PTR);
  const isDirect = modeOf(ctx, file) <= 0 && (flagsOf(ctx, file) & (IO_LINE_BUF | IO_UNBUFFERED)) !== 0;
  setWriteArea(ctx, file, start, isDirect ? start : end);
  const readEnd = field(ctx, file, READ_END);
  setField(ctx, file, READ_BASE, readEnd);
  setField(ctx, file, READ_PTR, readEnd);
  setFlags(ctx, file, flagsOf(ctx, file) | IO_CURRENTLY_PUTTING);
  return true;
}

/** One character when the buffer has no room by its pointers (line-buffered streams always come here). */
function overflow(ctx: LibcContext, file: number, byte: number): number {
  if (classOf(ctx, file) === 'memory') return memoryPut(ctx, file, byte) ? byte : EOF;
  if (!orientBytes(ctx, file) || !startPutting(ctx, file)) return EOF;
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
  if (classOf(ctx, file) === 'memory') return memoryWrite(ctx, file, bytes);
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
    const count = newDoWrite(ctx, file, bytes.slice(done, done + direct), place);
    done += count;
    if (count < direct) return done;
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
  if (classOf(ctx, file) === 'memory') return memorySync(ctx, file);
  if (!doFlush(ctx, file)) return EOF;
  const ahead = field(ctx, file, READ_END) - field(ctx, file, READ_PTR);
  if (ahead !== 0) {
    if (sysSeek(ctx, file, -ahead, SEEK_CUR) >= 0) setField(ctx, file, READ_END, field(ctx, file, READ_PTR));
    // A pipe and a terminal cannot seek; that is no error here.
    else if (errnoOf(ctx) !== ESPIPE) return EOF;
  }
  setOffset(ctx, file, undefined);
  return 0;
}

const errnoOf = (ctx: LibcContext): number => ctx.memory.readU32(ctx.objects.errno);

/** fflush(NULL): all streams with pending output. */
export function flushAll(ctx: LibcContext): number {
  let result = 0;
  for (const file of allStreams(ctx)) {
    if (hasPending(ctx, file) && !doFlush(ctx, file)) result = EOF;
  }
  return result;
}

/** Whether bytes wait in the buffer to be written. */
export const hasPending = (ctx: LibcContext, file: number): boolean =>
  field(ctx, file, WRITE_PTR) > field(ctx, file, WRITE_BASE);

/** Bytes that sit in the buffers of standard output and error; nothing is changed. */
export function pendingOutput(
  ctx: LibcContext,
): readonly { readonly fd: number; readonly bytes: Uint8Array }[] {
  return allStreams(ctx)
    .filter((file) => classOf(ctx, file) === 'file' && hasPending(ctx, file))
    .map((file) => {
      const base = field(ctx, file, WRITE_BASE);
      const bytes = ctx.memory.peek(base, field(ctx, file, WRITE_PTR) - base);
      return { fd: filenoOf(ctx, file), bytes: bytes?.slice() ?? new Uint8Array() };
    })
    .filter(({ fd }) => fd === 1 || fd === 2);
}

/** What exit does with the streams: all output goes out, input read ahead is given back. @source libio/genops.c: _IO_cleanup */
export function cleanupStreams(ctx: LibcContext): void {
  flushAll(ctx);
  for (const file of allStreams(ctx)) {
    const flags = flagsOf(ctx, file);
    // A stream that was used and is buffered loses its buffer: what was read ahead is given back for other processes.
    if ((flags & IO_UNBUFFERED) === 0 && modeOf(ctx, file) !== 0) {
      // The buffer itself stays: a thread that still runs may be using it.
      setFlags(ctx, file, flags | IO_USER_BUF);
      setBuffer(ctx, file, 0, 0);
    }
    setMode(ctx, file, -1);
  }
}

// ---- reading ----

/** Ends writing: what is pending goes out, the area becomes one to read. @source libio/genops.c: _IO_switch_to_get_mode */
export function switchToGetMode(ctx: LibcContext, file: number): boolean {
  if (hasPending(ctx, file) && !doFlush(ctx, file)) return false;
  const writePointer = field(ctx, file, WRITE_PTR);
  if ((flagsOf(ctx, file) & IO_IN_BACKUP) !== 0) {
    setField(ctx, file, READ_BASE, field(ctx, file, BACKUP_BASE));
  } else {
    setField(ctx, file, READ_BASE, field(ctx, file, BUF_BASE));
    if (writePointer > field(ctx, file, READ_END)) setField(ctx, file, READ_END, writePointer);
  }
  setField(ctx, file, READ_PTR, writePointer);
  setWriteArea(ctx, file, writePointer, writePointer);
  setFlags(ctx, file, flagsOf(ctx, file) & ~IO_CURRENTLY_PUTTING);
  return true;
}

/** Makes something to read available; false at the end of the input. @source libio/genops.c: __underflow */
export function underflow(ctx: LibcContext, file: number): boolean {
  if (classOf(ctx, file) === 'memory' || !orientBytes(ctx, file)) return false;
  if ((flagsOf(ctx, file) & IO_CURRENTLY_PUTTING) !== 0 && !switchToGetMode(ctx, file)) return false;
  if (field(ctx, file, READ_PTR) < field(ctx, file, READ_END)) return true;
  if ((flagsOf(ctx, file) & IO_IN_BACKUP) !== 0) {
    switchToMainArea(ctx, file);
    if (field(ctx, file, READ_PTR) < field(ctx, file, READ_END)) return true;
  }
  freeBackupArea(ctx, file);
  return fillBuffer(ctx, file);
}

/** Reads a buffer full. @source libio/fileops.c: _IO_new_file_underflow */
export function fillBuffer(ctx: LibcContext, file: number): boolean {
  const flags = flagsOf(ctx, file);
  // The end of the input stays, also on a terminal where more could come.
  if ((flags & IO_EOF_SEEN) !== 0) return false;
  if ((flags & IO_NO_READS) !== 0) {
    setFlags(ctx, file, flags | IO_ERR_SEEN);
    setErrno(ctx, EBADF);
    return false;
  }
  if (field(ctx, file, BUF_BASE) === 0) doallocbuf(ctx, file);
  if ((flagsOf(ctx, file) & (IO_LINE_BUF | IO_UNBUFFERED)) !== 0) {
    const stdout = ctx.objects.stdout;
    const wanted = IO_LINKED | IO_LINE_BUF;
    if ((flagsOf(ctx, stdout) & (wanted | IO_NO_WRITES)) === wanted) doFlush(ctx, stdout);
  }
  const base = field(ctx, file, BUF_BASE);
  setReadArea(ctx, file, base, base, base);
  setWriteArea(ctx, file, base, base);
  const count = sysRead(ctx, file, base, field(ctx, file, BUF_END) - base);
  if (count > 0) {
    setField(ctx, file, READ_END, base + count);
    const offset = offsetOf(ctx, file);
    if (offset !== undefined) setOffset(ctx, file, offset + count);
    return true;
  }
  setFlags(ctx, file, flagsOf(ctx, file) | (count === 0 ? IO_EOF_SEEN : IO_ERR_SEEN));
  setOffset(ctx, file, undefined);
  return false;
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
  if (classOf(ctx, file) === 'memory' || !orientBytes(ctx, file)) return 0;
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
    const isCookie = classOf(ctx, file) === 'cookie';
    if (isCookie || left < block || (flagsOf(ctx, file) & IO_IN_BACKUP) !== 0) {
      if (!underflow(ctx, file)) break;
      continue;
    }
    if ((flagsOf(ctx, file) & IO_CURRENTLY_PUTTING) !== 0 && !switchToGetMode(ctx, file)) break;
    // Whole blocks go straight to where they are wanted.
    const base = field(ctx, file, BUF_BASE);
    setReadArea(ctx, file, base, base, base);
    setWriteArea(ctx, file, base, base);
    const got = sysRead(ctx, file, to + done, block >= 128 ? left - (left % block) : left);
    if (got <= 0) {
      setFlags(ctx, file, flagsOf(ctx, file) | (got === 0 ? IO_EOF_SEEN : IO_ERR_SEEN));
      break;
    }
    done += got;
    const offset = offsetOf(ctx, file);
    if (offset !== undefined) setOffset(ctx, file, offset + got);
  }
  return done;
}

/** ungetc. @source libio/genops.c: _IO_sputbackc, _IO_default_pbackfail, save_for_backup */
export function unreadByte(ctx: LibcContext, file: number, byte: number): number {
  const at = field(ctx, file, READ_PTR);
  if (at > field(ctx, file, READ_BASE) && ctx.memory.readU8(at - 1) === byte) {
    setField(ctx, file, READ_PTR, at - 1);
  } else {
    if (!hasRoomToUnread(ctx, file)) return EOF;
    const top = field(ctx, file, READ_PTR);
    ctx.memory.writeU8(top - 1, byte);
    setField(ctx, file, READ_PTR, top - 1);
  }
  setFlags(ctx, file, flagsOf(ctx, file) & ~IO_EOF_SEEN);
  return byte;
}

/** Goes to the area of put-back characters, which is made or made larger where it has to. */
function hasRoomToUnread(ctx: LibcContext, file: number): boolean {
  const at = field(ctx, file, READ_PTR);
  if ((flagsOf(ctx, file) & IO_IN_BACKUP) !== 0)
    return at > field(ctx, file, READ_BASE) || growBackupArea(ctx, file);
  if (field(ctx, file, SAVE_BASE) === 0) {
    if (!allocateBackupArea(ctx, file)) return false;
  } else if (at > field(ctx, file, READ_BASE)) {
    setField(ctx, file, BACKUP_BASE, field(ctx, file, SAVE_END));
  }
  setField(ctx, file, READ_BASE, at);
  switchToBackupArea(ctx, file);
  return true;
}

function allocateBackupArea(ctx: LibcContext, file: number): boolean {
  const area = callFromLibc(ctx, 'ungetc', () => ctx.malloc.malloc(backupBytes));
  if (area === 0) return false;
  setField(ctx, file, SAVE_BASE, area);
  setField(ctx, file, SAVE_END, area + backupBytes);
  setField(ctx, file, BACKUP_BASE, area + backupBytes);
  return true;
}

/** Doubles the area of put-back characters, which is full: they keep their place at its end. */
function growBackupArea(ctx: LibcContext, file: number): boolean {
  const base = field(ctx, file, READ_BASE);
  const bytes = field(ctx, file, READ_END) - base;
  const area = callFromLibc(ctx, 'ungetc', () => ctx.malloc.malloc(2 * bytes));
  if (area === 0) return false;
  ctx.memory.writeBytes(area + bytes, ctx.memory.readBytes(base, bytes));
  callFromLibc(ctx, 'ungetc', () => {
    ctx.malloc.free(base);
  });
  setReadArea(ctx, file, area, area + bytes, area + 2 * bytes);
  setField(ctx, file, BACKUP_BASE, area + bytes);
  return true;
}

/** Frees the area of put-back characters, which are lost. */
export function freeBackupArea(ctx: LibcContext, file: number): void {
  if ((flagsOf(ctx, file) & IO_IN_BACKUP) !== 0) switchToMainArea(ctx, file);
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
  setReadArea(ctx, file, base, base, base);
  setWriteArea(ctx, file, base, base);
  return 0;
}
