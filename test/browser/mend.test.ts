/**
 * Quick fixes for what a run found: each changes the text as one would, is undone by one key, and the next run is clean.
 */
import assert from 'node:assert/strict';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

const fixes = [
  { name: 'room for the terminator', line: 11, says: '+ 1', gives: 'malloc(strlen(text) + 1)' },
  { name: 'the size of what is pointed to', line: 19, says: 'sizeof', gives: 'malloc(sizeof(*corner))' },
  { name: 'a free at the end', line: 27, says: 'Free lost at the end of lose', gives: 'free(lost);' },
] as const;

describe('quick fixes', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ width: 1500, height: 1200 });
    await atlas.run('mend.c');
    await atlas.workbench.openFile('mend.c');
  });

  after(async () => {
    await atlas.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await atlas.workbench.screenshot('failure-mend');
  });

  const page = () => atlas.workbench.page;
  const problems = (count: number) =>
    page().locator(`.statusbar-item[aria-label*="${String(count)} "], .statusbar-item`, {
      hasText: new RegExp(`^\\s*0\\s*${String(count)}\\s*$`),
    });
  const line = (text: string) => atlas.workbench.editor.locator('.view-line', { hasText: text });

  /** Takes the quick fix at a line by the keyboard. */
  async function mend(at: number, says: string): Promise<void> {
    await atlas.workbench.goTo(at, 12);
    const fix = page().locator('.action-widget .monaco-list-row', { hasText: says });
    const end = Date.now() + 20_000;
    for (;;) {
      await page().keyboard.press('Control+.');
      try {
        await fix.waitFor({ timeout: 2000 });
        break;
      } catch (error) {
        if (Date.now() > end) throw error;
        await page().keyboard.press('Escape');
      }
    }
    await page().keyboard.press('Enter');
  }

  for (const { name, line: at, says, gives } of fixes) {
    it(`put in ${name}, and one undo takes it out`, async () => {
      assert.equal(await line(gives).count(), 0);
      await mend(at, says);
      await line(gives).waitFor();
      await page().locator('.statusbar-item', { hasText: 'out of date' }).waitFor();
      await atlas.workbench.screenshot(`mend-${String(at)}`);
      await page().keyboard.press('ControlOrMeta+Z');
      await line(gives).waitFor({ state: 'detached' });
      // What was found belongs to the text that was run.
      await atlas.command('Run Again');
      await page().locator('.statusbar-item', { hasText: 'out of date' }).waitFor({ state: 'detached' });
    });
  }

  it('leave a program without mistakes', async () => {
    // From the last line to the first: a line is put in by one of them.
    for (const { line: at, says, gives } of [...fixes].reverse()) {
      await mend(at, says);
      await line(gives).waitFor();
      await atlas.command('Run Again');
      await page().locator('.statusbar-item', { hasText: 'out of date' }).waitFor({ state: 'detached' });
    }
    await problems(0).first().waitFor();
    await atlas.workbench.settle();
    await atlas.workbench.screenshot('mend-clean');
  });

  it('printed no error', () => {
    assert.deepEqual(atlas.workbench.errors, []);
  });
});
