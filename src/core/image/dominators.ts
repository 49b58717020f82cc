/**
 * Orders and dominators of a flow graph.
 *
 * Source: Cooper, Harvey, Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
 */
import type { FlowGraph } from './flow-graph.ts';

/** What is known about the blocks that the entry reaches. */
export interface DominatorTree {
  /** Reachable blocks in reverse post-order of a depth-first search along the edges in their order. */
  readonly order: readonly number[];
  readonly predecessors: readonly (readonly number[])[];
  /** Children in the dominator tree, in reverse post-order. */
  readonly children: readonly (readonly number[])[];
  /** Blocks where the dominance of a block ends. */
  readonly frontier: readonly ReadonlySet<number>[];
}

/** Computes orders, dominator tree and dominance frontiers. */
export function dominatorsOf(graph: FlowGraph): DominatorTree {
  const count = graph.blocks.length;
  const order = reversePostOrder(graph);
  const position = new Array<number>(count).fill(-1);
  order.forEach((block, index) => (position[block] = index));
  const predecessors: number[][] = Array.from({ length: count }, () => []);
  for (const block of order) {
    for (const successor of graph.blocks[block]?.successors ?? []) predecessors[successor]?.push(block);
  }
  const idom = immediateDominators(order, position, predecessors);
  const children: number[][] = Array.from({ length: count }, () => []);
  for (const block of order) {
    const parent = idom[block] ?? -1;
    if (block !== order[0] && parent >= 0) children[parent]?.push(block);
  }
  const frontier: Set<number>[] = Array.from({ length: count }, () => new Set<number>());
  for (const block of order) {
    const incoming = predecessors[block] ?? [];
    if (incoming.length < 2) continue;
    for (const predecessor of incoming) {
      let runner = predecessor;
      while (runner !== idom[block]) {
        frontier[runner]?.add(block);
        const up = idom[runner] ?? runner;
        if (up === runner) break;
        runner = up;
      }
    }
  }
  return { order, predecessors, children, frontier };
}

function reversePostOrder(graph: FlowGraph): number[] {
  const visited = new Set<number>([0]);
  const post: number[] = [];
  const stack: { readonly block: number; next: number }[] = [{ block: 0, next: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const successor = graph.blocks[top.block]?.successors[top.next];
    if (successor === undefined) {
      post.push(top.block);
      stack.pop();
      continue;
    }
    top.next += 1;
    if (!visited.has(successor)) {
      visited.add(successor);
      stack.push({ block: successor, next: 0 });
    }
  }
  return post.reverse();
}

function immediateDominators(
  order: readonly number[],
  position: readonly number[],
  predecessors: readonly (readonly number[])[],
): number[] {
  const idom = new Array<number>(position.length).fill(-1);
  const entry = order[0] ?? 0;
  idom[entry] = entry;
  const at = (block: number): number => position[block] ?? 0;
  const intersect = (first: number, second: number): number => {
    let [a, b] = [first, second];
    while (a !== b) {
      while (at(a) > at(b)) a = idom[a] ?? entry;
      while (at(b) > at(a)) b = idom[b] ?? entry;
    }
    return a;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const block of order) {
      if (block === entry) continue;
      let fresh = -1;
      for (const predecessor of predecessors[block] ?? []) {
        if ((idom[predecessor] ?? -1) < 0) continue;
        fresh = fresh < 0 ? predecessor : intersect(predecessor, fresh);
      }
      if (fresh !== idom[block]) {
        idom[block] = fresh;
        changed = true;
      }
    }
  }
  return idom;
}
