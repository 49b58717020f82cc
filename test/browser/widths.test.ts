/**
 * The map in panels of 300 pixels, of little height, and on a screen of 3840: nothing lies on top of anything else, nothing
 * scrolls sideways that should not, and the picture has most of the room.
 */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

/** What is wrong with the layout of the view, in words. */
function faults(least: number): readonly string[] {
  const app = document.querySelector('mem-app')?.shadowRoot;
  const header = app?.querySelector('mem-header')?.shadowRoot;
  if (app === null || app === undefined || header === null || header === undefined)
    return ['there is no view'];
  const found: string[] = [];
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) found.push('the page scrolls sideways');
  if (page.scrollHeight > page.clientHeight) found.push('the page scrolls');
  const isShort = matchMedia('(max-height: 480px)').matches;
  const ofHeader = isShort
    ? ['mem-step-bar', 'summary']
    : ['.title', 'mem-step-bar', 'mem-counters', 'mem-strip'];
  const ofApp = ['.tabs', 'mem-zoom', 'aside'];
  const boxes = [...ofHeader, ...ofApp]
    .map((name) => {
      const part = ofHeader.includes(name) ? header.querySelector(name) : app.querySelector(name);
      return { name, box: part?.getBoundingClientRect() ?? new DOMRect() };
    })
    .filter(({ box }) => box.width > 0);
  if (boxes.length < ofHeader.length + ofApp.length)
    found.push(`only ${boxes.map(({ name }) => name).join(' ')} are shown`);
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
  const controls = header.querySelector('mem-step-bar')?.shadowRoot?.querySelector('.controls');
  if (controls !== null && controls !== undefined && controls.scrollWidth > controls.clientWidth + 1)
    found.push('the steps stick out of their bar');
  const side = app.querySelector('aside');
  if (side !== null && side.scrollWidth > side.clientWidth) found.push('the details scroll sideways');
  const stage = app.querySelector('mem-zoom')?.shadowRoot?.querySelector('.stage')?.getBoundingClientRect();
  if (stage === undefined || stage.height < least || stage.width < 80)
    found.push(`the picture is too small: ${String(stage?.width)} x ${String(stage?.height)}`);
  return found;
}

describe('the width of the map', () => {
  for (const { name, width, height, panel, least } of [
    { name: '300 px', width: 1200, height: 1000, panel: { width: 300, height: 800 }, least: 150 },
    { name: '300 x 400', width: 1200, height: 1000, panel: { width: 300, height: 400 }, least: 180 },
    { name: '1000 x 250', width: 2600, height: 1000, panel: { width: 1000, height: 250 }, least: 170 },
    { name: '4K', width: 3840, height: 2160, panel: undefined, least: 1200 },
  ]) {
    describe(name, () => {
      let atlas: Atlas;
      let frame: Frame;

      before(async () => {
        atlas = await openAtlas({ width, height });
        await atlas.run('linked-list.c');
        frame = await atlas.drawing();
        if (panel !== undefined) {
          const element = await frame.frameElement();
          await element.evaluate((iframe, size) => {
            if (!(iframe instanceof HTMLElement)) return;
            iframe.style.width = `${String(size.width)}px`;
            iframe.style.height = `${String(size.height)}px`;
          }, panel);
        }
      });

      after(async () => {
        await atlas.close();
      });

      it('has nothing on top of anything else, and no needless scroll bar', async () => {
        const end = Date.now() + 20_000;
        let found = await frame.evaluate(faults, least);
        while (found.length > 0 && Date.now() < end) {
          await atlas.workbench.page.waitForTimeout(100);
          found = await frame.evaluate(faults, least);
        }
        await atlas.workbench.screenshot(`width-${name.replaceAll(' ', '-')}`);
        assert.deepEqual(found, []);
      });

      it('printed no error', () => {
        assert.deepEqual(atlas.workbench.errors, []);
      });
    });
  }
});
