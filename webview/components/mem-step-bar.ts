/** Moves through the run: buttons, a slider, and what the current event is and why. */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { StepKind } from '../../src/protocol/messages.ts';
import type { EventView, Snapshot } from '../../src/protocol/view-model.ts';
import { words } from '../texts.ts';
import { placeLink } from './drawing.ts';
import { SeekEvent, StepEvent } from './events.ts';
import { linkStyles } from './styles.ts';

const arrows = {
  left: html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M10 3 L5 8 L10 13" /></svg>`,
  right: html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M6 3 L11 8 L6 13" /></svg>`,
};

@customElement('mem-step-bar')
export class MemStepBar extends LitElement {
  static override readonly styles = [
    linkStyles,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      .controls {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.4em 0.6em;
      }
      .group {
        display: flex;
      }
      .step {
        display: flex;
        align-items: center;
        gap: 0.3em;
        min-block-size: 1.9em;
        padding: 0 0.65em;
        border: 1px solid var(--vscode-button-border, var(--atlas-line));
        background: var(--vscode-button-secondaryBackground, transparent);
        color: var(--vscode-button-secondaryForeground, var(--atlas-text));
        font: inherit;
        cursor: pointer;
      }
      .step:first-child {
        border-start-start-radius: 4px;
        border-end-start-radius: 4px;
      }
      .step:last-child {
        border-inline-start: 0;
        border-start-end-radius: 4px;
        border-end-end-radius: 4px;
      }
      .step:hover:enabled {
        background: var(--vscode-button-secondaryHoverBackground, var(--atlas-hover));
      }
      .step:disabled {
        opacity: 0.5;
        cursor: default;
      }
      .step:focus-visible {
        z-index: 1;
        outline: 1px solid var(--atlas-focus);
        outline-offset: 1px;
      }
      .step svg {
        inline-size: 0.9em;
        block-size: 0.9em;
        fill: none;
        stroke: currentcolor;
        stroke-width: 1.8;
      }
      .slider {
        flex: 1 1 9em;
        min-inline-size: 6em;
        block-size: 1.5em;
        margin: 0;
        appearance: none;
        background: none;
        cursor: pointer;
      }
      .slider::-webkit-slider-runnable-track {
        box-sizing: border-box;
        block-size: 4px;
        border-radius: 2px;
        background: linear-gradient(
          to right,
          var(--atlas-focus) var(--done, 0%),
          color-mix(in srgb, var(--atlas-text) 25%, transparent) var(--done, 0%)
        );
      }
      .slider::-webkit-slider-thumb {
        inline-size: 14px;
        block-size: 14px;
        margin-block-start: -5px;
        appearance: none;
        border: 2px solid var(--atlas-background);
        border-radius: 50%;
        background: var(--atlas-focus);
      }
      .slider::-moz-range-track {
        block-size: 4px;
        border-radius: 2px;
        background: color-mix(in srgb, var(--atlas-text) 25%, transparent);
      }
      .slider::-moz-range-progress {
        block-size: 4px;
        border-radius: 2px;
        background: var(--atlas-focus);
      }
      .slider::-moz-range-thumb {
        border: 2px solid var(--atlas-background);
        background: var(--atlas-focus);
      }
      .slider:disabled {
        opacity: 0.5;
        cursor: default;
      }
      .slider:focus-visible {
        outline: 1px solid var(--atlas-focus);
        outline-offset: 2px;
      }
      .position {
        color: var(--atlas-dim);
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .event {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: baseline;
        gap: 0.1em 0.7em;
        margin-block-start: 0.55em;
      }
      .kind {
        padding: 0 0.45em;
        border: 1px solid var(--atlas-line);
        border-radius: 3px;
        color: var(--atlas-dim);
        font-size: 0.85em;
        white-space: nowrap;
      }
      .text {
        overflow-wrap: anywhere;
        font: 600 1.08em / 1.4 var(--atlas-mono);
      }
      .detail {
        grid-column: 1 / -1;
        max-inline-size: 110ch;
        max-block-size: 6.4em;
        overflow: auto;
        margin: 0;
        line-height: 1.5;
      }
      ol.detail {
        padding-inline-start: 2.4em;
      }
      ol.detail li::marker {
        color: var(--atlas-dim);
        font-variant-numeric: tabular-nums;
      }
      .detail:focus-visible {
        outline: 1px solid var(--atlas-focus);
      }
      .short {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.1em 0.6em;
      }
      .short .controls {
        flex: 1 1 17em;
        flex-wrap: nowrap;
      }
      .short .event {
        flex: 1 1 17em;
        min-inline-size: 0;
        margin: 0;
      }
      .short .step {
        min-block-size: 1.6em;
        padding-inline: 0.5em;
      }
      .short .slider {
        inline-size: 4em;
        flex-basis: 4em;
        min-inline-size: 3em;
      }
      .short .text {
        overflow: hidden;
        font-size: 1em;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      @container (max-width: 30em) {
        .controls {
          gap: 0.3em 0.5em;
        }
        .step {
          gap: 0.2em;
          padding-inline: 0.42em;
        }
        .slider {
          flex-basis: 7em;
        }
        .event {
          grid-template-columns: auto minmax(0, 1fr);
        }
        .kind {
          justify-self: start;
        }
        .place {
          justify-self: end;
        }
        .text {
          grid-column: 1 / -1;
          grid-row: 2;
        }
        .short .event {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .short .kind,
        .short .position,
        .short [data-kind='event'] span {
          display: none;
        }
        .short .text {
          grid-column: auto;
          grid-row: auto;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor position: Snapshot['position'] | undefined;
  @property({ attribute: false }) accessor event: EventView | undefined;
  /** Whether all is to be in one line: then the reasons are elsewhere. */
  @property({ attribute: false }) accessor isShort = false;

  protected override render(): TemplateResult | typeof nothing {
    const { position } = this;
    if (position === undefined) return nothing;
    const texts = words();
    const last = Math.max(0, position.count - 1);
    const label = texts.eventOf(position.index + 1, position.count);
    const isFirst = position.index <= 0;
    const isLast = position.index >= last;
    return html`<div class=${this.isShort ? 'short' : nothing}>
      <div class="controls" role="toolbar" aria-label=${texts.steps}>
        <div class="group">
          ${this.#button('malloc', -1, texts.previousMalloc, texts.malloc, isFirst)}
          ${this.#button('event', -1, texts.previousEvent, texts.event, isFirst)}
        </div>
        <div class="group">
          ${this.#button('event', 1, texts.nextEvent, texts.event, isLast)}
          ${this.#button('malloc', 1, texts.nextMalloc, texts.malloc, isLast)}
        </div>
        <input
          class="slider"
          type="range"
          min="0"
          max=${last}
          .value=${String(Math.max(0, position.index))}
          aria-label=${texts.position}
          aria-valuetext=${label}
          ?disabled=${position.count === 0}
          @input=${this.#onSlide}
        />
        <span class="position">${label}</span>
      </div>
      ${this.event === undefined ? html`<p class="detail">${texts.notStarted}</p>` : this.#event(this.event)}
    </div>`;
  }

  // Set from code: the content security policy lets no style attribute through.
  protected override updated(): void {
    const slider = this.renderRoot.querySelector<HTMLElement>('.slider');
    const { index = 0, count = 0 } = this.position ?? {};
    const share = count > 1 ? Math.max(0, index) / (count - 1) : 0;
    slider?.style.setProperty('--done', `${share * 100}%`);
  }

  #event(event: EventView): TemplateResult {
    return html`<div class="event">
      <span class="kind">${words().eventKinds[event.kind]}</span>
      <span class="text" title=${this.isShort ? event.text : nothing}>${event.text}</span>
      ${event.place === undefined ? html`<span></span>` : placeLink(event.place, false)}
      ${this.isShort ? nothing : detail(event.detail)}
    </div>`;
  }

  #button(kind: StepKind, count: number, label: string, name: string, isDisabled: boolean): TemplateResult {
    const step = (): void => {
      this.dispatchEvent(new StepEvent(kind, count));
    };
    return html`<button
      type="button"
      class="step"
      data-kind=${kind}
      title=${label}
      aria-label=${label}
      ?disabled=${isDisabled}
      @click=${step}
    >
      ${count < 0 ? arrows.left : nothing}<span>${name}</span>${count > 0 ? arrows.right : nothing}
    </button>`;
  }

  #onSlide(event: Event): void {
    if (event.target instanceof HTMLInputElement)
      this.dispatchEvent(new SeekEvent(event.target.valueAsNumber));
  }
}

/** One sentence as it is; the decisions behind a call as a numbered list, which scrolls when it is long. */
function detail(text: string): TemplateResult {
  const sentences = text.split('\n');
  if (sentences.length === 1) return html`<p class="detail">${text}</p>`;
  return html`<ol class="detail" tabindex=${sentences.length > 4 ? 0 : nothing}>
    ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
  </ol>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-step-bar': MemStepBar;
  }
}
