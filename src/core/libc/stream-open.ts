/**
 * Streams that come and go: fopen, fdopen, freopen, fclose, tmpfile and those over memory and functions.
 *
 * A FILE is malloced with its lock and the state for wide characters behind it (472 bytes on x86-64); fclose frees the
 * buffer, then the FILE.
 *
 * Source: C17 7.21.5; glibc 2.36, libio/iofopen.c, iofdopen.c, freopen.c, iofclose.c, fileops.c, stdio-common/tmpfile.c,
 * sysdeps/posix/tempname.c (behaviour).
 */
import { decodeUtf8 } from '../../base/utf8.ts';
import { EBADF, EINVAL, ENOENT, ESPIPE } from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { cookieFileBytes, makeMemoryCookie, memoryCookieFunctions, setCookie } from './cookie-stream.ts';
import { EOF, doFlush, freeBackupArea, syncStream } from './file-stream.ts';
import type { LibcContext } from './libc-context.ts';
import { callFromLibc, checked, setErrno, syscall, writeWord } from './libc-context.ts';
import { placesOf } from './libc-places.ts';
import { memoryFinish } from './memory-stream.ts';
import { sysClose, sysSeek } from './stream-device.ts';
import { seekStream } from './stream-position.ts';
import {
  BUF_BASE,
  BUF_END,
  IO_CURRENTLY_PUTTING,
  IO_IS_APPENDING,
  IO_IS_FILEBUF,
  IO_MAGIC,
  IO_NO_READS,
  IO_NO_WRITES,
  IO_TIED_PUT_GET,
  IO_USER_BUF,
  SAVE_BASE,
  WIDE_BUF_BASE,
  WIDE_BUF_END,
  classOf,
  field,
  filenoOf,
  flagsOf,
  layoutOf,
  linkIn,
  modeOf,
  setField,
  setFileno,
  setFlags,
  setMode,
  setOffset,
  setReadArea,
  setWideField,
  setWriteArea,
  unlinkStream,
  wideField,
} from './stream-fields.ts';

const O_RDONLY = 0;
const O_WRONLY = 1;
const O_RDWR = 2;
const O_ACCMODE = 3;
const O_CREAT = 0o100;
const O_EXCL = 0o200;
const O_TRUNC = 0o1000;
const O_APPEND = 0o2000;
const O_CLOEXEC = 0o2000000;
const O_TMPFILE = 0o20200000;

const AT_FDCWD = -100;
const F_GETFL = 3;
const F_SETFL = 4;
const SEEK_CUR = 1;
const SEEK_END = 2;

const closedFlags = IO_IS_FILEBUF | IO_NO_READS | IO_NO_WRITES | IO_TIED_PUT_GET;
const directionFlags = IO_NO_READS | IO_NO_WRITES | IO_IS_APPENDING;

/** What a mode such as "rb+" asks for: flags of open and of the FILE. */
interface StreamMode {
  readonly openFlags: number;
  readonly direction: number;
}

function parseMode(ctx: LibcContext, text: string, letters: number): StreamMode | undefined {
  const kinds: Readonly<Record<string, StreamMode | undefined>> = {
    r: { openFlags: O_RDONLY, direction: IO_NO_WRITES },
    w: { openFlags: O_WRONLY | O_CREAT | O_TRUNC, direction: IO_NO_READS },
    a: { openFlags: O_WRONLY | O_CREAT | O_APPEND, direction: IO_NO_READS | IO_IS_APPENDING },
  };
  const kind = kinds[text[0] ?? ''];
  if (kind === undefined) {
    setErrno(ctx, EINVAL);
    return undefined;
  }
  let { openFlags, direction } = kind;
  for (const letter of text.slice(1, letters)) {
    if (letter === '+') {
      openFlags = (openFlags & ~O_ACCMODE) | O_RDWR;
      direction &= IO_IS_APPENDING;
    } else if (letter === 'x') openFlags |= O_EXCL;
    else if (letter === 'e') openFlags |= O_CLOEXEC;
  }
  if (text.includes(',ccs=')) throw new NotModelled('fopen with a character set (ccs=)');
  return { openFlags, direction };
}

