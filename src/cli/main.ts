/**
 * Entry of the command `memory-atlas`.
 *
 * Exit status: 0 ok, 1 the input has errors, 2 wrong usage, 125 a program that is not modelled; of `run` that of the program.
 */
import process from 'node:process';
import { Worker, isMainThread } from 'node:worker_threads';
import { NotModelled } from '../core/trace/not-modelled.ts';
import { followBranchHints } from './engine-flags.ts';
import { layoutCommand } from './layout-command.ts';
import { mapsCommand } from './maps-command.ts';
import { mapCommand } from './map-command.ts';
import { replayCommand } from './replay-command.ts';
import { runCommand, writeFully } from './run-command.ts';
import { segmentsCommand } from './segments-command.ts';
import type { CommandResult } from './segments-command.ts';
import { checkCommand, diffCommand, heapCommand, inspectCommand, traceCommand } from './session-commands.ts';
import type { CommandLine } from './usage.ts';
import { UsageError, parseCommandLine, usageText } from './usage.ts';

function main(words: readonly string[]): number {
  if (words.length === 0 || words[0] === '--help' || words[0] === '-h') {
    process.stdout.write(usageText);
    return words.length === 0 ? 2 : 0;
  }
  try {
    return words[0] === 'replay' ? replayCommand(words.slice(1)) : execute(parseCommandLine(words));
  } catch (error) {
    // A run ends with what is not modelled; this is a program that does not even start.
    if (!(error instanceof UsageError || error instanceof NotModelled)) throw error;
    process.stderr.write(`memory-atlas: ${error.message}\n`);
    return error instanceof UsageError ? 2 : 125;
  }
}

function execute(line: CommandLine): number {
  switch (line.command) {
    case 'segments':
      return print(segmentsCommand(line));
    case 'layout':
      return print(layoutCommand(line));
    case 'run':
      return runCommand(line);
    case 'trace':
      return print(traceCommand(line));
    case 'maps':
      return print(mapsCommand(line));
    case 'heap':
      return print(heapCommand(line));
    case 'check':
      return print(checkCommand(line));
    case 'inspect':
      return print(inspectCommand(line));
    case 'diff':
      return print(diffCommand(line));
    case 'map':
      return print(mapCommand(line));
  }
}

function print(result: CommandResult): number {
  const encoder = new TextEncoder();
  writeFully(2, encoder.encode(result.stderr));
  writeFully(1, encoder.encode(result.stdout));
  return result.status;
}

/**
 * Megabytes of stack for the thread that runs the program: its calls nest on the host's stack too, and 8 MiB of
 * simulated stack hold half a million of the smallest frames.
 */
const stackSizeMb = 256;

/** Status where the reader of our output went away (`| head`): that of a process that SIGPIPE ends. */
const brokenPipe = 128 + 13;

/** Runs the command in a thread with a large stack, and ends with its status. */
function runInThread(): void {
  const worker = new Worker(new URL(import.meta.url), {
    argv: process.argv.slice(2),
    resourceLimits: { stackSizeMb, maxOldGenerationSizeMb: 4096 },
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      process.exitCode = brokenPipe;
      return;
    }
    process.stderr.write(`memory-atlas: internal error: ${error.stack ?? error.message}\n`);
    process.exitCode = 70;
  });
  worker.on('exit', (status) => {
    process.exitCode ??= status;
  });
}

if (isMainThread) followBranchHints();
// A thread cannot load what a development loader translates: sources run on the main thread.
if (isMainThread && !import.meta.url.endsWith('.ts')) runInThread();
else process.exitCode = main(process.argv.slice(2));
