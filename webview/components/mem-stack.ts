/** A stack frame, or a variable in it. */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatSize } from '../layout/format.ts';
import { digits, parseHex } from '../layout/hex.ts';
import type { FrameRow, VariableRow } from '../layout/map-layout.ts';
import { words } from '../texts.ts';
import { placeLink, twisty } from './drawing.ts';
import type { RowWidth } from './mem-vma.ts';
import { linkStyles, rowStyles } from './styles.ts';

@customElement('mem-stack')
export class MemStack extends LitElement {
  static override readonly styles = [
    rowStyles,
    linkStyles,
    css`
      :host {
        column-gap: 1.2ch;
      }
      :host([data-level='2']) {
        block-size: var(--height-frame);
        grid-template-columns: minmax(10ch, max-content) minmax(0, 1fr) auto;
      }
      :host([data-level='3']) {
        block-size: var(--height-variable);
        grid-template-columns: 13ch 8ch minmax(8ch, 14ch) minmax(8ch, 16ch) minmax(0, 1fr);
      }
      :host([data-width='medium'][data-level='3']) {
        grid-template-columns: 13ch 5ch minmax(6ch, 9ch) minmax(6ch, 10ch) minmax(0, 1fr);
      }
      :host([data-width='narrow']) {
        grid-template-rows: 1.5em 1.4em;
        align-content: center;
      }
      :host([data-width='narrow'][data-level='2']) {
        grid-template-columns: minmax(0, 1fr) auto;
      }
      :host([data-width='narrow'][data-level='3']) {
        grid-template-columns: 13ch minmax(0, 1fr);
      }
      .second {
        grid-column: 1 / -1;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .strong {
        font-weight: 600;
      }
      .label {
        color: var(--atlas-dim);
      }
    `,
  ];

  @property({ attribute: false }) accessor row: FrameRow | VariableRow | undefined;
  @property({ attribute: false }) accessor room: RowWidth = 'wide';

  protected override render(): TemplateResult | typeof nothing {
    const { row } = this;
    if (row === undefined) return nothing;
    return row.kind === 'frame' ? this.#frame(row) : this.#variable(row);
  }

  #frame(row: FrameRow): TemplateResult {
    const { frame } = row;
    const texts = words();
    const name = html`<span class="cell strong">${frame.functionName}()</span>`;
    const registers = html`<span class="label">${texts.base}</span> ${digits(parseHex(frame.base))}
      <span class="label apart">${texts.returnAddress}</span> ${digits(parseHex(frame.returnAddress))}`;
    const place = html`<span class="cell end">${placeLink(frame.place, true)}</span>`;
    return this.room === 'narrow'
      ? html`${twisty(row.isOpen)}${name}${place}<span class="second">${registers}</span>`
      : html`${twisty(row.isOpen)}${name}<span class="cell">${registers}</span>${place}`;
  }

  #variable(row: VariableRow): TemplateResult {
    const { variable } = row;
    const start = html`<span class="cell dim">${digits(row.start)}</span>`;
    const size = html`<span class="cell end dim">${formatSize(variable.sizeBytes)}</span>`;
    const type = html`<span class="cell dim" title=${variable.type}>${variable.type}</span>`;
    const name = html`<span class="cell strong">${variable.name}</span>`;
    const value = html`<span class="cell" title=${variable.value}>${variable.value}</span>`;
    return this.room === 'narrow'
      ? html`${start}${name}<span class="second"
            ><span class="dim">${variable.type}, ${formatSize(variable.sizeBytes)}:</span>
            ${variable.value}</span
          >`
      : html`${start}${size}${type}${name}${value}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-stack': MemStack;
  }
}