/** A zeroed FILE that is open on nothing yet. @source libio/genops.c: _IO_no_init; fileops.c: _IO_new_file_init_internal */
function newFile(ctx: LibcContext, caller: string): number {
  const layout = layoutOf(ctx);
  const size = layout.bytes + layout.lockBytes + layout.wideDataBytes;
  const file = callFromLibc(ctx, caller, () => ctx.malloc.malloc(size));
  if (file === 0) return 0;
  ctx.memory.fill(file, 0, layout.bytes + layout.lockBytes);
  const wide = file + layout.bytes + layout.lockBytes;
  // Of the state for wide characters only the pointers are set.
  ctx.memory.fill(wide, 0, 11 * ctx.model.wordBytes);
  writeWord(ctx, wide + layout.wideVtable, ctx.objects.base + placesOf(ctx).wideFileJumps);
  initializeFile(ctx, file, placesOf(ctx).fileJumps);
  writeWord(ctx, file + layout.lock, file + layout.bytes);
  writeWord(ctx, file + layout.wideData, wide);
  return file;
}

function initializeFile(ctx: LibcContext, file: number, vtable: number): void {
  setFlags(ctx, file, IO_MAGIC | closedFlags);
  setOffset(ctx, file, undefined);
  writeWord(ctx, file + layoutOf(ctx).vtable, ctx.objects.base + vtable);
  linkIn(ctx, file);
  setFileno(ctx, file, -1);
}

const setDirection = (ctx: LibcContext, file: number, direction: number): void => {
  setFlags(ctx, file, (flagsOf(ctx, file) & ~directionFlags) | direction);
};

/** open(2) for a stream. @returns false and errno when it fails; @source libio/fileops.c: _IO_file_open */
function openOnto(ctx: LibcContext, file: number, path: number, mode: StreamMode): boolean {
  const name = decodeUtf8(ctx.memory.readCString(path));
  const fd = openPath(ctx, name, path, mode.openFlags, 0o666);
  if (fd < 0) return false;
  setFileno(ctx, file, fd);
  setDirection(ctx, file, mode.direction);
  const appends = IO_IS_APPENDING | IO_NO_READS;
  if ((mode.direction & appends) === appends && !seekToEnd(ctx, file)) {
    syscall(ctx, 'close', [fd], ctx.files.close(fd));
    return false;
  }
  linkIn(ctx, file);
  return true;
}

const seekToEnd = (ctx: LibcContext, file: number): boolean =>
  sysSeek(ctx, file, 0, SEEK_END) >= 0 || ctx.memory.readU32(ctx.objects.errno) === ESPIPE;

function openPath(ctx: LibcContext, name: string, path: number, flags: number, mode: number): number {
  const result = ctx.files.open(name, flags, mode, AT_FDCWD);
  return checked(ctx, syscall(ctx, 'openat', [AT_FDCWD, path, flags, mode], result));
}

const textAt = (ctx: LibcContext, addr: number): string => decodeUtf8(ctx.memory.readCString(addr));

/** fopen. @returns the FILE, or 0 and errno */
export function openStream(ctx: LibcContext, path: number, modeText: string): number {
  const file = newFile(ctx, 'fopen');
  if (file === 0) return 0;
  const mode = parseMode(ctx, modeText, 7);
  if (mode !== undefined && openOnto(ctx, file, path, mode)) return file;
  unlinkStream(ctx, file);
  callFromLibc(ctx, 'fopen', () => {
    ctx.malloc.free(file);
  });
  return 0;
}

/** fdopen. @returns the FILE, or 0 and errno */
export function openDescriptorStream(ctx: LibcContext, fd: number, modeText: string): number {
  const mode = parseMode(ctx, modeText, 5);
  if (mode === undefined) return 0;
  const flags = checked(ctx, syscall(ctx, 'fcntl', [fd, F_GETFL], ctx.files.statusFlags(fd)));
  if (flags < 0) return 0;
  const access = flags & O_ACCMODE;
  const isRefused =
    (access === O_RDONLY && (mode.direction & IO_NO_WRITES) === 0) ||
    (access === O_WRONLY && (mode.direction & IO_NO_READS) === 0);
  if (isRefused) {
    setErrno(ctx, EINVAL);
    return 0;
  }
  const mustAppend = (mode.direction & IO_IS_APPENDING) !== 0 && (flags & O_APPEND) === 0;
  if (mustAppend) {
    const wanted = flags | O_APPEND;
    const set = syscall(ctx, 'fcntl', [fd, F_SETFL, wanted], ctx.files.setStatusFlags(fd, wanted));
    if (checked(ctx, set) < 0) return 0;
  }
  const file = newFile(ctx, 'fdopen');
  if (file === 0) return 0;
  setFileno(ctx, file, fd);
  setDirection(ctx, file, mode.direction);
  if (mustAppend && (mode.direction & IO_NO_READS) !== 0 && !seekToEnd(ctx, file)) return 0;
  return file;
}

