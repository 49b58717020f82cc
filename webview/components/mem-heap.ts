/** The line above the chunks of a heap. */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../layout/format.ts';
import type { HeapRow } from '../layout/map-layout.ts';
import { words } from '../texts.ts';
import type { RowWidth } from './mem-vma.ts';
import { rowStyles } from './styles.ts';

@customElement('mem-heap')
export class MemHeap extends LitElement {
  static override readonly styles = [
    rowStyles,
    css`
      :host {
        block-size: var(--height-heap);
        color: var(--atlas-dim);
      }
      :host([data-width='wide']) {
        grid-template-columns: 13ch 7ch 12ch 8ch 132px minmax(0, 1fr);
        column-gap: 1.2ch;
      }
      :host([data-width='medium']) {
        grid-template-columns: 13ch 10ch 8ch 62px minmax(0, 1fr);
        column-gap: 1.2ch;
      }
      .cell {
        font-family: var(--atlas-sans);
        font-size: 0.9em;
      }
      .strong {
        font-weight: 600;
      }
      .warning {
        color: var(--atlas-text);
        border-inline-start: 3px solid var(--atlas-red);
        padding-inline-start: 0.5em;
      }
    `,
  ];

  @property({ attribute: false }) accessor row: HeapRow | undefined;
  @property({ attribute: false }) accessor room: RowWidth = 'wide';

  protected override render(): TemplateResult | typeof nothing {
    const heap = this.row?.heap;
    if (heap === undefined) return nothing;
    const texts = words();
    const summary = html`<span class="cell"
      ><span class="strong"
        >${this.row?.arena === 1 ? texts.heapTitle : texts.arenaTitle(String(this.row?.arena))}</span
      >
      ${texts.heapSummary(formatCount(heap.chunkCount), formatCount(heap.tcacheCount))}
      ${heap.isCut ? html`<span class="warning">${texts.heapCut}</span>` : nothing}</span
    >`;
    if (this.room === 'narrow') return summary;
    // The columns of the chunks below.
    return html`<span class="cell">${texts.chunk}</span>
      ${this.room === 'wide' ? html`<span class="cell end">${texts.prevSize}</span>` : nothing}
      <span class="cell">${texts.size}</span>
      <span class="cell end">${texts.columnBytes}</span>
      <span class="cell">${texts.columnUse}</span>
      ${summary}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-heap': MemHeap;
  }
}
