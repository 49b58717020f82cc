/** The entry points: results, errno, events, the trail of decisions, aborts. */
import assert from 'node:assert/strict';
import { MallocAbort } from '../../../../src/core/malloc/abort.ts';
import { describeChunk, inspectArena } from '../../../../src/core/malloc/inspect.ts';
import { MemoryFault } from '../../../../src/core/mm/kernel.ts';
import { glibcReleases } from '../../../../src/core/target/glibc-release.ts';
import { mallocTexts } from '../../../../src/core/text/malloc-texts.ts';
import { fillTemplate } from '../../../../src/core/text/text.ts';
import type { Text } from '../../../../src/core/text/text.ts';
import type { MallocEvent } from '../../../../src/core/trace/trace-event.ts';
import { HEAP_START, KeepingTracer, heapProcess } from '../../../support/heap.ts';

const ENOMEM = 12;
const EINVAL = 22;

function english(text: Text): string {
  const entry = Object.entries(mallocTexts).find(([key]) => key === text.key)?.[1];
  assert.ok(entry, text.key);
  const sentence = fillTemplate(entry.en, text.args);
  assert.ok(!/[{}]/.test(sentence), `argument missing: ${sentence}`);
  assert.ok(!/[{}]/.test(fillTemplate(entry.zh, text.args)), `argument missing in ${entry.zh}`);
  return sentence;
}

function mallocEvents(tracer: KeepingTracer): MallocEvent[] {
  return tracer.events.filter((event): event is MallocEvent => event.kind === 'malloc');
}

describe('malloc', () => {
  it('fails above PTRDIFF_MAX at once and keeps working', () => {
    const { malloc } = heapProcess();
    for (const bytes of [2n ** 63n, 2n ** 64n - 1n, 2n ** 64n - 32n]) {
      assert.equal(malloc.malloc(bytes), 0);
      assert.equal(malloc.errno, ENOMEM);
    }
    assert.equal(malloc.malloc(24), HEAP_START + 0x2a0);
    assert.equal(malloc.errno, 0);
  });

  it('tells sizes that no number holds to the last byte', () => {
    const tracer = new KeepingTracer(true);
    const { malloc } = heapProcess('2.36', 'x86_64', { tracer });
    malloc.malloc(2n ** 64n - 1n);
    const told = mallocEvents(tracer).flatMap((event) => event.why.map(english));
    assert.match(told.at(-1) ?? '', /^Request of 18446744073709551615 bytes/);
  });

  it('asks the kernel for what is legal but impossible', () => {
    const tracer = new KeepingTracer();
    const { malloc } = heapProcess('2.36', 'x86_64', { tracer });
    malloc.malloc(1);
    tracer.events.length = 0;
    assert.equal(malloc.malloc(2n ** 62n), 0);
    const calls = tracer.events.flatMap((event) => (event.kind === 'syscall' ? [event.name] : []));
    assert.deepEqual(calls, ['mmap', 'brk', 'mmap']);
  });

  it('refuses a calloc whose product overflows', () => {
    const { malloc } = heapProcess();
    assert.equal(malloc.calloc(2n ** 33n, 2n ** 33n), 0);
    assert.equal(malloc.errno, ENOMEM);
    assert.equal(malloc.reallocarray(0, 2n ** 63n, 3), 0);
    assert.equal(malloc.errno, ENOMEM);
  });

  it('fails in a process without address space left, with the block of realloc intact', () => {
    const { malloc, memory } = heapProcess();
    const mem = malloc.malloc(100);
    memory.fill(mem, 7, 100);
    memory.limits.addressSpace = memory.addressSpace.totalPages * 4096;
    assert.equal(malloc.realloc(mem, 10_000_000), 0);
    assert.equal(malloc.errno, ENOMEM);
    assert.ok(memory.readBytes(mem, 100).every((byte) => byte === 7));
  });

  it('answers bad alignments as each function does', () => {
    const { malloc } = heapProcess();
    assert.deepEqual(malloc.posixMemalign(24, 10), { status: EINVAL, mem: 0 });
    assert.deepEqual(malloc.posixMemalign(4, 10), { status: EINVAL, mem: 0 });
    assert.equal(malloc.memalign(2n ** 63n + 1n, 10), 0);
    assert.equal(malloc.errno, EINVAL);
    assert.equal(malloc.alignedAlloc(48, 10) % 64, 0);
    const newer = heapProcess('2.38').malloc;
    assert.equal(newer.alignedAlloc(48, 10), 0);
    assert.equal(newer.errno, EINVAL);
  });

  it('gives the tcache structure of a free before the first malloc an arena of its own', () => {
    // Measured with gcc 12 and glibc 2.36: free of a fake chunk on the stack, then malloc(40), malloc(56).
    const { malloc, memory } = heapProcess();
    const local = 0x7fffffffe000;
    memory.mmap(0x7fffffffd000, 0x2000, 3, 0x32, -1, 0);
    memory.writeNumber64(local + 8, 0x41);
    malloc.free(local + 16);
    assert.equal(malloc.malloc(40), HEAP_START + 0x10);
    assert.equal(malloc.malloc(56), local + 16);
  });

  it('gives a block that the program forged, wherever it lies (tcache poisoning)', () => {
    const { malloc, memory } = heapProcess('2.31');
    const [a, b] = [malloc.malloc(24), malloc.malloc(24)];
    const target = malloc.malloc(200);
    malloc.free(a);
    malloc.free(b);
    memory.writeNumber64(b, target + 0x28);
    assert.equal(malloc.malloc(24), b);
    assert.equal(malloc.malloc(24), target + 0x28);
  });

  it('follows a link that no number holds to its fault', () => {
    const { malloc, memory } = heapProcess('2.31');
    const [a, b] = [malloc.malloc(24), malloc.malloc(24)];
    malloc.free(a);
    malloc.free(b);
    memory.writeU64(b, 0x4141414141414141n);
    malloc.malloc(24);
    assert.throws(
      () => malloc.malloc(24),
      (error) => error instanceof MemoryFault && error.code === 'SI_KERNEL',
    );
  });
});

