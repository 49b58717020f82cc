/**
 * Lessons in sessions, as the extension opens them, for tests.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { lessonTexts } from '../../src/core/text/lesson-texts.ts';
import type { Language } from '../../src/core/text/text.ts';
import type { Lesson } from '../../src/session/lessons/lesson.ts';
import { LessonRun } from '../../src/session/lessons/lesson-run.ts';
import type { Session } from '../../src/session/session.ts';
import { openSession } from './open-session.ts';

/** Text of the sample of a lesson. */
export function readSample({ sample }: Lesson, language: Language): string {
  const file = `${sample}${language === 'zh-cn' ? '.zh-cn' : ''}.c`;
  return readFileSync(new URL(`../../media/lessons/${file}`, import.meta.url), 'utf8');
}

/** Runs the sample of a lesson. */
export function openLesson(
  lesson: Lesson,
  language: Language = 'en',
): { readonly session: Session; readonly run: LessonRun } {
  const session = openSession(readSample(lesson, language));
  return { session, run: new LessonRun(session, lesson, language) };
}

/** Goes through a lesson: every text is filled in, every number of a page is told in its text, the question has an answer. */
export function checkLesson(lesson: Lesson, language: Language): void {
  const { session, run } = openLesson(lesson, language);
  const { text, solution, answer } = run.question();
  assert.doesNotMatch(text, /\{\w+\}|^lesson\./);
  assert.ok(solution.kind === 'choice');
  assert.ok(solution.choices.length >= 3, solution.choices.join('; '));
  assert.equal(solution.choices[solution.correct], answer);
  for (let page = 0; page <= lesson.steps.length; page++) {
    const { text: told, facts } = run.page(page);
    // What the faces show there: also of a heap that the program has damaged.
    assert.ok(session.snapshot(language).mappings.length > 0);
    assert.doesNotMatch(told, /\{\w+\}|^lesson\./);
    const key = `lesson.${lesson.id}.${lesson.steps[page - 1]?.name ?? 'intro'}`;
    const field = (lessonTexts as Readonly<Record<string, { readonly en: string }>>)[key];
    for (const [name, value] of Object.entries(facts)) {
      assert.ok(new RegExp(`\\{${name}[}:]`).test(field?.en ?? ''), `${key} does not tell ${name}`);
      assert.match(value, /^-?\d+$/);
    }
  }
}
