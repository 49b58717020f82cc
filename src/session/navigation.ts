/**
 * Where to go from a moment, forward or back: the next step of a kind, a line, a function, a condition that holds, the
 * statement that writes a byte.
 *
 * Everything is found by running the program again past somebody who looks; going back finds the last match before the
 * moment. Nothing is kept between two searches.
 */
import type { AccessListener } from '../core/process/observed-memory.ts';
import type { Machine } from '../core/process/machine.ts';
import { inspectBytes } from '../core/mm/inspect-bytes.ts';
import { overlaps } from '../base/range.ts';
import type { TypedExpression } from '../core/sema/typed-tree.ts';
import type { AccessView, LinePlace, NavigationTarget } from '../protocol/messages.ts';
import { hex } from './event-views.ts';
import { EvaluationError, evaluate, isTrue } from './expression/evaluate.ts';
import { inspectedFrame, scopeAt } from './expression/frame-scope.ts';
import type { ScopePlace } from './expression/frame-scope.ts';
import { readExpression } from './expression/watch-expression.ts';
import type { RunWatcher } from './rerun.ts';
import type { Session } from './session.ts';

export type Direction = 'forward' | 'back';

/** Where a search ends. */
export interface Found {
  /**
   * The step to go to. Of an access: going back, the step that makes it; going forward, the one after it, so that what
   * was written can be seen.
   */
  readonly step: number;
  readonly access?: AccessView;
}

/** Looks for a target from the moment that a session shows. @throws EvaluationError for a condition that has no meaning */
export function find(session: Session, target: NavigationTarget, direction: Direction): Found | undefined {
  const from = session.step;
  // Right after an event its own statement is behind; at a step that step is what is left.
  const limit = session.isAtStep ? from : from + 1;
  const search: Search = { session, direction, first: from + 1, limit };
  switch (target.kind) {
    case 'step': {
      const step = direction === 'forward' ? from + 1 : limit - 1;
      return step >= 1 && step <= session.stepCount ? { step } : undefined;
    }
    case 'over':
    case 'out': {
      const here = session.machine.framePointer;
      return findStep(search, (_position, machine) =>
        target.kind === 'over' ? machine.framePointer >= here : machine.framePointer > here,
      );
    }
    case 'line': {
      return findPosition(search, atLine(session, target.place));
    }
    case 'statement':
      return findPosition(
        search,
        (position) => session.observed('steps').compiled.positions[position]?.role === 'statement',
      );
    case 'function': {
      const { positions, functions } = session.observed('steps').compiled;
      return findPosition(search, (position) => {
        const found = positions[position];
        if (found?.role !== target.role) return false;
        return target.name === undefined || functions[found.functionIndex]?.name === target.name;
      });
    }
    case 'address': {
      const name = functionAt(session.machine, Number(target.address));
      return name === undefined
        ? find(session, { kind: 'access', address: target.address, bytes: 1 }, direction)
        : find(session, { kind: 'function', name, role: 'entry' }, direction);
    }
    case 'write':
    case 'access':
      return findAccess(search, Number(target.address), target.bytes, target.kind === 'access');
    case 'condition':
      return findCondition(search, target.expression, target.place);
    case 'steps': {
      const step =
        direction === 'forward'
          ? Math.min(...target.steps.filter((one) => one > from))
          : Math.max(...target.steps.filter((one) => one < limit));
      return Number.isFinite(step) ? { step } : undefined;
    }
    case 'error': {
      const step = session.stepCount;
      const isBehind = direction === 'forward' ? step > from : step < limit;
      return session.trap.kind !== 'exit' && isBehind ? { step } : undefined;
    }
  }
}

/** A search from a moment. */
interface Search {
  readonly session: Session;
  readonly direction: Direction;
  /** Going forward: the first step that counts. */
  readonly first: number;
  /** Going back: steps from this one on do not count. */
  readonly limit: number;
}

