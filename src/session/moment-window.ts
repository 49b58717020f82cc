/**
 * A machine that can show every event of a window: it ran through the events once, with a history of its memory kept.
 *
 * A step inside of the window costs what differs between its two moments, whatever the program's size; only for a moment
 * outside of it the program runs again.
 */
import { PAGE_SIZE } from '../base/address.ts';
import { invariant } from '../base/assert.ts';
import type { Range } from '../base/range.ts';
import { MemoryHistory } from '../core/mm/memory-history.ts';
import type { ChangedWords } from '../core/mm/memory-history.ts';
import { pteHost } from '../core/mm/page-table.ts';
import type { PageTable } from '../core/mm/page-table.ts';
import type { Ptmalloc } from '../core/malloc/ptmalloc.ts';
import type { CompiledProgram } from '../core/codegen/compiled-program.ts';
import type { Machine, ShownRegisters } from '../core/process/machine.ts';
import { StopRun } from '../core/process/trap.ts';
import type { SimpleCalls, TraceEvent, Tracer } from '../core/trace/trace-event.ts';

/** How much is kept. */
export interface WindowSize {
  /** Events before the one that was asked for, and behind it. */
  readonly before: number;
  readonly behind: number;
  /** Bytes that the differences take. */
  readonly bytes: number;
  /** Words that are compared for the events before, and for those behind, the one that was asked for. */
  readonly work: number;
}

const usualSize: WindowSize = { before: 2000, behind: 2000, bytes: 48 * 2 ** 20, work: 2 ** 27 };

/** Events that are kept on the side to which one steps: a third of the time more for a run, which is then needed a tenth as often. */
export const farEvents = 20_000;

/** How much is kept where steps will go on in a direction. */
export const sizeToward = (toward: 'forward' | 'back'): WindowSize =>
  toward === 'forward' ? { ...usualSize, behind: farEvents } : { ...usualSize, before: farEvents };

/** The window left by no more than this was left by stepping, or playing. */
const mostStepped = 100;

/** What is not in memory, right after an event. */
interface Moment {
  readonly event: TraceEvent;
  readonly registers: ShownRegisters;
  readonly malloc: MallocFields;
}

/** Fields of the allocator that views read and that are not in the memory of the process. */
type MallocFields = Pick<Ptmalloc, 'tcache' | 'threadArena' | 'globalMaxFast' | 'arenaCount'>;

/** Functions by which a process has several stacks, several address spaces, or writes to a file that may be mapped. */
const beyondOneMemory: ReadonlySet<string> = new Set(
  (
    'fork vfork execl execle execlp execv execve execvp execvpe fexecve posix_spawn posix_spawnp memfd_create shm_open ' +
    'makecontext swapcontext'
  ).split(' '),
);
const opensFiles = /^(open|open64|openat|creat|fopen|fopen64|freopen|fdopen|tmpfile|mkstemp)$/;

/** Whether the moments of a program can be kept; where not, it runs again for each. */
export function keepsMoments({ externals, isSuspendable, hasSignalStack }: CompiledProgram): boolean {
  const names = externals.map(({ name }) => name);
  const mapsFiles = names.includes('mmap') && names.some((name) => opensFiles.test(name));
  return !isSuspendable && !hasSignalStack && !mapsFiles && !names.some((name) => beyondOneMemory.has(name));
}

/** The events of a window, as they go by and afterwards. */
export class MomentWindow implements Tracer {
  readonly #target: number;
  readonly #size: WindowSize;
  readonly #from: number;
  /** The event that the first of the calls began with that end here: from there on sentences are wanted. */
  readonly #since: number;
  #machine: Machine | undefined;
  #history: MemoryHistory | undefined;
  /** Of the events from `#begin` on. */
  #moments: Moment[] = [];
  #begin = 0;
  #isPaused = false;
  #count = 0;
  #workAtTarget = 0;
  #bytesAtTarget = 0;

