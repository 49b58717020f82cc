/**
 * The twelve lessons, in order. Texts: core/text/lesson-texts.ts; samples: media/lessons.
 */
import { heapLessons } from './heap-lessons.ts';
import type { Lesson } from './lesson.ts';
import { processLessons } from './process-lessons.ts';

/** All lessons in the order in which they are taught. */
export const lessons: readonly Lesson[] = [...processLessons, ...heapLessons].sort((a, b) =>
  a.sample < b.sample ? -1 : 1,
);

/** The lesson of an id. */
export function lessonOf(id: string): Lesson | undefined {
  return lessons.find((lesson) => lesson.id === id);
}
