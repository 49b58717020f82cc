import assert from 'node:assert/strict';
import {
  commands,
  ConfigurationTarget,
  DiagnosticSeverity,
  extensions,
  languages,
  Range,
  workspace,
} from 'vscode';
import { WorkspaceEdit } from 'vscode';
import type { Diagnostic, Uri } from 'vscode';
import type { Snapshot } from '../../src/protocol/view-model.ts';
import { after, atlas, openFile, openText, run, until } from './window.ts';

const headers = '#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\n';

/** The chunks of the heap from low to high, by size word and state. */
function chunks({ heap }: Snapshot): readonly string[] {
  return (heap?.chunks ?? []).map(({ start, sizeWord, state }) => `${start} ${sizeWord} ${state}`);
}

/** What a step must bring back: everything but the marks of what the last step has changed. */
function state({ changed: _changed, ...rest }: Snapshot): unknown {
  return JSON.parse(JSON.stringify(rest));
}

describe('a run', () => {
  afterEach(async () => {
    await commands.executeCommand('memoryAtlas.stop');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('stands at the first malloc call, with the heap that the real machine has', async () => {
    await openFile('malloc-one.c');
    const { snapshot } = await run();
    assert.equal(snapshot.event?.text, 'malloc(1024) = 0x5555555592a0');
    const heap = snapshot.mappings.find(({ name }) => name === '[heap]');
    assert.deepEqual(
      [heap?.start, heap?.end, heap?.sizeBytes, heap?.permissions],
      ['0x555555559000', '0x55555557a000', 135_168, 'rw-p'],
    );
    assert.deepEqual(chunks(snapshot), [
      '0x555555559000 0x291 internal',
      '0x555555559290 0x411 in-use',
      '0x5555555596a0 0x20961 top',
    ]);
  });

  it('cuts 32 bytes off for malloc(1), and free keeps them in the tcache', async () => {
    await openFile('malloc-one.c');
    await run();
    const { snapshot: allocated } = await after('memoryAtlas.nextMalloc');
    assert.equal(allocated.event?.text, 'malloc(1) = 0x5555555596b0');
    assert.ok(chunks(allocated).includes('0x5555555596a0 0x21 in-use'), chunks(allocated).join('\n'));
    assert.ok(chunks(allocated).includes('0x5555555596c0 0x20941 top'), chunks(allocated).join('\n'));
    const { snapshot: freed } = await after('memoryAtlas.nextMalloc');
    assert.equal(freed.event?.text, 'free(0x5555555596b0)');
    assert.ok(chunks(freed).includes('0x5555555596a0 0x21 tcache'), chunks(freed).join('\n'));
    assert.equal(freed.mappings.find(({ name }) => name === '[heap]')?.sizeBytes, 135_168);
  });

  it('is at each event in the same state, whether it came there forward or back', async () => {
    await openFile('malloc-128k.c');
    let { snapshot } = await run();
    while (snapshot.position.index > 0) ({ snapshot } = await after('memoryAtlas.stepBack'));
    const forward: unknown[] = [state(snapshot)];
    while (snapshot.position.index < snapshot.position.count - 1) {
      ({ snapshot } = await after('memoryAtlas.stepForward'));
      forward.push(state(snapshot));
    }
    assert.equal(forward.length, snapshot.position.count);
    for (let index = snapshot.position.index - 1; index >= 0; index--) {
      ({ snapshot } = await after('memoryAtlas.stepBack'));
      assert.deepEqual(state(snapshot), forward[index], `event ${index}`);
    }
  });

  it('stays at the ends', async () => {
    await openFile('malloc-one.c');
    let { snapshot } = await run();
    const steps = snapshot.position.index + 3;
    for (let i = 0; i < steps; i++) ({ snapshot } = await after('memoryAtlas.stepBack'));
    assert.equal(snapshot.position.index, 0);
    assert.equal(
      snapshot.mappings.some(({ name }) => name === '[heap]'),
      false,
    );
    assert.equal(snapshot.heap, undefined);
  });

  it('shows another process of a program that forks, and goes back to the first one', async () => {
    await openText(
      `${headers}#include <sys/wait.h>\nint main(void) { if (fork() == 0) { free(malloc(5000)); _exit(3); } wait(0); return 0; }\n`,
    );
    assert.equal((await run()).snapshot.outcome.text, 'the process exits with status 0');
    const child = await after('memoryAtlas.lookAtProcess', 2);
    assert.equal(child.snapshot.outcome.text, 'the process exits with status 3');
    assert.equal(child.snapshot.event?.text, 'malloc(5000) = 0x5555555592a0');
    assert.equal((await after('memoryAtlas.runAgain')).snapshot.outcome.text, child.snapshot.outcome.text);
    const first = await after('memoryAtlas.lookAtProcess', 1);
    assert.equal(first.snapshot.outcome.text, 'the process exits with status 0');
    // There is no such process: the first one is shown.
    assert.equal(
      (await after('memoryAtlas.lookAtProcess', 9)).snapshot.outcome.text,
      'the process exits with status 0',
    );
  });

  it('is gone after Stop', async () => {
    await openFile('malloc-one.c');
    await run();
    await commands.executeCommand('memoryAtlas.stop');
    assert.equal((await atlas()).currentRun(), undefined);
  });

  it('of a second program replaces the first', async () => {
    await openFile('malloc-one.c');
    await run();
    await openFile('touch-pages.c');
    assert.equal((await run()).snapshot.program.name, 'touch-pages.c');
  });

  it('that is asked for twice at once is open once', async () => {
    await openFile('malloc-one.c');
    await Promise.all([
      commands.executeCommand('memoryAtlas.run'),
      commands.executeCommand('memoryAtlas.run'),
    ]);
    const open = (await atlas()).currentRun();
    assert.equal(open?.snapshot.event?.text, 'malloc(1024) = 0x5555555592a0');
    const { index } = open.snapshot.position;
    assert.equal((await after('memoryAtlas.stepForward')).snapshot.position.index, index + 1);
  });

  it('is marked out of date by an edit', async () => {
    const document = await openText(`${headers}int main(void) { return *(char *)malloc(1); }\n`);
    assert.equal((await run()).snapshot.program.isStale, false);
    await commands.executeCommand('type', { text: ' ' });
    assert.equal(document.isDirty, true);
    await until(
      'the mark',
      async () => ((await atlas()).currentRun()?.snapshot.program.isStale ?? false) || undefined,
    );
  });

  it('shows /proc/self/maps of the event', async () => {
    await openFile('malloc-one.c');
    await run();
    await commands.executeCommand('memoryAtlas.showMaps');
    const document = workspace.textDocuments.find(({ uri }) => uri.scheme === 'memory-atlas');
    assert.ok(document);
    assert.match(document.getText(), /^555555559000-55555557a000 rw-p 00000000 00:00 0 +\[heap\]$/m);
    let hasHeap = true;
    while (hasHeap) {
      const { snapshot } = await after('memoryAtlas.stepBack');
      hasHeap = snapshot.mappings.some(({ name }) => name === '[heap]');
    }
    await until('maps without a heap', () => (document.getText().includes('[heap]') ? undefined : true));
  });
});

describe('the settings', () => {
  const settings = () => workspace.getConfiguration('memoryAtlas');
  const changed = new Set<string>();
  const change = async (name: string, value: unknown): Promise<void> => {
    changed.add(name);
    await settings().update(name, value, ConfigurationTarget.Global);
  };

  afterEach(async () => {
    for (const name of changed) await settings().update(name, undefined, ConfigurationTarget.Global);
    changed.clear();
    await commands.executeCommand('memoryAtlas.stop');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('bound the steps of a run that would not end', async () => {
    await change('limits.steps', 10_000);
    await openText(`${headers}int main(void) { char *block = malloc(8); for (;;) block[0]++; }\n`);
    const { snapshot } = await run();
    assert.equal(snapshot.outcome.kind, 'limit');
    assert.match(snapshot.outcome.text, /10,?000/);
  });

  it('bound the events of a run', async () => {
    await change('limits.events', 100);
    await openText(
      `${headers}int main(void) { for (int i = 0; i < 1000; i++) free(malloc(8)); return 0; }\n`,
    );
    const { snapshot } = await run();
    assert.equal(snapshot.outcome.kind, 'limit');
    assert.ok(snapshot.position.count <= 101, String(snapshot.position.count));
  });

  it('give the program its arguments and input', async () => {
    await change('run.args', ['one', 'two words']);
    await change('run.stdin', 'typed\n');
    await openText(
      `${headers}int main(int argc, char **argv) { printf("%d %s\\n", argc, argv[2]); putchar(getchar()); return 0; }\n`,
    );
    let { snapshot } = await run();
    while (snapshot.position.index < snapshot.position.count - 1)
      ({ snapshot } = await after('memoryAtlas.stepForward'));
    assert.match(snapshot.output, /^3 two words\nt/);
  });
});

describe('the problems', () => {
  const own = (uri: Uri): Diagnostic[] =>
    languages.getDiagnostics(uri).filter(({ source }) => source === 'Memory Atlas');

  afterEach(async () => {
    await workspace.getConfiguration('memoryAtlas').update('problems', undefined, ConfigurationTarget.Global);
    await commands.executeCommand('memoryAtlas.stop');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('name an error at its place', async () => {
    const document = await openText('int main(void)\n{\n    return missing;\n}\n');
    const found = await until(
      'a problem',
      () => own(document.uri).at(0),
      () =>
        JSON.stringify({
          uri: document.uri.toString(),
          language: document.languageId,
          isClosed: document.isClosed,
          mode: workspace.getConfiguration('memoryAtlas').inspect('problems'),
          checkers: extensions.all.map(({ id }) => id).filter((id) => /cpptools|clangd|ccls/.test(id)),
          others: languages.getDiagnostics().map(([uri, all]) => [uri.toString(), all.length]),
        }),
    );
    assert.equal(found.severity, DiagnosticSeverity.Error);
    assert.deepEqual(
      [found.range.start.line, found.range.start.character, found.range.end.character],
      [2, 11, 18],
    );
    assert.match(found.message, /missing/);
  });

  it('go when the error is mended', async () => {
    const document = await openText('int value = missing;\n');
    await until('a problem', () => own(document.uri).at(0));
    await commands.executeCommand('editor.action.selectAll');
    await commands.executeCommand('type', { text: 'int value;' });
    await until('no problem', () => (own(document.uri).length === 0 ? true : undefined));
  });

  it('are switched off by the setting, but what a run found not modelled is still named once', async () => {
    await workspace.getConfiguration('memoryAtlas').update('problems', 'off', ConfigurationTarget.Global);
    const document = await openText(
      `${headers}int socket(int, int, int);\nint main(void)\n{\n    return socket(1, 1, 0);\n}\n`,
    );
    await run();
    const found = await until('a problem', () => own(document.uri).at(0));
    assert.equal(found.severity, DiagnosticSeverity.Information);
    assert.equal(found.range.start.line, 6);
    assert.match(found.message, /socket/);
    assert.equal(own(document.uri).length, 1);
  });

  it('keep what a run found not modelled with its text, until that is edited', async () => {
    const document = await openText(
      `${headers}int socket(int, int, int);\nint main(void)\n{\n    return socket(1, 1, 0);\n}\n`,
    );
    await run();
    await until('a problem', () => own(document.uri).at(0));
    const edit = async (line: number, from: number, to: number, text: string): Promise<void> => {
      const change = new WorkspaceEdit();
      change.replace(document.uri, new Range(line, from, line, to), text);
      await workspace.applyEdit(change);
      // Longer than the problems wait for.
      await new Promise((resolve) => setTimeout(resolve, 700));
    };
    await edit(0, 0, 0, '/* one more line */\n');
    const [moved] = own(document.uri);
    assert.match(moved?.message ?? '', /socket/);
    assert.equal(document.getText(moved?.range), 'socket');
    assert.equal(moved?.range.start.line, 7);
    await edit(7, 11, 17, 'getpid');
    assert.deepEqual(
      own(document.uri).filter(({ severity }) => severity === DiagnosticSeverity.Information),
      [],
    );
  });
});
