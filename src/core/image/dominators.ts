/**
 * Orders and dominators of a flow graph, in time nearly linear in its size.
 *
 * Source: Lengauer, Tarjan, "A Fast Algorithm for Finding Dominators in a Flowgraph" (1979), with path compression;
 * Georgiadis, Tarjan, "Dominator Tree Verification and Vertex-Disjoint Paths" (2005), for the step from semidominators
 * to dominators (SEMI-NCA); frontiers as in Cooper, Harvey, Kennedy (2001).
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
  readonly frontier: readonly (readonly number[])[];
}

/** Computes orders, dominator tree and dominance frontiers. */
export function dominatorsOf(graph: FlowGraph): DominatorTree {
  const count = graph.blocks.length;
  const search = depthFirst(graph);
  const order = search.postOrder.reverse();
  const predecessors: number[][] = Array.from({ length: count }, () => []);
  for (const block of order) {
    for (const successor of graph.blocks[block]?.successors ?? []) predecessors[successor]?.push(block);
  }
  const idom = immediateDominators(search, predecessors);
  const children: number[][] = Array.from({ length: count }, () => []);
  for (const block of order) {
    const parent = idom[block] ?? -1;
    if (parent >= 0) children[parent]?.push(block);
  }
  return { order, predecessors, children, frontier: frontiersOf(order, predecessors, idom) };
}

interface Search {
  readonly preOrder: readonly number[];
  readonly postOrder: number[];
  /** Number of each block in pre-order, -1 where it is not reached. */
  readonly number: Int32Array;
  /** Parent in the search tree, by number; -1 for the entry. */
  readonly parent: readonly number[];
}

function depthFirst(graph: FlowGraph): Search {
  const number = new Int32Array(graph.blocks.length).fill(-1);
  const next = new Int32Array(graph.blocks.length);
  const [preOrder, postOrder, parent, stack]: [number[], number[], number[], number[]] = [[], [], [], []];
  const visit = (block: number, from: number): void => {
    number[block] = preOrder.length;
    preOrder.push(block);
    parent.push(from);
    stack.push(block);
  };
  visit(0, -1);
  for (let block = stack.at(-1); block !== undefined; block = stack.at(-1)) {
    const index = next[block] ?? 0;
    const successor = graph.blocks[block]?.successors[index];
    next[block] = index + 1;
    if (successor === undefined) {
      postOrder.push(block);
      stack.pop();
    } else if ((number[successor] ?? 0) < 0) visit(successor, number[block] ?? 0);
  }
  return { preOrder, postOrder, number, parent };
}

/** The immediate dominator of each block; -1 for the entry and what is not reached. */
function immediateDominators(search: Search, predecessors: readonly (readonly number[])[]): Int32Array {
  const { preOrder, number } = search;
  const count = preOrder.length;
  // All of these are by number in pre-order.
  const semi = Int32Array.from({ length: count }, (_, index) => index);
  const label = Int32Array.from(semi);
  const ancestor = new Int32Array(count).fill(-1);
  const idom = Int32Array.from(search.parent);
  for (let vertex = count - 1; vertex > 0; vertex -= 1) {
    let least = search.parent[vertex] ?? 0;
    for (const predecessor of predecessors[preOrder[vertex] ?? 0] ?? []) {
      const from = number[predecessor] ?? 0;
      const candidate = from <= vertex ? from : (semi[leastBelow(from, ancestor, label, semi)] ?? 0);
      least = Math.min(least, candidate);
    }
    semi[vertex] = least;
    ancestor[vertex] = search.parent[vertex] ?? -1;
  }
  for (let vertex = 1; vertex < count; vertex += 1) {
    let up = idom[vertex] ?? 0;
    while (up > (semi[vertex] ?? 0)) up = idom[up] ?? 0;
    idom[vertex] = up;
  }
  const result = new Int32Array(number.length).fill(-1);
  for (let vertex = 1; vertex < count; vertex += 1)
    result[preOrder[vertex] ?? 0] = preOrder[idom[vertex] ?? 0] ?? 0;
  return result;
}

/** The vertex with the least semidominator on the linked path above a vertex; shortens the path. */
function leastBelow(vertex: number, ancestor: Int32Array, label: Int32Array, semi: Int32Array): number {
  const path: number[] = [];
  let top = vertex;
  for (let up = ancestor[top] ?? -1; up >= 0 && (ancestor[up] ?? -1) >= 0; up = ancestor[top] ?? -1) {
    path.push(top);
    top = up;
  }
  for (let one = path.pop(); one !== undefined; one = path.pop()) {
    const up = ancestor[one] ?? 0;
    const [own, above] = [label[one] ?? 0, label[up] ?? 0];
    if ((semi[above] ?? 0) < (semi[own] ?? 0)) label[one] = above;
    ancestor[one] = ancestor[up] ?? -1;
  }
  return label[vertex] ?? 0;
}

function frontiersOf(
  order: readonly number[],
  predecessors: readonly (readonly number[])[],
  idom: Int32Array,
): number[][] {
  const frontier: number[][] = Array.from({ length: idom.length }, () => []);
  for (const block of order) {
    const incoming = predecessors[block] ?? [];
    if (incoming.length < 2) continue;
    for (const predecessor of incoming) {
      for (let runner = predecessor; runner >= 0 && runner !== idom[block]; runner = idom[runner] ?? -1) {
        const found = frontier[runner];
        // What is above has been here for another predecessor.
        if (found === undefined || found.at(-1) === block) break;
        found.push(block);
      }
    }
  }
  return frontier;
}
