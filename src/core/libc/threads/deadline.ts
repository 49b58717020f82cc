/**
 * Absolute times that waiting functions take: struct timespec on the realtime or the monotonic clock.
 *
 * Source: glibc 2.36, nptl/futex-internal.c, include/time.h (valid_nanoseconds).
 */
import { EINVAL } from '../../mm/kernel.ts';
import type { LibcContext } from '../libc-context.ts';
import { readWordBits } from './descriptor.ts';

export const CLOCK_REALTIME = 0;
export const CLOCK_MONOTONIC = 1;

/** When a wait ends, in nanoseconds since main began. */
export interface Deadline {
  readonly deadline: number;
  readonly isRealtime: boolean;
}

/** Reads a struct timespec. @returns minus EINVAL for one that is none, and for other clocks */
export function deadlineAt(ctx: LibcContext, addr: number, clock: number): Deadline | number {
  if (clock !== CLOCK_REALTIME && clock !== CLOCK_MONOTONIC) return -EINVAL;
  const { wordBytes } = ctx.model;
  const signed = (at: number): number => Number(BigInt.asIntN(8 * wordBytes, readWordBits(ctx, at)));
  const seconds = signed(addr);
  const nanoseconds = signed(addr + wordBytes);
  if (nanoseconds < 0 || nanoseconds > 999_999_999) return -EINVAL;
  const now = ctx.clock();
  const deadline = ctx.clockControl.elapsed + (seconds - now.seconds) * 1e9 + (nanoseconds - now.nanoseconds);
  return { deadline, isRealtime: clock === CLOCK_REALTIME };
}
