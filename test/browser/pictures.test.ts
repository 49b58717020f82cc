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

describe('the pictures of the README', () => {
  const file = (theme: ThemeName): string => join(root, `media/screenshot-${theme}.jpg`);

  if (process.env.MEMORY_ATLAS_README_SCREENSHOTS === '1') {
    it('are made', async () => {
      const atlas = await openAtlas({
        width: 1600,
        height: 860,
        settings: { 'editor.minimap.enabled': false },
      });
      try {
        const map = await atlas.run('malloc-one.c');
        await atlas.timeline();
        await atlas.command('Next malloc call');
        await atlas.at(map, 'malloc(1) = 0x5555555596b0');
        await atlas.drawing();
        for (const theme of ['dark', 'light'] as const) {
          await atlas.workbench.setTheme(theme);
          await atlas.workbench.settle();
          await atlas.workbench.page.screenshot({ path: file(theme), type: 'jpeg', quality: 50 });
        }
      } finally {
        await atlas.close();
      }
    });
  }

  for (const theme of ['dark', 'light'] as const) {
    it(`are there in ${theme} and not too large`, () => {
      const { size } = statSync(file(theme));
      assert.ok(size > 20_000 && size < 300_000, `${file(theme)} has ${size} bytes`);
    });
  }
});
