/**
 * The memory map in a real Chromium, with a session in a worker: a million chunks beside ten thousand mappings moved, zoomed and
 * stepped, and the first picture of a small program.
 *
 * Measured is the work of the page's own thread; what Chromium's compositor rasters, here in software, is in the frame rate only.
 * `--steps=10000` plays more steps to see whether memory grows.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { chromiumFlags, findChromium } from '../scripts/support/chromium.mjs';
import type { RunInputs } from '../src/protocol/messages.ts';
import { themeSheet } from '../test/unit/webview/page/themes.ts';

interface Bench {
  run(inputs: RunInputs): Promise<{ readonly all: number; readonly host: number }>;
  rest(): Promise<void>;
  show(text: string): void;
  wheel(count: number, deltaOf: (frame: number) => number, shiftKey: boolean): Promise<number[]>;
  step(count: number): Promise<{ readonly host: number; readonly view: number }>;
  replay(steps: number): Promise<number[]>;
  readonly traffic: { readonly largest: number };
}
declare const bench: Bench;

/** What people begin with. */
const snippet = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct node { int value; struct node *next; };
static struct node *head;
static void push(int value) {
  struct node *node = malloc(sizeof *node);
  node->value = value;
  node->next = head;
  head = node;
}
int main(void) {
  char name[16];
  strcpy(name, "list");
  for (int i = 0; i < 10; i++) push(i);
  for (struct node *at = head; at; at = at->next) printf("%s %d\\n", name, at->value);
  while (head) { struct node *next = head->next; free(head); head = next; }
  return 0;
}
`;

/** A heap of a million chunks, a third of them free, beside ten thousand mappings. */
const crowd = `#include <stdlib.h>
#include <sys/mman.h>
int main(void) {
  for (int i = 0; i < 10000; i++)
    mmap(0, 8192, i % 2 ? PROT_READ : PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char **p = malloc(1000000 * sizeof *p);
  for (int i = 0; i < 1000000; i++) p[i] = malloc(16 + i % 100);
  for (int i = 0; i < 1000000; i += 3) free(p[i]);
  for (int i = 0; i < 300; i += 3) p[i] = malloc(40);
  return 0;
}
`;

const steps = Number(process.argv.find((arg) => arg.startsWith('--steps='))?.slice(8) ?? 1000);

function inputsOf(name: string, text: string): RunInputs {
  return {
    files: [{ name, text }],
    headers: [],
    args: [],
    environment: [],
    stdin: '',
    stdoutKind: 'terminal',
    programPath: './a.out',
    target: 'x86_64',
    glibc: '2.36',
    limits: { fuel: 1e10, memoryBytes: 2 ** 30, outputBytes: 1e6, events: 4e6 },
  };
}

async function bundle(entry: string, format: 'esm' | 'iife'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format,
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  return outputFiles[0]?.text ?? '';
}

/** Serves the page; gives its address and a way to end. */
async function serve(): Promise<{ readonly address: string; readonly stop: () => void }> {
  const root = join(import.meta.dirname, '..');
  const texts: Record<string, readonly [string, string]> = {
    '/main.js': ['text/javascript', await bundle(join(root, 'test/unit/webview/page/measured.ts'), 'esm')],
    '/worker.js': ['text/javascript', await bundle(join(root, 'src/worker/web-worker.ts'), 'iife')],
    '/theme.css': ['text/css', themeSheet('dark')],
    '/': [
      'text/html',
      '<!doctype html><html lang="en"><link rel="stylesheet" href="/theme.css"><body data-language="en">' +
        '<mem-app></mem-app><script type="module" src="/main.js"></script>',
    ],
  };
  const server = createServer((request, response) => {
    const [type, text] = texts[request.url ?? '/'] ?? ['text/plain', ''];
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` });
    response.end(text);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { readonly port: number };
  return { address: `http://127.0.0.1:${String(port)}/`, stop: () => server.close() };
}

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

function tell(what: string, times: readonly number[], most: number): void {
  const [median, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
  console.log(
    `${what}: median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms (at most ${String(most)}), ${String(times.length)} frames`,
  );
}

/** Bytes of the page's heap, without what can be collected. */
async function heapOf(page: Page): Promise<number> {
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  await client.detach();
  return usedSize;
}

const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

const { address, stop } = await serve();
const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
try {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  page.on('pageerror', (error) => {
    console.error(error.stack ?? error.message);
  });
  await page.goto(address);
  await page.waitForFunction(() => 'bench' in window);
  const first: number[] = [];
  for (let round = 0; round < 5; round++) {
    const { all, host } = await page.evaluate((inputs) => bench.run(inputs), inputsOf('list.c', snippet));
    first.push(all);
    if (round === 0)
      console.log(
        `first picture after Run: ${all.toFixed(0)} ms, ${host.toFixed(0)} of them in the session, cold`,
      );
  }
  console.log(`first picture after Run, again: ${quantile(first.slice(1), 0.5).toFixed(0)} ms (at most 300)`);

  const made = await page.evaluate((inputs) => bench.run(inputs), inputsOf('crowd.c', crowd));
  console.log(
    `1,000,000 chunks and 10,000 mappings: run and first picture in ${(made.all / 1000).toFixed(1)} s`,
  );
  // To the end, where all of them are there.
  const last = await page.evaluate(() => bench.step(2_000_000));
  console.log(`to the last event: session ${last.host.toFixed(0)} ms, view ${last.view.toFixed(0)} ms`);
  await page.evaluate(() => bench.rest());
  const views: number[] = [];
  const hosts: number[] = [];
  for (let round = 0; round < 10; round++) {
    const { host, view } = await page.evaluate((count) => bench.step(count), round % 2 === 0 ? -1 : 1);
    hosts.push(host);
    views.push(view);
  }
  tell('a step, from the word of the session to the picture and one more frame', views, 50);
  tell('the same step in the session', hosts, 50);
  for (const place of ['[heap]', '0x555556000010']) {
    await page.evaluate((text) => {
      bench.show(text);
    }, place);
    await page.evaluate(() => bench.rest());
    tell(
      `zoom at ${place}`,
      await page.evaluate(() => bench.wheel(120, (frame) => (frame % 60 < 30 ? -40 : 40), false)),
      16,
    );
    tell(
      `pan at ${place}`,
      await page.evaluate(() => bench.wheel(120, (frame) => (frame % 60 < 30 ? -60 : 60), true)),
      16,
    );
    await page.evaluate(() => bench.rest());
  }
  console.log(
    `largest message to the view: ${String(await page.evaluate(() => bench.traffic.largest))} bytes (at most 200000)`,
  );
  const before = await heapOf(page);
  tell(
    `${String(steps)} steps played, from word to picture`,
    await page.evaluate((count) => bench.replay(count), steps),
    50,
  );
  const after = await heapOf(page);
  console.log(
    `memory of the view: ${mib(before)}, after the steps ${mib(after)} (at most 200 MiB, no growth)`,
  );
} finally {
  await browser.close();
  stop();
}
process.exit(0);
