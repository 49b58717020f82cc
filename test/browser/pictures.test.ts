/**
 * Pictures of every face in every theme and width, to be looked at: out/screenshots/*.png.
 *
 * With MEMORY_ATLAS_README_SCREENSHOTS=1 the pictures of the README are made anew too.
 */
import { statSync } from 'node:fs';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import process from 'node:process';
import { root } from '../../scripts/support/process.mjs';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';
import { themes } from './workbench.ts';
import type { ThemeName } from './workbench.ts';

describe('pictures', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ width: 1600, height: 950 });
    await atlas.run('malloc-one.c');
    await atlas.timeline();
    await atlas.command('Next malloc call');
    await atlas.command('Next malloc call');
    await atlas.at(await atlas.map(), 'free(0x5555555596b0)');
  });

  after(async () => {
    await atlas.close();
  });

  /** Nothing of a webview is wider than its page. */
  async function assertNothingIsCut(what: string): Promise<void> {
    const map = await atlas.map();
    const overflow = await map.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `${what}: ${overflow} pixels stick out`);
  }

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`of map, timeline and editor in the theme ${theme}`, async () => {
      await atlas.workbench.setTheme(theme);
      await atlas.workbench.settle();
      await atlas.workbench.screenshot(`map-${theme}`);
      await assertNothingIsCut(theme);
    });
  }

  it('of a hover in dark and light', async () => {
    for (const theme of ['light', 'dark'] as const) {
      await atlas.workbench.setTheme(theme);
      await atlas.workbench.openFile('segments.c');
      await atlas.workbench.hover('buffer[4096');
      await atlas.workbench.settle();
      await atlas.workbench.screenshot(`hover-${theme}`);
      await atlas.workbench.hover('x = local');
      await atlas.workbench.settle();
      await atlas.workbench.screenshot(`hover-member-${theme}`);
      await atlas.workbench.openFile('malloc-one.c');
    }
  });

  it('of a wide and of a narrow map', async () => {
    await atlas.workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await atlas.workbench.page.setViewportSize({ width: 2600, height: 1000 });
    await atlas.workbench.settle();
    await atlas.workbench.screenshot('map-wide');
    await assertNothingIsCut('wide');
    await atlas.workbench.page.setViewportSize({ width: 690, height: 950 });
    await atlas.workbench.settle();
    await atlas.workbench.screenshot('map-narrow');
    await assertNothingIsCut('narrow');
  });

  it('of the map without a run', async () => {
    await atlas.workbench.page.setViewportSize({ width: 1200, height: 800 });
    await atlas.command('Stop');
    await atlas.workbench.webview('mem-app .empty');
    await atlas.workbench.settle();
    await atlas.workbench.screenshot('map-empty');
  });
});

/**
 * The eight levels of the map that the README shows: what is searched, how often `-` is pressed after it. What is fitted
 * fills the picture; otherwise some of its neighbourhood is shown.
 */
const levels: readonly { readonly search: string; readonly isFitted?: boolean; readonly farther?: number }[] =
  [
    { search: '' },
    { search: '[heap]' },
    { search: 'capacity', farther: 3 },
    { search: '0x55555555a790', farther: 4 },
    { search: '0x55555555a790', isFitted: true },
    { search: '0x55555555a7c0', isFitted: true },
    { search: 'mean' },
    { search: 'label', isFitted: true },
  ];

describe('the pictures of the README', () => {
  const shot = (theme: ThemeName): string => join(root, `media/screenshot-${theme}.jpg`);
  const zoom = (level: number): string => join(root, `media/zoom-${String(level + 1)}.jpg`);

  if (process.env.MEMORY_ATLAS_README_SCREENSHOTS === '1') {
    const settings = { 'editor.minimap.enabled': false };

    it('are made of the window', async () => {
      const atlas = await openAtlas({ width: 1600, height: 900, settings });
      try {
        const map = await atlas.run('tour.c');
        await atlas.timeline();
        await atlas.at(map, 'malloc(200000)');
        for (const call of ['a2a0', 'a2d0', 'a790', 'a7c0', 'a7f0']) {
          await atlas.command('Next malloc call');
          await atlas.at(map, `= 0x55555555${call}`);
        }
        await atlas.drawing();
        for (const theme of ['dark', 'light'] as const) {
          await atlas.workbench.setTheme(theme);
          await atlas.workbench.settle();
          await atlas.workbench.page.screenshot({ path: shot(theme), type: 'jpeg', quality: 55 });
        }
      } finally {
        await atlas.close();
      }
    });

    it('are made of eight levels of the map', async () => {
      const atlas = await openAtlas({ width: 1040, height: 1150, settings });
      try {
        const { workbench } = atlas;
        const map = await atlas.run('tour.c');
        await atlas.command('Next Output');
        await atlas.at(map, 'output');
        await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
        await workbench.runCommand('View: Join All Editor Groups');
        await workbench.page.locator('.tab', { hasText: 'Memory Map' }).click();
        const frame = await atlas.drawing();
        const stage = frame.locator('mem-zoom .stage');
        const input = frame.locator('mem-zoom input');
        for (const [level, { search, isFitted = false, farther = 0 }] of levels.entries()) {
          if (search === '') await stage.press('0');
          else {
            await input.fill(search);
            await input.press('Enter');
            await workbench.page.waitForTimeout(600);
            if (isFitted) await stage.press('Enter');
          }
          for (let turn = 0; turn < farther; turn++) await stage.press('-');
          await workbench.page.waitForTimeout(1200);
          await frame.locator('mem-zoom .row').screenshot({ path: zoom(level), type: 'jpeg', quality: 60 });
        }
      } finally {
        await atlas.close();
      }
    });
  }

  for (const file of [shot('dark'), shot('light'), ...levels.map((_, level) => zoom(level))])
    it(`${file.slice(root.length + 1)} is there and not too large`, () => {
      const { size } = statSync(file);
      assert.ok(size > 5_000 && size < 300_000, `${file} has ${String(size)} bytes`);
    });
});
