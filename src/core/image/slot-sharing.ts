/**
 * Which variables in memory are live together, and may thus not share a stack slot.
 *
 * A variable lives from its first mention on a path to the end of its scope, memory without a name to the end of the
 * function. Two variables conflict when both are live
 * where the first operation of some block runs, or when one comes to life while the other is live.
 *
 * Source: gcc/cfgexpand.cc, add_scope_conflicts: behaviour.
 */
import type { FlowBlock, FlowGraph, MemoryOwner } from './flow-graph.ts';
import type { DominatorTree } from './dominators.ts';

/** Pairs of variables that are live together. */
export class Conflicts {
  readonly #indexes = new Map<MemoryOwner, number>();
  /** A bit set for each variable. */
  readonly #rows: readonly Uint32Array[];
  readonly #words: number;

  /**
   * Finds the conflicts between some variables.
   *
   * @param candidates - variables that may be asked for
   */
  constructor(graph: FlowGraph, tree: DominatorTree, candidates: readonly MemoryOwner[]) {
    candidates.forEach((object, index) => this.#indexes.set(object, index));
    this.#words = Math.ceil(candidates.length / 32);
    this.#rows = candidates.map(() => new Uint32Array(this.#words));
    if (candidates.length < 2) return;
    const liveIn = liveOnEntry(graph, tree, this.#indexes);
    for (const block of tree.order) this.#runBlock(graph.blocks[block], liveIn.get(block) ?? []);
  }

  /** Whether both are live at some place. */
  between(a: MemoryOwner, b: MemoryOwner): boolean {
    const [first, second] = [this.#indexes.get(a), this.#indexes.get(b)];
    if (first === undefined || second === undefined || first === second) return false;
    return hasBit(this.#rows[first], second);
  }

  #runBlock(block: FlowBlock | undefined, entry: readonly number[]): void {
    const live = new Uint32Array(this.#words);
    for (const index of entry) setBit(live, index);
    let isFirst = entry.length > 1;
    for (const event of block?.events ?? []) {
      if (event.kind === 'end') {
        const index = this.#indexes.get(event.object);
        if (index !== undefined) clearBit(live, index);
        continue;
      }
      if (isFirst) {
        isFirst = false;
        for (const index of entry) if (hasBit(live, index)) this.#conflictWithAll(index, live);
      }
      if (event.kind !== 'mention') continue;
      const index = this.#indexes.get(event.object);
      if (index === undefined || hasBit(live, index)) continue;
      this.#conflictWithAll(index, live);
      setBit(live, index);
    }
  }

  #conflictWithAll(index: number, live: Uint32Array): void {
    const row = this.#rows[index];
    live.forEach((word, at) => {
      if (row !== undefined && word !== 0) row[at] = (row[at] ?? 0) | word;
      for (let rest = word; rest !== 0; rest &= rest - 1) {
        const other = this.#rows[at * 32 + 31 - Math.clz32(rest & -rest)];
        if (other !== undefined) setBit(other, index);
      }
    });
  }
}

/** By block: the variables that are live on entry. */
function liveOnEntry(
  graph: FlowGraph,
  tree: DominatorTree,
  indexes: ReadonlyMap<MemoryOwner, number>,
): ReadonlyMap<number, readonly number[]> {
  // The last thing that happens to each variable in each block: it is mentioned, or it ends.
  const last = new Map<number, Map<number, 'mention' | 'end'>>();
  const births: [block: number, index: number][] = [];
  for (const block of tree.order) {
    for (const event of graph.blocks[block]?.events ?? []) {
      if (event.kind !== 'mention' && event.kind !== 'end') continue;
      const index = indexes.get(event.object);
      if (index === undefined) continue;
      const here = last.get(block) ?? new Map<number, 'mention' | 'end'>();
      last.set(block, here.set(index, event.kind));
    }
    for (const [index, kind] of last.get(block) ?? []) if (kind === 'mention') births.push([block, index]);
  }
  const liveIn = new Map<number, Set<number>>();
  for (let birth = births.pop(); birth !== undefined; birth = births.pop()) {
    const [block, index] = birth;
    for (const successor of graph.blocks[block]?.successors ?? []) {
      const here = liveIn.get(successor) ?? new Set<number>();
      if (here.has(index)) continue;
      liveIn.set(successor, here.add(index));
      if (last.get(successor)?.get(index) === undefined) births.push([successor, index]);
    }
  }
  return new Map([...liveIn].map(([block, live]) => [block, [...live]]));
}

function hasBit(set: Uint32Array | undefined, index: number): boolean {
  return (((set?.[index >> 5] ?? 0) >>> (index & 31)) & 1) !== 0;
}

function setBit(set: Uint32Array, index: number): void {
  set[index >> 5] = (set[index >> 5] ?? 0) | (1 << (index & 31));
}

function clearBit(set: Uint32Array, index: number): void {
  set[index >> 5] = (set[index >> 5] ?? 0) & ~(1 << (index & 31));
}
