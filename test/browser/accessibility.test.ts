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
  });

  after(async () => {
    await atlas.close();
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`finds nothing in the views with the theme ${theme}`, async () => {
      await atlas.workbench.setTheme(theme);
      for (const view of ['picture', 'table', 'allocator']) {
        await map.locator(`mem-app [data-view=${view}]`).click();
        await atlas.workbench.page.waitForTimeout(500);
        assert.deepEqual(await violations(map), [], view);
      }
      assert.deepEqual(await violations(timeline), [], 'timeline');
      assert.deepEqual(await violations(lessons), [], 'lessons');
    });
  }
});
