import assert from 'node:assert/strict';
import {
  commands,
  ConfigurationTarget,
  DiagnosticSeverity,
  languages,
  Position,
  Range,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import type { CodeAction, Diagnostic, Uri } from 'vscode';
import type { OpenRun } from '../../src/extension/run-controller.ts';
import { after as afterCommand, openFile, openText, run, until } from './window.ts';

/** What the checks say about a document: line from 1, and kind. */
function found(uri: Uri): Diagnostic[] {
  return languages.getDiagnostics(uri).filter(({ source }) => source === 'Memory Atlas');
}

const spelled = (list: readonly Diagnostic[]): string[] =>
  list.map(
    ({ range, code }) =>
      `${range.start.line + 1} ${typeof code === 'object' ? String(code.value) : String(code)}`,
  );

const related = ({ relatedInformation = [] }: Diagnostic): string[] =>
  relatedInformation.map(({ location, message }) => `${location.range.start.line + 1} ${message}`);

describe('the checks of a run', () => {
  after(async () => {
    await commands.executeCommand('memoryAtlas.stop');
  });

  it('list what is wrong where it is made, with the places of its block', async () => {
    const { uri } = await openFile('errors.c');
    await run();
    const problems = await until('the findings', () => (found(uri).length > 0 ? found(uri) : undefined));
    assert.deepEqual(spelled(problems).sort(), [
      '16 heap-overflow',
      '25 heap-overflow',
      '26 heap-overflow',
      '27 heap-overflow',
      '35 leak-definite',
      '46 use-after-free',
      '52 heap-overflow',
    ]);
    const late = problems.find(({ code }) => code === 'use-after-free');
    assert.ok(late);
    assert.deepEqual(related(late), ['43 allocated here', '45 freed here']);
    assert.equal(late.severity, DiagnosticSeverity.Error);
    const overflow = problems.find(({ range }) => range.start.line === 15);
    assert.ok(overflow);
    assert.deepEqual(related(overflow), ['15 allocated here']);
    assert.match(overflow.message, /runs fine: 24 usable bytes, 5 asked for$/);
    assert.equal(overflow.range.end.character, '    strcpy(copy, text);'.length);
  });

  it('move with the text when it is edited, say so, and offer no change then', async () => {
    const { uri } = await openFile('errors.c');
    const edit = new WorkspaceEdit();
    edit.insert(uri, new Position(0, 0), '// one line\n// and another\n');
    edit.delete(uri, new Range(24, 0, 25, 0));
    await workspace.applyEdit(edit);
    const problems = await until('the mark', () =>
      found(uri).every(({ message }) => message.endsWith('(in the text before it was edited)'))
        ? found(uri)
        : undefined,
    );
    assert.deepEqual(spelled(problems).sort(), [
      '18 heap-overflow',
      '27 heap-overflow',
      '28 heap-overflow',
      '36 leak-definite',
      '47 use-after-free',
      '53 heap-overflow',
    ]);
    const late = problems.find(({ code }) => code === 'use-after-free');
    assert.ok(late);
    assert.deepEqual(related(late), ['44 allocated here', '46 freed here']);
    const actions = await commands.executeCommand<CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      problems[0]?.range,
    );
    assert.deepEqual(
      actions.filter(({ diagnostics = [] }) => diagnostics.some(({ source }) => source === 'Memory Atlas')),
      [],
    );
    await commands.executeCommand('undo');
    await commands.executeCommand('workbench.action.files.revert');
  });

  it('go with the run', async () => {
    const { uri } = await openFile('errors.c');
    await commands.executeCommand('memoryAtlas.stop');
    await until('an empty list', () => (found(uri).length === 0 ? true : undefined));
  });

  it('name the overflow that malloc notices later', async () => {
    const { uri } = await openText(
      '#include <stdlib.h>\n#include <string.h>\nint main(void) {\n  char *p = malloc(24), *q = malloc(24);\n' +
        '  memset(p, 65, 40);\n  free(p);\n  free(q);\n  malloc(2000);\n  return 0;\n}\n',
    );
    await run();
    const problems = await until('the findings', () => (found(uri).length > 0 ? found(uri) : undefined));
    const abort = problems.find(({ code }) => code === 'abort');
    assert.ok(abort, spelled(problems).join('\n'));
    assert.ok(related(abort).includes('5 overflowed here'), related(abort).join('\n'));
    await commands.executeCommand('memoryAtlas.stop');
  });

  it('are off where the setting says so, at once', async () => {
    const { uri } = await openFile('errors.c');
    await run();
    await until('the findings', () => (found(uri).length > 0 ? true : undefined));
    const settings = workspace.getConfiguration('memoryAtlas');
    await settings.update('checks', false, ConfigurationTarget.Global);
    await until('an empty list', () => (found(uri).length === 0 ? true : undefined));
    await settings.update('checks', undefined, ConfigurationTarget.Global);
    await until('the findings', () => (found(uri).length > 0 ? true : undefined));
  });
});

describe('going through a run by mistakes and writes', () => {
  after(async () => {
    await commands.executeCommand('memoryAtlas.stop');
  });

  /** Line of the step that is about to be done. */
  const stepLine = ({ snapshot }: OpenRun): number | undefined => snapshot.step?.place?.line;

  it('goes from one mistake to the next, and back', async () => {
    await openFile('errors.c');
    await run();
    const lines: (number | undefined)[] = [];
    for (let i = 0; i < 7; i++) lines.push(stepLine(await afterCommand('memoryAtlas.nextError')));
    assert.deepEqual(lines, [16, 52, 25, 26, 27, 35, 46]);
    // There is none behind the last one.
    assert.equal(stepLine(await afterCommand('memoryAtlas.nextError')), 46);
    assert.equal(stepLine(await afterCommand('memoryAtlas.previousError')), 35);
  });

  it('goes to who wrote a variable last, and to who writes it next', async () => {
    await openText(
      'int counter;\nint main(void) {\n  counter = 1;\n  for (int i = 0; i < 2; i++)\n    counter += 5;\n  return counter;\n}\n',
    );
    await run();
    await commands.executeCommand('memoryAtlas.restart');
    // Each time right behind the write: its value can be seen.
    const values: (string | undefined)[] = [];
    for (let i = 0; i < 3; i++) {
      const { snapshot } = await afterCommand('memoryAtlas.nextWrite', 'counter');
      assert.notEqual(snapshot.step, undefined);
      values.push(String(stepLine(await afterCommand('memoryAtlas.lastWrite', 'counter'))));
      await afterCommand('memoryAtlas.nextWrite', 'counter');
    }
    assert.deepEqual(values, ['3', '5', '5']);
  });
});
