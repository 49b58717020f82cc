/** The whole space at the edge of the picture, with the window on it: a scrollbar that shows what it scrolls. */
import { css, html, LitElement } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { MinimapPicture } from '../zoom/minimap.ts';
import { drawMinimap, viewAt, windowOn } from '../zoom/minimap.ts';
import type { Viewport } from '../zoom/viewport.ts';
import { panBy } from '../zoom/viewport.ts';
import { words } from '../texts.ts';

/** Another part is to be shown. */
export class MinimapEvent extends Event {
  static readonly type = 'zoom-minimap';
  readonly view: Viewport;

  constructor(view: Viewport) {
    super(MinimapEvent.type);
    this.view = view;
  }
}

@customElement('mem-minimap')
export class MemMinimap extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
      flex: none;
      inline-size: 44px;
      min-block-size: 0;
      border-inline-start: 1px solid var(--atlas-line);
    }
    .track {
      position: relative;
      block-size: 100%;
      cursor: pointer;
      touch-action: none;
    }
    .track:focus-visible {
      outline: 1px solid var(--atlas-focus);
      outline-offset: -1px;
    }
    canvas {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
    }
  `;

  @state() private accessor place = 0;
  @query('canvas') private accessor canvas!: HTMLCanvasElement | null;
  @query('.track') private accessor track!: HTMLElement | null;

  #picture: MinimapPicture | undefined;

  protected override render(): TemplateResult {
    return html`<div
      class="track"
      role="scrollbar"
      tabindex="0"
      aria-label=${words().minimap}
      aria-controls="picture"
      aria-orientation="vertical"
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${this.place}
      @pointerdown=${this.#onPointer}
      @pointermove=${this.#onPointer}
      @keydown=${this.#onKey}
    >
      <canvas id="picture"></canvas>
    </div>`;
  }

  /** Draws what the picture shows now. */
  draw(picture: MinimapPicture): void {
    this.#picture = picture;
    const { canvas, track } = this;
    const context = canvas?.getContext('2d');
    if (canvas === null || track === null || context === null || context === undefined) return;
    const { clientWidth: width, clientHeight: height } = track;
    if (width < 1 || height < 1) return;
    const ratio = Math.min(devicePixelRatio, 3);
    const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== wide || canvas.height !== tall) {
      canvas.width = wide;
      canvas.height = tall;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawMinimap(context, picture, { width, height });
    const shown = windowOn(picture.scale, picture.view, height);
    this.place = Math.round(((shown.top + shown.height / 2) / height) * 100);
  }

  readonly #onPointer = (event: PointerEvent): void => {
    const picture = this.#picture;
    const { track } = this;
    if (picture === undefined || track === null || (event.buttons & 1) === 0) return;
    if (event.type === 'pointerdown') track.setPointerCapture(event.pointerId);
    const { top, height } = track.getBoundingClientRect();
    this.#show(viewAt(picture.scale, picture.view, event.clientY - top, height));
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const picture = this.#picture;
    const moves: Readonly<Record<string, number>> = {
      ArrowUp: 0.25,
      ArrowDown: -0.25,
      PageUp: 1,
      PageDown: -1,
      Home: Infinity,
      End: -Infinity,
    };
    const move = moves[event.key];
    if (picture === undefined || move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const { scale, view } = picture;
    if (Number.isFinite(move)) this.#show(panBy(scale, view, move * view.height));
    else this.#show(viewAt(scale, view, move > 0 ? 0 : 1, 1));
  };

  #show(view: Viewport): void {
    const picture = this.#picture;
    // A pan of nothing keeps the window inside of the space.
    if (picture !== undefined) this.dispatchEvent(new MinimapEvent(panBy(picture.scale, view, 0)));
  }
}

declare global {
  interface HTMLElementEventMap {
    [MinimapEvent.type]: MinimapEvent;
  }
  interface HTMLElementTagNameMap {
    'mem-minimap': MemMinimap;
  }
}
