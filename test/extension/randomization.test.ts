import assert from 'node:assert/strict';
import { commands, ConfigurationTarget, workspace } from 'vscode';
import { after, openFile, run } from './window.ts';
import type { Snapshot } from '../../src/protocol/view-model.ts';

const heapOf = ({ mappings }: Snapshot): string =>
  mappings.find(({ name }) => name === '[heap]')?.start ?? 'no heap';

describe('address randomisation', () => {
  const settings = () => workspace.getConfiguration('memoryAtlas.randomize');

  afterEach(async () => {
    await settings().update('enabled', undefined, ConfigurationTarget.Global);
    await settings().update('seed', undefined, ConfigurationTarget.Global);
    await commands.executeCommand('memoryAtlas.stop');
    await commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is off at first: the addresses of setarch -R', async () => {
    await openFile('malloc-one.c');
    const { snapshot } = await run();
    assert.equal(heapOf(snapshot), '0x555555559000');
    assert.equal(snapshot.program.randomSeed, undefined);
  });

  it('moves everything by a seed, the same for the same seed, and rolls again', async () => {
    await openFile('malloc-one.c');
    await settings().update('enabled', true, ConfigurationTarget.Global);
    await settings().update('seed', 7, ConfigurationTarget.Global);
    const first = (await run()).snapshot;
    assert.equal(first.program.randomSeed, 7);
    assert.notEqual(heapOf(first), '0x555555559000');
    assert.match(heapOf(first), /^0x5[56][0-9a-f]{7}000$|^0x5[56][0-9a-f]{10}$/);
    assert.equal(heapOf((await run()).snapshot), heapOf(first));
    const again = (await after('memoryAtlas.rerollRandomization')).snapshot;
    assert.notEqual(again.program.randomSeed, 7);
    assert.notEqual(heapOf(again), heapOf(first));
  });
});
