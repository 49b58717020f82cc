/**
 * The order in which gcc -O0 gives stack slots to register-like variables: that of their first SSA names.
 *
 * Values that are merged where branches meet are numbered first, variable by variable; then a walk over the dominator
 * tree numbers the assignments, and the values that variables have before any, as it meets them. The numbers of
 * temporaries whose code was found unreachable are given out again before new ones.
 *
 * Source: gcc/tree-into-ssa.cc (insert_phi_nodes, rewrite_dom_walker), gcc/tree-ssanames.cc (make_ssa_name_fn,
 * release_ssa_name_fn), gcc/tree-ssa-coalesce.cc (names of one variable share a partition at -O0): behaviour.
 */
import type { ObjectSymbol } from '../sema/typed-tree.ts';
import type { ArrayType } from '../sema/type.ts';
import type { FlowEvent, FlowGraph, Temporary } from './flow-graph.ts';
import type { DominatorTree } from './dominators.ts';

/** What has a slot: a register-like variable, the address of a variable length array, the last index of an array type. */
export type SlotOwner = ObjectSymbol | ArrayType;

/** What gets SSA names: all of memory is one variable. */
type Renamed = SlotOwner | Temporary | 'memory';

/**
 * Owners of slots in order.
 *
 * @param declared - parameters and locals in order of declaration
 */
export function slotOrder(
  graph: FlowGraph,
  tree: DominatorTree,
  declared: readonly ObjectSymbol[],
): readonly SlotOwner[] {
  const namer = new Namer(graph, tree);
  namer.nameMerges(declared);
  namer.walk();
  return namer.owners();
}

class Namer {
  readonly #graph: FlowGraph;
  readonly #tree: DominatorTree;
  readonly #firstName = new Map<Renamed, number>();
  /** Numbers to be given out again, next one last. */
  readonly #freed: number[];
  #last: number;
  /** The states of memory take names, too; that matters where names are given out again. */
  readonly #countsMemory: boolean;
  /** What is merged at the start of each block. */
  readonly #merges = new Map<number, Renamed[]>();
  /** What has a value where the walk is, with the number of values on the path from the entry. */
  readonly #reaching = new Map<Renamed, number>();
  readonly #defaults = new Set<Renamed>();

  constructor(graph: FlowGraph, tree: DominatorTree) {
    this.#graph = graph;
    this.#tree = tree;
    this.#last = graph.versions;
    this.#freed = freedNames(graph, tree);
    this.#countsMemory = this.#freed.length > 0;
  }

  owners(): SlotOwner[] {
    const owners: [SlotOwner, number][] = [];
    for (const [renamed, name] of this.#firstName) {
      if (renamed !== 'memory' && renamed.kind !== 'temporary') owners.push([renamed, name]);
    }
    return owners.sort((a, b) => a[1] - b[1]).map(([owner]) => owner);
  }

