/**
 * The experiments, run: their C text is compiled and executed here, and at every mark maps, totals and page faults are those
 * of the recording.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { decodeUtf8 } from '../../../src/base/utf8.ts';
import { GlobalOffsetTable } from '../../../src/core/process/global-offset-table.ts';
import { LibcSymbols } from '../../../src/core/process/libc-symbols.ts';
import { Machine } from '../../../src/core/process/machine.ts';
import type { TraceEvent, Tracer } from '../../../src/core/trace/trace-event.ts';
import { machineProfile } from '../../../src/core/target/machine-profile.ts';
import type { BuiltProgram } from '../../../src/session/build.ts';
import { buildProgram } from '../../../src/session/build.ts';
import { defaultAnalysisOptions, hostOf } from '../../../src/session/analysis.ts';
import { linesWithPages, pickTotals, settleRecorded, totals } from './experiment-recording.ts';
import type { Experiment } from './experiment-recording.ts';

const folder = new URL('../experiments/', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** Recordings that are not run here, and why. */
const notRun: Readonly<Record<string, string>> = {
  'stack_overflow-64':
    'deeper than the stack of the process that runs the tests; the one with a limit of 1 MiB is run',
  'stack_overflow-32': 'likewise',
};

/**
 * The recorded programs were linked with `-z now -rpath DIR`, which the linker here does not offer: their tables of addresses
 * are shorter, so their code and data lie some bytes lower in the same pages.
 */
function isMovedByLink(program: string, line: string): boolean {
  return program === 'layout' && /^(code|data|bss) /.test(line);
}

/** Binds all calls before the program starts, as `-z now` has it: first calls write to no page then. */
function bindNow({ memory, loaded }: Machine, { compiled, analysis: { image } }: BuiltProgram): void {
  const table = new GlobalOffsetTable(image, loaded.loadBias);
  const symbols = new LibcSymbols(compiled, memory.profile, image.neededLibraries);
  for (const name of image.imports) {
    const slot = table.slotOf(name);
    if (slot === undefined) continue;
    const addr = symbols.addressOf(name, loaded.libcBase ?? 0);
    if (image.target === 'x86_64') memory.writeU64(slot, BigInt(addr));
    else memory.writeU32(slot, addr);
  }
}

/** What the program has shown at a mark. */
interface Mark {
  readonly name: string;
  /** Of the process since the mark of the same thread before; `undefined` at its first one. */
  readonly faults: number | undefined;
  readonly maps: readonly unknown[];
  readonly kb: Readonly<Record<string, number | undefined>>;
}

/** Looks at the process whenever it writes `MARK name` to descriptor -1, as the recorder did. */
class MarkTracer implements Tracer {
  readonly wantsWhy = false;
  readonly marks: Mark[] = [];
  output = '';
  machine: Machine | undefined;
  count = 0;
  /** Faults of the process up to the last mark of each thread. */
  readonly #faultsBefore = new Map<number, number>();

  emit(event: TraceEvent): void {
    this.count += 1;
    if (event.kind === 'output' && event.fd === 1) this.output += decodeUtf8(event.bytes);
    if (event.kind !== 'syscall' || event.name !== 'write' || event.args[0] !== -1) return;
    const { machine } = this;
    assert.ok(machine !== undefined);
    const [, addr = 0, length = 0] = event.args;
    const name = decodeUtf8(machine.memory.readBytes(addr, length)).slice('MARK '.length);
    const { memory } = machine;
    if (this.marks.length === 0) settleRecorded(memory);
    const { number: thread } = machine.threads.current;
    const before = this.#faultsBefore.get(thread);
    const faults = before === undefined ? undefined : memory.counters.minflt - before;
    this.marks.push({ name, faults, maps: linesWithPages(memory), kb: totals(memory) });
    this.#faultsBefore.set(thread, memory.counters.minflt);
  }
}

function run(
  program: string,
  experiment: Experiment,
): { readonly tracer: MarkTracer; readonly status: string } {
  const target = experiment.word === 8 ? 'x86_64' : 'i386';
  const profile = { ...machineProfile(target), ldCacheBytes: 0, stackLimit: experiment.stack_limit };
  const { program: built, problems } = buildProgram(
    [{ name: `${program}.c`, text: text(`${program}.c`) }],
    {
      ...defaultAnalysisOptions,
      compile: { ...defaultAnalysisOptions.compile, target },
      host: hostOf([{ name: 'mark.h', text: text('mark.h') }]),
    },
    profile,
    (one) => one.key,
  );
  assert.ok(built !== undefined, problems.map((problem) => problem.text).join('\n'));
  const tracer = new MarkTracer();
  const machine = new Machine({
    program: built.compiled,
    module: built.module,
    image: built.analysis.image,
    linear: new WebAssembly.Memory({ initial: 160, maximum: 32768 }),
    tracer,
    inputs: {
      profile,
      argv: ['program'],
      envp: [],
      programPath: 'program',
      stdin: new Uint8Array(),
      stdinKind: 'pipe',
      stdoutKind: experiment.stdout_is === 'terminal' ? 'terminal' : 'pipe',
      pid: 4242,
      fuel: 1e9,
    },
  });
  tracer.machine = machine;
  bindNow(machine, built);
  const trap = machine.run();
  const status =
    trap.kind === 'exit'
      ? `exit ${String(trap.status)}`
      : trap.kind === 'signal'
        ? `signal ${trap.signal}`
        : trap.kind;
  return { tracer, status };
}

describe('experiments, compiled and run', () => {
  for (const file of readdirSync(folder).filter((name) => /-(?:64|32)(-\w+)?\.json$/.test(name))) {
    const program = file.replace(/-(?:64|32).*$/, '');
    if (Object.hasOwn(notRun, file.slice(0, -5))) continue;
    it(file.slice(0, -5), () => {
      const experiment = JSON.parse(text(file)) as Experiment;
      const { tracer, status } = run(program, experiment);
      // Of children only what they write is told.
      const recorded = experiment.events.filter(
        (event) => event.ev === 'mark' && event.name !== 'exec' && !String(event.who).startsWith('child'),
      );
      assert.deepEqual(
        tracer.marks.map(({ name }) => name),
        recorded.map(({ name }) => name),
      );
      tracer.marks.forEach((mark, index) => {
        const event = recorded[index]!;
        assert.deepEqual(
          mark.maps,
          event.maps!.filter((row) => row[4] !== '[vsyscall]'),
          mark.name,
        );
        assert.deepEqual(mark.kb, pickTotals(event), mark.name);
        assert.equal(mark.faults, event.minflt, mark.name);
      });
      const lines = (output: string): string[] =>
        output.split('\n').filter((line) => !isMovedByLink(program, line));
      // A terminal itself puts a return before each newline.
      assert.deepEqual(lines(tracer.output), lines(experiment.stdout.replaceAll('\r\n', '\n')));
      assert.equal(status.replace('SIGSEGV', '11'), experiment.status);
    });
  }
});
