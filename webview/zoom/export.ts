/**
 * The picture with its title and legend, for a file: drawn on any surface, at any size.
 */
import type { ChunkState, MappingKind, Snapshot } from '../../src/protocol/view-model.ts';
import { kindLetters } from '../layout/kind-letters.ts';
import { paint } from './painter.ts';
import type { Picture } from './painter.ts';
import type { Palette } from './palette.ts';
import type { Box } from './scene.ts';
import type { Surface } from './surface.ts';
import { SvgSurface } from './svg-surface.ts';

/** Program, libraries and moment in one line. */
export function titleOf({ program, position, event }: Snapshot): string {
  const moment =
    event === undefined ? '' : ` · ${String(position.index + 1)}/${String(position.count)} ${event.text}`;
  return `${program.name} · ${program.target} · glibc ${program.glibc} · Linux ${program.kernel}${moment}`;
}

/** Heights in pixels of the title above the picture and of a row of the legend below. */
const titleHeight = 30;
const legendRow = 20;
const legendColumn = 190;

/** A picture, with what stands around it in a file. */
export interface Sheet {
  readonly picture: Picture;
  /** Program, libraries, moment. */
  readonly title: string;
}

/** Height of the whole sheet. */
export function sheetHeight({ picture }: Sheet): number {
  return titleHeight + picture.view.height + legendRow * (legendRows(picture) + 1);
}

/** Draws the sheet. */
export function drawSheet(surface: Surface, sheet: Sheet): void {
  const { picture, title } = sheet;
  const { palette, width, view } = picture;
  surface.fillStyle = palette.background;
  surface.fillRect(0, 0, width, sheetHeight(sheet));
  surface.save();
  surface.translate(0, titleHeight);
  surface.beginPath();
  surface.rect(0, 0, width, view.height);
  surface.clip();
  paint(surface, picture);
  surface.restore();
  surface.textAlign = 'left';
  surface.textBaseline = 'middle';
  surface.font = `600 13px ${palette.sans}`;
  surface.fillStyle = palette.text;
  surface.fillText(title, 12, titleHeight / 2);
  drawLegend(surface, picture, titleHeight + view.height + legendRow * 0.75);
}

/** The sheet as an SVG document. */
export function svgOf(sheet: Sheet): string {
  const surface = new SvgSurface(sheet.picture.width, sheetHeight(sheet), sheet.title);
  drawSheet(surface, sheet);
  return surface.toString();
}

/** Kinds and states that the scene has, each once. */
function legendOf({ scene, palette, texts }: Pick<Picture, 'scene' | 'palette' | 'texts'>): readonly {
  readonly letter: string;
  readonly colour: string;
  readonly text: string;
}[] {
  const kinds = new Set<MappingKind>();
  const states = new Set<ChunkState>();
  const look = (box: Box): void => {
    if (box.kind === 'row' && box.row.kind === 'mapping') kinds.add(box.row.mapping.kind);
    if (box.kind === 'row' && box.row.kind === 'chunk') states.add(box.row.chunk.state);
    box.children.forEach(look);
  };
  scene.regions.forEach(look);
  return [
    ...[...kinds].map((kind) => ({
      letter: kindLetters[kind],
      colour: palette.kinds[kind],
      text: texts.mappingKinds[kind],
    })),
    ...[...states].map((state) => ({
      letter: '',
      colour: palette.chunks[state],
      text: `${texts.chunk}: ${texts.chunkStates[state]}`,
    })),
  ];
}

const perRow = (width: number): number => Math.max(1, Math.floor((width - 12) / legendColumn));

const legendRows = (picture: Picture): number => Math.ceil(legendOf(picture).length / perRow(picture.width));

function drawLegend(surface: Surface, picture: Picture, top: number): void {
  const { palette, width } = picture;
  legendOf(picture).forEach(({ letter, colour, text }, index) => {
    const x = 12 + (index % perRow(width)) * legendColumn;
    const y = top + Math.floor(index / perRow(width)) * legendRow;
    surface.fillStyle = colour;
    surface.globalAlpha = 0.3;
    surface.fillRect(x, y - 7, 14, 14);
    surface.globalAlpha = 1;
    surface.strokeStyle = colour;
    surface.lineWidth = 1;
    surface.strokeRect(x + 0.5, y - 6.5, 13, 13);
    surface.fillStyle = palette.text;
    surface.font = `600 10px ${palette.mono}`;
    surface.textAlign = 'center';
    surface.fillText(letter, x + 7, y);
    surface.textAlign = 'left';
    surface.font = `12px ${palette.sans}`;
    surface.fillText(text, x + 20, y);
  });
}

/** Colours for paper and for files that no theme looks after: those of a light theme. */
export const paperPalette: Palette = {
  background: '#ffffff',
  text: '#24292f',
  dim: '#656d76',
  line: '#d0d7de',
  focus: '#0550ae',
  changed: '#bc4c00',
  kinds: {
    text: '#1a65c0',
    rodata: '#652d90',
    data: '#b3600b',
    bss: '#8a6d00',
    heap: '#2c7029',
    mmap: '#0f6b64',
    stack: '#b01010',
    library: '#6e7781',
    loader: '#6e7781',
    tls: '#9b2d6e',
    kernel: '#6e7781',
  },
  chunks: {
    'in-use': '#2c7029',
    mmapped: '#0f6b64',
    internal: '#6e7781',
    tcache: '#1a65c0',
    fastbin: '#652d90',
    unsorted: '#b3600b',
    small: '#8a6d00',
    large: '#8a6d00',
    top: '#6e7781',
    corrupted: '#b01010',
  },
  pages: {
    absent: 'none',
    zero: '#c9ced4',
    file: '#8c959f',
    shared: '#8250df',
    anonymous: '#2da44e',
    mixed: '#7d8590',
  },
  isHighContrast: false,
  mono: 'ui-monospace, Menlo, Consolas, monospace',
  sans: 'system-ui, "Segoe UI", Helvetica, Arial, sans-serif',
  fontSize: 13,
};
