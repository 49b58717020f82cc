/**
 * Processes that the program makes: <unistd.h>: fork; <sys/wait.h>: wait, waitpid, wait3, wait4; the functions of pthread_atfork.
 *
 * Source: glibc 2.36, posix/fork.c, sysdeps/unix/sysv/linux/wait.c, waitpid.c, wait4.c (system calls and results).
 */
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { checked, f, syscall } from './libc-context.ts';

/** CLONE_CHILD_CLEARTID, CLONE_CHILD_SETTID, SIGCHLD. */
const flagsOfFork = 0x0120_0011;

function fork(ctx: LibcContext): number {
  if (ctx.threads.count > 1) throw new NotModelled('fork in a process with several threads');
  const pid = ctx.processes.fork();
  if (pid !== 0) syscall(ctx, 'clone', [0, flagsOfFork], pid);
  return checked(ctx, pid);
}

function wait(ctx: LibcContext, which: number, target: number, options: number, usage: number): number {
  if (usage !== 0) throw new NotModelled('what children have used (the rusage of wait4)');
  const found = ctx.processes.wait(which, options);
  const result = typeof found === 'number' ? found : found.pid;
  if (typeof found !== 'number' && found.pid !== 0 && target !== 0) ctx.memory.writeU32(target, found.status);
  return checked(ctx, syscall(ctx, 'wait4', [which, target, options, usage], result));
}

/** The functions. */
export const forkFunctions: LibcTable = {
  fork: f('i', fork),
  wait: f('ip', (ctx, [target = 0]) => wait(ctx, -1, target, 0, 0)),
  waitpid: f('iipi', (ctx, [which = 0, target = 0, options = 0]) => wait(ctx, which, target, options, 0)),
  wait3: f('ipip', (ctx, [target = 0, options = 0, usage = 0]) => wait(ctx, -1, target, options, usage)),
  wait4: f('iipip', (ctx, [which = 0, target = 0, options = 0, usage = 0]) =>
    wait(ctx, which, target, options, usage),
  ),
};
