/**
 * The environment: getenv, and the functions that change it.
 *
 * The list that the program was started with is used until the first change, which copies it into a block. Each text
 * that setenv makes is kept, with a node of a tree, so that the same text is made once.
 *
 * Source: C17 7.22.4.6; POSIX; glibc 2.36, stdlib/setenv.c, getenv.c (behaviour).
 */
import { decodeUtf8 } from '../../base/utf8.ts';
import { EINVAL, ENOMEM } from '../target/errno.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { callFromLibc, f, readWord, setErrno, writeWord } from './libc-context.ts';
import { scratchPlaces } from './scratch.ts';

const equals = 0x3d;

/** Address of the entry of a name in the list; 0 when there is none. */
function entryOf(ctx: LibcContext, name: Uint8Array): number {
  const list = readWord(ctx, ctx.variable('environ'));
  if (list === 0) return 0;
  for (let at = list; ; at += ctx.model.wordBytes) {
    const text = readWord(ctx, at);
    if (text === 0) return 0;
    const bytes = ctx.memory.readCString(text);
    if (bytes[name.length] === equals && name.every((byte, i) => bytes[i] === byte)) return at;
  }
}

function valueOf(ctx: LibcContext, name: Uint8Array): number {
  const entry = name.length === 0 ? 0 : entryOf(ctx, name);
  return entry === 0 ? 0 : readWord(ctx, entry) + name.length + 1;
}

/** The value of a variable as text. */
export function environmentText(ctx: LibcContext, name: string): string | undefined {
  const value = valueOf(
    ctx,
    Uint8Array.from(name, (letter) => letter.charCodeAt(0)),
  );
  return value === 0 ? undefined : decodeUtf8(ctx.memory.readCString(value));
}

/** A list with room for one entry more, as a block. @returns where the new entry goes, 0 without memory */
function growList(ctx: LibcContext): number {
  const { wordBytes } = ctx.model;
  const scratch = ctx.objects.scratch + scratchPlaces.lastEnviron;
  const list = readWord(ctx, ctx.variable('environ'));
  let count = 0;
  if (list !== 0) while (readWord(ctx, list + count * wordBytes) !== 0) count += 1;
  const last = readWord(ctx, scratch);
  const block = callFromLibc(ctx, 'setenv', () => ctx.malloc.realloc(last, (count + 2) * wordBytes));
  if (block === 0) return 0;
  if (list !== last && count > 0) ctx.memory.copy(block, list, count * wordBytes);
  writeWord(ctx, block + (count + 1) * wordBytes, 0);
  writeWord(ctx, scratch, block);
  writeWord(ctx, ctx.variable('environ'), block);
  return block + count * wordBytes;
}

/** The kept text that equals this one; a new one is allocated with its node. The nodes form a list here. */
function keptText(ctx: LibcContext, bytes: Uint8Array): number {
  const head = ctx.objects.scratch + scratchPlaces.knownTexts;
  const { wordBytes } = ctx.model;
  for (let node = readWord(ctx, head); node !== 0; node = readWord(ctx, node + wordBytes)) {
    const text = readWord(ctx, node);
    const known = ctx.memory.readCString(text);
    if (known.length === bytes.length && known.every((byte, i) => bytes[i] === byte)) return text;
  }
  return callFromLibc(ctx, 'setenv', () => {
    const text = ctx.malloc.malloc(bytes.length + 1);
    if (text === 0) return 0;
    ctx.memory.writeBytes(text, bytes);
    ctx.memory.writeU8(text + bytes.length, 0);
    const node = ctx.malloc.malloc(3 * wordBytes);
    if (node !== 0) {
      writeWord(ctx, node, text);
      writeWord(ctx, node + wordBytes, readWord(ctx, head));
      writeWord(ctx, node + 2 * wordBytes, 0);
      writeWord(ctx, head, node);
    }
    return text;
  });
}

function setVariable(ctx: LibcContext, nameAt: number, valueAt: number, replaces: boolean): number {
  const name = ctx.memory.readCString(nameAt);
  if (name.length === 0 || name.includes(equals)) {
    setErrno(ctx, EINVAL);
    return -1;
  }
  const value = ctx.memory.readCString(valueAt);
  let entry = entryOf(ctx, name);
  if (entry !== 0 && !replaces) return 0;
  if (entry === 0) entry = growList(ctx);
  if (entry === 0) {
    setErrno(ctx, ENOMEM);
    return -1;
  }
  const text = keptText(ctx, Uint8Array.from([...name, equals, ...value]));
  if (text === 0) return -1;
  writeWord(ctx, entry, text);
  return 0;
}

function removeVariable(ctx: LibcContext, name: Uint8Array): number {
  if (name.length === 0 || name.includes(equals)) {
    setErrno(ctx, EINVAL);
    return -1;
  }
  const { wordBytes } = ctx.model;
  for (let entry = entryOf(ctx, name); entry !== 0; entry = entryOf(ctx, name)) {
    let at = entry;
    let text: number;
    do {
      text = readWord(ctx, at + wordBytes);
      writeWord(ctx, at, text);
      at += wordBytes;
    } while (text !== 0);
  }
  return 0;
}

function putVariable(ctx: LibcContext, text: number): number {
  const bytes = ctx.memory.readCString(text);
  const length = bytes.indexOf(equals);
  if (length < 0) return removeVariable(ctx, bytes);
  const entry = entryOf(ctx, bytes.subarray(0, length)) || growList(ctx);
  if (entry === 0) return -1;
  writeWord(ctx, entry, text);
  return 0;
}

function clear(ctx: LibcContext): number {
  const scratch = ctx.objects.scratch + scratchPlaces.lastEnviron;
  const variable = ctx.variable('environ');
  const last = readWord(ctx, scratch);
  if (last !== 0 && last === readWord(ctx, variable)) {
    callFromLibc(ctx, 'clearenv', () => {
      ctx.malloc.free(last);
    });
    writeWord(ctx, scratch, 0);
  }
  writeWord(ctx, variable, 0);
  return 0;
}

const getenv = f('pp', (ctx, [name = 0]) => valueOf(ctx, ctx.memory.readCString(name)));

/** The environment in <stdlib.h> */
export const environmentFunctions: LibcTable = {
  getenv,
  secure_getenv: getenv,
  setenv: f('ippi', (ctx, [name = 0, value = 0, replaces = 0]) =>
    setVariable(ctx, name, value, replaces !== 0),
  ),
  unsetenv: f('ip', (ctx, [name = 0]) => removeVariable(ctx, ctx.memory.readCString(name))),
  putenv: f('ip', (ctx, [text = 0]) => putVariable(ctx, text)),
  clearenv: f('i', (ctx) => clear(ctx)),
};