describe('aborts', () => {
  it('have the words of glibc and tell the call that did not return', () => {
    const tracer = new KeepingTracer();
    const { malloc } = heapProcess('2.36', 'x86_64', { tracer });
    const mem = malloc.malloc(24);
    malloc.free(mem);
    assert.throws(
      () => malloc.free(mem),
      (error) =>
        error instanceof MallocAbort && error.stderr === 'free(): double free detected in tcache 2\n',
    );
    assert.equal(malloc.unfinished?.name, 'free');
    assert.match(malloc.unfinished.why.map(english).join(' '), /was freed before/);
  });

  it('keep the message in a mapping of its own', () => {
    const tracer = new KeepingTracer();
    const { malloc } = heapProcess('2.36', 'x86_64', { tracer });
    const mem = malloc.malloc(24);
    assert.throws(() => malloc.free(mem + 8), /free\(\): invalid pointer/);
    const last = tracer.events.at(-1);
    assert.ok(last?.kind === 'syscall' && last.name === 'mmap');
  });
});

describe('events', function () {
  this.timeout(20_000);
  it('report every call with its arguments, result, caller and what happened inside', () => {
    const tracer = new KeepingTracer(false);
    const { malloc } = heapProcess('2.36', 'x86_64', { tracer });
    malloc.caller = 'printf';
    const mem = malloc.malloc(1024);
    malloc.free(mem);
    const again = malloc.malloc(1024);
    assert.equal(again, mem);
    const [first, second, third] = mallocEvents(tracer);
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    assert.deepEqual([first.name, first.args, first.result, first.since], ['malloc', [1024], mem, 0]);
    assert.deepEqual([second.name, second.args, second.result], ['free', [mem], 0]);
    assert.deepEqual([third.name, third.args, third.result], ['malloc', [1024], mem]);
    assert.equal(first.caller, 'printf');
    assert.deepEqual(first.why, []);
    assert.ok(tracer.events.indexOf(first) > 2, 'brk and faults come before');
  });

  it('explain the first malloc(1) step by step', () => {
    const tracer = new KeepingTracer();
    const { malloc } = heapProcess('2.36', 'x86_64', { tracer });
    malloc.malloc(1);
    const trail = mallocEvents(tracer)[0]?.why.map(english) ?? [];
    assert.match(trail[0] ?? '', /the chunk needs 32 bytes/);
    assert.match(trail[1] ?? '', /structure \(64 bins, 640 bytes\)/);
    assert.ok(trail.some((line) => line.includes('the break must rise by 135168')));
    assert.equal(trail.at(-1), 'Top has 134512 bytes: 32 are cut from its low end, 134480 remain.');
  });

  it('have every argument that their texts name, in all releases and both languages', () => {
    for (const { name } of glibcReleases) {
      for (const target of name === '2.36' ? (['x86_64', 'i386'] as const) : (['x86_64'] as const)) {
        const tracer = new KeepingTracer();
        const { malloc } = heapProcess(name, target, { tracer });
        exercise(malloc);
        for (const event of mallocEvents(tracer)) event.why.forEach(english);
        assert.ok(mallocEvents(tracer).length > 100);
      }
    }
  });

  it('give the same addresses with and without a listener', () => {
    const results = [undefined, new KeepingTracer(true), new KeepingTracer(false)].map((tracer) => {
      const { malloc } = heapProcess('2.36', 'x86_64', tracer === undefined ? {} : { tracer });
      return exercise(malloc);
    });
    assert.deepEqual(results[1], results[0]);
    assert.deepEqual(results[2], results[0]);
  });
});

