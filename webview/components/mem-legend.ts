/** What the letters, heights and patterns mean. */
import { css, html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { ChunkState, MappingKind, PageState } from '../../src/protocol/view-model.ts';
import { words } from '../texts.ts';
import { kindBadge, pageSign } from './drawing.ts';
import { badgeStyles, chunkStyles, kindColours, pageStyles } from './styles.ts';

@customElement('mem-legend')
export class MemLegend extends LitElement {
  static override readonly styles = [
    kindColours,
    badgeStyles,
    pageStyles,
    chunkStyles,
    css`
      :host {
        display: block;
      }
      summary {
        color: var(--atlas-dim);
        cursor: pointer;
      }
      summary:focus-visible {
        outline: 1px solid var(--atlas-focus);
      }
      h3 {
        margin: 0.8em 0 0.3em;
        font-size: 0.92em;
        font-weight: 600;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(11em, 1fr));
        gap: 0.25em 1em;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .pages {
        grid-template-columns: 1fr;
      }
      li {
        display: flex;
        align-items: center;
        gap: 0.5em;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const texts = words();
    const kinds = Object.entries(texts.mappingKinds) as [MappingKind, string][];
    const pages = Object.entries(texts.pageStates) as [PageState, string][];
    const chunks = Object.entries(texts.chunkStates) as [ChunkState, string][];
    return html`<details>
      <summary>${texts.legend}</summary>
      <h3>${texts.legendMappings}</h3>
      <ul>
        ${kinds.map(([kind, text]) => html`<li>${kindBadge(kind)}<span>${text}</span></li>`)}
      </ul>
      <h3>${texts.legendPages}</h3>
      <ul class="pages">
        ${pages.map(([state, text]) => html`<li>${pageSign(state)}<span>${text}</span></li>`)}
      </ul>
      <h3>${texts.legendChunks}</h3>
      <ul>
        ${chunks.map(
          ([state, text]) =>
            html`<li><span class="swatch" data-state=${state}></span><span>${text}</span></li>`,
        )}
      </ul>
    </details>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-legend': MemLegend;
  }
}
