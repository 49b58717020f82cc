/**
 * A second thread's malloc, beside the recorded experiment thread_arena: the arena it gets, the system calls that make it,
 * and what becomes of its blocks and of the arena when the thread ends.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkArena } from '../../../src/core/malloc/check.ts';
import type { TargetName } from '../../../src/core/target/data-model.ts';
import type { SyscallEvent, TraceEvent, Tracer } from '../../../src/core/trace/trace-event.ts';
import { startProcess } from '../../../src/session/replay/start-state.ts';
import type { ReplayProcess } from '../../../src/session/replay/start-state.ts';
import { startStateFor } from '../../../src/session/replay/start-states.ts';
import { parseTrace } from '../../../src/session/replay/trace.ts';

class Syscalls implements Tracer {
  readonly wantsWhy = false;
  count = 0;
  calls: SyscallEvent[] = [];

  emit(event: TraceEvent): void {
    this.count += 1;
    if (event.kind === 'syscall') this.calls.push(event);
  }

  /** Names and results, and forgets them. */
  take(): string[] {
    const names = this.calls.map(
      ({ name, args, result }) => `${name} ${hex(args[0] ?? 0)} ${hex(args[1] ?? 0)} ${hex(result)}`,
    );
    this.calls = [];
    return names;
  }
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

interface Experiment {
  readonly stdout: string;
  readonly events: readonly {
    readonly ev: string;
    readonly who: string;
    readonly call?: readonly (string | number)[];
  }[];
}

/** A process of 2.36 in which main has asked for a block and made a thread's stack. */
function started(
  arch: TargetName,
  glibc = '2.36',
): { process: ReplayProcess; tracer: Syscalls; first: number } {
  const tracer = new Syscalls();
  const process = startProcess(startStateFor(glibc, arch, parseTrace('check')), tracer);
  const first = process.malloc.malloc(100);
  const stack = process.memory.mmap(0, 0x801000, 0, 0x20022, -1, 0);
  process.memory.mprotect(stack + 0x1000, 0x800000, 3);
  tracer.take();
  return { process, tracer, first };
}

describe("a thread's arena", () => {
  for (const [arch, bits] of [
    ['x86_64', 64],
    ['i386', 32],
  ] as const) {
    it(`is made as recorded (${arch})`, () => {
      const path = join(import.meta.dirname, `../experiments/thread_arena-${bits}.json`);
      const recorded = JSON.parse(readFileSync(path, 'utf8')) as Experiment;
      const [, inMain = '', inThread = ''] =
        /block of main: (0x[0-9a-f]+)\nblock of the thread: (0x[0-9a-f]+)\n/.exec(recorded.stdout) ?? [];
      const expected = recorded.events
        .filter(({ ev, who }) => ev === 'sys' && who === 'thread1')
        .map(({ call = [] }) => call)
        .filter(([name]) => name !== 'madvise')
        // The recorder says mmap of both; a 32-bit process makes mmap2.
        .map(([name = '', ...rest]) => [name === 'mmap' && bits === 32 ? 'mmap2' : name, ...rest])
        .map((call) => `${call[0] ?? ''} ${call[1] ?? ''} ${call[2] ?? ''} ${hex(Number(call.at(-1)))}`);
      const { process, tracer, first } = started(arch);
      const { malloc } = process;
      assert.equal(hex(first), inMain);
      malloc.enterThread(1);
      const block = malloc.malloc(100);
      assert.equal(hex(block), inThread);
      assert.deepEqual(tracer.take(), expected);
      malloc.endThread();
      malloc.free(block);
      assert.equal(malloc.malloc(100), block);
      assert.deepEqual(checkArena(malloc.state), []);
    });
  }

  for (const [glibc, offset] of [
    ['2.31', 0xb60],
    ['2.36', 0xb70],
    ['2.41', 0xb70],
    ['2.42', 0xbe0],
    ['2.43', 0x880],
    ['2.44', 0x880],
  ] as const) {
    it(`gives its first block at the place that ${glibc} has`, () => {
      const { process } = started('x86_64', glibc);
      process.malloc.enterThread(1);
      assert.equal(process.malloc.malloc(100) % 0x400_0000, offset);
    });
  }

  it('goes to the next thread once its own has ended', () => {
    const { malloc } = started('x86_64').process;
    malloc.enterThread(1);
    const block = malloc.malloc(100);
    malloc.free(block);
    malloc.endThread();
    malloc.enterThread(2);
    assert.equal(malloc.malloc(100), block);
    malloc.enterThread(3);
    assert.notEqual(Math.floor(malloc.malloc(100) / 0x400_0000), Math.floor(block / 0x400_0000));
  });

  it('is shared when there are as many as allowed', () => {
    const { malloc } = started('x86_64').process;
    malloc.mallopt(-8, 2);
    malloc.enterThread(1);
    const own = malloc.malloc(100);
    malloc.enterThread(2);
    // The cursor starts at the main arena.
    assert.ok(malloc.malloc(100) < own);
    malloc.enterThread(3);
    assert.equal(Math.floor(malloc.malloc(100) / 0x400_0000), Math.floor(own / 0x400_0000));
  });

  it('grows by heaps and gives whole heaps back', () => {
    const { process, tracer } = started('x86_64');
    const { malloc } = process;
    malloc.enterThread(1);
    const blocks = Array.from({ length: 1000 }, () => malloc.malloc(100_000));
    const heaps = new Set(blocks.map((block) => Math.floor(block / 0x400_0000)));
    assert.equal(heaps.size, 2);
    tracer.take();
    for (const block of blocks.reverse()) malloc.free(block);
    const calls = tracer.take();
    assert.equal(calls.length, 329);
    assert.ok(calls.every((call) => call.startsWith('madvise ')));
    // The rest of the first heap's top waits in the tcache; when the thread ends, the second heap goes as a whole.
    malloc.endThread();
    assert.deepEqual(tracer.take(), [
      'munmap 0x7fffe8000000 0x4000000 0x0',
      'madvise 0x7ffff0021000 0x3fc8000 0x0',
    ]);
  });

  it('takes over when the main arena of 2.26 has no memory, even without threads', () => {
    const tracer = new Syscalls();
    const { malloc } = startProcess(startStateFor('2.26', 'x86_64', parseTrace('check')), tracer);
    malloc.malloc(100);
    assert.equal(malloc.malloc(2 ** 46), 0);
    assert.equal(malloc.malloc(2000) % 0x400_0000, 0x8c0);
  });
});
