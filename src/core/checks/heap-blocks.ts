/**
 * The blocks that malloc has handed out, as its callers see them: what was asked for, where, and what became of it.
 *
 * Told by the recorded calls; malloc itself decides nothing by it.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import type { MallocEvent } from '../trace/trace-event.ts';
import { BLOCK_RECORD_BYTES } from './shadow-memory.ts';
import type { ShadowMemory } from './shadow-memory.ts';

/** A block, held or given back. */
export interface HeapBlock {
  readonly start: number;
  /** Bytes asked for. */
  readonly bytes: number;
  /** Bytes that may be used without harm: malloc_usable_size when it was handed out. */
  readonly usable: number;
  /** `malloc`, `strdup`'s …: who asked. */
  readonly caller: string;
  /** Position of the program then. */
  readonly allocated: number;
  /** Step in which it was handed out. */
  readonly step: number;
  /** Of a block that was given back: where, and by what. */
  readonly freed: { readonly position: number; readonly by: 'free' | 'realloc' } | undefined;
}

/** Callers in libc whose blocks it frees itself when a checker asks for it (__libc_freeres). */
const freedByLibc: ReadonlySet<string> = new Set([
  'stdin',
  'stdout',
  'stderr',
  'atexit',
  'tzset',
  'setenv',
  // What loads the unwinder.
  'backtrace',
  'pthread_exit',
  'pthread_cancel',
]);

/** Whether what such a caller asked for is no leak, though nobody frees it. */
export const isFreedByLibc = (caller: string): boolean => freedByLibc.has(caller);

/** What a call does to blocks. */
export interface BlockChange {
  readonly gone: number | undefined;
  readonly made: { readonly start: number; readonly bytes: number; readonly isZeroed: boolean } | undefined;
}

/** Reads a call of the malloc family. */
export function changeOf(event: MallocEvent): BlockChange {
  const [first = 0, second = 0, third = 0] = event.args;
  const made = (bytes: number, isZeroed = false): BlockChange['made'] =>
    event.result === 0 ? undefined : { start: event.result, bytes, isZeroed };
  switch (event.name) {
    case 'malloc':
    case 'valloc':
    case 'pvalloc':
      return { gone: undefined, made: made(first) };
    case 'calloc':
      return { gone: undefined, made: made(first * second, true) };
    case 'memalign':
    case 'aligned_alloc':
    case 'posix_memalign':
      return { gone: undefined, made: made(second) };
    case 'realloc':
    case 'reallocarray': {
      const bytes = event.name === 'realloc' ? second : second * third;
      // A failure keeps the old block; size 0 frees it.
      const isGone = first !== 0 && (event.result !== 0 || bytes === 0);
      return { gone: isGone ? first : undefined, made: made(bytes) };
    }
    case 'free':
      return { gone: first === 0 ? undefined : first, made: undefined };
    case 'malloc_trim':
    case 'mallopt':
      return { gone: undefined, made: undefined };
  }
}

/** Fields of a record, in bytes from its start; a record of zeros says that no block ever began there. */
export const blockField = {
  /** f64: bytes asked for. */
  bytes: 0,
  /** f64: steps that were left when it was handed out. */
  stepsLeft: 8,
  /** i32: position of the program then. */
  allocated: 16,
  /** i32: where it was given back, or {@link HELD}. */
  freed: 20,
  /** i32: bytes behind it that may be used without harm. */
  slack: 24,
  /** i32: 1 + address modulo 16 + 32 for realloc + 64 times the number of who asked. */
  facts: 28,
} as const;

/** In the place of where a block was given back. */
export const HELD = -1;

const BY_REALLOC = 32;
const CALLER = 64;

/** Blocks begin at least so far from each other: there is one record for each such piece of memory. */
const GRANULE = 16;
const GRANULES = PAGE_SIZE / GRANULE;

/** Distance up to which an address beside a block is taken to be meant for it, in bytes. */
const nearBytes = 4096;

/**
 * Blocks by address. Their records lie beside the states of bytes, so that block-marks.ts can write them in WebAssembly:
 * one that was given back is known until another block begins there.
 */
export class HeapBlocks {
  readonly #shadow: ShadowMemory;
  readonly #stepsAhead: number;
  readonly #callers = ['program'];
  /** Starts of blocks that reach farther than {@link nearBytes}. */
  readonly #large = new Set<number>();

  /**
   * Begins with what the shadow memory has of blocks: nothing.
   *
   * @param stepsAhead - steps that the machine was told to await when it began
   */
  constructor(shadow: ShadowMemory, stepsAhead: number) {
    this.#shadow = shadow;
    this.#stepsAhead = stepsAhead;
  }

