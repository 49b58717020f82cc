/**
 * Which blocks nothing leads to any more when a program ends, in the kinds of memcheck.
 *
 * Words of the roots (static data, live stack, thread data) that hold the start of a block make it reachable, and what
 * its own words hold in turn; an address inside a block makes it possibly lost. Of the others, those that another lost
 * block leads to are lost indirectly.
 *
 * Source: valgrind 3.19, memcheck/mc_leakcheck.c: lc_scan_memory, lc_push_if_a_chunk_ptr_register.
 */
import { lastOf } from '../../base/bisect.ts';
import type { HeapBlock } from './heap-blocks.ts';

export type LeakKind = 'definite' | 'indirect' | 'possible' | 'reachable';

export interface Leak {
  readonly kind: LeakKind;
  readonly block: HeapBlock;
}

/** A range that is searched for addresses. */
export interface Root {
  readonly start: number;
  readonly end: number;
}

/**
 * Sorts the blocks that are still held.
 *
 * @param readWords - aligned words of a range, as numbers; nothing for what cannot be read
 */
export function findLeaks(
  blocks: readonly HeapBlock[],
  roots: readonly Root[],
  readWords: (range: Root) => Iterable<number>,
): readonly Leak[] {
  const sorted = [...blocks].sort((a, b) => a.start - b.start);
  const kinds = new Map<HeapBlock, LeakKind>();
  const wordsOf = (block: HeapBlock): Iterable<number> =>
    readWords({ start: block.start, end: block.start + block.bytes });
  const blockAt = (addr: number): HeapBlock | undefined => {
    const found = lastOf(sorted, (block) => block.start <= addr);
    // An address of an empty block is its start.
    return found !== undefined && addr < found.start + Math.max(found.bytes, 1) ? found : undefined;
  };
  const pending: HeapBlock[] = [];
  const reach = (words: Iterable<number>, fromPossible: boolean): void => {
    for (const word of words) {
      const block = blockAt(word);
      if (block === undefined) continue;
      const kind = word === block.start && !fromPossible ? 'reachable' : 'possible';
      const known = kinds.get(block);
      if (known === 'reachable' || known === kind) continue;
      kinds.set(block, kind);
      pending.push(block);
    }
  };
  for (const root of roots) reach(readWords(root), false);
  for (let next = pending.pop(); next !== undefined; next = pending.pop())
    reach(wordsOf(next), kinds.get(next) === 'possible');
  for (const leader of sorted) {
    if (kinds.has(leader)) continue;
    kinds.set(leader, 'definite');
    const clique = [leader];
    for (let next = clique.pop(); next !== undefined; next = clique.pop()) {
      for (const word of wordsOf(next)) {
        const block = blockAt(word);
        const known = block === undefined ? 'reachable' : kinds.get(block);
        if (block === undefined || block === leader || (known !== undefined && known !== 'definite'))
          continue;
        kinds.set(block, 'indirect');
        if (known === undefined) clique.push(block);
      }
    }
  }
  return sorted.map((block) => ({ kind: kinds.get(block) ?? 'definite', block }));
}
