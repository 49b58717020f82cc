/**
 * Draws the scene on a canvas or into an SVG text. A pure function of what it is given: nothing is kept between two pictures.
 *
 * Cost grows with what is visible: boxes outside of the picture are found by bisection and skipped, boxes thinner than a pixel
 * are drawn once for the pixel that they share.
 */
import type { ChunkState, PageRun } from '../../src/protocol/view-model.ts';
import { asciiOf, formatByte, formatSize } from '../layout/format.ts';
import type { AddressRange } from '../layout/hex.ts';
import { digits, parseHex, rangesMeet } from '../layout/hex.ts';
import type { BandRow } from '../layout/map-layout.ts';
import { bandShares } from './bands.ts';
import { kindLetters } from '../layout/kind-letters.ts';
import type { Texts } from '../texts.ts';
import { bytesPerLine, columnsOf, leastLineHeight, mostBytePitch, openness } from './columns.ts';
import type { Column, Columns, Heights } from './columns.ts';
import { labelOf } from './labels.ts';
import type { ListLink } from './links.ts';
import { drawFault, drawMarks, drawTag } from './marks.ts';
import type { Mark } from './marks.ts';
import { pointersOf } from './pointers.ts';
import type { Palette } from './palette.ts';
import type { Scale } from './scale.ts';
import type { Box, Scene } from './scene.ts';
import { boxAt, isArenaStructure, lastAtOrBefore } from './scene.ts';
import type { Surface } from './surface.ts';
import type { Viewport } from './viewport.ts';
import { pixelsPerByte, shownRange, yOf } from './viewport.ts';

/** Everything that a picture depends on. */
export interface Picture {
  readonly scene: Scene;
  readonly scale: Scale;
  readonly view: Viewport;
  readonly width: number;
  readonly palette: Palette;
  readonly texts: Texts;
  readonly selectedId: string | undefined;
  readonly currentId: string | undefined;
  readonly hoveredId: string | undefined;
  readonly changed: readonly AddressRange[];
  /** Links of the lists of free chunks. */
  readonly links?: readonly ListLink[] | undefined;
  /** What is marked besides. */
  readonly marks?: readonly Mark[] | undefined;
  /** The page that the current event faulted in, or at. */
  readonly fault?: AddressRange | undefined;
  /** The byte at an address; undefined where none is known (no frame, or not read yet). */
  readonly byteAt: (address: bigint) => number | undefined;
}

/** A box as it was drawn, for the pointer. */
export interface DrawnBox {
  readonly box: Box;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the picture turned out to be. */
export interface Drawn {
  readonly boxes: readonly DrawnBox[];
  readonly columns: Columns;
  /** Bytes that the dump shows; undefined where there is no dump. */
  readonly dump: AddressRange | undefined;
}

/** Boxes thinner than this get neither a border nor a text. */
const thin = 3;
/** Pixels of the strip of pages at the right edge of a mapping. */
const pageStripWidth = 5;
/** Boxes in a narrow column are named from bottom to top above this height. */
const uprightRoom = 60;

/** Draws a picture; the context's units are CSS pixels. */
export function paint(context: Surface, picture: Picture): Drawn {
  return new Painter(context, picture).paint();
}

class Painter {
  readonly #context: Surface;
  readonly #picture: Picture;
  readonly #shown: AddressRange;
  readonly #columns: Columns;
  readonly #drawn: DrawnBox[] = [];
  /** Heights of the ruler's labels that are taken, most important first. */
  readonly #ticks: { readonly y: number; readonly address: bigint; readonly rank: number }[] = [];

  constructor(context: Surface, picture: Picture) {
    this.#context = context;
    this.#picture = picture;
    this.#shown = shownRange(picture.scale, picture.view);
    this.#columns = columnsOf(picture.width, this.#heights());
  }

