import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

describe('the timeline in the side panel', () => {
  let atlas: Atlas;
  let map: Frame;
  let timeline: Frame;

  before(async () => {
    atlas = await openAtlas({ width: 1500, height: 2200 });
    map = await atlas.run('malloc-128k.c');
    timeline = await atlas.timeline();
  });

  after(async () => {
    await atlas.close();
  });

  const texts = (): Promise<string[]> => timeline.locator('mem-timeline .row .text').allInnerTexts();
  const selected = (): Promise<string> =>
    timeline.locator('mem-timeline .row[aria-selected=true] .text').innerText();

  it('lists the calls, system calls and page faults in order, and marks the current one', async () => {
    const rows = await texts();
    const order = [
      /^start/,
      /^getpid\(\)/,
      /^brk\(NULL\)/,
      /^page fault: write/,
      /^malloc\(1024\)/,
      /^malloc\(4096\)/,
      /^mmap\(/,
      /^malloc\(131072\)/,
      /^munmap\(/,
      /^free\(/,
      /^exit\(0\)/,
    ];
    let from = 0;
    for (const pattern of order) {
      const found = rows.findIndex((row, index) => index >= from && pattern.test(row.trim()));
      assert.notEqual(found, -1, `${String(pattern)} after row ${from} in\n${rows.join('\n')}`);
      from = found + 1;
    }
    assert.match(await selected(), /^malloc\(1024\)/);
  });

  it('goes to the event that is clicked: the block of 128 KiB has a mapping right below the libraries', async () => {
    await timeline.locator('mem-timeline .row[data-event=malloc]', { hasText: 'malloc(131072) =' }).click();
    await atlas.workbench.waitForText(map, 'mem-step-bar .text', 'malloc(131072) = 0x7ffff7dae010');
    const rows = await atlas.rows(map);
    // 128 KiB and the header: 33 pages, merged with the mapping of the thread's storage above it as in the real maps.
    const block = rows.findIndex((row) => row.includes('0x7ffff7dae000'));
    const libraries = rows.findIndex((row) => /libc\.so\.6, .*0x7ffff7dd2000/.test(row));
    const heap = rows.findIndex((row) => row.startsWith('[heap]'));
    assert.ok(libraries >= 0 && libraries < block && block < heap, rows.join('\n'));
  });

  it('moves with the arrow keys, and Home and End', async () => {
    const before = await selected();
    const list = timeline.locator('mem-timeline .list');
    await list.focus();
    await list.press('ArrowDown');
    await atlas.workbench.waitForText(timeline, 'mem-timeline .row[aria-selected=true]', 'output:');
    await atlas.workbench.waitForText(map, 'mem-step-bar .text', 'output:');
    await list.press('ArrowUp');
    await atlas.workbench.waitForText(timeline, 'mem-timeline .row[aria-selected=true]', before);
    await list.press('End');
    await atlas.workbench.waitForText(map, 'mem-step-bar .text', 'exit(0)');
    await list.press('Home');
    await atlas.workbench.waitForText(map, 'mem-step-bar .text', 'start');
  });

  it('tells a screen reader the current event, in the list and where the focus is elsewhere', async () => {
    const list = timeline.locator('mem-timeline .list');
    await list.focus();
    await list.press('Home');
    await list.press('ArrowDown');
    const event = await atlas.workbench.waitForText(map, 'mem-step-bar .text', /^page fault/);
    await atlas.workbench.waitForText(timeline, 'mem-timeline .row[aria-selected=true]', event);
    const current = await list.evaluate((element) => {
      const id = element.getAttribute('aria-activedescendant') ?? '';
      const row = (element.getRootNode() as ShadowRoot).getElementById(id);
      return {
        role: row?.getAttribute('role'),
        selected: row?.getAttribute('aria-selected'),
        text: row?.textContent,
      };
    });
    assert.equal(await list.getAttribute('role'), 'listbox');
    assert.deepEqual([current.role, current.selected], ['option', 'true']);
    assert.ok(current.text?.includes(event), JSON.stringify(current));
    await atlas.workbench.goTo(1);
    await atlas.workbench.page.keyboard.press('Control+Alt+Period');
    const next = await atlas.workbench.waitForText(
      map,
      'mem-step-bar .text',
      /^(?!page fault: read at 0x7ffff7ea7000)/,
    );
    await map
      .locator('mem-app [role=status][aria-live=polite]', { hasText: next })
      .waitFor({ state: 'attached' });
  });

  it('shows that free has given the mapping back', async () => {
    await timeline.locator('mem-timeline .row', { hasText: 'free(0x7ffff7dae010)' }).click();
    await atlas.workbench.waitForText(map, 'mem-step-bar .text', 'free(0x7ffff7dae010)');
    const rows = await atlas.rows(map);
    assert.equal(
      rows.some((row) => row.includes('0x7ffff7dae000')),
      false,
    );
    assert.ok(rows.some((row) => row.includes('0x7ffff7dcf000')));
  });

  it('lists only the kinds that are switched on, and keeps the place', async () => {
    const kind = (name: string) => timeline.locator('mem-timeline .kind', { hasText: name });
    for (const name of ['system call', 'page fault', 'output', 'wait', 'process']) await kind(name).click();
    await timeline.locator('mem-timeline .row', { hasText: 'getpid' }).waitFor({ state: 'detached' });
    await timeline.locator('mem-timeline .row .text').nth(4).waitFor();
    const rows = await texts();
    assert.deepEqual(
      rows.map((row) => row.trim().replace(/[ (].*/, '')),
      ['malloc', 'malloc', 'malloc', 'free', 'free'],
    );
    assert.match(await selected(), /^free\(0x7ffff7dae010\)/);
    await kind('system call').click();
    await timeline.locator('mem-timeline .row', { hasText: 'getpid' }).waitFor();
  });

  it('finds events by words and sizes, and gives all back with Escape', async () => {
    const input = timeline.locator('mem-timeline .query');
    await input.fill('malloc size>4096');
    await timeline.locator('mem-timeline .row', { hasText: 'malloc(4096)' }).waitFor({ state: 'detached' });
    await timeline.locator('mem-timeline .row', { hasText: 'malloc(131072)' }).waitFor();
    assert.equal((await texts()).length, 1);
    await atlas.workbench.screenshot('timeline-filter');
    await input.fill('nothing like this');
    await timeline.locator('mem-timeline .none').waitFor();
    await input.press('Escape');
    await timeline.locator('mem-timeline .row', { hasText: 'malloc(4096)' }).waitFor();
    await timeline.locator('mem-timeline .none').waitFor({ state: 'detached' });
    assert.equal(await input.inputValue(), '');
  });

  it('follows a step that another face makes', async () => {
    await atlas.command('Previous malloc call');
    await atlas.workbench.waitForText(
      timeline,
      'mem-timeline .row[aria-selected=true]',
      'malloc(131072) = 0x7ffff7dae010',
    );
  });

  it('is empty after Stop, as the map is, and the editor has no mark', async () => {
    await atlas.command('Stop');
    await atlas.workbench.waitForText(timeline, 'mem-timeline', 'Run');
    const panel = await atlas.workbench.webview('mem-app .empty .action');
    await atlas.workbench.waitForText(panel, 'mem-app', 'No program has been run yet');
    assert.equal(await atlas.lineMark(), undefined);
    await atlas.status.filter({ hasText: /\d+\/\d+/ }).waitFor({ state: 'detached' });
    await timeline.locator('mem-timeline .action').click();
    map = await atlas.map();
    await atlas.workbench.waitForText(map, 'mem-app h1', 'malloc-128k.c');
    timeline = await atlas.timeline();
  });

  it('printed no error and showed no notification', async () => {
    assert.deepEqual(atlas.workbench.errors, []);
    assert.deepEqual(await atlas.notifications(), []);
  });
});
