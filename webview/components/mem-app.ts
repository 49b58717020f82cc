/** The whole view: lays its parts out and joins them to the session. */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type {
  HexAddress,
  MapDetail,
  MarkView,
  MembersView,
  PlaceView,
  Snapshot,
} from '../../src/protocol/view-model.ts';
import { parseHex } from '../layout/hex.ts';
import type { MapRow, OpenStates } from '../layout/map-layout.ts';
import { layOutMap, layOutWhole, rowHolding } from '../layout/map-layout.ts';
import type { ImageFormat, Notifications } from '../../src/protocol/messages.ts';
import { MapDetails, noDetail } from '../map-details.ts';
import { wishOfBand } from '../zoom/tiles.ts';
import type { SessionController } from '../session-controller.ts';
import type { MapForm } from '../store.ts';
import { mapForms } from '../store.ts';
import { words } from '../texts.ts';
import type {
  ExportEvent,
  RevealEvent,
  FindWriteEvent,
  SeekEvent,
  SelectRowEvent,
  ShowEvent,
  StepEvent,
  ToggleRowEvent,
} from './events.ts';
import { RunEvent } from './events.ts';
import { shortName } from './drawing.ts';
import './mem-allocator.ts';
import './mem-details.ts';
import './mem-header.ts';
import './mem-legend.ts';
import './mem-map.ts';
import './mem-marks.ts';
import type { ReadMembers } from './mem-members.ts';
import './mem-output.ts';
import { stripId } from './mem-strip.ts';
import './mem-zoom.ts';
import { MediaQuery, shortPanel } from './media-query.ts';
import { tokens } from './styles.ts';

const noRows: readonly MapRow[] = [];

/** Marks by the face that made them, with the event that was shown then. */
type Marked = {
  readonly [By in Notifications['mark']['by']]?:
    (Notifications['mark'] & { readonly index: number | undefined }) | undefined;
};

/** Panels with room for the strip above the map. */
const tallPanel = matchMedia('(min-height: 1000px)');

