/**
 * Checks a recorded run for mistakes with memory: runs it again past the access checker, and sorts the blocks that are
 * left at its end.
 */
import { lastOf } from '../base/bisect.ts';
import { PAGE_SIZE } from '../base/address.ts';
import { AccessChecker } from '../core/checks/access-checker.ts';
import { accessFilter } from '../core/checks/access-filter.ts';
import { callNotes } from '../core/checks/block-marks.ts';
import { FrameMarks, frameImports } from '../core/checks/frame-marks.ts';
import { ShadowMemory } from '../core/checks/shadow-memory.ts';
import type { ValueProgram } from '../core/checks/undefined-values.ts';
import { ValueRoots } from '../core/checks/value-roots.ts';
import type { CheckReport } from '../core/checks/check-report.ts';
import { findLeaks } from '../core/checks/leak-check.ts';
import type { Leak, Root } from '../core/checks/leak-check.ts';
import { isFreedByLibc } from '../core/checks/heap-blocks.ts';
import type { HeapBlock } from '../core/checks/heap-blocks.ts';
import type { ImageSymbol, ProgramImage } from '../core/image/program-image.ts';
import { VM_READ, VM_WRITE } from '../core/mm/vma.ts';
import type { Machine } from '../core/process/machine.ts';
import { blocksOfCachedStacks, stackOwner } from '../core/process/threads/stack-owners.ts';
import { StopRun } from '../core/process/trap.ts';
import { renderText } from '../core/text/all-texts.ts';
import { sayCheck } from '../core/text/check-texts.ts';
import type { Language, Text } from '../core/text/text.ts';
import type { CheckView, LeakView, MistakeView } from '../protocol/messages.ts';
import type { PlaceView } from '../protocol/view-model.ts';
import type { ProgramAnalysis } from './analysis.ts';
import { hex } from './event-views.ts';
import { manySteps } from './rerun.ts';
import type { RunWatcher } from './rerun.ts';
import type { Session } from './session.ts';

/** Bytes of `malloc_state` and what follows it: malloc's own pointers into the heap lead to nothing. */
const arenaBytes = 2400;

/** Checks the whole run. */
export function checkRun(session: Session, language: Language): CheckView {
  // Most runs load no value that is not initialised: such values are followed in a second run, with more told.
  return checkedBy(session, 'checks', language) ?? checkedBy(session, 'values', language) ?? noChecks;
}

const noChecks: CheckView = { mistakes: [], leaks: [] };

/**
 * Checks the whole run by what a module tells.
 *
 * @returns undefined where values are to be followed and `detail` does not tell of them
 */
function checkedBy(session: Session, detail: 'checks' | 'values', language: Language): CheckView | undefined {
  const found = { unknown: false };
  let checker: AccessChecker | undefined;
  let leaks: readonly Leak[] = [];
  const checked = (): AccessChecker => {
    if (checker === undefined) throw new Error('a machine is attached before it runs');
    return checker;
  };
  const earlier: CheckReport[] = [];
  const shadow = new ShadowMemory();
  const { compiled, analysis } = session.observed(detail);
  const staticAt = staticVariables(analysis.image);
  const frames = new FrameMarks(shadow, compiled);
  const values = detail === 'values' ? valueProgram(analysis) : undefined;
  const watcher: RunWatcher = {
    attach: (machine) => {
      // After execve all is new but what was found.
      earlier.push(...(checker?.reports ?? []));
      shadow.clear();
      checker = new AccessChecker(machine, manySteps, shadow, {
        frames,
        staticAt: (addr) => {
          const { loadBias } = machine.loaded;
          const found = staticAt(addr - loadBias);
          return found && { name: found.name, start: found.addr + loadBias, size: found.size };
        },
        values,
        metUndefined: () => {
          found.unknown = true;
          throw new StopRun();
        },
      });
    },
    event: (event) => {
      checker?.event(event);
      if (event.kind === 'process' && event.what !== 'start' && checker !== undefined) {
        checker.end(session.trap);
        leaks = leaksOf(checker, checker.machine);
      }
    },
    directImports: {
      ...accessFilter(
        shadow,
        {
          load: (addr, bytes) => checker?.load(addr, bytes),
          store: (addr, bytes) => checker?.valueStore(addr, bytes),
          copyLoad: (addr, bytes) => checker?.copyLoad(addr, bytes),
          copyStore: (addr, bytes) => checker?.valueStore(addr, bytes),
        },
        detail === 'values',
      ),
      // Arguments that are not initialised arrive with the frame.
      ...(detail === 'values'
        ? {}
        : frameImports(shadow, frames, (position, framePointer) => checker?.frame(position, framePointer))),
    },
    frame: (position, framePointer) => checker?.frame(position, framePointer),
    noteCalls: (globals) =>
      callNotes(shadow, globals, {
        malloc: (bytes, mem) => checker?.took(bytes, mem),
        free: (mem) => checker?.gave(mem),
      }),
    called: (name, args) => checker?.called(name, args),
    signalFrame: (addr, bytes) => checker?.signalFrame(addr, bytes),
    stackMoved: (from, to) => checker?.stackMoved(from, to),
    outside: (addr, bytes, start, isStore) => checker?.outside(addr, bytes, start, isStore),
    copy: (to, from, bytes) => checker?.copy(to, from, bytes),
    fill: (addr, bytes) => checker?.fill(addr, bytes),
    libcAccesses: {
      load: (addr, bytes) => checker?.libcLoad(addr, bytes),
      store: (addr, bytes) => checker?.libcStore(addr, bytes),
      copy: (to, from, bytes) => checker?.libcCopy(to, from, bytes),
      string: (addr, bytes) => checker?.libcByte(addr, bytes),
    },
  };
  session.watch(detail, manySteps, watcher);
  if (found.unknown) return undefined;
  const { positions } = compiled;
  const placeOf = (index: number): PlaceView | undefined => {
    const position = positions[index];
    return position === undefined ? undefined : session.placeOf(position);
  };
  return {
    mistakes: [...earlier, ...checked().reports].map((report) => mistakeView(report, placeOf, language)),
    leaks: leakViews(leaks, placeOf, language),
  };
}

