import assert from 'node:assert/strict';
import { commands, env, window } from 'vscode';
import { atlas, openFile, run, until } from './window.ts';

describe('what a run can be taken away as', () => {
  afterEach(async () => {
    await commands.executeCommand('memoryAtlas.stop');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is the text of /proc/self/maps on the clipboard', async () => {
    await openFile('malloc-one.c');
    await run();
    await commands.executeCommand('memoryAtlas.copyMaps');
    const lines = (await env.clipboard.readText()).trimEnd().split('\n');
    assert.ok(
      lines.includes('555555559000-55555557a000 rw-p 00000000 00:00 0                          [heap]'),
    );
    for (const line of lines) assert.match(line, /^[0-9a-f]+-[0-9a-f]+ [r-][w-][x-][ps] [0-9a-f]{8} /);
  });

  it('is the list of all events as JSON in an editor', async () => {
    await openFile('malloc-one.c');
    const { snapshot } = await run();
    await commands.executeCommand('memoryAtlas.exportTrace');
    const text = await until('the document', () => {
      const document = window.activeTextEditor?.document;
      return document?.languageId === 'json' ? document.getText() : undefined;
    });
    const events = JSON.parse(text) as { readonly index: number; readonly text: string }[];
    assert.equal(events.length, snapshot.position.count);
    assert.deepEqual(
      events.map(({ index }) => index),
      Array.from(events.keys()),
    );
    assert.ok(events.some((event) => event.text === 'malloc(1) = 0x5555555596b0'));
    assert.ok((await atlas()).currentRun());
  });
});
