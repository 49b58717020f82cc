/**
 * <obstack.h>: stacks of objects in chunks that the program's own function allocates.
 *
 * Source: glibc 2.36, malloc/obstack.c, malloc/obstack.h (layouts, sizes, which chunks are freed).
 */
import { roundUp } from '../../base/address.ts';
import { abortProcess } from './abort.ts';
import { asciiBytes } from './ascii.ts';
import { standardStream, streamWrite } from './file-stream.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { f, readWord, writeWord } from './libc-context.ts';

/** Offsets in `struct obstack`, in words. */
const CHUNK_SIZE = 0;
const CHUNK = 1;
const OBJECT_BASE = 2;
const NEXT_FREE = 3;
const CHUNK_LIMIT = 4;
const ALIGNMENT_MASK = 6;
const CHUNKFUN = 7;
const FREEFUN = 8;
const EXTRA_ARG = 9;
const FLAGS = 10;
/** Bits of the last word. */
const USE_EXTRA_ARG = 1;
const MAYBE_EMPTY_OBJECT = 2;

/** Offsets in `struct _obstack_chunk`, in words; the contents follow. */
const LIMIT = 0;
const PREV = 1;
const HEADER_WORDS = 2;

/** Of a chunk when none is asked for: a page without what malloc once took of it. */
const DEFAULT_CHUNK_BYTES = 4064;
/** What more a new chunk has than its object needs. */
const SPARE_BYTES = 100;
const exitFailure = 1;

/** One obstack of the program. */
class Obstack {
  readonly #ctx: LibcContext;
  readonly #at: number;

  constructor(ctx: LibcContext, at: number) {
    this.#ctx = ctx;
    this.#at = at;
  }

  #get(word: number): number {
    return readWord(this.#ctx, this.#at + word * this.#ctx.model.wordBytes);
  }

  #set(word: number, value: number): void {
    writeWord(this.#ctx, this.#at + word * this.#ctx.model.wordBytes, value);
  }

