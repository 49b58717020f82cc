/**
 * What the memory of a process was at some moments one after the other, so that each of them can be looked at again.
 *
 * Between two moments only pages are looked at that were written: a page is told of when a translation for writing is
 * made (translation-cache.ts) or when the kernel writes its frame, and its content is put aside then. What differs at
 * the next moment is kept in both directions, word by word. Code reaches the main stack without translations: its part
 * that was ever used is compared as a whole. Entries of page tables keep a journal; mappings and counters are compared.
 *
 * For processes with one address space, one stack, and no file that is both mapped and written.
 *
 * Invariant: shown again, a moment has the pages, mappings and counters that it had. The process must not run on then.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import type { Address } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import type { MmStruct } from './mm-struct.ts';
import type { Change } from './page-table.ts';
import { Vma } from './vma.ts';

/** Pages put aside between two moments; where more are written the history begins anew. */
const mostPages = 4096;

const WORDS = PAGE_SIZE / 4;

/** Mappings that took the place of others. */
interface Splice {
  readonly before: readonly Vma[];
  readonly after: readonly Vma[];
}

/** What became different between a moment and the next one. */
interface Difference {
  /**
   * Runs of words: index of the first one in the linear memory, their number, the words before, the words after.
   */
  readonly words: Int32Array;
  readonly tables: readonly Change[];
  /** Pages whose entries these changes are about. */
  readonly vpns: readonly number[];
  readonly vmas: Splice | undefined;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** What differs between two moments. */
export interface ChangedWords {
  /** Host addresses of the first byte, and behind the last one, of runs of words. */
  readonly runs: readonly (readonly [start: number, end: number])[];
  /** Pages whose entries in the page table differ. */
  readonly vpns: readonly number[];
}

/** More runs and pages than this are not told one by one. */
const mostRuns = 8192;

/** The moments of one memory, numbered from 0. */
export class MemoryHistory {
  readonly #mm: MmStruct;
  readonly #mostBytes: number;
  /** `#differences[i]` leads from moment `#first + i` to the next one. */
  #differences: Difference[] = [];
  #first = 0;
  #last = -1;
  #shown = -1;
  #bytes = 0;
  #work = 0;
  #isOpen = false;

  /** Pages written since the last moment, with what was in them then. */
  #hosts: number[] = [];
  readonly #known = new Set<number>();
  #images = new Int32Array(16 * WORDS);
  #isOverfull = false;
  #tables: Change[] = [];
  #vpns: number[] = [];
  /** The used part of the stack's backing at the last moment: its first page, and its words. */
  #stackVpn = Infinity;
  #stack = new Int32Array(0);
  #vmas: readonly Vma[] = [];
  #generation = -1;
  #numbers: readonly number[] = [];

  /**
   * Begins without a moment.
   *
   * @param mostBytes - that are kept: beyond, the oldest moments are dropped
   */
  constructor(mm: MmStruct, mostBytes: number) {
    this.#mm = mm;
    this.#mostBytes = mostBytes;
  }

  /** The oldest moment that is kept. */
  get first(): number {
    return this.#first;
  }

  /** The latest moment; -1 before there is one. */
  get last(): number {
    return this.#last;
  }

  /** Bytes that the differences take, about. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Words that were compared: what keeping the moments has cost. */
  get work(): number {
    return this.#work;
  }

