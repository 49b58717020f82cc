/** The bar above the picture of the map: where it is, search, tools. */
import { css, html, LitElement, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { ZoomTool } from '../zoom/keys.ts';
import type { ScaleKind } from '../zoom/scale.ts';
import { words } from '../texts.ts';
import { closeOnEscape } from './drawing.ts';
import { MediaQuery, narrowPanel } from './media-query.ts';
import { menuStyles } from './styles.ts';

/** A tool was used. */
export class ZoomToolEvent extends Event {
  static readonly type = 'zoom-tool';
  readonly tool: ZoomTool;

  constructor(tool: ZoomTool) {
    super(ZoomToolEvent.type);
    this.tool = tool;
  }
}

/** A part around what is shown was chosen, from the outermost on. */
export class CrumbEvent extends Event {
  static readonly type = 'zoom-crumb';
  readonly index: number;

  constructor(index: number) {
    super(CrumbEvent.type);
    this.index = index;
  }
}

/** Something is looked for. */
export class SearchEvent extends Event {
  static readonly type = 'zoom-search';
  readonly text: string;

  constructor(text: string) {
    super(SearchEvent.type);
    this.text = text;
  }
}

@customElement('mem-zoom-bar')
export class MemZoomBar extends LitElement {
  static override readonly styles = [
    menuStyles,
    css`
      :host {
        position: relative;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25em 0.5em;
        padding: 0.35em 0.7em;
        border-block-end: 1px solid var(--atlas-line);
      }
      nav {
        flex: 1 1 12em;
        min-inline-size: 0;
      }
      @media (max-width: 480px) {
        nav {
          flex-basis: 4em;
        }
      }
      ol {
        display: flex;
        align-items: center;
        margin: 0;
        padding: 0;
        list-style: none;
        font-size: 0.92em;
      }
      li {
        display: flex;
        flex: 0 1 auto;
        min-inline-size: 1.6em;
        max-inline-size: 14em;
      }
      li:last-child {
        flex-shrink: 0.3;
      }
      li + li::before {
        color: var(--atlas-dim);
        content: '›';
      }
      li button {
        overflow: hidden;
        min-inline-size: 0;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      button {
        padding: 0.1em 0.4em;
        border: 1px solid transparent;
        border-radius: 4px;
        background: none;
        color: inherit;
        font: inherit;
        cursor: pointer;
      }
      button:hover {
        background: var(--atlas-hover);
      }
      button:focus-visible,
      input:focus-visible {
        outline: 1px solid var(--atlas-focus);
        outline-offset: -1px;
      }
      button[aria-pressed='true'] {
        border-color: var(--vscode-inputOption-activeBorder, var(--atlas-focus));
        background: var(--vscode-inputOption-activeBackground, var(--atlas-hover));
      }
      svg {
        display: block;
        inline-size: 1.15em;
        block-size: 1.15em;
      }
      form {
        display: flex;
        flex: 0 1 16em;
      }
      input {
        inline-size: 100%;
        min-inline-size: 7em;
        padding: 0.15em 0.5em;
        border: 1px solid var(--vscode-input-border, var(--atlas-line));
        border-radius: 3px;
        background: var(--vscode-input-background, transparent);
        color: var(--vscode-input-foreground, inherit);
        font: inherit;
      }
      .tools {
        display: flex;
      }
      .menu .panel {
        position: absolute;
        inset-block-start: 100%;
        inset-inline: 0;
        z-index: 2;
        display: flex;
        flex-wrap: wrap;
        gap: 0.4em;
        padding: 0.4em 0.7em;
        border-block-end: 1px solid var(--atlas-line);
        background: var(--vscode-editorWidget-background, var(--atlas-background));
      }
      .menu form {
        flex: 1 1 12em;
      }
    `,
  ];

  /** Names of the parts that hold the picture, the outermost first. */
  @property({ attribute: false }) accessor crumbs: readonly string[] = [];
  @property({ attribute: false }) accessor scaleKind: ScaleKind = 'folded';
  @property({ attribute: false }) accessor follows = true;

  @query('input') private accessor input!: HTMLInputElement | null;

  readonly #narrow = new MediaQuery(this, narrowPanel);

  /** Puts the cursor into the search field. */
  focusSearch(): void {
    const menu = this.renderRoot.querySelector('details');
    if (menu !== null) menu.open = true;
    this.input?.focus();
  }

  protected override render(): TemplateResult {
    const texts = words();
    return html`
      <nav aria-label=${texts.crumbs}>
        <ol class="crumbs">
          <li><button type="button" @click=${() => this.#use('all')}>${texts.wholeSpace}</button></li>
          ${this.crumbs.map(
            (crumb, index) =>
              html`<li>
                <button
                  type="button"
                  title=${crumb}
                  @click=${() => this.dispatchEvent(new CrumbEvent(index))}
                >
                  ${crumb}
                </button>
              </li>`,
          )}
        </ol>
      </nav>
      ${
        this.#narrow.matches
          ? html`<div class="tools">${this.#mainTools()}</div>
              <details class="menu" @keydown=${closeOnEscape}>
                <summary title=${texts.moreTools} aria-label=${texts.moreTools}>⋯</summary>
                <div class="panel">
                  ${this.#search()}
                  <div class="tools">${this.#otherTools()}</div>
                </div>
              </details>`
          : html`${this.#search()}
              <div class="tools">${this.#mainTools()}${this.#otherTools()}</div>`
      }
    `;
  }

  #search(): TemplateResult {
    const texts = words();
    return html`<form role="search" @submit=${this.#onSearch}>
      <input type="search" placeholder=${texts.search} aria-label=${texts.search} spellcheck="false" />
    </form>`;
  }

  #mainTools(): TemplateResult {
    const texts = words();
    return html`${this.#tool('closer', texts.zoomIn)}${this.#tool('farther', texts.zoomOut)}
    ${this.#tool('all', texts.fitAll)}${this.#tool('selection', texts.fitSelection)}`;
  }

  #otherTools(): TemplateResult {
    const texts = words();
    const isLinear = this.scaleKind === 'linear';
    return html`${this.#tool('heap', texts.fitHeap)}${this.#tool('stack', texts.fitStack)}
    ${this.#tool('scale', isLinear ? texts.scaleFolded : texts.scaleLinear, isLinear)}
    ${this.#tool('export', texts.exportSvg)}${this.#tool('follow', texts.followEvent, this.follows)}`;
  }

  #tool(tool: ZoomTool, label: string, isPressed?: boolean): TemplateResult {
    return html`<button
      type="button"
      title=${label}
      aria-label=${label}
      aria-pressed=${isPressed === undefined ? nothing : String(isPressed)}
      @click=${() => this.#use(tool)}
    >
      <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.3" aria-hidden="true">
        ${icons[tool]}
      </svg>
    </button>`;
  }

  #use(tool: ZoomTool): void {
    this.dispatchEvent(new ZoomToolEvent(tool));
  }

  readonly #onSearch = (event: Event): void => {
    event.preventDefault();
    const text = this.input?.value.trim() ?? '';
    if (text !== '') this.dispatchEvent(new SearchEvent(text));
  };
}

const icons: Readonly<Record<ZoomTool, TemplateResult>> = {
  closer: svg`<path d="M3 8h10M8 3v10" />`,
  farther: svg`<path d="M3 8h10" />`,
  all: svg`<path d="M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3" />`,
  selection: svg`<path d="M4 5h8v6H4zM8 1v3M8 12v3" />`,
  heap: svg`<path d="M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3M6.5 5.5v5M9.5 5.5v5M6.5 8h3" />`,
  stack: svg`<path d="M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3M5.5 6h5M5.5 8h5M5.5 10h5" />`,
  scale: svg`<path d="M5 2v12M5 2h5M5 5h3M5 8h5M5 11h3M5 14h5" />`,
  export: svg`<path d="M8 2v8M5 7l3 3 3-3M3 13h10" />`,
  follow: svg`<path d="M8 2a6 6 0 1 0 6 6M8 5a3 3 0 1 0 3 3M8 8l5-5M13 6V3h-3" />`,
};

declare global {
  interface HTMLElementEventMap {
    [ZoomToolEvent.type]: ZoomToolEvent;
    [CrumbEvent.type]: CrumbEvent;
    [SearchEvent.type]: SearchEvent;
  }
  interface HTMLElementTagNameMap {
    'mem-zoom-bar': MemZoomBar;
  }
}
