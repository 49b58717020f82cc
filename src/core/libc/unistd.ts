/**
 * POSIX and Linux calls about the process and its memory: <unistd.h>, <sys/mman.h>, <sys/resource.h>, <assert.h>,
 * <errno.h>, <signal.h> as far as raise.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import { abortProcess, fatal, keepMessage, raiseSignal } from './abort.ts';
import { kindOfDescriptor, writeDescriptor } from './file-stream.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { callFromLibc, checked, heapCall, setErrno, syscall, writeWord } from './libc-context.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { asciiBytes } from './printf.ts';

const f = (signature: string, call: LibcFunction['call']): LibcFunction => ({ signature, call });

const EINTR = 4;
const EBADF = 9;
const EINVAL = 22;
const ENOTTY = 25;

/** ioctl request that isatty makes. Source: Linux, asm-generic/ioctls.h. */
const TCGETS = 0x5401;

/** Puts what a file gave into the program's buffer and reports the call. */
function readFile(
  ctx: LibcContext,
  name: 'read' | 'pread64',
  args: readonly number[],
  got: Uint8Array | number,
): number {
  if (typeof got === 'number') return checked(ctx, syscall(ctx, name, args, got));
  ctx.memory.writeBytes(args[1] ?? 0, got);
  return syscall(ctx, name, args, got.length);
}

function openFile(ctx: LibcContext, path: number, flags: number, mode: number): number {
  const AT_FDCWD = -100;
  const name = decodeUtf8(ctx.memory.readCString(path));
  return checked(ctx, syscall(ctx, 'openat', [AT_FDCWD, path, flags, mode], ctx.files.open(name, flags)));
}

function readDescriptor(ctx: LibcContext, fd: number, to: number, length: number): number {
  if (ctx.files.isOpen(fd)) return readFile(ctx, 'read', [fd, to, length], ctx.files.read(fd, length));
  if (kindOfDescriptor(ctx, fd) === undefined || (fd !== 0 && ctx.stdoutKind === 'pipe'))
    return checked(ctx, syscall(ctx, 'read', [fd, to, length], -EBADF));
  const bytes = fd === 0 ? ctx.readInput(length) : new Uint8Array();
  ctx.memory.writeBytes(to, bytes);
  return syscall(ctx, 'read', [fd, to, length], bytes.length);
}

function isTerminal(ctx: LibcContext, fd: number): number {
  const kind = kindOfDescriptor(ctx, fd);
  const result = kind === undefined ? -EBADF : kind === 'terminal' ? 0 : -ENOTTY;
  return checked(ctx, syscall(ctx, 'ioctl', [fd, TCGETS], result)) === 0 ? 1 : 0;
}

/** Residence of pages, one byte a page. */
function mincore(ctx: LibcContext, addr: number, length: number, target: number): number {
  const pages = ctx.syscalls.mincore(addr, length);
  if (typeof pages === 'number') return pages;
  ctx.memory.writeBytes(target, pages);
  return 0;
}

/** Offsets in `struct rusage` of what is counted, in words: two times of two words come first. */
const RU_MAXRSS = 4;
const RU_MINFLT = 8;
const RU_MAJFLT = 9;
const RUSAGE_WORDS = 18;

function getrusage(ctx: LibcContext, who: number, target: number): number {
  // RUSAGE_SELF, RUSAGE_CHILDREN, RUSAGE_THREAD
  if (who !== 0 && who !== -1 && who !== 1) return syscall(ctx, 'getrusage', [who, target], -EINVAL);
  const { wordBytes } = ctx.model;
  ctx.memory.fill(target, 0, RUSAGE_WORDS * wordBytes);
  if (who !== -1) {
    const { minorFaults, majorFaults, residentBytes } = ctx.usage();
    const microseconds = Math.floor(ctx.processorNanoseconds() / 1000);
    writeWord(ctx, target, Math.floor(microseconds / 1e6));
    writeWord(ctx, target + wordBytes, microseconds % 1e6);
    writeWord(ctx, target + RU_MAXRSS * wordBytes, Math.floor(residentBytes / 1024));
    writeWord(ctx, target + RU_MINFLT * wordBytes, minorFaults);
    writeWord(ctx, target + RU_MAJFLT * wordBytes, majorFaults);
  }
  return syscall(ctx, 'getrusage', [who, target], 0);
}