/** Calls that reach every list. @returns the addresses they gave */
function exercise(malloc: ReturnType<typeof heapProcess>['malloc']): number[] {
  const given: number[] = [];
  const sizes = [1, 24, 40, 100, 120, 136, 500, 1000, 1040, 2000, 3000, 70_000, 200_000];
  for (let round = 0; round < 12; round += 1) {
    const blocks = sizes.map((bytes) => malloc.malloc(bytes + round));
    given.push(...blocks);
    blocks.forEach((mem, i) => {
      if ((i + round) % 3 === 0) given.push(malloc.realloc(mem, (sizes[i] ?? 0) * 2));
      else malloc.free(mem);
    });
    given.push(malloc.calloc(3, 50), malloc.memalign(256, 300), malloc.valloc(10));
  }
  malloc.mallocTrim(0);
  malloc.mallopt(1, 0);
  return given;
}

describe('inspection', () => {
  it('shows chunks in address order with the list each is on', () => {
    const { malloc } = heapProcess();
    const small = malloc.malloc(24);
    const large = malloc.malloc(2000);
    malloc.malloc(24);
    malloc.free(small);
    malloc.free(large);
    const info = inspectArena(malloc.state);
    assert.ok(info.complete);
    assert.deepEqual(
      info.chunks.map(({ mem, size, state, bin }) => [mem - HEAP_START, size, state, bin]),
      [
        [0x10, 0x290, 'tcache-struct', undefined],
        [0x2a0, 0x20, 'tcache', 0],
        [0x2c0, 0x7e0, 'unsorted', 1],
        [0xaa0, 0x20, 'in-use', undefined],
        [0xac0, 0x21000 - 0xab0, 'top', undefined],
      ],
    );
    assert.deepEqual(info.unsorted.chunks, [large - 16]);
    assert.deepEqual(info.tcache, [{ bin: 0, count: 1, chunks: [small] }]);
  });

  it('changes nothing and faults nothing in', () => {
    const { malloc, memory } = heapProcess();
    malloc.malloc(100_000);
    const faults = memory.counters.minflt;
    inspectArena(malloc.state);
    assert.equal(memory.counters.minflt, faults);
  });

  it('describes an mmapped chunk by its header', () => {
    const { malloc } = heapProcess();
    malloc.malloc(1);
    const info = describeChunk(malloc.state, malloc.malloc(200_000));
    assert.equal(info.mmapped, true);
    assert.equal(info.size, 0x31000);
    assert.equal(info.usable, 0x30ff0);
  });
});
