/**
 * <search.h>: trees, hash tables, linear search, linked elements.
 *
 * Source: POSIX; glibc 2.36, misc/tsearch.c (red-black trees whose nodes keep the colour in the lowest bit of the left link),
 * hsearch_r.c, lsearch.c, insremque.c (behaviour).
 */
import { ENOMEM, ESRCH } from '../target/errno.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { callFromLibc, f, readWord, setErrno, writeWord } from './libc-context.ts';
import { scratchPlaces } from './scratch.ts';

// ---- trees ----

/** A link to a node that can be changed: its address, and whether it carries a colour bit. */
interface Link {
  readonly at: number;
  readonly isLeft: boolean;
}

class Tree {
  readonly #ctx: LibcContext;
  readonly #word: number;

  constructor(ctx: LibcContext) {
    this.#ctx = ctx;
    this.#word = ctx.model.wordBytes;
  }

  get nodeBytes(): number {
    return 3 * this.#word;
  }

  key(node: number): number {
    return readWord(this.#ctx, node);
  }

  setKey(node: number, key: number): void {
    writeWord(this.#ctx, node, key);
  }

  left(node: number): number {
    const link = readWord(this.#ctx, node + this.#word);
    return link - (link % 2);
  }

  right(node: number): number {
    return readWord(this.#ctx, node + 2 * this.#word);
  }

  isRed(node: number): boolean {
    return node !== 0 && readWord(this.#ctx, node + this.#word) % 2 === 1;
  }

  setRed(node: number, isRed: boolean): void {
    writeWord(this.#ctx, node + this.#word, this.left(node) + (isRed ? 1 : 0));
  }

  leftLink(node: number): Link {
    return { at: node + this.#word, isLeft: true };
  }

  rightLink(node: number): Link {
    return { at: node + 2 * this.#word, isLeft: false };
  }

  get(link: Link): number {
    const value = readWord(this.#ctx, link.at);
    return link.isLeft ? value - (value % 2) : value;
  }

  set(link: Link, node: number): void {
    const colour = link.isLeft ? readWord(this.#ctx, link.at) % 2 : 0;
    writeWord(this.#ctx, link.at, node + colour);
  }

  /** The subtree of a link turns: its right (left) child comes up. */
  rotateLeft(link: Link): void {
    const node = this.get(link);
    const up = this.right(node);
    this.set(this.rightLink(node), this.left(up));
    this.set(this.leftLink(up), node);
    this.set(link, up);
  }

  rotateRight(link: Link): void {
    const node = this.get(link);
    const up = this.left(node);
    this.set(this.leftLink(node), this.right(up));
    this.set(this.rightLink(up), node);
    this.set(link, up);
  }
}

/** Splits a node with two red children, and mends two reds in a row above it. @source misc/tsearch.c: maybe_split_for_insert */
function split(
  tree: Tree,
  root: Link,
  parent: Link | undefined,
  grandparent: Link | undefined,
  parentOrder: number,
  grandparentOrder: number,
  isForced: boolean,
): void {
  const node = tree.get(root);
  const left = tree.left(node);
  const right = tree.right(node);
  if (!isForced && !(tree.isRed(left) && tree.isRed(right))) return;
  tree.setRed(node, true);
  if (right !== 0) tree.setRed(right, false);
  if (left !== 0) tree.setRed(left, false);
  if (parent === undefined || grandparent === undefined || !tree.isRed(tree.get(parent))) return;
  const upper = tree.get(grandparent);
  const middle = tree.get(parent);
  if (parentOrder > 0 === grandparentOrder > 0) {
    // Both on one side: the middle one comes up.
    tree.setRed(upper, true);
    tree.setRed(middle, false);
    if (parentOrder < 0) tree.rotateRight(grandparent);
    else tree.rotateLeft(grandparent);
    return;
  }
  tree.setRed(middle, true);
  tree.setRed(upper, true);
  tree.setRed(node, false);
  if (parentOrder < 0) {
    tree.set(tree.leftLink(middle), right);
    tree.set(tree.rightLink(node), middle);
    tree.set(tree.rightLink(upper), left);
    tree.set(tree.leftLink(node), upper);
  } else {
    tree.set(tree.rightLink(middle), left);
    tree.set(tree.leftLink(node), middle);
    tree.set(tree.leftLink(upper), right);
    tree.set(tree.rightLink(node), upper);
  }
  tree.set(grandparent, node);
}

function treeInsert(ctx: LibcContext, key: number, rootAt: number, compare: number): number {
  if (rootAt === 0) return 0;
  const tree = new Tree(ctx);
  let root: Link = { at: rootAt, isLeft: false };
  if (tree.get(root) !== 0) tree.setRed(tree.get(root), false);
  let next = root;
  let parent: Link | undefined;
  let grandparent: Link | undefined;
  let order = 0;
  let parentOrder = 0;
  let grandparentOrder = 0;
  while (tree.get(next) !== 0) {
    root = next;
    const node = tree.get(root);
    order = ctx.callProgram(compare, [key, tree.key(node)]) | 0;
    if (order === 0) return node;
    split(tree, root, parent, grandparent, parentOrder, grandparentOrder, false);
    next = order < 0 ? tree.leftLink(node) : tree.rightLink(node);
    if (tree.get(next) === 0) break;
    grandparent = parent;
    parent = root;
    grandparentOrder = parentOrder;
    parentOrder = order;
  }
  const made = callFromLibc(ctx, 'tsearch', () => ctx.malloc.malloc(tree.nodeBytes));
  if (made === 0) return 0;
  tree.set(next, made);
  tree.setKey(made, key);
  writeWord(ctx, made + ctx.model.wordBytes, 1);
  writeWord(ctx, made + 2 * ctx.model.wordBytes, 0);
  if (next !== root && next.at !== rootAt) split(tree, next, root, parent, order, parentOrder, true);
  return made;
}

/**
 * Takes a node out of the tree and frees it.
 *
 * @returns the node above it, or, where it was the root, the place of a pointer that tells nothing
 * @source misc/tsearch.c: __tdelete
 */
function treeDelete(ctx: LibcContext, key: number, rootAt: number, compare: number): number {
  const tree = new Tree(ctx);
  const root: Link = { at: rootAt, isLeft: false };
  if (rootAt === 0 || tree.get(root) === 0) return 0;
  /** Links on the way down, the root's first. */
  const way: Link[] = [];
  let link = root;
  let parent = tree.get(root);
  for (;;) {
    const node = tree.get(link);
    const order = ctx.callProgram(compare, [key, tree.key(node)]) | 0;
    if (order === 0) break;
    way.push(link);
    parent = node;
    link = order < 0 ? tree.leftLink(node) : tree.rightLink(node);
    if (tree.get(link) === 0) return 0;
  }
  const found = tree.get(link);
  let unchained = found;
  let unchainedLink = link;
  const isInner = tree.left(found) !== 0 && tree.right(found) !== 0;
  if (isInner) {
    // The next node in order takes its place.
    way.push(link);
    unchainedLink = tree.rightLink(found);
    unchained = tree.get(unchainedLink);
    for (let left = tree.left(unchained); left !== 0; left = tree.left(unchained)) {
      way.push(unchainedLink);
      unchainedLink = tree.leftLink(unchained);
      unchained = left;
    }
  }
  const rest = tree.left(unchained) === 0 ? tree.right(unchained) : tree.left(unchained);
  tree.set(unchainedLink, rest);
  if (unchained !== found) tree.setKey(found, tree.key(unchained));
  if (!tree.isRed(unchained)) restoreBlackHeight(tree, way, rest);
  callFromLibc(ctx, 'tdelete', () => {
    ctx.malloc.free(unchained);
  });
  return parent;
}

/** One black node fewer lies below the last link of the way, on the side where `node` is. */
function restoreBlackHeight(tree: Tree, way: Link[], node: number): void {
  let lighter = node;
  while (way.length > 0 && !tree.isRed(lighter)) {
    const above = way[way.length - 1];
    if (above === undefined) break;
    const parent = tree.get(above);
    const isLeft = lighter === tree.left(parent);
    const near = (one: number): number => (isLeft ? tree.left(one) : tree.right(one));
    const far = (one: number): number => (isLeft ? tree.right(one) : tree.left(one));
    const rotate = (at: Link): void => {
      if (isLeft) tree.rotateLeft(at);
      else tree.rotateRight(at);
    };
    let link = above;
    let sibling = far(parent);
    if (tree.isRed(sibling)) {
      tree.setRed(sibling, false);
      tree.setRed(parent, true);
      rotate(link);
      link = isLeft ? tree.leftLink(sibling) : tree.rightLink(sibling);
      way.push(link);
      sibling = far(parent);
    }
    if (!tree.isRed(near(sibling)) && !tree.isRed(far(sibling))) {
      tree.setRed(sibling, true);
      lighter = parent;
      way.pop();
      continue;
    }
    if (!tree.isRed(far(sibling))) {
      const inner = near(sibling);
      tree.setRed(inner, tree.isRed(parent));
      tree.setRed(parent, false);
      const siblingLink = isLeft ? tree.rightLink(parent) : tree.leftLink(parent);
      if (isLeft) tree.rotateRight(siblingLink);
      else tree.rotateLeft(siblingLink);
      rotate(link);
    } else {
      tree.setRed(sibling, tree.isRed(parent));
      tree.setRed(parent, false);
      tree.setRed(far(sibling), false);
      rotate(link);
    }
    return;
  }
  if (lighter !== 0) tree.setRed(lighter, false);
}

function treeFind(ctx: LibcContext, key: number, rootAt: number, compare: number): number {
  if (rootAt === 0) return 0;
  const tree = new Tree(ctx);
  let node = readWord(ctx, rootAt);
  while (node !== 0) {
    const order = ctx.callProgram(compare, [key, tree.key(node)]) | 0;
    if (order === 0) return node;
    node = order < 0 ? tree.left(node) : tree.right(node);
  }
  return 0;
}

const PREORDER = 0;
const POSTORDER = 1;
const ENDORDER = 2;
const LEAF = 3;

function treeWalk(
  ctx: LibcContext,
  node: number,
  visit: (node: number, when: number, depth: number) => void,
): void {
  const tree = new Tree(ctx);
  const walk = (at: number, depth: number): void => {
    const left = tree.left(at);
    const right = tree.right(at);
    if (left === 0 && right === 0) {
      visit(at, LEAF, depth);
      return;
    }
    visit(at, PREORDER, depth);
    if (left !== 0) walk(left, depth + 1);
    visit(at, POSTORDER, depth);
    if (right !== 0) walk(right, depth + 1);
    visit(at, ENDORDER, depth);
  };
  if (node !== 0) walk(node, 0);
}

function treeDestroy(ctx: LibcContext, root: number, freeKey: number): void {
  const tree = new Tree(ctx);
  const destroy = (node: number): void => {
    const left = tree.left(node);
    const right = tree.right(node);
    if (left !== 0) destroy(left);
    if (right !== 0) destroy(right);
    if (freeKey !== 0) ctx.callProgram(freeKey, [tree.key(node)]);
    callFromLibc(ctx, 'tdestroy', () => {
      ctx.malloc.free(node);
    });
  };
  if (root !== 0) destroy(root);
}

// ---- hash tables ----

/** Fields of `struct hsearch_data`: table, size, filled; an entry of the table: used, key, data. */
const tableOf = (ctx: LibcContext, at: number): { table: number; size: number; filled: number } => {
  const { wordBytes } = ctx.model;
  return {
    table: readWord(ctx, at),
    size: ctx.memory.readU32(at + wordBytes),
    filled: ctx.memory.readU32(at + wordBytes + 4),
  };
};

const isPrime = (n: number): boolean => {
  for (let divisor = 3; divisor * divisor <= n; divisor += 2) if (n % divisor === 0) return false;
  return true;
};

function hashCreate(ctx: LibcContext, count: number, at: number): number {
  const { wordBytes } = ctx.model;
  if (readWord(ctx, at) !== 0) return 0;
  let size = Math.max(count, 3) | 1;
  while (!isPrime(size)) size += 2;
  const table = callFromLibc(ctx, 'hcreate', () => ctx.malloc.calloc(size + 1, 3 * wordBytes));
  if (table === 0) return 0;
  writeWord(ctx, at, table);
  ctx.memory.writeU32(at + wordBytes, size);
  ctx.memory.writeU32(at + wordBytes + 4, 0);
  return 1;
}

function hashDestroy(ctx: LibcContext, at: number): void {
  const { table } = tableOf(ctx, at);
  callFromLibc(ctx, 'hdestroy', () => {
    ctx.malloc.free(table);
  });
  writeWord(ctx, at, 0);
}

const ENTER = 1;

/** hsearch_r. @returns the place of the entry, 0 and errno when there is none */
function hashSearch(ctx: LibcContext, key: number, data: number, action: number, at: number): number {
  const { wordBytes } = ctx.model;
  const { table, size, filled } = tableOf(ctx, at);
  const entryBytes = 3 * wordBytes;
  const text = ctx.memory.readCString(key);
  let hash = text.length >>> 0;
  for (let i = text.length - 1; i >= 0; i--)
    hash = (((hash << 4) >>> 0) + (((text[i] ?? 0) << 24) >> 24)) >>> 0;
  if (hash === 0) hash = 1;
  let index = (hash % size) + 1;
  const matches = (place: number): boolean => {
    if (ctx.memory.readU32(place) !== hash) return false;
    const own = ctx.memory.readCString(readWord(ctx, place + wordBytes));
    return own.length === text.length && own.every((byte, i) => text[i] === byte);
  };
  let place = table + index * entryBytes;
  if (ctx.memory.readU32(place) !== 0) {
    if (matches(place)) return place + wordBytes;
    const step = 1 + (hash % (size - 2));
    const first = index;
    do {
      index = index <= step ? size + index - step : index - step;
      if (index === first) break;
      place = table + index * entryBytes;
      if (matches(place)) return place + wordBytes;
    } while (ctx.memory.readU32(place) !== 0);
  }
  if (action !== ENTER) {
    setErrno(ctx, ESRCH);
    return 0;
  }
  if (filled === size) {
    setErrno(ctx, ENOMEM);
    return 0;
  }
  ctx.memory.writeU32(place, hash);
  writeWord(ctx, place + wordBytes, key);
  writeWord(ctx, place + 2 * wordBytes, data);
  ctx.memory.writeU32(at + wordBytes + 4, filled + 1);
  return place + wordBytes;
}

/** Offset in libc's scratch area of the table of the functions without `_r`. */
const OWN_TABLE = scratchPlaces.hashTable;
const ownTable = (ctx: LibcContext): number => ctx.objects.scratch + OWN_TABLE;

// ---- linear search and lists ----

function linearFind(
  ctx: LibcContext,
  key: number,
  base: number,
  count: number,
  size: number,
  compare: number,
): number {
  for (let i = 0; i < count; i++)
    if ((ctx.callProgram(compare, [key, base + i * size]) | 0) === 0) return base + i * size;
  return 0;
}

/** <search.h> */
export const searchFunctions: LibcTable = {
  tsearch: f('pppp', (ctx, [key = 0, root = 0, compare = 0]) => treeInsert(ctx, key, root, compare)),
  tdelete: f('pppp', (ctx, [key = 0, root = 0, compare = 0]) => treeDelete(ctx, key, root, compare)),
  tfind: f('pppp', (ctx, [key = 0, root = 0, compare = 0]) => treeFind(ctx, key, root, compare)),
  twalk: f('vpp', (ctx, [root = 0, action = 0]) => {
    treeWalk(ctx, root, (node, when, depth) => {
      ctx.callProgram(action, [node, when, depth]);
    });
    return 0;
  }),
  twalk_r: f('vppp', (ctx, [root = 0, action = 0, closure = 0]) => {
    treeWalk(ctx, root, (node, when) => {
      ctx.callProgram(action, [node, when, closure]);
    });
    return 0;
  }),
  tdestroy: f('vpp', (ctx, [root = 0, freeKey = 0]) => {
    treeDestroy(ctx, root, freeKey);
    return 0;
  }),
  hcreate: f('iz', (ctx, [count = 0]) => hashCreate(ctx, count, ownTable(ctx))),
  hdestroy: f('v', (ctx) => {
    hashDestroy(ctx, ownTable(ctx));
    return 0;
  }),
  // The entry of two words comes by reference.
  hsearch: f('ppi', (ctx, [entry = 0, action = 0]) =>
    hashSearch(ctx, readWord(ctx, entry), readWord(ctx, entry + ctx.model.wordBytes), action, ownTable(ctx)),
  ),
  hcreate_r: f('izp', (ctx, [count = 0, table = 0]) => hashCreate(ctx, count, table)),
  hdestroy_r: f('vp', (ctx, [table = 0]) => {
    hashDestroy(ctx, table);
    return 0;
  }),
  hsearch_r: f('ipipp', (ctx, [entry = 0, action = 0, target = 0, table = 0]) => {
    const place = hashSearch(
      ctx,
      readWord(ctx, entry),
      readWord(ctx, entry + ctx.model.wordBytes),
      action,
      table,
    );
    writeWord(ctx, target, place);
    return place === 0 ? 0 : 1;
  }),
  lfind: f('ppppzp', (ctx, [key = 0, base = 0, count = 0, size = 0, compare = 0]) =>
    linearFind(ctx, key, base, readWord(ctx, count), size, compare),
  ),
  lsearch: f('ppppzp', (ctx, [key = 0, base = 0, count = 0, size = 0, compare = 0]) => {
    const length = readWord(ctx, count);
    const found = linearFind(ctx, key, base, length, size, compare);
    if (found !== 0) return found;
    ctx.memory.copy(base + length * size, key, size);
    writeWord(ctx, count, length + 1);
    return base + length * size;
  }),
  insque: f('vpp', (ctx, [element = 0, before = 0]) => {
    const { wordBytes } = ctx.model;
    if (before === 0) {
      writeWord(ctx, element, 0);
      writeWord(ctx, element + wordBytes, 0);
      return 0;
    }
    const next = readWord(ctx, before);
    writeWord(ctx, before, element);
    if (next !== 0) writeWord(ctx, next + wordBytes, element);
    writeWord(ctx, element, next);
    writeWord(ctx, element + wordBytes, before);
    return 0;
  }),
  remque: f('vp', (ctx, [element = 0]) => {
    const { wordBytes } = ctx.model;
    const next = readWord(ctx, element);
    const before = readWord(ctx, element + wordBytes);
    if (next !== 0) writeWord(ctx, next + wordBytes, before);
    if (before !== 0) writeWord(ctx, before, next);
    return 0;
  }),
};
