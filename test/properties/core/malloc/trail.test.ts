/** Every decision of malloc that has a sentence is taken, and told, in some trace. */
import assert from 'node:assert/strict';
import { MallocAbort } from '../../../../src/core/malloc/abort.ts';
import { M_MMAP_MAX, M_MMAP_THRESHOLD, M_MXFAST } from '../../../../src/core/malloc/tunables.ts';
import type { Malloc } from '../../../../src/core/malloc/malloc.ts';
import type { ProcessMemory } from '../../../../src/core/mm/process-memory.ts';
import { renderText } from '../../../../src/core/text/all-texts.ts';
import { mallocTexts } from '../../../../src/core/text/malloc-texts.ts';
import type { Text } from '../../../../src/core/text/text.ts';
import { Replay } from '../../../../src/session/replay/replay.ts';
import { startStateFor } from '../../../../src/session/replay/start-states.ts';
import { parseTrace } from '../../../../src/session/replay/trace.ts';
import { KeepingTracer, heapProcess } from '../../../support/heap.ts';
import { generateTrace } from '../../../support/live-malloc/traces.ts';

const MIB = 1024 * 1024;

/** Calls that the families of traces do not make. */
const special: Readonly<Record<string, (malloc: Malloc, memory: ProcessMemory) => void>> = {
  'malloc.doubleFreeFound': (malloc) => {
    const mem = malloc.malloc(24);
    malloc.free(mem);
    malloc.free(mem);
  },
  'malloc.tooManyMmaps': (malloc) => {
    malloc.mallopt(M_MMAP_MAX, 0);
    malloc.malloc(MIB);
  },
  'malloc.optionRefused': (malloc) => {
    malloc.mallopt(M_MXFAST, 100_000);
  },
  'malloc.newArena': (malloc) => {
    malloc.malloc(24);
    malloc.enterThread(1);
    malloc.malloc(24);
  },
  'malloc.newHeap': (malloc) => {
    malloc.malloc(24);
    malloc.enterThread(1);
    malloc.malloc(24);
  },
  'malloc.freeArena': (malloc) => {
    malloc.malloc(24);
    malloc.enterThread(1);
    malloc.malloc(24);
    malloc.endThread();
    malloc.enterThread(2);
    malloc.malloc(24);
  },
  'malloc.reusedArena': (malloc) => {
    malloc.mallopt(-8, 1);
    malloc.enterThread(1);
    malloc.malloc(24);
  },
  'malloc.heapGrew': (malloc) => {
    malloc.malloc(24);
    malloc.enterThread(1);
    for (let i = 0; i < 10; i += 1) malloc.malloc(100_000);
  },
  'malloc.heapDeleted': (malloc) => {
    malloc.mallopt(M_MMAP_THRESHOLD, 32 * MIB);
    malloc.enterThread(1);
    const blocks = [0, 1, 2].map(() => malloc.malloc(25 * MIB));
    for (const mem of blocks.reverse()) malloc.free(mem);
  },
  'malloc.retry': (malloc, memory) => {
    malloc.malloc(24);
    malloc.enterThread(1);
    malloc.malloc(24);
    memory.limits.addressSpace = 1;
    malloc.malloc(100 * MIB);
  },
  'malloc.callocByHook': (malloc) => {
    malloc.calloc(3, 100);
  },
  'malloc.mremapFailed': (malloc, memory) => {
    const mem = malloc.malloc(MIB);
    memory.limits.addressSpace = memory.addressSpace.totalPages * 4096;
    malloc.realloc(mem, 8 * MIB);
  },
};

/** Releases of special calls that today's do not make. */
const releases: Readonly<Record<string, string>> = { 'malloc.callocByHook': '2.33' };

/** Fails where a sentence of a decision lacks one of its numbers, in either language. */
function assertFilled(text: Text): void {
  for (const language of ['en', 'zh-cn'] as const)
    assert.doesNotMatch(renderText(text, language), /\{\w|NaN|undefined/, `${text.key} in ${language}`);
}

/** Listens to every decision of a replay, which by itself asks for no reasons. */
function listen(replay: Replay, keys: Set<string>): Replay {
  const why = {
    push: (text: Text) => {
      if (!keys.has(text.key)) assertFilled(text);
      keys.add(text.key);
    },
  };
  Object.defineProperty(replay.process.malloc.state, 'why', { get: () => why, set: () => undefined });
  return replay;
}

describe('the trail of malloc', function () {
  this.timeout(60_000);

  for (const [key, calls] of Object.entries(special))
    it(`tells ${key}`, () => {
      const tracer = new KeepingTracer(true);
      const { malloc, memory } = heapProcess(releases[key] ?? '2.36', 'x86_64', { tracer });
      try {
        calls(malloc, memory);
      } catch (error) {
        if (!(error instanceof MallocAbort)) throw error;
      }
      const told = tracer.events.flatMap((event) => (event.kind === 'malloc' ? event.why : []));
      const texts = [...told, ...(malloc.unfinished?.why ?? [])];
      texts.forEach(assertFilled);
      const keys = texts.map((text) => text.key);
      assert.ok(keys.includes(key), [...new Set(keys)].join(' '));
    });

  it('tells every other decision in the families of traces', () => {
    const families = ['fastbin', 'mixed', 'largebin', 'realloc', 'memalign', 'calloc', 'mmap', 'trim'];
    const others = ['server', 'tunables', 'edge', 'foreign', 'limits', 'corrupt'];
    const keys = new Set<string>();
    for (const release of ['2.36', '2.44'])
      for (const family of [...families, ...others])
        for (const seed of [1, 2]) {
          const trace = parseTrace(generateTrace(family, seed, 400));
          const begin = (): Replay =>
            listen(
              new Replay(startStateFor(release, 'x86_64', trace), { bad: trace.bad, vmas: false }),
              keys,
            );
          let replay = begin();
          for (const operation of trace.operations)
            if (operation.name === 'reset') replay = begin();
            else if (!replay.ended) replay.step(operation);
        }
    const decisions = Object.keys(mallocTexts).filter((key) => !key.startsWith('malloc.tunable.'));
    assert.deepEqual(
      decisions.filter((key) => !keys.has(key) && !(key in special)),
      [],
    );
  });
});
