/**
 * Entry of the command `memory-atlas`.
 *
 * Exit status: 0 ok, 1 the input has errors, 2 wrong usage, 125 a program that is not modelled; of `run` that of the program.
 */
import process from 'node:process';
import { Worker, isMainThread } from 'node:worker_threads';
import { followBranchHints } from './engine-flags.ts';

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
else {
  const { executeWords } = await import('./commands.ts');
  process.exitCode = executeWords(process.argv.slice(2));
}
