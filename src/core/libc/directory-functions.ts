/**
 * <dirent.h>: directories as streams, with glibc's block: the head and a buffer of 32 KiB.
 *
 * Source: POSIX; glibc 2.36, sysdeps/unix/sysv/linux/opendir.c, readdir.c, dirent/scandir.c (behaviour).
 * Simplified: the order of names is that in which they were made, where a real file system has its own.
 */
import { roundUp } from '../../base/address.ts';
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { EBADF, ENOTDIR } from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { callFromLibc, checked, f, readWord, setErrno, syscall, writeWord } from './libc-context.ts';
import { sort } from './sort.ts';
import { compareText, compareVersions } from './string.ts';

const AT_FDCWD = -100;
const O_RDONLY = 0;
const O_NONBLOCK = 0o4000;
const O_DIRECTORY = 0o200000;
const O_CLOEXEC = 0o2000000;

/** Fields of `struct __dirstream` before its buffer, by target. Source: glibc 2.36, sysdeps/unix/sysv/linux/dirstream.h. */
interface StreamFields {
  readonly allocation: number;
  readonly size: number;
  readonly offset: number;
  readonly filePosition: number;
  readonly headBytes: number;
}

const streamFields: Readonly<Record<4 | 8, StreamFields>> = {
  8: { allocation: 8, size: 16, offset: 24, filePosition: 32, headBytes: 48 },
  4: { allocation: 8, size: 12, offset: 16, filePosition: 20, headBytes: 28 },
};
const fieldsOf = (ctx: LibcContext): StreamFields => streamFields[ctx.model.wordBytes];

const FD = 0;
const bufferBytes = 32768;

/** What readdir gives: `struct dirent` is the kernel's record, on i386 one with inode and offset of 32 bits. */
type EntryRecord = 'dirent' | 'dirent64';

/** Bytes of the kernel's record before the name, and those that the narrow one has less. */
const nameOffset = 19;
const NARROWER = 8;

