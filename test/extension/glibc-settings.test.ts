import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, workspace } from 'vscode';
import { openFile, run, until, atlas } from './window.ts';

/** Carries out a check with a setting changed. */
async function withSetting(name: string, value: string, check: () => Promise<void>): Promise<void> {
  const settings = workspace.getConfiguration('memoryAtlas');
  await settings.update(name, value, ConfigurationTarget.Global);
  try {
    await check();
  } finally {
    await settings.update(name, undefined, ConfigurationTarget.Global);
  }
}

describe('settings of glibc', () => {
  afterEach(async () => {
    await commands.executeCommand('memoryAtlas.stop');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('give a run the malloc of another release', async () => {
    await openFile('malloc-one.c');
    await withSetting('glibc', '2.44', async () => {
      const { snapshot } = await run();
      assert.equal(snapshot.program.glibc, '2.44');
      // Its cache is made by the first free.
      assert.equal(snapshot.event?.text, 'malloc(1024) = 0x555555559010');
    });
  });

  it('are applied at once to a run that is open', async () => {
    await openFile('malloc-one.c');
    await run();
    await withSetting('glibc', '2.42', async () => {
      const { currentRun } = await atlas();
      const { snapshot } = await until('the run of 2.42', () => {
        const open = currentRun();
        return open?.snapshot.program.glibc === '2.42' ? open : undefined;
      });
      assert.equal(snapshot.event?.text, 'malloc(1024) = 0x555555559010');
    });
  });

  it('put tunables into the environment', async () => {
    await openFile('malloc-one.c');
    await withSetting('tunables', 'glibc.malloc.mmap_threshold=512', async () => {
      const { snapshot } = await run();
      assert.match(snapshot.event?.text ?? '', /^malloc\(1024\) = 0x7ffff7/);
    });
  });
});
