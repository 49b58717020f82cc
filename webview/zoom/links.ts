/**
 * The lists of free chunks as arrows: from each link, the word `next`, `fd` or `bk`, to what it means.
 */
import type { BinView, LinkView } from '../../src/protocol/allocator-view.ts';
import type { ChunkState } from '../../src/protocol/view-model.ts';
import { parseHex } from '../layout/hex.ts';

/** A link of a list. */
export interface ListLink {
  /** Address of the word. */
  readonly at: bigint;
  /** Where it leads, revealed. */
  readonly target: bigint;
  /** The list that it belongs to; colours the arrow. */
  readonly state: ChunkState;
  readonly isBack: boolean;
}

/** The links of lists that lead to another chunk; those that end a list lead to malloc_state or nowhere and are none. */
export function linksOf(bins: readonly BinView[]): readonly ListLink[] {
  return bins.flatMap(({ family, entries }) => {
    // A block of the tcache is linked by the address that the program had, a chunk of the others by its own.
    const members = new Set(entries.flatMap(({ chunk, next }) => [chunk, next.at]));
    const link = (word: LinkView | undefined, isBack: boolean): ListLink[] =>
      word === undefined || !members.has(word.decoded)
        ? []
        : [{ at: parseHex(word.at), target: parseHex(word.decoded), state: family, isBack }];
    return entries.flatMap(({ next, back }) => [...link(next, false), ...link(back, true)]);
  });
}
