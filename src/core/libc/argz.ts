/**
 * <argz.h> and <envz.h>: vectors of texts that lie behind each other, each with its NUL, in one block of the heap.
 *
 * Source: glibc 2.36, string/argz-*.c, string/envz.c (which blocks are allocated, grown and freed, and when).
 */
import { EINVAL, ENOMEM } from '../target/errno.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { callFromLibc, f, readWord, writeWord } from './libc-context.ts';

/** Where the program keeps a vector's address and its length. */
interface Vector {
  readonly ctx: LibcContext;
  /** Name of the function that allocates. */
  readonly by: string;
  readonly at: number;
  readonly lengthAt: number;
}

const startOf = ({ ctx, at }: Vector): number => readWord(ctx, at);
const lengthOf = ({ ctx, lengthAt }: Vector): number => readWord(ctx, lengthAt);

function set({ ctx, at, lengthAt }: Vector, start: number, length: number): void {
  writeWord(ctx, at, start);
  writeWord(ctx, lengthAt, length);
}

const textAt = (ctx: LibcContext, at: number): Uint8Array => ctx.memory.readCString(at);
const withNul = (text: Uint8Array): Uint8Array => Uint8Array.from([...text, 0]);

/** Gives the vector a block of so many bytes. @returns 0 without memory */
function resize({ ctx, by, at }: Vector, bytes: number): number {
  const block = callFromLibc(ctx, by, () => ctx.malloc.realloc(readWord(ctx, at), bytes));
  if (block !== 0) writeWord(ctx, at, block);
  return block;
}

const release = ({ ctx, by }: Vector, block: number): void => {
  callFromLibc(ctx, by, () => {
    ctx.malloc.free(block);
  });
};

/** argz_append */
function append(vector: Vector, bytes: Uint8Array): number {
  const length = lengthOf(vector);
  const block = resize(vector, length + bytes.length);
  if (block === 0) return ENOMEM;
  vector.ctx.memory.writeBytes(block + length, bytes);
  writeWord(vector.ctx, vector.lengthAt, length + bytes.length);
  return 0;
}

/** A text cut at a separator; what lies between two separators and is empty is left out. */
function cut(text: Uint8Array, separator: number): Uint8Array {
  const bytes: number[] = [];
  for (const byte of withNul(text)) {
    if (byte !== separator) bytes.push(byte);
    else if (bytes.length > 0 && bytes.at(-1) !== 0) bytes.push(0);
  }
  return Uint8Array.from(bytes);
}

function create(vector: Vector, list: number): number {
  const { ctx } = vector;
  const { wordBytes } = ctx.model;
  const bytes: number[] = [];
  for (let i = 0, text = readWord(ctx, list); text !== 0; text = readWord(ctx, list + ++i * wordBytes))
    bytes.push(...textAt(ctx, text), 0);
  if (bytes.length === 0) {
    set(vector, 0, 0);
    return 0;
  }
  const block = callFromLibc(ctx, vector.by, () => ctx.malloc.malloc(bytes.length));
  writeWord(ctx, vector.at, block);
  if (block === 0) return ENOMEM;
  ctx.memory.writeBytes(block, Uint8Array.from(bytes));
  writeWord(ctx, vector.lengthAt, bytes.length);
  return 0;
}

function createCut(vector: Vector, text: number, separator: number): number {
  const { ctx } = vector;
  const source = textAt(ctx, text);
  if (source.length === 0) {
    set(vector, 0, 0);
    return 0;
  }
  const block = callFromLibc(ctx, vector.by, () => ctx.malloc.malloc(source.length + 1));
  writeWord(ctx, vector.at, block);
  if (block === 0) return ENOMEM;
  const parts = cut(source, separator);
  ctx.memory.writeBytes(block, parts);
  if (parts.length === 0) {
    release(vector, block);
    set(vector, 0, 0);
  } else writeWord(ctx, vector.lengthAt, parts.length);
  return 0;
}

