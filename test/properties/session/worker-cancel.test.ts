/**
 * The worker in a thread, as the extension starts it: it can be ended while a program runs, whatever the program does.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import type { RunInputs } from '../../../src/protocol/messages.ts';

const programs = {
  'an endless loop': 'int main(void) { for (volatile int i = 0;; i++) ; }',
  'a loop that jumps': 'int main(void) { again: goto again; }',
  'endless allocation': '#include <stdlib.h>\nint main(void) { for (;;) malloc(1000); }',
  'endless calls':
    'static int f(int n) { return n ? f(n - 1) + f(n - 1) : 1; }\nint main(void) { return f(1000); }',
  'endless output': '#include <stdio.h>\nint main(void) { for (;;) puts("again"); }',
  'a copy of two gigabytes, again and again':
    '#include <string.h>\nstatic char from[1u << 30], to[1u << 30];\nint main(void) { for (;;) memcpy(to, from, 1u << 30); }',
};

const inputs = (text: string): RunInputs => ({
  files: [{ name: 'program.c', text }],
  headers: [],
  args: [],
  environment: [],
  stdin: '',
  stdoutKind: 'terminal',
  programPath: './program',
  target: 'x86_64',
  glibc: '2.36',
  limits: { fuel: Number.MAX_SAFE_INTEGER, memoryBytes: 2 ** 31, outputBytes: 2 ** 31, events: 2 ** 31 },
});

describe('the worker while a program runs', function () {
  this.timeout(60_000);
  let folder = '';
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'atlas-worker-'));
    await build({
      entryPoints: [join(import.meta.dirname, '../../../src/worker/node-worker.ts')],
      outfile: join(folder, 'worker.mjs'),
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      logLevel: 'warning',
    });
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(programs)) {
    it(`ends within a second in ${name}`, async () => {
      const worker = new Worker(join(folder, 'worker.mjs'), { resourceLimits: { stackSizeMb: 256 } });
      const answers: unknown[] = [];
      const ready = new Promise<void>((resolve) => {
        worker.on('message', (answer) => {
          if (answers.push(answer) === 1) resolve();
        });
      });
      worker.postMessage({
        type: 'request',
        id: 1,
        name: 'run',
        params: { inputs: inputs('int main(void) { return 0; }') },
      });
      await ready;
      worker.postMessage({ type: 'request', id: 2, name: 'run', params: { inputs: inputs(text) } });
      await wait(500);
      assert.equal(answers.length, 1, 'the program still runs');
      const begin = performance.now();
      await worker.terminate();
      const took = performance.now() - begin;
      assert.ok(took < 1000, `${took.toFixed(0)} ms`);
    });
  }
});
