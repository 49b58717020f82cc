/**
 * <dirent.h>: directories as streams, with glibc's block: the head of 48 bytes and a buffer of 32 KiB.
 *
 * Source: POSIX; glibc 2.36, sysdeps/unix/sysv/linux/opendir.c, readdir.c, dirent/scandir.c (behaviour).
 * Simplified: the order of names is that in which they were made, where a real file system has its own.
 */
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { EBADF, ENOTDIR } from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { callFromLibc, checked, f, readWord, setErrno, syscall, writeWord } from './libc-context.ts';

const AT_FDCWD = -100;
const O_RDONLY = 0;
const O_NONBLOCK = 0o4000;
const O_DIRECTORY = 0o200000;
const O_CLOEXEC = 0o2000000;

/** Fields of `struct __dirstream` before its buffer. Source: glibc 2.36, sysdeps/unix/sysv/linux/dirstream.h. */
const FD = 0;
const ALLOCATION = 8;
const SIZE = 16;
const OFFSET = 24;
const FILEPOS = 32;
const headBytes = 48;
const bufferBytes = 32768;
/** Bytes of `struct dirent` before the name. */
const nameOffset = 19;

function makeStream(ctx: LibcContext, fd: number): number {
  if (ctx.model.wordBytes !== 8) throw new NotModelled('directories in 32-bit programs');
  const stream = callFromLibc(ctx, 'opendir', () => ctx.malloc.malloc(headBytes + bufferBytes));
  if (stream === 0) return 0;
  ctx.memory.fill(stream, 0, headBytes);
  ctx.memory.writeU32(stream + FD, fd);
  writeWord(ctx, stream + ALLOCATION, bufferBytes);
  return stream;
}

function openDirectory(ctx: LibcContext, path: number): number {
  const flags = O_RDONLY | O_NONBLOCK | O_DIRECTORY | O_CLOEXEC;
  const opened = ctx.files.open(decodeUtf8(ctx.memory.readCString(path)), flags, 0, AT_FDCWD);
  const fd = checked(ctx, syscall(ctx, 'openat', [AT_FDCWD, path, flags, 0], opened));
  if (fd < 0) return 0;
  syscall(ctx, 'newfstatat', [fd], 0);
  const stream = makeStream(ctx, fd);
  if (stream === 0) syscall(ctx, 'close', [fd], ctx.files.close(fd));
  return stream;
}

function openDirectoryOn(ctx: LibcContext, fd: number): number {
  const status = ctx.files.status(fd);
  if (checked(ctx, syscall(ctx, 'newfstatat', [fd], typeof status === 'number' ? status : 0)) < 0) return 0;
  if (typeof status !== 'number' && (status.mode & 0o170000) !== 0o040000) {
    setErrno(ctx, ENOTDIR);
    return 0;
  }
  return makeStream(ctx, fd);
}

/** Fills the buffer with entries. @returns bytes of entries */
function fill(ctx: LibcContext, stream: number): number {
  const fd = ctx.memory.readU32(stream + FD);
  const entries = ctx.files.readDirectory(fd);
  if (typeof entries === 'number') return checked(ctx, syscall(ctx, 'getdents64', [fd], entries));
  let at = 0;
  const buffer = stream + headBytes;
  entries.forEach(({ name, inode, mode }, i) => {
    const bytes = encodeUtf8(name);
    const length = Math.ceil((nameOffset + bytes.length + 1) / 8) * 8;
    if (at + length > bufferBytes) throw new NotModelled('directories of more than 32 KiB of names');
    ctx.memory.fill(buffer + at, 0, length);
    ctx.memory.writeNumber64(buffer + at, inode);
    ctx.memory.writeNumber64(buffer + at + 8, i + 1);
    ctx.memory.writeU16(buffer + at + 16, length);
    ctx.memory.writeU8(buffer + at + 18, (mode >> 12) & 15);
    ctx.memory.writeBytes(buffer + at + nameOffset, bytes);
    at += length;
  });
  return syscall(ctx, 'getdents64', [fd, buffer, bufferBytes], at);
}

/** readdir. @returns the entry, or 0 at the end */
function readEntry(ctx: LibcContext, stream: number): number {
  if (readWord(ctx, stream + OFFSET) >= readWord(ctx, stream + SIZE)) {
    const size = fill(ctx, stream);
    if (size <= 0) return 0;
    writeWord(ctx, stream + SIZE, size);
    writeWord(ctx, stream + OFFSET, 0);
  }
  const entry = stream + headBytes + readWord(ctx, stream + OFFSET);
  writeWord(ctx, stream + OFFSET, readWord(ctx, stream + OFFSET) + ctx.memory.readU16(entry + 16));
  writeWord(ctx, stream + FILEPOS, readWord(ctx, entry + 8));
  return entry;
}

function closeDirectory(ctx: LibcContext, stream: number): number {
  if (stream === 0) {
    setErrno(ctx, EBADF);
    return -1;
  }
  const fd = ctx.memory.readU32(stream + FD);
  callFromLibc(ctx, 'closedir', () => {
    ctx.malloc.free(stream);
  });
  return checked(ctx, syscall(ctx, 'close', [fd], ctx.files.close(fd)));
}

const readdir = f('pp', (ctx, [stream = 0]) => readEntry(ctx, stream));

/** <dirent.h> */
export const directoryFunctions: LibcTable = {
  opendir: f('pp', (ctx, [path = 0]) => openDirectory(ctx, path)),
  fdopendir: f('pi', (ctx, [fd = 0]) => openDirectoryOn(ctx, fd)),
  readdir,
  readdir64: readdir,
  closedir: f('ip', (ctx, [stream = 0]) => closeDirectory(ctx, stream)),
  dirfd: f('ip', (ctx, [stream = 0]) => ctx.memory.readU32(stream + FD) | 0),
  rewinddir: f('vp', (ctx, [stream = 0]) => {
    const fd = ctx.memory.readU32(stream + FD);
    syscall(ctx, 'lseek', [fd, 0, 0], ctx.files.seek(fd, 0, 0));
    for (const at of [SIZE, OFFSET, FILEPOS]) writeWord(ctx, stream + at, 0);
    return 0;
  }),
  telldir: f('lp', (ctx, [stream = 0]) => readWord(ctx, stream + FILEPOS)),
};
