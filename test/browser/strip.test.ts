/**
 * The strip over the run: charts and marks of the whole run, scrubbed with the pointer and by keys, and played.
 */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('the strip over the run', () => {
  let atlas: Atlas;
  let frame: Frame;

  before(async () => {
    atlas = await openAtlas({ width: 1500, height: 1200 });
    frame = await atlas.run('free-lists.c');
  });

  after(async () => {
    await atlas.close();
  });

  const charts = () => frame.locator('mem-strip .charts');
  const position = async (): Promise<readonly [number, number]> => {
    const text = await atlas.workbench.textOf(frame, 'mem-step-bar .position');
    const [index = 0, count = 0] = (text.match(/\d+/g) ?? []).map(Number);
    return [index, count];
  };

  async function waitFor(index: number): Promise<void> {
    for (let i = 0; i < 100; i++) {
      if ((await position())[0] === index) return;
      await atlas.workbench.page.waitForTimeout(50);
    }
    assert.equal((await position())[0], index);
  }

  it('shows marks of each kind and a chart of each counter', async () => {
    await atlas.workbench.waitForText(frame, 'mem-strip', 'heap');
    const text = await atlas.workbench.textOf(frame, 'mem-strip');
    for (const name of ['malloc', 'system call', 'page fault', 'VSZ', 'RSS', 'heap', 'live', 'minor faults'])
      assert.ok(text.includes(name), `${name}: ${text}`);
    assert.equal(await frame.locator('mem-strip path.edge').count(), 6);
    await atlas.workbench.screenshot('strip');
  });

  it('goes where the pointer is pressed and drawn', async () => {
    const row = frame.locator('mem-strip svg.row').first();
    const box = await row.boundingBox();
    assert.ok(box !== null);
    const [, count] = await position();
    const { mouse } = atlas.workbench.page;
    await mouse.move(box.x + box.width / 2, box.y + 4);
    await mouse.down();
    await waitFor(Math.round((count - 1) / 2) + 1);
    await mouse.move(box.x + box.width - 1, box.y + 4, { steps: 4 });
    await mouse.up();
    await waitFor(count);
    // The heap holds 132 KiB at the end; more than 40,000 bytes lived there before.
    assert.match(await atlas.workbench.textOf(frame, 'mem-strip .charts'), /132 KiB/);
  });

  it('steps by keys, and says to a screen reader where it is', async () => {
    await charts().focus();
    await charts().press('Home');
    await waitFor(1);
    await charts().press('ArrowRight');
    await charts().press('ArrowRight');
    await waitFor(3);
    const spoken = (await charts().getAttribute('aria-valuetext')) ?? '';
    assert.match(spoken, /^event 3 of \d+, VSZ .*, RSS .*, heap /);
  });

  it('plays to the end and stops there', async () => {
    await frame.locator('mem-strip select').selectOption('100');
    await frame.locator('mem-strip .play').click();
    const [, count] = await position();
    await waitFor(count);
    await atlas.workbench.waitForText(frame, 'mem-strip .play', 'Play');
  });

  it('closes and stays closed', async () => {
    await frame.locator('mem-strip .toggle').click();
    assert.equal(await charts().count(), 0);
    await frame.locator('mem-strip .toggle').click();
    await charts().waitFor();
  });
});
