/**
 * How libc ends the process by a signal: abort, and messages about damage that it finds.
 *
 * Source: glibc 2.36, sysdeps/posix/libc_fatal.c, stdlib/abort.c, sysdeps/posix/raise.c (behaviour).
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { MAP_ANONYMOUS, MAP_PRIVATE, PROT_READ, PROT_WRITE } from '../mm/kernel.ts';
import type { LibcContext } from './libc-context.ts';
import { syscall } from './libc-context.ts';
import { asciiBytes } from './ascii.ts';
import { SIG_DFL, bitOf } from './signals.ts';

/** Number of SIGABRT. */
const SIGABRT = 6;

/**
 * abort(): nothing is flushed. A handler of SIGABRT runs; when it comes back the process ends all the same.
 *
 * @param message - what was written to standard error before
 */
export function abortProcess(ctx: LibcContext, message: string | undefined): never {
  syscall(ctx, 'rt_sigprocmask', [1], 0);
  const { signals } = ctx;
  signals.setBlocked(signals.blocked & ~bitOf(SIGABRT));
  sendToSelf(ctx, SIGABRT);
  if (signals.action(SIGABRT).handler === SIG_DFL) return ctx.raise(SIGABRT, message);
  ctx.sendSignal(SIGABRT);
  signals.setAction(SIGABRT, { handler: SIG_DFL, flags: 0, mask: 0n });
  sendToSelf(ctx, SIGABRT);
  return ctx.raise(SIGABRT, message);
}

/** The system calls by which a thread sends itself a signal. */
export function sendToSelf(ctx: LibcContext, signal: number): void {
  const { tid } = ctx.threads;
  syscall(ctx, 'gettid', [], tid);
  syscall(ctx, 'getpid', [], ctx.pid);
  syscall(ctx, 'tgkill', [ctx.pid, tid, signal], 0);
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
  ctx.files.write(2, bytes);
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