/** A failed assertion: its message is made on the heap, written, and kept in a mapping for debuggers. */
function assertFail(ctx: LibcContext, expression: number, file: number, line: number, name: number): never {
  const text = (at: number): string => String.fromCharCode(...ctx.memory.readCString(at));
  const place = `${text(file)}:${String(line)}: ${name === 0 ? '' : `${text(name)}: `}`;
  const message = `${ctx.programName}: ${place}Assertion \`${text(expression)}' failed.\n`;
  const bytes = asciiBytes(message);
  const mem = callFromLibc(ctx, 'assert', () => {
    const block = ctx.malloc.malloc(firstTextBytes);
    ctx.memory.writeBytes(block, bytes.subarray(0, firstTextBytes));
    return bytes.length < firstTextBytes ? ctx.malloc.realloc(block, bytes.length + 1) : block;
  });
  writeDescriptor(ctx, 2, bytes, mem);
  keepMessage(ctx, bytes);
  return abortProcess(ctx, message);
}

/** Bytes that asprintf allocates at first. */
const firstTextBytes = 100;

/** Values of sysconf by name. Source: glibc 2.36 on x86, bits/confname.h; Linux's limits. */
const configuration: ReadonlyMap<number, number> = new Map([
  [0, 2_097_152], // _SC_ARG_MAX: a quarter of the stack's limit
  [2, 100], // _SC_CLK_TCK
  [4, 1024], // _SC_OPEN_MAX
  [30, PAGE_SIZE], // _SC_PAGESIZE
  [83, 1], // _SC_NPROCESSORS_CONF
  [84, 1], // _SC_NPROCESSORS_ONLN
]);

