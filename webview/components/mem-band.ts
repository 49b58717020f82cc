/** Chunks or mappings that are told together: how many, and what of them is in which state. */
import { css, html, LitElement, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { bandShares, bandText } from '../zoom/bands.ts';
import { digits } from '../layout/hex.ts';
import type { BandRow } from '../layout/map-layout.ts';
import { words } from '../texts.ts';
import { twisty } from './drawing.ts';
import { chunkStyles, rowStyles } from './styles.ts';

/** Length of the bar in units of its drawing. */
const barLength = 100;

@customElement('mem-band')
export class MemBand extends LitElement {
  static override readonly styles = [
    rowStyles,
    chunkStyles,
    css`
      :host {
        block-size: var(--height-band);
        grid-template-columns: auto 14ch 8em minmax(0, 1fr);
        column-gap: 1.2ch;
      }
      :host([data-width='narrow']) {
        grid-template-columns: auto 13ch minmax(0, 1fr);
      }
      :host([data-width='narrow']) svg {
        display: none;
      }
      svg {
        block-size: 0.9em;
        inline-size: 100%;
      }
      rect {
        fill: var(--state, currentcolor);
      }
      .text {
        overflow: hidden;
        color: var(--atlas-dim);
        font-family: var(--atlas-sans);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  @property({ attribute: false }) accessor row: BandRow | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const { row } = this;
    if (row === undefined) return nothing;
    let x = 0;
    const bars = bandShares(row.band).map(({ state, share }) => {
      const rect = svg`<rect data-state=${state} x=${x} y="0" width=${share * barLength} height="8" />`;
      x += share * barLength;
      return rect;
    });
    return html`${twisty(row.isOpen)}<span class="cell">${digits(row.start)}</span>
      <svg viewBox="0 0 ${barLength} 8" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>
      <span class="text">${bandText(row.band, words())}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-band': MemBand;
  }
}
