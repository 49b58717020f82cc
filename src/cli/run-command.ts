/**
 * `run`: the program's output as it comes, and its end as a shell sees it.
 */
import { writeSync } from 'node:fs';
import process from 'node:process';
import { isatty } from 'node:tty';
import { Machine } from '../core/process/machine.ts';
import { TrapError, signalNumbers } from '../core/process/trap.ts';
import type { SignalName, Trap } from '../core/process/trap.ts';
import { renderText } from '../core/text/all-texts.ts';
import type { TraceEvent, Tracer } from '../core/trace/trace-event.ts';
import { buildProgram } from '../session/build.ts';
import type { BuiltProgram } from '../session/build.ts';
import { CodePlaces } from '../session/code-places.ts';
import { programPathFor } from '../session/program-path.ts';
import { runProfile } from '../session/run-profile.ts';
import { problemLine } from './output.ts';
import { readBytes, readDataFiles, readProgram } from './program-files.ts';
import type { CommandLine } from './usage.ts';

/** Where the program lies and begins. */
const homeFolder = '/home/user';

/** Writes output through, keeps nothing else. */
class OutputTracer implements Tracer {
  readonly wantsWhy = false;
  readonly ignoresMalloc = true;
  readonly #limit: number;
  #bytes = 0;
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get count(): number {
    return this.#count;
  }

  emit(event: TraceEvent): void {
    this.#count += 1;
    if (event.kind !== 'output') return;
    this.#bytes += event.bytes.length;
    if (this.#bytes > this.#limit)
      throw new TrapError({ kind: 'limit', limit: 'output', value: this.#limit });
    writeFully(event.fd, event.bytes);
  }
}

/** Writes all bytes to one of our own descriptors; a pipe may take them in parts. */
export function writeFully(fd: number, bytes: Uint8Array): void {
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') throw error;
    }
  }
}

/** Runs the program. @returns exit status; 128 + signal number for a signal, as shells give it */
export function runCommand(line: CommandLine): number {
  const language = line.language;
  const { sources, options, warnings } = readProgram(line);
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  const built = buildProgram(
    sources,
    options,
    runProfile({ target: options.compile.target, glibc: line.glibc, machine: line.machine }),
    (text) => renderText(text, language),
  );
  for (const problem of built.problems) {
    if (problem.severity === 'error' || built.program === undefined)
      process.stderr.write(`${problemLine(problem)}\n`);
  }
  if (built.program === undefined) {
    if (!built.problems.some((problem) => problem.severity === 'error')) {
      process.stderr.write(`${line.files[0] ?? ''}: error: there is no main function\n`);
    }
    return 1;
  }
  const { program } = built;
  const path = programPathFor(line.files[0] ?? '');
  const machine = new Machine({
    program: program.compiled,
    module: program.module,
    image: program.analysis.image,
    linear: new WebAssembly.Memory({
      initial: 160,
      maximum: Math.min(65536, 160 + Math.ceil(line.limits.memoryBytes / 65536)),
    }),
    tracer: new OutputTracer(line.limits.outputBytes),
    inputs: {
      profile: program.profile,
      glibc: line.glibc,
      argv: [path, ...line.programArguments],
      envp: line.environment,
      programPath: `${homeFolder}/${path.slice(2)}`,
      stdin: line.stdinFile === undefined ? new Uint8Array() : readBytes(line.stdinFile),
      stdinKind: 'pipe',
      stdoutKind: line.stdout ?? (isatty(1) ? 'terminal' : 'pipe'),
      pid: 4242,
      files: new Map(
        readDataFiles(line.dataFiles).map(({ name, bytes }) => [`${homeFolder}/${name}`, bytes]),
      ),
      fuel: line.limits.fuel,
    },
  });
  return reportEnd(machine.run(), line, program);
}

function reportEnd(trap: Trap, line: CommandLine, program: BuiltProgram): number {
  switch (trap.kind) {
    case 'exit':
      return trap.status;
    case 'signal':
      if (!quietSignals.has(trap.signal)) process.stderr.write(`${signalWords[trap.signal]}\n`);
      // A script compares the real program's words; whoever watches wants to know more.
      if (trap.why !== undefined && (line.why || isatty(2)))
        process.stderr.write(`memory-atlas: ${renderText(trap.why, line.language)}\n`);
      return 128 + signalNumbers[trap.signal];
    case 'abort':
      process.stderr.write('Aborted\n');
      return 128 + signalNumbers.SIGABRT;
    case 'limit':
      process.stderr.write(
        `memory-atlas: ${renderText({ key: `process.limit.${trap.limit}`, args: { value: trap.value } }, line.language)}\n`,
      );
      reportUnwritten(trap.unwritten, line);
      return 124;
    case 'unsupported':
      process.stderr.write(
        `memory-atlas: ${placeBefore(trap.position, program)}${renderText(trap.text, line.language)}\n`,
      );
      reportUnwritten(trap.unwritten, line);
      return 125;
  }
}

/** `file:line:column: ` of a position of the program, empty for one that is in no file. */
function placeBefore(position: number | undefined, program: BuiltProgram): string {
  const found = position === undefined ? undefined : program.compiled.positions[position];
  const place = found && new CodePlaces(program).placeOf(found);
  return place === undefined ? '' : `${place.file}:${String(place.line)}:${String(place.column)}: `;
}

/** Output that the program had not written yet when the simulation stopped it. */
function reportUnwritten(bytes: number | undefined, line: CommandLine): void {
  if (bytes === undefined) return;
  process.stderr.write(
    `memory-atlas: ${renderText({ key: 'process.unwritten', args: { bytes } }, line.language)}\n`,
  );
}

/** What a shell prints when a signal ends a program. */
const signalWords: Readonly<Record<SignalName, string>> = {
  SIGHUP: 'Hangup',
  SIGINT: 'Interrupt',
  SIGQUIT: 'Quit',
  SIGILL: 'Illegal instruction',
  SIGTRAP: 'Trace/breakpoint trap',
  SIGABRT: 'Aborted',
  SIGBUS: 'Bus error',
  SIGFPE: 'Floating point exception',
  SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1',
  SIGSEGV: 'Segmentation fault',
  SIGUSR2: 'User defined signal 2',
  SIGPIPE: 'Broken pipe',
  SIGALRM: 'Alarm clock',
  SIGTERM: 'Terminated',
  SIGSTKFLT: 'Stack fault',
  SIGXCPU: 'CPU time limit exceeded',
  SIGXFSZ: 'File size limit exceeded',
  SIGVTALRM: 'Virtual timer expired',
  SIGPROF: 'Profiling timer expired',
  SIGIO: 'I/O possible',
  SIGPWR: 'Power failure',
  SIGSYS: 'Bad system call',
  SIGRTMIN: 'Real-time signal 0',
};

/** Signals that a shell says nothing about: the user sent them, or a reader went away. */
const quietSignals: ReadonlySet<SignalName> = new Set(['SIGINT', 'SIGPIPE']);