  #name(renamed: Renamed): void {
    const name = this.#freed.pop() ?? (this.#last += 1);
    const first = this.#firstName.get(renamed);
    if (first === undefined || name < first) this.#firstName.set(renamed, name);
  }

  nameMerges(declared: readonly ObjectSymbol[]): void {
    const occurrences = occurrencesOf(this.#graph, this.#tree, this.#countsMemory);
    for (const renamed of new Set<Renamed>([...declared, ...occurrences.keys()])) {
      const found = occurrences.get(renamed);
      if (found === undefined || found.definitions.size === 0 || found.exposed.size === 0) continue;
      const frontier = iteratedFrontier(this.#tree, found.definitions);
      if (frontier.size === 0) continue;
      for (const block of liveInto(frontier, this.#tree, found)) {
        this.#name(renamed);
        const merges = this.#merges.get(block);
        if (merges === undefined) this.#merges.set(block, [renamed]);
        else merges.push(renamed);
      }
    }
  }

  walk(): void {
    const { children, order } = this.#tree;
    const stack: { readonly block: number; readonly defined: Renamed[]; next: number }[] = [];
    const enter = (block: number): void => {
      stack.push({ block, defined: this.#visit(block), next: 0 });
    };
    enter(order[0] ?? 0);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = children[top.block]?.[top.next];
      top.next += 1;
      if (child !== undefined) {
        enter(child);
        continue;
      }
      for (const renamed of top.defined) this.#reaching.set(renamed, (this.#reaching.get(renamed) ?? 1) - 1);
      stack.pop();
    }
  }

  /** Numbers what a block assigns and reads; tells what it assigns. */
  #visit(block: number): Renamed[] {
    const defined: Renamed[] = [];
    const define = (renamed: Renamed): void => {
      defined.push(renamed);
      this.#reaching.set(renamed, (this.#reaching.get(renamed) ?? 0) + 1);
    };
    for (const renamed of this.#merges.get(block) ?? []) define(renamed);
    for (const event of this.#graph.blocks[block]?.events ?? []) {
      for (const access of accessesOf(event, this.#countsMemory)) {
        if (access.isDefinition) {
          this.#name(access.renamed);
          define(access.renamed);
        } else this.#read(access.renamed);
      }
    }
    for (const successor of this.#graph.blocks[block]?.successors ?? []) {
      for (const renamed of this.#merges.get(successor) ?? []) this.#read(renamed);
    }
    return defined;
  }

  /** What is read before it is assigned gets a name for the value that it has then. */
  #read(renamed: Renamed): void {
    if ((this.#reaching.get(renamed) ?? 0) > 0 || this.#defaults.has(renamed)) return;
    this.#defaults.add(renamed);
    this.#name(renamed);
  }
}

/** Numbers of temporaries whose code is unreachable, in the order in which they are given out last. */
function freedNames(graph: FlowGraph, tree: DominatorTree): number[] {
  const isReachable = new Set(tree.order);
  const dead: number[][] = [];
  graph.blocks.forEach((block, index) => {
    if (isReachable.has(index)) return;
    const names: number[] = [];
    for (const event of block.events) {
      if (event.kind !== 'define' || event.pseudo.kind !== 'temporary') continue;
      if (event.pseudo.version !== undefined) names.push(event.pseudo.version);
    }
    if (names.length > 0) dead.push(names.reverse());
  });
  // Blocks are deleted first to last, the operations of each last to first.
  return dead.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0)).flat();
}

interface Access {
  readonly renamed: Renamed;
  readonly isDefinition: boolean;
}

const nothing: readonly Access[] = [];
const loads: readonly Access[] = [{ renamed: 'memory', isDefinition: false }];
const stores: readonly Access[] = [{ renamed: 'memory', isDefinition: true }];
const ends: readonly Access[] = [...loads, ...stores];

/** What an event reads and assigns, in order. */
function accessesOf(event: FlowEvent, countsMemory: boolean): readonly Access[] {
  switch (event.kind) {
    case 'use':
    case 'define':
      if (event.pseudo.kind === 'temporary' && event.pseudo.version !== undefined) return nothing;
      return [{ renamed: event.pseudo, isDefinition: event.kind === 'define' }];
    case 'allocate':
      return [{ renamed: event.object, isDefinition: true }];
    case 'measure':
      return [{ renamed: event.array, isDefinition: true }];
    case 'load':
      return countsMemory ? loads : nothing;
    case 'store':
      return countsMemory ? stores : nothing;
    case 'end':
      return countsMemory ? ends : nothing;
    case 'mention':
    case 'call':
    case 'truncate':
    case 'other':
      return nothing;
  }
}

/** Where something is assigned, and where it is read before it is assigned. */
interface Occurrences {
  readonly definitions: Set<number>;
  readonly exposed: Set<number>;
}

/** Occurrences by variable; memory comes last. */
function occurrencesOf(
  graph: FlowGraph,
  tree: DominatorTree,
  countsMemory: boolean,
): ReadonlyMap<Renamed, Occurrences> {
  const all = new Map<Renamed, Occurrences>();
  const memory: Occurrences = { definitions: new Set(), exposed: new Set() };
  for (const block of tree.order) {
    for (const event of graph.blocks[block]?.events ?? []) {
      for (const { renamed, isDefinition } of accessesOf(event, countsMemory)) {
        let occurrences = renamed === 'memory' ? memory : all.get(renamed);
        if (occurrences === undefined) {
          occurrences = { definitions: new Set(), exposed: new Set() };
          all.set(renamed, occurrences);
        }
        if (isDefinition) occurrences.definitions.add(block);
        else if (!occurrences.definitions.has(block)) occurrences.exposed.add(block);
      }
    }
  }
  all.set('memory', memory);
  return all;
}

function iteratedFrontier(tree: DominatorTree, definitions: ReadonlySet<number>): ReadonlySet<number> {
  const work = [...definitions];
  const frontier = new Set<number>();
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    for (const next of tree.frontier[block] ?? []) {
      if (frontier.has(next)) continue;
      frontier.add(next);
      work.push(next);
    }
  }
  return frontier;
}

/** Those of the blocks on entry to which the variable is live. */
function liveInto(
  blocks: ReadonlySet<number>,
  tree: DominatorTree,
  { definitions, exposed }: Occurrences,
): readonly number[] {
  const liveIn = new Set(exposed);
  const work = [...exposed];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    for (const predecessor of tree.predecessors[block] ?? []) {
      if (definitions.has(predecessor) || liveIn.has(predecessor)) continue;
      liveIn.add(predecessor);
      work.push(predecessor);
    }
  }
  return [...blocks].filter((block) => liveIn.has(block));
}
