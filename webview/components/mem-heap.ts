/** The line above the chunks of the brk heap. */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../layout/format.ts';
import type { HeapRow } from '../layout/map-layout.ts';
import { words } from '../texts.ts';
import { rowStyles } from './styles.ts';

@customElement('mem-heap')
export class MemHeap extends LitElement {
  static override readonly styles = [
    rowStyles,
    css`
      :host {
        block-size: var(--height-heap);
        font-family: var(--atlas-sans);
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

  protected override render(): TemplateResult | typeof nothing {
    const heap = this.row?.heap;
    if (heap === undefined) return nothing;
    const texts = words();
    const summary = texts.heapSummary(formatCount(heap.chunks.length), formatCount(heap.tcacheCount));
    return html`<span class="cell"
      ><span class="strong">${texts.heapTitle}</span> <span class="dim">${summary}</span> ${
        heap.isCut ? html`<span class="warning">${texts.heapCut}</span>` : nothing
      }</span
    >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-heap': MemHeap;
  }
}