function addCut(vector: Vector, text: number, separator: number): number {
  const { ctx } = vector;
  const source = textAt(ctx, text);
  if (source.length === 0) return 0;
  const length = lengthOf(vector);
  const block = resize(vector, length + source.length + 1);
  if (block === 0) return ENOMEM;
  const added = cut(source, separator);
  ctx.memory.writeBytes(block + length, added);
  writeWord(ctx, vector.lengthAt, length + added.length);
  return 0;
}

function remove(vector: Vector, entry: number): void {
  if (entry === 0) return;
  const { ctx } = vector;
  const bytes = textAt(ctx, entry).length + 1;
  const length = lengthOf(vector) - bytes;
  writeWord(ctx, vector.lengthAt, length);
  const start = startOf(vector);
  if (length === 0) {
    release(vector, start);
    writeWord(ctx, vector.at, 0);
  } else ctx.memory.writeBytes(entry, ctx.memory.readBytes(entry + bytes, start + length - entry));
}

function insert(vector: Vector, before: number, entry: number): number {
  const { ctx } = vector;
  const text = withNul(textAt(ctx, entry));
  if (before === 0) return append(vector, text);
  const [start, length] = [startOf(vector), lengthOf(vector)];
  if (before < start || before >= start + length) return EINVAL;
  let at = before;
  while (at > start && ctx.memory.readU8(at - 1) !== 0) at -= 1;
  const offset = at - start;
  const block = resize(vector, length + text.length);
  if (block === 0) return ENOMEM;
  const rest = ctx.memory.readBytes(block + offset, length - offset).slice();
  ctx.memory.writeBytes(block + offset + text.length, rest);
  ctx.memory.writeBytes(block + offset, text);
  writeWord(ctx, vector.lengthAt, length + text.length);
  return 0;
}

/** The entry after one, or the first one; 0 for none. */
function next(ctx: LibcContext, start: number, length: number, entry: number): number {
  if (entry === 0) return length > 0 ? start : 0;
  if (entry >= start + length) return 0;
  const after = entry + textAt(ctx, entry).length + 1;
  return after >= start + length ? 0 : after;
}

function* entries(ctx: LibcContext, start: number, length: number): Generator<number> {
  for (let at = next(ctx, start, length, 0); at !== 0; at = next(ctx, start, length, at)) yield at;
}

function extract(ctx: LibcContext, start: number, length: number, target: number): number {
  const { wordBytes } = ctx.model;
  let i = 0;
  for (const entry of entries(ctx, start, length)) writeWord(ctx, target + i++ * wordBytes, entry);
  writeWord(ctx, target + i * wordBytes, 0);
  return 0;
}

function stringify(ctx: LibcContext, start: number, length: number, separator: number): number {
  for (const entry of [...entries(ctx, start, length)].slice(1)) ctx.memory.writeU8(entry - 1, separator);
  return 0;
}

/** Where a text begins in another one, from a place on; -1 for nowhere. */
function indexOf(text: Uint8Array, part: Uint8Array, from: number): number {
  for (let at = from; at + part.length <= text.length; at++)
    if (part.every((byte, i) => text[at + i] === byte)) return at;
  return -1;
}

/** One entry with all that is replaced, which grows piece by piece in a block of its own. @returns the block, or 0 */
function replaceIn(
  vector: Vector,
  text: Uint8Array,
  part: Uint8Array,
  by: Uint8Array,
  first: number,
): number {
  const { ctx } = vector;
  const own = (work: () => number): number => callFromLibc(ctx, vector.by, work);
  let block = own(() => ctx.malloc.malloc(first + 1));
  let length = first;
  if (block === 0) return 0;
  ctx.memory.writeBytes(block, withNul(text.subarray(0, first)));
  const grow = (bytes: Uint8Array): boolean => {
    const grown = own(() => ctx.malloc.realloc(block, length + bytes.length + 1));
    if (grown === 0) {
      release(vector, block);
      return false;
    }
    block = grown;
    ctx.memory.writeBytes(block + length, withNul(bytes));
    length += bytes.length;
    return true;
  };
  let at = first;
  while (at >= 0) {
    const from = at + part.length;
    const following = indexOf(text, part, from);
    if (!grow(by) || !grow(text.subarray(from, following < 0 ? text.length : following))) return 0;
    at = following;
  }
  return block;
}