/** fopencookie. @returns the FILE, or 0 and errno */
export function openCookieStream(
  ctx: LibcContext,
  cookie: number,
  modeText: string,
  functions: readonly number[],
  caller: string,
): number {
  const kind = parseMode(ctx, modeText[0] ?? '', 1);
  if (kind === undefined) return 0;
  const isUpdate = modeText[1] === '+' || modeText.startsWith('b+', 1);
  const size = cookieFileBytes(ctx);
  const file = callFromLibc(ctx, caller, () => ctx.malloc.malloc(size));
  if (file === 0) return 0;
  const layout = layoutOf(ctx);
  ctx.memory.fill(file, 0, size);
  writeWord(ctx, file + layout.lock, file + size - layout.lockBytes);
  setMode(ctx, file, -1);
  initializeFile(ctx, file, placesOf(ctx).cookieJumps);
  setCookie(ctx, file, cookie, functions);
  setDirection(ctx, file, isUpdate ? kind.direction & IO_IS_APPENDING : kind.direction);
  setFileno(ctx, file, -2);
  return file;
}

/** fmemopen. @returns the FILE, or 0 and errno */
export function openMemoryFile(ctx: LibcContext, buffer: number, size: number, modeText: string): number {
  const cookie = makeMemoryCookie(ctx, buffer, size, modeText);
  if (cookie === 0) return 0;
  return openCookieStream(ctx, cookie, modeText, memoryCookieFunctions(ctx), 'fmemopen');
}

/** Flushes, closes what is behind the stream unless `keepsDescriptor`, frees the buffer. @source _IO_new_file_close_it */
function closeIt(ctx: LibcContext, file: number, keepsDescriptor: boolean): number {
  if (classOf(ctx, file) === 'file' && filenoOf(ctx, file) === -1) return EOF;
  const flags = flagsOf(ctx, file);
  const isWriting = (flags & IO_NO_WRITES) === 0 && (flags & IO_CURRENTLY_PUTTING) !== 0;
  const isWritten = !isWriting || doFlush(ctx, file);
  if (field(ctx, file, SAVE_BASE) !== 0) freeBackupArea(ctx, file);
  const closed = keepsDescriptor ? 0 : sysClose(ctx, file);
  const wide = modeOf(ctx, file) > 0 ? wideField(ctx, file, WIDE_BUF_BASE) : 0;
  if (wide !== 0) {
    callFromLibc(ctx, 'fclose', () => {
      ctx.malloc.free(wide);
    });
    setWideField(ctx, file, WIDE_BUF_BASE, 0);
    setWideField(ctx, file, WIDE_BUF_END, 0);
  }
  const buffer = field(ctx, file, BUF_BASE);
  if (buffer !== 0 && (flagsOf(ctx, file) & IO_USER_BUF) === 0) {
    callFromLibc(ctx, 'fclose', () => {
      ctx.malloc.free(buffer);
    });
  }
  setField(ctx, file, BUF_BASE, 0);
  setField(ctx, file, BUF_END, 0);
  setReadArea(ctx, file, 0, 0, 0);
  setWriteArea(ctx, file, 0, 0);
  unlinkStream(ctx, file);
  setFlags(ctx, file, IO_MAGIC | closedFlags);
  setFileno(ctx, file, -1);
  setOffset(ctx, file, undefined);
  return closed !== 0 || !isWritten ? EOF : 0;
}

/** fclose. @returns 0, or EOF and errno */
export function closeStream(ctx: LibcContext, file: number): number {
  if (classOf(ctx, file) === 'memory') {
    memoryFinish(ctx, file);
    return 0;
  }
  const isBacked = field(ctx, file, SAVE_BASE) !== 0;
  const isFile = (flagsOf(ctx, file) & IO_IS_FILEBUF) !== 0;
  if (isFile) unlinkStream(ctx, file);
  const isWide = modeOf(ctx, file) > 0;
  const result = isFile ? closeIt(ctx, file, false) : EOF;
  if (isBacked && !isWide) freeBackupArea(ctx, file);
  const { stdin, stdout, stderr } = ctx.objects;
  if (file !== stdin && file !== stdout && file !== stderr) {
    callFromLibc(ctx, 'fclose', () => {
      ctx.malloc.free(file);
    });
  }
  return result;
}

