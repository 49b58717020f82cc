/**
 * The view into malloc: free lists, thresholds, what the resident memory is made of, malloc_trim tried.
 */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('the view into malloc', () => {
  let atlas: Atlas;
  let frame: Frame;

  before(async () => {
    atlas = await openAtlas({ width: 1500, height: 1300 });
    frame = await atlas.run('free-lists.c');
  });

  after(async () => {
    await atlas.close();
  });

  const view = () => atlas.workbench.textOf(frame, 'mem-allocator');

  /** Goes to an event by the search of the step commands: malloc calls one after the other. */
  async function stepTo(text: string | RegExp): Promise<void> {
    for (let i = 0; i < 60; i++) {
      const now = await atlas.workbench.textOf(frame, 'mem-step-bar .text');
      if (typeof text === 'string' ? now.includes(text) : text.test(now)) return;
      const before = await atlas.workbench.textOf(frame, 'mem-step-bar .position');
      await frame.locator('mem-step-bar').getByRole('button', { name: 'Next malloc call' }).click();
      const end = Date.now() + 10_000;
      while ((await atlas.workbench.textOf(frame, 'mem-step-bar .position')) === before && Date.now() < end)
        await atlas.workbench.page.waitForTimeout(20);
    }
    assert.fail(`no event ${String(text)}`);
  }

  it('lists the free chunks with their links, as the keyboard opens it', async () => {
    await stepTo('free(0x555555559fc0)');
    await frame.locator('mem-app [data-view=table]').press('ArrowRight');
    await atlas.workbench.waitForText(frame, 'mem-bins', 'tcache bin 0');
    const text = await atlas.workbench.textOf(frame, 'mem-bins');
    assert.match(text, /tcache bin 0\s+size 32 · 7 of at most 7/);
    // Safe-linking: the stored word is the pointer xor the page number of its place.
    const stored = (0x555555559340n ^ 0x555555559n).toString(16);
    assert.ok(text.includes(`0x555555559340 stored 0x${stored}`), text);
    assert.match(text, /fast bin 0\s+size 32 · 2 chunks/);
    assert.match(text, /unsorted list/);
    await atlas.workbench.screenshot('allocator-bins');
  });

  it('shows what is resident, and adds up to RSS', async () => {
    const rows = await frame.locator('mem-allocator tbody').first().locator('tr').allInnerTexts();
    const numbers = rows.map((row) =>
      Number(
        (
          row
            .split('\t')
            .filter((cell) => /\d/.test(cell))
            .at(-1) ?? ''
        ).replaceAll(',', ''),
      ),
    );
    const total = numbers.pop();
    assert.equal(
      numbers.reduce((sum, value) => sum + value, 0),
      total,
    );
  });

  it('selects a chunk of a list in the map', async () => {
    await frame.locator('mem-bins button', { hasText: '0x555555559350' }).first().click();
    await atlas.workbench.waitForText(frame, 'mem-details', 'tcache');
    assert.match(await atlas.workbench.textOf(frame, 'mem-details'), /0x555555559350/);
  });

  it('tries malloc_trim and leaves the run as it is', async () => {
    await stepTo(/^free\(0x55555555a5e0\)/);
    const before = await atlas.workbench.textOf(frame, 'mem-counters');
    await frame
      .locator('mem-allocator')
      .getByRole('button', { name: 'What would malloc_trim(0) give back?' })
      .click();
    await atlas.workbench.waitForText(frame, 'mem-allocator', 'RSS goes from');
    assert.match(await view(), /It gives back \d+ KiB: RSS goes from/);
    assert.equal(await atlas.workbench.textOf(frame, 'mem-counters'), before);
    await atlas.workbench.screenshot('allocator-trim');
  });
});
