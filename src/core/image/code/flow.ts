/**
 * Basic blocks of a function's code: what cannot be reached goes away, jumps to jumps go where those go, jumps to what
 * follows vanish.
 *
 * At -O0 gcc keeps the line of every `break`, `continue`, `goto` and `return`: where the jump itself is gone, a nop on
 * the way keeps its line.
 *
 * Source: gcc/cfgcleanup.cc (try_forward_edges, try_simplify_condjump), cfgrtl.cc (fixup_reorder_chain,
 * emit_nop_for_unique_locus_between); measured with gcc 12.2.
 */
import type { Condition, Insn, Label } from './machine.ts';

/** What the expansion writes: instructions, labels and jumps. */
export type Item =
  | Insn
  | { readonly op: 'label'; readonly label: Label }
  /**
   * `locus` is not 0 for a jump that stands in the text: jumps of one statement have one number. A negative one is kept
   * only when the jump goes to what follows.
   */
  | { readonly op: 'jump'; readonly to: Label; readonly locus: number }
  | {
      readonly op: 'branch';
      readonly condition: Condition;
      readonly to: Label;
      /** A comparison of floating values: gcc turns it round only after a jump for its other outcome exists. */
      readonly isFloating?: boolean;
    }
  /** A jump whose targets are data; `bytes` is its own length. */
  | {
      readonly op: 'indirect';
      readonly targets: readonly Label[];
      readonly uses: readonly number[];
      readonly jump: Insn;
    }
  /** Nothing behind it is reached from here: a call of a function that does not return. */
  | { readonly op: 'stop' }
  /** The closing brace of a void function without a `return`: a nop keeps its line. */
  | { readonly op: 'close' };

/** A basic block and where it goes. */
export interface Block {
  /** Position in the list of blocks, in the order of the text. */
  index: number;
  readonly insns: Insn[];
  /** Nothing is left of it: it set registers that nobody reads. */
  isEmptied: boolean;
  /** Numbers of the labels that stand here. */
  readonly labels: number[];
  /** A conditional jump behind the instructions. */
  branch: { condition: Condition; to: Block; locus: number; isFloating: boolean } | undefined;
  /** Where the block goes otherwise; undefined for the end of the function and behind a stop. */
  next: Block | undefined;
  /** Line of the jump to `next`. */
  locus: number;
  /** Whether `next` is entered by a jump instruction (else it follows). */
  jumps: boolean;
  indirect: readonly Block[] | undefined;
  indirectJump: Insn | undefined;
  isReachable: boolean;
  /** For the test that a loop is entered at: where the body of the loop starts. */
  loopStart: Block | undefined;
  /** It has the closing brace of the function. */
  isClosing: boolean;
  /** Where the function returns. */
  isEnd: boolean;
  /** Blocks that come here. */
  entries: number;
  /** A nop belongs between this block and the one that follows. */
  isNop: boolean;
}

const opposite: Readonly<Record<Condition, Condition>> = {
  e: 'ne',
  ne: 'e',
  l: 'ge',
  ge: 'l',
  le: 'g',
  g: 'le',
  b: 'ae',
  ae: 'b',
  be: 'a',
  a: 'be',
  s: 'ns',
  ns: 's',
  p: 'np',
  np: 'p',
  o: 'no',
  no: 'o',
  c: 'ae',
};

/** The condition that is true when the given one is false. */
export function reversed(condition: Condition): Condition {
  return opposite[condition];
}

/** Blocks in the order of the text, without what cannot be reached. */
export function buildBlocks(
  items: readonly Item[],
  loops: readonly { start: Label; test: Label }[],
  doubt: (what: string) => void,
  dropUnread: (blocks: readonly Block[]) => void = () => undefined,
): Block[] {
  const { blocks, blockOf } = splitIntoBlocks(items);
  for (const { start, test } of loops) {
    const header = blockOf.get(test.id);
    if (header !== undefined) header.loopStart = blockOf.get(start.id);
  }
  linkBlocks(items, blocks, blockOf);
  const end = blocks.at(-1);
  if (end !== undefined) end.isEnd = true;
  let live = reachable(blocks);
  dropUnread(live);
  forwardJumps(live);
  live = reachable(live);
  closeFunction(live, doubt);
  dropJumpsToNext(live);
  return live;
}

function newBlock(index: number): Block {
  return {
    index,
    insns: [],
    isEmptied: false,
    labels: [],
    branch: undefined,
    next: undefined,
    locus: 0,
    jumps: false,
    indirect: undefined,
    indirectJump: undefined,
    isReachable: false,
    loopStart: undefined,
    isClosing: false,
    isEnd: false,
    entries: 0,
    isNop: false,
  };
}

