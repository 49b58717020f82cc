/**
 * Marks over the picture: what the editor's cursor is on, and what differs from another moment. Each is a dashed frame around
 * its addresses with a sign beside it, so that no meaning is colour alone; what is no longer there, or not yet, is framed where
 * it lies.
 */
import type { MarkView, Snapshot } from '../../src/protocol/view-model.ts';
import type { AddressRange } from '../layout/hex.ts';
import { parseHex } from '../layout/hex.ts';
import type { Palette } from './palette.ts';
import type { DrawnBox } from './painter.ts';
import type { Box, Scene } from './scene.ts';
import { boxAt } from './scene.ts';
import type { Surface } from './surface.ts';

/** A mark with its addresses as numbers. */
export interface Mark extends AddressRange {
  readonly kind: MarkView['kind'];
}

/** The sign of each kind, in the picture and in its list. */
export const markSigns: Readonly<Record<MarkView['kind'], string>> = {
  here: '▸',
  added: '+',
  removed: '−',
  changed: '~',
};

/** Marks as they come, for the picture. */
export const marksOf = (views: readonly MarkView[]): readonly Mark[] =>
  views.map(({ start, end, kind }) => ({ start: parseHex(start), end: parseHex(end), kind }));

/** The page that a page fault is about; undefined at other events. */
export function faultOf({
  event,
  changed: [page],
}: Pick<Snapshot, 'event' | 'changed'>): AddressRange | undefined {
  if (event?.kind !== 'page-fault' || page === undefined) return undefined;
  return { start: parseHex(page.start), end: parseHex(page.end) };
}

/** A picture, as far as a word in it needs to know. */
interface TagGround {
  readonly palette: Palette;
  /** Of the picture. */
  readonly width: number;
  readonly height: number;
}

/** What marks are drawn into. */
export interface MarkGround extends TagGround {
  readonly scene: Scene;
  readonly yOf: (address: bigint) => number;
  readonly places: ReadonlyMap<string, DrawnBox>;
}

/** Pixels of a sign's field. */
const signSize = 14;

/** Draws marks: frames first, signs over them. */
export function drawMarks(context: Surface, ground: MarkGround, marks: readonly Mark[]): void {
  const signs: { readonly kind: Mark['kind']; readonly x: number; readonly y: number }[] = [];
  for (const mark of marks) {
    const holder = drawnAround(ground, mark);
    if (holder === undefined) continue;
    const top = ground.yOf(mark.end);
    const bottom = ground.yOf(mark.start);
    if (bottom < 0 || top > ground.height) continue;
    // A byte of a large picture is still a line.
    const height = Math.max(3, bottom - top);
    context.strokeStyle = mark.kind === 'here' ? ground.palette.focus : ground.palette.changed;
    context.lineWidth = 2;
    context.setLineDash([5, 3]);
    context.strokeRect(holder.x + 1, top, Math.max(2, holder.width - 2), height);
    context.setLineDash([]);
    const y = Math.min(Math.max((top + bottom) / 2, signSize / 2), ground.height - signSize / 2);
    const x = holder.x + holder.width - signSize - 8;
    const isFree = signs.every((other) => other.x !== x || Math.abs(other.y - y) >= signSize);
    const isSaid = signs.some(
      (other) => other.x === x && other.kind === mark.kind && Math.abs(other.y - y) < signSize,
    );
    if (isFree) signs.push({ kind: mark.kind, x, y });
    // Another kind at the same height has its sign beside the first one.
    else if (!isSaid) signs.push({ kind: mark.kind, x: x - signSize - 2, y });
  }
  for (const { kind, x, y } of signs) drawSign(context, ground.palette, markSigns[kind], x, y);
}

/** Draws the tick of a page fault: an arrow and a word at the strip of pages, where the page is that was touched. */
export function drawFault(context: Surface, ground: MarkGround, fault: AddressRange, text: string): void {
  const { scene, palette, height, yOf, places } = ground;
  const mapping = boxAt(scene, fault.start, 1);
  const drawn = mapping?.kind === 'row' ? places.get(mapping.id) : undefined;
  const y = (yOf(fault.start) + yOf(fault.end)) / 2;
  if (drawn === undefined || y < 0 || y > height) return;
  const x = drawn.x + drawn.width + 1;
  context.strokeStyle = palette.changed;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x + 14, y);
  context.lineTo(x, y);
  context.moveTo(x + 5, y - 4);
  context.lineTo(x, y);
  context.lineTo(x + 5, y + 4);
  context.stroke();
  drawTag(context, ground, text, { x: x + 8, y });
}

/** Draws a word beside the tip of an arrow: meaning is never colour or pattern alone. */
export function drawTag(
  context: Surface,
  { palette, width, height }: TagGround,
  text: string,
  { x, y }: { readonly x: number; readonly y: number },
): void {
  context.font = `10px ${palette.sans}`;
  context.textBaseline = 'middle';
  const room = context.measureText(text).width;
  const left = Math.min(x + 9, width - room - 4);
  // The tip may be at the edge of the picture.
  const middle = Math.min(Math.max(y, 8), height - 8);
  context.globalAlpha = 0.85;
  context.fillStyle = palette.background;
  context.fillRect(left - 2, middle - 7, room + 4, 14);
  context.globalAlpha = 1;
  context.fillStyle = palette.text;
  context.fillText(text, left, middle);
}

function drawSign(context: Surface, palette: Palette, sign: string, x: number, y: number): void {
  context.fillStyle = palette.background;
  context.fillRect(x, y - signSize / 2, signSize, signSize);
  context.strokeStyle = palette.text;
  context.lineWidth = 1;
  context.strokeRect(x + 0.5, y - signSize / 2 + 0.5, signSize - 1, signSize - 1);
  context.font = `600 11px ${palette.mono}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = palette.text;
  context.fillText(sign, x + signSize / 2, y);
  context.textAlign = 'left';
}

/** The innermost box that is drawn and holds all of a range. */
function drawnAround({ scene, places }: MarkGround, range: AddressRange): DrawnBox | undefined {
  let box: Box | undefined = boxAt(scene, range.start, 3);
  while (box !== undefined && (box.end < range.end || !places.has(box.id))) box = box.parent;
  return box === undefined ? undefined : places.get(box.id);
}
