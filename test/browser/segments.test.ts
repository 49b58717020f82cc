/**
 * The tree of segments, the marks beside the lines and the hints in them, with pictures in out/screenshots/segments-*.png.
 */
import assert from 'node:assert/strict';
import { lineMarks, openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('segments in the side panel and the editor', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({
      height: 1400,
      settings: {
        'memoryAtlas.hints.segment': true,
        'memoryAtlas.hints.size': true,
        'memoryAtlas.hints.stackCost': true,
        'memoryAtlas.hints.chunk': true,
        'memoryAtlas.hints.codeLens': true,
      },
    });
  });

  after(async () => {
    await atlas.close();
  });

  const row = (text: string) => atlas.workbench.page.locator('.monaco-list-row', { hasText: text }).first();

  /** Names of the visible rows of the tree, in order. */
  async function rows(): Promise<string[]> {
    const labels = atlas.workbench.page.locator('.sidebar .monaco-list-row .label-name');
    return labels.allInnerTexts();
  }

  it('say what to do while no C file is open', async () => {
    await atlas.openSidePanel();
    await atlas.workbench.page.getByText('Open a C file to see its segments').waitFor();
  });

  it('show sections and objects, and sort them by size', async () => {
    await atlas.workbench.openFile('segments.c');
    await row('.bss').waitFor();
    const byAddress = await rows();
    assert.ok(byAddress.indexOf('counter') < byAddress.indexOf('buffer'), byAddress.join(' '));
    await atlas.workbench.screenshot('segments-tree-dark');
    assert.ok(!byAddress.includes('.dynsym'), 'what the linker adds is folded');
    await atlas.command('Sort by Size');
    await atlas.workbench.page.waitForFunction(() => {
      const names = [...document.querySelectorAll('.sidebar .monaco-list-row .label-name')].map(
        (label) => label.textContent,
      );
      return names.indexOf('buffer') < names.indexOf('counter');
    });
    await atlas.command('Sort by Address');
  });

  it('go to the source of what is clicked', async () => {
    // The tree may be drawn anew by the sorting of the test before.
    await atlas.workbench.page.waitForTimeout(300);
    await row('greeting').click();
    await atlas.workbench.page.locator('.statusbar-item', { hasText: 'Ln 9, Col 21 (8 selected)' }).waitFor();
  });

  it('mark each line with a letter, and write the hints that are switched on', async () => {
    const { page } = atlas.workbench;
    await atlas.workbench.goTo(1);
    await page.locator(lineMarks).first().waitFor();
    const icons = await page.locator(lineMarks).count();
    assert.ok(icons >= 10, `${String(icons)} marks`);
    await page.getByText('BSS · 4096 B').waitFor();
    await page.getByText('12 B · 5 B padding').waitFor();
    await page.getByText('16 bytes of stack a call').first().waitFor();
    await atlas.workbench.screenshot('segments-hints-dark');
    await atlas.workbench.setTheme('light');
    await atlas.workbench.screenshot('segments-hints-light');
    await atlas.workbench.setTheme('dark');
  });

  it('take marks and hints away with one switch, and bring them back', async () => {
    const { page } = atlas.workbench;
    await atlas.command('Toggle Marks and Hints in the Editor');
    await page.waitForFunction((marks) => document.querySelectorAll(marks).length === 0, lineMarks);
    await page.getByText('BSS · 4096 B').waitFor({ state: 'detached' });
    await atlas.command('Toggle Marks and Hints in the Editor');
    await page.getByText('BSS · 4096 B').waitFor();
  });
});
