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
    let finished = 0;

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
        finished += 1;
        if (index !== 2) return;
        await atlas.drawing();
        await atlas.workbench.screenshot(`lesson-${language}`);
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
      assert.equal(await view.locator('.done').count(), finished);
    });
  });
}

describe('predictions', () => {
  let atlas: Atlas;
  let view: Frame;

  before(async () => {
    atlas = await openAtlas({ width: 1700, height: 1300 });
  });

  after(async () => {
    await atlas.close();
  });

  /** Answers the open question by the text of a choice, or with what is typed in. */
  async function answer(text: string): Promise<void> {
    const choice = view.locator('form.asked label').filter({ hasText: text });
    if ((await choice.count()) > 0) await choice.first().click();
    else await view.locator('form.asked input[type=text]').fill(text);
    await view.locator('.check').click();
    await view.locator('form.asked[data-answered=yes] .result').waitFor();
  }

  const verdict = async (): Promise<string | null> =>
    view.locator('form.asked .result').getAttribute('data-right');

  it('makes questions of a step, grades them, and shows the trail', async () => {
    const map = await atlas.run('questions.c');
    await atlas.at(map, /malloc\(40\) = 0x5555555592a0/);
    await atlas.command('Ask About This Step');
    view = await atlas.workbench.webview('mem-lessons form.asked');
    assert.equal(await view.locator('.question').innerText(), 'What will malloc(40) return?');
    assert.match(await view.locator('.page').innerText(), /^Question 1 of 3$/);
    await answer('0x5555555592a0');
    assert.equal(await verdict(), 'yes');
    assert.match(await view.locator('.because').innerText(), /the chunk needs 48 bytes/);
    await view.locator('.next').click();
    await view.locator('[data-question="1"]').waitFor();
    await answer('nothing: no system call');
    assert.equal(await verdict(), 'no');
    assert.match(await view.locator('.answer').innerText(), /to move the program break/);
    await view.locator('.next').click();
    await view.locator('[data-question="2"]').waitFor();
    await view.locator('form.asked input').fill('many');
    await view.locator('.check').click();
    await view.locator('.bad').waitFor();
    await answer('0x1');
    assert.equal(await verdict(), 'yes');
    await view.locator('.next').click();
    await view.locator('.score').waitFor();
    assert.equal(await view.locator('.score').innerText(), '2 of 3 right');
  });

  it('hides answers in an exam until they are given, and tells the score at the end', async () => {
    await atlas.command('Toggle Exam Mode');
    await view.locator('.exam').waitFor();
    await atlas.workbench.page.locator('.statusbar-item', { hasText: 'Exam' }).waitFor();
    await atlas.workbench.openFile('questions.c');
    await atlas.command('Start Questions');
    await view.locator('[data-question="0"]').waitFor();
    assert.equal(await view.locator('#open').innerText(), 'Two blocks');
    const map = await atlas.workbench.webview('mem-app');
    await map.locator('mem-app .tabs').waitFor({ state: 'detached' });
    await atlas.status.filter({ hasNotText: /\d+\/\d+/ }).waitFor();
    assert.equal(await atlas.lineMark(), undefined);
    await atlas.workbench.page.locator('.pane-header[aria-label^="Heap"]').waitFor({ state: 'detached' });
    // No hover tells anything, and a command says why.
    await atlas.openSidePanel();
    await atlas.workbench.page
      .getByText('Hidden until the question of the exam is answered.')
      .first()
      .waitFor();
    await atlas.command('Step Forward');
    await atlas.notification('the run is hidden');
    await answer('0x5555555592d0');
    assert.equal(await verdict(), 'yes');
    // Answered: the map is back, at the call.
    await atlas.at(await atlas.map(), /malloc\(40\) = 0x5555555592d0/);
    await view.locator('.next').click();
    await view.locator('[data-question="1"]').waitFor();
    await map.locator('mem-app .tabs').waitFor({ state: 'detached' });
    await answer('data segment');
    assert.equal(await verdict(), 'no');
    assert.match(await view.locator('.answer').innerText(), /BSS/);
    await view.locator('.next').click();
    await view.locator('[data-question="2"]').waitFor();
    await answer('132 KiB');
    assert.equal(await verdict(), 'yes');
    await view.locator('.next').click();
    await view.locator('.score').waitFor();
    assert.equal(await view.locator('.score').innerText(), '2 of 3 right');
    await view.locator('.export').click();
    const { page } = atlas.workbench;
    await page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await atlas.workbench.editor.locator('.view-line', { hasText: '"right": 2' }).waitFor();
    await atlas.command('Toggle Exam Mode');
    await view.locator('.exam').waitFor({ state: 'detached' });
  });
});
