/**
 * Whose stack a mapping is: of a thread that runs, or one that waits in glibc's cache for the next thread.
 */
import { PAGE_SIZE, roundUp } from '../../../base/address.ts';
import { descriptorBytes, field } from '../../libc/threads/descriptor.ts';
import type { ProcessMemory } from '../../mm/process-memory.ts';
import type { Threads } from './threads.ts';

/** A mapping of a stack. */
export interface StackOwner {
  /** Number of the thread; undefined for a stack in the cache. */
  readonly thread: number | undefined;
  /** The pages below the stack that nobody may touch. */
  readonly isGuard: boolean;
}

/** Blocks from malloc that belong to stacks in the cache: glibc frees them with these. */
export function blocksOfCachedStacks(threads: Threads, memory: ProcessMemory): ReadonlySet<number> {
  return new Set(threads.nptl.stackCache.map((descriptor) => wordAt(memory, descriptor + field.dtv) - 16));
}

/** A word, without any effect on the process. */
function wordAt(memory: ProcessMemory, addr: number): number {
  const bytes = memory.peek(addr, 8);
  return bytes === undefined ? 0 : Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
}

/** The owner of the stack that an address lies in; undefined where there is none. The main stack is not among them. */
export function stackOwner(threads: Threads, memory: ProcessMemory, addr: number): StackOwner | undefined {
  const word = (at: number): number => wordAt(memory, at);
  const ownerOf = (descriptor: number, thread: number | undefined): StackOwner | undefined => {
    const start = word(descriptor + field.stackBlock);
    if (addr < start || addr >= roundUp(descriptor + descriptorBytes, PAGE_SIZE)) return undefined;
    return { thread, isGuard: addr < start + word(descriptor + field.guardSize) };
  };
  for (const { descriptor, number, made } of threads.alive) {
    const found = made === undefined ? undefined : ownerOf(descriptor, number);
    if (found !== undefined) return found;
  }
  for (const descriptor of threads.nptl.stackCache) {
    const found = ownerOf(descriptor, undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}
