/**
 * Every lesson in both languages: all pages, all numbers.
 */
import { lessons } from '../../../src/session/lessons/lesson-table.ts';
import { checkLesson } from '../../support/lessons.ts';

describe('every lesson', () => {
  for (const lesson of lessons) {
    for (const language of ['en', 'zh-cn'] as const) {
      it(`${lesson.id}, in ${language}`, () => {
        checkLesson(lesson, language);
      });
    }
  }
});
