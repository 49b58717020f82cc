/**
 * Above the views: the program, the steps, the counters and the strip. In panels with little height it is one line, and what
 * has no place in it opens from its end.
 */
import { css, html, LitElement, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CountersView, Snapshot } from '../../src/protocol/view-model.ts';
import { words } from '../texts.ts';
import { closeOnEscape } from './drawing.ts';
import { RunEvent } from './events.ts';
import { MediaQuery, shortPanel } from './media-query.ts';
import './mem-counters.ts';
import './mem-step-bar.ts';
import type { ReadHistory } from './mem-strip.ts';
import './mem-strip.ts';
import { menuStyles } from './styles.ts';

@customElement('mem-header')
export class MemHeader extends LitElement {
  static override readonly styles = [
    menuStyles,
    css`
      :host {
        display: block;
        position: relative;
      }
      .top {
        display: grid;
        gap: 0.6em;
        padding: 0.7em 1em;
        border-block-end: 1px solid var(--atlas-line);
      }
      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0.1em 0.9em;
      }
      h1 {
        margin: 0;
        font: 600 1.1em / 1.3 var(--atlas-mono);
      }
      .world {
        color: var(--atlas-dim);
        font-size: 0.92em;
      }
      .stale {
        padding-inline: 0.5em;
        border: 1px solid var(--atlas-yellow);
        border-radius: 3px;
        background: color-mix(in srgb, var(--atlas-yellow) 18%, transparent);
        color: inherit;
        font: inherit;
        font-size: 0.9em;
        cursor: pointer;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.1em 0.6em;
        padding: 0.2em 0.5em;
        border-block-end: 1px solid var(--atlas-line);
      }
      .line mem-step-bar {
        flex: 1 1 15em;
        min-inline-size: 0;
      }
      .menu[open] .panel {
        position: absolute;
        inset-block-start: 100%;
        inset-inline: 0;
        z-index: 3;
        display: grid;
        gap: 0.6em;
        max-block-size: calc(100vh - 5em);
        overflow: auto;
        padding: 0.5em 0.8em;
        border-block-end: 1px solid var(--atlas-line);
        background: var(--vscode-editorWidget-background, var(--atlas-background));
        box-shadow: 0 4px 8px var(--vscode-widget-shadow, transparent);
      }
      .why {
        margin: 0;
      }
      @container (max-width: 34em) {
        .top {
          gap: 0.45em;
          padding: 0.5em 0.7em;
        }
      }
    `,
  ];

  @property({ attribute: false }) accessor snapshot: Snapshot | undefined;
  /** Counters of the moment that was shown before. */
  @property({ attribute: false }) accessor previous: CountersView | undefined;
  /** Number of the run. */
  @property({ attribute: false }) accessor run: number | undefined;
  @property({ attribute: false }) accessor isStripOpen = false;
  @property({ attribute: false }) accessor readHistory: ReadHistory | undefined;

  readonly #short = new MediaQuery(this, shortPanel);

  protected override render(): TemplateResult | typeof nothing {
    const { snapshot } = this;
    if (snapshot === undefined) return nothing;
    return this.#short.matches ? this.#line(snapshot) : this.#block(snapshot);
  }

  #block(snapshot: Snapshot): TemplateResult {
    return html`<div class="top">
        ${this.#title(snapshot)} ${this.#steps(snapshot, false)} ${this.#counters(snapshot)}
      </div>
      ${this.#strip(snapshot)}`;
  }

  #line(snapshot: Snapshot): TemplateResult {
    const texts = words();
    const { event, program } = snapshot;
    return html`<div class="line">
      ${this.#steps(snapshot, true)} ${program.isStale ? this.#stale() : nothing}
      <slot></slot>
      <details class="menu" @keydown=${closeOnEscape}>
        <summary title=${texts.moreAbout} aria-label=${texts.moreAbout}>⋯</summary>
        <div class="panel">
          ${this.#title(snapshot)}
          ${event === undefined ? nothing : event.detail.split('\n').map((text) => html`<p class="why">${text}</p>`)}
          ${this.#counters(snapshot)} ${this.#strip(snapshot)}
        </div>
      </details>
    </div>`;
  }

  #title({ program }: Snapshot): TemplateResult {
    const texts = words();
    return html`<div class="title">
      <h1>${program.name}</h1>
      <span class="world">${`${program.target} · glibc ${program.glibc} · Linux ${program.kernel}`}</span>
      ${
        program.randomSeed === undefined
          ? nothing
          : html`<span class="world" title=${texts.randomizedHint}
              >${texts.randomized(program.randomSeed)}</span
            >`
      }
      ${program.isStale ? this.#stale() : nothing}
    </div>`;
  }

  #stale(): TemplateResult {
    const texts = words();
    return html`<button class="stale" title=${texts.staleHint} @click=${this.#onRun}>${texts.stale}</button>`;
  }

  #steps({ position, event }: Snapshot, isShort: boolean): TemplateResult {
    return html`<mem-step-bar .position=${position} .event=${event} .isShort=${isShort}></mem-step-bar>`;
  }

  #counters({ counters }: Snapshot): TemplateResult {
    return html`<mem-counters .counters=${counters} .previous=${this.previous}></mem-counters>`;
  }

  #strip({ position }: Snapshot): TemplateResult {
    return html`<mem-strip
      .position=${position}
      .run=${this.run}
      .isOpen=${this.isStripOpen}
      .readHistory=${this.readHistory}
    ></mem-strip>`;
  }

  readonly #onRun = (): void => {
    this.dispatchEvent(new RunEvent());
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-header': MemHeader;
  }
}
