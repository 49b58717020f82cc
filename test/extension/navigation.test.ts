import assert from 'node:assert/strict';
import { commands, Position, Selection, window } from 'vscode';
import type { OpenRun } from '../../src/extension/run-controller.ts';
import { after as afterCommand, openText, run } from './window.ts';

const program = `#include <signal.h>
#include <stdio.h>
static void handle(int number) { (void)number; }
static int twice(int n) { return 2 * n; }
int main(void) {
  int sum = 0;
  signal(SIGUSR1, handle);
  for (int i = 0; i < 4; i++)
    sum += twice(i);
  raise(SIGUSR1);
  printf("%d\\n", sum);
  return 0;
}
`;

const line = ({ snapshot }: OpenRun): number | undefined => snapshot.step?.place?.line;
const kind = ({ snapshot }: OpenRun): string | undefined => snapshot.event?.kind;

describe('going through a run by what it does', () => {
  beforeEach(async () => {
    await openText(program);
    await run();
    await commands.executeCommand('memoryAtlas.restart');
  });

  after(async () => {
    await commands.executeCommand('memoryAtlas.stop');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('goes to the next and the previous statement and function entry', async () => {
    assert.equal(line(await afterCommand('memoryAtlas.nextFunctionEntry')), 5);
    assert.equal(line(await afterCommand('memoryAtlas.nextStatement')), 6);
    assert.equal(line(await afterCommand('memoryAtlas.nextStatement')), 7);
    assert.equal(line(await afterCommand('memoryAtlas.previousStatement')), 6);
    assert.equal(line(await afterCommand('memoryAtlas.nextFunctionEntry')), 4);
    assert.equal(line(await afterCommand('memoryAtlas.previousFunctionEntry')), 5);
  });

  it('goes to system calls, page faults, output and signals', async () => {
    for (const [name, expected] of [
      ['SystemCall', 'syscall'],
      ['PageFault', 'page-fault'],
      ['Output', 'output'],
      ['Signal', 'signal'],
    ] as const) {
      assert.equal(kind(await afterCommand(`memoryAtlas.next${name}`)), expected);
      await commands.executeCommand('memoryAtlas.restart');
    }
  });

  it('goes to the line of the cursor, forward and back', async () => {
    const at = new Position(9, 2);
    assert.ok(window.activeTextEditor);
    window.activeTextEditor.selection = new Selection(at, at);
    assert.equal(line(await afterCommand('memoryAtlas.goToCursor')), 10);
    const loop = new Position(8, 4);
    window.activeTextEditor.selection = new Selection(loop, loop);
    assert.equal(line(await afterCommand('memoryAtlas.goBackToCursor')), 9);
  });

  it('stops where a condition holds, forward and back', async () => {
    const value = ({ snapshot }: OpenRun, name: string): string | undefined =>
      snapshot.frames[0]?.variables.find((variable) => variable.name === name)?.value;
    assert.equal(value(await afterCommand('memoryAtlas.stopWhen', 'n == 2'), 'n'), '2');
    assert.equal(value(await afterCommand('memoryAtlas.stopBackWhen', 'n == 1'), 'n'), '1');
  });
});
