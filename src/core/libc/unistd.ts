/**
 * POSIX and Linux calls about the process and its memory: <unistd.h>, <sys/mman.h>, <time.h>, <assert.h>, <errno.h>.
 *
 * A call that waits in real life returns at once, lets simulated time pass and is reported as a wait event.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { heapCall, setErrno, syscall, writeWord } from './libc-context.ts';
import { writeDescriptor } from './stdio.ts';

const f = (signature: string, call: LibcFunction['call']): LibcFunction => ({ signature, call });

const EINTR = 4;
const EBADF = 9;
const EINVAL = 22;

/** Turns the kernel's -errno into -1 and errno. */
function checked(ctx: LibcContext, result: number): number {
  if (result >= 0) return result;
  setErrno(ctx, -result);
  return -1;
}

function readDescriptor(ctx: LibcContext, fd: number, to: number, length: number): number {
  if (fd !== 0) return checked(ctx, syscall(ctx, 'read', [fd, to, length], -EBADF));
  const bytes = ctx.readInput(length);
  ctx.memory.writeBytes(to, bytes);
  return syscall(ctx, 'read', [fd, to, length], bytes.length);
}

function wait(ctx: LibcContext, name: 'sleep' | 'usleep' | 'nanosleep' | 'pause', seconds: number): void {
  ctx.tracer.emit({ kind: 'wait', name, seconds });
  ctx.advanceClock(seconds);
}

/** Values of sysconf's names. Source: glibc 2.36 on x86, bits/confname.h. */
const SC_PAGESIZE = 30;
const SC_NPROCESSORS = 84;

/** <unistd.h>, <sys/mman.h>, <time.h>, and what other macros need. */
export const unistdFunctions: LibcTable = {
  getpid: f('i', (ctx) => syscall(ctx, 'getpid', [], ctx.pid)),
  getppid: f('i', (ctx) => syscall(ctx, 'getppid', [], ctx.pid - 1)),
  sleep: f('uu', (ctx, [seconds = 0]) => {
    wait(ctx, 'sleep', seconds);
    return syscall(ctx, 'clock_nanosleep', [0, 0, seconds], 0);
  }),
  usleep: f('iu', (ctx, [microseconds = 0]) => {
    wait(ctx, 'usleep', microseconds / 1e6);
    return syscall(ctx, 'clock_nanosleep', [0, 0, microseconds], 0);
  }),
  pause: f('i', (ctx) => {
    wait(ctx, 'pause', 0);
    return checked(ctx, syscall(ctx, 'pause', [], -EINTR));
  }),
  nanosleep: f('ipp', (ctx, [request = 0]) => {
    const seconds = ctx.memory.readU32(request);
    const nanoseconds = ctx.memory.readU32(request + ctx.model.wordBytes);
    wait(ctx, 'nanosleep', seconds + nanoseconds / 1e9);
    return syscall(ctx, 'clock_nanosleep', [0, 0, request], 0);
  }),
  write: f('lipz', (ctx, [fd = 0, from = 0, length = 0]) =>
    Math.max(-1, writeDescriptor(ctx, fd, from, length)),
  ),
  read: f('lipz', (ctx, [fd = 0, to = 0, length = 0]) => readDescriptor(ctx, fd, to, length)),
  isatty: f('ii', (ctx, [fd = 0]) => {
    const kind = fd === 0 ? ctx.stdinKind : ctx.stdoutKind;
    return fd >= 0 && fd <= 2 && kind === 'terminal' ? 1 : 0;
  }),
  getpagesize: f('i', () => PAGE_SIZE),
  sysconf: f('li', (ctx, [name = 0]) => {
    if (name === SC_PAGESIZE) return PAGE_SIZE;
    if (name === SC_NPROCESSORS) return 1;
    setErrno(ctx, EINVAL);
    return -1;
  }),
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
  __assert_fail: f('vppup', (ctx, [expression = 0, file = 0, line = 0, name = 0]) => {
    const text = (at: number): string => String.fromCharCode(...ctx.memory.readCString(at));
    const place = `${text(file)}:${String(line)}: ${name === 0 ? '' : `${text(name)}: `}`;
    return ctx.raise('SIGABRT', `${ctx.programName}: ${place}Assertion \`${text(expression)}' failed.\n`);
  }),
  time: f('lp', (ctx, [target = 0]) => {
    const { seconds } = ctx.clock();
    if (target !== 0) writeWord(ctx, target, seconds);
    return seconds;
  }),
  clock: f('l', (ctx) => Math.round(ctx.clock().nanoseconds / 1000)),
  clock_gettime: f('iip', (ctx, [, target = 0]) => {
    const { seconds, nanoseconds } = ctx.clock();
    writeWord(ctx, target, seconds);
    writeWord(ctx, target + ctx.model.wordBytes, nanoseconds);
    return 0;
  }),
  gettimeofday: f('ipp', (ctx, [target = 0]) => {
    const { seconds, nanoseconds } = ctx.clock();
    writeWord(ctx, target, seconds);
    writeWord(ctx, target + ctx.model.wordBytes, Math.floor(nanoseconds / 1000));
    return 0;
  }),
  raise: f('ii', (ctx, [signal = 0]) => {
    const name = signalNames.get(signal);
    if (name === undefined) return checked(ctx, -EINVAL);
    return ctx.raise(name, undefined);
  }),
};

/** Signals whose default action ends the process. Source: Linux, arch/x86/include/uapi/asm/signal.h. */
const signalNames: ReadonlyMap<number, string> = new Map([
  [1, 'SIGHUP'],
  [2, 'SIGINT'],
  [3, 'SIGQUIT'],
  [4, 'SIGILL'],
  [5, 'SIGTRAP'],
  [6, 'SIGABRT'],
  [7, 'SIGBUS'],
  [8, 'SIGFPE'],
  [9, 'SIGKILL'],
  [10, 'SIGUSR1'],
  [11, 'SIGSEGV'],
  [12, 'SIGUSR2'],
  [13, 'SIGPIPE'],
  [14, 'SIGALRM'],
  [15, 'SIGTERM'],
]);
