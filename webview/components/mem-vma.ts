/** One mapping: a line of /proc/PID/maps with its pages. */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, formatSize } from '../layout/format.ts';
import { digits, rangeText } from '../layout/hex.ts';
import type { MappingRow } from '../layout/map-layout.ts';
import { words } from '../texts.ts';
import { residentText } from '../facts.ts';
import { kindBadge, pageStrip, shortName, twisty } from './drawing.ts';
import { badgeStyles, kindColours, pageStyles, rowStyles } from './styles.ts';

/** How much room a row has. */
export type RowWidth = 'narrow' | 'medium' | 'wide';

const stripRoom: Record<RowWidth, number> = { narrow: 110, medium: 80, wide: 168 };

@customElement('mem-vma')
export class MemVma extends LitElement {
  static override readonly styles = [
    rowStyles,
    kindColours,
    badgeStyles,
    pageStyles,
    css`
      :host {
        block-size: var(--height-mapping);
        border-block-start: 1px solid var(--atlas-faint);
        grid-template-columns:
          2em 27ch 5ch 10ch minmax(0, 1fr) 168px
          8ch;
      }
      :host([data-width='medium']) {
        grid-template-columns: 2em 14ch 5ch 10ch minmax(0, 1fr) 80px 7ch;
      }
      :host([data-width='narrow']) {
        grid-template-columns: 2em minmax(0, 1fr) auto;
        grid-template-rows: 1.55em 1.4em;
        align-content: center;
        column-gap: 0;
      }
      .title {
        padding-inline-end: 1ch;
      }
      .name {
        font-weight: 600;
      }
      .more {
        margin-inline-start: 1ch;
        font-weight: normal;
      }
      .strip-cell {
        display: grid;
        justify-content: start;
      }
      :host([data-width='narrow']) .second {
        grid-column: 2 / -1;
        display: flex;
        align-items: center;
        gap: 1.2ch;
        overflow: hidden;
      }
      .x {
        font-weight: 700;
      }
    `,
  ];

  @property({ attribute: false }) accessor row: MappingRow | undefined;
  @property({ attribute: false }) accessor room: RowWidth = 'wide';

  protected override render(): TemplateResult | typeof nothing {
    const { row } = this;
    if (row === undefined) return nothing;
    return this.room === 'narrow' ? this.#renderNarrow(row) : this.#renderLine(row);
  }

  #renderLine(row: MappingRow): TemplateResult {
    const { mapping } = row;
    return html`
      ${twisty(row.isOpen)}
      <span>${kindBadge(mapping.kind)}</span>
      <span class="cell">${this.room === 'wide' ? rangeText(row) : digits(row.start)}</span>
      <span class="cell">${permissions(mapping.permissions)}</span>
      <span class="cell end">${formatSize(mapping.sizeBytes)}&nbsp;&nbsp;</span>
      <span class="cell title">${this.#name(row)}</span>
      ${this.#pages(row)}
      <span class="cell end dim">${this.#counts(row)}</span>
    `;
  }

  #renderNarrow(row: MappingRow): TemplateResult {
    const { mapping } = row;
    return html`
      ${twisty(row.isOpen)}
      <span>${kindBadge(mapping.kind)}</span>
      <span class="cell title">${this.#name(row)}</span>
      <span class="cell end">${formatSize(mapping.sizeBytes)}</span>
      <span class="second">
        <span class="dim">${digits(row.start)}</span>
        <span>${permissions(mapping.permissions)}</span>
        ${this.#pages(row)}
      </span>
    `;
  }

  #name(row: MappingRow): TemplateResult {
    const { mapping } = row;
    const sections = mapping.sections.map((section) => section.name).join(' ');
    const more =
      mapping.sections.length > 0 ? sections : kindWord(mapping.name, words().mappingKinds[mapping.kind]);
    return html`<span class="name">${shortName(mapping.name) || words().anonymous}</span
      ><span class="more dim ${mapping.sections.length > 0 ? '' : 'words'}">${more}</span>`;
  }

  #pages(row: MappingRow): TemplateResult {
    return html`<span class="strip-cell" data-kind=${row.mapping.kind}
      >${pageStrip(row.mapping.pages, stripRoom[this.room], residentText(row, words()))}</span
    >`;
  }

  #counts(row: MappingRow): string {
    const all = row.mapping.pages.reduce((sum, run) => sum + run.pages, 0);
    return `${formatCount(row.mapping.residentPages)}/${formatCount(all)}`;
  }
}

/** `[heap]` needs no word for what it is; an unnamed mapping does. */
function kindWord(name: string, word: string): string {
  return name.startsWith('[') ? '' : word;
}

function permissions(text: string): TemplateResult {
  return html`${Array.from(text, (letter) =>
    letter === '-'
      ? html`<span class="dim">-</span>`
      : html`<span class=${letter === 'x' ? 'x' : letter === 'p' ? 'dim' : ''}>${letter}</span>`,
  )}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-vma': MemVma;
  }
}
