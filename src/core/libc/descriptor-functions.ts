/**
 * Calls about descriptors and files: <unistd.h>, <fcntl.h>, <sys/stat.h>, <sys/uio.h>.
 *
 * Source: POSIX; Linux, fs/ (behaviour of the calls); glibc 2.36, sysdeps/unix/sysv/linux/ (which call a function makes).
 */
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { EBADF, EFAULT, EINVAL, ENOENT, ENOTTY, EPIPE, ERANGE } from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { FileStatus, LibcContext, LibcTable, VariadicArguments, LibcFunction } from './libc-context.ts';
import { callFromLibc, checked, f, readWord, setErrno, syscall } from './libc-context.ts';
import { TCGETS } from './stream-device.ts';

const AT_FDCWD = -100;
const O_CREAT = 0o100;
const O_TMPFILE = 0o20000000;
const O_WRONLY = 1;
const O_TRUNC = 0o1000;
const O_CLOEXEC = 0o2000000;
const AT_SYMLINK_NOFOLLOW = 0x100;
const AT_REMOVEDIR = 0x200;
const AT_EMPTY_PATH = 0x1000;
const SIGPIPE = 13;
const S_IFMT = 0o170000;
const S_IFCHR = 0o020000;

/** Requests of fcntl. Source: Linux, include/uapi/asm-generic/fcntl.h. */
const F_DUPFD = 0;
const F_GETFD = 1;
const F_SETFD = 2;
const F_GETFL = 3;
const F_SETFL = 4;
const F_DUPFD_CLOEXEC = 1030;

/** ioctl: bytes that can be read; size of the window. */
const FIONREAD = 0x541b;
const TIOCGWINSZ = 0x5413;

const textAt = (ctx: LibcContext, addr: number): string => decodeUtf8(ctx.memory.readCString(addr));

/** A call of the kernel with its arguments, reported; its result, or -1 and errno. */
const call = (ctx: LibcContext, name: string, args: readonly number[], result: number): number =>
  checked(ctx, syscall(ctx, name, args, result));

function openFile(ctx: LibcContext, directory: number, path: number, flags: number, mode: number): number {
  const result = ctx.files.open(textAt(ctx, path), flags, mode, directory);
  return call(ctx, 'openat', [directory, path, flags, mode], result);
}

const modeOf = (flags: number, va: VariadicArguments): number =>
  (flags & (O_CREAT | O_TMPFILE)) === 0 ? 0 : va.int();

/** Puts what a file gave into the program's buffer and reports the call. */
function readFile(
  ctx: LibcContext,
  name: 'read' | 'pread64',
  args: readonly number[],
  got: Uint8Array | number,
): number {
  if (typeof got !== 'number') ctx.memory.writeBytes(args[1] ?? 0, got);
  return call(ctx, name, args, typeof got === 'number' ? got : got.length);
}

function writeFile(ctx: LibcContext, fd: number, from: number, length: number): number {
  const result = ctx.files.write(fd, ctx.memory.readBytes(from, length));
  syscall(ctx, 'write', [fd, from, length], result);
  if (result === -EPIPE) ctx.sendSignal(SIGPIPE);
  return checked(ctx, result);
}

/** readv and writev: each part of the list at its turn. */
function transferParts(
  ctx: LibcContext,
  name: 'readv' | 'writev',
  fd: number,
  list: number,
  count: number,
): number {
  const { wordBytes } = ctx.model;
  let total = 0;
  let failed = 0;
  for (let i = 0; i < count; i++) {
    const base = readWord(ctx, list + 2 * i * wordBytes);
    const length = readWord(ctx, list + (2 * i + 1) * wordBytes);
    const got =
      name === 'writev'
        ? ctx.files.write(fd, ctx.memory.readBytes(base, length))
        : ctx.files.read(fd, length);
    if (typeof got === 'number' && got < 0) {
      failed = got;
      break;
    }
    if (typeof got !== 'number') ctx.memory.writeBytes(base, got);
    const done = typeof got === 'number' ? got : got.length;
    total += done;
    if (done < length) break;
  }
  syscall(ctx, name, [fd, list, count], total > 0 ? total : failed);
  if (total === 0 && failed === -EPIPE) ctx.sendSignal(SIGPIPE);
  return checked(ctx, total > 0 ? total : failed);
}

