/** What the map marks, as a list: the differences from another moment, each with its sign; a press shows it in the map. */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Notifications } from '../../src/protocol/messages.ts';
import type { MarkView } from '../../src/protocol/view-model.ts';
import { formatCount } from '../layout/format.ts';
import { words } from '../texts.ts';
import { markSigns } from '../zoom/marks.ts';
import { ClearMarksEvent, ShowEvent } from './events.ts';
import { linkStyles } from './styles.ts';

@customElement('mem-marks')
export class MemMarks extends LitElement {
  static override readonly styles = [
    linkStyles,
    css`
      :host {
        display: block;
      }
      header {
        display: flex;
        align-items: baseline;
        justify-content: space-between;
        gap: 0.6em;
      }
      h2 {
        margin: 0;
        font-size: 1em;
        font-weight: 600;
      }
      p {
        margin: 0.3em 0;
        color: var(--atlas-dim);
      }
      ul {
        max-block-size: 14em;
        margin: 0.35em 0 0;
        overflow: auto;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        gap: 0.6em;
        font-family: var(--atlas-mono);
      }
      .sign {
        flex: none;
        inline-size: 1.1em;
        font-weight: 600;
        text-align: center;
      }
      .place {
        text-align: start;
      }
    `,
  ];

  @property({ attribute: false }) accessor marked: Notifications['mark'] | undefined;

  protected override render(): TemplateResult | typeof nothing {
    const { marked } = this;
    if (marked === undefined) return nothing;
    const texts = words();
    const { title, marks, count } = marked;
    return html`<section aria-label=${title}>
      <header>
        <h2>${title}</h2>
        <button type="button" class="place" @click=${this.#clear}>${texts.dismiss}</button>
      </header>
      ${count === 0 ? html`<p>${texts.noDifference}</p>` : nothing}
      <ul tabindex="0" aria-label=${title}>
        ${marks.map((mark) => this.#line(mark))}
      </ul>
      ${count > marks.length ? html`<p>${texts.andMore(formatCount(count - marks.length))}</p>` : nothing}
    </section>`;
  }

  #line(mark: MarkView): TemplateResult {
    const show = (): void => {
      this.dispatchEvent(new ShowEvent(mark.start));
    };
    const kind = words().markKinds[mark.kind];
    return html`<li>
      <span class="sign" role="img" aria-label=${kind} title=${kind}>${markSigns[mark.kind]}</span>
      <button type="button" class="place" title=${mark.text} @click=${show}>${mark.text}</button>
    </li>`;
  }

  readonly #clear = (): void => {
    this.dispatchEvent(new ClearMarksEvent());
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-marks': MemMarks;
  }
}
