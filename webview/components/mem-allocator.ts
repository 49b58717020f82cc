/** The inside of malloc: what the resident memory is made of, thresholds, bins. Asked for while it is shown. */
import { css, html, LitElement, nothing, svg } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AllocatorField, AllocatorView, TrimForecast } from '../../src/protocol/allocator-view.ts';
import type { MappingView } from '../../src/protocol/view-model.ts';
import { formatCount, formatSize } from '../layout/format.ts';
import type { ResidenceRow } from '../layout/residence.ts';
import { residenceRows } from '../layout/residence.ts';
import { words } from '../texts.ts';
import { SelectRowEvent } from './events.ts';
import './mem-bins.ts';
import { linkStyles, tableStyles } from './styles.ts';

/** Asks the session for the inside of malloc. */
export type ReadAllocator = () => Promise<AllocatorView>;

/** Asks the session what malloc_trim(0) would do; undefined while a call of malloc is going on. */
export type ForecastTrim = () => Promise<TrimForecast | undefined>;

/** Width of a bar in CSS pixels. */
const barWidth = 160;

@customElement('mem-allocator')
export class MemAllocator extends LitElement {
  static override readonly styles = [
    linkStyles,
    tableStyles,
    css`
      :host {
        display: block;
        overflow: auto;
        padding: 0.4em 1em 1.5em;
      }
      :host([hidden]) {
        display: none;
      }
      h2 {
        margin: 1.1em 0 0.3em;
        font-size: 1.05em;
        font-weight: 600;
      }
      p {
        max-inline-size: 70ch;
        margin: 0.3em 0;
        line-height: 1.5;
      }
      .hint {
        color: var(--atlas-dim);
      }
      .bar {
        display: block;
        overflow: visible;
      }
      .whole {
        fill: none;
        stroke: var(--atlas-gray);
      }
      .resident {
        fill: var(--atlas-blue);
      }
      .total > * {
        border-block-start: 1px solid var(--atlas-line);
        font-weight: 600;
      }
      .moved {
        padding-inline: 0.3em;
        border-radius: 3px;
        background: color-mix(in srgb, var(--atlas-changed) 20%, transparent);
      }
      .meaning {
        font-family: var(--atlas-sans);
        min-inline-size: 26ch;
        white-space: normal;
      }
      .action {
        padding: 0.25em 0.9em;
        border: 1px solid var(--vscode-button-border, transparent);
        border-radius: 3px;
        background: var(--vscode-button-secondaryBackground, var(--atlas-hover));
        color: var(--vscode-button-secondaryForeground, var(--atlas-text));
        font: inherit;
        cursor: pointer;
      }
      .action:focus-visible {
        outline: 1px solid var(--atlas-focus);
        outline-offset: 1px;
      }
    `,
  ];

  /** Changes when the state may have changed. */
  @property({ attribute: false }) accessor moment = 0;
  @property({ attribute: false }) accessor isShown = false;
  @property({ attribute: false }) accessor mappings: readonly MappingView[] = [];
  @property({ attribute: false }) accessor readAllocator: ReadAllocator | undefined;
  @property({ attribute: false }) accessor forecastTrim: ForecastTrim | undefined;

  @state() private accessor view: AllocatorView | 'failed' | undefined;
  @state() private accessor forecast: TrimForecast | 'busy' | 'failed' | undefined;

  /** Number of the last question: answers to earlier ones are dropped. */
  #question = 0;

  protected override updated(changed: PropertyValues<this>): void {
    if (this.isShown && ['moment', 'isShown'].some((name) => (changed as Map<string, unknown>).has(name)))
      void this.#ask();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { view } = this;
    const texts = words();
    if (view === undefined) return nothing;
    if (view === 'failed') return html`<p class="hint">${texts.memoryFailed}</p>`;
    return html`
      <h2>${texts.residence}</h2>
      <p class="hint">${texts.residenceHint}</p>
      ${residenceTable(residenceRows(view, this.mappings), view.residentBytes)} ${this.#pin(view)}
      ${this.#trim()}
      <h2>${texts.allocatorFields}</h2>
      ${fieldTable(view.fields)}
      <h2>${texts.bins}</h2>
      <mem-bins .bins=${view.bins}></mem-bins>
    `;
  }

