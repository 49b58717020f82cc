import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

/** Tall enough that the map draws all of its rows. */
const tall = { width: 1500, height: 1600 };

/** Place of the first row that matches; fails when there is none. */
function placeOf(rows: readonly string[], label: RegExp): number {
  const place = rows.findIndex((row) => label.test(row));
  assert.notEqual(place, -1, `no row ${String(label)} in\n${rows.join('\n')}`);
  return place;
}

describe('a run in the workbench', () => {
  let atlas: Atlas;
  let map: Frame;

  before(async () => {
    atlas = await openAtlas(tall);
    map = await atlas.run('malloc-one.c');
    // The strip takes room that the rows of the table need here: only those in view exist.
    await map.locator('mem-strip .toggle[aria-expanded=true]').evaluate((button: HTMLElement) => {
      button.click();
    });
  });

  after(async () => {
    await atlas.close();
  });

  it('opens the map beside the source at the first malloc call', async () => {
    await atlas.at(map, 'malloc(1024) = 0x5555555592a0');
    const { page } = atlas.workbench;
    const source = await page.locator('.tab[data-resource-name="malloc-one.c"]').boundingBox();
    const panel = await page.locator('.tab', { hasText: 'Memory Map' }).boundingBox();
    assert.ok(source !== null && panel !== null && panel.x > source.x + source.width);
  });

  it('shows the mappings from high to low addresses', async () => {
    const rows = await atlas.rows(map);
    const places = [
      /^\[vsyscall\]/,
      /^\[stack\], .*rw-p, 132 KiB, 0x7ffffffde000/,
      /ld-linux-x86-64\.so\.2, .*rw-p/,
      /^\[vdso\]/,
      /libc\.so\.6, .*r-xp/,
      /^\[heap\], .*rw-p, 132 KiB, 0x555555559000/,
      /\/malloc-one, .*rw-p, 4 KiB, 0x555555558000/,
      /\/malloc-one, .*r-xp, 4 KiB, 0x555555555000/,
    ].map((label) => placeOf(rows, label));
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
  });

  it('shows the chunks of the heap with header and state', async () => {
    const heap = await atlas.workbench.textOf(map, 'mem-map .tree');
    for (const word of ['0x20961', '0x411', '0x291']) assert.ok(heap.includes(word), `${word} in\n${heap}`);
    const rows = await atlas.rows(map);
    const top = placeOf(rows, /top.*130.*0x5555555596a0/);
    const buffer = placeOf(rows, /stdout.*0x555555559290/);
    const tcache = placeOf(rows, /malloc.*0x555555559000/);
    assert.ok(top < buffer && buffer < tcache, rows.join('\n'));
  });

  it('follows Step Forward and Step Back in map, editor and status bar, and comes back to the same picture', async () => {
    await atlas.at(map, 'malloc(1024) = 0x5555555592a0');
    const before = await atlas.picture(map);
    await atlas.command('Step Forward');
    await atlas.at(map, /^output: "pid 4242/);
    await atlas.workbench.waitForText(map, 'mem-output', 'pid 4242');
    assert.notEqual(await atlas.picture(map), before);
    assert.match((await atlas.markedLine(21)).text, /^output: "pid 4242/);
    await atlas.command('Step Back');
    await atlas.at(map, 'malloc(1024) = 0x5555555592a0');
    const back = await atlas.picture(map);
    // What the last step changed is another range now: the marks of change, and nothing else, may differ.
    const plain = (text: string): string =>
      text.replaceAll(/, changed|, current event/g, '').replaceAll(/[+−]\d\S*( [KMG]iB)?/g, '');
    assert.equal(plain(back), plain(before));
  });

  it('goes from one malloc call to the next', async () => {
    await atlas.command('Next malloc call');
    await atlas.at(map, 'malloc(1) = 0x5555555596b0');
    assert.match((await atlas.markedLine(23)).text, /^malloc\(1\) = 0x5555555596b0/);
    await atlas.row(map, /0x5555555596a0/);
    assert.ok((await atlas.workbench.textOf(map, 'mem-map .tree')).includes('0x21'));
    await atlas.command('Next malloc call');
    await atlas.at(map, 'free(0x5555555596b0)');
    await atlas.row(map, /tcache.*32 B.*0x5555555596a0/);
    await atlas.row(map, /^\[heap\], .*132 KiB, 0x555555559000/);
    await atlas.command('Previous malloc call');
    await atlas.at(map, 'malloc(1) = 0x5555555596b0');
  });

  it('steps by keys', async () => {
    const { page } = atlas.workbench;
    await atlas.workbench.goTo(1);
    await page.keyboard.press('Control+Alt+Period');
    await atlas.at(map, /^output: "malloc/);
    await page.keyboard.press('Control+Alt+Comma');
    await atlas.at(map, 'malloc(1) = 0x5555555596b0');
    await page.keyboard.press('Control+Alt+Shift+Period');
    await atlas.at(map, 'free(0x5555555596b0)');
    await page.keyboard.press('Control+Alt+Shift+Comma');
    await atlas.at(map, 'malloc(1) = 0x5555555596b0');
  });

  it('shows /proc/self/maps, which follows the steps', async () => {
    const { page } = atlas.workbench;
    await atlas.command('Show /proc/self/maps');
    const heapLine = page.locator('.view-line', { hasText: /^555555559000-55555557a000.rw-p.*\[heap\]/ });
    await heapLine.waitFor();
    // The map is behind the document now; the line that the editor marks tells where we are.
    await page.keyboard.press('Control+Alt+Shift+Comma');
    await atlas.markedLine(21);
    for (let steps = 0; steps < 12 && (await heapLine.count()) > 0; steps++) {
      const before = await atlas.status.innerText();
      await page.keyboard.press('Control+Alt+Comma');
      await atlas.status.filter({ hasNotText: before }).waitFor();
      await atlas.workbench.settle();
    }
    await heapLine.waitFor({ state: 'detached' });
    await page.locator('.tab', { hasText: 'maps' }).click();
    await atlas.workbench.runCommand('View: Close Editor');
    map = await atlas.map();
    await atlas.at(map, 'brk(NULL)');
    assert.equal(
      (await atlas.rows(map)).some((row) => row.startsWith('[heap]')),
      false,
    );
  });

  it('printed no error, broke no content security policy and showed no notification', async () => {
    assert.deepEqual(atlas.workbench.errors, []);
    assert.deepEqual(await atlas.notifications(), []);
  });
});
