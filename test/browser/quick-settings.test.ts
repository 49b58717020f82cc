/**
 * The quick settings behind the item of the status bar: another release of glibc, other tunables, and the run follows.
 */
import assert from 'node:assert/strict';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('the quick settings', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas();
    await atlas.workbench.openFile('free-lists.c');
  });

  after(async () => {
    await atlas.close();
  });

  /** Opens the quick settings from the status bar and takes an entry. */
  async function choose(label: string): Promise<void> {
    await atlas.status.click();
    await entry(label).click();
  }

  const entry = (label: string) =>
    atlas.workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
  const input = () => atlas.workbench.page.locator('.quick-input-widget input').first();

  it('choose a release, which the status bar then names', async () => {
    await choose('Release of glibc');
    await input().fill('2.31');
    await entry('2.31').click();
    await atlas.status.filter({ hasText: 'glibc 2.31' }).waitFor();
  });

  it('choose a target', async () => {
    await choose('Target');
    await entry('i386').click();
    await atlas.status.filter({ hasText: 'i386' }).waitFor();
  });

  it('refuse tunables that are none, in words, and take those that are', async () => {
    const { page } = atlas.workbench;
    await choose('Tunables of malloc');
    await input().fill('glibc.malloc.no_such_thing=1');
    const message = page.locator('.quick-input-message', { hasText: 'is no tunable of malloc' });
    await message.waitFor();
    await input().fill('glibc.malloc.tcache_count=0');
    await message.waitFor({ state: 'hidden' });
    await input().press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    // The workbench writes settings in its own time: the list is opened until it has the new one.
    const end = Date.now() + 15_000;
    for (;;) {
      await atlas.status.click();
      const description = await entry('Tunables of malloc').innerText();
      await input().press('Escape');
      // The list may take its focus after the key was pressed.
      await page
        .locator('.quick-input-widget')
        .waitFor({ state: 'hidden', timeout: 2000 })
        .catch(() => input().press('Escape'));
      if (description.includes('glibc.malloc.tcache_count=0')) break;
      assert.ok(Date.now() < end, description);
      await page.waitForTimeout(100);
    }
  });
});
