/**
 * The memory map as a picture that zooms from the whole address space to one byte.
 *
 * The canvas only draws; every fact in it is also in the table (`mem-map`), which is its twin for screen readers.
 */
import { html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { MarkView, MembersView, MapDetail, Snapshot } from '../../src/protocol/view-model.ts';
import { digits, parseHex, toHex } from '../layout/hex.ts';
import type { AddressRange } from '../layout/hex.ts';
import { words } from '../texts.ts';
import { paint } from '../zoom/painter.ts';
import type { Drawn, DrawnBox, Picture } from '../zoom/painter.ts';
import { readPalette } from '../zoom/palette.ts';
import type { Palette } from '../zoom/palette.ts';
import { Gestures } from '../zoom/gestures.ts';
import type { Position } from '../zoom/gestures.ts';
import { labelOf } from '../zoom/labels.ts';
import { Scale } from '../zoom/scale.ts';
import type { ScaleKind } from '../zoom/scale.ts';
import { crumbsOf } from '../zoom/crumbs.ts';
import { actionOf } from '../zoom/keys.ts';
import type { Way, ZoomTool } from '../zoom/keys.ts';
import { ShownScene } from '../shown-scene.ts';
import type { AllocatorView } from '../../src/protocol/allocator-view.ts';
import { linksOf } from '../zoom/links.ts';
import type { ListLink } from '../zoom/links.ts';
import { faultOf, markSigns, marksOf } from '../zoom/marks.ts';
import { boxAt, boxOf, isFree, pathTo, scaledRanges } from '../zoom/scene.ts';
import type { Box } from '../zoom/scene.ts';
import { findBoxes } from '../zoom/search.ts';
import {
  addressAtY,
  between,
  fit,
  fitAll,
  panBy,
  pixelsPerByte,
  resized,
  shownRange,
  yOf,
  zoomAt,
} from '../zoom/viewport.ts';
import type { Viewport } from '../zoom/viewport.ts';
import { ExportEvent, SelectRowEvent } from './events.ts';
import type { ImageFormat } from '../../src/protocol/messages.ts';
import { ByteWindow } from '../zoom/byte-window.ts';
import { titleOf } from '../zoom/export.ts';
import { fileOf } from '../zoom/picture-file.ts';
import { heapsOf } from '../layout/map-layout.ts';
import type { MapRow } from '../layout/map-layout.ts';
import type { MapDetails } from '../map-details.ts';
import type { ReadMemory } from './mem-bytes.ts';
import './mem-zoom-bar.ts';
import type { CrumbEvent, MemZoomBar, SearchEvent, ZoomToolEvent } from './mem-zoom-bar.ts';
import './mem-minimap.ts';
import type { MemMinimap, MinimapEvent } from './mem-minimap.ts';
import { chunkStyles, kindColours } from './styles.ts';
import { swatches, zoomStyles } from './zoom-styles.ts';

/** The mark, among the page's performance marks, of the first picture of the moment that is shown. */
const pictureMark = 'memory-atlas.picture';

/** Milliseconds of a flight from one part to another. */
const flightMs = 320;
const zoomStep = 1.6;

@customElement('mem-zoom')
export class MemZoom extends LitElement {
  static override readonly styles = [kindColours, chunkStyles, zoomStyles];

  @property({ attribute: false }) accessor snapshot: Snapshot | undefined;
  /** Changes when memory may have changed. */
  @property({ attribute: false }) accessor moment = 0;
  @property({ attribute: false }) accessor selectedId: string | undefined;
  @property({ attribute: false }) accessor currentId: string | undefined;
  @property({ attribute: false }) accessor readMemory: ReadMemory | undefined;
  /** Parts of the map that the snapshot does not carry; the version changes when there are new ones. */
  @property({ attribute: false }) accessor details: MapDetails<MapDetail> | undefined;
  /** Of what the objects consist that are looked at closely; told of by the same version. */
  @property({ attribute: false }) accessor members: MapDetails<MembersView> | undefined;
  @property({ attribute: false }) accessor detailVersion = 0;
  /** What is marked besides: by the editor, by a comparison. */
  @property({ attribute: false }) accessor marks: readonly MarkView[] = [];
  /** Asks for the lists of free chunks. */
  @property({ attribute: false }) accessor readAllocator: (() => Promise<AllocatorView>) | undefined;

  @state() private accessor scaleKind: ScaleKind = 'folded';
  @state() private accessor follows = true;
  @state() private accessor message = '';
  /** What the pointer is over, or what is in the middle of the picture. */
  @state() private accessor pointed: { readonly address: bigint; readonly box: Box | undefined } | undefined;
  @state() private accessor crumbs: readonly Box[] = [];
  /** The addresses that the picture shows, when it rests. */
  @state() private accessor range = '';

  @query('canvas') private accessor canvas!: HTMLCanvasElement | null;
  @query('.stage') private accessor stage!: HTMLElement | null;
  @query('mem-minimap') private accessor minimap!: MemMinimap | null;
  @query('mem-zoom-bar') private accessor bar!: MemZoomBar | null;

  readonly #shown = new ShownScene();
  /** An address to be chosen as soon as what lies there is known. */
  #awaited: bigint | undefined;
  #scale: Scale | undefined;
  #view: Viewport | undefined;
  #palette: Palette | undefined;
  #drawn: Drawn | undefined;
  #frame = 0;
  /** What the last picture was of. */
  #painted: Snapshot | undefined;
  #width = 0;
  #flight: { readonly from: Viewport; readonly to: Viewport; readonly start: number } | undefined;
  /** A field that was chosen: it has no row in the table. */
  #chosen: Box | undefined;
  #found: { readonly text: string; index: number } | undefined;
  #links: readonly ListLink[] = [];
  readonly #bytes = new ByteWindow();
  readonly #gestures = new Gestures();
  readonly #resize = new ResizeObserver(() => {
    this.#measure();
  });
  readonly #theme = new MutationObserver(() => {
    this.#palette = undefined;
    this.#repaint();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#theme.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    this.#theme.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
    this.#theme.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  protected override firstUpdated(): void {
    const { stage } = this;
    if (stage === null) return;
    this.#resize.observe(stage);
    // Not passive: the wheel zooms and must not scroll the page.
    stage.addEventListener('wheel', this.#onWheel, { passive: false });
    this.#measure();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('moment') || changed.has('snapshot')) this.#takeMoment();
    if ((changed as Map<string, unknown>).has('scaleKind')) this.#rescale();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('moment') || changed.has('currentId')) this.#follow();
    this.#repaint();
  }

  protected override render(): TemplateResult {
    const texts = words();
    return html`
      <mem-zoom-bar
        .crumbs=${this.crumbs.map((box) => labelOf(box, texts).title)}
        .scaleKind=${this.scaleKind}
        .follows=${this.follows}
        @zoom-tool=${this.#onTool}
        @zoom-crumb=${this.#onCrumb}
        @zoom-search=${this.#onSearch}
      ></mem-zoom-bar>
      <div class="row">
        <div
          class="stage"
          tabindex="0"
          role="application"
          aria-label=${texts.pictureLabel(this.range)}
          @keydown=${this.#onKey}
          @pointerdown=${this.#onPointerDown}
          @pointermove=${this.#onPointerMove}
          @pointerup=${this.#onPointerUp}
          @pointercancel=${this.#onPointerUp}
          @pointerleave=${this.#onPointerLeave}
          @dblclick=${this.#onDoubleClick}
        >
          <canvas></canvas>
        </div>
        <mem-minimap @zoom-minimap=${this.#onMinimap}></mem-minimap>
      </div>
      <div class="status">${this.#renderStatus()}</div>
      ${swatches}
    `;
  }

  #renderStatus(): TemplateResult | typeof nothing {
    if (this.message !== '') return html`<span role="status">${this.message}</span>`;
    const { pointed } = this;
    if (pointed === undefined) {
      const here = this.marks.find(({ kind }) => kind === 'here');
      if (here === undefined) return nothing;
      return html`<span>${markSigns.here} ${here.start}</span><span class="what">${here.text}</span>`;
    }
    const path = pathTo(pointed.box).map((box) => labelOf(box, words()).title);
    return html`<span>${toHex(pointed.address)}</span><span class="what">${path.join(' › ')}</span>`;
  }

  // ------------------------------------------------------------ what is shown

  /** Takes a new moment: the part that is shown stays, although the scale may be another one. */
  #takeMoment(): void {
    const { snapshot } = this;
    if (snapshot === undefined) return;
    this.#shown.take(snapshot);
    this.#bytes.clear();
    void this.#readLinks(snapshot);
    this.#chosen = this.#boxOf(this.#chosen?.id);
    this.#rescale();
  }

  /** Asks for the parts that the picture needs, and takes those that are there. */
  #refine(): void {
    const { snapshot, details, members } = this;
    const [scale, view] = [this.#scale, this.#view];
    if (snapshot === undefined || scale === undefined || view === undefined) return;
    if (!this.#shown.refine(snapshot, { scale, view, details, members })) return;
    if (this.#chosen !== undefined) this.#chosen = this.#boxOf(this.#chosen.id) ?? this.#chosen;
    this.#chooseAwaited();
  }

  /** Chooses what lies at the awaited address, once it is told by itself. */
  #chooseAwaited(): void {
    const awaited = this.#awaited;
    const scene = this.#shown.scene;
    if (awaited === undefined || scene === undefined) return;
    const box = boxAt(scene, awaited, 3);
    if (box === undefined || isBand(box)) return;
    this.#awaited = undefined;
    this.#choose(box);
    this.#flyTo(box, 3);
  }

  /** The row of a box that is drawn, by its id. */
  rowOf(id: string): MapRow | undefined {
    const box = this.#boxOf(id);
    return box?.kind === 'row' ? box.row : undefined;
  }

  #rescale(): void {
    const scene = this.#shown.base;
    if (scene === undefined) return;
    const before = this.#scale;
    const scale =
      this.scaleKind === 'linear' ? Scale.linear(scene.end) : Scale.folded(scene.end, scaledRanges(scene));
    this.#scale = scale;
    const view = this.#view;
    this.#flight = undefined;
    if (view === undefined || before?.end !== scale.end || view.zoom <= view.height * 1.001) {
      this.#view = view === undefined ? undefined : fitAll(scale, view.height);
      return;
    }
    const perByte = pixelsPerByte(before, view, view.center);
    const now = pixelsPerByte(scale, view, view.center);
    this.#view = zoomAt(scale, { ...view, zoom: (view.zoom * perByte) / now }, view.height / 2, 1);
  }

  /** Goes to what the current event is about, when that cannot be seen. */
  #follow(): void {
    const box = this.#boxOf(this.currentId);
    if (!this.follows || box === undefined || this.#view === undefined || this.#scale === undefined) return;
    const top = yOf(this.#scale, this.#view, box.end);
    const bottom = yOf(this.#scale, this.#view, box.start);
    const isVisible = top >= 0 && bottom <= this.#view.height && bottom - top >= 12;
    if (!isVisible) this.#flyTo(box, 5);
  }

  #boxOf(id: string | undefined): Box | undefined {
    return id === undefined || this.#shown.scene === undefined ? undefined : boxOf(this.#shown.scene, id);
  }

  /** Flies to a box; `around` is how much of its neighbourhood is shown with it. */
  #flyTo(box: Box, around = 1): void {
    const scale = this.#scale;
    const view = this.#view;
    if (scale === undefined || view === undefined) return;
    const size = box.end - box.start;
    const extra = around <= 1 ? 0n : (size * BigInt(Math.round((around - 1) * 100))) / 200n;
    const outer = box.parent ?? box;
    const start = box.start - extra < outer.start ? outer.start : box.start - extra;
    const end = box.end + extra > outer.end ? outer.end : box.end + extra;
    this.#fly(fit(scale, { start, end }, view.height));
  }

  #fly(to: Viewport): void {
    const from = this.#view;
    if (from === undefined) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) this.#view = to;
    else this.#flight = { from, to, start: performance.now() };
    this.#repaint();
  }

  #measure(): void {
    const { stage, canvas } = this;
    if (stage === null || canvas === null) return;
    const { width, height } = stage.getBoundingClientRect();
    if (width < 1 || height < 1) return;
    const ratio = Math.min(devicePixelRatio, 3);
    this.#width = width;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const scale = this.#scale;
    if (scale !== undefined) {
      if (this.#view === undefined) this.#begin(scale, height);
      else this.#view = resized(scale, this.#view, height);
      // What a flight goes to was meant for the height before.
      const flight = this.#flight;
      if (flight !== undefined)
        this.#flight = {
          from: resized(scale, flight.from, height),
          to: resized(scale, flight.to, height),
          start: flight.start,
        };
    }
    this.#repaint();
  }

  /** The first view: everything, and from there to the current event. A stage that is hidden has no height, and none yet. */
  #begin(scale: Scale, height: number): void {
    if (height < 1) return;
    this.#view = fitAll(scale, height);
    this.#follow();
  }

  #repaint(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#onFrame);
  }

  readonly #onFrame = (now: number): void => {
    this.#frame = 0;
    const flight = this.#flight;
    const scale = this.#scale;
    if (flight !== undefined && scale !== undefined) {
      const t = Math.min(1, Math.max(0, (now - flight.start) / flightMs));
      this.#view = between(scale, flight.from, flight.to, 1 - (1 - t) ** 3);
      if (t >= 1) this.#flight = undefined;
      else this.#repaint();
    }
    this.#draw();
  };

  #draw(): void {
    const { canvas, snapshot } = this;
    const scale = this.#scale;
    const context = canvas?.getContext('2d');
    if (
      this.#shown.scene === undefined ||
      scale === undefined ||
      context === null ||
      context === undefined ||
      snapshot === undefined
    )
      return;
    if (this.#view === undefined) this.#begin(scale, this.stage?.clientHeight ?? 0);
    const view = this.#view;
    if (view === undefined) return;
    this.#refine();
    const ratio = (canvas?.width ?? 1) / Math.max(1, this.#width);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const picture = this.#picture();
    if (picture === undefined) return;
    this.#drawn = paint(context, picture);
    this.minimap?.draw({ ...picture, scene: this.#shown.base ?? picture.scene });
    if (this.#painted !== snapshot) {
      this.#painted = snapshot;
      performance.clearMarks(pictureMark);
      performance.mark(pictureMark);
    }
    if (this.#flight !== undefined) return;
    const shown = shownRange(scale, view);
    this.range = `${digits(shown.start)}–${digits(shown.end)}`;
    this.#updateCrumbs();
    if (this.#drawn.dump !== undefined) void this.#read(this.#drawn.dump);
  }

  /** All that the picture depends on; undefined while there is nothing to draw. */
  #picture(): Picture | undefined {
    const { snapshot } = this;
    const scene = this.#shown.scene;
    const scale = this.#scale;
    const view = this.#view;
    if (scene === undefined || scale === undefined || view === undefined || snapshot === undefined)
      return undefined;
    this.#palette ??= readPalette(this.renderRoot as ShadowRoot);
    return {
      scene,
      scale,
      view,
      width: this.#width,
      palette: this.#palette,
      texts: words(),
      selectedId: this.#chosen?.id ?? this.selectedId,
      currentId: this.currentId,
      hoveredId: this.pointed?.box?.id,
      changed: snapshot.changed.map(({ start, end }) => ({ start: parseHex(start), end: parseHex(end) })),
      fault: faultOf(snapshot),
      links: this.#links,
      marks: marksOf(this.marks),
      byteAt: (address) => this.#bytes.at(address),
    };
  }

  /** The boxes that hold all of the picture. */
  #updateCrumbs(): void {
    const scale = this.#scale;
    const view = this.#view;
    const scene = this.#shown.scene;
    if (scale === undefined || view === undefined || scene === undefined) return;
    const crumbs = crumbsOf(scene, scale, view);
    if (
      crumbs.length !== this.crumbs.length ||
      crumbs.some((box, index) => box.id !== this.crumbs[index]?.id)
    )
      this.crumbs = crumbs;
  }

  async #read(range: AddressRange): Promise<void> {
    const { readMemory } = this;
    if (readMemory === undefined) return;
    try {
      if (await this.#bytes.read(range, readMemory)) this.#repaint();
    } catch {
      // The reason was reported where the request was made; without bytes the dump shows dots.
    }
  }

  /** The lists of free chunks, where their chunks are told one by one. */
  async #readLinks(snapshot: Snapshot): Promise<void> {
    const isListed = heapsOf(snapshot).some(
      ({ heap }) => heap.bands.length === 0 && heap.chunks.some(isFree),
    );
    if (!isListed || this.readAllocator === undefined) {
      this.#links = [];
      return;
    }
    try {
      const { bins } = await this.readAllocator();
      if (this.snapshot !== snapshot) return;
      this.#links = linksOf(bins);
      this.#repaint();
    } catch {
      // The reason was reported where the request was made; without lists there are no arrows.
      this.#links = [];
    }
  }

  // ------------------------------------------------------------ files

  /** What is shown, as the contents of a file. */
  async draw(format: ImageFormat, scale: number): Promise<string | undefined> {
    const picture = this.#picture();
    const { snapshot } = this;
    if (picture === undefined || snapshot === undefined) return undefined;
    return fileOf({ picture, title: titleOf(snapshot) }, format, scale);
  }

  // ------------------------------------------------------------ pointer

  readonly #onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const scale = this.#scale;
    const view = this.#view;
    if (scale === undefined || view === undefined) return;
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    this.#flight = undefined;
    this.#view = event.shiftKey
      ? panBy(scale, view, -(event.deltaY + event.deltaX) * lines)
      : zoomAt(
          scale,
          view,
          this.#positionIn(event).y,
          Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0022)),
        );
    this.#repaint();
  };

  #at(event: MouseEvent): DrawnBox | undefined {
    const { x, y } = this.#positionIn(event);
    return lastOf(
      this.#drawn?.boxes ?? [],
      (drawn) => x >= drawn.x && x < drawn.x + drawn.width && y >= drawn.y && y <= drawn.y + drawn.height,
    );
  }

  #positionIn(event: MouseEvent): Position {
    const bounds = this.stage?.getBoundingClientRect();
    return { x: event.clientX - (bounds?.left ?? 0), y: event.clientY - (bounds?.top ?? 0) };
  }

  readonly #onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.stage?.setPointerCapture(event.pointerId);
    this.#gestures.down(event.pointerId, this.#positionIn(event));
    this.#flight = undefined;
  };

  readonly #onPointerMove = (event: PointerEvent): void => {
    const gesture = this.#gestures.move(event.pointerId, this.#positionIn(event));
    if (gesture.kind === 'hover') this.#point(event);
    const scale = this.#scale;
    const view = this.#view;
    if (gesture.kind !== 'move' || scale === undefined || view === undefined) return;
    this.stage?.classList.add('dragging');
    const moved = panBy(scale, view, gesture.pixels);
    this.#view = gesture.factor === 1 ? moved : zoomAt(scale, moved, gesture.y, gesture.factor);
    this.#repaint();
  };

  readonly #onPointerUp = (event: PointerEvent): void => {
    const gesture = this.#gestures.up(event.pointerId, event.type !== 'pointerup');
    if (!this.#gestures.isDragging) this.stage?.classList.remove('dragging');
    if (gesture.kind === 'choose') this.#choose(this.#at(event)?.box);
  };

  readonly #onPointerLeave = (): void => {
    if (!this.#gestures.isDragging) this.pointed = undefined;
  };

  #point(event: PointerEvent): void {
    if (this.#scale === undefined || this.#view === undefined) return;
    const { address } = addressAtY(this.#scale, this.#view, this.#positionIn(event).y);
    this.message = '';
    this.pointed = { address, box: this.#at(event)?.box };
  }

  readonly #onDoubleClick = (event: MouseEvent): void => {
    const box = this.#at(event)?.box;
    if (box !== undefined) this.#flyTo(box);
  };

  /** Chooses a box; one without a row in the table chooses the row that it lies in. */
  #choose(box: Box | undefined): void {
    this.#chosen = box;
    const row = lastOf(pathTo(box), (one) => one.kind === 'row');
    this.dispatchEvent(new SelectRowEvent(row?.id));
    this.#repaint();
  }

  // ------------------------------------------------------------ keyboard and tools

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const action = actionOf(event.key);
    if (action === undefined || this.#scale === undefined || this.#view === undefined) return;
    event.preventDefault();
    switch (action.kind) {
      case 'move':
        this.#flight = undefined;
        this.#view = panBy(this.#scale, this.#view, action.heights * this.#view.height);
        this.#repaint();
        return;
      case 'tool':
        this.#use(action.tool);
        return;
      case 'walk':
        this.#walk(action.way);
        return;
      case 'unselect':
        this.#choose(undefined);
        return;
      case 'search':
        this.bar?.focusSearch();
    }
  };

  /** Selects what is around or inside of the selection, or beside it; shows it. */
  #walk(way: Way): void {
    const scene = this.#shown.scene;
    const box = this.#chosen ?? this.#boxOf(this.selectedId) ?? this.#boxOf(this.currentId);
    if (scene === undefined) return;
    const siblings = box?.parent?.children ?? scene.regions;
    const index = box === undefined ? -1 : siblings.indexOf(box);
    const next =
      way === 'out'
        ? box?.parent
        : way === 'in'
          ? (box?.children.at(-1) ?? (box === undefined ? scene.regions[0] : undefined))
          : siblings[index + (way === 'up' ? 1 : -1)];
    if (next === undefined) return;
    this.#choose(next);
    this.#flyTo(next, 3);
    this.message = `${labelOf(next, words()).title} ${labelOf(next, words()).note}`;
  }

  readonly #onMinimap = (event: MinimapEvent): void => {
    this.#flight = undefined;
    this.#view = event.view;
    this.#repaint();
  };

  readonly #onSearch = (event: SearchEvent): void => {
    this.show(event.text);
  };

  readonly #onCrumb = (event: CrumbEvent): void => {
    const box = this.crumbs[event.index];
    if (box !== undefined) this.#flyTo(box);
  };

  readonly #onTool = (event: ZoomToolEvent): void => {
    this.#use(event.tool);
  };

  #use(tool: ZoomTool): void {
    switch (tool) {
      case 'closer':
        this.#zoom(zoomStep);
        return;
      case 'farther':
        this.#zoom(1 / zoomStep);
        return;
      case 'all':
        if (this.#scale !== undefined && this.#view !== undefined)
          this.#fly(fitAll(this.#scale, this.#view.height));
        return;
      case 'selection': {
        const box = this.#chosen ?? this.#boxOf(this.selectedId) ?? this.#boxOf(this.currentId);
        if (box !== undefined) this.#flyTo(box);
        return;
      }
      case 'heap':
      case 'stack':
        this.#fitMapping(tool);
        return;
      case 'scale':
        this.scaleKind = this.scaleKind === 'folded' ? 'linear' : 'folded';
        return;
      case 'export':
        this.dispatchEvent(new ExportEvent('svg'));
        return;
      case 'follow':
        this.follows = !this.follows;
        this.#follow();
        return;
    }
  }

  /** Shows the heap or the main stack: frames where there are some, for most of a stack is empty. */
  #fitMapping(kind: 'heap' | 'stack'): void {
    const box = this.#shown.base?.regions
      .flatMap(({ children }) => children)
      .find((one) => one.kind === 'row' && one.row.kind === 'mapping' && one.row.mapping.kind === kind);
    const scale = this.#scale;
    const view = this.#view;
    if (scale === undefined || view === undefined) return;
    this.message = box === undefined ? words().searchNothing(`[${kind}]`) : '';
    if (box === undefined) return;
    const frames = kind === 'stack' ? box.children.filter((one) => one.kind === 'row') : [];
    const range = { start: frames[0]?.start ?? box.start, end: frames.at(-1)?.end ?? box.end };
    this.#fly(fit(scale, range, view.height));
  }

  /** Shows and selects what people call by a text; again for the same text: the next one of that name. */
  show(text: string): void {
    if (this.#shown.scene === undefined) return;
    const boxes = findBoxes(this.#shown.scene, text);
    const index = this.#found?.text === text ? this.#found.index + 1 : 0;
    const box = boxes[index % Math.max(1, boxes.length)];
    this.#found = { text, index };
    this.message = box === undefined ? words().searchNothing(text) : '';
    this.#awaited = undefined;
    if (box === undefined) return;
    if (isBand(box) && /^0x[0-9a-f]{1,16}$/i.test(text)) {
      this.#awaited = BigInt(text);
      this.#flyNear(this.#awaited, box);
      return;
    }
    this.#choose(box);
    this.#flyTo(box, 3);
  }

  /** Flies so near to an address in a band that what lies there is told by itself. */
  #flyNear(address: bigint, box: Box): void {
    const scale = this.#scale;
    const view = this.#view;
    if (scale === undefined || view === undefined) return;
    const start = address - 1024n > box.start ? address - 1024n : box.start;
    const end = address + 1024n < box.end ? address + 1024n : box.end;
    this.#fly(fit(scale, { start, end }, view.height));
  }

  #zoom(factor: number): void {
    const scale = this.#scale;
    const view = this.#flight?.to ?? this.#view;
    if (scale !== undefined && view !== undefined) this.#fly(zoomAt(scale, view, view.height / 2, factor));
  }
}

const isBand = (box: Box): boolean => box.kind === 'row' && box.row.kind === 'band';

/** The last item of a list that fits. */
function lastOf<Item>(items: readonly Item[], fits: (item: Item) => boolean): Item | undefined {
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i];
    if (item !== undefined && fits(item)) return item;
  }
  return undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'mem-zoom': MemZoom;
  }
}
