/**
 * The blocks that malloc has handed out, as its callers see them: what was asked for, where, and what became of it.
 *
 * Told by the recorded calls; malloc itself decides nothing by it.
 */
import type { MallocEvent } from '../trace/trace-event.ts';

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
  freed: { readonly position: number; readonly by: 'free' | 'realloc' } | undefined;
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

/** Blocks by address. */
export class HeapBlocks {
  readonly #held = new Map<number, HeapBlock>();
  /** Those that were given back, by start, until another block begins there. */
  readonly #freed = new Map<number, HeapBlock>();

  get held(): readonly HeapBlock[] {
    return [...this.#held.values()];
  }

  heldAt(start: number): HeapBlock | undefined {
    return this.#held.get(start);
  }

  freedAt(start: number): HeapBlock | undefined {
    return this.#freed.get(start);
  }

  hold(block: HeapBlock): void {
    this.#held.set(block.start, block);
    this.#freed.delete(block.start);
  }

  release(block: HeapBlock, freed: HeapBlock['freed']): void {
    this.#held.delete(block.start);
    block.freed = freed;
    this.#freed.set(block.start, block);
  }

  /** The block that an address is in, held or given back; else the held one that it is nearest behind or before. */
  around(addr: number): HeapBlock | undefined {
    const isIn = ({ start, bytes }: HeapBlock): boolean => addr >= start && addr < start + bytes;
    const held = this.held;
    const inside = held.find(isIn) ?? [...this.#freed.values()].find(isIn);
    if (inside !== undefined) return inside;
    const distance = ({ start, bytes }: HeapBlock): number =>
      addr < start ? start - addr : addr - (start + bytes);
    return held.reduce<HeapBlock | undefined>(
      (best, one) => (best === undefined || distance(one) < distance(best) ? one : best),
      undefined,
    );
  }
}
