/** The counters of the process, with what the last step changed. */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CountersView } from '../../src/protocol/view-model.ts';
import { formatCount, formatCountChange, formatSize, formatSizeChange } from '../layout/format.ts';
import type { Texts } from '../texts.ts';
import { words } from '../texts.ts';

interface Item {
  readonly key: keyof CountersView;
  readonly unit: 'bytes' | 'count';
  readonly label: (texts: Texts) => string;
  readonly hint: (texts: Texts) => string;
  /** Not shown while it is 0. */
  readonly isRare?: boolean;
}

const items: readonly Item[] = [
  { key: 'virtualBytes', unit: 'bytes', label: (t) => t.virtual, hint: (t) => t.virtualHint },
  { key: 'residentBytes', unit: 'bytes', label: (t) => t.resident, hint: (t) => t.residentHint },
  { key: 'pageTableBytes', unit: 'bytes', label: (t) => t.pageTables, hint: (t) => t.pageTablesHint },
  { key: 'heapBytes', unit: 'bytes', label: (t) => t.heapBytes, hint: (t) => t.heapHint },
  { key: 'liveBytes', unit: 'bytes', label: (t) => t.live, hint: (t) => t.liveHint },
  { key: 'minorFaults', unit: 'count', label: (t) => t.minorFaults, hint: (t) => t.minorFaultsHint },
  {
    key: 'majorFaults',
    unit: 'count',
    label: (t) => t.majorFaults,
    hint: (t) => t.majorFaultsHint,
    isRare: true,
  },
  { key: 'systemCalls', unit: 'count', label: (t) => t.systemCalls, hint: (t) => t.systemCallsHint },
  { key: 'mallocCalls', unit: 'count', label: (t) => t.mallocCalls, hint: (t) => t.mallocCallsHint },
];

@customElement('mem-counters')
export class MemCounters extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
    }
    dl {
      display: flex;
      flex-wrap: wrap;
      gap: 0.15em 1.5em;
      margin: 0;
    }
    div {
      display: flex;
      align-items: baseline;
      gap: 0.4em;
      white-space: nowrap;
    }
    dt {
      color: var(--atlas-dim);
      font-size: 0.9em;
    }
    dd {
      margin: 0;
      font-family: var(--atlas-mono);
    }
    .change {
      padding-inline: 0.3em;
      border-radius: 3px;
      background: color-mix(in srgb, var(--atlas-changed) 20%, transparent);
      font-size: 0.9em;
    }
  `;

  @property({ attribute: false }) accessor counters: CountersView | undefined;
  @property({ attribute: false }) accessor previous: CountersView | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const { counters } = this;
    if (counters === undefined) return nothing;
    return html`<dl aria-label=${words().counters}>
      ${items.map((item) => (item.isRare === true && counters[item.key] === 0 ? nothing : this.#item(item, counters)))}
    </dl>`;
  }

  #item(item: Item, counters: CountersView): TemplateResult {
    const texts = words();
    const value = counters[item.key];
    const difference = value - (this.previous?.[item.key] ?? value);
    const isBytes = item.unit === 'bytes';
    const exact = isBytes ? `${item.hint(texts)} ${texts.bytes(formatCount(value))}` : item.hint(texts);
    const change = isBytes ? formatSizeChange(difference) : formatCountChange(difference);
    return html`<div title=${exact}>
      <dt>${item.label(texts)}</dt>
      <dd>
        ${isBytes ? formatSize(value) : formatCount(value)}
        ${change === '' ? nothing : html`<span class="change">${change}</span>`}
      </dd>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-counters': MemCounters;
  }
}
