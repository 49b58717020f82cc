/**
 * The view *Lessons* in both languages: every lesson from its question to its last page, driven as a user would.
 */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { renderText } from '../../src/core/text/all-texts.ts';
import type { Language } from '../../src/core/text/text.ts';
import { lessons } from '../../src/session/lessons/lesson-table.ts';
import { openAtlas } from './memory-atlas.ts';
import type { Atlas } from './memory-atlas.ts';

const titles = { en: 'Open Lesson', 'zh-cn': '打开课程' } as const;

for (const language of ['en', 'zh-cn'] as const satisfies readonly Language[]) {
  describe(`the lessons, in ${language}`, () => {
    let atlas: Atlas;
    let view: Frame;

    before(async () => {
      atlas = await openAtlas({ width: 1700, height: 1300, locale: language });
      await atlas.openSidePanel();
      view = await atlas.lessons();
    });

    after(async () => {
      await atlas.close();
    });

    for (const [index, lesson] of lessons.entries()) {
      it(`goes through lesson ${String(index + 1)}, ${lesson.id}`, async () => {
        const title = renderText({ key: `lesson.${lesson.id}.title` }, language);
        await view.locator(`[data-lesson=${lesson.id}]`).click();
        await view.locator(`[data-open=${lesson.id}][data-page="0"]`).waitFor();
        assert.equal(await view.locator('#open').innerText(), title);
        await view.locator('form.asked[data-answered=no] input').first().check();
        await view.locator('.check').click();
        await view.locator('form.asked[data-answered=yes] .answer').waitFor();
        for (let page = 1; page <= lesson.steps.length; page++) {
          await view.locator('.next').click();
          await view.locator(`[data-open=${lesson.id}][data-page="${String(page)}"]`).waitFor();
          const text = await view.locator('.text').innerText();
          assert.doesNotMatch(text, /\{\w+\}|lesson\./, text);
        }
        await view.locator(`[data-lesson=${lesson.id}] .done`).waitFor();
        if (index === 2) await atlas.workbench.screenshot(`lesson-${language}`);
      });
    }

    it('opens a lesson by the command, and knows what was done', async () => {
      await atlas.command(titles[language]);
      const title = renderText({ key: 'lesson.malloc-one.title' }, language);
      await atlas.workbench.page
        .locator('.quick-input-list .monaco-list-row')
        .filter({ hasText: `3. ${title}` })
        .click();
      await view.locator('[data-open=malloc-one][data-page="0"]').waitFor();
      assert.equal(await view.locator('.done').count(), lessons.length);
    });
  });
}