  #pin({ pin }: AllocatorView): TemplateResult | typeof nothing {
    if (pin === undefined) return nothing;
    const [before, after] = words().pin;
    return html`<p>
      ${before}<button
        type="button"
        class="place"
        @click=${() => this.dispatchEvent(new SelectRowEvent(`chunk:${pin}`))}
      >
        ${pin}</button
      >${after}
    </p>`;
  }

  #trim(): TemplateResult {
    const texts = words();
    const { forecast } = this;
    return html`<p>
        <button type="button" class="action" @click=${this.#askTrim}>${texts.tryTrim}</button>
      </p>
      <p role="status">
        ${
          forecast === undefined
            ? nothing
            : forecast === 'busy'
              ? texts.trimInside
              : forecast === 'failed'
                ? texts.memoryFailed
                : texts.trimmed(
                    formatSize(forecast.residentBefore - forecast.residentAfter),
                    formatSize(forecast.residentBefore),
                    formatSize(forecast.residentAfter),
                    formatSize(forecast.heapBefore - forecast.heapAfter),
                  )
        }
      </p>`;
  }

  readonly #askTrim = (): void => {
    const question = this.#question;
    this.forecastTrim?.().then(
      (forecast) => {
        if (question === this.#question) this.forecast = forecast ?? 'busy';
      },
      () => {
        // The reason was reported where the request was made.
        if (question === this.#question) this.forecast = 'failed';
      },
    );
  };

  async #ask(): Promise<void> {
    const question = ++this.#question;
    this.forecast = undefined;
    try {
      const view = await this.readAllocator?.();
      if (question === this.#question) this.view = view;
    } catch {
      // The reason was reported where the request was made.
      if (question === this.#question) this.view = 'failed';
    }
  }
}

function residenceTable(rows: readonly ResidenceRow[], residentBytes: number): TemplateResult {
  const texts = words();
  const most = Math.max(
    1,
    ...rows.map(({ bytes, residentBytes: resident }) => Math.max(bytes ?? 0, resident)),
  );
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${texts.residence}>
    <table>
      <thead>
        <tr>
          <th scope="col">${texts.columnUse}</th>
          <th scope="col" class="number">${texts.columnBytes}</th>
          <th scope="col" class="number">${texts.residentBytes}</th>
          <td></td>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <th scope="row">${texts.residenceUses[row.use]}</th>
              <td class="number">${row.bytes === undefined ? '' : formatCount(row.bytes)}</td>
              <td class="number">${formatCount(row.residentBytes)}</td>
              <td>${bar(row, most)}</td>
            </tr>`,
        )}
        <tr class="total">
          <th scope="row">${texts.resident}</th>
          <td></td>
          <td class="number">${formatCount(residentBytes)}</td>
          <td></td>
        </tr>
      </tbody>
    </table>
  </div>`;
}

/** All bytes as an outline, the resident ones filled; square roots, so that 24 bytes stay visible beside a library. */
function bar({ bytes, residentBytes }: ResidenceRow, most: number): TemplateResult {
  const width = (count: number): number => barWidth * Math.sqrt(count / most);
  return html`<svg class="bar" width=${barWidth} height="9" aria-hidden="true">
    ${bytes === undefined ? nothing : svg`<rect class="whole" x="0.5" y="0.5" width=${width(bytes)} height="8" />`}
    <rect class="resident" x="0.5" y="0.5" width=${width(residentBytes)} height="8" />
  </svg>`;
}

function fieldTable(fields: readonly AllocatorField[]): TemplateResult {
  const texts = words();
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${texts.allocatorFields}>
    <table>
      <tbody>
        ${fields.map(
          (field) =>
            html`<tr>
              <th scope="row">${field.name}</th>
              <td class="number">
                <span class=${hasMoved(field) ? 'moved' : ''}>${valueText(field, field.value)}</span>
              </td>
              <td class="dim">${hasMoved(field) ? texts.fieldWas(valueText(field, field.initial)) : ''}</td>
              <td class="meaning dim">${field.text}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Whether a setting is not what it was at the start; what begins with nothing only grows. */
const hasMoved = (field: AllocatorField): boolean => field.initial !== 0 && field.value !== field.initial;

function valueText({ kind }: AllocatorField, value: number): string {
  if (kind === 'address') return value === 0 ? 'NULL' : `0x${value.toString(16)}`;
  return formatCount(value);
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-allocator': MemAllocator;
  }
}
