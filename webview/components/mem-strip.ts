/**
 * The whole run as a strip: where events of each kind are, and how memory went. Pointer and keys go to an event; it
 * plays on its own, too.
 */
import { counterName } from '../facts.ts';
import { css, html, LitElement, nothing, svg } from 'lit';
import type { PropertyValues, SVGTemplateResult, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { EventKind, HistoryView, Snapshot } from '../../src/protocol/view-model.ts';
import { eventAtX, stepPaths, tickPath, xOfEvent } from '../layout/chart-geometry.ts';
import { formatCount } from '../layout/format.ts';
import { counters, counterText, eventTotals } from '../layout/history-figures.ts';
import type { Counter } from '../layout/history-figures.ts';
import { words } from '../texts.ts';
import { SeekEvent, ToggleRowEvent } from './events.ts';
import './mem-figures.ts';

/** Among the rows that can be open, the strip has this id. */
export const stripId = 'strip';

/** Asks the session how the counters went. */
export type ReadHistory = () => Promise<HistoryView>;

const tickHeight = 9;
const chartHeight = 18;

/** Events a second at which a run plays. */
const speeds = [1, 2, 5, 20, 100] as const;

@customElement('mem-strip')
export class MemStrip extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
      padding: 0.2em 1em 0.35em;
      border-block-end: 1px solid var(--atlas-line);
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.3em 0.8em;
    }
    .toggle {
      padding: 0.1em 0.2em;
      border: 0;
      background: none;
      color: var(--atlas-dim);
      font: inherit;
      cursor: pointer;
    }
    .toggle svg {
      inline-size: 0.75em;
      block-size: 0.75em;
      margin-inline-end: 0.3em;
      fill: none;
      stroke: currentcolor;
      stroke-width: 1.6;
    }
    .toggle[aria-expanded='true'] svg {
      rotate: 90deg;
    }
    .play,
    select {
      min-block-size: 1.7em;
      padding: 0 0.6em;
      border: 1px solid var(--vscode-button-border, var(--atlas-line));
      border-radius: 3px;
      background: var(--vscode-button-secondaryBackground, transparent);
      color: var(--vscode-button-secondaryForeground, var(--atlas-text));
      font: inherit;
      cursor: pointer;
    }
    select {
      background: var(--vscode-dropdown-background, var(--atlas-background));
      color: var(--vscode-dropdown-foreground, var(--atlas-text));
    }
    .toggle:focus-visible,
    .play:focus-visible,
    select:focus-visible,
    .charts:focus-visible {
      outline: 1px solid var(--atlas-focus);
      outline-offset: 1px;
    }
    .under {
      color: var(--atlas-dim);
      font-size: 0.92em;
    }
    .charts {
      position: relative;
      display: grid;
      grid-template-columns: minmax(5em, max-content) minmax(0, 1fr) minmax(5.5em, max-content);
      align-items: center;
      gap: 2px 0.7em;
      margin-block-start: 0.3em;
      cursor: crosshair;
      touch-action: none;
      user-select: none;
    }
    .name {
      color: var(--atlas-dim);
      font-size: 0.88em;
      white-space: nowrap;
    }
    .value {
      font: 0.88em / 1.2 var(--atlas-mono);
      font-variant-numeric: tabular-nums;
      text-align: end;
      white-space: nowrap;
    }
    svg.row {
      display: block;
      inline-size: 100%;
    }
    .area {
      fill: color-mix(in srgb, var(--atlas-blue) 22%, transparent);
    }
    .edge {
      fill: none;
      stroke: var(--atlas-blue);
    }
    .ticks {
      fill: none;
      stroke: var(--atlas-dim);
    }
    .ticks[data-kind='malloc'] {
      stroke: var(--atlas-green);
    }
    .ticks[data-kind='syscall'] {
      stroke: var(--atlas-purple);
    }
    .ticks[data-kind='page-fault'] {
      stroke: var(--atlas-orange);
    }
    .ticks[data-kind='signal'] {
      stroke: var(--atlas-red);
    }
    .now {
      stroke: var(--atlas-focus);
      stroke-width: 2;
    }
    .hint {
      stroke: var(--atlas-dim);
      stroke-dasharray: 2 2;
    }
    @container (max-width: 34em) {
      .charts {
        grid-template-columns: minmax(0, 1fr) minmax(5em, max-content);
      }
      .name {
        grid-column: 1 / -1;
        line-height: 1;
      }
    }
  `;

  @property({ attribute: false }) accessor position: Snapshot['position'] | undefined;
  /** Number of the run: another one has another history. */
  @property({ attribute: false }) accessor run: number | undefined;
  @property({ attribute: false }) accessor isOpen = false;
  @property({ attribute: false }) accessor readHistory: ReadHistory | undefined;

  @state() private accessor history: HistoryView | undefined;
  @state() private accessor pointed: number | undefined;
  @state() private accessor isPlaying = false;
  @state() private accessor speed: number = speeds[2];
  @state() private accessor width = 600;

  #question = 0;
  /** Where keys have asked to go, while the session is on its way there. */
  #wanted: number | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #resize: ResizeObserver | undefined;
  /** What of the charts stays the same from step to step. */
  #drawing: Drawing | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize = new ResizeObserver(() => {
      this.#measure();
    });
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize?.disconnect();
    this.#stop();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const names = changed as ReadonlyMap<string, unknown>;
    if (names.has('run')) {
      this.history = undefined;
      this.#stop();
    }
    if (this.isOpen && this.history === undefined && (names.has('run') || names.has('isOpen')))
      void this.#ask();
    if (names.has('isOpen') || names.has('history')) this.#measure();
    if (names.has('position')) {
      if (this.position?.index === this.#wanted) this.#wanted = undefined;
      this.#stopAtEnd();
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { position } = this;
    if (position === undefined || position.count === 0) return nothing;
    const texts = words();
    return html`
      <div class="head">
        <button type="button" class="toggle" aria-expanded=${String(this.isOpen)} @click=${this.#toggle}>
          <svg viewBox="0 0 16 16" aria-hidden="true"><path d="M6 3 L11 8 L6 13" /></svg>${texts.strip}
        </button>
        <button type="button" class="play" aria-pressed=${String(this.isPlaying)} @click=${this.#togglePlay}>
          ${this.isPlaying ? texts.pause : texts.play}
        </button>
        <select aria-label=${texts.speed} @change=${this.#onSpeed}>
          ${speeds.map(
            (speed) =>
              html`<option value=${speed} ?selected=${speed === this.speed}>
                ${texts.eventsPerSecond(speed)}
              </option>`,
          )}
        </select>
        ${
          this.pointed === undefined
            ? nothing
            : html`<span class="under">${texts.eventOf(this.pointed + 1, position.count)}</span>`
        }
      </div>
      ${this.isOpen && this.history !== undefined ? this.#history(this.history, position) : nothing}
    `;
  }

  #history(history: HistoryView, position: Snapshot['position']): TemplateResult {
    return html`${this.#charts(history, position)}
      <mem-figures .history=${history} .index=${position.index}></mem-figures>`;
  }

  #drawn(history: HistoryView, { count }: Snapshot['position']): Drawing {
    const { width } = this;
    const known = this.#drawing;
    if (known?.history === history && known.width === width && known.count === count) return known;
    this.#drawing = { history, width, count, ...drawingOf(history, count, width) };
    return this.#drawing;
  }

  #charts(history: HistoryView, position: Snapshot['position']): TemplateResult {
    const texts = words();
    const drawing = this.#drawn(history, position);
    return html`<div
      class="charts"
      role="slider"
      tabindex="0"
      aria-label=${texts.stripLabel}
      aria-valuemin="1"
      aria-valuemax=${position.count}
      aria-valuenow=${position.index + 1}
      aria-valuetext=${this.#spoken(history, position)}
      @pointerdown=${this.#onPointer}
      @pointermove=${this.#onPointer}
      @pointerleave=${this.#onLeave}
      @keydown=${this.#onKey}
      @blur=${this.#onBlur}
    >
      ${drawing.ticks.map((ticks) => this.#ticks(ticks, position))}
      ${drawing.charts.map((chart) => this.#chart(chart, history, position))}
    </div>`;
  }

  #ticks({ kind, path, total }: Drawing['ticks'][number], position: Snapshot['position']): TemplateResult {
    return html`<span class="name">${words().eventKinds[kind]}</span>
      <svg class="row" height=${tickHeight} aria-hidden="true">
        <path class="ticks" data-kind=${kind} d=${path} />
        ${this.#cursors(position, tickHeight)}
      </svg>
      <span class="value">${formatCount(total)}</span>`;
  }

  #chart(
    { key, area, edge }: Drawing['charts'][number],
    history: HistoryView,
    position: Snapshot['position'],
  ): TemplateResult {
    return html`<span class="name">${counterName(key, words())}</span>
      <svg class="row" height=${chartHeight} aria-hidden="true">
        <path class="area" d=${area} />
        <path class="edge" d=${edge} />
        ${this.#cursors(position, chartHeight)}
      </svg>
      <span class="value">${counterText(history, key, this.pointed ?? position.index)}</span>`;
  }

  #cursors({ index, count }: Snapshot['position'], height: number): SVGTemplateResult {
    const cursor = (name: string, event: number): SVGTemplateResult => {
      const x = xOfEvent(event, count, this.width);
      return svg`<line class=${name} x1=${x} x2=${x} y1="0" y2=${height} />`;
    };
    return svg`${cursor('now', index)}${this.pointed === undefined ? nothing : cursor('hint', this.pointed)}`;
  }

  #spoken(history: HistoryView, { index, count }: Snapshot['position']): string {
    const texts = words();
    const values = counters.map((key) => `${counterName(key, texts)} ${counterText(history, key, index)}`);
    return `${texts.eventOf(index + 1, count)}, ${values.join(', ')}`;
  }

  readonly #toggle = (): void => {
    this.dispatchEvent(new ToggleRowEvent(stripId, !this.isOpen));
  };

  readonly #onPointer = (event: PointerEvent): void => {
    const row = this.renderRoot.querySelector('svg.row');
    const { position } = this;
    if (row === null || position === undefined) return;
    const { left, width } = row.getBoundingClientRect();
    this.pointed = eventAtX(event.clientX - left, position.count, width);
    if ((event.buttons & 1) === 0) return;
    if (event.type === 'pointerdown') (event.currentTarget as Element).setPointerCapture(event.pointerId);
    this.#stop();
    if (this.pointed !== position.index) this.dispatchEvent(new SeekEvent(this.pointed));
  };

  readonly #onLeave = (): void => {
    this.pointed = undefined;
  };

  readonly #onBlur = (): void => {
    this.#wanted = undefined;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const { position } = this;
    if (position === undefined) return;
    if (event.key === ' ') {
      event.preventDefault();
      this.#togglePlay();
      return;
    }
    const page = Math.max(1, Math.round(position.count / 10));
    const from = this.#wanted ?? position.index;
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: from - 1,
      ArrowRight: from + 1,
      PageUp: from + page,
      PageDown: from - page,
      Home: 0,
      End: position.count - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    this.#stop();
    this.#wanted = Math.min(position.count - 1, Math.max(0, target));
    this.dispatchEvent(new SeekEvent(this.#wanted));
  };

  readonly #onSpeed = (event: Event): void => {
    this.speed = Number((event.target as HTMLSelectElement).value);
    if (this.isPlaying) this.#play();
  };

  readonly #togglePlay = (): void => {
    if (this.isPlaying) this.#stop();
    else this.#play();
  };

  /** Goes on event by event; from the end it begins anew. At most 20 steps a second are shown, longer ones then. */
  #play(): void {
    this.#stop();
    const { position } = this;
    if (position === undefined || position.count < 2) return;
    this.isPlaying = true;
    if (position.index >= position.count - 1) this.dispatchEvent(new SeekEvent(0));
    const shownPerSecond = Math.min(this.speed, 20);
    const stride = Math.max(1, Math.round(this.speed / shownPerSecond));
    this.#timer = setInterval(() => {
      const now = this.position;
      if (now !== undefined) this.dispatchEvent(new SeekEvent(Math.min(now.count - 1, now.index + stride)));
    }, 1000 / shownPerSecond);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.isPlaying = false;
  }

  #stopAtEnd(): void {
    const { position } = this;
    if (this.isPlaying && position !== undefined && position.index >= position.count - 1) this.#stop();
  }

  #measure(): void {
    const width = this.renderRoot.querySelector('svg.row')?.getBoundingClientRect().width ?? 0;
    if (width > 0 && Math.abs(width - this.width) > 0.5) this.width = width;
  }

  async #ask(): Promise<void> {
    const question = ++this.#question;
    try {
      const history = await this.readHistory?.();
      if (question === this.#question) this.history = history;
    } catch {
      // The reason was reported where the request was made; the strip stays closed up.
    }
  }
}

/** The charts of a history at a width, without the cursors over them. */
interface Drawing {
  readonly history: HistoryView;
  readonly width: number;
  readonly count: number;
  readonly ticks: readonly { readonly kind: EventKind; readonly path: string; readonly total: number }[];
  readonly charts: readonly { readonly key: Counter; readonly area: string; readonly edge: string }[];
}

function drawingOf(history: HistoryView, count: number, width: number): Pick<Drawing, 'ticks' | 'charts'> {
  return {
    ticks: eventTotals(history).map(({ kind, counts, total }) => ({
      kind,
      path: tickPath(counts, { width, height: tickHeight }),
      total,
    })),
    charts: counters.map((key) => ({
      key,
      ...stepPaths(history.events, history[key], count, { width, height: chartHeight }),
    })),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-strip': MemStrip;
  }
}
