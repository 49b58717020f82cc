import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PAGE_SIZE } from '../../../src/base/address.ts';
import { pteHost } from '../../../src/core/mm/page-table.ts';
import type { Machine } from '../../../src/core/process/machine.ts';
import { HeapIndex } from '../../../src/core/malloc/heap-index.ts';
import type { ChangedWords } from '../../../src/core/mm/memory-history.ts';
import { addressesOf } from '../../../src/session/moment-window.ts';
import { gather } from '../../../src/session/gather.ts';
import type { Ranges } from '../../../src/session/gather.ts';
import type { MomentWindow, WindowSize } from '../../../src/session/moment-window.ts';
import { Rerun } from '../../../src/session/rerun.ts';
import type { Session } from '../../../src/session/session.ts';
import { openSession } from '../../support/open-session.ts';

/** Programs that change every kind of thing that is shown, each in its own way. */
const programs: Readonly<Record<string, string>> = {
  'blocks of all sizes': `#include <stdlib.h>
#include <string.h>
int main(void) {
  static char *p[64];
  unsigned s = 7;
  for (int i = 0; i < 400; i++) {
    s = s * 1103515245 + 12345;
    unsigned k = s >> 16 & 63, n = s >> 8 & 4095;
    if (i % 37 == 0) n *= 100;
    if (p[k] && n & 1) p[k] = realloc(p[k], n + 1);
    else { free(p[k]); p[k] = i % 3 ? malloc(n) : calloc(n, 2); }
    if (p[k]) memset(p[k], i, n % 700 + 1);
  }
  return 0;
}`,
  mappings: `#define _GNU_SOURCE
#include <sys/mman.h>
#include <unistd.h>
#include <stdio.h>
int main(void) {
  char *all = mmap(0, 64 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  for (int i = 0; i < 64; i += 3) all[i * 4096] = i;
  for (int i = 0; i < 60; i += 4) mprotect(all + i * 4096, 4096, i % 8 ? PROT_READ : PROT_NONE);
  munmap(all + 10 * 4096, 20 * 4096);
  madvise(all + 32 * 4096, 8 * 4096, MADV_DONTNEED);
  int sum = 0;
  for (int i = 33; i < 64; i += 4) sum += all[i * 4096];
  char *more = mmap(0, 3 << 21, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  more[0] = 1; more[5 << 20] = 2;
  char *far = mmap((void *)0x10000000000, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (far != MAP_FAILED) { far[1] = 1; munmap(far, 4096); }
  char *moved = mremap(all + 40 * 4096, 4 * 4096, 40 * 4096, MREMAP_MAYMOVE);
  if (moved != MAP_FAILED) moved[39 * 4096] = 5;
  munmap(more, 3 << 21);
  sbrk(100000); *(char *)sbrk(0) ; sbrk(-50000);
  printf("%d\\n", sum);
  return 0;
}`,
  'a deep stack': `#include <stdlib.h>
#include <stdio.h>
static int deep(int n) {
  char frame[3000];
  frame[n % 3000] = n;
  char *p = malloc(n + 1);
  int below = n == 0 ? 0 : deep(n - 1);
  free(p);
  return below + frame[n % 3000];
}
int main(void) { printf("%d\\n", deep(60)); printf("%d\\n", deep(5)); return 0; }`,
  'many pages between two calls': `#include <stdlib.h>
#include <string.h>
int main(void) {
  char *p = malloc(20 << 20);
  memset(p, 1, 20 << 20);
  void *a = malloc(10);
  memset(p, 2, 18 << 20);
  void *b = malloc(20);
  memset(p, 3, 3 << 20);
  free(a); free(p); free(b);
  p = malloc(1000);
  strcpy(p, "end");
  return 0;
}`,
  'an abort': `#include <stdlib.h>
int main(void) { char *p = malloc(24); for (int i = 0; i < 9; i++) malloc(i * 50); free(p); free(p); return 0; }`,
  sorting: `#include <stdlib.h>
#include <stdio.h>
static int order(const void *a, const void *b) { free(malloc(50)); return *(const int *)a - *(const int *)b; }
int main(void) {
  int v[] = {5, 3, 9, 1, 7};
  qsort(v, 5, sizeof v[0], order);
  for (int i = 0; i < 5; i++) printf("%d ", v[i]);
  puts("");
  return 0;
}`,
};