  paint(): Drawn {
    const { width, view, palette, scene } = this.#picture;
    const context = this.#context;
    context.fillStyle = palette.background;
    context.fillRect(0, 0, width, view.height);
    for (const region of this.#visible(scene.regions)) this.#box(region);
    this.#regionNames();
    const dump = this.#dump();
    this.#pointers();
    this.#links();
    this.#marks();
    this.#ruler();
    this.#scaleBar();
    return { boxes: this.#drawn, columns: this.#columns, dump };
  }

  /** Boxes of a list that the picture shows, from low to high. */
  #visible(boxes: readonly Box[]): readonly Box[] {
    const { start, end } = this.#shown;
    const first = Math.max(0, lastAtOrBefore(boxes, start));
    const last = lastAtOrBefore(boxes, end);
    return boxes.slice(first, last + 1).filter((box) => box.end > start && box.start < end);
  }

  /** The tallest visible box of each column, at most the picture's height. */
  #heights(): Heights {
    const { scale, view, scene, width } = this.#picture;
    const tallest = [0, 0, 0, 0];
    let members = 0;
    let budget = 4000;
    const look = (boxes: readonly Box[]): void => {
      for (const box of this.#visible(boxes)) {
        if (--budget < 0) return;
        const height = this.#yOf(box.start) - this.#yOf(box.end);
        tallest[box.column] = Math.max(tallest[box.column] ?? 0, Math.min(height, view.height));
        if (box.kind === 'member') members = Math.max(members, height);
        if (height >= thin) look(box.children);
      }
    };
    look(scene.regions);
    const perByte = pixelsPerByte(scale, view, view.center);
    const isMapped = this.#isMapped(view.center);
    return {
      parts: tallest[2] ?? 0,
      fields: tallest[3] ?? 0,
      members,
      // About the room that the bytes have when they are just open: what could not be read there opens nothing.
      bytes: isMapped ? perByte * bytesPerLine(perByte, (width - 132) * 0.33) : 0,
      byte: perByte,
    };
  }

  /**
   * What is shown of the mapping in the middle and of its neighbours without a gap, as far as a line of bytes is high enough
   * there: beside the middle there may be terabytes in a fold, or megabytes in a few pixels.
   */
  #dumped(bytesOfLine: number): AddressRange | undefined {
    const { scale, view, scene } = this.#picture;
    const mappings = scene.regions.flatMap(({ children }) => children.filter(({ kind }) => kind === 'row'));
    const middle = mappings.findIndex(({ start, end }) => start <= view.center && view.center < end);
    if (middle < 0) return undefined;
    const isLegible = (box: Box): boolean =>
      pixelsPerByte(scale, view, box.start) * bytesOfLine >= leastLineHeight;
    let low = middle;
    for (
      let below = mappings[low - 1];
      below?.end === mappings[low]?.start && below !== undefined && isLegible(below);
      below = mappings[low - 1]
    )
      low -= 1;
    let high = middle;
    for (
      let above = mappings[high + 1];
      above?.start === mappings[high]?.end && above !== undefined && isLegible(above);
      above = mappings[high + 1]
    )
      high += 1;
    const [first, last] = [mappings[low], mappings[high]];
    if (first === undefined || last === undefined) return undefined;
    const shown = this.#shown;
    const start = first.start > shown.start ? first.start : shown.start;
    const end = last.end < shown.end ? last.end : shown.end;
    return { start, end };
  }

