/** The way of the processor to the page of an address, level by level; asked for when it is opened. */
import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { HexAddress, PageWalkView } from '../../src/protocol/view-model.ts';
import { formatSize } from '../layout/format.ts';
import { words } from '../texts.ts';
import { tableStyles } from './styles.ts';

/** Asks the session for a walk. */
export type WalkPages = (address: HexAddress) => Promise<PageWalkView>;

@customElement('mem-walk')
export class MemWalk extends LitElement {
  static override readonly styles = [
    tableStyles,
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
      table {
        margin-block: 0.5em;
      }
      p {
        margin: 0.3em 0;
        color: var(--atlas-dim);
      }
    `,
  ];

  @property({ attribute: false }) accessor address: HexAddress = '0x0';
  /** Changes when pages may have changed. */
  @property({ attribute: false }) accessor moment = 0;
  @property({ attribute: false }) accessor walkPages: WalkPages | undefined;

  @state() private accessor isOpen = false;
  @state() private accessor walk: PageWalkView | 'failed' | undefined;

  /** Number of the last question: answers to earlier ones are dropped. */
  #question = 0;

  protected override updated(changed: PropertyValues<this>): void {
    const triggers = ['address', 'moment', 'isOpen'];
    if (this.isOpen && triggers.some((name) => (changed as Map<string, unknown>).has(name))) void this.#ask();
  }

  protected override render(): TemplateResult {
    const texts = words();
    return html`<details @toggle=${this.#onToggle}>
      <summary>${texts.pageWalk(this.address)}</summary>
      ${this.walk === undefined ? nothing : this.walk === 'failed' ? html`<p>${texts.memoryFailed}</p>` : table(this.walk)}
    </details>`;
  }

  readonly #onToggle = (event: Event): void => {
    this.isOpen = (event.currentTarget as HTMLDetailsElement).open;
  };

  async #ask(): Promise<void> {
    const question = ++this.#question;
    try {
      const walk = await this.walkPages?.(this.address);
      if (question === this.#question) this.walk = walk;
    } catch {
      // The reason was reported where the request was made.
      if (question === this.#question) this.walk = 'failed';
    }
  }
}

function table(walk: PageWalkView): TemplateResult {
  const texts = words();
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${texts.pageWalk(walk.address)}>
      <table>
        <thead>
          <tr>
            <th scope="col">${texts.walkLevel}</th>
            <th scope="col">${texts.walkBits}</th>
            <th scope="col" class="number">${texts.walkIndex}</th>
            <th scope="col" class="number">${texts.walkCovers}</th>
            <th scope="col">${texts.walkEntry}</th>
          </tr>
        </thead>
        <tbody>
          ${walk.steps.map(
            (step) =>
              html`<tr>
                <th scope="row">${step.level}</th>
                <td>${step.highBit}–${step.lowBit}</td>
                <td class="number">${step.index}</td>
                <td class="number">${formatSize(step.covers)}</td>
                <td>
                  ${!step.hasTable ? texts.walkNoTable : step.isPresent ? texts.walkPresent : texts.walkAbsent}
                </td>
              </tr>`,
          )}
          <tr>
            <th scope="row">${texts.walkOffset}</th>
            <td></td>
            <td class="number">${walk.offset}</td>
            <td></td>
            <td></td>
          </tr>
        </tbody>
      </table>
    </div>
    <p>
      ${texts.pageStates[walk.state]}${
        walk.frame === undefined ? '' : ` · ${texts.walkFrame(walk.frame)}`
      }${walk.region === undefined ? '' : ` · ${walk.region.text}`}
    </p>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-walk': MemWalk;
  }
}
