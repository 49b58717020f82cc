/**
 * The whole space beside the picture, with the window on it. Pure geometry and drawing.
 */
import type { Palette } from './palette.ts';
import type { Scale } from './scale.ts';
import type { Box, Scene } from './scene.ts';
import type { Surface } from './surface.ts';
import type { Viewport } from './viewport.ts';
import { fitAll, shownRange, yOf } from './viewport.ts';

/** Pixels that the window takes at least, so that it can be seen and held. */
const leastWindow = 6;

/** The part of the minimap that the picture shows, in pixels from its top. */
export interface MinimapWindow {
  readonly top: number;
  readonly height: number;
}

/** Where the window lies on a minimap of some height. */
export function windowOn(scale: Scale, view: Viewport, height: number): MinimapWindow {
  const whole = fitAll(scale, height);
  const shown = shownRange(scale, view);
  const top = yOf(scale, whole, shown.end);
  const size = yOf(scale, whole, shown.start) - top;
  const grown = Math.max(size, leastWindow);
  return { top: Math.min(Math.max(0, top - (grown - size) / 2), height - grown), height: grown };
}

/** The viewport whose middle is at a height of the minimap, as near as before. */
export function viewAt(scale: Scale, view: Viewport, y: number, height: number): Viewport {
  const { address, fraction } = scale.addressAt(0n, Math.min(1, Math.max(0, 1 - y / height)));
  return { ...view, center: address, fraction };
}

/** Draws mappings in their colours, and the window over them. */
export function drawMinimap(
  surface: Surface,
  { scene, scale, view, palette }: MinimapPicture,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const whole = fitAll(scale, height);
  surface.fillStyle = palette.background;
  surface.fillRect(0, 0, width, height);
  const draw = (box: Box, inset: number): void => {
    const top = yOf(scale, whole, box.end);
    const bottom = yOf(scale, whole, box.start);
    surface.globalAlpha = box.kind === 'row' ? 0.75 : 0.12;
    surface.fillStyle = colourOf(box, palette);
    if (box.kind !== 'gap') surface.fillRect(inset, top, width - inset - 4, Math.max(1, bottom - top - 0.5));
    surface.globalAlpha = 1;
    if (box.kind === 'region') for (const child of box.children) draw(child, 6);
  };
  for (const region of scene.regions) draw(region, 2);
  const shown = windowOn(scale, view, height);
  surface.fillStyle = palette.focus;
  surface.globalAlpha = 0.18;
  surface.fillRect(0, shown.top, width, shown.height);
  surface.globalAlpha = 1;
  surface.strokeStyle = palette.focus;
  surface.lineWidth = 1.5;
  surface.strokeRect(0.75, shown.top + 0.75, width - 1.5, Math.max(1, shown.height - 1.5));
}

/** What a minimap is drawn of. */
export interface MinimapPicture {
  readonly scene: Scene;
  readonly scale: Scale;
  readonly view: Viewport;
  readonly palette: Palette;
}

function colourOf(box: Box, palette: Palette): string {
  if (box.kind !== 'row' || box.row.mappingKind === undefined) return palette.dim;
  return palette.kinds[box.row.mappingKind];
}
