/**
 * How fast the simulated malloc is: calls in a tight loop, nobody listening, best of several passes.
 *
 * Real glibc takes 15 to 30 ns for such calls; the aim is at most eight times that.
 */
import { performance } from 'node:perf_hooks';
import { Malloc } from '../src/core/malloc/malloc.ts';
import { PlainLinearMemory } from '../src/core/mm/linear-memory.ts';
import { ProcessMemory } from '../src/core/mm/process-memory.ts';
import { x86_64 } from '../src/core/target/data-model.ts';
import { defaultGlibcRelease } from '../src/core/target/glibc-release.ts';
import { machineProfile } from '../src/core/target/machine-profile.ts';
import { NullTracer } from '../src/core/trace/trace-event.ts';

/** Sizes asked for, chosen by a number below 2^31. */
const workloads: Readonly<Record<string, (random: number) => number>> = {
  'small (up to 120 bytes)': (random) => random % 121,
  'cached (up to 1000 bytes)': (random) => random % 1001,
  'mixed (up to 8000 bytes)': (random) => (random % 8 === 0 ? random % 8001 : random % 300),
};

const CALLS = 200_000;
const BLOCKS = 400;
const PASSES = 9;
const LIBC_DATA = 0x7ffff7fb1000;

function newMalloc(): Malloc {
  const memory = new ProcessMemory({
    linear: new PlainLinearMemory(64, 16384),
    profile: machineProfile('x86_64'),
    tracer: new NullTracer(),
  });
  memory.mm.startBrk = 0x555555559000;
  memory.mm.brk = memory.mm.startBrk;
  memory.mmap(LIBC_DATA, 0x2000, 3, 0x32, -1, 0);
  return new Malloc({
    memory,
    syscalls: memory,
    model: x86_64,
    release: defaultGlibcRelease,
    mainArena: LIBC_DATA + 0xc60,
    tcacheKey: 0xa7a6a5a4a3a2a1a0n,
  });
}

/** Frees the block of a random slot, or fills it. @returns nanoseconds a call */
function pass(malloc: Malloc, sizeOf: (random: number) => number): number {
  const blocks = new Float64Array(BLOCKS);
  let state = 12345;
  const start = performance.now();
  for (let i = 0; i < CALLS; i += 1) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    const slot = (state >>> 8) % BLOCKS;
    const block = blocks[slot] ?? 0;
    if (block === 0) blocks[slot] = malloc.malloc(sizeOf(state >>> 4));
    else {
      malloc.free(block);
      blocks[slot] = 0;
    }
  }
  const elapsed = performance.now() - start;
  for (const block of blocks) malloc.free(block);
  return (elapsed * 1e6) / CALLS;
}

for (const [name, sizeOf] of Object.entries(workloads)) {
  const malloc = newMalloc();
  const times = Array.from({ length: PASSES }, () => pass(malloc, sizeOf));
  const [first = 0] = times;
  console.log(
    `${name}: first pass ${first.toFixed(0)} ns a call, best ${Math.min(...times).toFixed(0)} ns a call`,
  );
}
