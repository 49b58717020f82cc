/**
 * *Compare Two glibc Releases*: the lists of events of both in the workbench's difference editor.
 */
import assert from 'node:assert/strict';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('comparing two releases of glibc', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ width: 1700, height: 1000 });
    await atlas.workbench.openFile('free-lists.c');
  });

  after(async () => {
    await atlas.close();
  });

  it('shows how the first block lies, before and after the tcache', async () => {
    const { page } = atlas.workbench;
    await atlas.command('Compare Two glibc Releases');
    await page.locator('.quick-input-widget input').fill('2.23');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: '2.23' }).first().click();
    await page.locator('.tab', { hasText: 'glibc 2.23 ↔' }).waitFor();
    const side = (name: string) => page.locator(`.monaco-diff-editor .editor.${name} .view-lines`);
    await side('modified').getByText('malloc(24)').first().waitFor();
    await atlas.workbench.screenshot('compare-releases');
    const original = (await side('original').innerText()).replaceAll('\u00a0', ' ');
    const modified = (await side('modified').innerText()).replaceAll('\u00a0', ' ');
    // Without the tcache the first chunk is the first of the heap; with it, its structure of 0x290 bytes is.
    assert.match(original, /malloc\(24\) = 0x555555559010/);
    assert.match(modified, /malloc\(24\) = 0x5555555592a0/);
  });
});
