/**
 * A folder that is not trusted: nothing of it is executed by the machine, so everything works as in any other.
 */
import assert from 'node:assert/strict';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('Restricted Mode', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ isRestricted: true });
  });

  after(async () => {
    await atlas.close();
  });

  it('is what the window is in', async () => {
    await atlas.workbench.page.getByText('Restricted Mode').first().waitFor();
  });

  it('leaves hovers, marks and the tree of segments', async () => {
    const { page } = atlas.workbench;
    await atlas.workbench.openFile('segments.c');
    const text = await atlas.workbench.hover('buffer[4096', { expected: '.bss' });
    assert.match(text, /BSS/);
    await page.locator('.cgmr').first().waitFor();
    await atlas.openSidePanel();
    await page.locator('.sidebar .monaco-list-row', { hasText: '.text' }).first().waitFor();
  });

  it('leaves the simulation: map, timeline, steps', async () => {
    const map = await atlas.run('malloc-one.c');
    await atlas.at(map, 'malloc(1024) = 0x5555555592a0');
    await atlas.command('Next malloc call');
    await atlas.at(map, 'malloc(1) = 0x5555555596b0');
    await atlas.timeline();
    await atlas.workbench.screenshot('restricted');
  });

  it('printed no error', () => {
    assert.deepEqual(atlas.workbench.errors, []);
  });
});
