/**
 * The memory map: a tree of rows from high to low addresses. Only the rows in view exist; the focus stays on the tree
 * itself and `aria-activedescendant` names the chosen row, so that scrolling a row away does not lose the focus.
 */
import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { unreachable } from '../../src/base/assert.ts';
import { factsOf, residentText } from '../facts.ts';
import { bandText } from '../zoom/bands.ts';
import { formatSize } from '../layout/format.ts';
import { toHex } from '../layout/hex.ts';
import type { MapRow, RowKind } from '../layout/map-layout.ts';
import { parentOf, rowHeight } from '../layout/map-layout.ts';
import type { RowOffsets } from '../layout/row-window.ts';
import { offsetsOf, rowAt, scrollTopFor, windowOf } from '../layout/row-window.ts';
import { words } from '../texts.ts';
import { SelectRowEvent, ToggleRowEvent } from './events.ts';
import './mem-band.ts';
import './mem-chunk.ts';
import './mem-gap.ts';
import './mem-heap.ts';
import './mem-section.ts';
import './mem-stack.ts';
import './mem-vma.ts';
import type { RowWidth } from './mem-vma.ts';
import { kindColours } from './styles.ts';

const overscanPx = 240;
const rowKinds: readonly RowKind[] = [
  'mapping',
  'gap',
  'section',
  'object',
  'heap',
  'chunk',
  'band',
  'frame',
  'variable',
];

