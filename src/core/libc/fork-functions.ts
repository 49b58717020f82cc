/**
 * Processes that the program makes: <unistd.h>: fork; <sys/wait.h>: wait, waitpid, wait3, wait4; the functions of pthread_atfork.
 *
 * Source: glibc 2.36, posix/fork.c, sysdeps/nptl/_Fork.c, sysdeps/unix/sysv/linux/wait.c, waitpid.c, wait4.c (system calls and results).
 */
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { AT_BASE, auxiliaryValue } from './auxiliary-value.ts';
import { fieldAt } from './threads/descriptor.ts';
import type { Waiting } from './threads/kernel-threads.ts';
import { reclaimStacks } from './threads/stacks.ts';
import { checked, f, syscall } from './libc-context.ts';

/** CLONE_CHILD_CLEARTID, CLONE_CHILD_SETTID, SIGCHLD. */
const flagsOfFork = 0x0120_0011;

/** fork: the child has the calling thread only. Functions of pthread_atfork run before, the last one first, and after, in both. */
function* fork(ctx: LibcContext): Waiting<number> {
  const { threads } = ctx;
  const hasThreads = threads.count > 1;
  if (hasThreads && threads.tid !== ctx.pid)
    throw new NotModelled('fork in a process with several threads from another one than the first');
  const handlers = [...threads.nptl.forkHandlers];
  for (const { prepare } of [...handlers].reverse()) if (prepare !== 0) yield* threads.callProgram(prepare);
  const pid = ctx.processes.fork(() => {
    noteProcessor(ctx);
  });
  if (pid !== 0) syscall(ctx, 'clone', [0, flagsOfFork], pid);
  else {
    beginChild(ctx);
    const others = threads.loseOthers();
    if (hasThreads) {
      reclaimStacks(ctx, others);
      ctx.malloc.loseOtherThreads();
    }
  }
  for (const { parent, child } of handlers) {
    const handler = pid === 0 ? child : parent;
    if (handler !== 0) yield* threads.callProgram(handler);
  }
  return checked(ctx, pid);
}

/** pthread_atfork. */
function registerForkHandlers(ctx: LibcContext, prepare: number, parent: number, child: number): number {
  ctx.threads.nptl.forkHandlers.push({ prepare, parent, child });
  return 0;
}

/** By bytes of a word: offsets of `__fork_generation` from libc, and of the loader's data from the loader. */
const childPlaces = {
  8: { generation: 0x1d9a88, loaderPages: [0x33000, 0x34000] },
  4: { generation: 0x220a24, loaderPages: [0x34000] },
} as const;

/** __PTHREAD_ONCE_FORK_GEN_INCR */
const generationStep = 4;

/**
 * What is written in the child before fork returns there, and so copies its pages: the kernel writes its number into the
 * thread's descriptor (CLONE_CHILD_SETTID), libc counts generations, and sets the loader's locks and lists of stacks anew,
 * which in a process of one thread leaves them as they are.
 *
 * @source glibc 2.36, posix/fork.c, nptl/nptl-stack.c (__nptl_reclaim_stacks); places measured with Debian's build
 */
function beginChild(ctx: LibcContext): void {
  const { memory, objects, threads } = ctx;
  const { generation, loaderPages } = childPlaces[ctx.model.wordBytes];
  memory.writeU32(fieldAt(ctx, threads.self, 'tid'), ctx.pid);
  memory.writeU32(objects.base + generation, memory.readU32(objects.base + generation) + generationStep);
  const loader = auxiliaryValue(ctx, AT_BASE) ?? 0;
  for (const page of loaderPages) memory.writeU32(loader + page, memory.readU32(loader + page));
}

/**
 * The kernel writes the processor's number into the area of restartable sequences: there is one, so the number stays, but
 * the page is written.
 *
 * @source Linux, kernel/rseq.c: rseq_update_cpu_node_id
 */
function noteProcessor(ctx: LibcContext): void {
  const { memory, threads } = ctx;
  const at = fieldAt(ctx, threads.self, 'rseqArea');
  memory.writeU32(at, memory.readU32(at));
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
  pthread_atfork: f('ippp', (ctx, [prepare = 0, parent = 0, child = 0]) =>
    registerForkHandlers(ctx, prepare, parent, child),
  ),
  wait: f('ip', (ctx, [target = 0]) => wait(ctx, -1, target, 0, 0)),
  waitpid: f('iipi', (ctx, [which = 0, target = 0, options = 0]) => wait(ctx, which, target, options, 0)),
  wait3: f('ipip', (ctx, [target = 0, options = 0, usage = 0]) => wait(ctx, -1, target, options, usage)),
  wait4: f('iipip', (ctx, [which = 0, target = 0, options = 0, usage = 0]) =>
    wait(ctx, which, target, options, usage),
  ),
};
