/**
 * A surface that writes SVG. Pure: it runs in the webview and on the command line and needs neither a document nor fonts, so the
 * widths of texts are estimates from typical fonts.
 *
 * Source: SVG 2, chapters 9 (shapes), 11 (text), 13 (painting).
 */
import type { Surface } from './surface.ts';

interface State {
  fillStyle: string;
  strokeStyle: string;
  globalAlpha: number;
  lineWidth: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  dash: readonly number[];
  transform: string;
  clip: string | undefined;
}

/** Widths of characters in em: fixed-pitch fonts, proportional ones, and ideographs in both. */
const monoWidth = 0.602;
const sansWidth = 0.56;
const sansBoldWidth = 0.66;
const wideWidth = 1;

export class SvgSurface implements Surface {
  fillStyle: string | CanvasGradient | CanvasPattern = '#000';
  strokeStyle: string | CanvasGradient | CanvasPattern = '#000';
  globalAlpha = 1;
  lineWidth = 1;
  font = '12px sans-serif';
  textAlign: CanvasTextAlign = 'left';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  readonly #width: number;
  readonly #height: number;
  readonly #title: string;
  readonly #body: string[] = [];
  readonly #clips: string[] = [];
  readonly #states: State[] = [];
  #path: string[] = [];
  #rects: string[] = [];
  #dash: readonly number[] = [];
  #transform = '';
  #clip: string | undefined;

  /**
   * @param width - in CSS pixels; so is the height
   * @param title - what the picture shows, for those who cannot see it
   */
  constructor(width: number, height: number, title: string) {
    this.#width = width;
    this.#height = height;
    this.#title = title;
  }

  /** The picture as a document of its own. */
  toString(): string {
    const size = `width="${number(this.#width)}" height="${number(this.#height)}"`;
    const view = `viewBox="0 0 ${number(this.#width)} ${number(this.#height)}"`;
    const defs = this.#clips.length === 0 ? '' : `<defs>${this.#clips.join('')}</defs>\n`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${view} role="img">\n<title>${escaped(this.#title)}</title>\n${defs}${this.#body.join('\n')}\n</svg>\n`;
  }

