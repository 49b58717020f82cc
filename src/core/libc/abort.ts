/**
 * How libc ends the process by a signal: raise, abort, and messages about damage that it finds.
 *
 * Source: glibc 2.36, sysdeps/posix/libc_fatal.c, stdlib/abort.c, sysdeps/posix/raise.c (behaviour).
 * Simplified: no signal handlers.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { MAP_ANONYMOUS, MAP_PRIVATE, PROT_READ, PROT_WRITE } from '../mm/kernel.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext } from './libc-context.ts';
import { syscall } from './libc-context.ts';
import { asciiBytes } from './printf.ts';

/** Number of SIGABRT. */
const SIGABRT = 6;

/** abort(): nothing is flushed. `message` is what was written to standard error before. */
export function abortProcess(ctx: LibcContext, message: string | undefined): never {
  syscall(ctx, 'rt_sigprocmask', [1], 0);
  sendToSelf(ctx, SIGABRT);
  return ctx.raise('SIGABRT', message);
}

function sendToSelf(ctx: LibcContext, signal: number): void {
  syscall(ctx, 'gettid', [], ctx.pid);
  syscall(ctx, 'getpid', [], ctx.pid);
  syscall(ctx, 'tgkill', [ctx.pid, ctx.pid, signal], 0);
}

/** Writes a message about damage to standard error and aborts. */
export function fatal(ctx: LibcContext, message: string): never {
  const bytes = asciiBytes(message);
  writeMessage(ctx, bytes);
  keepMessage(ctx, bytes);
  return abortProcess(ctx, message);
}

/** Writes a message to standard error past the streams. */
export function writeMessage(ctx: LibcContext, bytes: Uint8Array): void {
  ctx.output(2, bytes);
  syscall(ctx, 'writev', [2, 0, 2], bytes.length);
}

/** The message is kept in a mapping of its own, where a debugger finds it in the core file. */
export function keepMessage(ctx: LibcContext, bytes: Uint8Array): void {
  const size = Math.ceil((bytes.length + 5) / PAGE_SIZE) * PAGE_SIZE;
  const at = ctx.syscalls.mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (at < 0) return;
  ctx.memory.writeU32(at, size);
  ctx.memory.writeBytes(at + 4, bytes);
}

/** raise(). @returns 0 for a signal that is ignored by default, -1 for one that does not exist */
export function raiseSignal(ctx: LibcContext, signal: number): number {
  if (signal < 0 || signal > 64 || signal === 32 || signal === 33) return -1;
  sendToSelf(ctx, signal);
  if (signal === 0 || ignoredSignals.has(signal)) return 0;
  const name = endingSignals.get(signal);
  if (name === undefined) throw new NotModelled(`signal ${String(signal)}`);
  return ctx.raise(name, undefined);
}

/** Signals that are ignored by default: SIGCHLD, SIGCONT, SIGURG, SIGWINCH. */
const ignoredSignals: ReadonlySet<number> = new Set([17, 18, 23, 28]);

/** Signals whose default action ends the process. Source: Linux, arch/x86/include/uapi/asm/signal.h. */
const endingSignals: ReadonlyMap<number, string> = new Map([
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
