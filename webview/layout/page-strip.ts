/**
 * The strip of pages of a mapping, low addresses on the left.
 *
 * A page is a cell while there is room for cells. Beyond that, each column of a few pixels stands for many pages and
 * shows the most present state among them, so that one resident page among thousands stays visible; the exact counts
 * are given as text.
 */
import type { PageRun, PageState } from '../../src/protocol/view-model.ts';

/** One rectangle: consecutive pages drawn alike. Absent pages are the ground and have no rectangle. */
export interface StripRect {
  readonly state: Exclude<PageState, 'absent'>;
  readonly x: number;
  readonly width: number;
}

export interface PageStrip {
  /** Width of the whole strip, at most what was allowed. */
  readonly width: number;
  /** Distance of cells, or 0 when columns stand for several pages. */
  readonly cell: number;
  readonly rects: readonly StripRect[];
}

const widestCell = 9;
const narrowestCell = 3;
const columnWidth = 2;

const presence: Record<PageState, number> = {
  absent: 0,
  zero: 1,
  file: 2,
  shared: 3,
  mixed: 4,
  anonymous: 5,
};

/**
 * Lays out the strip.
 *
 * @param runs - pages from low to high addresses
 * @param room - width in pixels that the strip may take
 */
export function layOutStrip(runs: readonly PageRun[], room: number): PageStrip {
  const pages = runs.reduce((sum, run) => sum + Math.max(0, run.pages), 0);
  if (pages === 0 || room < columnWidth) return { width: 0, cell: 0, rects: [] };
  const cell = Math.min(widestCell, Math.floor(room / pages));
  return cell >= narrowestCell ? layOutCells(runs, cell, pages) : layOutColumns(runs, room, pages);
}

function layOutCells(runs: readonly PageRun[], cell: number, pages: number): PageStrip {
  const rects: StripRect[] = [];
  let page = 0;
  for (const run of runs) {
    if (run.state !== 'absent') {
      for (let i = 0; i < run.pages; i++) {
        rects.push({ state: run.state, x: (page + i) * cell, width: cell - 1 });
      }
    }
    page += run.pages;
  }
  return { width: pages * cell - 1, cell, rects };
}

function layOutColumns(runs: readonly PageRun[], room: number, pages: number): PageStrip {
  const columns = Math.floor(room / columnWidth);
  const states = new Array<PageState>(columns).fill('absent');
  let page = 0;
  for (const run of runs) {
    if (run.pages <= 0) continue;
    const first = Math.floor((page * columns) / pages);
    const last = Math.min(columns - 1, Math.ceil(((page + run.pages) * columns) / pages) - 1);
    for (let column = first; column <= last; column++) {
      if (presence[run.state] > presence[states[column] ?? 'absent']) states[column] = run.state;
    }
    page += run.pages;
  }
  const rects: StripRect[] = [];
  let from = 0;
  for (let column = 1; column <= columns; column++) {
    const state = states[from] ?? 'absent';
    if (column < columns && states[column] === state) continue;
    if (state !== 'absent')
      rects.push({ state, x: from * columnWidth, width: (column - from) * columnWidth });
    from = column;
  }
  return { width: columns * columnWidth, cell: 0, rects };
}
