import assert from 'node:assert/strict';
import {
  commands,
  ConfigurationTarget,
  languages,
  MarkdownString,
  Range,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import type { Hover } from 'vscode';
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

  it('has the addresses of the linked program in hovers', async () => {
    await write('first.c', 'int first[100] = { 1 };\nint main(void) { return 0; }\n');
    await write('second.c', 'int second = 2;\n');
    const document = await openFile('second.c');
    const address = async () => {
      const hovers = await commands.executeCommand<Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        document.positionAt(document.getText().indexOf('second')),
      );
      const text = hovers
        .flatMap(({ contents }) => contents)
        .map((one) => (one instanceof MarkdownString ? one.value : ''));
      return Number(/(0x[0-9a-f]+) in the file/.exec(text.join('\n'))?.[1]);
    };
    const alone = await address();
    await files(['first.c', 'second.c']);
    // 400 bytes of the other file and their alignment come before it.
    assert.ok((await address()) >= alone + 400, String(alone));
  });

  it('does not take in a file that the setting does not name', async () => {
    await files(['twice-main.c', 'twice.c']);
    await write('alone.c', 'int main(void) { return 7; }\n');
    await openFile('alone.c');
    const { snapshot } = await run();
    assert.deepEqual([snapshot.outcome.kind, snapshot.program.name], ['exit', 'alone.c']);
    assert.match(snapshot.outcome.text, /7/);
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

  it('has the problems of a run that could not be linked until its files are others, or edited', async () => {
    await write('same.c', 'int same = 2;\n');
    await write('same-main.c', 'int same = 1;\nint main(void) { return same; }\n');
    await files(['same.c', 'same-main.c']);
    const other = await openFile('same.c');
    const document = await openFile('same-main.c');
    const found = () =>
      languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Memory Atlas');
    const runInVain = async () => {
      await commands.executeCommand('memoryAtlas.run');
      assert.equal((await atlas()).currentRun(), undefined);
      await until('a problem', () => found().find(({ message }) => message.includes('same')));
    };
    await runInVain();
    await files(['same-main.c']);
    await until('no problem of other files', () => found().length === 0 || undefined);
    await files(['same.c', 'same-main.c']);
    await runInVain();
    const edit = new WorkspaceEdit();
    edit.replace(other.uri, new Range(0, 4, 0, 8), 'another');
    await workspace.applyEdit(edit);
    await until('no problem of the text before', () => found().length === 0 || undefined);
    await other.save();
  });
});
