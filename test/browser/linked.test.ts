/**
 * Map and editor are linked both ways: what is selected in one is marked in the other; differences of two moments are marked in
 * the map and listed beside it.
 */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('map and editor', () => {
  let atlas: Atlas;
  let frame: Frame;

  before(async () => {
    atlas = await openAtlas({ width: 1700, height: 1100 });
    const map = await atlas.run('malloc-one.c');
    await atlas.command('Next malloc call');
    await atlas.at(map, 'malloc(1) = 0x5555555596b0');
    frame = await atlas.drawing();
  });

  after(async () => {
    await atlas.close();
  });

  const page = () => atlas.workbench.page;

  /** Lines with the dashed outline, by the text of their code. */
  const outlined = async (): Promise<readonly string[]> =>
    page().evaluate(() => {
      const found: string[] = [];
      for (const editor of document.querySelectorAll('.editor-instance .monaco-editor')) {
        const tops = new Set(
          [...editor.querySelectorAll<HTMLElement>('.view-overlays .cdr')]
            .filter((box) => getComputedStyle(box).borderTopStyle === 'dashed')
            .map((box) => Math.round(box.getBoundingClientRect().top)),
        );
        for (const line of editor.querySelectorAll<HTMLElement>('.view-lines .view-line')) {
          if (tops.has(Math.round(line.getBoundingClientRect().top)))
            found.push((line.textContent ?? '').replaceAll('\u00a0', ' ').trim());
        }
      }
      return found;
    });

  async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + 30_000;
    while (!(await isSo())) {
      if (Date.now() > end) {
        await atlas.workbench.screenshot('failure-linked');
        assert.fail(what);
      }
      await page().waitForTimeout(50);
    }
  }

  it('outlines the line that allocated the chunk which is selected in the map', async () => {
    await frame.locator('mem-zoom input').fill('0x5555555596b0');
    await frame.locator('mem-zoom input').press('Enter');
    await until('the line of malloc is outlined', async () =>
      (await outlined()).some((text) => text.includes('malloc(BYTES)')),
    );
  });

  it('lists the calls that name the block, also those to come, and goes to one', async () => {
    const history = frame.locator('mem-history');
    await history.locator('summary').click();
    await history.locator('li').nth(1).waitFor();
    const calls = await history.locator('li button').allInnerTexts();
    assert.deepEqual(calls, ['malloc(1) = 0x5555555596b0', 'free(0x5555555596b0)']);
    await history.locator('li button').nth(1).click();
    await atlas.at(frame, 'free(0x5555555596b0)');
    await history.locator('li[aria-current=step]').filter({ hasText: 'free' }).waitFor();
    await history.locator('li button').nth(0).click();
    await atlas.at(frame, 'malloc(1) = 0x5555555596b0');
  });

  it('takes the outline away when nothing is selected', async () => {
    await frame.locator('mem-zoom .stage').press('Escape');
    await until('no line is outlined', async () => (await outlined()).length === 0);
  });

  it('marks the bytes of the variable that the cursor is on', async () => {
    // In the call of malloc itself the variable is not there yet.
    await atlas.command('Step Forward');
    await atlas.at(frame, /^(?!malloc)/);
    const line = page().locator('.view-line', { hasText: 'malloc(BYTES)' });
    await line.locator('span span', { hasText: /block/ }).last().click();
    const status = frame.locator('mem-zoom .status');
    await status.filter({ hasText: /▸ 0x7fffffff[0-9a-f]+\s*block: char \*/ }).waitFor();
    // The focus stays in the editor.
    assert.equal(
      await page().evaluate(() => document.activeElement?.closest('.monaco-editor') !== null),
      true,
    );
  });

  it('marks and lists the differences from another event', async () => {
    await atlas.command('Compare Two Steps');
    const input = page().locator('.quick-input-widget input[type=text]');
    await input.fill('free(');
    await input.press('Enter');
    const marks = frame.locator('mem-marks');
    await marks
      .locator('li')
      .filter({ hasText: /0x5555555596b0 32 bytes P in use -> 32 bytes P free/ })
      .waitFor();
    assert.equal(await marks.locator('li .sign').first().innerText(), '~');
    await atlas.workbench.screenshot('comparison');
    await marks.locator('header button').click();
    await marks.locator('li').first().waitFor({ state: 'detached' });
  });

  it('printed no error', () => {
    assert.deepEqual(atlas.workbench.errors, []);
  });
});
