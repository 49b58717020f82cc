/**
 * `struct _IO_FILE` and its companions in the simulated memory: where the fields lie, what the flags are.
 *
 * Source: glibc 2.36, libio/bits/types/struct_FILE.h, libio/libio.h, libio/libioP.h; offsets of libc's own objects from
 * the debug symbols of Debian's build, x86-64.
 */
import type { LibcContext } from './libc-context.ts';
import { readWord, writeWord } from './libc-context.ts';
import { placesOf } from './libc-places.ts';

/** Bits of `_flags`. */
export const IO_MAGIC = 0xfbad0000;
export const IO_USER_BUF = 0x1;
export const IO_UNBUFFERED = 0x2;
export const IO_NO_READS = 0x4;
export const IO_NO_WRITES = 0x8;
export const IO_EOF_SEEN = 0x10;
export const IO_ERR_SEEN = 0x20;
export const IO_DELETE_DONT_CLOSE = 0x40;
export const IO_LINKED = 0x80;
export const IO_IN_BACKUP = 0x100;
export const IO_LINE_BUF = 0x200;
export const IO_TIED_PUT_GET = 0x400;
export const IO_CURRENTLY_PUTTING = 0x800;
export const IO_IS_APPENDING = 0x1000;
export const IO_IS_FILEBUF = 0x2000;

/** Word indices of the fields of `struct _IO_FILE`; the flags are an int in the first word. */
export const READ_PTR = 1;
export const READ_END = 2;
export const READ_BASE = 3;
export const WRITE_BASE = 4;
export const WRITE_PTR = 5;
export const WRITE_END = 6;
export const BUF_BASE = 7;
export const BUF_END = 8;
export const SAVE_BASE = 9;
export const BACKUP_BASE = 10;
export const SAVE_END = 11;
export const CHAIN = 13;
const FILENO = 14;

/** Byte offsets and sizes that depend on the data model. */
interface FileLayout {
  readonly shortBuffer: number;
  readonly lock: number;
  readonly offset: number;
  readonly wideData: number;
  readonly mode: number;
  readonly vtable: number;
  /** `struct _IO_FILE_plus`. */
  readonly bytes: number;
  readonly lockBytes: number;
  readonly wideDataBytes: number;
  readonly wideVtable: number;
}

const layouts: Readonly<Record<4 | 8, FileLayout>> = {
  8: {
    shortBuffer: 131,
    lock: 136,
    offset: 144,
    wideData: 160,
    mode: 192,
    vtable: 216,
    bytes: 224,
    lockBytes: 16,
    wideDataBytes: 232,
    wideVtable: 224,
  },
  4: {
    shortBuffer: 71,
    lock: 72,
    offset: 76,
    wideData: 88,
    mode: 104,
    vtable: 148,
    bytes: 152,
    lockBytes: 12,
    wideDataBytes: 140,
    wideVtable: 136,
  },
};

/** The layout of this process's FILEs. */
export const layoutOf = (ctx: LibcContext): FileLayout => layouts[ctx.model.wordBytes];

/** `_flags` of a stream. */
export const flagsOf = (ctx: LibcContext, file: number): number => ctx.memory.readU32(file);

/** Sets `_flags` of a stream. */
export const setFlags = (ctx: LibcContext, file: number, flags: number): void => {
  ctx.memory.writeU32(file, flags >>> 0);
};

/** `_flags2`, behind the descriptor; the bit that makes functions take the stream's lock. */
const FLAGS2_FROM_FILENO = 4;
const IO_FLAGS2_NEED_LOCK = 0x80;

/**
 * The process gets its second thread: every stream is locked from now on.
 *
 * @source libio/genops.c: _IO_enable_locks
 */
export function enableLocks(ctx: LibcContext): void {
  for (let file = readWord(ctx, listHead(ctx)); file !== 0; file = field(ctx, file, CHAIN)) {
    const at = file + FILENO * ctx.model.wordBytes + FLAGS2_FROM_FILENO;
    ctx.memory.writeU32(at, ctx.memory.readU32(at) | IO_FLAGS2_NEED_LOCK);
  }
}

/** A pointer of a FILE by its word index. */
export const field = (ctx: LibcContext, file: number, index: number): number =>
  readWord(ctx, file + index * ctx.model.wordBytes);

/** Sets a pointer of a FILE. */
export const setField = (ctx: LibcContext, file: number, index: number, value: number): void => {
  writeWord(ctx, file + index * ctx.model.wordBytes, value);
};

/** Sets all three read pointers. */
export function setReadArea(
  ctx: LibcContext,
  file: number,
  base: number,
  pointer: number,
  end: number,
): void {
  setField(ctx, file, READ_BASE, base);
  setField(ctx, file, READ_PTR, pointer);
  setField(ctx, file, READ_END, end);
}

/** Sets the write pointers: the area is empty. */
export function setWriteArea(ctx: LibcContext, file: number, pointer: number, end: number): void {
  setField(ctx, file, WRITE_BASE, pointer);
  setField(ctx, file, WRITE_PTR, pointer);
  setField(ctx, file, WRITE_END, end);
}

/** The descriptor of a stream, -1 when it has none. */
export const filenoOf = (ctx: LibcContext, file: number): number =>
  ctx.memory.readU32(file + FILENO * ctx.model.wordBytes) | 0;

/** Sets the descriptor of a stream. */
export const setFileno = (ctx: LibcContext, file: number, fd: number): void => {
  ctx.memory.writeU32(file + FILENO * ctx.model.wordBytes, fd >>> 0);
};

