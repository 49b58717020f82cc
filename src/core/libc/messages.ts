/**
 * <libintl.h>: texts of other languages. There are no catalogues, as on a machine without any: texts are what the program has.
 *
 * Source: glibc 2.36, intl/dcigettext.c, intl/textdomain.c, intl/plural-eval (the rule of English); behaviour.
 */
import { asciiBytes } from './ascii.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { callFromLibc, f, readWord, writeWord } from './libc-context.ts';
import { scratchPlaces } from './scratch.ts';

const defaultDomain = 'messages';

/** textdomain. @returns the name of the domain in use, which lives on the heap when it is not the first one */
function chooseDomain(ctx: LibcContext, name: number): number {
  const place = ctx.objects.scratch + scratchPlaces.textDomain;
  const before = readWord(ctx, place);
  const text = name === 0 ? undefined : ctx.memory.readCString(name);
  const isDefault = text?.length === 0 || String.fromCharCode(...(text ?? [])) === defaultDomain;
  if (text === undefined) return before === 0 ? ownName(ctx) : before;
  const chosen = isDefault ? 0 : copyOf(ctx, text);
  if (before !== 0) {
    callFromLibc(ctx, 'textdomain', () => {
      ctx.malloc.free(before);
    });
  }
  writeWord(ctx, place, chosen);
  return chosen === 0 ? ownName(ctx) : chosen;
}

/** The name of the first domain. */
function ownName(ctx: LibcContext): number {
  const at = ctx.objects.scratch + scratchPlaces.textDomain + 8;
  ctx.memory.writeBytes(at, asciiBytes(`${defaultDomain}\0`));
  return at;
}

function copyOf(ctx: LibcContext, text: Uint8Array): number {
  const copy = callFromLibc(ctx, 'textdomain', () => ctx.malloc.malloc(text.length + 1));
  if (copy !== 0) ctx.memory.writeBytes(copy, Uint8Array.of(...text, 0));
  return copy;
}

const first = f('pp', (_ctx, [text = 0]) => text);
const second = f('ppp', (_ctx, [, text = 0]) => text);
const choose = (count: number, one: number, many: number): number => (count === 1 ? one : many);

/** <libintl.h> */
export const messageFunctions: LibcTable = {
  gettext: first,
  dgettext: second,
  dcgettext: f('pppi', (_ctx, [, text = 0]) => text),
  ngettext: f('pppz', (_ctx, [one = 0, many = 0, count = 0]) => choose(count, one, many)),
  dngettext: f('ppppz', (_ctx, [, one = 0, many = 0, count = 0]) => choose(count, one, many)),
  dcngettext: f('ppppzi', (_ctx, [, one = 0, many = 0, count = 0]) => choose(count, one, many)),
  textdomain: f('pp', (ctx, [name = 0]) => chooseDomain(ctx, name)),
};
