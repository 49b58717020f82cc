import assert from 'node:assert/strict';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('programs that do not end well', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({ width: 1500, height: 1200 });
  });

  after(async () => {
    await atlas.close();
  });

  afterEach(async () => {
    await atlas.workbench.runCommand('Notifications: Clear All Notifications');
    await atlas.workbench.page.locator('.notification-toast').first().waitFor({ state: 'detached' });
  });

  const marker = (kind: string) => atlas.workbench.page.locator(`.editor-instance .squiggly-${kind}`).first();

  it('names the first error of a program that does not compile, and marks it', async () => {
    await atlas.workbench.openFile('error.c');
    await atlas.command('Run and Step');
    const text = await atlas.notification('error.c');
    assert.match(text, /cannot run error\.c: line 4: .*missing/);
    await marker('error').waitFor();
    assert.equal(await atlas.status.filter({ hasText: /\d+\/\d+/ }).count(), 0);
    await atlas.workbench.page
      .locator('.notification-toast .monaco-button', { hasText: 'Show Problems' })
      .click();
    const problem = atlas.workbench.page.locator('.markers-panel .monaco-list-row', { hasText: 'missing' });
    await problem.waitFor();
    assert.match(await problem.innerText(), /Memory Atlas.*Ln 4, Col 12/s);
    await atlas.workbench.runCommand('View: Toggle Panel Visibility');
  });

  it('says that a program without main has nothing to run', async () => {
    await atlas.workbench.openFile('no-main.c');
    await atlas.command('Run and Step');
    assert.match(await atlas.notification('no-main.c'), /main/);
    assert.equal(await atlas.status.filter({ hasText: /\d+\/\d+/ }).count(), 0);
  });

  it('shows the signal of a program that writes through a null pointer', async () => {
    const map = await atlas.run('crash.c');
    await atlas.workbench.waitForText(map, 'mem-output', /SIGSEGV/);
    const timeline = await atlas.timeline();
    await timeline.locator('mem-timeline .list').press('End');
    const last = await atlas.workbench.waitForText(
      timeline,
      'mem-timeline .row[aria-selected=true]',
      'SIGSEGV',
    );
    assert.match(last, /:10$/);
    await atlas.markedLine(10);
    assert.match(await atlas.workbench.textOf(map, 'mem-output'), /before/);
  });

  it('names what is not modelled in the Problems at its line, and runs up to it', async () => {
    const map = await atlas.run('unsupported.c');
    await marker('info').waitFor();
    await atlas.workbench.waitForText(map, 'mem-output', 'socket');
    await atlas.workbench.runCommand('Problems: Focus on Problems View');
    const problem = atlas.workbench.page.locator('.markers-panel .monaco-list-row', { hasText: 'socket' });
    assert.match(await problem.innerText(), /Ln 7/);
    await atlas.workbench.runCommand('View: Toggle Panel Visibility');
    const timeline = await atlas.timeline();
    await timeline.locator('mem-timeline .list').press('End');
    await atlas.markedLine(7);
    await atlas.workbench.waitForText(map, 'mem-output', 'before');
  });

  it('can be cancelled in an endless loop, and the editor stays usable meanwhile', async () => {
    const { page } = atlas.workbench;
    await atlas.workbench.openFile('loop.c');
    await atlas.command('Run and Step');
    const progress = page.locator('.notification-toast', { hasText: 'running loop.c' });
    await progress.waitFor();
    const hover = await atlas.workbench.hover('block', { expected: 'stack' });
    assert.match(hover, /char \*block/);
    await progress.hover();
    await progress.locator('.monaco-button', { hasText: 'Cancel' }).click();
    await progress.waitFor({ state: 'detached' });
    assert.deepEqual(await atlas.notifications(), []);
    const map = await atlas.run('malloc-one.c');
    await atlas.at(map, 'malloc(1024) = 0x5555555592a0');
  });

  it('printed no error besides what it told the user', () => {
    assert.deepEqual(
      atlas.workbench.errors.filter(
        (text) => !/^Memory Atlas(?: cannot run error\.c|: there is nothing)/.test(text),
      ),
      [],
    );
  });
});
