/**
 * What part of the axis is shown: high addresses at the top. Pure; the component animates between viewports.
 */
import type { AddressRange } from '../layout/hex.ts';
import type { Scale } from './scale.ts';

/** A part of the axis on the screen. */
export interface Viewport {
  /** The address in the middle of the picture, with a fraction of a byte. */
  readonly center: bigint;
  readonly fraction: number;
  /** Pixels for the whole axis. */
  readonly zoom: number;
  /** Height of the picture in pixels. */
  readonly height: number;
}

/** Room around what is fitted into the picture, as a part of its height. */
const margin = 0.06;
/** Height of one byte at the closest. */
const mostPixelsPerByte = 64;

/** The whole space. */
export function fitAll(scale: Scale, height: number): Viewport {
  const { address, fraction } = scale.addressAt(0n, 0.5);
  return { center: address, fraction, zoom: height, height };
}

/** A range with some room around it. */
export function fit(scale: Scale, range: AddressRange, height: number): Viewport {
  const length = scale.distance(range.start, range.end);
  const { address, fraction } = scale.addressAt(range.start, length / 2);
  const zoom = (height * (1 - 2 * margin)) / Math.max(length, Number.MIN_VALUE);
  return clamped(scale, { center: address, fraction, zoom, height });
}

/** Pixels from the top of the picture to an address; huge numbers for what is far away. */
export function yOf(scale: Scale, view: Viewport, address: bigint): number {
  const piece = scale.pieceOf(view.center);
  const fraction = (view.fraction / Number(piece.end - piece.start)) * piece.length;
  return view.height / 2 - (scale.distance(view.center, address) - fraction) * view.zoom;
}

/** The address at a height of the picture. */
export function addressAtY(
  scale: Scale,
  view: Viewport,
  y: number,
): { readonly address: bigint; readonly fraction: number } {
  const piece = scale.pieceOf(view.center);
  const fraction = (view.fraction / Number(piece.end - piece.start)) * piece.length;
  return scale.addressAt(view.center, (view.height / 2 - y) / view.zoom + fraction);
}

/** The addresses that the picture shows. */
export function shownRange(scale: Scale, view: Viewport): AddressRange {
  const { address: start } = addressAtY(scale, view, view.height);
  const { address } = addressAtY(scale, view, 0);
  return { start, end: address + 1n };
}

/** Closer (factor above 1) or farther, with what stands at a height staying there. */
export function zoomAt(scale: Scale, view: Viewport, y: number, factor: number): Viewport {
  const held = addressAtY(scale, view, y);
  const zoom = limited(scale, view, view.zoom * factor, held.address);
  // The middle lies as far from what is held as before, in pixels.
  const away = (view.height / 2 - y) / zoom;
  const piece = scale.pieceOf(held.address);
  const fraction = (held.fraction / Number(piece.end - piece.start)) * piece.length;
  const { address, fraction: rest } = scale.addressAt(held.address, fraction - away);
  return clamped(scale, { ...view, center: address, fraction: rest, zoom });
}

/** Moved by pixels; positive shows higher addresses. */
export function panBy(scale: Scale, view: Viewport, pixels: number): Viewport {
  const { address, fraction } = addressAtY(scale, view, view.height / 2 - pixels);
  return clamped(scale, { ...view, center: address, fraction });
}

/** The same part in a picture of another height. */
export function resized(scale: Scale, view: Viewport, height: number): Viewport {
  if (view.height === height || view.height === 0) return { ...view, height };
  return clamped(scale, { ...view, zoom: (view.zoom * height) / view.height, height });
}

/** Between two viewports, `t` from 0 to 1: zooms evenly, and moves so that both ends of the way stay in sight. */
export function between(scale: Scale, from: Viewport, to: Viewport, t: number): Viewport {
  if (t >= 1) return to;
  const zoom = from.zoom * (to.zoom / from.zoom) ** t;
  const whole = scale.distance(from.center, to.center);
  // While the zoom changes, moving evenly in pixels is moving unevenly on the axis.
  const ratio = to.zoom / from.zoom;
  const part = Math.abs(ratio - 1) < 1e-9 ? t : (1 - ratio ** -t) / (1 - 1 / ratio);
  const { address, fraction } = scale.addressAt(from.center, whole * part);
  return { center: address, fraction, zoom, height: to.height };
}

/** Pixels for one byte at an address. */
export function pixelsPerByte(scale: Scale, view: Viewport, address: bigint): number {
  const piece = scale.pieceOf(address);
  return (piece.length / Number(piece.end - piece.start)) * view.zoom;
}

function limited(scale: Scale, view: Viewport, zoom: number, address: bigint): number {
  const piece = scale.pieceOf(address);
  const most = (mostPixelsPerByte * Number(piece.end - piece.start)) / piece.length;
  return Math.min(Math.max(zoom, view.height), Math.max(most, view.height));
}

/** Inside of the space: the picture never shows what is beyond its ends. */
function clamped(scale: Scale, view: Viewport): Viewport {
  const zoom = limited(scale, view, view.zoom, view.center);
  const half = view.height / 2 / zoom;
  const { center } = view;
  const low = scale.distance(0n, center);
  const high = scale.distance(center, scale.end);
  if (half >= 0.5) return { ...fitAll(scale, view.height), zoom: view.height };
  if (low < half) return { ...view, ...moved(scale, 0n, half), zoom };
  if (high < half) return { ...view, ...moved(scale, scale.end - 1n, -half), zoom };
  return { ...view, zoom };
}

function moved(scale: Scale, from: bigint, distance: number): Pick<Viewport, 'center' | 'fraction'> {
  const { address, fraction } = scale.addressAt(from, distance);
  return { center: address, fraction };
}
