import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, Uri, workspace } from 'vscode';
import { openFile, run } from './window.ts';

describe('files of the workspace', () => {
  const folder = () => workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/');
  const write = (name: string, text: string) =>
    workspace.fs.writeFile(Uri.joinPath(folder(), name), new TextEncoder().encode(text));
  const allow = (value: boolean | undefined) =>
    workspace.getConfiguration('memoryAtlas.run').update('workspaceFiles', value, ConfigurationTarget.Global);

  before(async () => {
    await write('words.txt', 'first\n');
    await write(
      'reader.c',
      '#include <stdio.h>\nint main(void) {\n  FILE *f = fopen("words.txt", "r+");\n  if (!f) return 1;\n  fputs("other", f);\n  return 0;\n}\n',
    );
  });

  afterEach(async () => {
    await allow(undefined);
    await commands.executeCommand('memoryAtlas.stop');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('are not there for a program unless the user allows it', async () => {
    await openFile('reader.c');
    assert.match((await run()).snapshot.outcome.text, /status 1$/);
  });

  it('are read as copies where the user allows it', async () => {
    await allow(true);
    await openFile('reader.c');
    assert.match((await run()).snapshot.outcome.text, /status 0$/);
    const bytes = await workspace.fs.readFile(Uri.joinPath(folder(), 'words.txt'));
    assert.equal(new TextDecoder().decode(bytes), 'first\n');
  });
});
