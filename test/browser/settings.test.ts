/**
 * Settings, as a person changes them in the file of the workspace: each kind of hint by itself, values that are none.
 */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineMarks, openAtlas, programsFolder } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

/** What each kind of hint writes into segments.c. */
const hints = {
  segment: 'BSS',
  size: '4096 B',
  stackCost: '16 B of stack',
  chunk: 'chunk of 32 B',
  codeLens: '16 bytes of stack a call',
} as const;

type HintKind = keyof typeof hints;

describe('the settings', () => {
  let atlas: Atlas;

  before(async () => {
    const folder = programsFolder();
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, '.vscode/settings.json'), '{}\n');
    atlas = await openAtlas({ folder, height: 1300 });
  });

  after(async () => {
    await atlas.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await atlas.workbench.screenshot('failure-settings');
  });

  const page = () => atlas.workbench.page;

  /** Types the workspace's settings and saves them. */
  async function set(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await atlas.workbench.openFile('.vscode/settings.json');
    await atlas.workbench.editor.locator('.view-line').first().click();
    await page().keyboard.press('ControlOrMeta+A');
    await page().keyboard.press('Delete');
    await page().keyboard.insertText(JSON.stringify(settings));
    await page().keyboard.press('ControlOrMeta+S');
    await page().locator('.tab.active:not(.dirty)').waitFor();
  }

  /** The kinds of hints that the editor shows, once they are the expected ones. */
  async function shows(expected: readonly HintKind[]): Promise<void> {
    await atlas.workbench.openFile('segments.c');
    const end = Date.now() + 15_000;
    for (;;) {
      const text = (await atlas.workbench.editor.locator('.view-lines, .contentWidgets').allInnerTexts())
        .join('\n')
        .replaceAll('\u00a0', ' ');
      const shown = (Object.keys(hints) as HintKind[]).filter((kind) => text.includes(hints[kind]));
      if (String(shown) === String(expected)) return;
      if (Date.now() > end) assert.deepEqual(shown, expected, text);
      await page().waitForTimeout(100);
    }
  }

  it('are quiet at first: letters beside the lines, nothing in them', async () => {
    await shows([]);
    await page().locator(lineMarks).first().waitFor();
  });

  for (const kind of Object.keys(hints) as HintKind[]) {
    it(`show the hints of ${kind} alone`, async () => {
      await set({ [`memoryAtlas.hints.${kind}`]: true });
      await shows([kind]);
    });
  }

  it('hide the hints where the editor shows none, and the lens where it shows none', async () => {
    const all = Object.fromEntries(Object.keys(hints).map((kind) => [`memoryAtlas.hints.${kind}`, true]));
    await set({ ...all, 'editor.inlayHints.enabled': 'off' });
    await shows(['codeLens']);
    await set({ ...all, 'editor.codeLens': false });
    await shows(['segment', 'size', 'stackCost', 'chunk']);
    await set(all);
    await shows(Object.keys(hints) as HintKind[]);
    for (const theme of ['hc-dark', 'hc-light'] as const) {
      await atlas.workbench.setTheme(theme);
      await atlas.workbench.screenshot(`settings-hints-${theme}`);
    }
    await atlas.workbench.setTheme('dark');
    await set({ ...all, 'memoryAtlas.hints.enabled': false });
    await shows([]);
    assert.equal(await page().locator(lineMarks).count(), 0);
  });

  it('take the letters beside the lines away', async () => {
    await set({ 'memoryAtlas.hints.gutter': false });
    await shows([]);
    await page().waitForFunction((marks) => document.querySelectorAll(marks).length === 0, lineMarks);
  });

  it('say what a value should have been, and what is used', async () => {
    await set({ 'memoryAtlas.target': 'arm64' });
    const choice = await atlas.notification('memoryAtlas.target');
    assert.match(choice, /cannot be "arm64"\. It is one of "x86-64", "i386"\. "x86-64" is used\./);
    await set({ 'memoryAtlas.machine.stackLimitKiB': 1 });
    const range = await atlas.notification('memoryAtlas.machine.stackLimitKiB');
    assert.match(range, /cannot be 1\. It is a number from 64 to 65536\. 64 is used\./);
    await set({ 'memoryAtlas.tunables': 'no.such=1' });
    await atlas.notification('tunables');
    await atlas.workbench.screenshot('settings-invalid');
  });

  it('printed no error besides those', () => {
    const errors = atlas.workbench.errors.filter((text) => !/tunables|no\.such/.test(text));
    assert.deepEqual(errors, []);
  });
});