/** Cuts the list behind jumps and in front of labels. */
function splitIntoBlocks(items: readonly Item[]): { blocks: Block[]; blockOf: Map<number, Block> } {
  const blocks: Block[] = [];
  const blockOf = new Map<number, Block>();
  let current = newBlock(0);
  blocks.push(current);
  let isClosed = false;
  const open = (): void => {
    current = newBlock(blocks.length);
    blocks.push(current);
    isClosed = false;
  };
  for (const item of items) {
    switch (item.op) {
      case 'label':
        if (isClosed || current.insns.length > 0) open();
        blockOf.set(item.label.id, current);
        current.labels.push(item.label.id);
        break;
      case 'close':
        if (isClosed) open();
        current.isClosing = true;
        break;
      case 'jump':
      case 'branch':
      case 'indirect':
      case 'stop':
        if (isClosed) open();
        isClosed = true;
        break;
      default:
        if (isClosed) open();
        current.insns.push(item);
    }
  }
  if (isClosed) open();
  return { blocks, blockOf };
}

/** Goes over the list again and sets where each block goes. */
function linkBlocks(
  items: readonly Item[],
  blocks: readonly Block[],
  blockOf: ReadonlyMap<number, Block>,
): void {
  let position = 0;
  let count = 0;
  let isClosed = false;
  const target = (label: Label): Block | undefined => blockOf.get(label.id);
  for (const item of items) {
    const block = blocks[position];
    if (block === undefined) return;
    switch (item.op) {
      case 'label': {
        if (!isClosed && count === 0) break;
        if (!isClosed) block.next = blocks[position + 1];
        position += 1;
        count = 0;
        isClosed = false;
        break;
      }
      case 'jump':
      case 'branch':
      case 'indirect':
      case 'stop': {
        if (isClosed) position += 1;
        count = 0;
        isClosed = true;
        const own = blocks[position];
        if (own !== undefined) closeBlock(own, item, blocks[position + 1], target);
        break;
      }
      default:
        if (isClosed) {
          position += 1;
          count = 0;
          isClosed = false;
        }
        if (item.op !== 'close') count += 1;
    }
  }
}

function closeBlock(
  block: Block,
  item: Extract<Item, { op: 'jump' | 'branch' | 'indirect' | 'stop' }>,
  following: Block | undefined,
  target: (label: Label) => Block | undefined,
): void {
  switch (item.op) {
    case 'jump':
      block.next = target(item.to);
      block.jumps = true;
      block.locus = item.locus;
      return;
    case 'branch': {
      const to = target(item.to);
      if (to !== undefined) {
        block.branch = { condition: item.condition, to, locus: 0, isFloating: item.isFloating === true };
      }
      block.next = following;
      return;
    }
    case 'indirect':
      block.indirect = item.targets.map(target).filter((one) => one !== undefined);
      block.indirectJump = item.jump;
      return;
    case 'stop':
      return;
  }
}

/** The blocks that can be reached, in order, and numbered. The last one is the end of the function and stays. */
function reachable(blocks: readonly Block[]): Block[] {
  for (const block of blocks) block.isReachable = false;
  const [entry] = blocks;
  const pending: Block[] = entry === undefined ? [] : [entry];
  for (let block = pending.pop(); block !== undefined; block = pending.pop()) {
    if (block.isReachable) continue;
    block.isReachable = true;
    if (block.branch !== undefined) pending.push(block.branch.to);
    if (block.next !== undefined) pending.push(block.next);
    if (block.indirect !== undefined) pending.push(...block.indirect);
  }
  const live = blocks.filter((block) => block.isReachable);
  live.forEach((block, index) => (block.index = index));
  return live;
}

/** A block that does nothing but go elsewhere. */
function isForwarder(block: Block): boolean {
  return (
    block.insns.length === 0 &&
    block.branch === undefined &&
    block.indirect === undefined &&
    block.next !== undefined
  );
}

/** Whether a jump goes back to where its loop is entered: such a jump stays. */
function isBackEdge(from: Block, to: Block): boolean {
  if (to.index <= from.index) return true;
  return to.loopStart !== undefined && to.loopStart.index <= from.index;
}

/** Follows forwarders; two different lines in a row are both kept. */
function follow(first: Block, startLocus: number): { to: Block; locus: number } {
  let to = first;
  let locus = startLocus;
  // Back edges stay, so that the way ends.
  while (isForwarder(to) && to.next !== undefined) {
    if (to.jumps && isBackEdge(to, to.next)) break;
    if (to.locus > 0 && locus > 0 && to.locus !== locus) break;
    if (to.locus > 0) locus = to.locus;
    to = to.next;
  }
  return { to, locus };
}

