/** Addresses between two mappings, folded to one line. */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatSize } from '../layout/format.ts';
import type { GapRow } from '../layout/map-layout.ts';
import { words } from '../texts.ts';
import { rowStyles } from './styles.ts';

@customElement('mem-gap')
export class MemGap extends LitElement {
  static override readonly styles = [
    rowStyles,
    css`
      :host {
        block-size: var(--height-gap);
        grid-template-columns: auto minmax(1em, 1fr);
        column-gap: 1em;
        border-block-start: 1px solid var(--atlas-faint);
        color: var(--atlas-dim);
        font-family: var(--atlas-sans);
      }
      .fold {
        block-size: 7px;
        opacity: 0.4;
        background: repeating-linear-gradient(-55deg, currentcolor 0 1px, transparent 1px 6px);
      }
    `,
  ];

  @property({ attribute: false }) accessor row: GapRow | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const { row } = this;
    if (row === undefined) return nothing;
    const size = formatSize(row.end - row.start);
    const label = row.hasNonCanonical ? words().gapNonCanonical(size) : words().gap(size);
    return html`<span class="cell">${label}</span><span class="fold" aria-hidden="true"></span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-gap': MemGap;
  }
}
