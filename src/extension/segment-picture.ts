/**
 * A small picture of where a segment lies in the address space, for hovers: an SVG in a data address.
 */
import { ColorThemeKind, window } from 'vscode';
import type { Segment } from '../core/sema/placement.ts';

interface Area {
  readonly segment: Segment;
  readonly label: string;
  /** Pixels before it that stand for addresses without anything. */
  readonly gap: number;
  readonly width: number;
}

/**
 * What an address space holds, from low to high addresses; not to scale. Of the first thread, variables of `_Thread_local`
 * lie right below the libraries.
 */
const areas: readonly Area[] = [
  { segment: 'text', label: 'text', gap: 12, width: 38 },
  { segment: 'rodata', label: 'rodata', gap: 0, width: 46 },
  { segment: 'data', label: 'data', gap: 0, width: 36 },
  { segment: 'bss', label: 'bss', gap: 0, width: 32 },
  { segment: 'heap', label: 'heap', gap: 8, width: 48 },
  { segment: 'mmap', label: 'mmap', gap: 28, width: 46 },
  { segment: 'tls', label: 'TLS', gap: 0, width: 32 },
  { segment: 'stack', label: 'stack', gap: 28, width: 46 },
];

/** As the theme colours `memoryAtlas.segment.*` are by default; a picture cannot name theme colours. */
const colours: Readonly<Record<'dark' | 'light', Readonly<Partial<Record<Segment, string>>>>> = {
  dark: {
    text: '#3794ff',
    rodata: '#b180d7',
    data: '#d18616',
    bss: '#cca700',
    heap: '#89d185',
    mmap: '#2aa198',
    tls: '#d16fa8',
    stack: '#f14c4c',
  },
  light: {
    text: '#1a85ff',
    rodata: '#652d90',
    data: '#d18616',
    bss: '#bf8803',
    heap: '#388a34',
    mmap: '#0f6b64',
    tls: '#9b2d6e',
    stack: '#e51400',
  },
};

const height = 24;
const top = 2;
const boxHeight = 20;

/**
 * An image in Markdown that shows a segment among all of them.
 *
 * @param alt what a screen reader says instead
 * @returns empty for what has no place in the address space
 */
export function segmentPicture(segment: Segment, alt: string): string {
  if (!areas.some((area) => area.segment === segment)) return '';
  const { kind } = window.activeColorTheme;
  const isLight = kind === ColorThemeKind.Light || kind === ColorThemeKind.HighContrastLight;
  const svg = pictureOf(segment, isLight ? 'light' : 'dark');
  return `![${alt.replace(/[[\]\\]/g, '')}](data:image/svg+xml;base64,${btoa(svg)})`;
}

/** The picture itself, in ASCII. */
function pictureOf(segment: Segment, tone: 'dark' | 'light'): string {
  const line = tone === 'dark' ? '#8b8b8b' : '#767676';
  const parts: string[] = [];
  let x = 0;
  for (const area of areas) {
    if (area.gap > 0) parts.push(dotted(x, area.gap, line));
    x += area.gap;
    parts.push(box(area, x, area.segment === segment ? colours[tone][segment] : undefined, line));
    x += area.width;
  }
  parts.push(dotted(x, 12, line));
  const width = x + 12;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" ` +
    `font-family="sans-serif" font-size="11" text-anchor="middle">${parts.join('')}</svg>`
  );
}

const dotted = (x: number, width: number, line: string): string =>
  `<path d="M${String(x)} ${String(height / 2)}h${String(width)}" stroke="${line}" stroke-dasharray="2 3"/>`;

/** The segment in question is filled; its label is dark on all of the fillings that are light enough. */
function box({ label, width }: Area, x: number, fill: string | undefined, line: string): string {
  const isFilled = fill !== undefined;
  const place = `x="${String(x + 0.5)}" y="${String(top + 0.5)}" width="${String(width - 1)}" height="${String(boxHeight - 1)}"`;
  const rect = `<rect ${place} fill="${fill ?? 'none'}" stroke="${fill ?? line}"/>`;
  const ink = isFilled ? inkOn(fill) : line;
  const weight = isFilled ? ' font-weight="bold"' : '';
  return `${rect}<text x="${String(x + width / 2)}" y="16" fill="${ink}"${weight}>${label}</text>`;
}

/** Black or white, whichever stands out more: WCAG 2.1, relative luminance. */
function inkOn(colour: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return luminance > 0.179 ? '#000000' : '#ffffff';
}
