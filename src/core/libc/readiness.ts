/**
 * select and poll: which descriptors are ready, and waiting for a time. Files, directories and devices are always ready.
 *
 * Source: POSIX; glibc 2.36, sysdeps/unix/sysv/linux/select.c, poll.c; the kernel's fs/select.c (behaviour).
 * Simplified: a wait for a time that another process would end early is named.
 */
import { EBADF, EINVAL } from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext, LibcTable, ReadinessOf } from './libc-context.ts';
import { checked, f, readWord, syscall } from './libc-context.ts';
import { waitFor } from './timers.ts';

const EINTR = 4;
const FD_SETSIZE = 1024;

const POLLIN = 1;
const POLLOUT = 4;
const POLLERR = 8;
const POLLHUP = 16;
const POLLNVAL = 32;
const POLLRDNORM = 64;
const POLLWRNORM = 256;

/** Lets time pass when no descriptor is asked for. @returns 0, or -EINTR when a signal came first */
function pass(ctx: LibcContext, name: 'select' | 'poll', nanoseconds: number): number {
  if (ctx.threads.count > 1) throw new NotModelled(`${name} that waits beside other threads`);
  ctx.tracer.emit({ kind: 'wait', name, seconds: nanoseconds / 1e9 });
  return waitFor(ctx, nanoseconds) === 0 ? 0 : -EINTR;
}

/**
 * Waits until something is ready, at most for a time.
 *
 * @param count - how many are ready
 * @param nanoseconds - undefined: for ever
 * @returns how many are ready then, or minus errno
 * @throws NotModelled where another process wakes it before its time
 */
function wait(
  ctx: LibcContext,
  name: 'select' | 'poll',
  count: (readinessOf: ReadinessOf) => number,
  nanoseconds: number | undefined,
): number {
  const now = (): number => count((fd) => ctx.files.readiness(fd));
  const ready = now();
  if (ready > 0 || nanoseconds === 0) return ready;
  if (nanoseconds === undefined) {
    if (ctx.threads.count > 1) throw new NotModelled(`${name} that waits beside other threads`);
    ctx.files.waitUntil((readinessOf) => count(readinessOf) > 0, `${name} that waits for ever`);
    return now();
  }
  const result = pass(ctx, name, nanoseconds);
  if (result === 0 && now() > 0) throw new NotModelled(`${name} that another process wakes`);
  return result;
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
  if (asked.flat().some((fd) => !ctx.files.isOpen(fd))) return -EBADF;
  // The third set is for exceptional conditions, which files and pipes do not have.
  const ready = (readinessOf: ReadinessOf): number[][] =>
    asked.map((fds, index) =>
      fds.filter((fd) => {
        const state = readinessOf(fd);
        if (state === undefined || index > 1) return false;
        return index === 0
          ? state.isReadable || state.hasHungUp || state.hasFailed
          : state.isWritable || state.hasFailed;
      }),
    );
  const total = wait(ctx, 'select', (readinessOf) => ready(readinessOf).flat().length, nanoseconds);
  if (total < 0) return total;
  const found = ready((fd) => ctx.files.readiness(fd));
  sets.forEach((set, index) => {
    for (const fd of asked[index] ?? []) {
      if (found[index]?.includes(fd) === true) continue;
      ctx.memory.writeU8(set + (fd >> 3), ctx.memory.readU8(set + (fd >> 3)) & ~(1 << (fd & 7)));
    }
  });
  return total;
}

/** The events that poll tells of a descriptor, of those that were asked for or come unasked. */
function eventsOf(readinessOf: ReadinessOf, fd: number, asked: number): number {
  if (fd < 0) return 0;
  const state = readinessOf(fd);
  if (state === undefined) return POLLNVAL;
  return (
    (state.isReadable ? asked & (POLLIN | POLLRDNORM) : 0) |
    (state.isWritable ? asked & (POLLOUT | POLLWRNORM) : 0) |
    (state.hasHungUp ? POLLHUP : 0) |
    (state.hasFailed ? POLLERR : 0)
  );
}

/** poll over `struct pollfd`: descriptor, events asked for, events that came. */
function poll(ctx: LibcContext, list: number, count: number, nanoseconds: number | undefined): number {
  const asked = Array.from({ length: count }, (_, index) => ({
    fd: ctx.memory.readU32(list + 8 * index) | 0,
    events: ctx.memory.readU16(list + 8 * index + 4),
  }));
  const found = (readinessOf: ReadinessOf): number[] =>
    asked.map(({ fd, events }) => eventsOf(readinessOf, fd, events));
  const ready = (readinessOf: ReadinessOf): number =>
    found(readinessOf).filter((events) => events !== 0).length;
  const result = wait(ctx, 'poll', ready, nanoseconds);
  if (result < 0) return result;
  found((fd) => ctx.files.readiness(fd)).forEach((events, index) => {
    ctx.memory.writeU16(list + 8 * index + 6, events);
  });
  return result;
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
