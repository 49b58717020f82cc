/**
 * Whose stack a mapping is: of a thread that runs, or one that waits in glibc's cache for the next thread.
 */
import { PAGE_SIZE, roundUp } from '../../../base/address.ts';
import { descriptorLayouts, fieldAt } from '../../libc/threads/descriptor.ts';
import type { Field } from '../../libc/threads/descriptor.ts';
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
  const { wordBytes } = threads.model;
  return new Set(
    threads.nptl.stackCache.map((descriptor) => fieldOf(threads, memory, descriptor, 'dtv') - 2 * wordBytes),
  );
}

/** A word of a descriptor, without any effect on the process. */
function fieldOf(threads: Threads, memory: ProcessMemory, descriptor: number, name: Field): number {
  const { wordBytes } = threads.model;
  const bytes = memory.peek(fieldAt(threads, descriptor, name), wordBytes);
  if (bytes === undefined) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return wordBytes === 8 ? Number(view.getBigUint64(0, true)) : view.getUint32(0, true);
}

/** The owner of the stack that an address lies in; undefined where there is none. The main stack is not among them. */
export function stackOwner(threads: Threads, memory: ProcessMemory, addr: number): StackOwner | undefined {
  const { bytes } = descriptorLayouts[threads.model.name];
  const ownerOf = (descriptor: number, thread: number | undefined): StackOwner | undefined => {
    const start = fieldOf(threads, memory, descriptor, 'stackBlock');
    if (addr < start || addr >= roundUp(descriptor + bytes, PAGE_SIZE)) return undefined;
    return { thread, isGuard: addr < start + fieldOf(threads, memory, descriptor, 'guardSize') };
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