function control(ctx: LibcContext, fd: number, request: number, argument: number): number {
  const { files } = ctx;
  const answer = (result: number): number => call(ctx, 'fcntl', [fd, request, argument], result);
  if (!files.isOpen(fd)) return answer(-EBADF);
  switch (request) {
    case F_DUPFD:
      return answer(files.duplicate(fd, argument));
    case F_DUPFD_CLOEXEC: {
      const copy = files.duplicate(fd, argument);
      if (copy >= 0) files.setCloseOnExec(copy, true);
      return answer(copy);
    }
    case F_GETFD:
      return answer(files.closesOnExec(fd) ? 1 : 0);
    case F_SETFD:
      return answer(files.setCloseOnExec(fd, (argument & 1) !== 0));
    case F_GETFL:
      return answer(files.statusFlags(fd));
    case F_SETFL:
      return answer(files.setStatusFlags(fd, argument));
    default:
      throw new NotModelled(`fcntl request ${String(request)}`);
  }
}

function isTerminal(ctx: LibcContext, fd: number): number {
  const status = ctx.files.status(fd);
  const result =
    typeof status === 'number'
      ? status
      : (status.mode & S_IFMT) === S_IFCHR && status.special >= 0x8800
        ? 0
        : -ENOTTY;
  return call(ctx, 'ioctl', [fd, TCGETS], result) === 0 ? 1 : 0;
}

function deviceControl(ctx: LibcContext, fd: number, request: number): number {
  if (!ctx.files.isOpen(fd)) return call(ctx, 'ioctl', [fd, request], -EBADF);
  const status = ctx.files.status(fd);
  const isTty = typeof status !== 'number' && (status.mode & S_IFMT) === S_IFCHR && status.special >= 0x8800;
  if (!isTty && (request === TIOCGWINSZ || request === TCGETS))
    return call(ctx, 'ioctl', [fd, request], -ENOTTY);
  throw new NotModelled(request === FIONREAD ? 'ioctl FIONREAD' : `ioctl request 0x${request.toString(16)}`);
}

/** Which of libc's records of a file the caller has: they differ on i386. */
type StatusRecord = 'stat' | 'stat64';

/** Writes a `struct stat`. Source: glibc 2.36, bits/struct_stat.h. */
function writeStatus(ctx: LibcContext, target: number, status: FileStatus, record: StatusRecord): void {
  if (ctx.model.wordBytes === 8) writeStatus64(ctx, target, status);
  else writeStatus32(ctx, target, status, record);
}

const timesOf = ({ accessed, modified, changed }: FileStatus): readonly number[] => [
  accessed,
  modified,
  changed,
];

/** i386: `struct stat` has inode, size and blocks of 32 bits, `struct stat64` has both inodes and 64 bits. */
function writeStatus32(ctx: LibcContext, target: number, status: FileStatus, record: StatusRecord): void {
  const { memory } = ctx;
  const isWide = record === 'stat64';
  memory.fill(target, 0, isWide ? 96 : 88);
  memory.writeNumber64(target, status.device);
  memory.writeU32(target + 12, status.inode);
  memory.writeU32(target + 16, status.mode);
  memory.writeU32(target + 20, status.links);
  memory.writeU32(target + 24, status.owner);
  memory.writeU32(target + 28, status.owner);
  memory.writeNumber64(target + 32, status.special);
  memory.writeU32(target + (isWide ? 52 : 48), status.blockBytes);
  if (isWide) {
    memory.writeNumber64(target + 44, status.size);
    memory.writeNumber64(target + 56, status.blocks);
    memory.writeNumber64(target + 88, status.inode);
  } else {
    memory.writeU32(target + 44, status.size);
    memory.writeU32(target + 52, status.blocks);
  }
  timesOf(status).forEach((time, i) => {
    memory.writeU32(target + (isWide ? 64 : 56) + 8 * i, Math.floor(time / 1e9));
    memory.writeU32(target + (isWide ? 68 : 60) + 8 * i, time % 1e9);
  });
}

