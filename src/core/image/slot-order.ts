/**
 * The order in which gcc -O0 gives stack slots to register-like variables: that of their SSA names.
 *
 * Variables that need a merge where branches meet come first, in declaration order; the others follow where a walk over
 * the dominator tree meets them first.
 */
import type { ObjectSymbol } from '../sema/typed-tree.ts';
import type { ArrayType } from '../sema/type.ts';
import type { FlowEvent, FlowGraph } from './cfg.ts';
import type { DominatorTree } from './dominators.ts';

/** What has a slot: a register-like variable, the address of a variable length array, the last index of an array type. */
export type SlotOwner = ObjectSymbol | ArrayType;

/** Owners of slots in order. */
export function slotOrder(
  graph: FlowGraph,
  tree: DominatorTree,
  declared: readonly ObjectSymbol[],
): readonly SlotOwner[] {
  const merged = mergedVariables(graph, tree);
  const order: SlotOwner[] = declared.filter((object) => merged.has(object));
  const seen = new Set<SlotOwner>(order);
  const stack: number[] = [tree.order[0] ?? 0];
  for (let block = stack.pop(); block !== undefined; block = stack.pop()) {
    for (const event of graph.blocks[block]?.events ?? []) {
      const owner = ownerOf(event);
      if (owner === undefined || seen.has(owner)) continue;
      seen.add(owner);
      order.push(owner);
    }
    const children = tree.children[block] ?? [];
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child !== undefined) stack.push(child);
    }
  }
  return order;
}

function ownerOf(event: FlowEvent): SlotOwner | undefined {
  switch (event.kind) {
    case 'use':
    case 'define':
    case 'allocate':
      return event.object;
    case 'measure':
      return event.array;
    default:
      return undefined;
  }
}

/** Variables with a phi: in some block of the iterated dominance frontier of their assignments they are live. */
function mergedVariables(graph: FlowGraph, tree: DominatorTree): ReadonlySet<ObjectSymbol> {
  const definitions = new Map<ObjectSymbol, Set<number>>();
  for (const block of tree.order) {
    for (const event of graph.blocks[block]?.events ?? []) {
      if (event.kind !== 'define') continue;
      const blocks = definitions.get(event.object) ?? new Set<number>();
      blocks.add(block);
      definitions.set(event.object, blocks);
    }
  }
  const liveIn = liveOnEntry(graph, tree);
  const merged = new Set<ObjectSymbol>();
  for (const [object, blocks] of definitions) {
    const work = [...blocks];
    const frontier = new Set<number>();
    for (let block = work.pop(); block !== undefined; block = work.pop()) {
      for (const next of tree.frontier[block] ?? []) {
        if (frontier.has(next)) continue;
        frontier.add(next);
        work.push(next);
      }
    }
    for (const block of frontier) {
      if (liveIn[block]?.has(object) === true) {
        merged.add(object);
        break;
      }
    }
  }
  return merged;
}

/** Variables that are read in or after each block before they are assigned. */
function liveOnEntry(graph: FlowGraph, tree: DominatorTree): readonly ReadonlySet<ObjectSymbol>[] {
  const liveIn: Set<ObjectSymbol>[] = graph.blocks.map(() => new Set<ObjectSymbol>());
  const defined: Set<ObjectSymbol>[] = graph.blocks.map(() => new Set<ObjectSymbol>());
  for (const block of tree.order) {
    for (const event of graph.blocks[block]?.events ?? []) {
      if (event.kind === 'use' && defined[block]?.has(event.object) === false)
        liveIn[block]?.add(event.object);
      if (event.kind === 'define') defined[block]?.add(event.object);
    }
  }
  const work = [...tree.order];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    for (const predecessor of tree.predecessors[block] ?? []) {
      let grew = false;
      for (const object of liveIn[block] ?? []) {
        if (defined[predecessor]?.has(object) === true || liveIn[predecessor]?.has(object) === true) continue;
        liveIn[predecessor]?.add(object);
        grew = true;
      }
      if (grew) work.push(predecessor);
    }
  }
  return liveIn;
}
