/**
 * Hovers while a program runs: the picture of the segment, values, addresses and pages of the moment; a run that is out of date.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

const program = `#include <stdio.h>
#include <stdlib.h>

struct node { int value; struct node *next; };
static long counter = 3;
static char big[1 << 20];

static struct node *cons(int value, struct node *next)
{
    struct node *made = malloc(sizeof *made);
    made->value = value;
    made->next = next;
    counter++;
    return made;
}

int main(void)
{
    struct node *list = cons(1, NULL);
    list = cons(2, list);
    printf("%d\\n", list->value);
    free(list->next);
    free(list);
    return 0;
}
`;

describe('the hover while a program runs', () => {
  let atlas: Atlas;

  before(async () => {
    atlas = await openAtlas({
      width: 1500,
      height: 1000,
      settings: { 'memoryAtlas.run.onSave': true, 'files.autoSave': 'off' },
    });
    writeFileSync(join(atlas.workbench.folder, 'live.c'), program);
  });

  after(async () => {
    await atlas.close();
  });

  it('shows where a segment lies, and the sizes in the status bar, before anything runs', async () => {
    const { workbench } = atlas;
    await workbench.openFile('live.c');
    const hover = await workbench.hover('counter', { expected: 'data' });
    assert.doesNotMatch(hover, /Value now/);
    const picture = workbench.page.locator('.monaco-hover:not(.hidden) img').first();
    assert.match((await picture.getAttribute('src')) ?? '', /^data:image\/svg\+xml;base64,/);
    assert.match((await picture.getAttribute('alt')) ?? '', /from low to high addresses: data/i);
    assert.ok(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth > 200));
    await workbench.screenshot('hover-picture');
    await atlas.status.filter({ hasText: /text \d+ data \d+ bss 10\d{5}/ }).waitFor();
  });

  it('tells value, address and page of a global, a local, a member and an untouched array', async () => {
    const { workbench } = atlas;
    const map = await atlas.run('live.c');
    await atlas.at(map, /^malloc\(16\) = 0x5555556592a0/);
    await atlas.command('Next malloc call');
    await atlas.at(map, /^malloc\(16\) = 0x5555556592c0/);
    const counter = await workbench.hover('counter', { expected: 'Value now' });
    assert.match(
      counter,
      /Value now\s+4\s+Address now\s+0x5555555580[0-9a-f]{2}\s+Page now\s+present, a frame of its own/,
    );
    await workbench.screenshot('hover-live');
    const big = await workbench.hover('big', { expected: 'Value now' });
    // Its first bytes share the page of the other globals.
    assert.match(big, /Pages now\s+1 of 257 pages are present/);
    const value = await workbench.hover('value', { occurrence: 3, expected: 'Value now' });
    assert.match(value, /Value now\s+2\b/);
    const list = await workbench.hover('list', { occurrence: 0, expected: 'Value now' });
    assert.match(list, /Value now\s+0x5555556592a0/);
    await atlas.command('Next malloc call');
    await atlas.command('Next malloc call');
    await atlas.at(map, /^free\(/);
    const gone = await workbench.hover('made', { occurrence: 0, expected: 'Now' });
    assert.match(gone, /‘cons’ is not being called at this moment/);
  });

  it('offers to run again after an edit, and does so on save where the setting says so', async () => {
    const { workbench } = atlas;
    const path = join(workbench.folder, 'live.c');
    await workbench.page.locator('.tab[data-resource-name="live.c"]').click();
    await workbench.goTo(5, 24);
    await workbench.page.keyboard.type('0');
    await atlas.status.filter({ hasText: 'out of date' }).waitFor();
    assert.doesNotMatch(await workbench.hover('counter', { expected: 'data' }), /Value now/);
    const map = await atlas.map();
    await map.locator('mem-app .stale').click();
    await atlas.status.filter({ hasNotText: 'out of date' }).waitFor();
    await atlas.at(map, /^free\(/);
    await workbench.page.locator('.tab[data-resource-name="live.c"]').click();
    assert.match(await workbench.hover('counter', { expected: 'Value now' }), /Value now\s+32\b/);
    assert.match(readFileSync(path, 'utf8'), /counter = 3;/);
    await workbench.goTo(5, 25);
    await workbench.page.keyboard.type('0');
    await atlas.status.filter({ hasText: 'out of date' }).waitFor();
    await workbench.page.keyboard.press('ControlOrMeta+S');
    await atlas.status.filter({ hasNotText: 'out of date' }).waitFor();
    await atlas.at(map, /^free\(/);
    assert.match(await workbench.hover('counter', { expected: 'Value now' }), /Value now\s+302\b/);
    assert.match(readFileSync(path, 'utf8'), /counter = 300;/);
  });

  it('printed no error', () => {
    assert.deepEqual(atlas.workbench.errors, []);
  });
});