  /** All blocks that are held, in no order. */
  get held(): readonly HeapBlock[] {
    const held: HeapBlock[] = [];
    for (const [page] of this.#shadow.blockPages)
      for (let i = 0; i < GRANULES; i++) {
        const block = this.#recorded(page * GRANULES + i);
        if (block !== undefined && block.freed === undefined) held.push(block);
      }
    return held;
  }

  heldAt(start: number): HeapBlock | undefined {
    const block = this.#recorded(Math.floor(start / GRANULE));
    return block?.start === start && block.freed === undefined ? block : undefined;
  }

  freedAt(start: number): HeapBlock | undefined {
    const block = this.#recorded(Math.floor(start / GRANULE));
    return block?.start === start && block.freed !== undefined ? block : undefined;
  }

  hold({ start, bytes, usable, caller, allocated, step }: HeapBlock): void {
    const page = Math.floor(start / PAGE_SIZE);
    const granule = Math.floor(start / GRANULE) % GRANULES;
    const record = this.#shadow.ownBlocksOf(page) + BLOCK_RECORD_BYTES * granule;
    const { f64, i32 } = this.#shadow;
    f64[(record + blockField.bytes) / 8] = bytes;
    f64[(record + blockField.stepsLeft) / 8] = this.#stepsAhead - step;
    i32[(record + blockField.allocated) / 4] = allocated;
    i32[(record + blockField.freed) / 4] = HELD;
    i32[(record + blockField.slack) / 4] = usable - bytes;
    i32[(record + blockField.facts) / 4] = 1 + (start % GRANULE) + CALLER * this.#numberOf(caller);
    if (bytes > nearBytes) this.#large.add(start);
    else this.#large.delete(start);
  }

  release({ start }: HeapBlock, { position, by }: Exclude<HeapBlock['freed'], undefined>): void {
    const record = this.#recordAt(Math.floor(start / GRANULE));
    if (record === undefined) return;
    const { i32 } = this.#shadow;
    i32[(record + blockField.freed) / 4] = position;
    const facts = (record + blockField.facts) / 4;
    if (by === 'realloc') i32[facts] = (i32[facts] ?? 0) + BY_REALLOC;
  }

  /** The block that an address is in, held or given back; else the held one that it is nearest behind or before. */
  around(addr: number): HeapBlock | undefined {
    const isIn = ({ start, bytes }: HeapBlock): boolean => addr >= start && addr < start + bytes;
    const candidates = [...this.#near(addr)];
    const held = candidates.filter(({ freed }) => freed === undefined);
    const inside = held.find(isIn) ?? candidates.find(isIn);
    if (inside !== undefined) return inside;
    const distance = ({ start, bytes }: HeapBlock): number =>
      addr < start ? start - addr : addr - (start + bytes);
    return held
      .filter((one) => distance(one) <= nearBytes)
      .reduce<HeapBlock | undefined>(
        (best, one) => (best === undefined || distance(one) < distance(best) ? one : best),
        undefined,
      );
  }

  /** The blocks that an address can be in or near. */
  *#near(addr: number): Iterable<HeapBlock> {
    for (const start of this.#large) {
      const block = this.#recorded(Math.floor(start / GRANULE));
      if (block?.start === start) yield block;
    }
    const first = Math.floor((addr - 2 * nearBytes) / GRANULE);
    const last = Math.floor((addr + nearBytes) / GRANULE);
    for (let granule = Math.max(0, first); granule <= last; granule++) {
      const block = this.#recorded(granule);
      if (block !== undefined && block.bytes <= nearBytes) yield block;
    }
  }

  #numberOf(caller: string): number {
    const known = this.#callers.indexOf(caller);
    return known >= 0 ? known : this.#callers.push(caller) - 1;
  }

  /** Place of a record, by the number of its piece of memory. */
  #recordAt(granule: number): number | undefined {
    const page = Math.floor(granule / GRANULES);
    const records = this.#shadow.blocksOf(page);
    return records === undefined ? undefined : records + BLOCK_RECORD_BYTES * (granule - page * GRANULES);
  }

  #recorded(granule: number): HeapBlock | undefined {
    const record = this.#recordAt(granule);
    if (record === undefined) return undefined;
    const { f64, i32 } = this.#shadow;
    const facts = i32[(record + blockField.facts) / 4] ?? 0;
    if (facts === 0) return undefined;
    const bytes = f64[(record + blockField.bytes) / 8] ?? 0;
    const position = i32[(record + blockField.freed) / 4] ?? 0;
    const isByRealloc = (facts & BY_REALLOC) !== 0;
    return {
      start: granule * GRANULE + ((facts - 1) % GRANULE),
      bytes,
      usable: bytes + (i32[(record + blockField.slack) / 4] ?? 0),
      caller: this.#callers[Math.floor(facts / CALLER)] ?? '',
      allocated: i32[(record + blockField.allocated) / 4] ?? 0,
      step: this.#stepsAhead - (f64[(record + blockField.stepsLeft) / 8] ?? 0),
      freed: position === HELD ? undefined : { position, by: isByRealloc ? 'realloc' : 'free' },
    };
  }
}