@customElement('mem-app')
export class MemApp extends LitElement {
  static override readonly styles = [
    tokens,
    css`
      :host {
        position: fixed;
        inset: 0;
        display: flex;
        flex-direction: column;
        container-type: inline-size;
        background: var(--atlas-background);
        color: var(--atlas-text);
        font: var(--atlas-font-size) / 1.4 var(--atlas-sans);
      }
      .banner {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 1em;
        padding: 0.4em 1em;
        border-block-end: 1px solid var(--atlas-line);
        border-inline-start: 4px solid var(--atlas-red);
      }
      .progress {
        position: absolute;
        inset-inline: 0;
        inset-block-start: 0;
        z-index: 2;
        block-size: 2px;
        overflow: hidden;
      }
      .progress::before {
        position: absolute;
        inset-block: 0;
        inline-size: 30%;
        background: var(--vscode-progressBar-background, var(--atlas-blue));
        animation: progress 1.4s linear infinite;
        content: '';
      }
      @keyframes progress {
        from {
          inset-inline-start: -30%;
        }
        to {
          inset-inline-start: 100%;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .progress::before {
          inline-size: 100%;
          animation: none;
        }
      }
      .main {
        display: grid;
        flex: 1;
        grid-template-columns: minmax(0, 1fr) clamp(25em, 33cqi, 38em);
        min-block-size: 0;
      }
      .views {
        display: flex;
        flex-direction: column;
        min-block-size: 0;
        min-inline-size: 0;
      }
      .views > mem-zoom,
      .views > mem-map,
      .views > mem-allocator {
        flex: 1;
        min-block-size: 0;
      }
      [hidden] {
        display: none;
      }
      .tabs {
        display: flex;
        gap: 0.2em;
        padding: 0.25em 0.7em 0;
      }
      .tabs button {
        padding: 0.2em 0.9em;
        border: 0;
        border-block-end: 2px solid transparent;
        background: none;
        color: var(--atlas-dim);
        font: inherit;
        cursor: pointer;
      }
      .tabs button[aria-selected='true'] {
        border-block-end-color: var(--vscode-panelTitle-activeBorder, var(--atlas-focus));
        color: var(--atlas-text);
      }
      .tabs button:focus-visible {
        outline: 1px solid var(--atlas-focus);
        outline-offset: -1px;
      }
      .side {
        display: flex;
        flex-direction: column;
        gap: 1.2em;
        overflow: auto;
        padding: 0.8em 1em 1.2em;
        border-inline-start: 1px solid var(--atlas-line);
      }
      @container (max-width: 56em) {
        .main {
          grid-template-columns: minmax(0, 1fr);
          grid-template-rows: minmax(0, 1fr) minmax(8em, 34%);
        }
        .side {
          border-block-start: 1px solid var(--atlas-line);
          border-inline-start: 0;
        }
      }
      @container (max-width: 34em) {
        .side {
          padding-inline: 0.7em;
        }
      }
      @media (max-height: 480px) {
        .tabs {
          padding: 0;
        }
        .tabs button {
          padding: 0.1em 0.6em;
        }
      }
      @media (max-height: 480px) and (max-width: 800px) {
        .main {
          grid-template-rows: minmax(0, 1fr) minmax(4em, 24%);
        }
      }
      .empty {
        display: grid;
        flex: 1;
        align-content: center;
        justify-items: center;
        gap: 0.8em;
        padding: 1.5em;
        text-align: center;
      }
      .empty svg {
        inline-size: 84px;
        block-size: 84px;
        color: var(--atlas-dim);
      }
      .empty p {
        max-inline-size: 46ch;
        margin: 0;
        color: var(--atlas-dim);
        line-height: 1.55;
      }
      .empty h2 {
        margin: 0;
        font-size: 1.25em;
        font-weight: 600;
      }
      .action {
        padding: 0.4em 1.2em;
        border: 1px solid var(--vscode-button-border, transparent);
        border-radius: 4px;
        background: var(--vscode-button-background, var(--atlas-blue));
        color: var(--vscode-button-foreground, #fff);
        font: inherit;
        cursor: pointer;
      }
      .action:hover {
        background: var(--vscode-button-hoverBackground, var(--vscode-button-background, var(--atlas-blue)));
      }
      .action:focus-visible {
        outline: 1px solid var(--atlas-focus);
        outline-offset: 2px;
      }
      .spoken {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        overflow: hidden;
        clip-path: inset(50%);
        white-space: nowrap;
      }
    `,
  ];

  readonly #short = new MediaQuery(this, shortPanel);

  /** Counts what the store told, so that one number re-renders the app. */
  @state() private accessor version = 0;

  /** What the editor and a comparison mark in the map; a comparison is true of the event that it was shown at. */
  @state() private accessor marked: Marked = {};

  #session: SessionController | undefined;
  #stopListening: (() => void) | undefined;
  /** Grows with each new snapshot: children compare it, not the snapshot. */
  #moment = 0;
  /** Parts of the map that no snapshot carries. */
  #details: MapDetails<MapDetail> | undefined;
  /** The inside of objects, for the picture. */
  #members: MapDetails<MembersView> | undefined;
  #layout:
    | {
        readonly snapshot: Snapshot;
        readonly open: OpenStates;
        readonly details: number | undefined;
        readonly rows: readonly MapRow[];
      }
    | undefined;
  /** The snapshot that was drawn last. */
  #taken: Snapshot | undefined;
  #allMarks: readonly MarkView[] = [];
  #chosenPlace: PlaceView | undefined;
  /** The place that the editor marks. */
  #toldPlace = '';
  /** The run that the details are of. */
  #generation: number | undefined;

