/**
 * The .vsix installed into a VS Code server from its file and used as a newcomer does: open a sample, hover, run, look at
 * the map. Nothing of it is loaded as an extension under development.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/support/process.mjs';
import { openAtlas } from '../browser/memory-atlas.ts';
import type { Atlas } from '../browser/memory-atlas.ts';

/** What the way from the first command to the first picture may take on a busy machine, in seconds; the aim is 5, printed below. */
const mostSeconds = 30;

function packageFile(): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
  };
  return join(root, `${manifest.name}-${manifest.version}.vsix`);
}

describe('the installed package', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ vsix: packageFile(), width: 1400, height: 950 });
  });

  after(async () => {
    await atlas.close();
  });

  it('leads a newcomer from a sample over a hover to the map', async () => {
    const { workbench } = atlas;
    const { page } = workbench;
    const start = Date.now();
    await atlas.command('Open a Sample');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'malloc(1)' }).click();
    await workbench.editor.locator('.view-line', { hasText: 'malloc' }).first().waitFor();
    const opened = Date.now();
    const hover = await workbench.hover('malloc(BYTES', { expected: 'brk heap' });
    const hovered = Date.now();
    await atlas.command('Run and Step');
    const picture = await workbench.webview('mem-zoom canvas');
    await picture.locator('mem-step-bar .position').waitFor();
    const drawn = Date.now();
    await workbench.screenshot('installed');
    const seconds = (drawn - start) / 1000;
    console.log(
      `      sample ${String(opened - start)} ms, hover ${String(hovered - opened)} ms, ` +
        `first picture ${String(drawn - hovered)} ms: ${seconds.toFixed(1)} s in all`,
    );
    assert.match(hover, /32 \(0x20\)/);
    assert.ok(seconds <= mostSeconds, `it took ${seconds.toFixed(1)} s`);
  });

  it('steps to malloc and knows its release, its lessons and its languages', async () => {
    const { workbench } = atlas;
    await atlas.command('Next malloc call');
    const map = await atlas.map();
    await workbench.waitForText(map, 'mem-step-bar .text', /malloc\(1\)/);
    await atlas.row(map, /heap.*132/i);
    const lessons = await atlas.lessons();
    assert.equal(await lessons.locator('.lesson').count(), 12);
    await workbench.screenshot('installed-stepped');
    assert.deepEqual(workbench.errors, []);
  });
});

describe('the installed package in Chinese', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ vsix: packageFile(), locale: 'zh-cn', width: 1400, height: 950 });
  });

  after(async () => {
    await atlas.close();
  });

  it('answers hovers in Chinese', async () => {
    const { workbench } = atlas;
    await workbench.openFile('segments.c');
    const hover = await workbench.hover('buffer[', { expected: 'BSS' });
    await workbench.screenshot('installed-zh');
    // Names of sections and what the reader wrote stay; every sentence is Chinese.
    assert.match(hover, /\p{Script=Han}{4}/u);
    assert.doesNotMatch(hover, /[a-z]{3,} [a-z]{3,} [a-z]{3,}/);
    assert.deepEqual(workbench.errors, []);
  });
});