  get #flags(): number {
    return this.#ctx.memory.readU32(this.#at + FLAGS * this.#ctx.model.wordBytes);
  }

  #setFlags(flags: number): void {
    this.#ctx.memory.writeU32(this.#at + FLAGS * this.#ctx.model.wordBytes, flags >>> 0);
  }

  get #mask(): number {
    return this.#ctx.memory.readU32(this.#at + ALIGNMENT_MASK * this.#ctx.model.wordBytes);
  }

  #header(chunk: number, word: number): number {
    return readWord(this.#ctx, chunk + word * this.#ctx.model.wordBytes);
  }

  #setHeader(chunk: number, word: number, value: number): void {
    writeWord(this.#ctx, chunk + word * this.#ctx.model.wordBytes, value);
  }

  #contentsOf(chunk: number): number {
    return roundUp(chunk + HEADER_WORDS * this.#ctx.model.wordBytes, this.#mask + 1);
  }

  #call(target: number, argument: number): number {
    const isExtended = (this.#flags & USE_EXTRA_ARG) !== 0;
    return this.#ctx.callProgram(target, isExtended ? [this.#get(EXTRA_ARG), argument] : [argument]);
  }

  #allocate(bytes: number): number {
    const chunk = this.#call(this.#get(CHUNKFUN), bytes);
    if (chunk === 0) {
      streamWrite(this.#ctx, standardStream(this.#ctx, 'stderr'), asciiBytes('memory exhausted\n'));
      this.#ctx.exit(exitFailure);
    }
    return chunk;
  }

  /** _obstack_begin; `extra` is what the functions get first, for _obstack_begin_1. */
  begin(size: number, alignment: number, functions: readonly [number, number], extra?: number): number {
    const { wordBytes } = this.#ctx.model;
    const align = alignment === 0 ? (wordBytes === 8 ? 16 : 4) : alignment;
    const bytes = size === 0 ? DEFAULT_CHUNK_BYTES : size;
    this.#set(CHUNKFUN, functions[0]);
    this.#set(FREEFUN, functions[1]);
    this.#set(CHUNK_SIZE, bytes);
    this.#ctx.memory.writeU32(this.#at + ALIGNMENT_MASK * wordBytes, align - 1);
    if (extra !== undefined) this.#set(EXTRA_ARG, extra);
    this.#setFlags((this.#flags & ~7) | (extra === undefined ? 0 : USE_EXTRA_ARG));
    const chunk = this.#allocate(bytes);
    this.#set(CHUNK, chunk);
    const contents = this.#contentsOf(chunk);
    this.#set(NEXT_FREE, contents);
    this.#set(OBJECT_BASE, contents);
    this.#setHeader(chunk, LIMIT, chunk + bytes);
    this.#set(CHUNK_LIMIT, chunk + bytes);
    this.#setHeader(chunk, PREV, 0);
    return 1;
  }

  /** _obstack_newchunk: the object that grows goes to a chunk with room for `length` bytes more. */
  newChunk(length: number): void {
    const old = this.#get(CHUNK);
    const base = this.#get(OBJECT_BASE);
    const objectBytes = this.#get(NEXT_FREE) - base;
    const wanted = objectBytes + length + Math.floor(objectBytes / 8) + this.#mask + SPARE_BYTES;
    const bytes = Math.max(wanted, this.#get(CHUNK_SIZE));
    const chunk = this.#allocate(bytes);
    this.#set(CHUNK, chunk);
    this.#setHeader(chunk, PREV, old);
    this.#setHeader(chunk, LIMIT, chunk + bytes);
    this.#set(CHUNK_LIMIT, chunk + bytes);
    const moved = this.#contentsOf(chunk);
    if (objectBytes > 0)
      this.#ctx.memory.writeBytes(moved, this.#ctx.memory.readBytes(base, objectBytes).slice());
    if ((this.#flags & MAYBE_EMPTY_OBJECT) === 0 && base === this.#contentsOf(old)) {
      this.#setHeader(chunk, PREV, this.#header(old, PREV));
      this.#call(this.#get(FREEFUN), old);
    }
    this.#set(OBJECT_BASE, moved);
    this.#set(NEXT_FREE, moved + objectBytes);
    this.#setFlags(this.#flags & ~MAYBE_EMPTY_OBJECT);
  }

  #holds(chunk: number, object: number): boolean {
    return chunk < object && this.#header(chunk, LIMIT) >= object;
  }

  /** obstack_free: everything from an object on; 0 for all. */
  free(object: number): void {
    let chunk = this.#get(CHUNK);
    while (chunk !== 0 && !this.#holds(chunk, object)) {
      const before = this.#header(chunk, PREV);
      this.#call(this.#get(FREEFUN), chunk);
      chunk = before;
      this.#setFlags(this.#flags | MAYBE_EMPTY_OBJECT);
    }
    if (chunk !== 0) {
      this.#set(OBJECT_BASE, object);
      this.#set(NEXT_FREE, object);
      this.#set(CHUNK_LIMIT, this.#header(chunk, LIMIT));
      this.#set(CHUNK, chunk);
    } else if (object !== 0) abortProcess(this.#ctx, undefined);
  }

  /** Bytes of all chunks. */
  get usedBytes(): number {
    let bytes = 0;
    for (let chunk = this.#get(CHUNK); chunk !== 0; chunk = this.#header(chunk, PREV))
      bytes += this.#header(chunk, LIMIT) - chunk;
    return bytes;
  }
}

/** <obstack.h> */
export const obstackFunctions: LibcTable = {
  _obstack_begin: f('ipiipp', (ctx, [at = 0, size = 0, alignment = 0, allocate = 0, release = 0]) =>
    new Obstack(ctx, at).begin(size, alignment, [allocate, release]),
  ),
  _obstack_begin_1: f(
    'ipiippp',
    (ctx, [at = 0, size = 0, alignment = 0, allocate = 0, release = 0, extra = 0]) =>
      new Obstack(ctx, at).begin(size, alignment, [allocate, release], extra),
  ),
  _obstack_newchunk: f('vpi', (ctx, [at = 0, length = 0]) => {
    new Obstack(ctx, at).newChunk(length);
    return 0;
  }),
  _obstack_memory_used: f('ip', (ctx, [at = 0]) => new Obstack(ctx, at).usedBytes),
  obstack_free: f('vpp', (ctx, [at = 0, object = 0]) => {
    new Obstack(ctx, at).free(object);
    return 0;
  }),
};
