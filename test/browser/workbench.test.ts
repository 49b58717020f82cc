import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../scripts/support/process.mjs';
import { openAtlas } from './memory-atlas.ts';
import { openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

describe('the workbench', () => {
  let workbench: Workbench;

  before(async () => {
    const folder = join(temporaryFolder('fixture'), 'smoke');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'main.c'),
      'static int counter = 1;\n\nint main(void) {\n  return counter;\n}\n',
    );
    workbench = await openWorkbench({ folder });
  });

  after(async () => {
    await workbench.close();
  });

  it('opens a C file with the extension loaded', async () => {
    await workbench.openFile('main.c');
    await workbench.click('counter', 1);
    await workbench.page.locator('.statusbar-item', { hasText: 'Ln 4, Col' }).waitFor();
  });

  it('has the commands of the extension in its palette', async () => {
    await workbench.page.keyboard.press('F1');
    await workbench.page.locator('.quick-input-widget input.input').fill('>Memory Atlas');
    await workbench.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Memory Atlas:' })
      .first()
      .waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('printed no error of the extension', () => {
    assert.deepEqual(workbench.errors, []);
  });
});

describe('VS Code for the Web', () => {
  it('hovers, runs and steps a C file of a virtual workspace, and shows the map', async () => {
    const atlas = await openAtlas({ host: 'web', theme: 'hc-light' });
    try {
      await atlas.workbench.openFile('segments.c');
      assert.match(await atlas.workbench.hover('answer'), /data segment/);
      const map = await atlas.run('malloc-one.c');
      await atlas.command('Next malloc call');
      await atlas.at(map, 'malloc(1) = 0x5555555596b0');
      await atlas.row(map, /^\[heap\], .*132 KiB, 0x555555559000/);
      await atlas.command('Previous malloc call');
      await atlas.at(map, 'malloc(1024) = 0x5555555592a0');
      await atlas.workbench.screenshot('map-web');
      assert.deepEqual(
        atlas.workbench.errors.filter((text) => /memory-atlas|mem-|Content Security Policy/i.test(text)),
        [],
      );
    } finally {
      await atlas.close();
    }
  });
});