  /**
   * A window around an event.
   *
   * @param sinceAt - tells the event that the call of an event began with
   */
  constructor(target: number, sinceAt: (event: number) => number, size = usualSize) {
    this.#target = target;
    this.#size = size;
    this.#from = Math.max(0, target - size.before);
    // A call may have begun before the window, and may be told after events that happened in it.
    let since = this.#from;
    for (let event = this.#from; event <= target + size.behind; event++)
      since = Math.min(since, sinceAt(event));
    this.#since = since;
  }

  /** Takes the machine before it runs. */
  attach(machine: Machine): void {
    this.#machine = machine;
    this.#history = new MemoryHistory(machine.memory.mm, this.#size.bytes);
  }

  get #kept(): { readonly machine: Machine; readonly history: MemoryHistory } {
    const [machine, history] = [this.#machine, this.#history];
    invariant(machine !== undefined && history !== undefined, 'a window has its machine before it runs');
    return { machine, history };
  }

  get machine(): Machine {
    return this.#kept.machine;
  }

  get count(): number {
    return this.#count;
  }

  get wantsWhy(): boolean {
    return this.#count >= this.#since;
  }

  get patience(): number {
    return Math.max(0, Math.min(this.#from, this.#since) - this.#count);
  }

  emitCalls({ count }: SimpleCalls): void {
    this.#count += count;
  }

  emit(event: TraceEvent): void {
    const index = this.#count;
    this.#count += 1;
    if (index < this.#from) return;
    if (!this.#isPaused || index === this.#target) this.#keep(index, event);
    if (index < this.#target) this.#pauseWhereCostly();
    else if (this.#isFull(index)) throw new StopRun();
  }

  #keep(index: number, event: TraceEvent): void {
    if (this.#isPaused) this.#restart();
    const { machine, history } = this.#kept;
    history.mark();
    // malloc looks at its translations again too, in the midst of a call that this event may be a part of.
    machine.malloc.state.w.refresh();
    if (this.#moments.length === 0) this.#begin = index;
    this.#moments.push({ event, registers: machine.registers, malloc: mallocOf(machine) });
    if (index !== this.#target) return;
    history.shrink(this.#size.bytes / 2);
    this.#workAtTarget = history.work;
    this.#bytesAtTarget = history.bytes;
  }

  /** Where much is compared from event to event, only what follows the event that was asked for is kept. */
  #pauseWhereCostly(): void {
    const { history } = this.#kept;
    if (this.#isPaused || history.work < this.#size.work) return;
    history.end();
    this.#isPaused = true;
  }

  #restart(): void {
    this.#isPaused = false;
    this.#moments = [];
    this.#history = new MemoryHistory(this.#kept.machine.memory.mm, this.#size.bytes);
  }

  #isFull(index: number): boolean {
    const { history } = this.#kept;
    const { behind, bytes, work } = this.#size;
    const isCostly = history.work - this.#workAtTarget > work;
    // The event that was asked for must not be dropped for later ones.
    return index >= this.#target + behind || isCostly || history.bytes - this.#bytesAtTarget > bytes / 2;
  }

  /** The run was stopped, or ended. */
  close(): void {
    this.#kept.history.end();
  }

  /** How much the window around an event outside of this one is to keep: more on the side to which one steps. */
  sizeAround(target: number): WindowSize {
    const { first, last } = this.#kept.history;
    const ahead = target - (this.#begin + last);
    const back = this.#begin + first - target;
    if (ahead > 0 && ahead <= mostStepped) return sizeToward('forward');
    if (back > 0 && back <= mostStepped) return sizeToward('back');
    return usualSize;
  }

  /** The first and the last event that can be shown. */
  get reach(): { readonly first: number; readonly last: number } {
    const { first, last } = this.#kept.history;
    return { first: this.#begin + first, last: this.#begin + last };
  }

  /** Whether an event can be shown. */
  has(index: number): boolean {
    const at = index - this.#begin;
    const { history } = this.#kept;
    return at >= history.first && at <= history.last;
  }

  /**
   * Makes the machine look as it did right after an event.
   *
   * @returns the event, and which words differ from what was shown before: see {@link MemoryHistory.show}
   */
  show(index: number): { readonly event: TraceEvent; readonly changed: ChangedWords | undefined } {
    const moment = this.#moments[index - this.#begin];
    invariant(moment !== undefined, 'an event of the window');
    const { machine, history } = this.#kept;
    const changed = history.show(index - this.#begin);
    machine.showRegisters(moment.registers);
    Object.assign(machine.malloc.state, moment.malloc);
    return { event: moment.event, changed };
  }
}

function mallocOf({ malloc: { state } }: Machine): MallocFields {
  const { tcache, threadArena, globalMaxFast, arenaCount } = state;
  return { tcache, threadArena, globalMaxFast, arenaCount };
}

/** The addresses in a range that changed words and pages have, in no order. */
export function addressesOf(
  pageTable: PageTable,
  { start, end }: Range,
  changed: ChangedWords,
): readonly Range[] {
  const first = Math.floor(start / PAGE_SIZE);
  const last = Math.ceil(end / PAGE_SIZE);
  const pages = new Map<number, number>();
  const pageOf = (host: number): number => host - (host % PAGE_SIZE);
  for (const [host] of changed.runs) pages.set(pageOf(host), -1);
  pageTable.forEachPresent(first, last, (vpn, pte) => {
    if (pages.has(pteHost(pte))) pages.set(pteHost(pte), vpn);
  });
  const words = changed.runs.flatMap(([from, to]) => {
    const page = pageOf(from);
    const vpn = pages.get(page) ?? -1;
    // Runs are found page by page.
    return vpn < 0 ? [] : [{ start: vpn * PAGE_SIZE + from - page, end: vpn * PAGE_SIZE + to - page }];
  });
  const entries = new Set(changed.vpns.filter((vpn) => vpn >= first && vpn < last));
  return [
    ...words,
    ...Array.from(entries, (vpn) => ({ start: vpn * PAGE_SIZE, end: (vpn + 1) * PAGE_SIZE })),
  ];
}