  /** The process has come to the next moment. */
  mark(): void {
    if (!this.#isOpen) this.#open();
    else if (this.#isOverfull) this.#beginAnew();
    else this.#close();
    this.#last += 1;
    this.#shown = this.#last;
    if (this.#differences.length === 0) this.#first = this.#last;
    this.shrink(this.#mostBytes);
  }

  /** Drops the oldest moments, until the others take no more than that. */
  shrink(mostBytes: number): void {
    while (this.#bytes > mostBytes && this.#differences.length > 0) this.#dropOldest();
  }

  /** No more moments: the process is not listened to any more. */
  end(): void {
    if (!this.#isOpen) return;
    // What happened after the last moment is taken back.
    const rest = this.#isOverfull ? undefined : this.#difference();
    this.#isOpen = false;
    const { tlb, physical, pageTable } = this.#mm;
    tlb.forgetWritable();
    tlb.onWritable = undefined;
    physical.onOverwrite(undefined);
    pageTable.journal = undefined;
    if (rest !== undefined) this.#undo(rest);
    else this.#first = Infinity;
    this.#images = new Int32Array(0);
    this.#stack = new Int32Array(0);
  }

  /**
   * Makes the memory look as it did at a moment; only after {@link end}.
   *
   * @returns what differs from what was shown before; undefined where very much does
   */
  show(moment: number): ChangedWords | undefined {
    invariant(!this.#isOpen && moment >= this.#first && moment <= this.#last, 'a moment that is kept');
    const [from, to] = [Math.min(this.#shown, moment), Math.max(this.#shown, moment)];
    const between = this.#differences.slice(from - this.#first, to - this.#first);
    if (moment < this.#shown) for (const difference of [...between].reverse()) this.#undo(difference);
    else for (const difference of between) this.#redo(difference);
    this.#shown = moment;
    return changedWords(between);
  }

  // ---- listening ----

  #open(): void {
    this.#isOpen = true;
    const { tlb, physical, pageTable } = this.#mm;
    const { host, bytes, firstVpn, endVpn } = physical.mainStack;
    const note = (frame: number): void => {
      if (this.#known.has(frame) || (frame >= host && frame < host + bytes)) return;
      if (this.#hosts.length >= mostPages) this.#isOverfull = true;
      else this.#putAside(frame);
    };
    tlb.onWritable = note;
    physical.onOverwrite(note);
    pageTable.journal = (change, vpn) => {
      if (!this.#isOverfull) this.#tables.push(change);
      if (!this.#isOverfull && vpn !== undefined) this.#vpns.push(vpn);
      if (vpn !== undefined && vpn < this.#stackVpn && vpn >= firstVpn && vpn < endVpn) this.#stackVpn = vpn;
    };
    pageTable.forEachPresent(firstVpn, endVpn, (vpn) => {
      this.#stackVpn = Math.min(this.#stackVpn, vpn);
    });
    this.#beginAnew();
  }

  /** Nothing is known of what was before. */
  #beginAnew(): void {
    this.#differences = [];
    this.#bytes = 0;
    this.#isOverfull = false;
    this.#forgetPages();
    this.#mm.tlb.invalidateAll();
    this.#tables = [];
    this.#vpns = [];
    this.#stack = this.#usedStack().slice();
    this.#vmas = this.#mm.space.vmas.map(copyOf);
    this.#generation = this.#mm.space.generation;
    this.#numbers = numbersOf(this.#mm);
  }

  #forgetPages(): void {
    this.#hosts = [];
    this.#known.clear();
    this.#mm.tlb.forgetWritable();
  }

  #putAside(host: number): void {
    const at = this.#hosts.length * WORDS;
    if (at + WORDS > this.#images.length) {
      const images = new Int32Array(2 * this.#images.length);
      images.set(this.#images);
      this.#images = images;
    }
    this.#images.set(this.#memory().subarray(host / 4, host / 4 + WORDS), at);
    this.#hosts.push(host);
    this.#known.add(host);
  }

  #memory(): Int32Array {
    return new Int32Array(this.#mm.linear.buffer);
  }

  /** The used part of the stack, as it is in memory. */
  #usedStack(): Int32Array {
    const backing = this.#mm.physical.mainStack;
    const end = (backing.host + backing.bytes) / 4;
    const start = this.#stackVpn === Infinity ? end : backing.frame(this.#stackVpn) / 4;
    return this.#memory().subarray(start, end);
  }

  // ---- differences ----

  #close(): void {
    const difference = this.#difference();
    this.#differences.push(difference);
    this.#bytes += sizeOf(difference);
    this.#forgetPages();
  }

  #difference(): Difference {
    const words: number[] = [];
    const memory = this.#memory();
    this.#hosts.forEach((host, slot) => {
      const image = this.#images.subarray(slot * WORDS, (slot + 1) * WORDS);
      compare(words, host / 4, image, memory.subarray(host / 4, host / 4 + WORDS));
    });
    this.#compareStack(words);
    this.#work += this.#hosts.length * WORDS + this.#stack.length;
    const [tables, vpns] = [this.#tables, this.#vpns];
    this.#tables = [];
    this.#vpns = [];
    const before = this.#numbers;
    const after = numbersOf(this.#mm);
    const isSame = after.every((value, i) => value === before[i]);
    if (!isSame) this.#numbers = after;
    return {
      words: Int32Array.from(words),
      tables,
      vpns,
      vmas: this.#compareVmas(),
      before,
      after: isSame ? before : after,
    };
  }

  #compareStack(words: number[]): void {
    const now = this.#usedStack();
    if (now.length > this.#stack.length) {
      // Pages below that were never used hold zeros.
      const grown = new Int32Array(now.length);
      grown.set(this.#stack, now.length - this.#stack.length);
      this.#stack = grown;
    }
    if (compare(words, now.byteOffset / 4, this.#stack, now)) this.#stack.set(now);
  }

  #compareVmas(): Splice | undefined {
    const { space } = this.#mm;
    if (space.generation === this.#generation) return undefined;
    this.#generation = space.generation;
    const before = this.#vmas;
    const after = space.vmas;
    const most = Math.min(before.length, after.length);
    let head = 0;
    while (head < most && isAlike(before[head], after[head])) head += 1;
    let tail = 0;
    while (tail < most - head && isAlike(before.at(-1 - tail), after.at(-1 - tail))) tail += 1;
    this.#work += 8 * after.length;
    if (head + tail === before.length && head + tail === after.length) return undefined;
    const splice = {
      before: before.slice(head, before.length - tail),
      after: after.slice(head, after.length - tail).map(copyOf),
    };
    this.#vmas = [...before.slice(0, head), ...splice.after, ...before.slice(before.length - tail)];
    return splice;
  }

  #dropOldest(): void {
    const [oldest] = this.#differences;
    if (oldest === undefined) return;
    this.#differences.shift();
    this.#bytes -= sizeOf(oldest);
    this.#first += 1;
  }

  // ---- showing ----

  #undo(difference: Difference): void {
    const { words, tables, vmas, before } = difference;
    const memory = this.#memory();
    for (let at = 0; at < words.length;) {
      const [start = 0, count = 0] = [words[at], words[at + 1]];
      memory.set(words.subarray(at + 2, at + 2 + count), start);
      at += 2 + 2 * count;
    }
    for (let i = tables.length - 1; i >= 0; i--) tables[i]?.undo();
    if (vmas !== undefined) this.#show(vmas.after, vmas.before);
    setNumbers(this.#mm, before);
  }

  #redo(difference: Difference): void {
    const { words, tables, vmas, after } = difference;
    const memory = this.#memory();
    for (let at = 0; at < words.length;) {
      const [start = 0, count = 0] = [words[at], words[at + 1]];
      memory.set(words.subarray(at + 2 + count, at + 2 + 2 * count), start);
      at += 2 + 2 * count;
    }
    for (const change of tables) change.redo();
    if (vmas !== undefined) this.#show(vmas.before, vmas.after);
    setNumbers(this.#mm, after);
  }

  #show(outdated: readonly Vma[], shown: readonly Vma[]): void {
    const starts: readonly Address[] = outdated.map(({ start }) => start);
    this.#mm.space.show(starts, shown.map(copyOf));
  }
}

function changedWords(differences: readonly Difference[]): ChangedWords | undefined {
  const runs: [number, number][] = [];
  const changedVpns: number[] = [];
  for (const { words, vpns } of differences) {
    for (let at = 0; at < words.length;) {
      const [start = 0, count = 0] = [words[at], words[at + 1]];
      runs.push([4 * start, 4 * (start + count)]);
      at += 2 + 2 * count;
      if (runs.length > mostRuns) return undefined;
    }
    if (changedVpns.length + vpns.length > mostRuns) return undefined;
    changedVpns.push(...vpns);
  }
  return { runs, vpns: changedVpns };
}

/**
 * Appends the runs of words that differ; one or two equal words between two of them are taken along.
 *
 * @param start - index of the first word in the linear memory
 * @returns whether there are any
 */
function compare(runs: number[], start: number, before: Int32Array, after: Int32Array): boolean {
  const found = runs.length;
  for (let at = 0; at < after.length; at++) {
    if (before[at] === after[at]) continue;
    let end = at + 1;
    for (let next = end; next < after.length && next < end + 2; next++)
      if (before[next] !== after[next]) end = next + 1;
    runs.push(start + at, end - at);
    for (let i = at; i < end; i++) runs.push(before[i] ?? 0);
    for (let i = at; i < end; i++) runs.push(after[i] ?? 0);
    at = end;
  }
  return runs.length > found;
}

function copyOf(vma: Vma): Vma {
  const copy = new Vma(vma.start, vma.end, vma.flags, vma.pgoff, vma.file);
  copy.anonVma = vma.anonVma;
  return copy;
}

function isAlike(a: Vma | undefined, b: Vma | undefined): boolean {
  return (
    a?.start === b?.start &&
    a?.end === b?.end &&
    a?.flags === b?.flags &&
    a?.pgoff === b?.pgoff &&
    a?.file === b?.file
  );
}

/** Bytes that a difference takes, about. */
function sizeOf({ words, tables, vmas }: Difference): number {
  return (
    200 +
    words.byteLength +
    210 * tables.length +
    100 * ((vmas?.before.length ?? 0) + (vmas?.after.length ?? 0))
  );
}

/** The numbers that the kernel keeps about a memory. */
function numbersOf({
  counters,
  space,
  brk,
  defaultFlags,
  sharedCommittedPages,
}: MmStruct): readonly number[] {
  return [
    counters.minflt,
    counters.majflt,
    counters.rssAnon,
    counters.rssFile,
    counters.rssShmem,
    counters.hiwaterRss,
    counters.hiwaterVm,
    brk,
    defaultFlags,
    sharedCommittedPages,
    space.totalPages,
    space.dataPages,
    space.stackPages,
    space.execPages,
    space.lockedPages,
    space.accountedPages,
  ];
}

function setNumbers(mm: MmStruct, numbers: readonly number[]): void {
  const { counters, space } = mm;
  [
    counters.minflt = 0,
    counters.majflt = 0,
    counters.rssAnon = 0,
    counters.rssFile = 0,
    counters.rssShmem = 0,
    counters.hiwaterRss = 0,
    counters.hiwaterVm = 0,
    mm.brk = 0,
    mm.defaultFlags = 0,
    mm.sharedCommittedPages = 0,
    space.totalPages = 0,
    space.dataPages = 0,
    space.stackPages = 0,
    space.execPages = 0,
    space.lockedPages = 0,
    space.accountedPages = 0,
  ] = numbers;
}
