/**
 * How segments look in the editor: a codicon, a letter and a theme colour each, so that colour never stands alone. The letters
 * are those of the memory map.
 */
import { ThemeColor, ThemeIcon } from 'vscode';
import { segmentTexts } from '../core/text/segment-texts.ts';
import { textOf } from '../core/text/text.ts';
import type { Segment } from '../core/sema/placement.ts';
import { currentLanguage } from './settings.ts';

/** Codicons by segment. */
const icons: Readonly<Record<Segment, string>> = {
  text: 'symbol-method',
  rodata: 'lock',
  data: 'database',
  bss: 'circle-large-outline',
  tls: 'multiple-windows',
  stack: 'layers',
  register: 'chip',
  heap: 'package',
  mmap: 'map',
  none: 'circle-slash',
};

/** The codicon of a segment in Markdown. */
export const segmentSign = (segment: Segment): string => `$(${icons[segment]})`;

/** The icon of a segment in its colour. */
export function segmentIcon(segment: Segment): ThemeIcon {
  if (segment === 'none') return new ThemeIcon(icons.none);
  return new ThemeIcon(icons[segment], new ThemeColor(`memoryAtlas.segment.${segment}`));
}

/** What people call a segment. */
export const segmentName = (segment: Segment): string =>
  textOf(segmentTexts[`editor.segment.${segment}`], currentLanguage());