  #isMapped(address: bigint): boolean {
    return this.#picture.scene.regions.some(({ children }) => {
      const box = children[lastAtOrBefore(children, address)];
      return box?.kind === 'row' && address < box.end;
    });
  }

  #yOf(address: bigint): number {
    const { scale, view } = this.#picture;
    const y = yOf(scale, view, address);
    return Math.min(Math.max(y, -20), view.height + 20);
  }

  /** Draws a box in its column, or in a part of one, and what is inside of it. */
  #box(box: Box, given = this.#columns.boxes[box.column]): void {
    if (given === undefined || given.width < 1) return;
    const column = { x: given.x, width: given.width * (1 - this.#openFor(box)) };
    const rest = { x: column.x + column.width, width: given.width - column.width };
    const top = this.#yOf(box.end);
    const bottom = this.#yOf(box.start);
    const height = bottom - top;
    const { x } = column;
    const width = column.width - 1;
    const y = Math.round(top);
    const drawnHeight = Math.max(1, Math.round(bottom) - y);
    this.#fill(box, x, y, width, drawnHeight);
    this.#drawn.push({ box, x, y: top, width, height: Math.max(1, height) });
    if (height >= thin) {
      this.#frame(box, x, y, width, drawnHeight);
      if (height >= 11)
        this.#label(box, column, Math.max(0, top), Math.min(this.#picture.view.height, bottom));
      this.#ticks.push({ y: bottom, address: box.start, rank: box.column });
      if (box.kind === 'region') this.#ticks.push({ y: top, address: box.end, rank: 0 });
    }
    if (box.children.length === 0) return;
    // Below a pixel all children are one line.
    if (height < 1) return;
    let lastRow = Number.NaN;
    for (const child of this.#visible(box.children)) {
      const row = Math.round(this.#yOf(child.end));
      const isThin = this.#yOf(child.start) - this.#yOf(child.end) < 1;
      if (isThin && row === lastRow && !this.#isMarked(child)) continue;
      lastRow = isThin ? row : Number.NaN;
      this.#box(child, child.kind === 'member' ? rest : undefined);
    }
  }

  /** The part of its column that a box leaves to its members. */
  #openFor(box: Box): number {
    let tallest = 0;
    for (const child of this.#visible(box.children)) {
      if (child.kind !== 'member') return 0;
      tallest = Math.max(tallest, this.#yOf(child.start) - this.#yOf(child.end));
    }
    return 0.58 * openness(tallest);
  }

  #isMarked(box: Box): boolean {
    const { selectedId, currentId } = this.#picture;
    return box.id === selectedId || box.id === currentId || this.#isChanged(box);
  }

  #isChanged(box: Box): boolean {
    return box.kind === 'row' && box.row.isChanged;
  }

  #colourOf(box: Box): string {
    const { palette } = this.#picture;
    if (box.kind === 'region' || box.kind === 'gap') return palette.dim;
    if (box.kind === 'area') return palette.kinds.kernel;
    if (box.kind === 'member') {
      const isPlain = box.member.kind === 'padding' || box.mappingKind === undefined;
      if (isPlain) return palette.dim;
      return isInChunk(box) ? palette.chunks['in-use'] : palette.kinds[box.mappingKind];
    }
    if (box.kind === 'field') {
      if (box.field === 'asked') return palette.chunks['in-use'];
      if (box.field === 'guard') return palette.kinds.tls;
      if (isArenaStructure(box)) return palette.chunks.internal;
      return box.field === 'return-address' ? palette.kinds.text : palette.dim;
    }
    const { row } = box;
    if (row.kind === 'chunk') return palette.chunks[row.chunk.state];
    return row.mappingKind === undefined ? palette.dim : palette.kinds[row.mappingKind];
  }

  #fill(box: Box, x: number, y: number, width: number, height: number): void {
    if (box.kind === 'gap') return;
    const { palette, hoveredId, selectedId } = this.#picture;
    const context = this.#context;
    const isOver = box.id === hoveredId || box.id === selectedId;
    if (!palette.isHighContrast || height < thin) {
      context.globalAlpha = height < thin ? 0.75 : fillAlpha(box) + (isOver ? 0.14 : 0);
      context.fillStyle = this.#colourOf(box);
      context.fillRect(x, y, width, height);
      context.globalAlpha = 1;
    }
    if (box.kind === 'row' && box.row.kind === 'chunk' && height >= 6)
      this.#pattern(box.row.chunk.state, x, y, width, height);
    if (box.kind === 'row' && box.row.kind === 'band') this.#shares(box.row.band, x, y, width, height);
    if (box.kind === 'row' && box.row.kind === 'mapping') this.#pages(box.row.mapping.pages, box, x + width);
    if (this.#isChanged(box)) {
      context.fillStyle = palette.changed;
      context.fillRect(x, y, 3, height);
    }
  }

  /** Free chunks are hatched, each state in its own way, as in the table. */
  #pattern(state: ChunkState, x: number, y: number, width: number, height: number): void {
    const hatch = hatches[state];
    if (hatch === undefined) return;
    const context = this.#context;
    const from = Math.max(y, -20);
    const to = Math.min(y + height, this.#picture.view.height + 20);
    if (to <= from) return;
    context.save();
    context.beginPath();
    context.rect(x, from, width, to - from);
    context.clip();
    context.globalAlpha = 0.55;
    context.strokeStyle = this.#picture.palette.chunks[state];
    context.lineWidth = 1;
    context.beginPath();
    for (const lean of hatch) {
      const step = 7;
      if (lean === 0) for (let at = from; at < to; at += step) line(context, x, at, x + width, at);
      else {
        const reach = to - from;
        for (let at = x - reach; at < x + width + reach; at += step)
          line(context, at, lean > 0 ? to : from, at + reach, lean > 0 ? from : to);
      }
    }
    context.stroke();
    context.restore();
  }

  /** How much of a band is in which state, as bars beside each other from the left. */
  #shares(band: BandRow['band'], x: number, y: number, width: number, height: number): void {
    const { palette } = this.#picture;
    const context = this.#context;
    let left = x;
    for (const { state, share } of bandShares(band)) {
      const room = share * width;
      context.fillStyle = state === undefined ? palette.kinds.mmap : palette.chunks[state];
      context.globalAlpha = height < thin ? 0.75 : 0.4;
      context.fillRect(left, y, room, height);
      context.globalAlpha = 1;
      if (state !== undefined && height >= 6) this.#pattern(state, left, y, room, height);
      left += room;
    }
  }

  /** The pages of a mapping at its right edge: what has a frame, and of which kind. */
  #pages(runs: readonly PageRun[], box: Box, right: number): void {
    const { palette, view } = this.#picture;
    const context = this.#context;
    let at = box.start;
    for (const { state, pages } of runs) {
      const end = at + BigInt(pages) * 4096n;
      if (state !== 'absent') {
        const bottom = this.#yOf(at);
        const top = this.#yOf(end);
        if (bottom > 0 && top < view.height) {
          context.fillStyle = palette.pages[state];
          context.fillRect(right - pageStripWidth, top, pageStripWidth, Math.max(1, bottom - top));
        }
      }
      at = end;
    }
  }

  #frame(box: Box, x: number, y: number, width: number, height: number): void {
    const { palette, selectedId, currentId } = this.#picture;
    const context = this.#context;
    const isSelected = box.id === selectedId;
    if (box.kind === 'gap' && !isSelected) {
      this.#fold(x, y, height);
      return;
    }
    const isCurrent = box.id === currentId;
    context.strokeStyle = isSelected ? palette.focus : isCurrent ? palette.changed : this.#colourOf(box);
    context.lineWidth = isSelected || isCurrent ? 2 : 1;
    context.globalAlpha = isSelected || isCurrent || palette.isHighContrast ? 1 : 0.55;
    context.setLineDash(
      box.kind === 'row' && box.row.kind === 'mapping' && box.row.mappingKind === 'bss'
        ? [4, 3]
        : isPadding(box)
          ? [2, 3]
          : [],
    );
    const inset = context.lineWidth / 2;
    context.strokeRect(x + inset, y + inset, Math.max(0, width - 2 * inset), Math.max(0, height - 2 * inset));
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /** The sign of empty space that is cut short: a dotted line at the left edge. */
  #fold(x: number, y: number, height: number): void {
    const context = this.#context;
    context.strokeStyle = this.#picture.palette.dim;
    context.lineWidth = 1;
    context.setLineDash([1, 3]);
    context.beginPath();
    line(context, x + 2.5, y, x + 2.5, y + height);
    context.stroke();
    context.setLineDash([]);
  }

  #label(box: Box, column: Column, top: number, bottom: number): void {
    const { palette, texts } = this.#picture;
    const context = this.#context;
    const { title, note } = labelOf(box, texts);
    const isMapping = box.kind === 'row' && box.row.kind === 'mapping';
    const kind = isMapping ? box.row.mappingKind : undefined;
    const letter = kind === undefined ? '' : `${kindLetters[kind]} `;
    const size = Math.min(palette.fontSize, Math.max(9, (bottom - top) * 0.72));
    context.textBaseline = 'middle';
    if (column.width < 66) {
      if (bottom - top > uprightRoom)
        this.#upright(`${letter}${title}`, column, (top + bottom) / 2, bottom - top);
      else if (letter !== '' && column.width > 12) {
        context.font = `600 ${String(size)}px ${palette.mono}`;
        context.fillStyle = palette.text;
        context.fillText(letter, column.x + 6, (top + bottom) / 2);
      }
      return;
    }
    const y = (top + bottom) / 2;
    const room = column.width - 18;
    const isCode = !isMapping && box.kind !== 'region';
    context.font = `${isMapping ? '600 ' : ''}${String(size)}px ${isCode ? palette.mono : palette.sans}`;
    context.fillStyle = box.kind === 'gap' ? palette.dim : palette.text;
    const text = this.#cut(`${letter}${title}`, room);
    const width = context.measureText(text).width;
    const isTwoLines = bottom - top > size * 2.9 && note !== '';
    context.fillText(text, column.x + 7, isTwoLines ? y - size * 0.65 : y);
    context.font = `${String(size * 0.9)}px ${palette.mono}`;
    context.fillStyle = palette.dim;
    if (isTwoLines) context.fillText(this.#cut(note, room), column.x + 7, y + size * 0.7);
    else if (note !== '' && room - width > context.measureText(note).width + 10)
      context.fillText(note, column.x + 7 + width + 10, y);
  }

  /** Regions too low for a name in their own column (kernel half, hole) have it over their parts, which have none then. */
  #regionNames(): void {
    const { palette, texts, scene } = this.#picture;
    const context = this.#context;
    const [own, parts] = this.#columns.boxes;
    if (own.width >= 66 || parts.width < 66) return;
    const heightOf = (box: Box): number => this.#yOf(box.start) - this.#yOf(box.end);
    for (const region of this.#visible(scene.regions)) {
      const height = heightOf(region);
      if (height < 8 || height > uprightRoom || region.children.some((child) => heightOf(child) >= 11))
        continue;
      const { title, note } = labelOf(region, texts);
      const size = Math.min(palette.fontSize, Math.max(9, height * 0.72));
      context.font = `${String(size)}px ${palette.sans}`;
      context.textBaseline = 'middle';
      const text = this.#cut(`${title} · ${note}`, parts.width - 14);
      const y = (this.#yOf(region.start) + this.#yOf(region.end)) / 2;
      context.fillStyle = palette.background;
      context.globalAlpha = 0.85;
      context.fillRect(parts.x + 3, y - size * 0.6, context.measureText(text).width + 8, size * 1.2);
      context.globalAlpha = 1;
      context.fillStyle = palette.text;
      context.fillText(text, parts.x + 7, y);
    }
  }

  /** A narrow column has its text from bottom to top. */
  #upright(text: string, column: Column, y: number, room: number): void {
    const { palette } = this.#picture;
    const context = this.#context;
    if (column.width < 14) return;
    context.save();
    context.translate(column.x + column.width / 2, y);
    context.rotate(-Math.PI / 2);
    context.textAlign = 'center';
    context.font = `${String(Math.min(11, palette.fontSize))}px ${palette.sans}`;
    context.fillStyle = palette.text;
    context.fillText(this.#cut(text, room - 10), 0, 0);
    context.restore();
  }

  /** Shortens a text to a width, with an ellipsis. */
  #cut(text: string, room: number): string {
    const context = this.#context;
    if (room <= 0) return '';
    if (context.measureText(text).width <= room) return text;
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (context.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle;
      else high = middle - 1;
    }
    return low === 0 ? '' : `${text.slice(0, low)}…`;
  }

  /** Addresses of boundaries, the important ones first, none on top of another. */
  #ruler(): void {
    const { palette, view, scene } = this.#picture;
    const { ruler } = this.#columns;
    const context = this.#context;
    const size = ruler.width < 100 ? 9 : Math.min(12, palette.fontSize - 1);
    context.font = `${String(size)}px ${palette.mono}`;
    context.textBaseline = 'middle';
    const taken: number[] = [];
    const ticks = this.#ticks
      .filter(({ y }) => y >= 0 && y <= view.height)
      .sort((a, b) => a.rank - b.rank || a.y - b.y);
    for (const { y, address, rank } of ticks) {
      const at = Math.min(Math.max(y, size * 0.7), view.height - size * 0.7);
      if (taken.length > 80) break;
      if (taken.some((other) => Math.abs(other - at) < size * 1.45)) continue;
      taken.push(at);
      const text = address >= scene.end ? `2^${scene.end === 1n << 32n ? '32' : '64'}` : digits(address);
      context.fillStyle = rank <= 1 ? palette.text : palette.dim;
      context.textAlign = 'right';
      context.fillText(text, ruler.x + ruler.width - 9, at, ruler.width - 12);
      context.strokeStyle = palette.line;
      context.lineWidth = 1;
      context.beginPath();
      line(
        context,
        ruler.x + ruler.width - 6,
        Math.round(y) + 0.5,
        ruler.x + ruler.width,
        Math.round(y) + 0.5,
      );
      context.stroke();
    }
    context.textAlign = 'left';
  }

  /** The bytes as text, where a line of them is tall enough to be read. */
  #dump(): AddressRange | undefined {
    const { scale, view, palette, changed, byteAt } = this.#picture;
    const column = this.#columns.bytes;
    if (column.width < 60) return undefined;
    const perByte = pixelsPerByte(scale, view, view.center);
    const count = bytesPerLine(perByte, column.width);
    const lineHeight = perByte * count;
    if (lineHeight < leastLineHeight) return undefined;
    const context = this.#context;
    const step = BigInt(count);
    const dumped = this.#dumped(count);
    if (dumped === undefined) return undefined;
    const start = (dumped.start / step) * step;
    const { end } = dumped;
    // A byte is two digits and a space, its character one more: 4 characters of 0.6 em.
    const cell = Math.min(mostBytePitch, (column.width - 24) / (count * 1.36));
    const size = Math.min(13, lineHeight * 0.85, cell / 1.75);
    context.font = `${String(size)}px ${palette.mono}`;
    context.textBaseline = 'middle';
    const unstored = this.#unstored({ start, end });
    const hasText = cell * count + 20 + size * 0.61 * count <= column.width;
    for (let address = start; address < end; address += step) {
      const y = (yOf(scale, view, address) + yOf(scale, view, address + step)) / 2;
      let text = '';
      for (let i = 0; i < count; i++) {
        const at = address + BigInt(i);
        const byte = byteAt(at);
        text += byte === undefined ? ' ' : asciiOf(byte);
        const x = column.x + 8 + i * cell;
        if (changed.some((range) => at >= range.start && at < range.end)) {
          context.fillStyle = palette.changed;
          context.globalAlpha = 0.3;
          context.fillRect(x - 2, y - size * 0.75, cell, size * 1.5);
          context.globalAlpha = 1;
        }
        if (unstored.some((range) => at >= range.start && at < range.end)) {
          context.strokeStyle = palette.kinds.stack;
          context.lineWidth = 1;
          context.setLineDash([2, 2]);
          context.strokeRect(x - 1.5, y - size * 0.7, cell - 2, size * 1.4);
          context.setLineDash([]);
        }
        context.fillStyle = byte === undefined || byte === 0 ? palette.dim : palette.text;
        context.fillText(byte === undefined ? '··' : formatByte(byte), x, y);
      }
      if (hasText) {
        context.fillStyle = palette.dim;
        context.fillText(text, column.x + 14 + count * cell, y);
      }
    }
    return { start, end };
  }

  /** Bytes of variables in a range that nobody stored to. */
  #unstored(range: AddressRange): readonly AddressRange[] {
    const found: AddressRange[] = [];
    const look = (box: Box): void => {
      if (!rangesMeet(box, range)) return;
      if (box.kind === 'row' && box.row.kind === 'frame')
        for (const { start, end } of box.row.frame.unstored)
          found.push({ start: parseHex(start), end: parseHex(end) });
      else box.children.forEach(look);
    };
    this.#picture.scene.regions.forEach(look);
    return found;
  }

  /**
   * Arrows from variables to what they point at; dangling ones are dashed and end in a cross. What is out of sight is pointed at
   * from the edge.
   */
  #pointers(): void {
    const { scene, palette, texts, view, width } = this.#picture;
    const context = this.#context;
    const ground = { palette, width, height: view.height };
    const places = new Map(this.#drawn.map((drawn) => [drawn.box.id, drawn]));
    for (const { from, target, isDangling } of pointersOf(scene)) {
      const source = places.get(from.id);
      if (source === undefined || (source.height < 6 && from.id !== this.#picture.selectedId)) continue;
      context.strokeStyle = isDangling ? palette.kinds.stack : palette.focus;
      context.setLineDash(isDangling ? [4, 3] : []);
      const tip = this.#arrow(source, target, places);
      context.setLineDash([]);
      context.beginPath();
      if (isDangling) {
        line(context, tip.x - 4, tip.y - 4, tip.x + 4, tip.y + 4);
        line(context, tip.x - 4, tip.y + 4, tip.x + 4, tip.y - 4);
      } else {
        line(context, tip.x + 7, tip.y - 4, tip.x, tip.y);
        line(context, tip.x, tip.y, tip.x + 7, tip.y + 4);
      }
      context.stroke();
      if (isDangling) drawTag(context, ground, texts.dangling, tip);
    }
  }

  /** Arrows along the lists of free chunks: forward links whole and with a head, back links dotted. */
  #links(): void {
    const { scene, palette, links = [] } = this.#picture;
    const context = this.#context;
    const places = new Map(this.#drawn.map((drawn) => [drawn.box.id, drawn]));
    for (const { at, target, state, isBack } of links) {
      const inner = boxAt(scene, at, 3);
      const source = innermostDrawn(inner, places);
      // A chunk too thin to be drawn has no place of its own that an arrow could begin at.
      if (source === undefined || source.box.column < 2 || source.height < 4) continue;
      context.strokeStyle = palette.chunks[state];
      context.setLineDash(isBack ? [1, 3] : []);
      const tip = this.#arrow(source, target, places);
      context.setLineDash([]);
      if (isBack) continue;
      context.beginPath();
      line(context, tip.x + 6, tip.y - 3, tip.x, tip.y);
      line(context, tip.x, tip.y, tip.x + 6, tip.y + 3);
      context.stroke();
    }
  }

  #marks(): void {
    const { scene, palette, texts, view, width, fault, marks = [] } = this.#picture;
    const places = new Map(this.#drawn.map((drawn) => [drawn.box.id, drawn]));
    const yOf = (address: bigint): number => this.#yOf(address);
    const ground = { scene, palette, width, height: view.height, yOf, places };
    if (fault !== undefined) drawFault(this.#context, ground, fault, texts.eventKinds['page-fault']);
    drawMarks(this.#context, ground, marks);
  }

  /** A curve from a box to an address; what is out of sight is pointed at from the edge. */
  #arrow(
    source: DrawnBox,
    target: bigint,
    places: ReadonlyMap<string, DrawnBox>,
  ): { readonly x: number; readonly y: number } {
    const { scene, scale, view, width } = this.#picture;
    const context = this.#context;
    const at = yOf(scale, view, target);
    const isSeen = at >= 0 && at <= view.height;
    const drawn = isSeen ? innermostDrawn(boxAt(scene, target, 3), places) : undefined;
    const y = Math.min(Math.max(at, 4), view.height - 4);
    const x1 = source.x + source.width - 4;
    const y1 = source.y + source.height / 2;
    const x = drawn === undefined ? x1 : drawn.x + drawn.width - 2;
    const bulge = Math.min(width + 6, Math.max(x1, x) + Math.min(60, 18 + Math.abs(y - y1) / 6));
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(x1, y1);
    context.bezierCurveTo(bulge, y1, bulge, y, x, y);
    context.stroke();
    return { x, y };
  }

  /** How much a length is, in the piece of the scale that the middle lies in. */
  #scaleBar(): void {
    const { scale, view, palette, width } = this.#picture;
    const perByte = pixelsPerByte(scale, view, view.center);
    let bytes = 1n;
    while (Number(bytes) * perByte < 24 && bytes < 1n << 63n) bytes *= 2n;
    const length = Number(bytes) * perByte;
    if (length > view.height * 0.8 || !this.#columns.hasScaleBar) return;
    const context = this.#context;
    const x = width - 12;
    const bottom = view.height - 10;
    context.strokeStyle = palette.text;
    context.lineWidth = 1;
    context.beginPath();
    line(context, x, bottom, x, bottom - length);
    line(context, x - 4, bottom, x + 4, bottom);
    line(context, x - 4, bottom - length, x + 4, bottom - length);
    context.stroke();
    context.font = `11px ${palette.mono}`;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    const label = formatSize(bytes);
    const room = context.measureText(label).width;
    context.fillStyle = palette.background;
    context.globalAlpha = 0.8;
    context.fillRect(x - 10 - room, bottom - length / 2 - 8, room + 4, 16);
    context.globalAlpha = 1;
    context.fillStyle = palette.text;
    context.fillText(label, x - 8, bottom - length / 2);
    context.textAlign = 'left';
  }
}

/** Directions of the hatching by chunk state: 1 rising, -1 falling, 0 level. */
const hatches: Partial<Record<ChunkState, readonly (-1 | 0 | 1)[]>> = {
  tcache: [1],
  fastbin: [-1],
  unsorted: [0],
  small: [0, 1],
  large: [0, -1],
  corrupted: [1, -1],
};

const isPadding = (box: Box): boolean => box.kind === 'member' && box.member.kind === 'padding';

/** Whether a member is one of a block. */
function isInChunk(box: Box): boolean {
  let at: Box | undefined = box;
  while (at?.kind === 'member') at = at.parent;
  return at?.kind === 'field';
}

function fillAlpha(box: Box): number {
  if (isPadding(box)) return 0;
  if (box.kind === 'region' || box.kind === 'gap' || box.kind === 'area') return 0.1;
  if (box.kind === 'field') return box.field === 'asked' ? 0.34 : 0.12;
  if (box.kind === 'member') return 0.22;
  if (box.row.kind === 'chunk') return box.row.chunk.state === 'top' ? 0.06 : 0.22;
  return box.row.kind === 'mapping' ? 0.2 : 0.26;
}

/** Where a box was drawn, or what is around it. */
function innermostDrawn(box: Box | undefined, places: ReadonlyMap<string, DrawnBox>): DrawnBox | undefined {
  for (let at = box; at !== undefined; at = at.parent) {
    const drawn = places.get(at.id);
    if (drawn !== undefined) return drawn;
  }
  return undefined;
}

function line(context: Surface, x1: number, y1: number, x2: number, y2: number): void {
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
}
