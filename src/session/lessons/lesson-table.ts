/**
 * The twelve lessons, in order. Texts: core/text/lesson-texts.ts; samples: media/lessons.
 *
 * The extension lists them by this file, which needs no machine; lesson-run.ts needs one.
 */
import { renderText } from '../../core/text/all-texts.ts';
import type { Language, Text, TextArguments } from '../../core/text/text.ts';
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

/** A text of a lesson. */
export const lessonText = ({ id }: Lesson, name: string, args: TextArguments = {}): Text => ({
  key: `lesson.${id}.${name}`,
  args,
});

/** Title of a lesson. */
export function lessonTitle(lesson: Lesson, language: Language): string {
  return renderText(lessonText(lesson, 'title'), language);
}

/** Pages of a lesson, the one with the question first. */
export const pageCount = (lesson: Lesson): number => lesson.steps.length + 1;
