/**
 * Runs a program on the whole machine, its one thread left whenever a time slice is over.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toAddress } from '../../src/base/address.ts';
import { generate } from '../../src/core/codegen/generate.ts';
import { Machine } from '../../src/core/process/machine.ts';
import { SUSPENDED } from '../../src/core/process/thread-switch.ts';
import type { CompileOptions } from '../../src/core/sema/placement.ts';
import { machineProfile, programBase } from '../../src/core/target/machine-profile.ts';
import { renderText } from '../../src/core/text/all-texts.ts';
import type { TraceEvent } from '../../src/core/trace/trace-event.ts';
import { defaultAnalysisOptions } from '../../src/session/analysis.ts';
import { buildProgram } from '../../src/session/build.ts';
import type { BuiltProgram } from '../../src/session/build.ts';

/** Loop iterations and calls until a run is ended. */
const FUEL = 1_000_000;

export interface SlicedRun {
  /** Everything that the program printed, and how it ended. */
  readonly end: string;
  readonly switches: number;
}

/**
 * Compiles and runs a program.
 *
 * @param slice - loop iterations and calls between two switches; undefined to run it as a program without threads
 */
export function runInSlices(
  text: string,
  slice: number | undefined,
  options: { readonly compile: CompileOptions; readonly headers: readonly string[] },
): SlicedRun {
  const profile = machineProfile(options.compile.target);
  const { program, problems } = buildProgram(
    [{ name: 'program.c', text }],
    { ...defaultAnalysisOptions, compile: options.compile, host: headersIn(options.headers) },
    profile,
    (one) => renderText(one, 'en'),
  );
  if (program === undefined) throw new Error(problems[0]?.text ?? 'no main');
  const { compiled, module } = slice === undefined ? program : suspendable(program);
  const output: Uint8Array[] = [];
  let switches = 0;
  const machine = new Machine({
    program: compiled,
    module,
    image: program.analysis.image,
    linear: new WebAssembly.Memory({ initial: 160, maximum: 8192 }),
    tracer: {
      wantsWhy: false,
      count: 0,
      emit(event: TraceEvent): void {
        if (event.kind === 'output') output.push(event.bytes.slice());
      },
    },
    makeScheduler: (threadSwitch, clock) => ({
      runMain: (main) => {
        for (;;) {
          clock.setSlice(slice);
          const result = threadSwitch.run(main);
          clock.setSlice(undefined);
          if (result !== SUSPENDED) return result;
          switches += 1;
        }
      },
      sliceOver: () => {
        if (threadSwitch.maySuspend) threadSwitch.suspend();
        else clock.setSlice(slice);
      },
    }),
    inputs: {
      profile,
      argv: ['./program'],
      envp: [],
      programPath: '/home/user/program',
      stdin: new Uint8Array(),
      stdinKind: 'pipe',
      stdoutKind: 'pipe',
      pid: 4242,
      fuel: FUEL,
    },
  });
  const trap = machine.run();
  return { end: `${Buffer.concat(output).toString('latin1')}${JSON.stringify(trap)}`, switches };
}

/** The code of a program that could start threads. */
function suspendable({ analysis, profile }: BuiltProgram): Pick<BuiltProgram, 'compiled' | 'module'> {
  const { compile } = analysis.options;
  const compiled = generate(
    analysis.units.map((unit) => unit.unit),
    analysis.linked,
    new Map(analysis.units.flatMap((unit) => [...unit.layouts])),
    compile,
    { loadBias: toAddress(compile.link === 'pie' ? programBase(profile) : 0), isSuspendable: true },
  );
  return { compiled, module: new WebAssembly.Module(compiled.wasm) };
}

/** Finds headers in folders of the host. */
function headersIn(folders: readonly string[]): typeof defaultAnalysisOptions.host {
  return {
    resolve: (name, _, includer) => {
      for (const folder of [dirname(includer.name), ...folders]) {
        const path = join(folder, name);
        try {
          return { name: path, text: readFileSync(path, 'utf8') };
        } catch {
          // Not in this folder.
        }
      }
      return undefined;
    },
  };
}
