/**
 * Who wrote a byte last, and who writes it next, beside a naive log: seeded programs whose statements stand on lines of their
 * own, each with the bytes that it stores to, and pictures of the memory before each step, for what malloc changes.
 */
import assert from 'node:assert/strict';
import { inspectBytes } from '../../../src/core/mm/inspect-bytes.ts';
import type { Machine } from '../../../src/core/process/machine.ts';
import { find } from '../../../src/session/navigation.ts';
import type { Direction, Found } from '../../../src/session/navigation.ts';
import type { Session } from '../../../src/session/session.ts';
import { openSession } from '../../support/open-session.ts';

const seeds = 24;
const queries = 24;

/** Bytes of the heap that are asked for, from the first block on; malloc's cache lies before it. */
const heapBytes = 256;
const firstBlock = 0x290;

const head = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct record { char c; int n; char s[7]; long l; };
static struct { char text[48]; struct record a[3]; int v[8]; } room;
static char *h, *other, *p;
static int *ip;
int main(void) {
h = malloc(40);`.split('\n');

/** Offsets in `room`. */
const record = 24;
const records = 48;
const numbers = records + 3 * record;
const roomBytes = numbers + 8 * 4;

/** Half-open, in bytes of `room`. */
type Bytes = readonly [start: number, end: number];

interface Statement {
  readonly text: string;
  /** Absent for those that write something else. */
  readonly room?: Bytes;
  /** Whether it stores to blocks, or asks for some. */
  readonly isHeap?: boolean;
}

type Pick = (below: number) => number;

function numbersFrom(seed: number): Pick {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  };
}

const of = (start: number, length: number): Bytes => [start, start + length];

/** Statements, each of some kind; `size` is that of the block h. */
const kinds: readonly ((pick: Pick, size: number) => Statement)[] = [
  (pick) => {
    const at = pick(48);
    return { text: `room.text[${String(at)}] = ${String(pick(100))};`, room: of(at, 1) };
  },
  (pick) => {
    const at = pick(45);
    return { text: `*(int *)(room.text + ${String(at)}) = ${String(pick(1e6))};`, room: of(at, 4) };
  },
  (pick) => {
    const at = pick(8);
    return {
      text: `ip = &room.v[${String(at)}], *ip += ${String(pick(9))};`,
      room: of(numbers + 4 * at, 4),
    };
  },
  (pick) => {
    const at = pick(24);
    return { text: `p = room.text + ${String(at)}; *p++ = 1; *p++ = 2; *p = 3;`, room: of(at, 3) };
  },
  (pick) => {
    const [to, from, length] = [pick(24), pick(8), 1 + pick(24)].map(String);
    return {
      text: `memcpy(room.text + ${String(to)}, room.v + ${String(from)}, ${String(length)});`,
      room: of(Number(to), Number(length)),
    };
  },
  (pick) => {
    const [to, from, length] = [pick(20), pick(20), 1 + pick(28)];
    return {
      text: `memmove(room.text + ${String(to)}, room.text + ${String(from)}, (size_t)${String(length)});`,
      room: of(to, length),
    };
  },
  (pick) => {
    const [at, length] = [pick(20), pick(28)];
    return {
      text: `memset(room.text + ${String(at)}, ${String(pick(3))}, ${String(length)});`,
      room: of(at, length),
    };
  },
  (pick) => {
    const [to, from] = [pick(3), 1 + pick(2)];
    return {
      text: `room.a[${String(to)}] = room.a[${String((to + from) % 3)}];`,
      room: of(records + record * to, record),
    };
  },
  (pick) => {
    const at = pick(3);
    return { text: `room.a[${String(at)}].n++;`, room: of(records + record * at + 4, 4) };
  },
  (pick) => {
    const [at, length] = [pick(30), pick(10)];
    return {
      text: `strcpy(room.text + ${String(at)}, "${'x'.repeat(length)}");`,
      room: of(at, length + 1),
    };
  },
  (pick) => {
    const [at, value] = [pick(30), String(pick(1e6))];
    return {
      text: `snprintf(room.text + ${String(at)}, 12, "%d", ${value});`,
      room: of(at, value.length + 1),
    };
  },
  (pick) => {
    const at = pick(2);
    return {
      text: `strncpy(room.a[${String(at)}].s, "ab", 7);`,
      room: of(records + record * at + 8, 7),
    };
  },
  (pick, size) => ({ text: `h[${String(pick(size))}] = ${String(pick(9))};`, isHeap: true }),
  (pick, size) => ({ text: `memset(h, ${String(pick(3))}, ${String(pick(size))});`, isHeap: true }),
  (pick, size) => ({ text: `memcpy(h, room.text, ${String(pick(Math.min(size, 48)))});`, isHeap: true }),
  (pick) => ({ text: `free(other); other = malloc(${String(pick(60))});`, isHeap: true }),
  (pick) => ({ text: `free(other); other = calloc(1, ${String(pick(60))});`, isHeap: true }),
  () => ({ text: 'p = room.text;' }),
];

interface Program {
  readonly text: string;
  /** By line, from 1. */
  readonly lines: ReadonlyMap<number, Statement>;
}

function programOf(seed: number): Program {
  const pick = numbersFrom(seed);
  const statements: Statement[] = [];
  for (let size = 40; statements.length < 40;) {
    if (pick(9) === 0) {
      size = 10 + pick(110);
      statements.push({ text: `h = realloc(h, ${String(size)});`, isHeap: true });
    } else {
      const kind = kinds[pick(kinds.length)];
      assert.ok(kind);
      statements.push(kind(pick, size));
    }
  }
  const end = ['return (free(h), 0);', 'exit((free(h), 3));', 'free(h); return 1;'][pick(3)] ?? '';
  statements.push({ text: end, isHeap: true });
  const lines = new Map(statements.map((statement, index) => [head.length + 1 + index, statement] as const));
  lines.set(head.length, { text: '', isHeap: true });
  return { text: [...head, ...statements.map(({ text }) => text), '}', ''].join('\n'), lines };
}

type Picture = Uint8Array | undefined;

/** The run, step by step. */
interface Log {
  /** Line of each step; by its number, from 1. */
  readonly lines: readonly (number | undefined)[];
  /** Bytes of the heap before each step, and at last at the end. */
  readonly heap: readonly Picture[];
  readonly room: number;
  readonly heapStart: number;
}

function logOf(session: Session): Log {
  const symbol = session.program.analysis.image.symbols.find(({ name }) => name === 'room');
  assert.ok(symbol);
  const { loadBias } = session.machine.loaded;
  session.seek(session.recording.count - 1);
  const heapStart = session.machine.memory.mm.startBrk + firstBlock;
  const { positions } = session.observed('steps').compiled;
  const lines: (number | undefined)[] = [undefined];
  const heap: Picture[] = [undefined];
  const pictureOf = (machine: Machine): Picture =>
    inspectBytes(machine.memory, heapStart, heapBytes)?.slice();
  const { machine: last } = session.watch('steps', 1, {
    step: (_step, position, machine) => {
      const at = positions[position];
      lines.push(at === undefined ? undefined : session.placeOf(at)?.line);
      heap.push(pictureOf(machine));
      return false;
    },
  });
  heap.push(pictureOf(last));
  return { lines, heap, room: symbol.addr + loadBias, heapStart };
}

/** Steps that write a byte of `room`, by the statements: of several steps in a line no more is known than the line. */
function roomLines({ lines }: Program, at: number): ReadonlySet<number> {
  const writes = [...lines].filter(([, { room }]) => room !== undefined && at >= room[0] && at < room[1]);
  return new Set(writes.map(([line]) => line));
}

const isSame = (a: Picture, b: Picture, at: number): boolean => a?.[at] === b?.[at];

/** The moments between which a search looks: steps that are made, and steps that are not. */
interface Bounds {
  /** Going back: the last step that counts; going forward: the first one. */
  readonly from: number;
  readonly direction: Direction;
}

function inOrder({ from, direction }: Bounds, count: number): readonly number[] {
  const steps = Array.from({ length: count }, (_, index) => index + 1);
  return direction === 'back'
    ? steps.filter((step) => step <= from).reverse()
    : steps.filter((step) => step >= from);
}

function checkRoom(program: Program, log: Log, at: number, bounds: Bounds, found: Found | undefined): void {
  const wanted = roomLines(program, at);
  const line = inOrder(bounds, log.lines.length - 1)
    .map((step) => log.lines[step])
    .find((one) => one !== undefined && wanted.has(one));
  const step = found?.access?.step ?? 0;
  const told = JSON.stringify({ at, bounds, found, text: program.text.split('\n')[(line ?? 0) - 1] });
  assert.equal(log.lines[step], line, told);
  assert.notEqual(found?.access?.by, 'system', told);
}

function checkHeap(program: Program, log: Log, at: number, bounds: Bounds, found: Found | undefined): void {
  const { lines, heap } = log;
  const hasChanged = (step: number): boolean => !isSame(heap[step], heap[step + 1], at);
  const change = inOrder(bounds, lines.length - 1).find(hasChanged);
  const { step, by } = found?.access ?? {};
  const told = JSON.stringify({ at, bounds, found, change, line: lines[change ?? 0] });
  if (step === undefined) {
    assert.equal(change, undefined, told);
    return;
  }
  const { direction, from } = bounds;
  if (direction === 'back') assert.ok(step <= from && step >= (change ?? 0), told);
  else assert.ok(step >= from && step <= (change ?? Infinity), told);
  assert.ok(program.lines.get(lines[step] ?? 0)?.isHeap === true, told);
  if (by === 'system') assert.equal(step, change, told);
}

describe('who writes a byte', function () {
  this.timeout(120_000);
  for (let seed = 1; seed <= seeds; seed++) {
    it(`is who a naive log of all accesses says (${String(seed)})`, () => {
      const program = programOf(seed);
      const session = openSession(program.text);
      const log = logOf(session);
      const pick = numbersFrom(seed + 1000);
      for (let query = 0; query < queries; query++) {
        // The ends are asked for often: what is written in the last step is followed by no other one.
        const place = pick(6);
        if (place === 0) session.seekStep(session.stepCount - pick(3));
        else if (place < 4) session.seekStep(1 + pick(session.stepCount));
        else session.seek(pick(session.recording.count));
        const here = session.step;
        const direction = pick(2) === 0 ? 'back' : 'forward';
        // Right before a step it is ahead; right after an event its statement is behind.
        const isAhead = session.isAtStep;
        const from = direction === 'back' ? (isAhead ? here - 1 : here) : isAhead ? here : here + 1;
        const isRoom = pick(2) === 0;
        const at = pick(isRoom ? roomBytes : heapBytes);
        const address = `0x${((isRoom ? log.room : log.heapStart) + at).toString(16)}` as const;
        const found = find(session, { kind: 'write', address, bytes: 1 }, direction);
        if (isRoom) checkRoom(program, log, at, { from, direction }, found);
        else checkHeap(program, log, at, { from, direction }, found);
      }
    });
  }
});
