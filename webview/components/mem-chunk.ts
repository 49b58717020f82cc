/** A chunk of malloc: its header words, how its bytes are used, where it stands. */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { explainFlags, explainParts, explainPrevSize } from '../facts.ts';
import type { ChunkBar } from '../layout/chunk-bar.ts';
import { layOutChunkBar } from '../layout/chunk-bar.ts';
import { formatCount, formatSize } from '../layout/format.ts';
import { digits } from '../layout/hex.ts';
import type { ChunkRow } from '../layout/map-layout.ts';
import { words } from '../texts.ts';
import { placeLink } from './drawing.ts';
import type { RowWidth } from './mem-vma.ts';
import { chunkStyles, linkStyles, rowStyles } from './styles.ts';

const barRoom: Record<RowWidth, number> = { narrow: 84, medium: 60, wide: 130 };

@customElement('mem-chunk')
export class MemChunk extends LitElement {
  static override readonly styles = [
    rowStyles,
    chunkStyles,
    linkStyles,
    css`
      :host {
        block-size: var(--height-chunk);
        grid-template-columns: 13ch 7ch 12ch 8ch 132px minmax(0, 1fr) auto;
        column-gap: 1.2ch;
      }
      :host([data-width='medium']) {
        grid-template-columns: 13ch 10ch 8ch 62px minmax(0, 1fr) auto;
      }
      :host([data-width='narrow']) {
        grid-template-columns: 13ch minmax(0, 1fr) auto;
        grid-template-rows: 1.5em 1.4em;
        align-content: center;
      }
      .second {
        grid-column: 1 / -1;
        display: flex;
        align-items: center;
        gap: 1.2ch;
        overflow: hidden;
      }
      .label {
        color: var(--atlas-dim);
        font-family: var(--atlas-sans);
      }
      .flags {
        padding-inline: 0.35em;
        border: 1px solid var(--atlas-line);
        border-radius: 3px;
        font-size: 0.85em;
      }
      .bar {
        display: flex;
        block-size: 0.9em;
        border: 1px solid var(--state);
        border-radius: 2px;
        overflow: hidden;
      }
      .bar[data-state='top'] {
        border-style: dashed;
      }
      .part {
        flex: none;
      }
      .overhead {
        background: var(--atlas-text);
        opacity: 0.75;
      }
      .asked {
        background: var(--pattern);
      }
      .free {
        background: var(--pattern);
      }
      .slack {
        background: var(--atlas-background);
      }
      .state {
        font-family: var(--atlas-sans);
      }
    `,
  ];

  @property({ attribute: false }) accessor row: ChunkRow | undefined;
  @property({ attribute: false }) accessor room: RowWidth = 'wide';

  protected override render(): TemplateResult | typeof nothing {
    const { row } = this;
    if (row === undefined) return nothing;
    const { chunk } = row;
    const start = html`<span class="cell">${digits(row.start)}</span>`;
    const place = html`<span class="cell end">${placeLink(chunk.place, true)}</span>`;
    const state = html`<span class="cell state" title=${chunk.stateText}
      ><span class="swatch" data-state=${chunk.state}></span> ${
        chunk.stateText || words().chunkStates[chunk.state]
      }${this.#asked()}</span
    >`;
    if (this.room === 'narrow') {
      return html`${start}${this.#sizeWord()}${place}<span class="second">${this.#bar()}${state}</span>`;
    }
    return html`${start}${this.room === 'wide' ? this.#prevSizeWord() : nothing} ${this.#sizeWord()}
      <span class="cell end">${formatSize(chunk.sizeBytes)}</span>
      ${this.#bar()}${state}${place}`;
  }

  #prevSizeWord(): TemplateResult | typeof nothing {
    const { row } = this;
    if (row === undefined) return nothing;
    const texts = words();
    const { prevSizeWord, flags } = row.chunk;
    return html`<span
      class="cell end ${flags.includes('P') ? 'dim' : ''}"
      title=${`${texts.prevSize} ${prevSizeWord}. ${explainPrevSize(row, texts)}`}
      >${shortWord(prevSizeWord)}</span
    >`;
  }

  #sizeWord(): TemplateResult | typeof nothing {
    const chunk = this.row?.chunk;
    if (chunk === undefined) return nothing;
    const texts = words();
    const meaning = [
      `${texts.size} ${chunk.sizeWord} = ${texts.sizeIs(formatCount(chunk.sizeBytes), chunk.flags)}.`,
      ...explainFlags(chunk.flags, texts),
    ].join('\n');
    return html`<span title=${meaning}
      >${shortWord(chunk.sizeWord)}${chunk.flags === '' ? nothing : html` <span class="flags">${chunk.flags}</span>`}</span
    >`;
  }

  #asked(): TemplateResult | typeof nothing {
    const chunk = this.row?.chunk;
    if (chunk?.requestedBytes === undefined) return nothing;
    return html`<span class="label apart"
      >${words().asked(words().askedShort(formatCount(chunk.requestedBytes), formatCount(chunk.usableBytes)))}</span
    >`;
  }

  #bar(): TemplateResult | typeof nothing {
    const chunk = this.row?.chunk;
    if (chunk === undefined) return nothing;
    const label = explainParts(chunk, words());
    return html`<span class="bar" data-state=${chunk.state} role="img" aria-label=${label} title=${label}
      >${this.#layOut().segments.map(({ part }) => html`<span class="part ${part}"></span>`)}</span
    >`;
  }

  #layOut(): ChunkBar {
    const chunk = this.row?.chunk;
    return chunk === undefined ? { width: 0, segments: [] } : layOutChunkBar(chunk, barRoom[this.room]);
  }

  // Widths are set here, from code: the content security policy lets no style attribute through.
  protected override updated(): void {
    const bar = this.renderRoot.querySelector<HTMLElement>('.bar');
    const { width, segments } = this.#layOut();
    if (bar === null) return;
    bar.style.inlineSize = `${width}px`;
    segments.forEach((segment, index) => {
      const part = bar.children[index];
      if (part instanceof HTMLElement) part.style.inlineSize = `${segment.width}px`;
    });
  }
}

/** Words of a header that belong to the chunk below may hold anything, also 16 digits. */
function shortWord(word: string): string {
  return word.length > 10 ? `${word.slice(0, 6)}…${word.slice(-3)}` : word;
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-chunk': MemChunk;
  }
}
