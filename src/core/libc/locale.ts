/**
 * <locale.h>: the locales "C" (also named "POSIX") and "C.UTF-8", which differ in the encoding of characters only.
 *
 * Source: C17 7.11; glibc 2.36, locale/setlocale.c, localeconv.c (behaviour).
 * Simplified: choosing C.UTF-8 does not map its files and takes no memory from the heap.
 */
import { decodeUtf8 } from '../../base/utf8.ts';
import { environmentText } from './environment.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { f, setErrno, writeWord } from './libc-context.ts';
import { placesOf } from './libc-places.ts';
import { asciiBytes } from './ascii.ts';
import { scratchPlaces } from './scratch.ts';

const EINVAL = 22;
const ENOENT = 2;

/** Categories by number; LC_ALL is 6. */
const variables = [
  'LC_CTYPE',
  'LC_NUMERIC',
  'LC_TIME',
  'LC_COLLATE',
  'LC_MONETARY',
  'LC_MESSAGES',
  'LC_ALL',
  'LC_PAPER',
  'LC_NAME',
  'LC_ADDRESS',
  'LC_TELEPHONE',
  'LC_MEASUREMENT',
  'LC_IDENTIFICATION',
] as const;
const LC_CTYPE = 0;
const LC_ALL = 6;

/** Places in libc's scratch area: a byte for each category that is C.UTF-8; the text of the answer; two short texts. */
const CHOSEN = scratchPlaces.localeChosen;
const ANSWER = scratchPlaces.localeAnswer;
const EMPTY_TEXT = scratchPlaces.localeTexts;
const POINT_TEXT = EMPTY_TEXT + 2;
const lconvBytes = 96;
const unspecified = 127;

const isUtf8Name = (name: string): boolean => /^C\.(utf-?8)$/i.test(name);
const isPlainName = (name: string): boolean => name === 'C' || name === 'POSIX';

/** Whether characters are encoded as UTF-8. */
export const isUtf8 = (ctx: LibcContext): boolean =>
  ctx.memory.readU8(ctx.objects.scratch + CHOSEN + LC_CTYPE) !== 0;

const isChosen = (ctx: LibcContext, category: number): boolean =>
  ctx.memory.readU8(ctx.objects.scratch + CHOSEN + category) !== 0;

function answer(ctx: LibcContext, text: string): number {
  const at = ctx.objects.scratch + ANSWER;
  ctx.memory.writeBytes(at, asciiBytes(`${text}\0`));
  return at;
}

const nameOf = (ctx: LibcContext, category: number): string => (isChosen(ctx, category) ? 'C.UTF-8' : 'C');

function currentName(ctx: LibcContext, category: number): number {
  if (category !== LC_ALL) return answer(ctx, nameOf(ctx, category));
  const categories = variables.map((name, i) => ({ name, i })).filter(({ i }) => i !== LC_ALL);
  const names = new Set(categories.map(({ i }) => nameOf(ctx, i)));
  const [only = 'C'] = names;
  if (names.size === 1) return answer(ctx, only);
  return answer(ctx, categories.map(({ name, i }) => `${name}=${nameOf(ctx, i)}`).join(';'));
}

/** The locale that the environment asks for in a category. */
const wantedBy = (ctx: LibcContext, category: number): string =>
  [
    environmentText(ctx, 'LC_ALL'),
    environmentText(ctx, variables[category] ?? ''),
    environmentText(ctx, 'LANG'),
  ].find((name) => name !== undefined && name !== '') ?? 'C';

/** setlocale. @returns the locale's name, or 0 and errno for one that is not there */
function setLocale(ctx: LibcContext, category: number, nameAt: number): number {
  if (category < 0 || category >= variables.length) {
    setErrno(ctx, EINVAL);
    return 0;
  }
  if (nameAt === 0) return currentName(ctx, category);
  const given = decodeUtf8(ctx.memory.readCString(nameAt));
  const parts = new Map(
    given.includes(';') ? given.split(';').map((part) => part.split('=') as [string, string]) : [],
  );
  const wanted: [category: number, name: string][] = [];
  variables.forEach((variable, i) => {
    if (i === LC_ALL || (category !== LC_ALL && category !== i)) return;
    wanted.push([i, parts.get(variable) ?? (given === '' ? wantedBy(ctx, i) : given)]);
  });
  if (wanted.some(([, name]) => !isPlainName(name) && !isUtf8Name(name))) {
    setErrno(ctx, ENOENT);
    return 0;
  }
  for (const [i, name] of wanted)
    ctx.memory.writeU8(ctx.objects.scratch + CHOSEN + i, isUtf8Name(name) ? 1 : 0);
  return currentName(ctx, category);
}

function localeConventions(ctx: LibcContext): number {
  const place = ctx.objects.base + placesOf(ctx).localeConventions;
  const { scratch } = ctx.objects;
  const { wordBytes } = ctx.model;
  ctx.memory.writeU8(scratch + EMPTY_TEXT, 0);
  ctx.memory.writeBytes(scratch + POINT_TEXT, asciiBytes('.\0'));
  for (let i = 0; i < 10; i++)
    writeWord(ctx, place + i * wordBytes, scratch + (i === 0 ? POINT_TEXT : EMPTY_TEXT));
  const numbers = 10 * wordBytes;
  ctx.memory.fill(place + numbers, 0, lconvBytes - 80);
  ctx.memory.fill(place + numbers, unspecified, 14);
  return place;
}

/** <locale.h> */
export const localeFunctions: LibcTable = {
  setlocale: f('pip', (ctx, [category = 0, name = 0]) => setLocale(ctx, category, name)),
  localeconv: f('p', (ctx) => localeConventions(ctx)),
  __ctype_get_mb_cur_max: f('z', (ctx) => (isUtf8(ctx) ? 6 : 1)),
};