/** `_offset`: where the descriptor's position is, as the stream knows it; undefined when it does not. */
export function offsetOf(ctx: LibcContext, file: number): number | undefined {
  const at = file + layoutOf(ctx).offset;
  const high = ctx.memory.readU32(at + 4);
  return high >= 0x8000_0000 ? undefined : ctx.memory.readU32(at) + high * 0x1_0000_0000;
}

/** Sets `_offset`. */
export function setOffset(ctx: LibcContext, file: number, offset: number | undefined): void {
  const at = file + layoutOf(ctx).offset;
  if (offset === undefined) ctx.memory.writeHalves(at, 0xffff_ffff, 0xffff_ffff);
  else ctx.memory.writeNumber64(at, offset);
}

/** `_mode`: positive for a wide-oriented stream, negative for a byte-oriented one, 0 before the first use. */
export const modeOf = (ctx: LibcContext, file: number): number =>
  ctx.memory.readU32(file + layoutOf(ctx).mode) | 0;

/** Sets `_mode`. */
export const setMode = (ctx: LibcContext, file: number, mode: number): void => {
  ctx.memory.writeU32(file + layoutOf(ctx).mode, mode >>> 0);
};

/** The byte inside the FILE itself that serves a stream without a buffer (`_shortbuf`). */
export const shortBufferOf = (ctx: LibcContext, file: number): number => file + layoutOf(ctx).shortBuffer;

/** Word indices of the fields of `struct _IO_wide_data`. */
export const WIDE_BUF_BASE = 6;
export const WIDE_BUF_END = 7;

const wideFieldAt = (ctx: LibcContext, file: number, index: number): number =>
  readWord(ctx, file + layoutOf(ctx).wideData) + index * ctx.model.wordBytes;

/** A field of the stream's state for wide characters. */
export const wideField = (ctx: LibcContext, file: number, index: number): number =>
  readWord(ctx, wideFieldAt(ctx, file, index));

/** Sets a field of the stream's state for wide characters. */
export const setWideField = (ctx: LibcContext, file: number, index: number, value: number): void => {
  writeWord(ctx, wideFieldAt(ctx, file, index), value);
};

/** What kind of stream it is: its table of functions says. */
export type StreamClass = 'file' | 'cookie' | 'memory';

/** The kind of a stream. */
export function classOf(ctx: LibcContext, file: number): StreamClass {
  const { cookieJumps, memoryJumps, wideMemoryJumps } = placesOf(ctx);
  const vtable = readWord(ctx, file + layoutOf(ctx).vtable) - ctx.objects.base;
  if (vtable === cookieJumps) return 'cookie';
  return vtable === memoryJumps || vtable === wideMemoryJumps ? 'memory' : 'file';
}

/** All streams, the newest first. */
export function allStreams(ctx: LibcContext): number[] {
  const files: number[] = [];
  for (let file = readWord(ctx, listHead(ctx)); file !== 0; file = field(ctx, file, CHAIN)) files.push(file);
  return files;
}

const listHead = (ctx: LibcContext): number => ctx.objects.base + placesOf(ctx).listAll;

/** Puts a stream at the head of the list. @source libio/genops.c: _IO_link_in */
export function linkIn(ctx: LibcContext, file: number): void {
  const flags = flagsOf(ctx, file);
  if ((flags & IO_LINKED) !== 0) return;
  setFlags(ctx, file, flags | IO_LINKED);
  setField(ctx, file, CHAIN, readWord(ctx, listHead(ctx)));
  writeWord(ctx, listHead(ctx), file);
}

/** Takes a stream off the list. @source libio/genops.c: _IO_un_link */
export function unlinkStream(ctx: LibcContext, file: number): void {
  const flags = flagsOf(ctx, file);
  if ((flags & IO_LINKED) === 0) return;
  const next = field(ctx, file, CHAIN);
  if (readWord(ctx, listHead(ctx)) === file) writeWord(ctx, listHead(ctx), next);
  else {
    const before = allStreams(ctx).find((one) => field(ctx, one, CHAIN) === file);
    if (before !== undefined) setField(ctx, before, CHAIN, next);
  }
  setFlags(ctx, file, flags & ~IO_LINKED);
}

/** What the three standard streams hold at main; part of libc's .data, so the loader's doing. */
export function initializeStandardStreams(ctx: LibcContext): void {
  const { stdin, stdout, stderr, base } = ctx.objects;
  const layout = layoutOf(ctx);
  const common = (IO_MAGIC | IO_IS_FILEBUF | IO_LINKED) >>> 0;
  const streams = [
    { file: stdin, flags: common | IO_NO_WRITES, next: 0 },
    { file: stdout, flags: common | IO_NO_READS, next: stdin },
    { file: stderr, flags: common | IO_NO_READS | IO_UNBUFFERED, next: stdout },
  ];
  streams.forEach(({ file, flags, next }, fd) => {
    setFlags(ctx, file, flags);
    setFileno(ctx, file, fd);
    setField(ctx, file, CHAIN, next);
    setOffset(ctx, file, undefined);
    writeWord(ctx, file + layout.lock, base + (placesOf(ctx).locks[fd] ?? 0));
    writeWord(ctx, file + layout.wideData, base + (placesOf(ctx).wideData[fd] ?? 0));
    writeWord(ctx, file + layout.vtable, base + placesOf(ctx).fileJumps);
  });
  writeWord(ctx, base + placesOf(ctx).listAll, stderr);
}