/** A step at one of some positions, told by the positions alone: many times as fast as asking at each step. */
function findPosition(
  { session, direction, first, limit }: Search,
  isWanted: (position: number) => boolean,
): Found | undefined {
  const { positions } = session.observed('steps').compiled;
  const wanted = Uint8Array.from(positions, (_, position) => (isWanted(position) ? 1 : 0));
  let found: number | undefined;
  session.watchSteps((start, told) => {
    for (let i = Math.max(0, direction === 'forward' ? first - start : 0); i < told.length; i++) {
      if (direction === 'back' && start + i >= limit) return true;
      if (wanted[told[i] ?? -1] !== 1) continue;
      found = start + i;
      if (direction === 'forward') return true;
    }
    return false;
  });
  return found === undefined ? undefined : { step: found };
}

type StepTest = (position: number, machine: Machine) => boolean;

function findStep({ session, direction, first, limit }: Search, isWanted: StepTest): Found | undefined {
  let found: number | undefined;
  session.watch('steps', direction === 'forward' ? first : 1, {
    step: (step, position, machine) => {
      if (direction === 'back' && step >= limit) return true;
      if (!isWanted(position, machine)) return false;
      found = step;
      return direction === 'forward';
    },
  });
  return found === undefined ? undefined : { step: found };
}

/**
 * The step in which a line is done for the `nth` time of the whole run, from 1.
 *
 * @returns the step, undefined where it is done less often; and how often it is done up to there
 */
export function stepAtLine(
  session: Session,
  place: LinePlace,
  nth: number,
): { readonly step: number | undefined; readonly seen: number } {
  const isThere = atLine(session, place);
  let seen = 0;
  let found: number | undefined;
  session.watch('steps', 1, {
    step: (step, position) => {
      if (!isThere(position)) return false;
      seen += 1;
      if (seen === nth) found = step;
      return found !== undefined;
    },
  });
  return { step: found, seen };
}

/** Whether positions are in a line. */
function atLine(session: Session, { file, line }: LinePlace): (position: number) => boolean {
  const { positions } = session.observed('steps').compiled;
  const isThere = positions.map((position) => {
    const place = session.placeOf(position);
    return place?.file === file && place.line === line;
  });
  return (position) => isThere[position] === true;
}

function functionAt(machine: Machine, addr: number): string | undefined {
  const link = addr - machine.loaded.loadBias;
  return machine.program.functions.find((fn) => link >= fn.addr && link < fn.addr + fn.size)?.name;
}

// ---- conditions ----

function findCondition(search: Search, text: string, line: LinePlace | undefined): Found | undefined {
  const { session } = search;
  const program = session.observed('steps');
  const isThere = line === undefined ? undefined : atLine(session, line);
  const known = new Map<number, { place: ScopePlace; expression: TypedExpression } | undefined>();
  let problem: EvaluationError | undefined;
  const read = (position: number): { place: ScopePlace; expression: TypedExpression } | undefined => {
    try {
      const place = scopeAt(program, program.compiled.positions[position]);
      if (place === undefined) return undefined;
      return { place, expression: readExpression(program, place, text) };
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      problem = error;
      return undefined;
    }
  };
  const found = findStep(search, (position, machine) => {
    if (isThere?.(position) === false) return false;
    if (!known.has(position)) known.set(position, read(position));
    const condition = known.get(position);
    if (condition === undefined) return false;
    try {
      const process = inspectedFrame(program, machine, condition.place, machine.callStack()[0]);
      return isTrue(evaluate(process, condition.expression).value);
    } catch (error) {
      // What cannot be read here is not true here; what can be evaluated nowhere is a mistake.
      if (!(error instanceof EvaluationError) || !error.isOfThisMoment) throw error;
      return false;
    }
  });
  const isRead = [...known.values()].some((one) => one !== undefined);
  if (!isRead && problem !== undefined) throw problem;
  return found;
}

// ---- who reads or writes ----

