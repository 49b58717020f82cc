/**
 * How fast the simulated malloc is beside the real one: three traces of 200,000 operations, replayed without a listener
 * in the simulator and natively, in the same run.
 *
 * The native time is that of the first pass of a fresh process, the best of several processes; the simulator's is that of
 * a pass after warming up. Both start each pass with an empty heap of the pass before. Time is that of the thread, so that
 * other programs on the machine disturb less. The simulator is bundled as it ships: `--inner` marks the bundle's run.
 * The aim: at most 8 times, better 3.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { Malloc } from '../src/core/malloc/malloc.ts';
import { PlainLinearMemory } from '../src/core/mm/linear-memory.ts';
import { ProcessMemory } from '../src/core/mm/process-memory.ts';
import { x86_64 } from '../src/core/target/data-model.ts';
import { defaultGlibcRelease } from '../src/core/target/glibc-release.ts';
import { machineProfile } from '../src/core/target/machine-profile.ts';
import { NullTracer } from '../src/core/trace/trace-event.ts';
import { parseTrace } from '../src/session/replay/trace.ts';
import { generateTrace } from '../test/support/live-malloc/traces.ts';

const FAMILIES = ['small', 'mixed', 'server'] as const;
const OPERATIONS = 200_000;
const SEED = 900;
const PASSES = 30;
const NATIVE_PROCESSES = 9;
const AIM = 8;
const LIBC_DATA = 0x7ffff7fb1000;

/** Three words a call: what it is, block, size. */
const MALLOC = 0;
const FREE = 1;
const REALLOC = 2;
const CALLOC = 3;

/** The allocating calls of a trace; touches and checks are left out. */
function callsOf(family: string): Uint32Array {
  const words: number[] = [];
  for (const { name, args } of parseTrace(generateTrace(family, SEED, OPERATIONS)).operations) {
    const [id = 0, first = 0, second = 0] = args.map(Number);
    if (name === 'malloc') words.push(MALLOC, id, first);
    else if (name === 'free') words.push(FREE, id, 0);
    else if (name === 'realloc') words.push(REALLOC, id, first);
    else if (name === 'calloc') words.push(CALLOC, id, first * second);
  }
  return Uint32Array.from(words);
}

function newMalloc(): Malloc {
  const memory = new ProcessMemory({
    linear: new PlainLinearMemory(1024, 16384),
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
    heapStart: memory.mm.startBrk,
    tcacheKey: 0xa7a6a5a4a3a2a1a0n,
  });
}

/** Nanoseconds that this thread has run: other programs on the machine do not count. Elsewhere than on Linux, the clock. */
function threadTime(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]);
  } catch {
    return performance.now() * 1e6;
  }
}

/** Replays the calls once. @returns nanoseconds */
function simulatedPass(malloc: Malloc, calls: Uint32Array, blocks: Float64Array): number {
  const start = threadTime();
  for (let i = 0; i < calls.length; i += 3) {
    const id = calls[i + 1] ?? 0;
    const size = calls[i + 2] ?? 0;
    switch (calls[i]) {
      case MALLOC:
        blocks[id] = malloc.malloc(size);
        break;
      case FREE:
        malloc.free(blocks[id] ?? 0);
        blocks[id] = 0;
        break;
      case REALLOC:
        blocks[id] = malloc.realloc(blocks[id] ?? 0, size);
        break;
      default:
        blocks[id] = malloc.calloc(1, size);
    }
  }
  const elapsed = threadTime() - start;
  blocks.forEach((block) => {
    malloc.free(block);
  });
  blocks.fill(0);
  return elapsed;
}

/** First passes of fresh native processes, the best of them; `undefined` without a compiler. */
function nativeFirstPass(program: string | undefined, file: string): number | undefined {
  if (program === undefined) return undefined;
  const times = Array.from({ length: NATIVE_PROCESSES }, () =>
    Number(execFileSync(program, [file], { encoding: 'utf8' }).split(' ')[0]),
  );
  return Math.min(...times);
}

function compileNative(folder: string): string | undefined {
  const program = join(folder, 'native');
  const source = join(process.cwd(), 'bench', 'native-malloc.c');
  const { status } = spawnSync('gcc', ['-O2', '-fno-builtin', '-o', program, source]);
  return status === 0 ? program : undefined;
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'memory-atlas-bench-'));
  const program = compileNative(folder);
  if (program === undefined) console.log('no gcc: nothing to compare with');
  let worst = 0;
  for (const family of FAMILIES) {
    const calls = callsOf(family);
    const file = join(folder, family);
    writeFileSync(file, calls);
    let largest = 0;
    for (let i = 1; i < calls.length; i += 3) largest = Math.max(largest, calls[i] ?? 0);
    const malloc = newMalloc();
    const blocks = new Float64Array(largest + 1);
    const passes = Array.from({ length: PASSES }, () => simulatedPass(malloc, calls, blocks));
    const simulated = Math.min(...passes);
    const native = nativeFirstPass(program, file);
    const count = calls.length / 3;
    const each = (ns: number): string => `${(ns / count).toFixed(1)} ns`;
    const ratio = native === undefined ? 0 : simulated / native;
    worst = Math.max(worst, ratio);
    console.log(
      `${family.padEnd(7)} ${count} calls: simulated ${each(simulated)} a call (first pass ${each(passes[0] ?? 0)})` +
        (native === undefined ? '' : `, native ${each(native)}: ${ratio.toFixed(1)} times`),
    );
  }
  rmSync(folder, { recursive: true });
  console.log(`peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
  if (worst > AIM) {
    console.log(`more than ${AIM} times the native time`);
    process.exitCode = 1;
  }
}

/** Bundles this file with what it measures, as packaging does, and runs the bundle. */
async function bundleAndRun(): Promise<void> {
  const { build } = await import('esbuild');
  const folder = mkdtempSync(join(tmpdir(), 'memory-atlas-bench-'));
  const outfile = join(folder, 'bench.mjs');
  const entryPoints = [join(process.cwd(), 'bench', 'malloc.bench.ts')];
  await build({
    ...{
      entryPoints,
      outfile,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
    },
    external: ['esbuild'],
  });
  const { status } = spawnSync(process.execPath, [outfile, '--inner'], { stdio: 'inherit' });
  rmSync(folder, { recursive: true });
  process.exitCode = status ?? 1;
}

if (process.argv.includes('--inner')) main();
else await bundleAndRun();
