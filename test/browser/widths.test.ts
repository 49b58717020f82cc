/**
 * The map in a strip of 300 pixels and on a screen of 3840: nothing lies on top of anything else, and nothing scrolls sideways
 * that should not.
 */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

/** What is wrong with the layout of the view, in words. */
function faults(): readonly string[] {
  const app = document.querySelector('mem-app')?.shadowRoot;
  if (app === null || app === undefined) return ['there is no view'];
  const found: string[] = [];
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) found.push('the page scrolls sideways');
  if (page.scrollHeight > page.clientHeight) found.push('the page scrolls');
  const names = ['.title', 'mem-step-bar', 'mem-counters', 'mem-strip', '.tabs', 'mem-zoom', 'aside'];
  const boxes = names
    .map((name) => ({ name, box: app.querySelector(name)?.getBoundingClientRect() ?? new DOMRect() }))
    .filter(({ box }) => box.width > 0);
  if (boxes.length < names.length) found.push(`only ${boxes.map(({ name }) => name).join(' ')} are shown`);
  for (const { name, box } of boxes) {
    if (box.left < -1 || box.right > page.clientWidth + 1) found.push(`${name} sticks out of the page`);
    for (const other of boxes) {
      if (other.name <= name) continue;
      const isApart =
        box.right <= other.box.left + 1 ||
        other.box.right <= box.left + 1 ||
        box.bottom <= other.box.top + 1 ||
        other.box.bottom <= box.top + 1;
      if (!isApart) found.push(`${name} lies on ${other.name}`);
    }
  }
  const side = app.querySelector('aside');
  if (side !== null && side.scrollWidth > side.clientWidth) found.push('the details scroll sideways');
  const stage = app.querySelector('mem-zoom')?.shadowRoot?.querySelector('.stage')?.getBoundingClientRect();
  if (stage === undefined || stage.height < 80 || stage.width < 80) found.push('the picture is too small');
  return found;
}

describe('the width of the map', () => {
  for (const { name, width, height, narrow } of [
    { name: '300 px', width: 1200, height: 1000, narrow: 300 },
    { name: '4K', width: 3840, height: 2160, narrow: undefined },
  ]) {
    describe(name, () => {
      let atlas: Atlas;
      let frame: Frame;

      before(async () => {
        atlas = await openAtlas({ width, height });
        await atlas.run('linked-list.c');
        frame = await atlas.drawing();
        if (narrow !== undefined) {
          // The body of the webview is as narrow as a split editor can be made.
          await frame.evaluate((pixels) => {
            const app = document.querySelector<HTMLElement>('mem-app');
            if (app !== null) app.style.inlineSize = `${String(pixels)}px`;
          }, narrow);
        }
      });

      after(async () => {
        await atlas.close();
      });

      it('has nothing on top of anything else, and no needless scroll bar', async () => {
        const end = Date.now() + 20_000;
        let found = await frame.evaluate(faults);
        while (found.length > 0 && Date.now() < end) {
          await atlas.workbench.page.waitForTimeout(100);
          found = await frame.evaluate(faults);
        }
        await atlas.workbench.screenshot(`width-${name.replace(' ', '-')}`);
        assert.deepEqual(found, []);
      });

      it('printed no error', () => {
        assert.deepEqual(atlas.workbench.errors, []);
      });
    });
  }
});