  save(): void {
    this.#states.push({
      fillStyle: colour(this.fillStyle),
      strokeStyle: colour(this.strokeStyle),
      globalAlpha: this.globalAlpha,
      lineWidth: this.lineWidth,
      font: this.font,
      textAlign: this.textAlign,
      textBaseline: this.textBaseline,
      dash: this.#dash,
      transform: this.#transform,
      clip: this.#clip,
    });
  }

  restore(): void {
    const state = this.#states.pop();
    if (state === undefined) return;
    const { dash, transform, clip, ...rest } = state;
    Object.assign(this, rest);
    this.#dash = dash;
    this.#transform = transform;
    this.#clip = clip;
  }

  translate(x: number, y: number): void {
    this.#transform = `${this.#transform} translate(${number(x)} ${number(y)})`.trim();
  }

  rotate(angle: number): void {
    this.#transform = `${this.#transform} rotate(${number((angle * 180) / Math.PI)})`.trim();
  }

  beginPath(): void {
    this.#path = [];
    this.#rects = [];
  }

  moveTo(x: number, y: number): void {
    this.#path.push(`M${number(x)} ${number(y)}`);
  }

  lineTo(x: number, y: number): void {
    this.#path.push(`L${number(x)} ${number(y)}`);
  }

  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.#path.push(`C${[x1, y1, x2, y2, x, y].map(number).join(' ')}`);
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#rects.push(`<rect ${box(x, y, width, height)}${this.#transformed()}/>`);
  }

  clip(): void {
    const id = `clip${String(this.#clips.length)}`;
    // A clip holds in the coordinates of its time, and only what earlier clips leave.
    const outer = this.#clip === undefined ? '' : ` clip-path="url(#${this.#clip})"`;
    this.#clips.push(`<clipPath id="${id}"${outer}>${this.#rects.join('')}</clipPath>`);
    this.#clip = id;
  }

  stroke(): void {
    if (this.#path.length === 0) return;
    this.#add(`<path d="${this.#path.join('')}" fill="none" ${this.#strokeAttributes()}/>`);
  }

  setLineDash(segments: number[]): void {
    this.#dash = segments;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#add(
      `<rect ${box(x, y, width, height)} fill="${escaped(colour(this.fillStyle))}"${this.#opacity()}/>`,
    );
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.#add(`<rect ${box(x, y, width, height)} fill="none" ${this.#strokeAttributes()}/>`);
  }

  fillText(text: string, x: number, y: number, maxWidth?: number): void {
    const { size, family, weight } = fontOf(this.font);
    const anchor = { left: 'start', start: 'start', center: 'middle', right: 'end', end: 'end' }[
      this.textAlign
    ];
    const squeeze =
      maxWidth !== undefined && this.measureText(text).width > maxWidth
        ? ` textLength="${number(maxWidth)}" lengthAdjust="spacingAndGlyphs"`
        : '';
    // The middle of lower-case letters lies a third of an em above the line that they stand on; all viewers know `dy`.
    const dy = this.textBaseline === 'middle' ? ` dy="0.34em"` : '';
    this.#add(
      `<text x="${number(x)}" y="${number(y)}"${dy} font-family="${escaped(family)}" font-size="${number(size)}"${
        weight === '' ? '' : ` font-weight="${weight}"`
      } text-anchor="${anchor}" fill="${escaped(colour(this.fillStyle))}"${this.#opacity()}${squeeze} xml:space="preserve">${escaped(text)}</text>`,
    );
  }

  measureText(text: string): { readonly width: number } {
    const { size, family, weight } = fontOf(this.font);
    const isBold = weight !== '';
    const narrow = /mono|consolas|menlo|courier/i.test(family)
      ? monoWidth
      : isBold
        ? sansBoldWidth
        : sansWidth;
    let em = 0;
    for (const letter of text) em += (letter.codePointAt(0) ?? 0) >= 0x2e80 ? wideWidth : narrow;
    return { width: em * size };
  }

  #add(element: string): void {
    const moved = this.#transform === '' ? element : `<g${this.#transformed()}>${element}</g>`;
    this.#body.push(this.#clip === undefined ? moved : `<g clip-path="url(#${this.#clip})">${moved}</g>`);
  }

  #transformed(): string {
    return this.#transform === '' ? '' : ` transform="${this.#transform}"`;
  }

  #opacity(): string {
    return this.globalAlpha === 1 ? '' : ` opacity="${number(this.globalAlpha)}"`;
  }

  #strokeAttributes(): string {
    const dash = this.#dash.length === 0 ? '' : ` stroke-dasharray="${this.#dash.join(' ')}"`;
    return `stroke="${escaped(colour(this.strokeStyle))}" stroke-width="${number(this.lineWidth)}"${dash}${this.#opacity()}`;
  }
}

const colour = (style: string | CanvasGradient | CanvasPattern): string =>
  typeof style === 'string' ? style : 'none';

const box = (x: number, y: number, width: number, height: number): string =>
  `x="${number(x)}" y="${number(y)}" width="${number(Math.max(0, width))}" height="${number(Math.max(0, height))}"`;

/** Two decimals are finer than any screen. */
const number = (value: number): string => String(Math.round(value * 100) / 100);

/** For attributes and contents; characters that XML 1.0 does not allow (2.2) become their replacement. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(
      /[<>&"]/g,
      (letter) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[letter] ?? '',
    );
}

function fontOf(font: string): { readonly size: number; readonly family: string; readonly weight: string } {
  const match = /^(?:(\d+|bold)\s+)?([\d.]+)px\s+(.*)$/.exec(font);
  return { size: Number(match?.[2] ?? 12), family: match?.[3] ?? 'sans-serif', weight: match?.[1] ?? '' };
}
