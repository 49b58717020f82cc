/**
 * Members of a block in the picture and in the table beside it; the picture is out/screenshots/zoom-members.png.
 */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('members in the map', () => {
  let atlas: Atlas;
  let frame: Frame;

  before(async () => {
    atlas = await openAtlas({ width: 1700, height: 1100 });
    const map = await atlas.run('tour.c');
    for (let call = 0; call < 6; call++) await atlas.command('Next malloc call');
    await atlas.at(map, /^free/);
    frame = await atlas.drawing();
  });

  after(async () => {
    await atlas.close();
  });

  it('opens a list of structs on the heap, box by box and line by line', async () => {
    const { workbench } = atlas;
    const search = frame.locator('mem-zoom input');
    await search.fill('first');
    await search.press('Enter');
    await workbench.waitForText(frame, 'mem-details', /struct student \*/);
    const text = await workbench.textOf(frame, 'mem-details');
    const target = /0x[0-9a-f]+(?= <malloc\(32\))/.exec(text)?.[0];
    assert.ok(target !== undefined, text);
    await search.fill(target);
    await search.press('Enter');
    const members = await workbench.waitForText(frame, 'mem-members', /next/);
    assert.match(members, /first points here/);
    assert.match(members, /name\s+char\[16\]\s+"Linus"/);
    await workbench.settle();
    await workbench.page.waitForTimeout(1200);
    await workbench.screenshot('zoom-members');
  });
});
