/**
 * The analysis worker as a real thread: what the editor gets while it is edited, and when the thread dies or hangs.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { extensions, Range, workspace, WorkspaceEdit } from 'vscode';
import type { ExtensionContext, TextDocument } from 'vscode';
import { AnalysisService } from '../../src/extension/analysis-service.ts';
import type { Platform } from '../../src/extension/platform.ts';

/** Workers that the test can end. */
class Workers implements Platform {
  readonly hostGlibc = undefined;
  readonly threads: Worker[] = [];
  ended = 0;

  startWorker: Platform['startWorker'] = (_context, listener) => {
    const extension = extensions.getExtension('memory-atlas.memory-atlas');
    assert.ok(extension);
    const thread = new Worker(join(extension.extensionPath, 'dist/worker.js'));
    this.threads.push(thread);
    let isEnded = false;
    thread.on('message', (message: Parameters<typeof listener.onMessage>[0]) => {
      listener.onMessage(message);
    });
    thread.on('exit', (code) => {
      if (!isEnded) listener.onFailure(`code ${String(code)}`);
    });
    return Promise.resolve({
      post: (message) => {
        thread.postMessage(message);
      },
      terminate: () => {
        isEnded = true;
        this.ended += 1;
        void thread.terminate();
      },
    });
  };
}

/** The service asks nothing of the context but to hand it on. */
const noContext = {} as ExtensionContext;

/** A document without an editor: nothing else asks about it. */
const openText = (content: string): Thenable<TextDocument> =>
  workspace.openTextDocument({ language: 'c', content });

async function replace(document: TextDocument, from: string, to: string): Promise<void> {
  const at = document.getText().indexOf(from);
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(document.positionAt(at), document.positionAt(at + from.length)), to);
  assert.ok(await workspace.applyEdit(edit));
}

const large = Array.from(
  { length: 800 },
  (_, i) => `int f${String(i)}(int n) { return n * ${String(i)}; }\n`,
).join('');

describe('the analysis service', () => {
  let workers: Workers;
  let service: AnalysisService;

  beforeEach(() => {
    workers = new Workers();
    service = new AnalysisService(noContext, workers);
  });

  afterEach(() => {
    service.dispose();
  });

  const segmentOf = async (document: TextDocument, name: string): Promise<string | undefined> =>
    (await service.ask(document, 'hover', () => ({ offset: document.getText().indexOf(name) })))?.segment;

  it('starts no thread before it is asked, one for all documents then, and ends it', async () => {
    assert.equal(workers.threads.length, 0);
    const first = await openText('int one = 1;\n');
    const second = await openText('int two;\n');
    assert.deepEqual(await Promise.all([segmentOf(first, 'one'), segmentOf(second, 'two')]), ['data', 'bss']);
    assert.equal(workers.threads.length, 1);
    service.dispose();
    assert.equal(workers.ended, 1);
    assert.equal(await segmentOf(first, 'one'), undefined);
  });

  it('answers for the document as it is after edits, also with ends of lines of two characters', async () => {
    const document = await openText('int one = 1;\r\nint two;\r\nint three;\r\n');
    assert.equal(await segmentOf(document, 'two'), 'bss');
    await replace(document, 'two', 'two = 2,\nmore');
    assert.equal(await segmentOf(document, 'two'), 'data');
    assert.equal(await segmentOf(document, 'more'), 'bss');
    await replace(document, 'three', 'three[] = { 1 }');
    assert.equal(await segmentOf(document, 'three'), 'data');
  });

  it('answers with what the text has become while it was analysed', async () => {
    const document = await openText(`int last;\n${large}`);
    const asked = segmentOf(document, 'last');
    await replace(document, 'last', 'last = 1');
    assert.equal(await asked, 'data');
  });

  it('lets the extension host answer while a large file is analysed', async () => {
    const document = await openText(`int last;\n${large}`);
    let longest = 0;
    const start = performance.now();
    let before = start;
    const timer = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - before);
      before = now;
    }, 1);
    const [marks] = await Promise.all([
      service.ask(document, 'gutter', () => ({})),
      service.ask(document, 'problems', () => ({})),
    ]);
    clearInterval(timer);
    assert.ok((marks ?? []).some(({ segment, lines }) => segment === 'text' && lines.length === 800));
    // Of a machine that is busy with other things the clock says little: but here the analysis would be one piece.
    const all = performance.now() - start;
    assert.ok(longest < all / 3, `${longest.toFixed(0)} of ${all.toFixed(0)} ms`);
  });

  it('starts another thread when one dies, and answers all the same', async () => {
    const document = await openText(`int last;\n${large}`);
    assert.equal(await segmentOf(document, 'last'), 'bss');
    await workers.threads[0]?.terminate();
    assert.equal(await segmentOf(document, 'last'), 'bss');
    assert.equal(workers.threads.length, 2);
    await replace(document, 'last', 'last = 1');
    const asked = segmentOf(document, 'last');
    await workers.threads[1]?.terminate();
    assert.equal(await asked, 'data');
    assert.equal(workers.threads.length, 3);
  });

  it('says nothing while answers are hidden', async () => {
    const document = await openText('int one = 1;\n');
    const ask = () => service.askUnveiled(document, 'size', () => ({}));
    const asked = service.askUnveiled(document, 'hover', () => ({ offset: 4 }));
    service.setVeiled(true);
    assert.equal(await asked, undefined);
    assert.equal(await ask(), undefined);
    service.setVeiled(false);
    assert.ok(await service.askUnveiled(document, 'hover', () => ({ offset: 4 })));
  });
});