function valueProgram({ units, linked }: ProgramAnalysis): ValueProgram {
  const functions = units.flatMap(({ unit }) => unit.functions);
  const own = new Set(functions.map(({ symbol }) => symbol.name));
  return {
    roots: new ValueRoots(functions),
    staticAddress: (object) => linked.addressOf(object),
    isOwn: (name) => own.has(name),
  };
}

function leaksOf(checker: AccessChecker, machine: Machine): readonly Leak[] {
  const withCache = blocksOfCachedStacks(machine.threads, machine.memory);
  const blocks = checker.blocks.held.filter(
    ({ caller, start }) => !isFreedByLibc(caller) && !withCache.has(start),
  );
  const { memory, malloc } = machine;
  const wordBytes = malloc.state.SIZE_SZ;
  return findLeaks(blocks, rootsOf(machine, checker.blocks.held), function* ({ start, end }) {
    const first = Math.ceil(start / wordBytes) * wordBytes;
    for (let page = first; page < end; page = (Math.floor(page / PAGE_SIZE) + 1) * PAGE_SIZE) {
      const until = Math.min(end, (Math.floor(page / PAGE_SIZE) + 1) * PAGE_SIZE);
      const bytes = memory.peek(page, until - page);
      if (bytes === undefined) continue;
      const view = new DataView(bytes.buffer);
      for (let at = 0; at + wordBytes <= bytes.length; at += wordBytes)
        yield wordBytes === 8 ? Number(view.getBigUint64(at, true)) : view.getUint32(at, true);
    }
  });
}

/** Writable memory that is not malloc's, the live part of the stack, without malloc's own lists. */
function rootsOf(machine: Machine, blocks: readonly HeapBlock[]): readonly Root[] {
  const { memory, malloc, stackPointer } = machine;
  const { startBrk, brk } = memory.mm;
  const arena = malloc.state.mainArenaAddress;
  return memory.addressSpace.vmas.flatMap(({ start, end, flags }) => {
    const isWritable = (flags & VM_READ) !== 0 && (flags & VM_WRITE) !== 0;
    const isHeap = start >= startBrk && start < brk;
    if (!isWritable || isHeap || blocks.some((block) => block.start >= start && block.start < end)) return [];
    if (stackPointer >= start && stackPointer < end) return [{ start: stackPointer, end }];
    const owner = stackOwner(machine.threads, memory, start);
    if (owner !== undefined) {
      // Of a stack in the cache nothing is left; of a thread the frames count.
      const from = owner.thread === undefined ? undefined : machine.threads.stackPointerOf(owner.thread);
      return from === undefined ? [] : [{ start: from >= start && from < end ? from : start, end }];
    }
    if (arena < start || arena >= end) return [{ start, end }];
    return [
      { start, end: arena },
      { start: Math.min(end, arena + arenaBytes), end },
    ];
  });
}