function writeStatus64(ctx: LibcContext, target: number, status: FileStatus): void {
  const { memory } = ctx;
  memory.fill(target, 0, 144);
  memory.writeNumber64(target, status.device);
  memory.writeNumber64(target + 8, status.inode);
  memory.writeNumber64(target + 16, status.links);
  memory.writeU32(target + 24, status.mode);
  memory.writeU32(target + 28, status.owner);
  memory.writeU32(target + 32, status.owner);
  memory.writeNumber64(target + 40, status.special);
  memory.writeNumber64(target + 48, status.size);
  memory.writeNumber64(target + 56, status.blockBytes);
  memory.writeNumber64(target + 64, status.blocks);
  timesOf(status).forEach((time, i) => {
    memory.writeNumber64(target + 72 + 16 * i, Math.floor(time / 1e9));
    memory.writeNumber64(target + 80 + 16 * i, time % 1e9);
  });
}

function answerStatus(
  ctx: LibcContext,
  args: readonly number[],
  target: number,
  status: FileStatus | number,
  record: StatusRecord,
): number {
  if (typeof status !== 'number') writeStatus(ctx, target, status, record);
  return call(ctx, 'newfstatat', args, typeof status === 'number' ? status : 0);
}

const statDescriptor = (record: StatusRecord): LibcFunction =>
  f('iip', (ctx, [fd = 0, target = 0]) =>
    answerStatus(ctx, [fd, target], target, ctx.files.status(fd), record),
  );

interface StatCall {
  readonly directory: number;
  readonly path: number;
  readonly target: number;
  readonly flags: number;
}

function statPath(
  ctx: LibcContext,
  { directory, path, target, flags }: StatCall,
  record: StatusRecord,
): number {
  const name = textAt(ctx, path);
  const status =
    name === '' && (flags & AT_EMPTY_PATH) !== 0
      ? ctx.files.status(directory)
      : ctx.files.statusOf(name, directory, (flags & AT_SYMLINK_NOFOLLOW) !== 0);
  return answerStatus(ctx, [directory, path, target, flags], target, status, record);
}

/** getcwd: with no buffer a block of its own, of the length that was asked for or cut to the path. */
function workingDirectory(ctx: LibcContext, target: number, size: number): number {
  const bytes = encodeUtf8(`${ctx.files.workingDirectory()}\0`);
  const PATH_MAX = 4096;
  if (size === 0 && target !== 0) {
    setErrno(ctx, EINVAL);
    return 0;
  }
  const capacity = size === 0 ? PATH_MAX : size;
  const place = target === 0 ? callFromLibc(ctx, 'getcwd', () => ctx.malloc.malloc(capacity)) : target;
  if (place === 0) return 0;
  if (bytes.length > capacity) {
    syscall(ctx, 'getcwd', [place, capacity], -ERANGE);
    setErrno(ctx, ERANGE);
    if (target === 0)
      callFromLibc(ctx, 'getcwd', () => {
        ctx.malloc.free(place);
      });
    return 0;
  }
  ctx.memory.writeBytes(place, bytes);
  syscall(ctx, 'getcwd', [place, capacity], bytes.length);
  if (target !== 0 || size !== 0) return place;
  return callFromLibc(ctx, 'getcwd', () => ctx.malloc.realloc(place, bytes.length));
}