/** freopen. @returns the FILE, or 0 and errno */
export function reopenStream(ctx: LibcContext, path: number, modeText: string, file: number): number {
  syncStream(ctx, file);
  if ((flagsOf(ctx, file) & IO_IS_FILEBUF) === 0) return 0;
  if (path === 0) throw new NotModelled('freopen without a path');
  const fd = filenoOf(ctx, file);
  closeIt(ctx, file, true);
  writeWord(ctx, file + layoutOf(ctx).vtable, ctx.objects.base + placesOf(ctx).fileJumps);
  const mode = parseMode(ctx, modeText, 7);
  if (mode === undefined || !openOnto(ctx, file, path, mode)) {
    if (fd !== -1) syscall(ctx, 'close', [fd], ctx.files.close(fd));
    return 0;
  }
  setMode(ctx, file, 0);
  const opened = filenoOf(ctx, file);
  if (fd !== -1 && opened !== fd) {
    syscall(ctx, 'dup3', [opened, fd, 0], ctx.files.duplicateTo(opened, fd));
    syscall(ctx, 'close', [opened], ctx.files.close(opened));
    setFileno(ctx, file, fd);
  }
  return file;
}

/** tmpfile: a file without a name in /tmp. @returns the FILE, or 0 and errno */
export function openTemporary(ctx: LibcContext): number {
  const flags = O_RDWR | O_EXCL | O_TMPFILE;
  const fd = openPath(ctx, '/tmp', 0, flags, 0o600);
  if (fd < 0) return 0;
  const file = openDescriptorStream(ctx, fd, 'w+');
  if (file === 0) syscall(ctx, 'close', [fd], ctx.files.close(fd));
  return file;
}

/** A stream on a descriptor whose FILE is on libc's stack: what vdprintf writes through. @source libio/iovdprintf.c */
export function withDescriptorStream(ctx: LibcContext, fd: number, write: (file: number) => number): number {
  const layout = layoutOf(ctx);
  const bytes = layout.bytes + layout.wideDataBytes;
  return ctx.withStackBytes(new Uint8Array(bytes), (file) => {
    initializeFile(ctx, file, placesOf(ctx).fileJumps);
    writeWord(ctx, file + layout.wideData, file + layout.bytes);
    setMode(ctx, file, -1);
    setFileno(ctx, file, fd);
    setDirection(ctx, file, 0);
    if (seekStream(ctx, file, 0, SEEK_CUR) < 0 && ctx.memory.readU32(ctx.objects.errno) !== ESPIPE) {
      unlinkStream(ctx, file);
      return EOF;
    }
    setDirection(ctx, file, IO_NO_READS);
    const errno = ctx.memory.readU32(ctx.objects.errno);
    const done = write(file);
    const isWritten = doFlush(ctx, file);
    const buffer = field(ctx, file, BUF_BASE);
    if ((flagsOf(ctx, file) & IO_USER_BUF) === 0) {
      callFromLibc(ctx, 'dprintf', () => {
        ctx.malloc.free(buffer);
      });
    }
    unlinkStream(ctx, file);
    if (isWritten) setErrno(ctx, errno);
    return isWritten ? done : EOF;
  });
}

/** fileno. @returns the descriptor, or -1 and errno for a stream that has none */
export function descriptorOf(ctx: LibcContext, file: number): number {
  const fd = filenoOf(ctx, file);
  if (fd >= 0) return fd;
  setErrno(ctx, EBADF);
  return -1;
}

/** remove: unlink, and rmdir for a directory. @source stdio-common/remove.c */
export function removePath(ctx: LibcContext, path: number): number {
  const EISDIR = 21;
  const name = textAt(ctx, path);
  const result = syscall(ctx, 'unlink', [path], name === '' ? -ENOENT : ctx.files.unlink(name));
  if (result !== -EISDIR) return checked(ctx, result);
  return checked(ctx, syscall(ctx, 'rmdir', [path], ctx.files.removeDirectory(name)));
}