function forwardJumps(blocks: readonly Block[]): void {
  for (const block of blocks) {
    if (block.branch !== undefined) block.branch.to.entries += 1;
    if (block.next !== undefined) block.next.entries += 1;
    for (const one of block.indirect ?? []) one.entries += 1;
  }
  for (const block of blocks) {
    if (block.branch !== undefined) {
      const { to, locus } = follow(block.branch.to, block.branch.locus);
      block.branch.to = to;
      block.branch.locus = locus;
      invertOverJump(block);
      if (block.next?.isEmptied === true && follow(block.next, 0).to === to) block.branch = undefined;
    }
    if (block.next !== undefined && block.jumps) {
      const { to, locus } = follow(block.next, block.locus);
      block.next = to;
      if (block.locus <= 0) block.locus = locus;
    }
  }
}

/** A conditional jump around a jump becomes the opposite conditional jump. */
function invertOverJump(block: Block): void {
  const { branch, next } = block;
  if (branch === undefined || next === undefined) return;
  if (!isForwarder(next) || !next.jumps || next.next === undefined || next.index !== block.index + 1) return;
  const { to, locus } = follow(next, 0);
  if (to === next) return;
  // What a void function ends with is not jumped to that way.
  if (branch.isFloating && to.isClosing) return;
  if (next.entries !== 1 || branch.to.index !== next.index + 1 || to === branch.to) return;
  // Only the jump stands between.
  block.branch = { condition: opposite[branch.condition], to, locus, isFloating: false };
  block.next = branch.to;
  block.locus = branch.locus;
}

/** Jumps to the block that follows are none; a written one leaves a nop. Nops stand in front of the targets of tests. */
function dropJumpsToNext(blocks: Block[]): void {
  for (let index = 0; index < blocks.length; index += 1) {
    const block = blocks[index];
    if (block === undefined) continue;
    if (block.next === undefined) continue;
    block.jumps = block.next !== blocks[index + 1];
    // The way into a loop of which only the test is left needs none.
    const isIntoTest = block.next.loopStart?.isReachable === false;
    if (!block.jumps && block.locus !== 0 && !isIntoTest) addNop(block);
  }
  insertNops(blocks);
}

/**
 * The nop of the closing brace; one more where only the test of a loop comes there, or where written jumps come there
 * besides what falls in.
 */
function closeFunction(blocks: readonly Block[], doubt: (what: string) => void): void {
  const last = blocks.at(-1);
  if (last?.isClosing !== true) return;
  let [entries, writtenJumps, otherJumps] = [0, 0, 0];
  let falls: Block | undefined;
  for (const block of blocks) {
    if (block.branch?.to === last) {
      entries += 1;
      otherJumps += 1;
    }
    if (block.next !== last) continue;
    entries += 1;
    if (block.index + 1 === last.index) falls = block;
    else if (block.locus > 0) writtenJumps += 1;
    else otherJumps += 1;
  }
  const isEmpty = last.insns.length === 0;
  const isAfterTest = entries === 1 && falls?.branch !== undefined && isEmpty;
  const isJoined = writtenJumps > 0 && falls?.locus === 0 && isEmpty;
  if (isJoined && otherJumps > 0) doubt('jumps to the closing brace');
  last.insns.push(nop);
  if (isAfterTest || (isJoined && otherJumps === 0)) last.insns.push(nop);
}

const nop: Insn = { op: 'raw', mnemonic: 'nop', bytes: 1, uses: [], defs: [], clobbers: 0 };

function addNop(block: Block): void {
  block.locus = 0;
  if (block.branch === undefined) block.insns.push(nop);
  else block.isNop = true;
}

/** Tests that jump with a line of their own go by a nop in front of their target. */
function insertNops(blocks: Block[]): void {
  const inFront = new Map<Block, Block[]>();
  const behind = new Map<Block, Block>();
  for (const block of blocks) {
    const { branch } = block;
    if (branch !== undefined && branch.locus > 0) {
      const made = inFront.get(branch.to) ?? [];
      inFront.set(branch.to, made);
      // One nop for each line.
      let between = made.find((one) => one.locus === branch.locus);
      if (between === undefined) {
        between = nopBefore(branch.to);
        between.locus = branch.locus;
        made.push(between);
      }
      branch.to = between;
    }
    if (block.isNop && block.next !== undefined) {
      const between = nopBefore(block.next);
      behind.set(block, between);
      block.next = between;
      block.isNop = false;
    }
  }
  if (inFront.size === 0 && behind.size === 0) return;
  const all: Block[] = [];
  for (const block of [...blocks]) {
    for (const between of inFront.get(block) ?? []) {
      // What came here from above jumps over the nop.
      const before = all.at(-1);
      if (before?.next === block) before.jumps = true;
      all.push(between);
    }
    all.push(block);
    const after = behind.get(block);
    if (after !== undefined) all.push(after);
  }
  blocks.splice(0, blocks.length, ...all);
  blocks.forEach((block, index) => (block.index = index));
}

function nopBefore(to: Block): Block {
  const block = newBlock(to.index);
  block.insns.push(nop);
  block.next = to;
  return block;
}
