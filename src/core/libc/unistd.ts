/**
 * POSIX and Linux calls about the process and its memory: <unistd.h>, <sys/mman.h>, <sys/resource.h>, <assert.h>,
 * <errno.h>.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { auxiliaryValue } from './auxiliary-value.ts';
import { abortProcess, fatal, keepMessage } from './abort.ts';
import { writeDescriptor } from './stream-device.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { callFromLibc, checked, f, heapCall, setErrno, syscall, writeWord } from './libc-context.ts';
import { asciiBytes } from './ascii.ts';

const EINVAL = 22;

/** Residence of pages, one byte a page. */
function mincore(ctx: LibcContext, addr: number, length: number, target: number): number {
  const pages = ctx.syscalls.mincore(addr, length);
  if (typeof pages === 'number') return pages;
  ctx.memory.writeBytes(target, pages);
  return 0;
}

const ENOENT = 2;
const AT_HWCAP = 16;
/** What ld.so puts in the place of AT_HWCAP: HWCAP_X86_64 and HWCAP_X86_AVX512_1, or HWCAP_X86_SSE2. */
const hwcapOfLoader = { 8: 6, 4: 1 } as const;

/** Source: glibc 2.36, misc/getauxval.c (__getauxval2); sysdeps/x86/cpu-features.c (dl_hwcap). */
function getauxval(ctx: LibcContext, type: number): number {
  const { wordBytes } = ctx.model;
  if (type === AT_HWCAP) return hwcapOfLoader[wordBytes];
  const found = auxiliaryValue(ctx, type);
  if (found !== undefined) return found;
  setErrno(ctx, ENOENT);
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

/** <unistd.h>, <sys/mman.h>, <sys/resource.h>, and what other macros need. */
export const unistdFunctions: LibcTable = {
  getpid: f('i', (ctx) => syscall(ctx, 'getpid', [], ctx.pid)),
  getppid: f('i', (ctx) => syscall(ctx, 'getppid', [], ctx.processes.parent)),
  gettid: f('i', (ctx) => syscall(ctx, 'gettid', [], ctx.threads.tid)),
  getpagesize: f('i', () => PAGE_SIZE),
  getauxval: f('zz', (ctx, [type = 0]) => getauxval(ctx, type)),
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
  brk: f('ip', (ctx, [addr = 0]) => heapCall(ctx, () => ctx.malloc.brk(addr))),
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
};
