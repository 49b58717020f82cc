/**
 * <regex.h>: regcomp, regexec, regerror, regfree.
 *
 * The compiled expression in simulated memory is a block that holds flags and a copy of the text, which regexec reads again.
 * Source: POSIX; glibc 2.36, posix/regcomp.c, posix/regexec.c (behaviour).
 * Simplified: glibc keeps an automaton in dozens of blocks and adds to it while it matches; here there are two blocks, so
 * that blocks which the program allocates afterwards lie elsewhere. The functions of GNU (re_search …) are not modelled.
 */
import { asciiBytes } from '../ascii.ts';
import type { LibcContext, LibcTable } from '../libc-context.ts';
import { callFromLibc, f, readWord, writeWord } from '../libc-context.ts';
import type { Regex } from './regex-matcher.ts';
import { makeRegex, matchRegex } from './regex-matcher.ts';
import { REG_BADPAT, REG_NOMATCH, parseRegex } from './regex-parser.ts';

const REG_EXTENDED = 1;
const REG_ICASE = 2;
const REG_NEWLINE = 4;
const REG_NOSUB = 8;
const REG_NOTBOL = 1;
const REG_NOTEOL = 2;
const REG_STARTEND = 4;
const REG_ESPACE = 12;

/** Bytes of glibc's `struct re_dfa_t` and of the map of first bytes. */
const dfaBytes = { 8: 224, 4: 140 } as const;
const fastmapBytes = 256;

/** Fields of `struct re_pattern_buffer`. */
const fieldsOf = (
  ctx: LibcContext,
): Readonly<
  Record<'buffer' | 'allocated' | 'used' | 'syntax' | 'fastmap' | 'translate' | 'groups' | 'bits', number>
> => {
  const word = ctx.model.wordBytes;
  const at = (index: number): number => index * word;
  return {
    buffer: 0,
    allocated: at(1),
    used: at(2),
    syntax: at(3),
    fastmap: at(4),
    translate: at(5),
    groups: at(6),
    bits: at(7),
  };
};

/** Bits of the last word: no_sub, newline_anchor, and that the map of first bytes is made. */
const FASTMAP_ACCURATE = 8;
const NO_SUB = 16;
const NEWLINE_ANCHOR = 128;

/** Values of the field `syntax` (RE_SYNTAX_POSIX_BASIC, RE_SYNTAX_POSIX_EXTENDED and the bits that flags change). */
const BASIC_SYNTAX = 0x0101_02c6;
const EXTENDED_SYNTAX = 0x0003_b2fc;
const RE_DOT_NEWLINE = 0x40;
const RE_HAT_LISTS_NOT_NEWLINE = 0x100;
const RE_ICASE = 0x40_0000;

function compile(ctx: LibcContext, regex: number, pattern: number, flags: number): number {
  const text = ctx.memory.readCString(pattern);
  const fields = fieldsOf(ctx);
  const hasLines = (flags & REG_NEWLINE) !== 0;
  let syntax = (flags & REG_EXTENDED) !== 0 ? EXTENDED_SYNTAX : BASIC_SYNTAX;
  if ((flags & REG_ICASE) !== 0) syntax |= RE_ICASE;
  if (hasLines) syntax = (syntax & ~RE_DOT_NEWLINE) | RE_HAT_LISTS_NOT_NEWLINE;
  const fastmap = callFromLibc(ctx, 'regcomp', () => ctx.malloc.malloc(fastmapBytes));
  if (fastmap === 0) return REG_ESPACE;
  const parsed = parseRegex(text, {
    isExtended: (flags & REG_EXTENDED) !== 0,
    ignoresCase: (flags & REG_ICASE) !== 0,
    hasLines,
  });
  const bytes = dfaBytes[ctx.model.wordBytes];
  writeWord(ctx, regex + fields.syntax, syntax);
  writeWord(ctx, regex + fields.translate, 0);
  if (typeof parsed === 'number') {
    callFromLibc(ctx, 'regcomp', () => {
      ctx.malloc.free(fastmap);
    });
    for (const field of [fields.buffer, fields.allocated, fields.used, fields.fastmap])
      writeWord(ctx, regex + field, 0);
    return parsed;
  }
  const block = callFromLibc(ctx, 'regcomp', () => ctx.malloc.malloc(Math.max(bytes, 8 + text.length + 1)));
  if (block === 0) return REG_ESPACE;
  ctx.memory.writeU32(block, flags);
  ctx.memory.writeBytes(block + 8, Uint8Array.of(...text, 0));
  writeWord(ctx, regex + fields.buffer, block);
  writeWord(ctx, regex + fields.allocated, bytes);
  writeWord(ctx, regex + fields.used, bytes);
  writeWord(ctx, regex + fields.fastmap, fastmap);
  writeWord(ctx, regex + fields.groups, parsed.groupCount);
  const noGroups = (flags & REG_NOSUB) === 0 ? 0 : NO_SUB;
  ctx.memory.writeU32(regex + fields.bits, FASTMAP_ACCURATE | noGroups | (hasLines ? NEWLINE_ANCHOR : 0));
  return 0;
}