/** realpath: the path without links, `.` and `..`. */
function realPath(ctx: LibcContext, path: number, target: number): number {
  if (path === 0) {
    setErrno(ctx, EINVAL);
    return 0;
  }
  const given = textAt(ctx, path);
  if (given === '') {
    setErrno(ctx, ENOENT);
    return 0;
  }
  const start = given.startsWith('/')
    ? []
    : ctx.files
        .workingDirectory()
        .split('/')
        .filter((one) => one !== '');
  const names = [...start];
  let pending = given.split('/');
  while (pending.length > 0) {
    const [name = '', ...rest] = pending;
    pending = rest;
    if (name === '' || name === '.') continue;
    if (name === '..') {
      names.pop();
      continue;
    }
    const here = `/${[...names, name].join('/')}`;
    const link = ctx.files.readLink(here);
    syscall(ctx, 'readlink', [0, 0, 1023], typeof link === 'number' ? link : link.length);
    if (typeof link === 'number') {
      if (link !== -EINVAL) {
        setErrno(ctx, -link);
        return 0;
      }
      names.push(name);
    } else {
      if (link.startsWith('/')) names.length = 0;
      pending = [...link.split('/'), ...pending];
    }
  }
  const bytes = encodeUtf8(`/${names.join('/')}\0`);
  const place = target === 0 ? callFromLibc(ctx, 'realpath', () => ctx.malloc.malloc(bytes.length)) : target;
  if (place !== 0) ctx.memory.writeBytes(place, bytes);
  return place;
}

function readLink(ctx: LibcContext, path: number, target: number, size: number): number {
  const link = ctx.files.readLink(textAt(ctx, path));
  if (typeof link === 'number') return call(ctx, 'readlink', [path, target, size], link);
  const bytes = encodeUtf8(link).subarray(0, size);
  ctx.memory.writeBytes(target, bytes);
  return call(ctx, 'readlink', [path, target, size], bytes.length);
}

function makePipe(ctx: LibcContext, target: number, flags: number): number {
  if (target === 0) return call(ctx, 'pipe2', [target, flags], -EFAULT);
  const ends = ctx.files.pipe(flags);
  if (typeof ends !== 'number') {
    ctx.memory.writeU32(target, ends[0]);
    ctx.memory.writeU32(target + 4, ends[1]);
  }
  return call(ctx, 'pipe2', [target, flags], typeof ends === 'number' ? ends : 0);
}

const UTIME_NOW = 0x3fff_ffff;
const UTIME_OMIT = 0x3fff_fffe;

/** Sets access and modification time from two `struct timespec` (or `timeval` with `unit` 1000). */
function setTimes(ctx: LibcContext, target: string | number, times: number, unit: number): number {
  const now = ctx.files.now();
  const timeAt = (at: number): number | undefined => {
    if (times === 0) return now;
    const rest = readWord(ctx, at + ctx.model.wordBytes);
    if (unit === 1 && rest === UTIME_NOW) return now;
    if (unit === 1 && rest === UTIME_OMIT) return undefined;
    return readWord(ctx, at) * 1e9 + rest * unit;
  };
  const result = ctx.files.setTimes(target, timeAt(times), timeAt(times + 2 * ctx.model.wordBytes));
  return call(ctx, 'utimensat', [times], result);
}

const open = f('ipi.', (ctx, [path = 0, flags = 0], va) =>
  openFile(ctx, AT_FDCWD, path, flags, modeOf(flags, va)),
);
const openat = f('iipi.', (ctx, [directory = 0, path = 0, flags = 0], va) =>
  openFile(ctx, directory, path, flags, modeOf(flags, va)),
);
const creat = f('ipu', (ctx, [path = 0, mode = 0]) =>
  openFile(ctx, AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode),
);
const pread = f('lipzl', (ctx, [fd = 0, to = 0, length = 0, offset = 0]) =>
  readFile(ctx, 'pread64', [fd, to, length, offset], ctx.files.readAt(fd, length, offset)),
);
const pwrite = f('lipzl', (ctx, [fd = 0, from = 0, length = 0, offset = 0]) =>
  call(
    ctx,
    'pwrite64',
    [fd, from, length, offset],
    ctx.files.writeAt(fd, ctx.memory.readBytes(from, length), offset),
  ),
);
const lseek = f('lili', (ctx, [fd = 0, offset = 0, whence = 0]) =>
  call(ctx, 'lseek', [fd, offset, whence], ctx.files.seek(fd, offset, whence)),
);
const ftruncate = f('iil', (ctx, [fd = 0, length = 0]) =>
  call(ctx, 'ftruncate', [fd, length], ctx.files.truncate(fd, length)),
);
const truncate = f('ipl', (ctx, [path = 0, length = 0]) =>
  call(ctx, 'truncate', [path, length], ctx.files.truncatePath(textAt(ctx, path), length)),
);
const fcntl = f('iii.', (ctx, [fd = 0, request = 0], va) =>
  control(ctx, fd, request, request === F_GETFD || request === F_GETFL ? 0 : va.int()),
);
const statAt = (flags: number, record: StatusRecord): LibcFunction =>
  f('ipp', (ctx, [path = 0, target = 0]) =>
    statPath(ctx, { directory: AT_FDCWD, path, target, flags }, record),
  );