@customElement('mem-map')
export class MemMap extends LitElement {
  static override readonly styles = [
    kindColours,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-block-size: 0;
      }
      .head {
        display: grid;
        grid-template-columns:
          2em 27ch 5ch 10ch minmax(0, 1fr) 168px
          8ch;
        padding-inline: 3.35em 10px;
        padding-block: 0.3em;
        border-block-end: 1px solid var(--atlas-line);
        color: var(--atlas-dim);
        font-family: var(--atlas-mono);
      }
      .head span {
        font-family: var(--atlas-sans);
        font-size: 0.9em;
      }
      .head.medium {
        grid-template-columns: 2em 14ch 5ch 10ch minmax(0, 1fr) 80px 7ch;
      }
      .head .end {
        padding-inline-end: 2ch;
        text-align: end;
      }
      .tree {
        position: relative;
        flex: 1;
        min-block-size: 0;
        overflow: hidden auto;
        overflow-anchor: none;
        outline: none;
      }
      .edge {
        padding: 0.35em 1.6em 0.35em 3.35em;
        color: var(--atlas-dim);
        font-size: 0.9em;
      }
      .row {
        --spine: var(--kind, transparent);
      }
      .row::before {
        position: absolute;
        inset-block: 0;
        inset-inline-start: 1.15em;
        inline-size: 5px;
        background: var(--spine);
        content: '';
      }
      .row[data-level='2']::before,
      .row[data-level='3']::before,
      .row[data-level='4']::before,
      .row[data-level='5']::before {
        background: color-mix(in srgb, var(--spine) 45%, transparent);
      }
      .row[data-row='gap']::before {
        inset-inline-start: calc(1.15em + 2px);
        inline-size: 0;
        border-inline-start: 1px dotted var(--atlas-dim);
        background: none;
      }
      .row:hover {
        background: var(--atlas-hover);
      }
      .row.current {
        background: color-mix(in srgb, var(--atlas-changed) 13%, transparent);
      }
      .row.selected {
        background: var(
          --vscode-list-inactiveSelectionBackground,
          color-mix(in srgb, var(--atlas-focus) 16%, transparent)
        );
        outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      .tree:focus-visible .row.selected {
        outline: 1px solid var(--atlas-focus);
        outline-offset: -1px;
      }
      .tree:focus-visible {
        box-shadow: inset 0 0 0 1px var(--atlas-focus);
      }
      .row::after {
        position: absolute;
        inset-block: 0;
        inset-inline-start: 0;
        display: grid;
        place-items: center;
        inline-size: 1.5em;
        color: var(--atlas-changed);
        font-size: 0.75em;
        letter-spacing: -0.1em;
        content: '';
      }
      .row.changed::after {
        content: '●' / '';
      }
      .row.current::after {
        color: var(--atlas-text);
        content: '▶' / '';
      }
      .row.changed.current::after {
        color: var(--atlas-changed);
        content: '▶●' / '';
      }
      .row.flash-a {
        animation: flash-a 1.1s ease-out;
      }
      .row.flash-b {
        animation: flash-b 1.1s ease-out;
      }
      @keyframes flash-a {
        from {
          background: color-mix(in srgb, var(--atlas-changed) 45%, transparent);
        }
      }
      @keyframes flash-b {
        from {
          background: color-mix(in srgb, var(--atlas-changed) 45%, transparent);
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .row.flash-a,
        .row.flash-b {
          animation: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor rows: readonly MapRow[] = [];
  @property({ attribute: false }) accessor selectedId: string | undefined;
  /** Row that the current event is about. */
  @property({ attribute: false }) accessor currentId: string | undefined;
  /** Changes with each moment shown: then the current row is brought into view. */
  @property({ attribute: false }) accessor moment = 0;

  @state() private accessor viewTop = 0;
  @state() private accessor viewWidth = 0;
  @state() private accessor viewHeight = 0;

  @query('.tree') private accessor tree!: HTMLElement;
  @query('.room') private accessor roomElement!: HTMLElement;

  #offsets: RowOffsets = offsetsOf([], () => 0);
  #fontPx = 13;
  /** The row brought into view last, and whether the user has left it there. */
  #target: string | undefined;
  #isTargetInView = false;
  #observer: ResizeObserver | undefined;
  /** The uppermost row in view before an update, so that it can be kept in its place. */
  #anchor: { readonly id: string; readonly below: number } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new ResizeObserver(() => {
      this.#measure();
    });
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  get room(): RowWidth {
    const ems = this.viewWidth / this.#fontPx;
    return ems === 0 || ems >= 66 ? 'wide' : ems >= 44 ? 'medium' : 'narrow';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('rows') && !(changed as Map<string, unknown>).has('viewWidth')) return;
    if (this.hasUpdated) this.#dropAnchor(changed.get('rows') ?? this.rows);
    const isNarrow = this.room === 'narrow';
    for (const kind of rowKinds) {
      this.style.setProperty(`--height-${kind}`, `${this.#heightOf(kind, isNarrow)}px`);
    }
    this.#offsets = offsetsOf(this.rows, (row) => this.#heightOf(row.kind, isNarrow));
  }

  protected override render(): TemplateResult {
    const texts = words();
    const selected = this.rows.findIndex((row) => row.id === this.selectedId);
    return html`
      ${this.room === 'narrow' ? nothing : this.#head()}
      <div
        class="tree"
        role="tree"
        tabindex="0"
        aria-label=${texts.map}
        aria-activedescendant=${selected < 0 ? nothing : rowElementId(selected)}
        @scroll=${this.#onScroll}
        @wheel=${this.#letGo}
        @pointerdown=${this.#letGo}
        @keydown=${this.#onKeyDown}
        @click=${this.#onClick}
        @dblclick=${this.#onDoubleClick}
      >
        <div class="room" role="none">
          ${repeat(
            this.#visibleRows(),
            ([row]) => row.id,
            ([row, index]) => this.#renderRow(row, index),
          )}
        </div>
      </div>
    `;
  }

  protected override firstUpdated(): void {
    this.#measure();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const shown = this.#window();
    this.roomElement.style.paddingBlock = `${shown.above}px ${shown.below}px`;
    if (changed.has('rows')) this.#raiseAnchor();
    this.#follow(changed);
  }

  /** Brings into view what the update is about; on a change of size, what was in view before. */
  #follow(changed: PropertyValues<this>): void {
    const isFirst = this.#target === undefined;
    const isNewMoment = changed.has('moment') && this.currentId !== undefined;
    // A page that comes back shows what was selected, a step what it changed.
    const target = isNewMoment && !isFirst ? this.currentId : (this.selectedId ?? this.currentId);
    if (isNewMoment || changed.has('selectedId')) {
      this.#target = target;
      this.#isTargetInView = true;
    }
    const names = ['moment', 'selectedId', 'rows', 'viewWidth', 'viewHeight'];
    const isMoved = names.some((name) => (changed as Map<string, unknown>).has(name));
    if (isMoved && this.#isTargetInView && this.#target !== undefined) this.#bringIntoView(this.#target);
  }

  #head(): TemplateResult {
    const texts = words();
    return html`<div class="head ${this.room}" aria-hidden="true">
      <span></span><span>${texts.columnAddress}</span><span>${texts.columnPermissions}</span
      ><span class="end">${texts.columnSize}</span><span>${texts.columnName}</span
      ><span>${texts.columnPages}</span><span></span>
    </div>`;
  }