function findAccess(search: Search, addr: number, bytes: number, withLoads: boolean): Found | undefined {
  const { session, direction, limit } = search;
  // At a step, what it will do is ahead; right after an event, the rest of its statement is not looked at.
  const first = session.isAtStep ? search.first - 1 : search.first;
  const watcher = new AccessWatcher(session, { addr, bytes, withLoads, first, last: limit, direction });
  const { machine, trap } = session.watch('accesses', 1, watcher);
  if (trap !== undefined) watcher.end(machine);
  const access = watcher.found;
  if (access === undefined) return undefined;
  if (direction === 'back') return { step: access.step, access };
  return { step: Math.min(access.step + 1, session.stepCount), access };
}

interface WatchedBytes {
  readonly addr: number;
  readonly bytes: number;
  readonly withLoads: boolean;
  /** Forward: accesses of steps from this one on count; back: of steps before `last`. */
  readonly first: number;
  readonly last: number;
  readonly direction: Direction;
}

/** Hears of all accesses, and sees what changes without one: what malloc and the kernel write. */
class AccessWatcher implements RunWatcher {
  found: AccessView | undefined;
  readonly #watched: WatchedBytes;
  #step = 0;
  #before: Uint8Array | undefined;
  #isTold = false;

  readonly #session: Session;
  #machine: Machine | undefined;

  constructor(session: Session, watched: WatchedBytes) {
    this.#session = session;
    this.#watched = watched;
  }

  attach(machine: Machine): void {
    this.#machine = machine;
  }

  step(step: number, _position: number, machine: Machine): boolean {
    const { direction, last } = this.#watched;
    this.#compare(machine);
    this.#isTold = false;
    this.#step = step;
    return direction === 'forward' ? this.found !== undefined : step >= last;
  }

  /** The run has ended: no step comes any more that would show what the last one changed. */
  end(machine: Machine): void {
    this.#compare(machine);
  }

  /** Notes what has changed since the last step began and nobody told of. */
  #compare(machine: Machine): void {
    const { addr, bytes } = this.#watched;
    const now = inspectBytes(machine.memory, addr, bytes);
    const isSame =
      now === undefined ? this.#before === undefined : this.#before?.every((byte, i) => byte === now[i]);
    // Before the first step there is nothing to compare with.
    if (isSame !== true && !this.#isTold && this.#step > 0) this.#note(addr, bytes, 'system');
    this.#before = now;
  }

  load(addr: number, bytes: number): void {
    if (this.#watched.withLoads) this.#access(addr, bytes, 'program');
  }

  store(addr: number, bytes: number): void {
    this.#access(addr, bytes, 'program');
  }

  fill(addr: number, bytes: number): void {
    this.#access(addr, bytes, 'program');
  }

  copy(to: number, from: number, bytes: number): void {
    this.load(from, bytes);
    this.store(to, bytes);
  }

  readonly libcAccesses: AccessListener = {
    load: (addr, bytes) => {
      if (this.#watched.withLoads) this.#access(addr, bytes, 'libc');
    },
    store: (addr, bytes) => {
      this.#access(addr, bytes, 'libc');
    },
    copy: (to, from, bytes) => {
      this.libcAccesses.load(from, bytes);
      this.libcAccesses.store(to, bytes);
    },
  };

  #access(addr: number, bytes: number, by: AccessView['by']): void {
    const { addr: start, bytes: length } = this.#watched;
    if (!overlaps({ start: addr, end: addr + bytes }, { start, end: start + length })) return;
    this.#isTold = true;
    this.#note(addr, bytes, by);
  }

  #note(addr: number, bytes: number, by: AccessView['by']): void {
    const { first, last, direction } = this.#watched;
    const step = this.#step;
    if (step === 0) return;
    if (direction === 'forward' ? step < first || this.found !== undefined : step >= last) return;
    const machine = this.#machine?.current;
    const position = machine?.program.positions[machine.position];
    const place = position === undefined || by === 'system' ? undefined : this.#session.placeOf(position);
    this.found = { step, by, address: hex(addr), bytes, place };
  }
}