function makeStream(ctx: LibcContext, fd: number): number {
  const { headBytes, allocation } = fieldsOf(ctx);
  const stream = callFromLibc(ctx, 'opendir', () => ctx.malloc.malloc(headBytes + bufferBytes));
  if (stream === 0) return 0;
  ctx.memory.fill(stream, 0, headBytes);
  ctx.memory.writeU32(stream + FD, fd);
  writeWord(ctx, stream + allocation, bufferBytes);
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
function fill(ctx: LibcContext, stream: number, record: EntryRecord): number {
  const fd = ctx.memory.readU32(stream + FD);
  const entries = ctx.files.readDirectory(fd);
  if (typeof entries === 'number') return checked(ctx, syscall(ctx, 'getdents64', [fd], entries));
  const buffer = stream + fieldsOf(ctx).headBytes;
  const isNarrow = ctx.model.wordBytes === 4 && record === 'dirent';
  let given = 0;
  let at = 0;
  entries.forEach(({ name, inode, mode }, i) => {
    const bytes = encodeUtf8(name);
    const length = roundUp(nameOffset + bytes.length + 1, 8);
    given += length;
    if (given > bufferBytes) throw new NotModelled('directories of more than 32 KiB of names');
    const entry = buffer + at;
    // libc rewrites the kernel's records where they are.
    const own = isNarrow ? length - NARROWER : length;
    ctx.memory.fill(entry, 0, own);
    if (isNarrow) {
      ctx.memory.writeU32(entry, inode);
      ctx.memory.writeU32(entry + 4, i + 1);
    } else {
      ctx.memory.writeNumber64(entry, inode);
      ctx.memory.writeNumber64(entry + 8, i + 1);
    }
    const nameAt = entry + nameOffset - (isNarrow ? NARROWER : 0);
    ctx.memory.writeU16(nameAt - 3, own);
    ctx.memory.writeU8(nameAt - 1, (mode >> 12) & 15);
    ctx.memory.writeBytes(nameAt, bytes);
    at += own;
  });
  syscall(ctx, 'getdents64', [fd, buffer, bufferBytes], given);
  return at;
}

/** readdir. @returns the entry, or 0 at the end */
function readEntry(ctx: LibcContext, stream: number, record: EntryRecord): number {
  const { size, offset, filePosition, headBytes } = fieldsOf(ctx);
  if (readWord(ctx, stream + offset) >= readWord(ctx, stream + size)) {
    const bytes = fill(ctx, stream, record);
    if (bytes <= 0) return 0;
    writeWord(ctx, stream + size, bytes);
    writeWord(ctx, stream + offset, 0);
  }
  const at = readWord(ctx, stream + offset);
  const entry = stream + headBytes + at;
  const isNarrow = ctx.model.wordBytes === 4 && record === 'dirent';
  writeWord(ctx, stream + offset, at + ctx.memory.readU16(entry + (isNarrow ? 8 : 16)));
  writeWord(ctx, stream + filePosition, ctx.memory.readU32(entry + (isNarrow ? 4 : 8)));
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

/** The names of a directory that `select` wants, each a block of its own, sorted. @source dirent/scandir-tail-common.c */
function scanDirectory(
  ctx: LibcContext,
  path: number,
  target: number,
  select: number,
  compare: number,
  record: EntryRecord,
): number {
  const stream = openDirectory(ctx, path);
  if (stream === 0) return -1;
  const { wordBytes } = ctx.model;
  const fromScan = <Result>(work: () => Result): Result => callFromLibc(ctx, 'scandir', work);
  const isNarrow = wordBytes === 4 && record === 'dirent';
  let list = 0;
  let room = 0;
  let count = 0;
  for (let entry = readEntry(ctx, stream, record); entry !== 0; entry = readEntry(ctx, stream, record)) {
    if (select !== 0 && (ctx.callProgram(select, [entry]) | 0) === 0) continue;
    if (count === room) {
      room = room === 0 ? firstNames : 2 * room;
      list = fromScan(() => ctx.malloc.realloc(list, room * wordBytes));
    }
    const bytes = ctx.memory.readU16(entry + (isNarrow ? 8 : 16));
    const kept = fromScan(() => ctx.malloc.malloc(bytes));
    if (list === 0 || kept === 0) throw new NotModelled('scandir without memory');
    ctx.memory.copy(kept, entry, bytes);
    writeWord(ctx, list + count * wordBytes, kept);
    count += 1;
  }
  closeDirectory(ctx, stream);
  if (compare !== 0) {
    sort(ctx, list, count, wordBytes, (a, b, stack) => ctx.callProgram(compare, [a, b], stack) | 0);
  }
  writeWord(ctx, target, list);
  return count;
}

/** Pointers for which scandir takes memory at first. */
const firstNames = 10;

const scandirOf = (record: EntryRecord): LibcFunction =>
  f('ipppp', (ctx, [path = 0, target = 0, select = 0, compare = 0]) =>
    scanDirectory(ctx, path, target, select, compare, record),
  );

/** alphasort and versionsort: two pointers to entries; their names are compared as strcoll or strverscmp does. */
const orderedBy = (
  compare: (ctx: LibcContext, a: number, b: number) => number,
  record: EntryRecord,
): LibcFunction =>
  f('ipp', (ctx, [a = 0, b = 0]) => {
    const nameAt = nameOffset - (ctx.model.wordBytes === 4 && record === 'dirent' ? NARROWER : 0);
    return compare(ctx, readWord(ctx, a) + nameAt, readWord(ctx, b) + nameAt);
  });

const readEntryOf = (record: EntryRecord): LibcFunction =>
  f('pp', (ctx, [stream = 0]) => readEntry(ctx, stream, record));

/** <dirent.h> */
export const directoryFunctions: LibcTable = {
  opendir: f('pp', (ctx, [path = 0]) => openDirectory(ctx, path)),
  fdopendir: f('pi', (ctx, [fd = 0]) => openDirectoryOn(ctx, fd)),
  readdir: readEntryOf('dirent'),
  readdir64: readEntryOf('dirent64'),
  scandir: scandirOf('dirent'),
  scandir64: scandirOf('dirent64'),
  alphasort: orderedBy(compareText, 'dirent'),
  alphasort64: orderedBy(compareText, 'dirent64'),
  versionsort: orderedBy(compareVersions, 'dirent'),
  versionsort64: orderedBy(compareVersions, 'dirent64'),
  closedir: f('ip', (ctx, [stream = 0]) => closeDirectory(ctx, stream)),
  dirfd: f('ip', (ctx, [stream = 0]) => ctx.memory.readU32(stream + FD) | 0),
  rewinddir: f('vp', (ctx, [stream = 0]) => {
    const fd = ctx.memory.readU32(stream + FD);
    syscall(ctx, 'lseek', [fd, 0, 0], ctx.files.seek(fd, 0, 0));
    const { size, offset, filePosition } = fieldsOf(ctx);
    for (const at of [size, offset, filePosition]) writeWord(ctx, stream + at, 0);
    return 0;
  }),
  telldir: f('lp', (ctx, [stream = 0]) => readWord(ctx, stream + fieldsOf(ctx).filePosition)),
};
