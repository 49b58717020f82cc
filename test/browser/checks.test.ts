import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('mistakes with memory in the workbench', () => {
  let atlas: Atlas;
  let map: Frame;

  before(async () => {
    atlas = await openAtlas({ width: 1500, height: 1400 });
    map = await atlas.run('errors.c');
  });

  after(async () => {
    await atlas.close();
  });

  it('are listed among the problems, with the places of their blocks', async () => {
    const { page } = atlas.workbench;
    await atlas.workbench.runCommand('Problems: Focus on Problems View');
    const rows = page.locator('.markers-panel .monaco-list-row');
    await rows.filter({ hasText: 'that was freed' }).first().waitFor();
    await rows.filter({ hasText: '100 bytes in 1 block definitely lost' }).first().waitFor();
    await rows.filter({ hasText: 'runs fine: 24 usable bytes, 5 asked for' }).first().waitFor();
    await rows.filter({ hasText: 'allocated here' }).first().waitFor();
    assert.ok((await rows.filter({ hasText: 'use-after-free' }).count()) > 0);
    await atlas.workbench.screenshot('checks-problems');
  });

  it('are gone through in the order of the run', async () => {
    await atlas.workbench.openFile('errors.c');
    for (const line of [16, 52, 25]) {
      await atlas.command('Go to the Next Error');
      await atlas.workbench.page
        .locator('.statusbar-item', { hasText: 'behind a block of' })
        .first()
        .waitFor();
      await atlas.workbench.page.locator('.statusbar-item', { hasText: `Ln ${String(line)},` }).waitFor();
    }
    await atlas.command('Go to the Previous Error');
    await atlas.workbench.page.locator('.statusbar-item', { hasText: 'Ln 52,' }).waitFor();
  });

  it('tell who wrote a byte of the map', async () => {
    const { page } = atlas.workbench;
    await map.locator('mem-bytes [data-find=back]').click();
    await page
      .locator('.statusbar-item', { hasText: /Written by|nothing has written there/ })
      .first()
      .waitFor();
  });

  it('link calls in the timeline, and mark what is never freed', async () => {
    const timeline = await atlas.timeline();
    // The list draws the rows in view only.
    const filter = timeline.locator('mem-timeline .query');
    await filter.fill('size=100');
    const lost = timeline.locator('mem-timeline .row', { hasText: 'malloc(100) =' });
    await lost.locator('.leak').waitFor();
    await lost.click();
    await timeline.locator('mem-timeline footer', { hasText: 'not freed before the run ends' }).waitFor();
    await filter.fill('size=5');
    await timeline.locator('mem-timeline .row', { hasText: 'malloc(5) =' }).click();
    await filter.press('Escape');
    const link = timeline.locator('mem-timeline footer .link', { hasText: 'freed by event' });
    await link.waitFor();
    await timeline.locator('mem-timeline .row.partner').waitFor();
    await link.click();
    await atlas.workbench.waitForText(timeline, 'mem-timeline .row[aria-selected=true]', 'free(');
    await timeline.locator('mem-timeline footer .link', { hasText: 'allocated by event' }).waitFor();
    await atlas.workbench.screenshot('checks-timeline');
  });

  it('are mended by quick fixes', async () => {
    const { page } = atlas.workbench;
    await atlas.workbench.runCommand('View: Focus First Editor Group');
    await atlas.workbench.goTo(35, 20);
    await page.keyboard.press('Control+.');
    const fix = page.locator('.action-widget .monaco-list-row', {
      hasText: 'Free buffer at the end of digits_of',
    });
    await fix.waitFor();
    await page.keyboard.press('Enter');
    await page
      .locator('.view-line', { hasText: /free\(buffer\);/ })
      .first()
      .waitFor();
    // What was found belonged to the old text.
    await page.locator('.statusbar-item', { hasText: 'out of date' }).waitFor();
  });

  it('printed no error', () => {
    assert.deepEqual(atlas.workbench.errors, []);
  });
});