/** Expressions by flags and text: an expression is read again for each call, but not parsed. */
const compiled = new WeakMap<LibcContext, Map<string, Regex>>();

function regexOf(ctx: LibcContext, flags: number, text: Uint8Array): Regex | undefined {
  const key = `${String(flags)} ${String.fromCharCode(...text)}`;
  const known = compiled.get(ctx) ?? new Map<string, Regex>();
  compiled.set(ctx, known);
  const before = known.get(key);
  if (before !== undefined) return before;
  const parsed = parseRegex(text, {
    isExtended: (flags & REG_EXTENDED) !== 0,
    ignoresCase: (flags & REG_ICASE) !== 0,
    hasLines: (flags & REG_NEWLINE) !== 0,
  });
  if (typeof parsed === 'number') return undefined;
  const regex = makeRegex(parsed);
  known.set(key, regex);
  return regex;
}

function execute(
  ctx: LibcContext,
  regex: number,
  subject: number,
  count: number,
  matches: number,
  flags: number,
): number {
  if ((flags & ~(REG_NOTBOL | REG_NOTEOL | REG_STARTEND)) !== 0) return REG_BADPAT;
  const block = readWord(ctx, regex + fieldsOf(ctx).buffer);
  const own = ctx.memory.readU32(block);
  const known = regexOf(ctx, own, ctx.memory.readCString(block + 8));
  if (known === undefined) return REG_NOMATCH;
  const hasRange = (flags & REG_STARTEND) !== 0;
  const start = hasRange ? ctx.memory.readU32(matches) | 0 : 0;
  const text = hasRange
    ? ctx.memory.readBytes(subject, ctx.memory.readU32(matches + 4) | 0)
    : ctx.memory.readCString(subject);
  const wanted = (own & REG_NOSUB) === 0 ? count : 0;
  const found = matchRegex(known, text, start, {
    ignoresCase: (own & REG_ICASE) !== 0,
    hasLines: (own & REG_NEWLINE) !== 0,
    notBeginning: (flags & REG_NOTBOL) !== 0,
    notEnd: (flags & REG_NOTEOL) !== 0,
    onlyWhether: wanted <= 1,
  });
  if (found === undefined) return REG_NOMATCH;
  for (let i = 0; i < wanted; i++) {
    const span = found[i] ?? { start: -1, end: -1 };
    ctx.memory.writeU32(matches + 8 * i, span.start >>> 0);
    ctx.memory.writeU32(matches + 8 * i + 4, span.end >>> 0);
  }
  return 0;
}

/** Texts of regerror by code. */
const messages = [
  'Success',
  'No match',
  'Invalid regular expression',
  'Invalid collation character',
  'Invalid character class name',
  'Trailing backslash',
  'Invalid back reference',
  'Unmatched [, [^, [:, [., or [=',
  'Unmatched ( or \\(',
  'Unmatched \\{',
  'Invalid content of \\{\\}',
  'Invalid range end',
  'Memory exhausted',
  'Invalid preceding regular expression',
  'Premature end of regular expression',
  'Regular expression too big',
  'Unmatched ) or \\)',
] as const;

/** <regex.h> */
export const regexFunctions: LibcTable = {
  regcomp: f('ippi', (ctx, [regex = 0, pattern = 0, flags = 0]) => compile(ctx, regex, pattern, flags)),
  regexec: f('ippzpi', (ctx, [regex = 0, subject = 0, count = 0, matches = 0, flags = 0]) =>
    execute(ctx, regex, subject, count, matches, flags),
  ),
  regerror: f('zippz', (ctx, [code = 0, , target = 0, size = 0]) => {
    const bytes = asciiBytes(`${messages[code] ?? ''}\0`);
    if (size > 0) {
      const kept = bytes.slice(0, size);
      kept[kept.length - 1] = 0;
      ctx.memory.writeBytes(target, kept);
    }
    return bytes.length;
  }),
  regfree: f('vp', (ctx, [regex = 0]) => {
    const fields = fieldsOf(ctx);
    callFromLibc(ctx, 'regfree', () => {
      for (const field of [fields.buffer, fields.fastmap]) ctx.malloc.free(readWord(ctx, regex + field));
    });
    for (const field of [fields.buffer, fields.allocated, fields.fastmap, fields.translate])
      writeWord(ctx, regex + field, 0);
    return 0;
  }),
};