  #visibleRows(): readonly (readonly [MapRow, number])[] {
    const { first, end } = this.#window();
    return this.rows.slice(first, end).map((row, index) => [row, first + index] as const);
  }

  #window(): ReturnType<typeof windowOf> {
    // Before the first measurement a screenful is drawn.
    return windowOf(this.#offsets, this.viewTop, this.viewHeight || 800, overscanPx);
  }

  #renderRow(row: MapRow, index: number): TemplateResult {
    const isCurrent = row.id === this.currentId;
    const classes = [
      'row',
      row.isChanged ? 'changed' : '',
      row.isChanged ? (this.moment % 2 === 0 ? 'flash-a' : 'flash-b') : '',
      isCurrent ? 'current' : '',
      row.id === this.selectedId ? 'selected' : '',
    ].join(' ');
    const shared = {
      id: rowElementId(index),
      classes,
      expanded: row.isOpen === undefined ? nothing : row.isOpen ? 'true' : 'false',
      selected: row.id === this.selectedId ? 'true' : 'false',
      label: this.#label(row, isCurrent),
      kind: row.mappingKind ?? 'none',
    } as const;
    switch (row.kind) {
      case 'mapping':
        return html`<mem-vma
          id=${shared.id}
          class=${shared.classes}
          role="treeitem"
          aria-level=${row.level}
          aria-posinset=${row.posInSet}
          aria-setsize=${row.setSize}
          aria-expanded=${shared.expanded}
          aria-selected=${shared.selected}
          aria-label=${shared.label}
          data-index=${index}
          data-row=${row.kind}
          data-kind=${shared.kind}
          data-level=${row.level}
          data-width=${this.room}
          .row=${row}
          .room=${this.room}
        ></mem-vma>`;
      case 'gap':
        return html`<mem-gap
          id=${shared.id}
          class=${shared.classes}
          role="treeitem"
          aria-level=${row.level}
          aria-posinset=${row.posInSet}
          aria-setsize=${row.setSize}
          aria-selected=${shared.selected}
          aria-label=${shared.label}
          data-index=${index}
          data-row=${row.kind}
          data-level=${row.level}
          .row=${row}
        ></mem-gap>`;
      case 'section':
      case 'object':
        return html`<mem-section
          id=${shared.id}
          class=${shared.classes}
          role="treeitem"
          aria-level=${row.level}
          aria-posinset=${row.posInSet}
          aria-setsize=${row.setSize}
          aria-expanded=${shared.expanded}
          aria-selected=${shared.selected}
          aria-label=${shared.label}
          data-index=${index}
          data-row=${row.kind}
          data-kind=${shared.kind}
          data-level=${row.level}
          data-width=${this.room}
          .row=${row}
          .room=${this.room}
        ></mem-section>`;
      case 'heap':
        return html`<mem-heap
          id=${shared.id}
          class=${shared.classes}
          role="treeitem"
          aria-level=${row.level}
          aria-posinset=${row.posInSet}
          aria-setsize=${row.setSize}
          aria-selected=${shared.selected}
          aria-label=${shared.label}
          data-index=${index}
          data-row=${row.kind}
          data-kind=${shared.kind}
          data-level=${row.level}
          data-width=${this.room}
          .row=${row}
          .room=${this.room}
        ></mem-heap>`;
      case 'chunk':
        return html`<mem-chunk
          id=${shared.id}
          class=${shared.classes}
          role="treeitem"
          aria-level=${row.level}
          aria-posinset=${row.posInSet}
          aria-setsize=${row.setSize}
          aria-selected=${shared.selected}
          aria-label=${shared.label}
          data-index=${index}
          data-row=${row.kind}
          data-kind=${shared.kind}
          data-level=${row.level}
          data-width=${this.room}
          .row=${row}
          .room=${this.room}
        ></mem-chunk>`;
      case 'band':
        return html`<mem-band
          id=${shared.id}
          class=${shared.classes}
          role="treeitem"
          aria-level=${row.level}
          aria-posinset=${row.posInSet}
          aria-setsize=${row.setSize}
          aria-expanded=${shared.expanded}
          aria-selected=${shared.selected}
          aria-label=${shared.label}
          data-index=${index}
          data-row=${row.kind}
          data-kind=${shared.kind}
          data-level=${row.level}
          data-width=${this.room}
          .row=${row}
        ></mem-band>`;
      case 'frame':
      case 'variable':
        return html`<mem-stack
          id=${shared.id}
          class=${shared.classes}
          role="treeitem"
          aria-level=${row.level}
          aria-posinset=${row.posInSet}
          aria-setsize=${row.setSize}
          aria-expanded=${shared.expanded}
          aria-selected=${shared.selected}
          aria-label=${shared.label}
          data-index=${index}
          data-row=${row.kind}
          data-kind=${shared.kind}
          data-level=${row.level}
          data-width=${this.room}
          .row=${row}
          .room=${this.room}
        ></mem-stack>`;
      default:
        return unreachable(row);
    }
  }

  /** What a screen reader says of a row. */
  #label(row: MapRow, isCurrent: boolean): string {
    const texts = words();
    const facts = factsOf(row, texts);
    const parts = row.kind === 'band' ? [bandText(row.band, texts)] : [facts.title, facts.sort];
    if (row.kind === 'mapping') parts.push(row.mapping.permissions);
    if (row.kind === 'variable') parts.push(`${row.variable.type} = ${row.variable.value}`);
    if (row.kind !== 'heap') parts.push(formatSize(row.end - row.start), toHex(row.start));
    if (row.kind === 'mapping') parts.push(residentText(row, texts));
    if (row.isChanged) parts.push(texts.changed);
    if (isCurrent) parts.push(texts.current);
    return parts.filter((part) => part !== '').join(', ');
  }

  #heightOf(kind: RowKind, isNarrow: boolean): number {
    return Math.round(rowHeight(kind, isNarrow) * this.#fontPx);
  }

  #measure(): void {
    const size = Number.parseFloat(getComputedStyle(this).fontSize);
    if (Number.isFinite(size) && size > 0) this.#fontPx = size;
    this.viewWidth = this.clientWidth;
    this.viewHeight = this.tree.clientHeight;
  }

  #onScroll(): void {
    this.viewTop = this.tree.scrollTop;
  }

  /** From now on the view stays where the user puts it. */
  readonly #letGo = {
    handleEvent: (): void => {
      this.#isTargetInView = false;
    },
    passive: true,
  };

  #onClick(event: MouseEvent): void {
    const row = this.#rowOf(event);
    if (row === undefined) return;
    const isTwisty = event
      .composedPath()
      .some((target) => target instanceof Element && target.hasAttribute('data-twisty'));
    if (isTwisty) this.#toggle(row);
    else this.dispatchEvent(new SelectRowEvent(row.id));
  }

  #onDoubleClick(event: MouseEvent): void {
    const row = this.#rowOf(event);
    if (row !== undefined) this.#toggle(row);
  }

  #onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = this.rows.findIndex((row) => row.id === (this.selectedId ?? this.currentId));
    const row = this.rows[index];
    const last = this.rows.length - 1;
    const page = Math.max(
      1,
      rowAt(this.#offsets, this.viewTop + this.viewHeight) - rowAt(this.#offsets, this.viewTop),
    );
    switch (event.key) {
      case 'ArrowDown':
        this.#choose(index < 0 ? this.#firstInView() : index + 1);
        break;
      case 'ArrowUp':
        this.#choose(index < 0 ? this.#firstInView() : index - 1);
        break;
      case 'PageDown':
        this.#choose(Math.min(last, index + page));
        break;
      case 'PageUp':
        this.#choose(Math.max(0, index - page));
        break;
      case 'Home':
        this.#choose(0);
        break;
      case 'End':
        this.#choose(last);
        break;
      case 'ArrowRight':
        if (row?.isOpen === false) this.#toggle(row);
        else if (row?.isOpen === true) this.#choose(index + 1);
        break;
      case 'ArrowLeft':
        if (row?.isOpen === true) this.#toggle(row);
        else if (index >= 0) this.#choose(parentOf(this.rows, index));
        break;
      case 'Enter':
      case ' ':
        if (row !== undefined) this.#toggle(row);
        break;
      case 'Escape':
        this.dispatchEvent(new SelectRowEvent(undefined));
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  #choose(index: number): void {
    const row = this.rows[index];
    if (row !== undefined) this.dispatchEvent(new SelectRowEvent(row.id));
  }

  #toggle(row: MapRow): void {
    if (row.isOpen !== undefined) this.dispatchEvent(new ToggleRowEvent(row.id, !row.isOpen));
  }

  #firstInView(): number {
    return rowAt(this.#offsets, this.viewTop);
  }

  #rowOf(event: Event): MapRow | undefined {
    const element =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    return element === null ? undefined : this.rows[Number(element.dataset.index)];
  }

  /** Remembers what stands at the upper edge of the view, by the rows as they were. */
  #dropAnchor(rows: readonly MapRow[]): void {
    const index = rowAt(this.#offsets, this.viewTop);
    const row = rows[index];
    this.#anchor =
      row === undefined || this.viewTop === 0
        ? undefined
        : { id: row.id, below: this.viewTop - (this.#offsets[index] ?? 0) };
  }

  #raiseAnchor(): void {
    const anchor = this.#anchor;
    this.#anchor = undefined;
    if (anchor === undefined) return;
    const index = this.rows.findIndex((row) => row.id === anchor.id);
    if (index < 0) return;
    const top = (this.#offsets[index] ?? 0) + anchor.below;
    if (Math.abs(top - this.tree.scrollTop) >= 1) this.tree.scrollTop = top;
  }

  #bringIntoView(id: string): void {
    const index = this.rows.findIndex((row) => row.id === id);
    if (index < 0 || this.viewHeight === 0) return;
    const present = this.tree.scrollTop;
    const top = scrollTopFor(this.#offsets, index, present, this.viewHeight, this.viewHeight * 0.38);
    if (Math.abs(top - present) < 1) return;
    // A long way is jumped: drawing thousands of rows in passing helps nobody.
    const isFar = Math.abs(top - present) > 3 * this.viewHeight;
    const isCalm = isFar || matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.tree.scrollTo({ top, behavior: isCalm ? 'instant' : 'smooth' });
  }
}

function rowElementId(index: number): string {
  return `row-${index}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-map': MemMap;
  }
}
