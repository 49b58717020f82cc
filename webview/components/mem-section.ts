/** A section of the program, or a named object in it. */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, formatSize } from '../layout/format.ts';
import { digits } from '../layout/hex.ts';
import type { ObjectRow, SectionRow } from '../layout/map-layout.ts';
import { words } from '../texts.ts';
import { placeLink, twisty } from './drawing.ts';
import type { RowWidth } from './mem-vma.ts';
import { linkStyles, rowStyles } from './styles.ts';

@customElement('mem-section')
export class MemSection extends LitElement {
  static override readonly styles = [
    rowStyles,
    linkStyles,
    css`
      :host {
        block-size: var(--height-section);
        grid-template-columns: 15ch 10ch minmax(0, 1fr) auto;
        column-gap: 1ch;
      }
      :host([data-width='narrow']) {
        grid-template-columns: 13ch minmax(0, 1fr) auto;
      }
      .strong {
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) accessor row: SectionRow | ObjectRow | undefined;
  @property({ attribute: false }) accessor room: RowWidth = 'wide';

  protected override render(): TemplateResult | typeof nothing {
    const { row } = this;
    if (row === undefined) return nothing;
    const size = html`<span class="cell end">${formatSize(row.end - row.start)}</span>`;
    const isNarrow = this.room === 'narrow';
    return html`
      ${twisty(row.isOpen)}
      <span class="cell dim">${digits(row.start)}</span>
      ${isNarrow ? nothing : size}
      <span class="cell">${row.kind === 'section' ? this.#section(row) : this.#object(row)}</span>
      ${isNarrow ? size : html`<span class="cell end">${this.#tail(row)}</span>`}
    `;
  }

  #section(row: SectionRow): TemplateResult {
    return html`<span class="strong">${row.section.name}</span>`;
  }

  #object(row: ObjectRow): TemplateResult {
    return html`<span class="strong">${row.object.name}</span
      ><span class="apart dim">${row.object.type}</span>`;
  }

  #tail(row: SectionRow | ObjectRow): TemplateResult | typeof nothing {
    if (row.kind === 'object') return placeLink(row.object.place, true);
    const length = row.section.objectCount;
    return length === 0
      ? nothing
      : html`<span class="dim words">${words().objects(formatCount(length))}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-section': MemSection;
  }
}
