/**
 * syscall(2): a system call by its number, past libc's own function for it.
 *
 * Calls whose function in libc does nothing but make them go through that function; brk, mremap and mmap2 differ from
 * theirs. A number that Linux 6.18 does not know gives ENOSYS; a call that it knows and nothing here answers is not modelled.
 *
 * Source: glibc, sysdeps/unix/sysv/linux/x86_64/syscall.S, i386/syscall.S; Linux, mm/mmap.c: brk, mm/mremap.c: mremap.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { systemCallName } from './headers/system-call-numbers.ts';
import type { LibcContext, LibcFunction, LibcTable, VariadicArguments } from './libc-context.ts';
import { checked, setErrno } from './libc-context.ts';
import { descriptorFunctions } from './descriptor-functions.ts';
import { unistdFunctions } from './unistd.ts';

const ENOSYS = 38;

/** Functions of libc that are their system call: by the name of the call. */
const wrappers: Readonly<Record<string, string>> = {
  close: 'close',
  ftruncate: 'ftruncate',
  getpid: 'getpid',
  getppid: 'getppid',
  getrusage: 'getrusage',
  gettid: 'gettid',
  lseek: 'lseek',
  madvise: 'madvise',
  mincore: 'mincore',
  mlock: 'mlock',
  mlock2: 'mlock2',
  mlockall: 'mlockall',
  mmap: 'mmap',
  mprotect: 'mprotect',
  msync: 'msync',
  munlock: 'munlock',
  munlockall: 'munlockall',
  munmap: 'munmap',
  open: 'open',
  pread64: 'pread',
  read: 'read',
  write: 'write',
};

/** Calls about memory that libc has no function for, or another one. */
const memoryCalls: Readonly<Record<string, (ctx: LibcContext, next: () => number) => number>> = {
  brk: (ctx, next) => ctx.syscalls.brk(next()),
  mremap: (ctx, next) => ctx.syscalls.mremap(next(), next(), next(), next(), next()),
  mseal: (ctx, next) => ctx.syscalls.mseal(next(), next(), next()),
  mmap2: (ctx, next) => ctx.syscalls.mmap(next(), next(), next(), next(), next() | 0, next() * PAGE_SIZE),
};

/** <unistd.h>: syscall. */
export const systemCallFunctions: LibcTable = {
  syscall: { signature: 'll.', call: (ctx, [number = 0], variadic) => systemCall(ctx, number, variadic) },
};

function systemCall(ctx: LibcContext, number: number, variadic: VariadicArguments): number {
  const name = systemCallName(ctx.model.name, number);
  if (name === undefined) {
    setErrno(ctx, ENOSYS);
    return -1;
  }
  const bits = ctx.model.wordBytes * 8;
  const bitsOfNext = (): bigint => BigInt.asUintN(bits, variadic.word());
  const word = (): number => Number(bitsOfNext());
  const direct = memoryCalls[name];
  if (direct !== undefined) return checked(ctx, direct(ctx, word));
  if (name === 'exit' || name === 'exit_group') return ctx.exitNow(Number(BigInt.asIntN(32, bitsOfNext())));
  const wrapped = wrappers[name] ?? '';
  const wrapper: LibcFunction | undefined = unistdFunctions[wrapped] ?? descriptorFunctions[wrapped];
  // mmap on i386 is the old call, whose one argument is the address of six words.
  if (wrapper === undefined || (name === 'mmap' && bits === 32))
    throw new NotModelled(`the system call ${name}`);
  const letters = wrapper.signature.replace('.', '').slice(1);
  const args = Array.from(letters, (letter) => argument(bitsOfNext(), letter, bits));
  return Number(wrapper.call(ctx, args, variadic, []));
}

/** A word as the letter of a signature means it. */
function argument(word: bigint, letter: string, bits: number): number {
  switch (letter) {
    case 'i':
      return Number(BigInt.asIntN(32, word));
    case 'u':
      return Number(BigInt.asUintN(32, word));
    case 'l':
    case 'q':
      return Number(BigInt.asIntN(bits, word));
    default:
      return Number(word);
  }
}
