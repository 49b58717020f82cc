/**
 * The VMAs of a process in order of address, with the holes between them: every search takes O(log n) steps.
 *
 * A treap (a search tree that is a heap by pseudo-random priorities, drawn from a counter so that the same calls build
 * the same tree). Each node knows the lowest start, the highest end and the largest hole inside its subtree, which is
 * what the kernel's maple tree knows of its nodes.
 *
 * Invariant: `low`, `high` and `hole` of a node are those of the VMAs below it; whoever moves the start or end of a VMA
 * in the tree calls {@link VmaTree.refresh}.
 *
 * Source: Linux 6.18, lib/maple_tree.c: mas_empty_area, mas_empty_area_rev (the searches by gap).
 */
import type { Vma } from './vma.ts';

class Node {
  readonly vma: Vma;
  readonly priority: number;
  left: Node | undefined;
  right: Node | undefined;
  /** Lowest start and highest end of the subtree. */
  low: number;
  high: number;
  /** Bytes of the largest hole between two VMAs of the subtree. */
  hole: number;
  size: number;

  constructor(vma: Vma, priority: number) {
    this.vma = vma;
    this.priority = priority;
    this.left = undefined;
    this.right = undefined;
    this.low = vma.start;
    this.high = vma.end;
    this.hole = 0;
    this.size = 1;
  }

  /** Brings what is known of the subtree in line with its children. */
  update(): void {
    const { vma, left, right } = this;
    let hole = 0;
    let size = 1;
    this.low = vma.start;
    this.high = vma.end;
    if (left !== undefined) {
      this.low = left.low;
      hole = Math.max(left.hole, vma.start - left.high);
      size += left.size;
    }
    if (right !== undefined) {
      this.high = right.high;
      hole = Math.max(hole, right.hole, right.low - vma.end);
      size += right.size;
    }
    this.hole = hole;
    this.size = size;
  }
}

/** A free range, half-open. */
export interface Hole {
  readonly start: number;
  readonly end: number;
}

/** VMAs by address. They are disjoint; empty ones are not allowed. */
export class VmaTree {
  #root: Node | undefined;
  #drawn = 0;

  get size(): number {
    return this.#root?.size ?? 0;
  }

  /** The first VMA that ends above `addr`. */
  firstEndingAbove(addr: number): Vma | undefined {
    let node = this.#root;
    let found: Vma | undefined;
    while (node !== undefined) {
      if (node.vma.end > addr) {
        found = node.vma;
        node = node.left;
      } else {
        node = node.right;
      }
    }
    return found;
  }

  /** The last VMA that ends at or below `addr`. */
  lastEndingUpTo(addr: number): Vma | undefined {
    let node = this.#root;
    let found: Vma | undefined;
    while (node !== undefined) {
      if (node.vma.end <= addr) {
        found = node.vma;
        node = node.right;
      } else {
        node = node.left;
      }
    }
    return found;
  }

  /** Adds a VMA that overlaps none. */
  insert(vma: Vma): void {
    this.#drawn += 1;
    const node = new Node(vma, priorityOf(this.#drawn));
    const [below, above] = split(this.#root, vma.start);
    this.#root = join(join(below, node), above);
  }

  /** Takes a VMA out; its start is that which the tree knows. */
  remove(vma: Vma): void {
    const [below, rest] = split(this.#root, vma.start);
    const [, above] = split(rest, vma.start + 1);
    this.#root = join(below, above);
  }

  /** To be called when the start or end of a VMA was moved without passing a neighbour. */
  refresh(vma: Vma): void {
    refreshPath(this.#root, vma);
  }

  /**
   * The highest hole of at least `length` bytes within [low, high).
   *
   * @returns the hole, cut to the range
   */
  highestHole(low: number, high: number, length: number): Hole | undefined {
    return highest(this.#root, -Infinity, Infinity, { low, high, length });
  }

  /** The lowest hole of at least `length` bytes within [low, high). */
  lowestHole(low: number, high: number, length: number): Hole | undefined {
    return lowest(this.#root, -Infinity, Infinity, { low, high, length });
  }

  /** All VMAs from low to high. */
  toArray(): Vma[] {
    const all: Vma[] = [];
    const visit = (node: Node | undefined): void => {
      if (node === undefined) return;
      visit(node.left);
      all.push(node.vma);
      visit(node.right);
    };
    visit(this.#root);
    return all;
  }

  /** Whether what the nodes know of their subtrees is true. For checks. */
  isConsistent(): boolean {
    const check = (node: Node | undefined): boolean => {
      if (node === undefined) return true;
      const { low, high, hole, size } = node;
      const below = check(node.left) && check(node.right);
      node.update();
      return below && low === node.low && high === node.high && hole === node.hole && size === node.size;
    };
    return check(this.#root);
  }
}

/** Spreads the bits of a counter. */
function priorityOf(count: number): number {
  let mixed = Math.imul(count ^ (count >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Cuts a tree into the VMAs that start below `start` and the others. */
function split(node: Node | undefined, start: number): [Node | undefined, Node | undefined] {
  if (node === undefined) return [undefined, undefined];
  if (node.vma.start < start) {
    const [below, above] = split(node.right, start);
    node.right = below;
    node.update();
    return [node, above];
  }
  const [below, above] = split(node.left, start);
  node.left = above;
  node.update();
  return [below, node];
}

/** Joins two trees; all of the first lies below all of the second. */
function join(below: Node | undefined, above: Node | undefined): Node | undefined {
  if (below === undefined) return above;
  if (above === undefined) return below;
  if (below.priority > above.priority) {
    below.right = join(below.right, above);
    below.update();
    return below;
  }
  above.left = join(below, above.left);
  above.update();
  return above;
}

/** Updates the nodes from `vma` up to the root. Of two VMAs one ends where or before the other starts, also in between. */
function refreshPath(node: Node | undefined, vma: Vma): void {
  if (node === undefined) return;
  if (node.vma !== vma) refreshPath(vma.end <= node.vma.start ? node.left : node.right, vma);
  node.update();
}

/** What a search is held to: a range, and the bytes that are needed. */
interface Wanted {
  readonly low: number;
  readonly high: number;
  readonly length: number;
}

/** The hole [start, end) cut to the wanted range, if that is long enough. */
function fitting(start: number, end: number, wanted: Wanted): Hole | undefined {
  const from = Math.max(start, wanted.low);
  const to = Math.min(end, wanted.high);
  return to - from >= wanted.length ? { start: from, end: to } : undefined;
}

/** Searches the subtree and the holes at its sides, which reach down to `floor` and up to `ceiling`. */
function highest(node: Node | undefined, floor: number, ceiling: number, wanted: Wanted): Hole | undefined {
  if (floor >= wanted.high || ceiling <= wanted.low) return undefined;
  if (node === undefined) return fitting(floor, ceiling, wanted);
  const largest = Math.max(node.hole, node.low - floor, ceiling - node.high);
  if (largest < wanted.length) return undefined;
  return (
    highest(node.right, node.vma.end, ceiling, wanted) ?? highest(node.left, floor, node.vma.start, wanted)
  );
}

function lowest(node: Node | undefined, floor: number, ceiling: number, wanted: Wanted): Hole | undefined {
  if (floor >= wanted.high || ceiling <= wanted.low) return undefined;
  if (node === undefined) return fitting(floor, ceiling, wanted);
  const largest = Math.max(node.hole, node.low - floor, ceiling - node.high);
  if (largest < wanted.length) return undefined;
  return (
    lowest(node.left, floor, node.vma.start, wanted) ?? lowest(node.right, node.vma.end, ceiling, wanted)
  );
}
