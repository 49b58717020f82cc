/** The free lists of malloc, each in list order with its links as they stand in memory. */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { BinEntryView, BinView, LinkView } from '../../src/protocol/allocator-view.ts';
import { formatCount } from '../layout/format.ts';
import { words } from '../texts.ts';
import { SelectRowEvent } from './events.ts';
import { chunkStyles, linkStyles, tableStyles } from './styles.ts';

@customElement('mem-bins')
export class MemBins extends LitElement {
  static override readonly styles = [
    chunkStyles,
    linkStyles,
    tableStyles,
    css`
      :host {
        display: block;
      }
      h3 {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0.2em 0.8em;
        margin: 0.9em 0 0.2em;
        font-size: 1em;
        font-weight: 600;
      }
      .facts {
        color: var(--atlas-dim);
        font-weight: normal;
      }
      p {
        margin: 0.3em 0;
        color: var(--atlas-dim);
      }
    `,
  ];

  @property({ attribute: false }) accessor bins: readonly BinView[] = [];

  protected override render(): TemplateResult | readonly TemplateResult[] {
    const texts = words();
    return this.bins.length === 0 ? html`<p>${texts.binsEmpty}</p>` : this.bins.map((bin) => this.#bin(bin));
  }

  #bin(bin: BinView): TemplateResult {
    const texts = words();
    const name = nameOf(bin);
    const isDouble = bin.entries.some(({ back }) => back !== undefined);
    return html`<section>
      <h3>
        <span><span class="swatch" data-state=${bin.family}></span> ${name}</span>
        <span class="facts">${factsOf(bin)}</span>
      </h3>
      <div class="scroll" tabindex="0" role="group" aria-label=${name}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">${texts.binPlace}</th>
              <th scope="col">${texts.chunk}</th>
              <th scope="col" class="number">${texts.size}</th>
              <th scope="col">${bin.family === 'tcache' ? 'next' : 'fd'}</th>
              ${isDouble ? html`<th scope="col">bk</th>` : nothing}
            </tr>
          </thead>
          <tbody>
            ${bin.entries.map((entry, place) => this.#entry(bin, entry, place, isDouble))}
          </tbody>
        </table>
      </div>
      ${
        bin.entries.length < bin.length
          ? html`<p>${texts.binCut(formatCount(bin.entries.length), formatCount(bin.length))}</p>`
          : nothing
      }
    </section>`;
  }

  #entry(bin: BinView, entry: BinEntryView, place: number, isDouble: boolean): TemplateResult {
    const texts = words();
    const known = new Set(bin.entries.map(({ chunk }) => chunk));
    return html`<tr>
      <td class="number">${place + 1}</td>
      <td>
        <button
          type="button"
          class="place"
          title=${texts.showInMap(entry.chunk)}
          @click=${() => this.dispatchEvent(new SelectRowEvent(`chunk:${entry.chunk}`))}
        >
          ${entry.chunk}
        </button>
      </td>
      <td class="number">${formatCount(entry.sizeBytes)}</td>
      <td>${linkText(entry.next, known, bin)}</td>
      ${isDouble && entry.back !== undefined ? html`<td>${linkText(entry.back, known, bin)}</td>` : nothing}
    </tr>`;
  }
}

/** `sizes 1,472–1,520, 2 chunks`, `size 32, 7 of 7`. */
function nameOf({ family, index, arena = 1, thread = 1 }: BinView): string {
  const texts = words();
  const name = `${texts.binFamilies[family]}${family === 'unsorted' ? '' : ` ${String(index)}`}`;
  if (arena !== 1) return texts.binOfArena(name, String(arena));
  return thread === 1 ? name : texts.binOfThread(name, String(thread));
}

function factsOf(bin: BinView): string {
  const texts = words();
  const { sizes, counter } = bin;
  const size =
    sizes === undefined
      ? texts.binAnySize
      : sizes.low === sizes.high
        ? texts.binSize(formatCount(sizes.low))
        : texts.binSizes(
            formatCount(sizes.low),
            sizes.high === undefined ? undefined : formatCount(sizes.high),
          );
  const count =
    counter === undefined
      ? texts.binLength(formatCount(bin.length))
      : texts.binCounter(formatCount(counter.value), formatCount(counter.limit));
  return `${size} · ${count}`;
}

/** What the link means; the stored word beside it where links are mangled. */
function linkText(link: LinkView, known: ReadonlySet<string>, bin: BinView): TemplateResult {
  const texts = words();
  const isMangled = link.stored !== link.decoded;
  const meaning =
    link.decoded === '0x0'
      ? 'NULL'
      : bin.family === 'tcache' || bin.family === 'fastbin' || known.has(link.decoded)
        ? link.decoded
        : texts.binHead(link.decoded);
  return html`<span title=${texts.linkAt(link.at)}
    >${meaning}${isMangled ? html` <span class="dim">${texts.linkStored(link.stored)}</span>` : nothing}</span
  >`;
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-bins': MemBins;
  }
}
