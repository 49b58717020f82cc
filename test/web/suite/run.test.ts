import { commands, extensions, MarkdownString, Uri, window, workspace } from 'vscode';
import type { Hover, TextDocument } from 'vscode';
import type { ExtensionApi } from '../../../src/extension/activate.ts';
import type { Snapshot } from '../../../src/protocol/view-model.ts';
import { deepEqual, equal, match, ok } from './assert.ts';

interface Scope {
  Worker: new (address: string | URL, options?: object) => { terminate: () => void };
}

async function openFile(name: string): Promise<TextDocument> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  ok(folder);
  const document = await workspace.openTextDocument(Uri.joinPath(folder, name));
  await window.showTextDocument(document);
  return document;
}

/** The moment shown after a command of the extension. */
async function after(command: string): Promise<Snapshot> {
  await commands.executeCommand(command);
  const extension = extensions.getExtension<ExtensionApi>('memory-atlas.memory-atlas');
  const snapshot = (await extension?.activate())?.currentRun()?.snapshot;
  ok(snapshot, `no run is open after ${command}`);
  return snapshot;
}

describe('a program in VS Code for the Web', () => {
  it('is explained by hovers', async () => {
    const document = await openFile('segments.c');
    const hovers = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      document.positionAt(document.getText().indexOf('buffer[4096')),
    );
    const text = hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content instanceof MarkdownString ? content.value : ''))
      .join('\n');
    for (const part of ['`.bss`', '4096 bytes', '0x555555558080']) ok(text.includes(part), text);
  });

  it('runs in a web worker of its own, which ends with the run', async () => {
    const scope = globalThis as unknown as Scope;
    const Real = scope.Worker;
    const started: string[] = [];
    const ended: string[] = [];
    // The host's Worker may be a stand-in that asks the page for the real one; its methods are the instance's own.
    scope.Worker = class extends Real {
      constructor(address: string | URL, options?: object) {
        super(address, options);
        started.push(String(address));
        const terminate = this.terminate.bind(this);
        this.terminate = () => {
          ended.push(String(address));
          terminate();
        };
      }
    };
    try {
      await openFile('malloc-one.c');
      // The first run takes the worker that waited, which was started before; that of the second one was started since.
      await after('memoryAtlas.run');
      await commands.executeCommand('memoryAtlas.stop');
      await after('memoryAtlas.run');
      match(started[0] ?? '', /^blob:/);
      // The checks of the run before have a worker, too, which may end meanwhile.
      const before = ended.length;
      await commands.executeCommand('memoryAtlas.stop');
      equal(ended.length > before, true);
      equal(started.includes(ended.at(-1) ?? ''), true);
    } finally {
      scope.Worker = Real;
    }
  });

  it('that does not end leaves the extension host free, and can be stopped', async () => {
    const content = 'int main(void) { for (;;) ; }\n';
    await window.showTextDocument(await workspace.openTextDocument({ language: 'c', content }));
    const run = commands.executeCommand('memoryAtlas.run');
    await new Promise((resolve) => setTimeout(resolve, 300));
    await commands.executeCommand('memoryAtlas.stop');
    await run;
  });

  it('has the heap of the real machine', async () => {
    await openFile('malloc-one.c');
    const first = await after('memoryAtlas.run');
    equal(first.event?.text, 'malloc(1024) = 0x5555555592a0');
    equal(first.mappings.find(({ name }) => name === '[heap]')?.sizeBytes, 135_168);
    deepEqual(
      first.heap?.chunks.map(({ sizeWord }) => sizeWord),
      ['0x291', '0x411', '0x20961'],
    );
    const next = await after('memoryAtlas.nextMalloc');
    equal(next.event?.text, 'malloc(1) = 0x5555555596b0');
  });

  it('steps forward and back to the same state', async () => {
    const state = ({ changed: _changed, ...rest }: Snapshot): unknown => rest;
    const here = await after('memoryAtlas.stepForward');
    const there = await after('memoryAtlas.stepForward');
    equal(there.position.index, here.position.index + 1);
    deepEqual(state(await after('memoryAtlas.stepBack')), state(here));
  });
});
