import assert from 'node:assert/strict';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('the map panel', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ width: 1500, height: 1200 });
    const map = await atlas.run('malloc-one.c');
    await atlas.command('Next malloc call');
    await atlas.at(map, 'malloc(1) = 0x5555555596b0');
  });

  after(async () => {
    await atlas.close();
  });

  const mapTab = () => atlas.workbench.page.locator('.tab', { hasText: 'Memory Map' });
  const sourceTab = () => atlas.workbench.page.locator('.tab[data-resource-name="malloc-one.c"]');

  it('shows the present event again after it was hidden behind another tab', async () => {
    await mapTab().click();
    await atlas.workbench.openFile('touch-pages.c');
    await atlas.command('Step Back');
    await mapTab().click();
    const map = await atlas.map();
    await atlas.at(map, /^write\(1, /);
    await atlas.row(map, /^\[heap\], .*132 KiB/);
    await atlas.command('Step Forward');
    await atlas.at(map, 'malloc(1) = 0x5555555596b0');
  });

  it('keeps what the user has opened and selected', async () => {
    let map = await atlas.map();
    const twisty = map.locator('mem-vma[aria-label*="data, rw-p"] [data-twisty]').first();
    await twisty.click();
    await atlas.row(map, /^\.data, section/);
    await map.locator('[role=treeitem][aria-label*="0x5555555596a0"]').first().click();
    await map.locator('[role=treeitem][aria-label*="0x5555555596a0"][aria-selected=true]').waitFor();
    await atlas.workbench.page.locator('.tab[data-resource-name="touch-pages.c"]').click();
    await mapTab().click();
    map = await atlas.map();
    await map.locator('[role=treeitem][aria-label*="0x5555555596a0"][aria-selected=true]').waitFor();
    await atlas.row(map, /^\.data, section/);
  });

  it('lives on in another editor group', async () => {
    await mapTab().click();
    await atlas.workbench.runCommand('View: Move Editor into Left Group');
    const map = await atlas.map();
    await atlas.at(map, 'malloc(1) = 0x5555555596b0');
    const panel = await mapTab().boundingBox();
    const source = await sourceTab().boundingBox();
    assert.ok(panel !== null && source !== null && Math.abs(panel.y - source.y) < 5);
    await atlas.command('Step Forward');
    await atlas.at(map, /^output: "malloc/);
  });

  it('comes back empty after the window was loaded anew, and runs the program again', async () => {
    await atlas.workbench.reload();
    const empty = await atlas.workbench.webview('mem-app .empty .action');
    await atlas.workbench.waitForText(empty, 'mem-app', 'No program has been run yet');
    await sourceTab().waitFor();
    await empty.locator('mem-app .action').click();
    const map = await atlas.map();
    await atlas.at(map, 'malloc(1024) = 0x5555555592a0');
    await atlas.command('Step Forward');
    await atlas.at(map, /^output: "pid 4242/);
    assert.equal(await mapTab().count(), 1);
  });

  it('says that the run is out of date when the source is edited, and runs the new text', async () => {
    await sourceTab().click();
    await atlas.workbench.goTo(23, 1);
    await atlas.workbench.page.keyboard.type('    malloc(500);\n');
    await atlas.status.filter({ hasText: 'out of date' }).waitFor();
    await mapTab().click();
    await atlas.workbench.waitForText(await atlas.map(), 'mem-app .title', 'source changed');
    await sourceTab().click();
    await atlas.command('Run and Step');
    const map = await atlas.map();
    await atlas.at(map, 'malloc(1024) = 0x5555555592a0');
    await atlas.command('Next malloc call');
    await atlas.at(map, 'malloc(500) = 0x5555555596b0');
    assert.equal((await atlas.workbench.textOf(map, 'mem-app .title')).includes('source changed'), false);
  });

  it('printed no error and showed no notification', async () => {
    assert.deepEqual(atlas.workbench.errors, []);
    assert.deepEqual(await atlas.notifications(), []);
  });
});
