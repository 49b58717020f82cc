/**
 * Every number that a lesson tells, beside the real process: the sample is compiled by this machine's gcc and stopped at the
 * same moment.
 *
 * Not compared: numbers of other releases of glibc, which this machine has not; the recordings hold those.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import type { Fact, Lesson, Target } from '../../../src/session/lessons/lesson.ts';
import { FactReader } from '../../../src/session/lessons/facts.ts';
import { lessons } from '../../../src/session/lessons/lesson-table.ts';
import { lineOf } from '../../../src/session/lessons/moments.ts';
import type { Session } from '../../../src/session/session.ts';
import { hasGcc, hasGcc32 } from '../../support/gcc.ts';
import { gdbRun } from '../../support/gdb-run.ts';
import type { GdbRun, GdbStop, RealState } from '../../support/gdb-run.ts';
import { openLesson, readSample } from '../../support/lessons.ts';
import { compileReal } from '../../support/real-process.ts';

/** The facts of a lesson with their moments, those of the question included. */
function factsOf({ question, steps }: Lesson): readonly { name: string; fact: Fact; moment: Target }[] {
  return [
    ...Object.entries(question.facts).map(([name, fact]) => ({
      name: `question.${name}`,
      fact,
      moment: question.reveal,
    })),
    ...question.choices.flatMap((choice, index) =>
      'fact' in choice
        ? [{ name: `question.choice${String(index)}`, fact: choice.fact, moment: question.reveal }]
        : [],
    ),
    ...steps.flatMap(({ name, facts, target }) =>
      Object.entries(facts).map(([field, fact]) => ({ name: `${name}.${field}`, fact, moment: target })),
    ),
  ];
}

/** The real counterpart of a fact. */
class RealFacts {
  readonly #session: Session;
  readonly #gdb: GdbRun;
  readonly #states = new Map<string, RealState>();

  constructor(session: Session, gdb: GdbRun) {
    this.#session = session;
    this.#gdb = gdb;
  }

  read(fact: Fact, moment: Target): bigint {
    const at = fact.at ?? moment;
    const value = this.#measure(fact, at);
    return fact.minus === undefined ? value : value - this.read(fact.minus, fact.minus.at ?? at);
  }

  #measure(fact: Fact, at: Target): bigint {
    switch (fact.kind) {
      case 'value':
        return this.#value(fact.of, at);
      case 'heap': {
        const found = mappings(this.#state(at, '0').smaps).find(({ name }) => name === '[heap]');
        return found === undefined ? 0n : found.end - found.start;
      }
      case 'offset': {
        const heap = mappings(this.#state(at, fact.of).smaps).find(({ name }) => name === '[heap]');
        return this.#value(fact.of, at) - (heap?.start ?? 0n);
      }
      case 'mapping':
      case 'resident': {
        const addr = this.#value(fact.of, at);
        const found = mappings(this.#state(at, fact.of).smaps).find(
          ({ start, end }) => addr >= start && addr < end,
        );
        assert.ok(found !== undefined, `${fact.of} = 0x${addr.toString(16)} is in no mapping`);
        return fact.kind === 'mapping' ? found.end - found.start : found.resident;
      }
      case 'calls': {
        const { calls } = this.#state(at, '0');
        return BigInt(fact.names.reduce((sum, name) => sum + (calls[name] ?? 0), 0));
      }
      case 'faults': {
        const { minorFaults, faultsAtMain } = this.#state(at, '0');
        return BigInt(minorFaults - faultsAtMain);
      }
      case 'size': {
        const plain = compileReal(this.#session.inputs.files[0]?.text ?? '', []);
        const numbers = execFileSync('size', [plain.path], { encoding: 'utf8' }).split('\n')[1] ?? '';
        plain.remove();
        return BigInt(numbers.trim().split(/\s+/)[['text', 'data', 'bss'].indexOf(fact.part)] ?? 0);
      }
      case 'segment': {
        const headers = execFileSync('readelf', ['-lW', this.#gdb.path], { encoding: 'utf8' });
        const found = /^\s+LOAD\s+\S+\s+\S+\s+\S+\s+(\S+)\s+(\S+)\s+RW /m.exec(headers);
        return BigInt(found?.[fact.part === 'file' ? 1 : 2] ?? 0);
      }
      case 'page':
        return BigInt(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }).trim());
      case 'user-end':
      case 'kernel-start':
        throw new Error('compared by a probe of its own');
    }
  }

  #value(expression: string, at: Target): bigint {
    const [value] = this.#state(at, expression).values;
    assert.ok(value !== null && value !== undefined, `gdb cannot tell ${expression}`);
    return BigInt.asUintN(64, BigInt(value));
  }

  #state(at: Target, expression: string): RealState {
    const key = `${JSON.stringify(at)} ${expression}`;
    let state = this.#states.get(key);
    if (state === undefined) {
      state = this.#gdb.at(this.#stopOf(at), [expression]);
      this.#states.set(key, state);
    }
    return state;
  }

  #stopOf(at: Target): GdbStop {
    if (at.kind !== 'before') return at;
    const place = lineOf(this.#session, at.code);
    assert.ok(place !== undefined, at.code);
    return { kind: 'line', line: place.line, nth: at.nth ?? 1 };
  }
}

