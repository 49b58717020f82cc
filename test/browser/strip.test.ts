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

  it('tells the same facts in tables, opened by keys', async () => {
    // Under the pointer the charts tell of another event.
    await atlas.workbench.page.mouse.move(5, 5);
    const summary = frame.locator('mem-figures summary');
    await charts().focus();
    await charts().press('Tab');
    assert.ok(await summary.evaluate((element) => element.matches(':focus')));
    await summary.press('Enter');
    const [index] = await position();
    const cells = async (table: string): Promise<readonly string[]> => {
      const rows = await frame.locator(`mem-figures table.${table} tr`).all();
      return Promise.all(rows.map(async (row) => (await row.locator('th, td').allInnerTexts()).join(' | ')));
    };
    await frame.locator('mem-figures table.counters').waitFor();
    const [head = '', ...counters] = await cells('counters');
    assert.equal(head, `counter | at event ${String(index)} | least (first at) | most (first at)`);
    assert.deepEqual(
      counters.map((row) => row.split(' | ')[0]),
      ['VSZ', 'RSS', 'heap', 'live', 'minor faults', 'system calls'],
    );
    assert.match(counters[2] ?? '', /^heap \| 0 B \| 0 B \(event 1\) \| 132 KiB \(event \d+\)$/);
    // What the charts write beside themselves is what the tables hold.
    const beside = await frame.locator('mem-strip .charts .value').allInnerTexts();
    const totals = (await cells('events')).slice(1).map((row) => row.split(' | ')[1]);
    const present = counters.map((row) => row.split(' | ')[1]);
    assert.deepEqual([...totals, ...present], beside);
    await atlas.workbench.screenshot('strip-tables');
    await charts().press('ArrowRight');
    await waitFor(index + 1);
    assert.ok((await cells('counters'))[0]?.includes(`at event ${String(index + 1)}`));
    await summary.press('Enter');
    await frame.locator('mem-figures table').first().waitFor({ state: 'detached' });
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
