/**
 * Times by the clock and on the processor.
 */
import { readFileSync, readdirSync } from 'node:fs';
import process from 'node:process';

/** Milliseconds that this process was on a processor. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What a piece of work took, in milliseconds. */
export interface Took {
  readonly clock: number;
  readonly processor: number;
}

/** Does something and says how long it took: on the processor, at most. */
export function timed<T>(work: () => T): Took & { readonly result: T } {
  const processor = processorMs();
  const clock = performance.now();
  const result = work();
  const passed = performance.now() - clock;
  // Collector and compiler have threads of their own: this thread took no longer than the clock says.
  return { result, clock: passed, processor: Math.min(passed, processorMs() - processor) };
}

/** The middle one. */
export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

/** A line of the report: what was measured, against which goal. */
export function report(
  name: string,
  times: readonly Took[],
  goalMs: number | undefined,
  pick = median,
): void {
  const column = (value: number): string => `${value.toFixed(1).padStart(7)} ms`;
  const clock = pick(times.map((one) => one.clock));
  const processor = pick(times.map((one) => one.processor));
  const goal =
    goalMs === undefined ? '' : `   goal ${String(goalMs)} ms: ${processor <= goalMs ? 'kept' : 'MISSED'}`;
  console.log(`${name.padEnd(54)} clock ${column(clock)}, processor ${column(processor)}${goal}`);
}

/** Threads of this process by their numbers; none where the system does not tell. */
export const threadIds = (): readonly string[] =>
  process.platform === 'linux' ? readdirSync('/proc/self/task') : [];

/** Milliseconds that threads of this process were on a processor. */
export function threadsMs(ids: Iterable<string>): number {
  let nanoseconds = 0;
  for (const id of ids)
    nanoseconds += Number(readFileSync(`/proc/self/task/${id}/schedstat`, 'latin1').split(' ')[0]);
  return nanoseconds / 1e6;
}
