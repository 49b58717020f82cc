/**
 * The experiments: small C programs whose address space was recorded at marked points.
 *
 * The program's own system calls are made again in their order; the lines of maps and the totals at each mark must be those of
 * the recording. experiment-scripts.test.ts and experiments-run.test.ts count the page faults too.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { PlainLinearMemory } from '../../../src/core/mm/linear-memory.ts';
import { ProcessMemory } from '../../../src/core/mm/process-memory.ts';
import { loadProgram } from '../../../src/core/process/loader.ts';
import { machineProfile } from '../../../src/core/target/machine-profile.ts';
import { NullTracer } from '../../../src/core/trace/trace-event.ts';
import { imageOf, pickTotals, shortLines, totals } from './experiment-recording.ts';
import type { Event, Experiment } from './experiment-recording.ts';

const folder = new URL('../experiments/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

function read(name: string): Experiment {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Experiment;
}

/** A recorded program at main. The recorder's processes had no library cache. */
function start(experiment: Experiment): ProcessMemory {
  const image = imageOf(experiment);
  const profile = { ...machineProfile(image.target), ldCacheBytes: 0, stackLimit: experiment.stack_limit };
  const memory = new ProcessMemory({
    linear: new PlainLinearMemory(32, 32768),
    profile,
    tracer: new NullTracer(),
  });
  loadProgram({ image, memory, argv: ['program'], envp: [], programPath: 'program' });
  return memory;
}

function compareMark(memory: ProcessMemory, event: Event): void {
  const recorded = event.maps!.filter((row) => row[4] !== '[vsyscall]');
  const stack = recorded.find((row) => row[4] === '[stack]')!;
  const ours = memory.mm.stackVma()!;
  // The program's calls went deeper than ours, which makes none.
  if (Number(stack[0]) < ours.start) memory.writeU8(Number(stack[0]) + 8, 1);
  assert.deepEqual(
    shortLines(memory),
    recorded.map((row) => row.slice(0, 5)),
    event.name,
  );
  assert.deepEqual(totals(memory), pickTotals(event), event.name);
}

/** Makes a recorded system call again and checks its result. */
function repeat(memory: ProcessMemory, call: NonNullable<Event['call']>): void {
  const [name, ...rest] = call;
  const numbers = rest.map(Number);
  const expected = numbers[numbers.length - 1]!;
  const [a = 0, b = 0, c = 0, d = 0] = numbers;
  switch (name) {
    case 'brk':
      assert.equal(memory.brk(a), expected);
      if (a > memory.mm.startBrk) memory.writeU8(memory.mm.startBrk, 0);
      return;
    case 'mmap':
      assert.equal(memory.mmap(a, b, c, d, -1, 0), expected);
      // malloc writes the chunk's header.
      if ((c & 2) !== 0) memory.writeU8(expected, 0);
      return;
    case 'munmap':
      assert.equal(memory.munmap(a, b), expected);
      return;
    case 'mprotect':
      assert.equal(memory.mprotect(a, b, c), expected);
      if ((c & 2) !== 0) memory.writeU8(a + b - 1, 0);
      return;
    case 'madvise':
      assert.equal(memory.madvise(a, b, c), expected);
      return;
    case 'mremap':
      assert.equal(memory.mremap(a, b, c, d, 0), expected);
      return;
    default:
      throw new Error(`unknown call ${name}`);
  }
}

describe('experiments', () => {
  for (const name of names) {
    const experiment = read(name);
    it(`${name.slice(0, -5)} has the maps of the recording at every mark`, () => {
      const memory = start(experiment);
      // ld.so's own calls end with the last mprotect before the first mark of main.
      // Threads share the address space; a child has its own.
      const events = experiment.events.filter(({ who }) => who === 'main' || who?.startsWith('thread'));
      const marked = events.findIndex((event) => event.ev === 'mark' && event.name !== 'exec');
      let from = 0;
      for (let index = 0; index < marked; index++)
        if (events[index]!.call?.[0] === 'mprotect') from = index + 1;
      let marks = 0;
      for (const event of events.slice(from)) {
        if (event.ev === 'sys') repeat(memory, event.call!);
        else if (event.ev === 'mark') {
          compareMark(memory, event);
          marks += 1;
        } else if (event.ev === 'fork') break;
        memory.addressSpace.checkInvariants();
      }
      assert.ok(marks > 0);
    });
  }
});