const statFrom = (record: StatusRecord): LibcFunction =>
  f('iippi', (ctx, [directory = 0, path = 0, target = 0, flags = 0]) =>
    statPath(ctx, { directory, path, target, flags }, record),
  );
const access = f('ipi', (ctx, [path = 0, wanted = 0]) =>
  call(ctx, 'access', [path, wanted], ctx.files.mayAccess(textAt(ctx, path), wanted, AT_FDCWD)),
);

/** Calls about descriptors and files. */
export const descriptorFunctions: LibcTable = {
  open,
  open64: open,
  openat,
  openat64: openat,
  creat,
  creat64: creat,
  close: f('ii', (ctx, [fd = 0]) => call(ctx, 'close', [fd], ctx.files.close(fd))),
  read: f('lipz', (ctx, [fd = 0, to = 0, length = 0]) =>
    readFile(ctx, 'read', [fd, to, length], ctx.files.read(fd, length)),
  ),
  write: f('lipz', (ctx, [fd = 0, from = 0, length = 0]) => writeFile(ctx, fd, from, length)),
  pread,
  pread64: pread,
  pwrite,
  pwrite64: pwrite,
  readv: f('lipi', (ctx, [fd = 0, list = 0, count = 0]) => transferParts(ctx, 'readv', fd, list, count)),
  writev: f('lipi', (ctx, [fd = 0, list = 0, count = 0]) => transferParts(ctx, 'writev', fd, list, count)),
  lseek,
  lseek64: lseek,
  ftruncate,
  ftruncate64: ftruncate,
  truncate,
  truncate64: truncate,
  dup: f('ii', (ctx, [fd = 0]) => call(ctx, 'dup', [fd], ctx.files.duplicate(fd, 0))),
  dup2: f('iii', (ctx, [fd = 0, to = 0]) => call(ctx, 'dup2', [fd, to], ctx.files.duplicateTo(fd, to))),
  dup3: f('iiii', (ctx, [fd = 0, to = 0, flags = 0]) => {
    if (fd === to) return call(ctx, 'dup3', [fd, to, flags], -EINVAL);
    const result = ctx.files.duplicateTo(fd, to);
    if (result >= 0) ctx.files.setCloseOnExec(result, (flags & O_CLOEXEC) !== 0);
    return call(ctx, 'dup3', [fd, to, flags], result);
  }),
  pipe: f('ip', (ctx, [target = 0]) => makePipe(ctx, target, 0)),
  pipe2: f('ipi', (ctx, [target = 0, flags = 0]) => makePipe(ctx, target, flags)),
  fcntl,
  fcntl64: fcntl,
  ioctl: f('iiz.', (ctx, [fd = 0, request = 0]) => deviceControl(ctx, fd, request)),
  isatty: f('ii', (ctx, [fd = 0]) => isTerminal(ctx, fd)),
  fsync: f('ii', (ctx, [fd = 0]) => call(ctx, 'fsync', [fd], ctx.files.isOpen(fd) ? 0 : -EBADF)),
  fdatasync: f('ii', (ctx, [fd = 0]) => call(ctx, 'fdatasync', [fd], ctx.files.isOpen(fd) ? 0 : -EBADF)),
  sync: f('v', (ctx) => syscall(ctx, 'sync', [], 0)),
  stat: statAt(0, 'stat'),
  stat64: statAt(0, 'stat64'),
  lstat: statAt(AT_SYMLINK_NOFOLLOW, 'stat'),
  lstat64: statAt(AT_SYMLINK_NOFOLLOW, 'stat64'),
  fstat: statDescriptor('stat'),
  fstat64: statDescriptor('stat64'),
  fstatat: statFrom('stat'),
  fstatat64: statFrom('stat64'),
  access,
  faccessat: f('iipii', (ctx, [directory = 0, path = 0, wanted = 0, flags = 0]) =>
    call(
      ctx,
      'faccessat2',
      [directory, path, wanted, flags],
      ctx.files.mayAccess(textAt(ctx, path), wanted, directory),
    ),
  ),
  euidaccess: access,
  eaccess: access,
  chmod: f('ipu', (ctx, [path = 0, mode = 0]) =>
    call(ctx, 'chmod', [path, mode], ctx.files.changeMode(textAt(ctx, path), mode)),
  ),
  fchmod: f('iiu', (ctx, [fd = 0, mode = 0]) =>
    call(ctx, 'fchmod', [fd, mode], ctx.files.changeMode(fd, mode)),
  ),
  umask: f('uu', (ctx, [mask = 0]) => syscall(ctx, 'umask', [mask], ctx.files.setUmask(mask))),
  mkdir: f('ipu', (ctx, [path = 0, mode = 0]) =>
    call(ctx, 'mkdir', [path, mode], ctx.files.makeDirectory(textAt(ctx, path), mode)),
  ),
  rmdir: f('ip', (ctx, [path = 0]) =>
    call(ctx, 'rmdir', [path], ctx.files.removeDirectory(textAt(ctx, path))),
  ),
  unlink: f('ip', (ctx, [path = 0]) => call(ctx, 'unlink', [path], ctx.files.unlink(textAt(ctx, path)))),
  unlinkat: f('iipi', (ctx, [directory = 0, path = 0, flags = 0]) => {
    const name = textAt(ctx, path);
    if (directory !== AT_FDCWD && !name.startsWith('/')) throw new NotModelled('unlinkat in a directory');
    const result = (flags & AT_REMOVEDIR) === 0 ? ctx.files.unlink(name) : ctx.files.removeDirectory(name);
    return call(ctx, 'unlinkat', [directory, path, flags], result);
  }),
  link: f('ipp', (ctx, [target = 0, path = 0]) =>
    call(ctx, 'link', [target, path], ctx.files.link(textAt(ctx, target), textAt(ctx, path))),
  ),
  symlink: f('ipp', (ctx, [target = 0, path = 0]) =>
    call(ctx, 'symlink', [target, path], ctx.files.symbolicLink(textAt(ctx, target), textAt(ctx, path))),
  ),
  readlink: f('lppz', (ctx, [path = 0, target = 0, size = 0]) => readLink(ctx, path, target, size)),
  realpath: f('ppp', (ctx, [path = 0, target = 0]) => realPath(ctx, path, target)),
  canonicalize_file_name: f('pp', (ctx, [path = 0]) => realPath(ctx, path, 0)),
  getcwd: f('ppz', (ctx, [target = 0, size = 0]) => workingDirectory(ctx, target, size)),
  get_current_dir_name: f('p', (ctx) => workingDirectory(ctx, 0, 0)),
  chdir: f('ip', (ctx, [path = 0]) =>
    call(ctx, 'chdir', [path], ctx.files.changeDirectory(textAt(ctx, path))),
  ),
  fchdir: f('ii', (ctx, [fd = 0]) => call(ctx, 'fchdir', [fd], ctx.files.changeDirectory(fd))),
  utimensat: f('iippi', (ctx, [directory = 0, path = 0, times = 0]) => {
    if (path === 0) return setTimes(ctx, directory, times, 1);
    const name = textAt(ctx, path);
    if (directory !== AT_FDCWD && !name.startsWith('/')) throw new NotModelled('utimensat in a directory');
    return setTimes(ctx, name, times, 1);
  }),
  futimens: f('iip', (ctx, [fd = 0, times = 0]) => setTimes(ctx, fd, times, 1)),
  utimes: f('ipp', (ctx, [path = 0, times = 0]) => setTimes(ctx, textAt(ctx, path), times, 1000)),
  futimes: f('iip', (ctx, [fd = 0, times = 0]) => setTimes(ctx, fd, times, 1000)),
};