/** All that views read of a machine. */
function stateOf(machine: Machine): unknown {
  const { memory, malloc } = machine;
  const { mm, pageTable } = memory;
  const pages: string[] = [];
  pageTable.forEachPresent(0, 2 ** 36, (vpn, pte) => {
    const bytes = memory.u8.subarray(pteHost(pte), pteHost(pte) + PAGE_SIZE);
    pages.push(`${vpn.toString(16)} ${pte.toString(16)} ${String(digest(bytes))}`);
  });
  const { tcache, threadArena, globalMaxFast, arenaCount } = malloc.state;
  return {
    pages,
    tables: pageTable.tablesByLevel,
    vmas: memory.addressSpace.vmas.map(({ start, end, flags, pgoff, file }) =>
      [start, end, flags, pgoff, file?.name ?? ''].join(' '),
    ),
    counters: { ...mm.counters },
    numbers: [mm.brk, mm.sharedCommittedPages, mm.rss, memory.addressSpace.totalPages],
    malloc: { tcache, threadArena, globalMaxFast, arenaCount },
    position: machine.position,
    frames: machine.callStack().map(({ base, position, returnAddress }) => [base, position, returnAddress]),
  };
}

function heapOf(index: HeapIndex): unknown {
  const { count, lists, isComplete } = index;
  const chunks = Array.from({ length: count }, (_, ordinal) => [
    index.startOf(ordinal),
    index.stateOf(ordinal),
  ]);
  const ends = Array.from({ length: 9 }, (_, i) => Math.floor((count * (i + 1)) / 9));
  const tallies = ends.map((end, i) => index.tally(Math.floor(end / (i + 2)), end));
  return { chunks, lists, isComplete, arena: index.arena, tallies };
}

/** The pieces of a heap are the same with what is known of its cells. */
function checkPieces(heap: HeapIndex): void {
  const plain: Ranges = {
    count: heap.count,
    startOf: (ordinal) => heap.startOf(ordinal),
    endOf: (ordinal) => heap.endOf(ordinal),
    nextKept: (ordinal) => Math.ceil(ordinal / 37) * 37,
  };
  const known: Ranges = { ...plain, smallEnd: (ordinal, unit) => heap.smallEnd(ordinal, unit) };
  for (const unit of [1024, 2 ** 14, 2 ** 16, 2 ** 20])
    assert.deepEqual(gather(known, 0, heap.count, unit), gather(plain, 0, heap.count, unit));
}

function digest(bytes: Uint8Array): number {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  let sum = 0;
  for (const word of words) sum = (Math.imul(sum, 31) + word) | 0;
  return sum;
}

/** The window around an event, and the states and events of plain runs to compare with. */
class Compared {
  readonly #session: Session;
  readonly #known = new Map<number, unknown>();
  readonly #plain: Rerun;
  readonly #kept: Rerun;
  #heap: { readonly of: Machine['memory']; readonly index: HeapIndex } | undefined;

  constructor(session: Session) {
    this.#session = session;
    this.#plain = new Rerun(session.inputs, session.program);
    this.#kept = new Rerun(session.inputs, session.program);
  }

  get count(): number {
    return this.#session.recording.count;
  }

  window(event: number, size?: WindowSize): MomentWindow | undefined {
    return this.#kept.window(event, (one) => this.#session.recording.sinceAt(one), size);
  }

  check(window: MomentWindow, event: number): void {
    let known = this.#known.get(event);
    if (known === undefined) {
      const run = this.#plain.toEvent(event, this.#session.recording.sinceAt(event));
      known = { state: stateOf(run.machine), event: run.event };
      this.#known.set(event, known);
    }
    const { event: told, changed } = window.show(event);
    assert.deepEqual({ state: stateOf(window.machine), event: told }, known, `event ${String(event)}`);
    this.#checkHeap(window.machine, changed);
  }

