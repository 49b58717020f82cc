/** What the program has printed so far, and how its run ends. */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { OutcomeView } from '../../src/protocol/view-model.ts';
import { words } from '../texts.ts';

@customElement('mem-output')
export class MemOutput extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
    }
    h2 {
      margin: 0 0 0.4em;
      color: var(--atlas-dim);
      font-size: 0.9em;
      font-weight: normal;
    }
    pre {
      max-block-size: 14em;
      overflow: auto;
      margin: 0;
      padding: 0.5em 0.7em;
      border: 1px solid var(--atlas-faint);
      border-radius: 4px;
      font: 0.95em / 1.45 var(--atlas-mono);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    pre:focus-visible {
      outline: 1px solid var(--atlas-focus);
    }
    p {
      margin: 0.5em 0 0;
    }
    .none,
    .label {
      color: var(--atlas-dim);
    }
    .bad {
      border-inline-start: 3px solid var(--atlas-red);
      padding-inline-start: 0.6em;
    }
  `;

  @property({ attribute: false }) accessor output = '';
  @property({ attribute: false }) accessor outcome: OutcomeView | undefined;

  protected override render(): TemplateResult {
    const texts = words();
    const { outcome } = this;
    return html`
      <h2>${texts.output}</h2>
      ${
        this.output === ''
          ? html`<pre class="none">${texts.noOutput}</pre>`
          : html`<pre tabindex="0" role="region" aria-label=${texts.output}>${this.output}</pre>`
      }
      ${
        outcome === undefined
          ? nothing
          : html`<p class=${outcome.kind === 'exit' ? '' : 'bad'}>
              <span class="label">${texts.outcome}:</span> ${outcome.text}
              ${outcome.why === '' ? nothing : html`<br />${outcome.why}`}
            </p>`
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-output': MemOutput;
  }
}