/** <unistd.h>, <sys/mman.h>, <sys/resource.h>, and what other macros need. */
export const unistdFunctions: LibcTable = {
  getpid: f('i', (ctx) => syscall(ctx, 'getpid', [], ctx.pid)),
  getppid: f('i', (ctx) => syscall(ctx, 'getppid', [], ctx.pid - 1)),
  gettid: f('i', (ctx) => syscall(ctx, 'gettid', [], ctx.pid)),
  pause: f('i', (ctx) => {
    ctx.tracer.emit({ kind: 'wait', name: 'pause', seconds: 0 });
    return checked(ctx, syscall(ctx, 'pause', [], -EINTR));
  }),
  write: f('lipz', (ctx, [fd = 0, from = 0, length = 0]) => {
    const bytes = ctx.memory.readBytes(from, length);
    if (!ctx.files.isOpen(fd)) return writeDescriptor(ctx, fd, bytes, from);
    return checked(ctx, syscall(ctx, 'write', [fd, from, length], ctx.files.write(fd, bytes)));
  }),
  open: f('ipi.', (ctx, [path = 0, flags = 0], va) => {
    const O_CREAT = 0o100;
    return openFile(ctx, path, flags, (flags & O_CREAT) === 0 ? 0 : va.int());
  }),
  close: f('ii', (ctx, [fd = 0]) => checked(ctx, syscall(ctx, 'close', [fd], ctx.files.close(fd)))),
  pread: f('lipzl', (ctx, [fd = 0, to = 0, length = 0, offset = 0]) =>
    readFile(ctx, 'pread64', [fd, to, length, offset], ctx.files.readAt(fd, length, offset)),
  ),
  lseek: f('lili', (ctx, [fd = 0, offset = 0, whence = 0]) => {
    const ESPIPE = 29;
    const isStandard = fd >= 0 && fd <= 2;
    const result = isStandard ? -ESPIPE : ctx.files.seek(fd, offset, whence);
    return checked(ctx, syscall(ctx, 'lseek', [fd, offset, whence], result));
  }),
  ftruncate: f('iil', (ctx, [fd = 0, length = 0]) =>
    checked(ctx, syscall(ctx, 'ftruncate', [fd, length], ctx.files.truncate(fd, length))),
  ),
  read: f('lipz', (ctx, [fd = 0, to = 0, length = 0]) => readDescriptor(ctx, fd, to, length)),
  isatty: f('ii', (ctx, [fd = 0]) => isTerminal(ctx, fd)),
  getpagesize: f('i', () => PAGE_SIZE),
  sysconf: f('li', (ctx, [name = 0]) => {
    const value = configuration.get(name);
    if (value !== undefined) return value;
    throw new NotModelled(`sysconf(${String(name)})`);
  }),
  getrusage: f('iip', (ctx, [who = 0, target = 0]) => checked(ctx, getrusage(ctx, who, target))),
  mlock: f('ipz', (ctx, [addr = 0, length = 0]) => checked(ctx, ctx.syscalls.mlock(addr, length, 0))),
  mlock2: f('ipzu', (ctx, [addr = 0, length = 0, flags = 0]) =>
    checked(ctx, ctx.syscalls.mlock(addr, length, flags)),
  ),
  munlock: f('ipz', (ctx, [addr = 0, length = 0]) => checked(ctx, ctx.syscalls.munlock(addr, length))),
  mlockall: f('ii', (ctx, [flags = 0]) => checked(ctx, ctx.syscalls.mlockall(flags))),
  munlockall: f('i', (ctx) => checked(ctx, ctx.syscalls.munlockall())),
  msync: f('ipzi', (ctx, [addr = 0, length = 0, flags = 0]) =>
    checked(ctx, ctx.syscalls.msync(addr, length, flags)),
  ),
  mincore: f('ipzp', (ctx, [addr = 0, length = 0, target = 0]) =>
    checked(ctx, mincore(ctx, addr, length, target)),
  ),
  sbrk: f('pl', (ctx, [delta = 0]) => heapCall(ctx, () => ctx.malloc.sbrk(delta))),
  brk: f('ip', (ctx, [addr = 0]) => {
    // libc's brk and sbrk share the cached break, and malloc uses it too.
    const now = ctx.malloc.sbrk(0);
    return heapCall(ctx, () => (ctx.malloc.sbrk(addr - now) === -1 ? -1 : 0));
  }),
  mmap: f('ppziiil', (ctx, [addr = 0, length = 0, prot = 0, flags = 0, fd = 0, offset = 0]) => {
    const result = ctx.syscalls.mmap(addr, length, prot, flags, fd, offset);
    return checked(ctx, result);
  }),
  munmap: f('ipz', (ctx, [addr = 0, length = 0]) => checked(ctx, ctx.syscalls.munmap(addr, length))),
  mprotect: f('ipzi', (ctx, [addr = 0, length = 0, prot = 0]) =>
    checked(ctx, ctx.syscalls.mprotect(addr, length, prot)),
  ),
  madvise: f('ipzi', (ctx, [addr = 0, length = 0, advice = 0]) =>
    checked(ctx, ctx.syscalls.madvise(addr, length, advice)),
  ),
  mremap: f('ppzzi.', (ctx, [addr = 0, oldLength = 0, newLength = 0, flags = 0], va) => {
    const newAddr = (flags & 2) !== 0 ? Number(va.word()) : 0;
    return checked(ctx, ctx.syscalls.mremap(addr, oldLength, newLength, flags, newAddr));
  }),
  __errno_location: f('p', (ctx) => ctx.objects.errno),
  __assert_fail: f('vppup', (ctx, [expression = 0, file = 0, line = 0, name = 0]) =>
    assertFail(ctx, expression, file, line, name),
  ),
  __stack_chk_fail: f('v', (ctx) => fatal(ctx, '*** stack smashing detected ***: terminated\n')),
  raise: f('ii', (ctx, [signal = 0]) => {
    const result = raiseSignal(ctx, signal);
    if (result < 0) setErrno(ctx, EINVAL);
    return result;
  }),
};
