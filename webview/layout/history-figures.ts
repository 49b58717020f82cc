/**
 * The figures of the strip over the run as text: what its charts and marks show, for a table of them.
 */
import type { EventKind, HistoryView } from '../../src/protocol/view-model.ts';
import { sampleAt } from './chart-geometry.ts';
import { formatCount, formatSize } from './format.ts';

/** A counter that has a chart. */
export type Counter = Exclude<keyof HistoryView, 'events' | 'marks'>;

/** The counters in the order of their charts. */
export const counters = [
  'virtualBytes',
  'residentBytes',
  'heapBytes',
  'liveBytes',
  'minorFaults',
  'systemCalls',
] as const satisfies readonly Counter[];

const areBytes: ReadonlySet<Counter> = new Set([
  'virtualBytes',
  'residentBytes',
  'heapBytes',
  'liveBytes',
] as const);

/** How a counter went: an extreme is told with the first sample that has it, by the index of its event. */
export interface CounterFigures {
  readonly key: Counter;
  readonly least: Extreme;
  readonly most: Extreme;
}

/** A value of a counter, as text, and the index of an event that it holds after. */
export interface Extreme {
  readonly text: string;
  readonly event: number;
}

/** The value of a counter right after an event: that of the last sample at or before it. */
export function counterText(history: HistoryView, key: Counter, event: number): string {
  return textOf(key, history[key][sampleAt(history.events, event)] ?? 0);
}

/** Least and greatest values of each counter. */
export function figuresOf(history: HistoryView): readonly CounterFigures[] {
  return counters.map((key) => {
    const values = history[key];
    let [low, high] = [0, 0];
    values.forEach((value, at) => {
      if (value < (values[low] ?? 0)) low = at;
      if (value > (values[high] ?? 0)) high = at;
    });
    const extreme = (at: number): Extreme => ({
      text: textOf(key, values[at] ?? 0),
      event: history.events[at] ?? 0,
    });
    return { key, least: extreme(low), most: extreme(high) };
  });
}

/** The kinds that the run has events of, each with how many there are by place and in all. */
export function eventTotals({ marks }: HistoryView): readonly {
  readonly kind: EventKind;
  readonly counts: readonly number[];
  readonly total: number;
}[] {
  return marks
    .map(({ kind, counts }) => ({ kind, counts, total: counts.reduce((sum, events) => sum + events, 0) }))
    .filter(({ total }) => total > 0);
}

/** Events from one sample to the next; 1 where every event has its own. */
export function strideOf({ events }: HistoryView): number {
  return Math.max(1, (events[1] ?? 1) - (events[0] ?? 0));
}

const textOf = (key: Counter, value: number): string =>
  areBytes.has(key) ? formatSize(value) : formatCount(value);
