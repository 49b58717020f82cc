/** Small drawings that several components use. */
import { svg, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { MappingKind, PageRun, PageState, PlaceView } from '../../src/protocol/view-model.ts';
import { kindLetters } from '../layout/kind-letters.ts';
import { layOutStrip } from '../layout/page-strip.ts';
import { words } from '../texts.ts';
import { RevealEvent } from './events.ts';

/** The square with the letter of a mapping kind. */
export function kindBadge(kind: MappingKind): TemplateResult {
  return html`<span class="badge" data-kind=${kind} title=${words().mappingKinds[kind]} aria-hidden="true"
    >${kindLetters[kind]}</span
  >`;
}

/** The triangle before a row that can be opened. */
export function twisty(isOpen: boolean | undefined): TemplateResult | typeof nothing {
  if (isOpen === undefined) return nothing;
  return html`<span class=${isOpen ? 'twisty open' : 'twisty'} data-twisty>
    <svg viewBox="0 0 10 10" aria-hidden="true"><path d="M3 1 L7 5 L3 9" /></svg>
  </span>`;
}

const stripHeight = 14;
const heights: Record<PageState, number> = {
  absent: 2,
  zero: 5,
  file: 8,
  shared: 10,
  mixed: 11,
  anonymous: 14,
};

/** The strip of pages of a mapping. */
export function pageStrip(runs: readonly PageRun[], room: number, label: string): TemplateResult {
  const strip = layOutStrip(runs, room);
  const ground = strip.cell === 0 ? [{ x: 0, width: strip.width }] : groundCells(strip.width, strip.cell);
  return html`<svg
    class="strip"
    role="img"
    width=${Math.max(1, strip.width)}
    height=${stripHeight}
    viewBox="0 0 ${Math.max(1, strip.width)} ${stripHeight}"
    shape-rendering="crispEdges"
  >
    <title>${label}</title>
    ${ground.map(
      ({ x, width }) =>
        svg`<rect class="ground" x=${x} y=${stripHeight - heights.absent} width=${width} height=${heights.absent} />`,
    )}
    ${strip.rects.map(({ state, x, width }) => pageRect(state, x, width))}
  </svg>`;
}

/** One run of pages in one state. */
export function pageRect(state: PageState, x: number, width: number): TemplateResult {
  const height = heights[state];
  // The outline of the zero page is drawn inside its cell.
  return state === 'zero'
    ? svg`<rect class="page-zero" x=${x + 0.5} y=${stripHeight - height + 0.5} width=${Math.max(1, width - 1)} height=${height - 1} />`
    : svg`<rect class=${`page-${state}`} x=${x} y=${stripHeight - height} width=${width} height=${height} />`;
}

/** The sign of a page state, for the legend. */
export function pageSign(state: PageState): TemplateResult {
  return html`<svg
    class="strip"
    aria-hidden="true"
    width="12"
    height=${stripHeight}
    shape-rendering="crispEdges"
  >
    ${state === 'absent' ? svg`<rect class="ground" x="0" y="12" width="12" height="2" />` : pageRect(state, 0, 12)}
  </svg>`;
}

/** A link to a place in the source. */
export function placeLink(place: PlaceView | undefined, isInRow: boolean): TemplateResult | typeof nothing {
  if (place === undefined) return nothing;
  const label = words().goToPlace(place.file, place.line);
  const reveal = (event: Event): void => {
    event.stopPropagation();
    event.currentTarget?.dispatchEvent(new RevealEvent(place));
  };
  // In a row the link is not a stop of its own: the details pane has the same link.
  return html`<button
    type="button"
    class="place"
    tabindex=${isInRow ? -1 : 0}
    title=${label}
    @click=${reveal}
  >
    ${isInRow ? words().line(place.line) : `${shortName(place.file)}:${place.line}`}
  </button>`;
}

/** Last part of a path or address of a file. */
export function shortName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

function groundCells(width: number, cell: number): readonly { readonly x: number; readonly width: number }[] {
  const cells: { readonly x: number; readonly width: number }[] = [];
  for (let x = 0; x < width; x += cell) cells.push({ x, width: cell - 1 });
  return cells;
}

/** Escape closes what is open, and gives the focus back to what opened it. */
export function closeOnEscape(event: KeyboardEvent): void {
  const details = event.currentTarget;
  if (event.key !== 'Escape' || !(details instanceof HTMLDetailsElement) || !details.open) return;
  event.stopPropagation();
  details.open = false;
  details.querySelector('summary')?.focus();
}