/** Finds the static variable of the program at a link-time address. */
function staticVariables(image: ProgramImage): (addr: number) => ImageSymbol | undefined {
  const objects = image.symbols.filter((one) => one.kind === 'object').sort((a, b) => a.addr - b.addr);
  return (addr) => {
    const found = lastOf(objects, (one) => one.addr <= addr);
    return found !== undefined && addr < found.addr + found.size ? found : undefined;
  };
}

type PlaceOf = (position: number) => PlaceView | undefined;

function mistakeView(report: CheckReport, placeOf: PlaceOf, language: Language): MistakeView {
  const { kind, access, addr, bytes, position, step, block } = report;
  const say = (text: Text): string => renderText(text, language);
  const offset = block === undefined ? 0 : offsetIn(report, block);
  const sentences = [
    sayCheck(`check.${kind}`, {
      access: say(sayCheck(`check.access.${access}`)),
      addr,
      bytes,
      offset,
      size: block?.bytes ?? 0,
      where: whereText(report, say),
    }),
    ...slackTexts(report),
  ];
  return {
    kind,
    step,
    address: hex(addr),
    end: hex(report.end),
    place: placeOf(position),
    text: sentences.map(say).join('; '),
    isCorrupting: isCorrupting(report),
    block: block === undefined ? undefined : { start: hex(block.start), bytes: block.bytes },
    allocatedAt: block === undefined ? undefined : placeOf(block.allocated),
    freedAt: block?.freed === undefined ? undefined : placeOf(block.freed.position),
  };
}

/** Distance that the sentence tells: into the block, before it, or behind it. */
function offsetIn({ kind, addr }: CheckReport, { start, bytes }: HeapBlock): number {
  if (kind === 'heap-overflow') return addr - (start + bytes);
  return kind === 'heap-underflow' ? start - addr : addr - start;
}

function whereText({ kind, addr, block, variable }: CheckReport, say: (text: Text) => string): string {
  if (variable !== undefined) return say(sayCheck('check.variable', { name: variable }));
  if (block === undefined || (kind !== 'uninitialised' && kind !== 'invalid-free')) return '';
  return say(sayCheck('check.inBlock', { offset: addr - block.start, size: block.bytes }));
}

function slackTexts(report: CheckReport): readonly Text[] {
  const { kind, block } = report;
  if (kind !== 'heap-overflow' || block === undefined) return [];
  const facts = { usable: block.usable, size: block.bytes };
  return [sayCheck(isInSlack(report, block) ? 'check.slack' : 'check.corrupts', facts)];
}

const isInSlack = ({ end }: CheckReport, block: HeapBlock): boolean => end <= block.start + block.usable;

/** Whether it changes words of malloc: chunk headers, links and keys of chunks that it keeps in its lists. */
function isCorrupting(report: CheckReport): boolean {
  const { kind, access, block } = report;
  if (kind === 'double-free' || kind === 'invalid-free') return true;
  if (access === 'free') return kind === 'stale-after-realloc';
  if (access !== 'write') return false;
  if (kind === 'heap-overflow') return block !== undefined && !isInSlack(report, block);
  return ['heap-underflow', 'heap-wild', 'use-after-free', 'stale-after-realloc'].includes(kind);
}

/** Leaks by kind and by where the blocks were allocated, as memcheck groups them. */
function leakViews(leaks: readonly Leak[], placeOf: PlaceOf, language: Language): readonly LeakView[] {
  const groups = new Map<string, Leak[]>();
  for (const leak of leaks) {
    const key = `${leak.kind} ${String(leak.block.allocated)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [leak]);
    else group.push(leak);
  }
  return [...groups.values()].flatMap((group): LeakView[] => {
    const [first] = group;
    if (first === undefined) return [];
    const { kind, block } = first;
    const bytes = group.reduce((sum, leak) => sum + leak.block.bytes, 0);
    return [
      {
        kind,
        bytes,
        blocks: group.length,
        step: group.reduce((least, leak) => Math.min(least, leak.block.step), block.step),
        place: placeOf(block.allocated),
        text: renderText(sayCheck(`check.leak.${kind}`, { bytes, count: group.length }), language),
      },
    ];
  });
}
