/**
 * axe-core over every view of ours, in all themes: no violation.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Frame } from 'playwright-core';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';
import { themes } from './workbench.ts';
import type { ThemeName } from './workbench.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Rules that are not asked.
 *
 * label-content-name-mismatch wants the text of a row, column after column, in its spoken name: rows of the table and of
 * the lists are spoken as sentences instead, with all that the columns say.
 */
const notAsked = { 'label-content-name-mismatch': { enabled: false } };

/** What axe finds wrong in a frame, a line each. */
async function violations(frame: Frame): Promise<string[]> {
  await frame.evaluate(axeSource);
  const results = await frame.evaluate(async (rules) => {
    const { axe } = globalThis as unknown as { readonly axe: { run(options: unknown): Promise<AxeResults> } };
    return axe.run({ resultTypes: ['violations'], rules });
  }, notAsked);
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      (node) =>
        `${id} (${help}): ${JSON.stringify(node.target)} ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`,
    ),
  );
}

/** Presses Tab from the first control of a view until the focus leaves it; what had the focus on the way. */
async function tabbedThrough(atlas: Atlas, frame: Frame, first: string): Promise<string[]> {
  await frame.locator(first).first().focus();
  const way: string[] = [];
  while (way.length < 150) {
    const at = await frame.evaluate(() => {
      let element = document.hasFocus() ? document.activeElement : null;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      return element === null || element === document.body
        ? ''
        : `${element.localName} ${element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40)}`;
    });
    if (at === '') return way;
    way.push(at);
    await atlas.workbench.page.keyboard.press('Tab');
  }
  throw new Error(`the focus does not get out: ${way.join(', ')}`);
}

describe('accessibility, by axe-core', () => {
  let atlas: Atlas;
  let map: Frame;
  let timeline: Frame;
  let lessons: Frame;

  before(async () => {
    atlas = await openAtlas({ width: 1700, height: 1300 });
    map = await atlas.run('free-lists.c');
    for (let i = 0; i < 24; i++)
      await map.locator('mem-step-bar').getByRole('button', { name: 'Next malloc call' }).click();
    timeline = await atlas.timeline();
    lessons = await atlas.lessons();
    await atlas.command('Ask About This Step');
    await lessons.locator('form.asked').waitFor();
    await timeline.locator('mem-timeline input').fill('size>10');
    await timeline.locator('mem-timeline .row').first().waitFor();
  });

  after(async () => {
    await atlas.close();
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`finds nothing in the views with the theme ${theme}`, async () => {
      await atlas.workbench.setTheme(theme);
      for (const view of ['picture', 'table', 'allocator'] as const) {
        await map.locator(`mem-app [data-view=${view}]`).click();
        const shown = {
          picture: 'mem-minimap canvas',
          table: 'mem-map [role=treeitem]',
          allocator: 'mem-bins',
        };
        await map.locator(shown[view]).first().waitFor();
        await map.locator('mem-strip').first().waitFor();
        await atlas.workbench.page.waitForTimeout(500);
        assert.deepEqual(await violations(map), [], view);
      }
      assert.deepEqual(await violations(timeline), [], 'timeline');
      assert.deepEqual(await violations(lessons), [], 'lessons');
    });
  }

  it('lets the Tab key through every view and out of it', async () => {
    for (const view of ['picture', 'table', 'allocator']) {
      await map.locator(`mem-app [data-view=${view}]`).click();
      const way = await tabbedThrough(atlas, map, 'mem-step-bar button:not([disabled])');
      assert.ok(way.length > 5, `${view}: ${way.join(', ')}`);
    }
    const events = await tabbedThrough(atlas, timeline, 'mem-timeline input');
    assert.ok(events.length >= 2, events.join(', '));
    const list = await tabbedThrough(atlas, lessons, 'mem-lessons button:not([disabled])');
    assert.ok(list.length >= 2, list.join(', '));
  });
});
