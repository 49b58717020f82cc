/** The life of a block: every call of malloc's family that named its address, in the order of the run. */
import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Result } from '../../src/protocol/messages.ts';
import type { HexAddress } from '../../src/protocol/view-model.ts';
import { formatCount } from '../layout/format.ts';
import { words } from '../texts.ts';
import { SeekEvent } from './events.ts';
import { linkStyles } from './styles.ts';

/** Calls that are listed: the last ones up to here, and some after. */
const listed = 40;

/** Asks the session for calls that name an address. */
export type ReadCalls = (address: HexAddress, near: number, count: number) => Promise<Result<'events'>>;

@customElement('mem-history')
export class MemHistory extends LitElement {
  static override readonly styles = [
    linkStyles,
    css`
      :host {
        display: block;
        margin-block: 0.8em;
      }
      summary {
        color: var(--atlas-dim);
        cursor: pointer;
      }
      summary:focus-visible {
        outline: 1px solid var(--atlas-focus);
      }
      ol {
        margin: 0.35em 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        gap: 0.6em;
        font-family: var(--atlas-mono);
      }
      li[aria-current] {
        font-weight: 600;
      }
      li.later {
        opacity: 0.75;
      }
      .number {
        flex: none;
        min-inline-size: 4ch;
        color: var(--atlas-dim);
        text-align: end;
      }
      p {
        margin: 0.3em 0;
        color: var(--atlas-dim);
      }
    `,
  ];

  /** Address that the program got. */
  @property({ attribute: false }) accessor address: HexAddress | undefined;
  /** Index of the current event. */
  @property({ attribute: false }) accessor near = 0;
  @property({ attribute: false }) accessor readCalls: ReadCalls | undefined;

  @state() private accessor isOpen = false;
  @state() private accessor calls: Result<'events'> | 'failed' | undefined;

  /** Number of the last question: answers to earlier ones are dropped. */
  #question = 0;

  protected override updated(changed: PropertyValues<this>): void {
    const triggers = ['address', 'near', 'isOpen'];
    if (this.isOpen && triggers.some((name) => (changed as Map<string, unknown>).has(name))) void this.#ask();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { address, calls } = this;
    if (address === undefined) return nothing;
    return html`<details @toggle=${this.#onToggle}>
      <summary>${words().historyOf(address)}</summary>
      ${calls === undefined ? nothing : calls === 'failed' ? html`<p>${words().memoryFailed}</p>` : this.#list(calls)}
    </details>`;
  }

  #list({ events, total }: Result<'events'>): TemplateResult {
    return html`<ol>
        ${events.map(({ index, text, detail }) => {
          const seek = (): void => {
            this.dispatchEvent(new SeekEvent(index));
          };
          return html`<li
            class=${index > this.near ? 'later' : ''}
            aria-current=${index === this.near ? 'step' : nothing}
          >
            <span class="number">${index + 1}</span>
            <button type="button" class="place" title=${detail} @click=${seek}>${text}</button>
          </li>`;
        })}
      </ol>
      ${total > events.length ? html`<p>${words().andMore(formatCount(total - events.length))}</p>` : nothing}`;
  }

  readonly #onToggle = (event: Event): void => {
    this.isOpen = (event.currentTarget as HTMLDetailsElement).open;
  };

  async #ask(): Promise<void> {
    const { address } = this;
    if (address === undefined) return;
    const question = ++this.#question;
    try {
      const calls = await this.readCalls?.(address, this.near, listed);
      if (question === this.#question) this.calls = calls;
    } catch {
      // The reason was reported where the request was made.
      if (question === this.#question) this.calls = 'failed';
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-history': MemHistory;
  }
}