  /** The heap as it is found from that of the moment before, and what has changed since. */
  #checkHeap({ memory, malloc }: Machine, changed: ChangedWords | undefined): void {
    const before = changed === undefined || this.#heap?.of !== memory ? undefined : this.#heap.index;
    const changes =
      before === undefined
        ? []
        : addressesOf(memory.pageTable, before.range, changed ?? { runs: [], vpns: [] });
    const index = new HeapIndex(malloc.state, before, changes);
    assert.deepEqual(heapOf(index), heapOf(new HeapIndex(malloc.state)));
    checkPieces(index);
    this.#heap = { of: memory, index };
  }
}

describe('a window of moments', function () {
  this.timeout(120_000);
  /** What was once shown wrong: the event, the window's events, and the path. */
  const examples: Readonly<Record<string, [number, number, number[]][]>> = {
    // The first call of printf, after calls of free that were all served in WebAssembly.
    'a deep stack': [[172, 3, [0, 0, 0]]],
  };

  for (const [name, program] of Object.entries(programs)) {
    it(`shows what a run to the event shows, however one got there: ${name}`, () => {
      const run = new Compared(openSession(program));
      fc.assert(
        fc.property(
          fc.nat(run.count - 1),
          fc.constantFrom(3, 40, 2000),
          fc.array(fc.nat(), { minLength: 3, maxLength: 12 }),
          (target, events, path) => {
            const window = run.window(target, {
              before: events,
              behind: events,
              bytes: 2 ** 25,
              work: 2 ** 26,
            });
            if (window === undefined) return;
            run.check(window, target);
            const near = Array.from({ length: run.count }, (_, event) => event).filter((event) =>
              window.has(event),
            );
            for (const step of path) run.check(window, near[step % near.length] ?? target);
          },
        ),
        { numRuns: 12, seed: 11, examples: examples[name] ?? [] },
      );
    });
  }

  it('holds the event that was asked for, and as many around it as there is room for', () => {
    const run = new Compared(openSession(programs['blocks of all sizes'] ?? ''));
    const target = Math.floor(run.count / 2);
    const whole = run.window(target, { before: 50, behind: 50, bytes: 2 ** 25, work: 2 ** 26 });
    assert.ok(whole?.has(target - 50) === true && whole.has(target + 50));
    assert.ok(!whole.has(target - 51) && !whole.has(target + 51));
    for (const size of [
      { before: 50, behind: 50, bytes: 20_000, work: 2 ** 26 },
      { before: 50, behind: 50, bytes: 2 ** 25, work: 100_000 },
    ]) {
      const small = run.window(target, size);
      assert.ok(small?.has(target) === true);
      assert.ok(!small.has(target - 50) && !small.has(target + 50));
      run.check(small, target);
    }
  });

  it('keeps more on the side to which one steps', () => {
    const run = new Compared(openSession(programs['blocks of all sizes'] ?? ''));
    const target = Math.floor(run.count / 2);
    const window = run.window(target, { before: 50, behind: 50, bytes: 2 ** 25, work: 2 ** 26 });
    assert.ok(window !== undefined);
    const reach = (at: number): string => {
      const { before, behind } = window.sizeAround(at);
      return before === behind ? 'both' : before < behind ? 'behind' : 'before';
    };
    assert.deepEqual([target + 51, target + 151, target - 51, target - 151, 0].map(reach), [
      'behind',
      'both',
      'before',
      'both',
      'both',
    ]);
  });

  it('is not made for programs with threads, children, or files that are mapped', () => {
    for (const program of [
      '#include <pthread.h>\nstatic void *f(void *p) { return p; }\n' +
        'int main(void) { pthread_t t; pthread_create(&t, 0, f, 0); pthread_join(t, 0); return 0; }',
      '#include <unistd.h>\n#include <sys/wait.h>\nint main(void) { if (fork() == 0) _exit(0); wait(0); return 0; }',
    ]) {
      assert.equal(new Compared(openSession(program)).window(0), undefined);
    }
  });
});