  /** Gives the app its session; the app draws what its store holds. */
  connect(session: SessionController): void {
    this.#stopListening?.();
    this.#session = session;
    const onChange = (): void => {
      this.version += 1;
    };
    this.#details = new MapDetails((params) => session.mapDetail(params), onChange, noDetail);
    const none = { objects: [], isCut: false };
    this.#members = new MapDetails((params) => session.members(params), onChange, none);
    session.onExport = this.#onExport;
    session.onShow = this.#onShow;
    session.onMark = this.#onMark;
    this.#listen();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listen();
    this.addEventListener('atlas-select', this.#onSelect);
    this.addEventListener('atlas-toggle', this.#onToggle);
    this.addEventListener('atlas-reveal', this.#onReveal);
    this.addEventListener('atlas-step', this.#onStep);
    this.addEventListener('atlas-seek', this.#onSeek);
    this.addEventListener('atlas-find-write', this.#onFindWrite);
    this.addEventListener('atlas-run', this.#onRun);
    this.addEventListener('atlas-show', this.#onShowAddress);
    this.addEventListener('atlas-clear-marks', this.#onClearMarks);
    this.addEventListener('atlas-export', this.#onExportButton);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.removeEventListener('atlas-select', this.#onSelect);
    this.removeEventListener('atlas-toggle', this.#onToggle);
    this.removeEventListener('atlas-reveal', this.#onReveal);
    this.removeEventListener('atlas-step', this.#onStep);
    this.removeEventListener('atlas-seek', this.#onSeek);
    this.removeEventListener('atlas-find-write', this.#onFindWrite);
    this.removeEventListener('atlas-run', this.#onRun);
    this.removeEventListener('atlas-show', this.#onShowAddress);
    this.removeEventListener('atlas-clear-marks', this.#onClearMarks);
    this.removeEventListener('atlas-export', this.#onExportButton);
  }

  protected override render(): TemplateResult {
    const store = this.#session?.store;
    const snapshot = store?.snapshot;
    return html`
      ${
        store?.progress === undefined
          ? nothing
          : html`<div class="progress" role="progressbar" aria-label=${store.progress}></div>`
      }
      ${snapshot === undefined ? this.#renderAbsence() : this.#renderSnapshot(snapshot)}
      <div class="spoken" role="status" aria-live="polite">${this.#spoken(snapshot)}</div>
    `;
  }

  protected override updated(): void {
    this.#tellPlace(this.#chosenPlace);
  }

  #renderSnapshot(snapshot: Snapshot): TemplateResult {
    const session = this.#session;
    const rows = this.#rows(snapshot);
    // With everything open: what the picture shows can be selected although its row is closed in the table.
    const whole = layOutWhole(snapshot);
    const current = currentRow(snapshot, whole);
    const selected = session?.store.ui.selected;
    const chosen = selected === undefined ? undefined : this.#rowOf(selected, whole, rows);
    const view = session?.store.ui.view ?? 'picture';
    const comparison = this.#comparison(snapshot);
    this.#chosenPlace = chosen === undefined ? undefined : placeOf(chosen);
    return html`
      ${this.#renderFailure()}
      <header>
        <mem-header
          .snapshot=${snapshot}
          .previous=${session?.store.countersBefore}
          .run=${session?.store.generation}
          .isStripOpen=${session?.store.ui.open.get(stripId) ?? tallPanel.matches}
          .readHistory=${this.#readHistory}
          >${this.#short.matches ? this.#renderTabs() : nothing}</mem-header
        >
      </header>
      <div class="main">
        <div class="views" role="main">
          ${this.#short.matches ? nothing : this.#renderTabs()}
          <mem-zoom
            ?hidden=${view !== 'picture'}
            .snapshot=${snapshot}
            .moment=${this.#moment}
            .selectedId=${chosen?.id}
            .currentId=${current?.id}
            .readMemory=${this.#readMemory}
            .details=${this.#details}
            .marks=${this.#marks(snapshot)}
            .readAllocator=${this.#readAllocator}
            .members=${this.#members}
            .detailVersion=${(this.#details?.version ?? 0) + (this.#members?.version ?? 0)}
          ></mem-zoom>
          <mem-map
            ?hidden=${view !== 'table'}
            .rows=${rows}
            .selectedId=${chosen?.id}
            .currentId=${current?.id}
            .moment=${this.#moment}
          ></mem-map>
          <mem-allocator
            ?hidden=${view !== 'allocator'}
            .isShown=${view === 'allocator'}
            .moment=${this.#moment}
            .mappings=${snapshot.mappings}
            .readAllocator=${this.#readAllocator}
            .forecastTrim=${this.#forecastTrim}
          ></mem-allocator>
        </div>
        <aside class="side" aria-label=${words().details}>
          <mem-marks ?hidden=${comparison === undefined} .marked=${comparison}></mem-marks>
          <mem-details
            .row=${chosen ?? current}
            .isChosen=${chosen !== undefined}
            .changed=${snapshot.changed}
            .moment=${this.#moment}
            .readMemory=${this.#readMemory}
            .readMembers=${this.#readMembers}
            .walkPages=${this.#walkPages}
            .near=${snapshot.position.index}
            .readCalls=${this.#readCalls}
          ></mem-details>
          <mem-output .output=${snapshot.output} .outcome=${snapshot.outcome}></mem-output>
          <mem-legend></mem-legend>
        </aside>
      </div>
    `;
  }

  /** The picture and the table are two forms of the same facts; the third view looks into malloc. */
  #renderTabs(): TemplateResult {
    const texts = words();
    const shown = this.#session?.store.ui.view ?? 'picture';
    const tab = (view: MapForm, label: string): TemplateResult =>
      html`<button
        type="button"
        role="tab"
        aria-selected=${String(view === shown)}
        tabindex=${view === shown ? 0 : -1}
        data-view=${view}
        @click=${() => this.#session?.store.show(view)}
      >
        ${label}
      </button>`;
    return html`<div class="tabs" role="tablist" aria-label=${texts.views} @keydown=${this.#onTabKey}>
      ${tab('picture', texts.picture)}${tab('table', texts.table)}${tab('allocator', texts.allocator)}
    </div>`;
  }

  #renderFailure(): TemplateResult | typeof nothing {
    const absence = this.#session?.store.absence;
    if (absence?.kind !== 'failed') return nothing;
    const texts = words();
    const dismiss = (): void => {
      this.#session?.store.forgetFailure();
    };
    return html`<div class="banner" role="alert">
      <span>${texts.requestFailed(absence.code, absence.message)}</span>
      <button type="button" class="action" @click=${dismiss}>${texts.dismiss}</button>
    </div>`;
  }

  #renderAbsence(): TemplateResult {
    const texts = words();
    const absence = this.#session?.store.absence ?? { kind: 'connecting' };
    switch (absence.kind) {
      case 'connecting':
        return html`<div class="empty"><p>${texts.connecting}</p></div>`;
      case 'empty':
        return html`<div class="empty">
          ${emblem}
          <h2>${texts.emptyTitle}</h2>
          <p>${texts.emptyHint}</p>
          <button type="button" class="action" @click=${this.#askToRun}>${texts.run}</button>
        </div>`;
      case 'failed':
        return html`<div class="empty" role="alert">
          <h2>${texts.failedTitle}</h2>
          <p>
            ${
              absence.code === 'version-mismatch'
                ? texts.versionMismatch
                : texts.requestFailed(absence.code, absence.message)
            }
          </p>
          <button type="button" class="action" @click=${this.#greet}>${texts.tryAgain}</button>
        </div>`;
    }
  }

  #rows(snapshot: Snapshot): readonly MapRow[] {
    const { store } = this.#session ?? {};
    const open = store?.ui.open ?? new Map<string, boolean>();
    const details = this.#details;
    if (this.#taken !== snapshot) {
      this.#taken = snapshot;
      this.#moment += 1;
      for (const known of [details, this.#members])
        if (this.#generation === store?.generation) known?.startMoment();
        else known?.clear();
      this.#generation = store?.generation;
    }
    // Nobody sees the rows of a table that is hidden.
    if (store?.ui.view !== 'table') {
      details?.wish('table', []);
      return noRows;
    }
    const isSame =
      this.#layout?.snapshot === snapshot &&
      this.#layout.open === open &&
      this.#layout.details === details?.version;
    if (this.#layout === undefined || !isSame) {
      const detailOf = (id: string): MapDetail | undefined => {
        const wish = wishOfBand(id);
        return wish === undefined ? undefined : details?.get(wish);
      };
      const rows = layOutMap({ ...snapshot, detailOf }, open);
      this.#layout = { snapshot, open, details: details?.version, rows };
      const wishes = rows.flatMap((row) => (row.kind === 'band' && row.isOpen === true ? row.id : []));
      details?.wish(
        'table',
        wishes.flatMap((id) => wishOfBand(id) ?? []),
      );
    }
    return this.#layout.rows;
  }

  /** A row by its id: of the moment, of what is open in the table, of what the picture shows. */
  #rowOf(id: string, ...lists: readonly (readonly MapRow[])[]): MapRow | undefined {
    for (const rows of lists) {
      const row = rows.find((one) => one.id === id);
      if (row !== undefined) return row;
    }
    return this.renderRoot.querySelector('mem-zoom')?.rowOf(id);
  }

  #spoken(snapshot: Snapshot | undefined): string {
    if (snapshot?.event === undefined) return '';
    const { index, count } = snapshot.position;
    return `${words().eventOf(index + 1, count)}: ${snapshot.event.text}. ${snapshot.event.detail}`;
  }

  #listen(): void {
    const session = this.#session;
    if (session === undefined || this.#stopListening !== undefined) return;
    this.#stopListening = session.store.listen(() => {
      this.version += 1;
    });
    this.requestUpdate();
  }

  readonly #readMemory = (start: HexAddress, length: number): ReturnType<SessionController['readMemory']> => {
    const session = this.#session;
    return session === undefined ? Promise.resolve({ pieces: [] }) : session.readMemory(start, length);
  };

  readonly #readMembers: ReadMembers = (params) => {
    const session = this.#session;
    return session === undefined ? Promise.resolve({ objects: [], isCut: false }) : session.members(params);
  };

  readonly #readCalls = async (
    address: HexAddress,
    near: number,
    count: number,
  ): ReturnType<SessionController['events']> => {
    const session = this.#session;
    if (session === undefined) throw new Error('no session');
    const asked = { kinds: ['malloc'] as const, near, query: address };
    const { row } = await session.events({ ...asked, from: 0, count: 1 });
    return session.events({ ...asked, from: Math.max(0, row - (count >> 1)), count });
  };

  readonly #walkPages = (address: HexAddress): ReturnType<SessionController['walk']> => {
    const session = this.#session;
    return session === undefined ? Promise.reject(new Error('no session')) : session.walk(address);
  };

  readonly #readHistory = (): ReturnType<SessionController['history']> => {
    const session = this.#session;
    return session === undefined ? Promise.reject(new Error('no session')) : session.history();
  };

  readonly #readAllocator = (): ReturnType<SessionController['allocator']> => {
    const session = this.#session;
    return session === undefined ? Promise.reject(new Error('no session')) : session.allocator();
  };

  readonly #forecastTrim = (): ReturnType<SessionController['forecastTrim']> => {
    const session = this.#session;
    return session === undefined ? Promise.reject(new Error('no session')) : session.forecastTrim();
  };

  /** Arrow keys go to the next tab, as in every tab list. */
  readonly #onTabKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const shown = mapForms.indexOf(this.#session?.store.ui.view ?? 'picture');
    const next = mapForms[(shown + step + mapForms.length) % mapForms.length];
    if (step === 0 || next === undefined) return;
    this.#session?.store.show(next);
    this.renderRoot.querySelector<HTMLElement>(`[data-view='${next}']`)?.focus();
  };
  /** Shows and selects something that another face names. */
  readonly #onShow = (text: string): void => {
    this.renderRoot.querySelector('mem-zoom')?.show(text);
  };
  readonly #onMark = (marked: Notifications['mark']): void => {
    const index = this.#session?.store.snapshot?.position.index;
    this.marked = { ...this.marked, [marked.by]: { ...marked, index } };
  };
  readonly #onShowAddress = (event: ShowEvent): void => {
    this.#onShow(event.address);
  };
  readonly #onClearMarks = (): void => {
    this.marked = { editor: this.marked.editor };
  };

  /** The comparison, while the moment is the one that it was shown at. */
  #comparison(snapshot: Snapshot): Notifications['mark'] | undefined {
    const { comparison } = this.marked;
    return comparison?.title !== '' && comparison?.index === snapshot.position.index ? comparison : undefined;
  }

