/**
 * <langinfo.h>: the texts of the locales "C" and "C.UTF-8", which differ in the name of the encoding only.
 *
 * Source: glibc 2.36, locale/C-ctype.c, C-time.c, C-numeric.c, C-messages.c, C-monetary.c (values).
 */
import { asciiBytes } from './ascii.ts';
import { dayNames, monthNames } from './calendar.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { f } from './libc-context.ts';
import { isUtf8 } from './locale.ts';
import { scratchPlaces } from './scratch.ts';

const CODESET = 14;
const LC_TIME_ITEMS = 0x20000;

const short = (name: string): string => name.slice(0, 3);

/** Texts by number of the item. */
const texts: ReadonlyMap<number, string> = new Map([
  ...[
    ...dayNames.map(short),
    ...dayNames,
    ...monthNames.map(short),
    ...monthNames,
    'AM',
    'PM',
    '%a %b %e %H:%M:%S %Y',
    '%m/%d/%y',
    '%H:%M:%S',
    '%I:%M:%S %p',
  ].map((text, index): [number, string] => [LC_TIME_ITEMS + index, text]),
  [0x10000, '.'],
  [0x50000, '^[yY]'],
  [0x50001, '^[nN]'],
  [0x4000f, '-'],
]);

/** Where each text lies in libc's own data; the empty one, which all other items are, comes first. */
const places: ReadonlyMap<string, number> = (() => {
  const found = new Map<string, number>();
  let at = 0;
  for (const text of ['', 'ANSI_X3.4-1968', 'UTF-8', ...texts.values()]) {
    if (found.has(text)) continue;
    found.set(text, at);
    at += text.length + 1;
  }
  return found;
})();

function textOf(ctx: LibcContext, item: number): number {
  const text = item === CODESET ? (isUtf8(ctx) ? 'UTF-8' : 'ANSI_X3.4-1968') : (texts.get(item) ?? '');
  const at = ctx.objects.scratch + scratchPlaces.languageTexts + (places.get(text) ?? 0);
  ctx.memory.writeBytes(at, asciiBytes(`${text}\0`));
  return at;
}

/** <langinfo.h> */
export const languageFactFunctions: LibcTable = {
  nl_langinfo: f('pi', (ctx, [item = 0]) => textOf(ctx, item)),
};
