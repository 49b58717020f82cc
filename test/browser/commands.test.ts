/**
 * The commands of the palette and the buttons of the views, as a person uses them.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

/** The event that a run of malloc-one.c stands at when it is opened. */
const first = 'malloc(1024) = 0x5555555592a0';

describe('the commands', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ width: 1600, height: 1000 });
  });

  after(async () => {
    await atlas.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await atlas.workbench.screenshot('failure-commands');
  });

  const page = () => atlas.workbench.page;
  const entry = (label: string) =>
    page().locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
  const input = () => page().locator('.quick-input-widget input[type=text]').first();

  /** The text of the active editor, as far as it is drawn. */
  const shown = async (): Promise<string> => {
    const lines = await atlas.workbench.editor.locator('.view-line').allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  };

  /** Waits until the active editor shows a text. */
  const untilShown = async (text: RegExp): Promise<string> => {
    const end = Date.now() + 30_000;
    for (;;) {
      const lines = await shown().catch(() => '');
      if (text.test(lines)) return lines;
      if (Date.now() > end) throw new Error(`the editor does not show ${String(text)}, but:\n${lines}`);
      await page().waitForTimeout(50);
    }
  };

  it('say what is missing where no program runs, and offer to run one', async () => {
    await atlas.workbench.openFile('malloc-one.c');
    await atlas.command('Report About the Run');
    await atlas.notification('no program is running yet');
    await page().locator('.notification-toast .monaco-button', { hasText: 'Run and Step' }).click();
    await atlas.workbench.waitForText(await atlas.map(), 'mem-app h1', 'malloc-one.c');
  });

  it('open a sample as a document of the user’s own, which runs', async () => {
    await atlas.command('Open a Sample');
    await entry('Linked list').click();
    await untilShown(/struct/);
    await page().locator('.tab.active.dirty, .tab.active[data-resource-name^=Untitled]').waitFor();
    await atlas.command('Run and Step');
    await atlas.workbench.waitForText(await atlas.map(), 'mem-app h1', 'Untitled');
  });

  it('step, go from call to call, begin again and stop by the buttons above the timeline', async () => {
    const map = await atlas.run('malloc-one.c');
    await atlas.timeline();
    const press = async (title: string): Promise<void> => {
      const header = page().locator('.pane-header', { hasText: 'Timeline' });
      await header.hover();
      await header.locator(`.action-label[aria-label^="${title}"]`).click();
    };
    await atlas.at(map, first);
    await press('Next malloc call');
    await atlas.at(map, 'malloc(1) = 0x5555555596b0');
    await press('Step Forward');
    await atlas.at(map, /^output: "malloc/);
    await press('Step Back');
    await atlas.at(map, 'malloc(1) = 0x5555555596b0');
    await press('Previous malloc call');
    await atlas.at(map, first);
    await atlas.workbench.screenshot('commands-buttons');
    await press('Restart');
    await atlas.at(map, 'start');
    await press('Stop');
    await atlas.workbench.waitForText(map, 'mem-app', /Run and Step/);
    await press('Run and Step');
    await atlas.at(map, first);
  });

  it('roll the addresses anew, the same for the same seed', async () => {
    const map = await atlas.run('malloc-one.c');
    await atlas.at(map, first);
    await atlas.command('Re-roll Address Randomisation');
    // The heap begins on a page, so the last three digits stay.
    await atlas.at(map, /^malloc\(1024\) = 0x(?!5555555592a0)5[0-9a-f]{8}2a0/);
    await atlas.command('Toggle Address Randomisation');
    await atlas.at(map, first);
  });

  it('copy /proc/self/maps', async () => {
    await atlas.command('Copy /proc/self/maps');
    await page().locator('.statusbar-item', { hasText: 'was copied' }).waitFor();
    const maps = await page().evaluate(() => navigator.clipboard.readText());
    assert.match(maps, /^555555554000-555555555000 r--p 00000000 .*\n/);
    assert.match(maps, /\n555555559000-55555557a000 rw-p 00000000 00:00 0 +\[heap\]\n/);
  });

  it('give the trace as JSON', async () => {
    await atlas.command('Export Trace as JSON');
    await untilShown(/"text": "page fault: read at/);
    await page().locator('.statusbar-item', { hasText: 'JSON' }).waitFor();
    await atlas.workbench.screenshot('commands-trace');
  });

  it('compare two steps', async () => {
    await atlas.workbench.openFile('malloc-one.c');
    await atlas.command('Compare Two Steps');
    await input().fill('exit');
    await entry('exit').click();
    assert.match(await untilShown(/From event \d+ to event \d+/), /^[+~-] /m);
    // It cannot be changed, so closing it asks nothing.
    await page().locator('.tab.active:not(.dirty)', { hasText: 'From event' }).waitFor();
    await atlas.workbench.screenshot('commands-compare-steps');
  });

  it('write a report', async () => {
    await atlas.workbench.openFile('malloc-one.c');
    await atlas.command('Report About the Run');
    await page().locator('.tab.active', { hasText: 'Preview' }).waitFor();
    const preview = await atlas.workbench.webview('.markdown-body table');
    await atlas.workbench.waitForText(preview, 'body', 'Memory report: malloc-one.c');
    await atlas.workbench.screenshot('commands-report');
  });

  it('choose the files and arguments of a program, and run them linked', async () => {
    await atlas.workbench.openFile('main-of-two.c');
    await atlas.command('Choose Program');
    await page()
      .locator('.quick-input-title', { hasText: 'files of the program of main-of-two.c' })
      .waitFor();
    await input().fill('part-of');
    await entry('part-of-two.c').locator('input[type=checkbox], .monaco-checkbox').first().click();
    await input().press('Enter');
    await page().locator('.quick-input-title', { hasText: 'arguments of the program' }).waitFor();
    await input().fill('3 "4 5"');
    await input().press('Enter');
    const settings = join(atlas.workbench.folder, '.vscode/settings.json');
    while (!readFileSync(settings, 'utf8').includes('run.args')) await page().waitForTimeout(50);
    const map = await atlas.run('main-of-two.c');
    await atlas.command('Next Output');
    await atlas.at(map, /12/);
    await atlas.workbench.openFile('main-of-two.c');
    const text = await atlas.workbench.hover('shared_total;', { expected: '.data' });
    assert.match(text, /0x4018 in the file/);
    assert.match(text, /part-of-two\.c, line 2/);
  });

  it('go by keys: to a statement, to the line of the cursor, to who wrote a variable', async () => {
    await page().keyboard.press('Escape');
    await atlas.workbench.openFile('main-of-two.c');
    await atlas.workbench.goTo(11, 5);
    await page().keyboard.press('Control+Alt+G');
    await atlas.markedLine(11);
    await page().keyboard.press('Control+Alt+Shift+S');
    await atlas.workbench.goTo(11, 22);
    await page().keyboard.press('Control+Alt+W');
    await page().locator('.quick-input-title', { hasText: 'bytes that are written' }).waitFor();
    assert.equal(await input().inputValue(), 'shared_total');
    await input().press('Enter');
    await page()
      .locator('.statusbar-item', { hasText: /Written by/ })
      .first()
      .waitFor();
    await atlas.workbench.screenshot('commands-written-by');
  });

  it('printed no error', () => {
    // The preview of Markdown watches the report's document, which is in no file.
    const errors = atlas.workbench.errors.filter((text) => !text.includes('untitled:'));
    assert.deepEqual(errors, []);
  });
});