  /** All marks, the same list while they are the same. */
  #marks(snapshot: Snapshot): readonly MarkView[] {
    const parts = [this.#comparison(snapshot)?.marks ?? [], this.marked.editor?.marks ?? []];
    const all = parts.flat();
    if (all.length !== this.#allMarks.length || all.some((mark, at) => mark !== this.#allMarks[at]))
      this.#allMarks = all;
    return this.#allMarks;
  }

  /** Marks the place of what was chosen in the editor. */
  #tellPlace(place: PlaceView | undefined): void {
    const session = this.#session;
    const key = place === undefined ? '' : `${place.file}:${String(place.line)}:${String(place.column)}`;
    if (session === undefined || key === this.#toldPlace) return;
    this.#toldPlace = key;
    session.markPlace(place);
  }

  /** Draws what the map shows as a file and has it saved. */
  readonly #onExport = (format: ImageFormat, scale = 1): void => {
    const map = this.renderRoot.querySelector('mem-zoom');
    const { snapshot } = this.#session?.store ?? {};
    if (map === null || snapshot === undefined) return;
    const file = shortName(snapshot.program.name).replace(/\.c$/, '');
    const name = `${file}-${String(snapshot.position.index + 1)}`;
    void map.draw(format, scale).then((data) => {
      if (data !== undefined) this.#session?.saveImage({ format, name, data });
    });
  };
  readonly #onExportButton = (event: ExportEvent): void => {
    this.#onExport(event.format);
  };
  readonly #onSelect = (event: SelectRowEvent): void => {
    this.#session?.store.select(event.rowId);
  };
  readonly #onToggle = (event: ToggleRowEvent): void => {
    this.#session?.store.setOpen(event.rowId, event.isOpen);
  };
  readonly #onReveal = (event: RevealEvent): void => {
    this.#session?.reveal(event.place);
  };
  readonly #onStep = (event: StepEvent): void => {
    this.#session?.step(event.kind, event.count);
  };
  readonly #onSeek = (event: SeekEvent): void => {
    void this.#session?.seek(event.index);
  };
  readonly #onFindWrite = ({ address, direction }: FindWriteEvent): void => {
    this.#session?.findWrite(address, direction);
  };
  readonly #onRun = (): void => {
    this.#session?.run();
  };
  readonly #askToRun = (): void => {
    this.dispatchEvent(new RunEvent());
  };
  readonly #greet = (): void => {
    void this.#session?.greet();
  };
}

/** Where in the source a row comes from: the call that allocated or freed a chunk, the declaration of an object. */
function placeOf(row: MapRow): PlaceView | undefined {
  if (row.kind === 'chunk') return row.chunk.place;
  if (row.kind === 'object') return row.object.place;
  return row.kind === 'frame' ? row.frame.place : undefined;
}

/** The innermost row that the current event is about. */
function currentRow(snapshot: Snapshot, rows: readonly MapRow[]): MapRow | undefined {
  const address = snapshot.event?.address;
  return address === undefined ? undefined : rows[rowHolding(rows, parseHex(address))];
}

/** The sign of the extension: mappings in an address space. */
const emblem = html`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true">
  <rect x="5" y="2.5" width="14" height="4" rx="1" />
  <path d="M8 9.5 L10 8.5 L12 9.5 L14 8.5 L16 9.5" />
  <rect x="5" y="11.5" width="14" height="4" rx="1" />
  <rect x="5" y="17.5" width="14" height="4" rx="1" />
</svg>`;

declare global {
  interface HTMLElementTagNameMap {
    'mem-app': MemApp;
  }
}
