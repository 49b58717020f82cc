/**
 * The timeline: all events of the run in a list, the current one marked. Click or arrow keys go to an event.
 *
 * Only the rows in view exist; the focus stays on the list itself and `aria-activedescendant` names the current row.
 */
import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { EventKind, EventView } from '../../src/protocol/view-model.ts';
import { EventPages } from '../event-pages.ts';
import type { SessionController } from '../session-controller.ts';
import { words } from '../texts.ts';
import { tokens } from './styles.ts';

/** Height of a row in pixels; the style below has the same. */
const rowPx = 22;

/** Rows drawn beyond the viewport on either side. */
const overscanRows = 12;

/** Milliseconds of quiet after a key before a search begins. */
const typingMs = 150;

const kinds: readonly EventKind[] = [
  'malloc',
  'syscall',
  'page-fault',
  'output',
  'wait',
  'signal',
  'process',
];

/** A letter for each kind: colour alone would not do. */
const letters: Readonly<Record<EventKind, string>> = {
  malloc: 'M',
  syscall: 'S',
  'page-fault': 'F',
  output: 'O',
  wait: 'W',
  signal: 'H',
  process: 'P',
};

@customElement('mem-timeline')
export class MemTimeline extends LitElement {
  static override readonly styles = [
    tokens,
    css`
      :host {
        position: fixed;
        inset: 0;
        display: flex;
        flex-direction: column;
        background: var(--vscode-sideBar-background, var(--atlas-background));
        color: var(--atlas-text);
        font: var(--atlas-font-size) / 1.4 var(--atlas-sans);
      }
      .kinds {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        padding: 6px 10px;
        border-block-end: 1px solid var(--atlas-line);
      }
      .kind {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        padding: 1px 7px 1px 3px;
        border: 1px solid var(--atlas-line);
        border-radius: 10px;
        background: none;
        color: var(--atlas-dim);
        font: inherit;
        font-size: 0.9em;
        cursor: pointer;
      }
      .kind[aria-pressed='true'] {
        border-color: var(--tint);
        color: var(--atlas-text);
      }
      .kind[aria-pressed='false'] .letter {
        opacity: 0.45;
      }
      .kind:focus-visible {
        outline: 1px solid var(--atlas-focus);
        outline-offset: 1px;
      }
      main {
        display: flex;
        flex: 1;
        flex-direction: column;
        min-block-size: 0;
      }
      .list {
        position: relative;
        flex: 1;
        min-block-size: 0;
        overflow: hidden auto;
        outline: none;
      }
      .row {
        display: grid;
        grid-template-columns: 4ch 1.4em minmax(0, 1fr) auto;
        gap: 0.5em;
        align-items: center;
        box-sizing: border-box;
        block-size: 22px;
        padding-inline: 6px 10px;
        overflow: hidden;
        font-family: var(--atlas-mono);
        font-size: 0.94em;
        white-space: nowrap;
        cursor: pointer;
      }
      .thread {
        margin-inline-end: 0.6em;
        color: var(--atlas-dim);
      }
      .query {
        flex: 1 1 9em;
        min-inline-size: 6em;
        padding: 2px 6px;
        border: 1px solid var(--vscode-input-border, var(--atlas-line));
        border-radius: 2px;
        background: var(--vscode-input-background, transparent);
        color: var(--vscode-input-foreground, inherit);
        font: inherit;
      }
      .query:focus {
        outline: 1px solid var(--atlas-focus);
        outline-offset: -1px;
      }
      .none {
        margin: 0;
        padding: 0.8em 1.2em;
        color: var(--atlas-dim);
      }
      .row:hover {
        background: var(--atlas-hover);
      }
      .row.future {
        color: var(--atlas-dim);
      }
      .row[aria-selected='true'] {
        background: var(
          --vscode-list-inactiveSelectionBackground,
          color-mix(in srgb, var(--atlas-blue) 20%, transparent)
        );
        color: var(--vscode-list-inactiveSelectionForeground, var(--atlas-text));
        box-shadow: inset 3px 0 0 var(--atlas-blue);
        outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      .list:focus .row[aria-selected='true'] {
        background: var(--vscode-list-activeSelectionBackground, var(--atlas-blue));
        color: var(--vscode-list-activeSelectionForeground, #fff);
      }
      .list:focus-visible .row[aria-selected='true'] {
        outline: 1px solid var(--vscode-list-focusOutline, var(--atlas-focus));
      }
      .number,
      .line {
        color: var(--atlas-dim);
        font-size: 0.92em;
        text-align: end;
      }
      .row[aria-selected='true'] :is(.number, .line) {
        color: inherit;
      }
      .letter {
        display: inline-grid;
        place-items: center;
        box-sizing: border-box;
        inline-size: 1.35em;
        block-size: 1.35em;
        border: 1px solid var(--tint);
        border-radius: 3px;
        background: color-mix(in srgb, var(--tint) 24%, transparent);
        font: 600 0.85em / 1 var(--atlas-mono);
      }
      [data-event='malloc'] {
        --tint: var(--atlas-green);
      }
      [data-event='syscall'] {
        --tint: var(--atlas-blue);
      }
      [data-event='page-fault'] {
        --tint: var(--atlas-orange);
      }
      [data-event='output'] {
        --tint: var(--atlas-purple);
      }
      [data-event='signal'] {
        --tint: var(--atlas-red);
      }
      [data-event='wait'],
      [data-event='process'] {
        --tint: var(--atlas-gray);
      }
      .text {
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .inner .text {
        padding-inline-start: 1.6ch;
      }
      .leak {
        display: inline-grid;
        place-items: center;
        inline-size: 1.35em;
        margin-inline-end: 0.4em;
        border: 1px solid currentcolor;
        border-radius: 3px;
        color: var(--atlas-red);
        font: 600 0.95em / 1.2 var(--atlas-mono);
      }
      .row[aria-selected='true'] .leak {
        color: inherit;
      }
      .row.partner {
        outline: 1px dashed var(--atlas-focus);
        outline-offset: -1px;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        gap: 0.2em 0.8em;
        padding: 4px 10px;
        border-block-start: 1px solid var(--atlas-line);
        color: var(--atlas-dim);
        font-size: 0.92em;
      }
      .link {
        padding: 0;
        border: 0;
        background: none;
        color: var(--vscode-textLink-foreground, var(--atlas-blue));
        font: inherit;
        text-decoration: underline;
        cursor: pointer;
      }
      .link:focus-visible {
        outline: 1px solid var(--atlas-focus);
        outline-offset: 1px;
      }
      .empty {
        padding: 1em 1.2em;
        color: var(--atlas-dim);
        line-height: 1.5;
      }
      .action {
        margin-block-start: 0.8em;
        padding: 0.35em 1.1em;
        border: 1px solid var(--vscode-button-border, transparent);
        border-radius: 2px;
        background: var(--vscode-button-background, var(--atlas-blue));
        color: var(--vscode-button-foreground, #fff);
        font: inherit;
        cursor: pointer;
      }
      .action:hover {
        background: var(--vscode-button-hoverBackground, var(--atlas-blue));
      }
    `,
  ];

