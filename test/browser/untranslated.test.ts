/**
 * In Chinese, nothing that the views say is left in English: a pseudo-locale with a reader.
 */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

/** What stays as it is in every language: what the program prints, code, names of files, of calls and of fields. */
const keptElements = 'pre, code, .output, mem-output .text, .maps, [data-language=c]';

/** Two English words side by side, of more than two letters each: names and keywords stand alone, sentences do not. */
const englishWords = /\b[A-Za-z][a-z]{2,} [a-z]{3,}\b/;

/** What glibc calls its chunks and lists: terms that stay in every language. */
const keptTerms = /\b(?:top chunk|(?:unsorted|small|large|tcache|fast) bins?)\b/g;

/** What a view says: texts that are shown, and what only a screen reader or a tooltip tells. */
async function sayings(frame: Frame, root: string): Promise<string[]> {
  return frame
    .locator(root)
    .first()
    .evaluate((element, kept) => {
      const found: string[] = [];
      const rest: Node[] = [element];
      for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
        if (node instanceof Text) found.push(node.data.replace(/\s+/g, ' ').trim());
        if (!(node instanceof Element) || node instanceof HTMLStyleElement || node.matches(kept)) continue;
        for (const name of ['title', 'aria-label', 'aria-description', 'placeholder', 'alt']) {
          const value = node.getAttribute(name);
          if (value !== null) found.push(value.replace(/\s+/g, ' ').trim());
        }
        rest.push(...node.childNodes, ...(node.shadowRoot === null ? [] : [node.shadowRoot]));
      }
      return [...new Set(found)].filter((text) => text !== '');
    }, keptElements);
}

describe('in Chinese', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ locale: 'zh-cn', width: 1700, height: 1600 });
    await atlas.workbench.openFile('free-lists.c');
    await atlas.workbench.runCommand('Memory Atlas: 运行并单步');
  });

  after(async () => {
    await atlas.close();
  });

  async function check(frame: Frame, root: string): Promise<void> {
    const english = (await sayings(frame, root)).filter((text) => englishWords.test(text));
    assert.deepEqual(english, []);
  }

  it('the map, its table, details and strip speak no English', async () => {
    const map = await atlas.map();
    await atlas.workbench.runCommand('Memory Atlas: 下一次 malloc 调用');
    await atlas.workbench.waitForText(map, 'mem-step-bar .text', /^malloc\(24\)/);
    await map.locator('mem-app mem-map [role=treeitem]').first().waitFor();
    await map
      .locator('[role=treeitem][aria-label*="0x5555555592a0"], mem-map [role=treeitem]')
      .first()
      .click();
    await check(map, 'mem-app');
    await atlas.drawing();
    await map.locator('mem-zoom').first().waitFor();
    await check(map, 'mem-app');
  });

  it('the view into malloc speaks no English', async () => {
    const map = await atlas.map();
    await map.locator('mem-app [data-view=allocator]').click();
    await map.locator('mem-allocator').first().waitFor();
    await check(map, 'mem-app');
  });

  it('the timeline speaks no English', async () => {
    const timeline = await atlas.timeline();
    await timeline.locator('.row .text').filter({ hasText: '缺页：' }).first().waitFor();
    await check(timeline, 'mem-timeline');
  });

  it('the trees, the status bar and the quick settings speak no English', async () => {
    const { page } = atlas.workbench;
    const spoken: string[] = [];
    spoken.push((await atlas.status.getAttribute('aria-label')) ?? '');
    await atlas.openSidePanel();
    const rows = page.locator('.sidebar .monaco-list-row[aria-label]');
    await rows.first().waitFor();
    for (const row of await rows.all()) spoken.push((await row.getAttribute('aria-label')) ?? '');
    await atlas.status.click();
    const picks = page.locator('.quick-input-list .monaco-list-row[aria-label]');
    await picks.first().waitFor();
    for (const pick of await picks.all()) spoken.push((await pick.getAttribute('aria-label')) ?? '');
    await page.keyboard.press('Escape');
    assert.ok(spoken.length > 8, spoken.join('\n'));
    assert.deepEqual(
      spoken.filter((text) => englishWords.test(text.replace(keptTerms, ''))),
      [],
    );
  });

  it('the lessons speak no English', async () => {
    await check(await atlas.lessons(), 'mem-lessons');
  });
});
