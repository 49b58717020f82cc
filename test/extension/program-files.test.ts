import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, Range, Uri, window, workspace, WorkspaceEdit } from 'vscode';
import { atlas, openFile, run, until } from './window.ts';

describe('a program of several files', () => {
  const folder = () => workspace.workspaceFolders?.[0]?.uri ?? Uri.file('/');
  const write = (name: string, text: string) =>
    workspace.fs.writeFile(Uri.joinPath(folder(), name), new TextEncoder().encode(text));
  const files = (value: readonly string[] | undefined) =>
    workspace.getConfiguration('memoryAtlas.run').update('files', value, ConfigurationTarget.Global);

  before(async () => {
    await write('twice-main.c', '#include "twice.h"\nint main(void) { return twice(21) != 42; }\n');
    await write('twice.h', 'int twice(int);\n');
    await write(
      'twice.c',
      '#include <stdlib.h>\n#include "twice.h"\nint twice(int n) {\n  free(malloc(100));\n  return 2 * n;\n}\n',
    );
  });

  afterEach(async () => {
    await files(undefined);
    await commands.executeCommand('memoryAtlas.stop');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is linked of the files of the setting, and marks the file that an event is in', async () => {
    await files(['twice-main.c', 'twice.c']);
    await openFile('twice-main.c');
    const { snapshot } = await run();
    assert.equal(snapshot.event?.text, 'malloc(100) = 0x5555555592a0');
    assert.deepEqual(snapshot.event.place?.file, 'twice.c');
    assert.equal(snapshot.event.place.line, 4);
    assert.equal(snapshot.outcome.kind, 'exit');
  });

  it('is out of date when any of its files is edited', async () => {
    await files(['twice-main.c', 'twice.c']);
    await openFile('twice-main.c');
    await run();
    const document = await openFile('twice.c');
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, new Range(0, 0, 0, 0), '\n');
    await workspace.applyEdit(edit);
    const api = await atlas();
    await until('the mark', () => api.currentRun()?.snapshot.program.isStale === true || undefined);
    await commands.executeCommand('workbench.action.files.revert');
    assert.ok(window.activeTextEditor);
  });
});