/** argz_replace: a new vector is made as soon as an entry has the text in it. */
function replace(vector: Vector, text: number, by: number, countAt: number): number {
  const { ctx } = vector;
  const part = text === 0 ? new Uint8Array() : textAt(ctx, text).slice();
  if (part.length === 0) return 0;
  const substitute = textAt(ctx, by).slice();
  const [start, length] = [startOf(vector), lengthOf(vector)];
  return ctx.withStackBytes(new Uint8Array(2 * ctx.model.wordBytes), (local) => {
    const made: Vector = { ctx, by: vector.by, at: local, lengthAt: local + ctx.model.wordBytes };
    let isMade = false;
    for (const entry of entries(ctx, start, length)) {
      const source = textAt(ctx, entry).slice();
      const first = indexOf(source, part, 0);
      if (first < 0) {
        if (isMade && append(made, withNul(source)) !== 0) return ENOMEM;
        continue;
      }
      const block = replaceIn(vector, source, part, substitute, first);
      if (block === 0) return ENOMEM;
      if (!isMade && entry > start && append(made, ctx.memory.readBytes(start, entry - start).slice()) !== 0)
        return ENOMEM;
      isMade = true;
      if (append(made, withNul(textAt(ctx, block).slice())) !== 0) return ENOMEM;
      release(vector, block);
      if (countAt !== 0) ctx.memory.writeU32(countAt, ctx.memory.readU32(countAt) + 1);
    }
    if (isMade) {
      release(vector, start);
      set(vector, startOf(made), lengthOf(made));
    }
    return 0;
  });
}

// ---- envz ----

const EQUALS = 0x3d;
const nameOf = (text: Uint8Array): string => {
  const end = text.indexOf(EQUALS);
  return String.fromCharCode(...text.subarray(0, end < 0 ? text.length : end));
};

/** The entry of a name, with or without a value; 0 for none. */
function entryOf(ctx: LibcContext, start: number, length: number, name: string): number {
  for (const entry of entries(ctx, start, length)) if (nameOf(textAt(ctx, entry)) === name) return entry;
  return 0;
}

function valueOf(ctx: LibcContext, entry: number): number {
  if (entry === 0) return 0;
  const at = textAt(ctx, entry).indexOf(EQUALS);
  return at < 0 ? 0 : entry + at + 1;
}

const findIn = (vector: Vector, name: string): number =>
  entryOf(vector.ctx, startOf(vector), lengthOf(vector), name);

function addVariable(vector: Vector, name: number, value: number): number {
  const { ctx } = vector;
  const text = textAt(ctx, name);
  remove(vector, findIn(vector, nameOf(text)));
  if (value === 0) return append(vector, withNul(text));
  return append(vector, Uint8Array.from([...text, EQUALS, ...textAt(ctx, value), 0]));
}

function merge(vector: Vector, start: number, length: number, overrides: boolean): number {
  const { ctx } = vector;
  for (const entry of entries(ctx, start, length)) {
    const text = textAt(ctx, entry);
    const old = findIn(vector, nameOf(text));
    if (old !== 0 && !overrides) continue;
    remove(vector, old);
    const error = append(vector, withNul(text));
    if (error !== 0) return error;
  }
  return 0;
}

/** envz_strip: entries without a value go; the block stays as long as it is. */
function strip(vector: Vector): number {
  const { ctx } = vector;
  const start = startOf(vector);
  const kept = [...entries(ctx, start, lengthOf(vector))]
    .map((entry) => textAt(ctx, entry).slice())
    .filter((text) => text.includes(EQUALS));
  let at = start;
  for (const text of kept) {
    ctx.memory.writeBytes(at, withNul(text));
    at += text.length + 1;
  }
  writeWord(ctx, vector.lengthAt, at - start);
  return 0;
}

