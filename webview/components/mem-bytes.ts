/** The bytes of a range as they are at the current event, fetched when shown. */
import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Requests } from '../../src/protocol/messages.ts';
import type { HexAddress, Snapshot } from '../../src/protocol/view-model.ts';
import { asciiOf, formatByte, formatCount } from '../layout/format.ts';
import type { AddressRange } from '../layout/hex.ts';
import { digits, parseHex, toHex } from '../layout/hex.ts';
import type { DumpCell, DumpLine } from '../layout/hex-dump.ts';
import { layOutDump } from '../layout/hex-dump.ts';
import { words } from '../texts.ts';
import { FindWriteEvent } from './events.ts';

/** Asks the session for bytes. */
export type ReadMemory = (start: HexAddress, length: number) => Promise<Requests['readMemory']['result']>;

const firstLength = 128;
const lengthFactor = 4;
const mostBytes = 8192;

@customElement('mem-bytes')
export class MemBytes extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
      container-type: inline-size;
    }
    .dump {
      overflow-x: auto;
      font: 0.89em / 1.6 var(--atlas-mono);
      white-space: nowrap;
    }
    .dump:focus-visible {
      outline: 1px solid var(--atlas-focus);
    }
    .line {
      display: flex;
      gap: 1ch;
    }
    .ascii {
      white-space: pre;
    }
    .address,
    .note,
    .zero {
      color: var(--atlas-dim);
    }
    .note {
      white-space: normal;
    }
    .outside {
      visibility: hidden;
    }
    .byte {
      cursor: pointer;
    }
    .chosen {
      outline: 1px solid var(--atlas-focus);
    }
    .writes {
      display: flex;
      flex-wrap: wrap;
      gap: 0 0.5em;
      align-items: baseline;
    }
    .writes code {
      font-family: var(--atlas-mono);
    }
    .byte + .byte {
      margin-inline-start: 1ch;
    }
    .changed {
      color: var(--atlas-text);
      background: color-mix(in srgb, var(--atlas-changed) 28%, transparent);
      text-decoration: underline;
      text-underline-offset: 2px;
    }
    .label {
      color: var(--atlas-dim);
      font-family: var(--atlas-sans);
      font-size: 0.92em;
    }
    p {
      margin: 0.3em 0;
      color: var(--atlas-dim);
    }
    button {
      margin-block-start: 0.5em;
      padding: 0.15em 0.7em;
      border: 1px solid var(--vscode-button-border, var(--atlas-line));
      border-radius: 4px;
      background: var(--vscode-button-secondaryBackground, transparent);
      color: var(--vscode-button-secondaryForeground, var(--atlas-text));
      font: inherit;
      cursor: pointer;
    }
    button:focus-visible {
      outline: 1px solid var(--atlas-focus);
      outline-offset: 1px;
    }
  `;

  /** First address shown and end of what may be shown. */
  @property({ attribute: false }) accessor start = 0n;
  @property({ attribute: false }) accessor end = 0n;
  @property({ attribute: false }) accessor changed: Snapshot['changed'] = [];
  /** Changes when memory may have changed. */
  @property({ attribute: false }) accessor moment = 0;
  @property({ attribute: false }) accessor readMemory: ReadMemory | undefined;
  /** Names of words, by address. */
  @property({ attribute: false }) accessor labels: ReadonlyMap<bigint, string> = new Map();

  /** The byte that questions are about; else the first one. */
  @state() private accessor chosen: bigint | undefined;
  @state() private accessor wanted = firstLength;
  @state() private accessor lines: readonly DumpLine[] | 'loading' | 'failed' = 'loading';

  /** Number of the last question: answers to earlier ones are dropped. */
  #question = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.chosen !== undefined && (this.chosen < this.start || this.chosen >= this.end))
      this.chosen = undefined;
    if (changed.has('start')) {
      this.wanted = firstLength;
      this.lines = 'loading';
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    const triggers = ['start', 'end', 'moment', 'readMemory', 'wanted'];
    if (triggers.some((name) => (changed as Map<string, unknown>).has(name))) void this.#load();
  }

  protected override render(): TemplateResult {
    const texts = words();
    const all = this.end - this.start;
    const isAll = all <= BigInt(this.wanted);
    return html`
      ${
        this.lines === 'loading'
          ? html`<p>${texts.memoryLoading}</p>`
          : this.lines === 'failed'
            ? html`<p>${texts.memoryFailed}</p>`
            : this.#dump(this.lines)
      }
      ${
        isAll
          ? nothing
          : html`<p>${texts.memoryFirst(formatCount(this.wanted), formatCount(all))}</p>
              ${
                this.wanted >= mostBytes
                  ? nothing
                  : html`<button type="button" @click=${this.#more}>${texts.memoryMore}</button>`
              }`
      }
    `;
  }

  #dump(lines: readonly DumpLine[]): TemplateResult {
    const texts = words();
    const address = toHex(this.chosen ?? this.start);
    return html`<div
        class="dump"
        tabindex="0"
        role="group"
        aria-label=${texts.memory}
        @click=${this.#choose}
        @keydown=${this.#onKey}
      >
        ${foldEmpty(lines).map((line) => this.#line(line))}
      </div>
      <div class="writes" role="group" aria-label=${texts.byteAt(address)}>
        <code>${address}</code>
        <button type="button" data-find="back" @click=${this.#findWrite}>${texts.lastWrite}</button>
        <button type="button" data-find="forward" @click=${this.#findWrite}>${texts.nextWrite}</button>
      </div>`;
  }

  readonly #choose = (event: Event): void => {
    const address = (event.target as Element).closest<HTMLElement>('.byte')?.dataset.address;
    if (address !== undefined) this.chosen = BigInt(address);
  };

  /** Arrow keys choose a byte, as the mouse does. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, bigint>> = {
      ArrowLeft: -1n,
      ArrowRight: 1n,
      ArrowUp: -8n,
      ArrowDown: 8n,
    };
    const step = steps[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = (this.chosen ?? this.start) + step;
    if (next >= this.start && next < this.end) this.chosen = next;
  };

  readonly #findWrite = (event: Event): void => {
    const { find } = (event.currentTarget as HTMLElement).dataset;
    const address = toHex(this.chosen ?? this.start);
    this.dispatchEvent(new FindWriteEvent(address, find === 'back' ? 'back' : 'forward'));
  };

  #line(line: DumpLine): TemplateResult {
    const label = this.labels.get(line.start);
    const address = html`<span class="address">${digits(line.start)}</span>`;
    if (line.isEmpty)
      return html`<div class="line">${address}<span class="note">${words().memoryEmpty}</span></div>`;
    return html`<div class="line">
      ${address}<span
        >${line.cells.map((one, index) => cell(one, line.start + BigInt(index), this.chosen))}</span
      ><span class="ascii"
        >${line.cells.map(({ value, isInside }) => (!isInside || value === undefined ? ' ' : asciiOf(value)))}</span
      >${label === undefined ? nothing : html`<span class="label">${label}</span>`}
    </div>`;
  }

  readonly #more = (): void => {
    this.wanted = Math.min(mostBytes, this.wanted * lengthFactor);
  };

  async #load(): Promise<void> {
    const { readMemory, start } = this;
    if (readMemory === undefined || this.end <= start) return;
    const question = ++this.#question;
    const length = Number(this.end - start > BigInt(this.wanted) ? BigInt(this.wanted) : this.end - start);
    const range: AddressRange = { start, end: start + BigInt(length) };
    try {
      const { pieces } = await readMemory(toHex(start), length);
      if (question !== this.#question) return;
      const changed = this.changed.map((part) => ({ start: parseHex(part.start), end: parseHex(part.end) }));
      this.lines = layOutDump(range, pieces, changed, 8);
    } catch {
      // The reason was reported where the request was made; here it is enough that there are no bytes.
      if (question === this.#question) this.lines = 'failed';
    }
  }
}

/** Keeps the first of consecutive lines without a page frame. */
function foldEmpty(lines: readonly DumpLine[]): readonly DumpLine[] {
  return lines.filter((line, index) => !line.isEmpty || lines[index - 1]?.isEmpty !== true);
}

function cell(
  { value, isInside, isChanged }: DumpCell,
  address: bigint,
  chosen: bigint | undefined,
): TemplateResult {
  const classes = [
    'byte',
    isInside ? '' : 'outside',
    isChanged ? 'changed' : '',
    value === 0 ? 'zero' : '',
    address === chosen ? 'chosen' : '',
  ];
  return html`<span class=${classes.join(' ')} data-address=${toHex(address)}
    >${value === undefined ? '··' : formatByte(value)}</span
  >`;
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-bytes': MemBytes;
  }
}
