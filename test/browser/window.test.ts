/**
 * The map in a window of its own, beside the one of the workbench: it draws there, and steps.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';
import { screenshotFolder } from './workbench.ts';

describe('the map in a new window', () => {
  let atlas: Atlas;
  let window: Page;

  before(async () => {
    atlas = await openAtlas({ width: 1400, height: 900 });
    const map = await atlas.run('malloc-one.c');
    await atlas.at(map, 'malloc(1024) = 0x5555555592a0');
    await atlas.workbench.page.locator('.tab', { hasText: 'Memory Map' }).click();
    window = await atlas.workbench.moveEditorIntoNewWindow();
  });

  after(async () => {
    await atlas.close();
  });

  const range = async (frame: Frame): Promise<string> =>
    (await frame.locator('mem-zoom .stage').getAttribute('aria-label')) ?? '';

  /** How many colours a picture has; one that was not drawn has one. */
  const colours = async (frame: Frame): Promise<number> =>
    frame.locator('mem-zoom .stage canvas').evaluate((canvas: HTMLCanvasElement) => {
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      const seen = new Set<number>();
      for (let at = 0; at + 2 < data.length; at += 4)
        seen.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
      return seen.size;
    });

  it('leaves the first window and stands at the same event', async () => {
    const frame = await atlas.drawing();
    assert.equal(frame.page(), window);
    await atlas.at(frame, 'malloc(1024) = 0x5555555592a0');
    assert.equal(await atlas.workbench.page.locator('.tab', { hasText: 'Memory Map' }).count(), 0);
  });

  it('draws as large as the window', async () => {
    const frame = await atlas.drawing();
    await window.setViewportSize({ width: 900, height: 700 });
    // It flies to what the event is about.
    await frame.locator('mem-zoom .crumbs button', { hasText: '[heap]' }).waitFor();
    await atlas.workbench.settle(window);
    for (let i = 0; i < 100 && (await colours(frame)) < 20; i++) await window.waitForTimeout(50);
    assert.ok((await colours(frame)) >= 20, `${String(await colours(frame))} colours`);
    const stage = await frame.locator('mem-zoom .stage').boundingBox();
    const canvas = await frame.locator('mem-zoom .stage canvas').boundingBox();
    assert.ok(stage !== null && canvas !== null && stage.width > 500 && stage.height > 150);
    assert.ok(Math.abs(canvas.width - stage.width) <= 2 && Math.abs(canvas.height - stage.height) <= 2);
    await window.screenshot({ path: join(screenshotFolder, 'window.png') });
  });

  it('zooms with the wheel', async () => {
    const frame = await atlas.drawing();
    const before = await range(frame);
    const stage = await frame.locator('mem-zoom .stage').boundingBox();
    assert.ok(stage !== null);
    await window.mouse.move(stage.x + stage.width / 2, stage.y + stage.height / 2);
    await window.mouse.wheel(0, -480);
    for (let i = 0; i < 100 && (await range(frame)) === before; i++) await window.waitForTimeout(50);
    assert.notEqual(await range(frame), before);
  });

  it('steps by its own buttons and by the commands of the first window, which follows', async () => {
    const frame = await atlas.drawing();
    await frame.locator('mem-step-bar button[aria-label="Next malloc call"]').click();
    await atlas.at(frame, 'malloc(1) = 0x5555555596b0');
    // Commands go to the window that has the focus.
    await atlas.workbench.page.locator('.tab[data-resource-name="malloc-one.c"]').click();
    await atlas.command('Step Forward');
    await atlas.at(frame, /^output: "malloc/);
    const map = await atlas.map();
    await atlas.row(map, /0x5555555596a0/);
  });

  it('printed no error and showed no notification', async () => {
    assert.deepEqual(atlas.workbench.errors, []);
    assert.deepEqual(await atlas.notifications(), []);
  });
});
