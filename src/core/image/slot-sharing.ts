/**
 * Which variables in memory are live together, and may thus not share a stack slot.
 *
 * A variable lives from its first mention on a path to the end of its scope.
 */
import type { ObjectSymbol } from '../sema/typed-tree.ts';
import type { FlowBlock, FlowGraph } from './flow-graph.ts';
import type { DominatorTree } from './dominators.ts';

/** Pairs of variables that are live together. */
export class Conflicts {
  readonly #pairs = new Map<ObjectSymbol, Set<ObjectSymbol>>();

  constructor(graph: FlowGraph, tree: DominatorTree) {
    const liveOut = liveAtEnds(graph, tree);
    for (const block of tree.order) {
      const live = entryOf(tree, liveOut, block);
      this.#runBlock(graph.blocks[block], live);
    }
  }

  between(a: ObjectSymbol, b: ObjectSymbol): boolean {
    return this.#pairs.get(a)?.has(b) === true;
  }

  #add(a: ObjectSymbol, b: ObjectSymbol): void {
    if (a === b) return;
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const others = this.#pairs.get(from) ?? new Set<ObjectSymbol>();
      others.add(to);
      this.#pairs.set(from, others);
    }
  }

  #runBlock(block: FlowBlock | undefined, live: Set<ObjectSymbol>): void {
    let isFirst = true;
    for (const event of block?.events ?? []) {
      if (event.kind === 'end') {
        live.delete(event.object);
        continue;
      }
      if (isFirst) {
        isFirst = false;
        const all = [...live];
        all.forEach((a, index) => {
          for (const b of all.slice(index + 1)) this.#add(a, b);
        });
      }
      if (event.kind !== 'mention' || live.has(event.object)) continue;
      for (const other of live) this.#add(event.object, other);
      live.add(event.object);
    }
  }
}

function entryOf(
  tree: DominatorTree,
  liveOut: readonly ReadonlySet<ObjectSymbol>[],
  block: number,
): Set<ObjectSymbol> {
  const live = new Set<ObjectSymbol>();
  for (const predecessor of tree.predecessors[block] ?? []) {
    for (const object of liveOut[predecessor] ?? []) live.add(object);
  }
  return live;
}

function liveAtEnds(graph: FlowGraph, tree: DominatorTree): readonly ReadonlySet<ObjectSymbol>[] {
  const liveOut: Set<ObjectSymbol>[] = graph.blocks.map(() => new Set<ObjectSymbol>());
  for (let changed = true; changed;) {
    changed = false;
    for (const block of tree.order) {
      const live = entryOf(tree, liveOut, block);
      for (const event of graph.blocks[block]?.events ?? []) {
        if (event.kind === 'mention') live.add(event.object);
        if (event.kind === 'end') live.delete(event.object);
      }
      if (live.size !== liveOut[block]?.size) {
        liveOut[block] = live;
        changed = true;
      }
    }
  }
  return liveOut;
}
