/** Where the charts of the strip put samples, marks and the pointer: pure geometry in CSS pixels. */
import { firstBeyond } from '../../src/base/bisect.ts';
import { curveStepAfter, area, line } from 'd3-shape';

/** The room of a chart. */
export interface ChartBox {
  readonly width: number;
  readonly height: number;
}

/** Column of an event among `count` ones. */
export function xOfEvent(index: number, count: number, width: number): number {
  return count <= 1 ? 0 : (Math.max(0, index) / (count - 1)) * width;
}

/** The event under a column, from 0 to `count` - 1. */
export function eventAtX(x: number, count: number, width: number): number {
  if (count <= 1 || width <= 0) return 0;
  return Math.min(count - 1, Math.max(0, Math.round((x / width) * (count - 1))));
}

/** Index of the last sample at or before an event; 0 when there is none. */
export function sampleAt(events: readonly number[], index: number): number {
  return Math.max(0, firstBeyond(0, events.length, (at) => (events[at] ?? 0) <= index) - 1);
}

/** Paths of a counter that keeps its value until the next sample: the area below it, and its upper edge. */
export function stepPaths(
  events: readonly number[],
  values: readonly number[],
  count: number,
  { width, height }: ChartBox,
): { readonly area: string; readonly edge: string } {
  const most = values.reduce((max, value) => Math.max(max, value), 1);
  const last = values.at(-1);
  // The last value holds up to the end of the run.
  const points = values.map((value, at): readonly [number, number] => [events[at] ?? 0, value]);
  if (last !== undefined && (events.at(-1) ?? 0) < count - 1) points.push([count - 1, last]);
  const places = points.map(([event, value]): readonly [number, number] => [
    round(xOfEvent(event, count, width)),
    round(height - (value / most) * (height - 1)),
  ]);
  const drawn = extremes(places);
  const x = ([at]: readonly [number, number]): number => at;
  const y = ([, at]: readonly [number, number]): number => at;
  return {
    area: area<readonly [number, number]>().x(x).y0(height).y1(y).curve(curveStepAfter)(drawn) ?? '',
    edge: line<readonly [number, number]>().x(x).y(y).curve(curveStepAfter)(drawn) ?? '',
  };
}

/** Of places that share a column of half a pixel the first, the lowest, the highest and the last one: the same picture. */
function extremes(places: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const columnOf = (index: number): number => Math.round(2 * (places[index]?.[0] ?? 0));
  const heightOf = (index: number): number => places[index]?.[1] ?? 0;
  const kept: number[] = [];
  for (let from = 0, to = 0; from < places.length; from = to) {
    let [low, high] = [from, from];
    for (to = from; to < places.length && columnOf(to) === columnOf(from); to++) {
      if (heightOf(to) < heightOf(low)) low = to;
      if (heightOf(to) > heightOf(high)) high = to;
    }
    const indices = new Set([from, low, high, to - 1]);
    kept.push(...[...indices].sort((some, other) => some - other));
  }
  return kept.flatMap((index) => {
    const place = places[index];
    return place === undefined ? [] : [place];
  });
}

/** One path of upright ticks where a kind has events; counts of places that share a column are one tick. */
export function tickPath(counts: readonly number[], { width, height }: ChartBox): string {
  const columns = new Set<number>();
  counts.forEach((events, place) => {
    if (events > 0) columns.add(Math.round((place / Math.max(1, counts.length - 1)) * (width - 1)));
  });
  return [...columns].map((column) => `M${String(column + 0.5)} 0V${String(height)}`).join('');
}

const round = (value: number): number => Math.round(value * 10) / 10;
