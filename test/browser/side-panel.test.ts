/**
 * The trees of the side panel while a program is stepped through, and the ways from them and from hovers into the map.
 */
import assert from 'node:assert/strict';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('the side panel of a run', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ width: 1800, height: 1300 });
    await atlas.run('linked-list.c');
    await atlas.drawing();
    await atlas.openSidePanel();
  });

  after(async () => {
    await atlas.close();
  });

  const row = (text: string | RegExp) =>
    atlas.workbench.page.locator('.sidebar .monaco-list-row', { hasText: text }).first();

  it('shows the frames with the values of their variables, and follows the steps', async () => {
    await row(/^main\(\)/).waitFor();
    await atlas.command('Next malloc call');
    await atlas.command('Next malloc call');
    await row(/= 0x5555555592[a-f0-9]{2}/).waitFor();
    await atlas.workbench.screenshot('side-panel-stack');
  });

  it('shows the chunks of the heap by state', async () => {
    await row(/^in use/).waitFor();
    await row(/^0x5555555592a0/).waitFor();
    const text = await row(/^0x5555555592a0/).innerText();
    assert.match(text, /32 B · asked 16 · line \d+/);
  });

  it('shows a chunk in the map when it is clicked', async () => {
    // The trees follow the step before; a row that is drawn anew must not be the one that is clicked.
    await atlas.workbench.page.waitForTimeout(700);
    await row(/^0x5555555592a0/).click();
    const frame = await atlas.workbench.webview('mem-app .tabs');
    await atlas.workbench.waitForText(frame, 'mem-details', '0x555555559290');
    await atlas.workbench.screenshot('side-panel-heap');
  });

  it('writes the values of variables behind the current line', async () => {
    for (let call = 0; call < 3; call++) await atlas.command('Next malloc call');
    const { text } = await atlas.markedLine(24);
    assert.match(text, /free\((0x[0-9a-f]+)\)\s+·\s+head = \1/);
  });

  it('is used by the keyboard alone: to a chunk and into the map, to an object and into its source', async () => {
    const { page } = atlas.workbench;
    /** What a screen reader says: the row that the list with the focus names as its active one. */
    const focused = () =>
      page.evaluate(() => {
        const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
        return document.getElementById(id)?.innerText ?? '';
      });
    /** Presses arrows until a row with a text has the focus. */
    const walkTo = async (text: string | RegExp): Promise<void> => {
      for (let press = 0; press < 60; press++) {
        const now = await focused();
        if (typeof text === 'string' ? now.includes(text) : text.test(now)) return;
        // Right opens what is closed, and moves on where it is open.
        await page.keyboard.press('ArrowRight');
        if ((await focused()) === now) await page.keyboard.press('ArrowDown');
      }
      assert.fail(`the arrows do not lead to ${String(text)}`);
    };
    await atlas.workbench.runCommand('Focus on Heap View');
    await page.keyboard.press('Home');
    await walkTo('in use');
    await walkTo(/^0x5555555592[a-f0-9]{2}/);
    const address = /0x[0-9a-f]{12}/.exec(await focused())?.[0] ?? '';
    await page.keyboard.press('Enter');
    const frame = await atlas.workbench.webview('mem-app .tabs');
    await atlas.workbench.waitForText(frame, 'mem-details', address);

    await atlas.workbench.runCommand('Focus on Segments View');
    await page.keyboard.press('Home');
    await walkTo(/^main/);
    await page.keyboard.press('Enter');
    await atlas.workbench.screenshot('side-panel-keyboard');
    assert.match(await page.locator('.statusbar-item', { hasText: /^Ln \d+/ }).innerText(), /^Ln 29,/);
  });

  it('printed no error', () => {
    assert.deepEqual(atlas.workbench.errors, []);
  });
});