  @query('.list') private accessor list: HTMLElement | null = null;
  @state() private accessor version = 0;
  /** What the events are searched for. */
  @state() private accessor query = '';
  @state() private accessor shown: ReadonlySet<EventKind> = new Set(kinds);
  /** Whether the number of rows is known. */
  @state() private accessor isCounted = false;
  /** Row of the current event among the listed ones. */
  @state() private accessor currentRow = -1;

  #session: SessionController | undefined;
  #stopListening: (() => void) | undefined;
  #pages: EventPages | undefined;
  /** The run that the pages belong to. */
  #generation: number | undefined;
  #index = -1;
  #scrollTop = 0;
  #height = 0;
  #resize: ResizeObserver | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;
  /** Spacers above and below the drawn rows; their heights are set by CSSOM, inline styles are forbidden. */
  #above = 0;
  #below = 0;

  /** Gives the timeline its session. */
  connect(session: SessionController): void {
    this.#stopListening?.();
    this.#session = session;
    this.#stopListening = session.store.listen(() => {
      this.#follow();
    });
    this.#follow();
  }

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
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#pages?.close();
  }

  /** Takes what the store has: a new run starts anew, a step moves the mark. */
  #follow(): void {
    const store = this.#session?.store;
    const snapshot = store?.snapshot;
    if (store === undefined || snapshot === undefined) {
      this.#pages?.close();
      this.#pages = undefined;
      this.#generation = undefined;
      this.#index = -1;
      this.currentRow = -1;
    } else {
      if (this.#pages === undefined || this.#generation !== store.generation) {
        this.#generation = store.generation;
        this.#startPages();
      }
      if (this.#index !== snapshot.position.index) {
        this.#index = snapshot.position.index;
        void this.#findCurrentRow();
      }
    }
    this.version += 1;
  }

  #startPages(): void {
    const session = this.#session;
    this.#pages?.close();
    if (session === undefined) return;
    const wanted =
      this.shown.size === kinds.length ? undefined : kinds.filter((kind) => this.shown.has(kind));
    this.#pages = new EventPages(
      (params) => session.events(params),
      { kinds: wanted, query: this.query },
      () => {
        this.version += 1;
      },
    );
    this.#index = -1;
  }

  async #findCurrentRow(): Promise<void> {
    const pages = this.#pages;
    const index = this.#index;
    if (pages === undefined) return;
    try {
      const row = await pages.rowOf(index);
      if (pages !== this.#pages || index !== this.#index) return;
      this.isCounted = true;
      this.currentRow = row;
      this.#scrollTo(row);
    } catch {
      // The run is over; the store says so too.
    }
  }

  #scrollTo(row: number): void {
    const { list } = this;
    if (list === null || row < 0) return;
    const top = row * rowPx;
    if (top < list.scrollTop) list.scrollTop = Math.max(0, top - rowPx * 2);
    else if (top + rowPx > list.scrollTop + list.clientHeight) {
      this.version += 1;
      void this.updateComplete.then(() => {
        list.scrollTop = top + rowPx * 3 - list.clientHeight;
      });
    }
  }

  #measure(): void {
    const { list } = this;
    if (list === null) return;
    if (this.#scrollTop === list.scrollTop && this.#height === list.clientHeight) return;
    this.#scrollTop = list.scrollTop;
    this.#height = list.clientHeight;
    this.version += 1;
  }

  protected override updated(_changed: PropertyValues): void {
    const above = this.renderRoot.querySelector<HTMLElement>('.above');
    const below = this.renderRoot.querySelector<HTMLElement>('.below');
    if (above !== null) above.style.blockSize = `${this.#above}px`;
    if (below !== null) below.style.blockSize = `${this.#below}px`;
    this.#measure();
  }

  protected override render(): TemplateResult {
    const texts = words();
    const pages = this.#pages;
    if (pages === undefined) {
      return html`<div class="empty">
        <div>${texts.timelineEmpty}</div>
        <button type="button" class="action" @click=${this.#run}>${texts.run}</button>
      </div>`;
    }
    return html`
      <div class="kinds" role="region" aria-label=${texts.showKinds}>
        ${kinds.map((kind) => this.#renderKind(kind))}
        <input
          type="search"
          class="query"
          .value=${this.query}
          placeholder=${texts.filterEvents}
          aria-label=${texts.filterEvents}
          title=${texts.filterEventsHint}
          @input=${this.#onQuery}
          @keydown=${this.#onQueryKey}
        />
      </div>
      <main>
        <div
          class="list"
          role="listbox"
          tabindex="0"
          aria-label=${texts.timeline}
          aria-activedescendant=${this.currentRow < 0 ? nothing : `row-${this.currentRow}`}
          @scroll=${this.#measure}
          @keydown=${this.#onKey}
          @click=${this.#onClick}
        >
          ${this.#renderRows(pages)}
        </div>
        ${
          this.query !== '' && this.isCounted && pages.total === 0
            ? html`<p class="none" role="status">${texts.noSuchEvent}</p>`
            : nothing
        }
      </main>
      ${this.#renderLinks(pages)}
    `;
  }

  readonly #onQuery = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      this.#search(value);
    }, typingMs);
  };

  /** Enter searches at once and goes to the list, Escape gives everything back. */
  readonly #onQueryKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    const input = event.target as HTMLInputElement;
    if (event.key === 'Escape') input.value = '';
    clearTimeout(this.#typing);
    this.#search(input.value);
    if (event.key === 'Enter') this.list?.focus();
  };

  #search(query: string): void {
    if (query.trim() === this.query) return;
    this.query = query.trim();
    this.isCounted = false;
    this.#startPages();
    this.#follow();
  }

  /** The current event's counterpart: what freed its block, what allocated it. */
  #renderLinks(pages: EventPages): TemplateResult | typeof nothing {
    const { freedBy, allocatedBy } = this.#currentEvent(pages) ?? {};
    if (freedBy === undefined && allocatedBy === undefined) return nothing;
    const texts = words();
    return html`<footer aria-live="polite">
      ${allocatedBy === undefined ? nothing : this.#link(texts.allocatedBy(allocatedBy + 1), allocatedBy)}
      ${
        freedBy === undefined
          ? nothing
          : freedBy === 'never'
            ? html`<span>${leakMark()}${texts.neverFreed}</span>`
            : this.#link(texts.freedBy(freedBy + 1), freedBy)
      }
    </footer>`;
  }

  #link(text: string, index: number): TemplateResult {
    const go = (): void => {
      void this.#session?.seek(index);
    };
    return html`<button type="button" class="link" data-index=${index} @click=${go}>${text}</button>`;
  }

  #currentEvent(pages: EventPages): EventView | undefined {
    return this.currentRow < 0 ? undefined : pages.row(this.currentRow);
  }

  #renderKind(kind: EventKind): TemplateResult {
    const texts = words();
    const name = texts.eventKinds[kind];
    const toggle = (): void => {
      const shown = new Set(this.shown);
      if (!shown.delete(kind)) shown.add(kind);
      // An empty list would be a dead end: the last kind stays.
      if (shown.size === 0) return;
      this.shown = shown;
      this.#startPages();
      this.#follow();
    };
    return html`<button
      type="button"
      class="kind"
      data-event=${kind}
      aria-pressed=${this.shown.has(kind) ? 'true' : 'false'}
      title=${texts.showKind(name)}
      @click=${toggle}
    >
      <span class="letter" aria-hidden="true">${letters[kind]}</span>${name}
    </button>`;
  }

  #renderRows(pages: EventPages): TemplateResult {
    const first = Math.max(0, Math.floor(this.#scrollTop / rowPx) - overscanRows);
    const wanted = Math.ceil((this.#scrollTop + Math.max(this.#height, rowPx)) / rowPx) + overscanRows;
    // The first look at a page tells how many rows there are.
    const firstRow = pages.row(first);
    const end = Math.min(pages.total, wanted);
    this.#above = first * rowPx;
    this.#below = Math.max(0, (pages.total - end) * rowPx);
    if (firstRow === undefined && pages.total === 0) return html``;
    const rows = Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
    return html`<div class="above"></div>
      ${repeat(
        rows,
        (row) => row,
        (row) => this.#renderRow(row, pages.row(row)),
      )}
      <div class="below"></div>`;
  }

  #renderRow(row: number, event: EventView | undefined): TemplateResult {
    // Where the current event is filtered out, no row is it: the last one before it only keeps the place.
    const isCurrent = row === this.currentRow && (event === undefined || event.index === this.#index);
    const classes = [
      'row',
      event?.parent === undefined ? '' : 'inner',
      row > this.currentRow ? 'future' : '',
      this.#isPartner(event) ? 'partner' : '',
    ].filter((name) => name !== '');
    return html`<div
      id="row-${row}"
      class=${classes.join(' ')}
      role="option"
      aria-selected=${isCurrent ? 'true' : 'false'}
      data-row=${row}
      data-event=${event?.kind ?? 'process'}
      title=${event?.text ?? ''}
    >
      ${
        event === undefined
          ? nothing
          : html`<span class="number">${event.index + 1}</span>
              <span class="letter" aria-label=${words().eventKinds[event.kind]}>${letters[event.kind]}</span>
              <span class="text">${threadMark(event)}${event.text}</span>
              <span class="line"
                >${event.freedBy === 'never' ? leakMark() : nothing}${event.place === undefined ? '' : `:${event.place.line}`}</span
              >`
      }
    </div>`;
  }

  /** Whether an event allocates what the current one frees, or frees what it allocates. */
  #isPartner(event: EventView | undefined): boolean {
    const current = this.#pages === undefined ? undefined : this.#currentEvent(this.#pages);
    if (event === undefined || current === undefined) return false;
    return event.index === current.freedBy || event.index === current.allocatedBy;
  }

  readonly #run = (): void => {
    this.#session?.run();
  };

  readonly #onClick = (event: MouseEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('.row')?.dataset.row;
    if (row !== undefined) this.#seekRow(Number(row));
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(this.#height / rowPx) - 1);
    const last = (this.#pages?.total ?? 0) - 1;
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: this.currentRow + 1,
      ArrowUp: this.currentRow - 1,
      PageDown: this.currentRow + page,
      PageUp: this.currentRow - page,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    if (target === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#seekRow(Math.min(Math.max(target, 0), last));
  };

  /** Goes to the event in a row. The mark moves at once, so that a key held down runs ahead of the answers. */
  #seekRow(row: number): void {
    const event = this.#pages?.row(row);
    if (event === undefined) return;
    this.currentRow = row;
    this.#index = event.index;
    this.#scrollTo(row);
    void this.#session?.seek(event.index);
  }
}

/** The mark of a block that is never freed. */
function leakMark(): TemplateResult {
  return html`<span class="leak" role="img" title=${words().neverFreed} aria-label=${words().neverFreed}
    >L</span
  >`;
}

/** Which thread an event happened in; nothing in runs of one thread. */
function threadMark({ thread }: EventView): TemplateResult | typeof nothing {
  if (thread === undefined) return nothing;
  const name = words().threadNumber(thread);
  return html`<span class="thread" title=${name} aria-label=${name}>T${thread}</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-timeline': MemTimeline;
  }
}
