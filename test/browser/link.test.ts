/**
 * *Copy Link to This Step* and opening one: the same program at the same step, after a question.
 */
import assert from 'node:assert/strict';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('a link to a step', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ width: 1500, height: 950 });
  });

  after(async () => {
    await atlas.close();
  });

  /** The text of the clipboard, once it is a link. */
  async function link(): Promise<string> {
    const { page } = atlas.workbench;
    for (let i = 0; i < 100; i++) {
      const text = await page.evaluate(() => navigator.clipboard.readText());
      if (decodeURIComponent(text).includes('run=')) return text;
      await page.waitForTimeout(50);
    }
    throw new Error('no link was copied');
  }

  it('brings program and step back, as a new document, when the user agrees', async () => {
    const { page } = atlas.workbench;
    let map = await atlas.run('malloc-128k.c');
    await atlas.command('Next malloc call');
    await atlas.at(map, /^malloc\(4096\) = /);
    await atlas.command('Next malloc call');
    const shown = await atlas.at(map, /^malloc\(131072\) = /);
    const position = await atlas.workbench.textOf(map, 'mem-step-bar .position');
    await atlas.command('Copy Link to This Step');
    const text = await link();
    await atlas.command('Stop');

    await atlas.command('Open a Link to a Step');
    await page.locator('.quick-input-widget input').fill(text);
    await page.keyboard.press('Enter');
    const question = page.locator('.monaco-dialog-box');
    await question.waitFor();
    assert.match(await question.innerText(), /open the program malloc-128k\.c from a link\?/);
    await atlas.workbench.screenshot('link-question');
    await question.getByRole('button', { name: 'Open and Run' }).click();
    map = await atlas.map();
    assert.equal(await atlas.at(map, shown), shown);
    assert.equal(await atlas.workbench.textOf(map, 'mem-step-bar .position'), position);
    assert.match(await page.locator('.tab.active, .tab').allInnerTexts().then(String), /Untitled/);
  });

  it('says so when a link is damaged', async () => {
    const { page } = atlas.workbench;
    await atlas.command('Open a Link to a Step');
    await page
      .locator('.quick-input-widget input')
      .fill('vscode://memory-atlas.memory-atlas/step?run=abcdef');
    await page.keyboard.press('Enter');
    await atlas.notification('the link is damaged');
  });
});
