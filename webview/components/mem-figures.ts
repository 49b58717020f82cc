/**
 * The text twin of the strip's charts and marks: tables with the same facts, for screen readers, keyboards and copying. The
 * charts themselves are one slider, of which a screen reader hears only the present values.
 */
import { counterName } from '../facts.ts';
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { HistoryView } from '../../src/protocol/view-model.ts';
import { formatCount } from '../layout/format.ts';
import { counterText, eventTotals, figuresOf, strideOf } from '../layout/history-figures.ts';
import type { Extreme } from '../layout/history-figures.ts';
import { words } from '../texts.ts';

@customElement('mem-figures')
export class MemFigures extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
      margin-block-start: 0.25em;
    }
    summary {
      inline-size: fit-content;
      padding: 0.1em 0.2em;
      color: var(--atlas-dim);
      font-size: 0.92em;
      cursor: pointer;
    }
    summary:focus-visible {
      outline: 1px solid var(--atlas-focus);
      outline-offset: 1px;
    }
    .tables {
      display: flex;
      flex-wrap: wrap;
      align-items: start;
      gap: 0.6em 2.5em;
      padding-block: 0.3em;
    }
    table {
      border-collapse: collapse;
      font-size: 0.92em;
    }
    caption {
      padding-block-end: 0.15em;
      font-weight: 600;
      text-align: start;
    }
    th,
    td {
      padding: 0.1em 1.2em 0.1em 0;
      text-align: start;
      vertical-align: baseline;
    }
    thead th {
      border-block-end: 1px solid var(--atlas-line);
      color: var(--atlas-dim);
      font-weight: 400;
    }
    tbody th {
      font-weight: 400;
    }
    td {
      font-family: var(--atlas-mono);
      font-variant-numeric: tabular-nums;
    }
    .value,
    .at {
      white-space: nowrap;
    }
    .at {
      color: var(--atlas-dim);
    }
    .note {
      margin: 0;
      color: var(--atlas-dim);
      font-size: 0.92em;
    }
  `;

  @property({ attribute: false }) accessor history: HistoryView | undefined;
  /** The current event, from 0. */
  @property({ attribute: false }) accessor index = 0;

  @state() private accessor isOpen = false;

  protected override render(): TemplateResult | typeof nothing {
    const { history } = this;
    if (history === undefined) return nothing;
    return html`<details ?open=${this.isOpen} @toggle=${this.#onToggle}>
      <summary>${words().figures.summary}</summary>
      ${this.isOpen ? this.#tables(history) : nothing}
    </details>`;
  }

  #tables(history: HistoryView): TemplateResult {
    const stride = strideOf(history);
    return html`<div class="tables">${this.#counters(history)} ${this.#events(history)}</div>
      ${stride > 1 ? html`<p class="note">${words().figures.sampled(formatCount(stride))}</p>` : nothing}`;
  }

  #counters(history: HistoryView): TemplateResult {
    const texts = words();
    const { figures } = texts;
    return html`<table class="counters">
      <caption>
        ${figures.counters}
      </caption>
      <thead>
        <tr>
          <th scope="col">${figures.counter}</th>
          <th scope="col">${figures.atEvent(formatCount(this.index + 1))}</th>
          <th scope="col">${figures.least}</th>
          <th scope="col">${figures.most}</th>
        </tr>
      </thead>
      <tbody>
        ${figuresOf(history).map(
          ({ key, least, most }) =>
            html`<tr>
              <th scope="row">${counterName(key, texts)}</th>
              <td>${counterText(history, key, this.index)}</td>
              ${extremeCell(least)} ${extremeCell(most)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #events(history: HistoryView): TemplateResult {
    const { eventKinds, figures } = words();
    return html`<table class="events">
      <caption>
        ${figures.events}
      </caption>
      <thead>
        <tr>
          <th scope="col">${figures.kind}</th>
          <th scope="col">${figures.count}</th>
        </tr>
      </thead>
      <tbody>
        ${eventTotals(history).map(
          ({ kind, total }) =>
            html`<tr>
              <th scope="row">${eventKinds[kind]}</th>
              <td>${formatCount(total)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  readonly #onToggle = (event: Event): void => {
    this.isOpen = (event.currentTarget as HTMLDetailsElement).open;
  };
}

const extremeCell = ({ text, event }: Extreme): TemplateResult =>
  html`<td>
    <span class="value">${text}</span>
    <span class="at">(${words().figures.firstAt(formatCount(event + 1))})</span>
  </td>`;

declare global {
  interface HTMLElementTagNameMap {
    'mem-figures': MemFigures;
  }
}