interface RealMapping {
  readonly start: bigint;
  readonly end: bigint;
  readonly name: string;
  readonly resident: bigint;
}

function mappings(smaps: string): readonly RealMapping[] {
  const heads = /^([0-9a-f]+)-([0-9a-f]+) \S+ \S+ \S+ \S+ *(.*)\n(?:.*\n)*?Rss: +(\d+) kB/gm;
  return [...smaps.matchAll(heads)].map(([, start = '', end = '', name = '', resident = '']) => ({
    start: BigInt(`0x${start}`),
    end: BigInt(`0x${end}`),
    name,
    resident: BigInt(resident) * 1024n,
  }));
}

/** Addresses of stack and libraries depend on the path and the environment; what lies between two of them does not. */
const dependsOnPath: ReadonlySet<string> = new Set([
  'halves.parts.stack',
  'halves.narrow.stack',
  'halves.question.choice3',
]);

describe('the numbers of the lessons, beside the real machine', function () {
  this.timeout(300_000);

  before(function () {
    if (!hasGcc('numbers of the lessons')) this.skip();
    if (spawnSync('gdb', ['--version']).status !== 0) {
      console.warn('NOT RUN: numbers of the lessons: there is no gdb');
      this.skip();
    }
  });

  for (const lesson of lessons) {
    it(lesson.id, () => {
      const { session } = openLesson(lesson);
      const reader = new FactReader(session);
      const gdb = gdbRun(readSample(lesson, 'en'), lesson.id);
      const real = new RealFacts(session, gdb);
      const ours: Record<string, string> = {};
      const theirs: Record<string, string> = {};
      try {
        for (const { name, fact, moment } of factsOf(lesson)) {
          const full = `${lesson.id}.${name}`;
          if (fact.in !== undefined || fact.kind === 'user-end' || fact.kind === 'kernel-start') continue;
          if (dependsOnPath.has(full)) continue;
          ours[full] = BigInt.asUintN(64, reader.read(fact, moment)).toString();
          theirs[full] = BigInt.asUintN(64, real.read(fact, moment)).toString();
        }
        assert.deepEqual(ours, theirs);
        const end = gdb.end();
        const { trap } = session;
        assert.equal(
          end.signal,
          trap.kind === 'exit'
            ? undefined
            : trap.kind === 'abort'
              ? 'SIGABRT'
              : trap.kind === 'signal'
                ? trap.signal
                : '',
        );
        if (trap.kind === 'abort') assert.equal(end.errors.trim(), trap.message);
      } finally {
        gdb.remove();
      }
    });
  }
});

/** Prints whether the page below the end can be mapped (or is) and the one at it cannot, and (64 bits) from where on si_addr of a fault is the address. */
const probe = String.raw`
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
static sigjmp_buf back;
static void *volatile told;
static void on(int s, siginfo_t *i, void *c) { told = i->si_addr; siglongjmp(back, 1); }
static int maps(unsigned long at) {
  void *p = mmap((void *)at, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  if (p == MAP_FAILED) return errno == EEXIST;
  munmap(p, 4096);
  return 1;
}
static unsigned long fault(unsigned long at) {
  told = 0;
  if (sigsetjmp(back, 1) == 0) *(volatile char *)at;
  return (unsigned long)told;
}
int main(int argc, char **argv) {
  unsigned long end, kernel = 0;
  sscanf(argv[1], "%lx", &end);
  if (argc > 2) sscanf(argv[2], "%lx", &kernel);
  struct sigaction a = { .sa_sigaction = on, .sa_flags = SA_SIGINFO };
  sigaction(SIGSEGV, &a, 0);
  printf("%d %d\n", maps(end - 4096), maps(end));
  if (kernel) printf("%lx %lx\n", fault(kernel - 1), fault(kernel));
}`;

describe('the halves of the address space, beside the real machine', () => {
  const read = (kind: 'user-end' | 'kernel-start', target?: 'i386'): string => {
    const lesson = lessons[0];
    assert.ok(lesson !== undefined);
    const { session } = openLesson(lesson);
    const fact: Fact = target === undefined ? { kind } : { kind, in: { target } };
    return new FactReader(session).read(fact, { kind: 'start' }).toString(16);
  };
  const run = (flags: readonly string[], args: readonly string[]): string => {
    const { path, remove } = compileReal(probe, flags);
    try {
      return execFileSync('setarch', ['-R', path, ...args], { encoding: 'utf8' });
    } finally {
      remove();
    }
  };

  it('end and begin where the kernel says, with 64 bits', function () {
    if (!hasGcc('ends of the address space')) this.skip();
    const kernel = read('kernel-start');
    // The page below can be mapped, the next cannot; below the kernel’s half an address is not canonical: si_addr is 0.
    assert.equal(run([], [read('user-end'), kernel]), `1 0\n0 ${kernel}\n`);
  });

  it('end where the kernel says, with 32 bits', function () {
    if (!hasGcc32('ends of the 32-bit address space')) this.skip();
    const end = Number(`0x${read('user-end', 'i386')}`);
    assert.match(run(['-m32'], [end.toString(16)]), /^1 0\n$/);
  });
});
