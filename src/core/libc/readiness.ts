/**
 * select and poll: which descriptors are ready, and waiting for a time. Files, directories and devices are always ready.
 *
 * Source: POSIX; glibc 2.36, sysdeps/unix/sysv/linux/select.c, poll.c; the kernel's fs/select.c (behaviour).
 * Simplified: whether a pipe is ready is not modelled.
 */
import { EBADF, EINVAL } from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { checked, f, readWord, syscall } from './libc-context.ts';
import { waitFor } from './timers.ts';

const EINTR = 4;
const FD_SETSIZE = 1024;
const S_IFMT = 0o170000;
const S_IFIFO = 0o010000;

const POLLIN = 1;
const POLLOUT = 4;
const POLLNVAL = 32;
const POLLRDNORM = 64;
const POLLWRNORM = 256;

/** Whether the descriptor is open. @throws NotModelled for a pipe */
function isReady(ctx: LibcContext, fd: number): boolean {
  const status = ctx.files.status(fd);
  if (typeof status === 'number') return false;
  if ((status.mode & S_IFMT) === S_IFIFO) throw new NotModelled('waiting for a pipe');
  return true;
}

/** Lets time pass when no descriptor is asked for. @returns 0, or -EINTR when a signal came first */
function pass(ctx: LibcContext, name: 'select' | 'poll', nanoseconds: number): number {
  if (ctx.threads.count > 1) throw new NotModelled(`${name} that waits beside other threads`);
  ctx.tracer.emit({ kind: 'wait', name, seconds: nanoseconds / 1e9 });
  return waitFor(ctx, nanoseconds) === 0 ? 0 : -EINTR;
}

/** select. @param nanoseconds - undefined: until something is ready */
function select(
  ctx: LibcContext,
  count: number,
  sets: readonly number[],
  nanoseconds: number | undefined,
): number {
  if (count < 0 || count > FD_SETSIZE) return -EINVAL;
  const asked = sets.map((set) => {
    if (set === 0) return [];
    const bytes = ctx.memory.readBytes(set, Math.ceil(count / 8));
    return Array.from({ length: count }, (_, fd) => fd).filter(
      (fd) => ((bytes[fd >> 3] ?? 0) & (1 << (fd & 7))) !== 0,
    );
  });
  if (asked.flat().some((fd) => !isReady(ctx, fd))) return -EBADF;
  // The third set is for exceptional conditions, which files do not have.
  const ready = asked.map((fds, index) => (index < 2 ? fds : []));
  const total = ready.reduce((sum, fds) => sum + fds.length, 0);
  if (total === 0) {
    if (nanoseconds === undefined) throw new NotModelled('select that waits for ever');
    const result = pass(ctx, 'select', nanoseconds);
    if (result < 0) return result;
  }
  sets.forEach((set, index) => {
    for (const fd of asked[index] ?? []) {
      if (ready[index]?.includes(fd) === true) continue;
      ctx.memory.writeU8(set + (fd >> 3), ctx.memory.readU8(set + (fd >> 3)) & ~(1 << (fd & 7)));
    }
  });
  return total;
}

/** poll over `struct pollfd`: descriptor, events asked for, events that came. */
function poll(ctx: LibcContext, list: number, count: number, nanoseconds: number | undefined): number {
  let ready = 0;
  for (let at = list; at < list + 8 * count; at += 8) {
    const fd = ctx.memory.readU32(at) | 0;
    const asked = ctx.memory.readU16(at + 4);
    const found =
      fd < 0 ? 0 : isReady(ctx, fd) ? asked & (POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM) : POLLNVAL;
    ctx.memory.writeU16(at + 6, found);
    if (found !== 0) ready += 1;
  }
  if (ready > 0) return ready;
  if (nanoseconds === undefined) throw new NotModelled('poll that waits for ever');
  return pass(ctx, 'poll', nanoseconds);
}

/** Nanoseconds of a pair of seconds and a part; undefined without one. */
function timeAt(ctx: LibcContext, at: number, unit: number): number | undefined {
  return at === 0 ? undefined : readWord(ctx, at) * 1e9 + readWord(ctx, at + ctx.model.wordBytes) * unit;
}

/** <sys/select.h>, <poll.h> */
export const readinessFunctions: LibcTable = {
  select: f('iipppp', (ctx, [count = 0, input = 0, output = 0, exceptional = 0, time = 0]) => {
    const result = select(ctx, count, [input, output, exceptional], timeAt(ctx, time, 1000));
    if (result === 0 && time !== 0) ctx.memory.fill(time, 0, 2 * ctx.model.wordBytes);
    return checked(ctx, syscall(ctx, 'pselect6', [count, input, output, exceptional, time, 0], result));
  }),
  poll: f('ipzi', (ctx, [list = 0, count = 0, milliseconds = 0]) =>
    checked(
      ctx,
      syscall(
        ctx,
        'poll',
        [list, count, milliseconds],
        poll(ctx, list, count, milliseconds < 0 ? undefined : milliseconds * 1e6),
      ),
    ),
  ),
};
