/**
 * A folder that is not trusted: nothing of it is executed by the machine, so everything works as in any other.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineMarks, openAtlas, programsFolder } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('Restricted Mode', () => {
  let atlas: Atlas;

  before(async () => {
    const folder = programsFolder();
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, '.vscode/settings.json'), '{ "memoryAtlas.run.workspaceFiles": true }\n');
    writeFileSync(join(folder, 'data.txt'), 'data\n');
    writeFileSync(
      join(folder, 'reads.c'),
      '#include <stdio.h>\nint main(void) { puts(fopen("data.txt", "r") ? "can read" : "cannot read"); }\n',
    );
    atlas = await openAtlas({ folder, isRestricted: true });
  });

  after(async () => {
    await atlas.close();
  });

  it('is what the window is in', async () => {
    await atlas.workbench.page.getByText('Restricted Mode').first().waitFor();
  });

  it('leaves hovers, marks and the tree of segments', async () => {
    const { page } = atlas.workbench;
    await atlas.workbench.openFile('segments.c');
    const text = await atlas.workbench.hover('buffer[4096', { expected: '.bss' });
    assert.match(text, /BSS/);
    await page.locator(lineMarks).first().waitFor();
    await atlas.openSidePanel();
    await page.locator('.sidebar .monaco-list-row', { hasText: '.text' }).first().waitFor();
  });

  it('leaves the simulation: map, timeline, steps', async () => {
    const map = await atlas.run('malloc-one.c');
    await atlas.at(map, 'malloc(1024) = 0x5555555592a0');
    await atlas.command('Next malloc call');
    await atlas.at(map, 'malloc(1) = 0x5555555596b0');
    await atlas.timeline();
    await atlas.workbench.screenshot('restricted');
  });

  it('does not let the folder give programs its files', async () => {
    await atlas.run('reads.c');
    const timeline = await atlas.timeline();
    await timeline.locator('.row .text').filter({ hasText: 'cannot read' }).first().waitFor();
  });

  it('printed no error', () => {
    assert.deepEqual(atlas.workbench.errors, []);
  });
});
