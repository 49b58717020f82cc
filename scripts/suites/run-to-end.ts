/**
 * Runs a program in the simulation, as `memory-atlas run` does, and keeps what it prints.
 */
import { Machine } from '../../src/core/process/machine.ts';
import { TrapError, signalNumbers } from '../../src/core/process/trap.ts';
import type { Trap } from '../../src/core/process/trap.ts';
import { machineProfile } from '../../src/core/target/machine-profile.ts';
import { renderText } from '../../src/core/text/all-texts.ts';
import type { Text } from '../../src/core/text/text.ts';
import type { TraceEvent } from '../../src/core/trace/trace-event.ts';
import type { AnalysisOptions } from '../../src/session/analysis.ts';
import { buildProgram } from '../../src/session/build.ts';

/** Bytes of output that a program may print, as in the extension. */
const mostOutput = 8 << 20;

const render = (text: Text): string => renderText(text, 'en');

function endOf(trap: Trap): string {
  switch (trap.kind) {
    case 'exit':
      return `exit ${trap.status}`;
    case 'signal':
      return `${trap.signal} (${signalNumbers[trap.signal]})`;
    case 'abort':
      return `abort: ${trap.message.trim()}`;
    case 'limit':
      return `limit: ${trap.limit}`;
    case 'unsupported':
      return `not modelled: ${render(trap.text)}`;
  }
}

/**
 * Builds a program and runs it in the simulation.
 *
 * @param fuel - loop iterations and calls until it is ended
 */
export function runToEnd(
  source: { name: string; text: string },
  options: AnalysisOptions,
  fuel = 2_000_000_000,
): { end: string; stdout: string } {
  const profile = machineProfile(options.compile.target);
  const { program, problems } = buildProgram([source], options, profile, render);
  if (program === undefined) return { end: `not built: ${problems[0]?.text ?? 'no main'}`, stdout: '' };
  const output: Uint8Array[] = [];
  let printed = 0;
  const tracer = {
    wantsWhy: false,
    count: 0,
    emit(event: TraceEvent): void {
      this.count += 1;
      if (event.kind !== 'output' || event.fd !== 1) return;
      output.push(event.bytes.slice());
      printed += event.bytes.length;
      if (printed > mostOutput) throw new TrapError({ kind: 'limit', limit: 'output', value: mostOutput });
    },
  };
  const machine = new Machine({
    program: program.compiled,
    module: program.module,
    image: program.analysis.image,
    linear: new WebAssembly.Memory({ initial: 160, maximum: 16384 }),
    tracer,
    inputs: {
      profile,
      argv: ['./a.out'],
      envp: [],
      programPath: '/home/user/a.out',
      stdin: new Uint8Array(),
      stdinKind: 'pipe',
      stdoutKind: 'pipe',
      pid: 4242,
      fuel,
    },
  });
  const end = endOf(machine.run());
  return { end, stdout: Buffer.concat(output).toString('utf8') };
}