const vectorAt = (ctx: LibcContext, by: string, at: number, lengthAt: number): Vector => ({
  ctx,
  by,
  at,
  lengthAt,
});

/** <argz.h> and <envz.h> */
export const argzFunctions: LibcTable = {
  argz_create: f('ippp', (ctx, [list = 0, at = 0, length = 0]) =>
    create(vectorAt(ctx, 'argz_create', at, length), list),
  ),
  argz_create_sep: f('ipipp', (ctx, [text = 0, separator = 0, at = 0, length = 0]) =>
    createCut(vectorAt(ctx, 'argz_create_sep', at, length), text, separator & 0xff),
  ),
  argz_count: f('zpz', (ctx, [start = 0, length = 0]) => [...entries(ctx, start, length)].length),
  argz_extract: f('vpzp', (ctx, [start = 0, length = 0, target = 0]) => extract(ctx, start, length, target)),
  argz_stringify: f('vpzi', (ctx, [start = 0, length = 0, separator = 0]) =>
    stringify(ctx, start, length, separator & 0xff),
  ),
  argz_append: f('ipppz', (ctx, [at = 0, lengthAt = 0, from = 0, bytes = 0]) =>
    append(vectorAt(ctx, 'argz_append', at, lengthAt), ctx.memory.readBytes(from, bytes).slice()),
  ),
  argz_add: f('ippp', (ctx, [at = 0, length = 0, text = 0]) =>
    append(vectorAt(ctx, 'argz_add', at, length), withNul(textAt(ctx, text))),
  ),
  argz_add_sep: f('ipppi', (ctx, [at = 0, length = 0, text = 0, separator = 0]) =>
    addCut(vectorAt(ctx, 'argz_add_sep', at, length), text, separator & 0xff),
  ),
  argz_delete: f('vppp', (ctx, [at = 0, length = 0, entry = 0]) => {
    remove(vectorAt(ctx, 'argz_delete', at, length), entry);
    return 0;
  }),
  argz_insert: f('ipppp', (ctx, [at = 0, length = 0, before = 0, entry = 0]) =>
    insert(vectorAt(ctx, 'argz_insert', at, length), before, entry),
  ),
  argz_replace: f('ippppp', (ctx, [at = 0, length = 0, text = 0, by = 0, count = 0]) =>
    replace(vectorAt(ctx, 'argz_replace', at, length), text, by, count),
  ),
  argz_next: f('ppzp', (ctx, [start = 0, length = 0, entry = 0]) => next(ctx, start, length, entry)),
  envz_entry: f('ppzp', (ctx, [start = 0, length = 0, name = 0]) =>
    entryOf(ctx, start, length, nameOf(textAt(ctx, name))),
  ),
  envz_get: f('ppzp', (ctx, [start = 0, length = 0, name = 0]) =>
    valueOf(ctx, entryOf(ctx, start, length, nameOf(textAt(ctx, name)))),
  ),
  envz_add: f('ipppp', (ctx, [at = 0, length = 0, name = 0, value = 0]) =>
    addVariable(vectorAt(ctx, 'envz_add', at, length), name, value),
  ),
  envz_merge: f('ipppzi', (ctx, [at = 0, lengthAt = 0, start = 0, length = 0, overrides = 0]) =>
    merge(vectorAt(ctx, 'envz_merge', at, lengthAt), start, length, overrides !== 0),
  ),
  envz_remove: f('vppp', (ctx, [at = 0, length = 0, name = 0]) => {
    const vector = vectorAt(ctx, 'envz_remove', at, length);
    remove(vector, findIn(vector, nameOf(textAt(ctx, name))));
    return 0;
  }),
  envz_strip: f('vpp', (ctx, [at = 0, length = 0]) => strip(vectorAt(ctx, 'envz_strip', at, length))),
};
