/**
 * CONTRACT. Lessons and predictions: what the session answers about them, and the messages of the view *Lessons*.
 *
 * The view is told what may be seen and nothing more: answers stay with the extension until a question is answered.
 */
import type { PlaceView } from './view-model.ts';

/** A moment of a run: right after an event, or right before a step is done. */
export type MomentView = number | { readonly step: number };

/** How a number is written. */
export type NumberForm = 'count' | 'bytes' | 'address';

/** What answers a question. Numbers are decimal text: they may be larger than a double holds. */
export type Solution =
  | { readonly kind: 'number'; readonly value: string; readonly form: NumberForm }
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly correct: number };

/** A question with its answer. */
export interface Question {
  readonly text: string;
  readonly solution: Solution;
  /** The right answer, as it is told. */
  readonly answer: string;
  /** Why it is so, a sentence each. */
  readonly because: readonly string[];
  /** Where the run stands while the question is open; it stays where it is when undefined. */
  readonly before: MomentView | undefined;
  /** Where the answer can be seen. */
  readonly reveal: MomentView | undefined;
  /** Line that it is about. */
  readonly place: PlaceView | undefined;
}

/** One page of a lesson. */
export interface LessonPage {
  readonly text: string;
  /** What the map is to show: an address. */
  readonly show: string | undefined;
  /** The numbers in the text by the name of their field, as decimal text: for tests that compare with a real machine. */
  readonly facts: Readonly<Record<string, string>>;
}

/** A question as somebody wrote it down, not yet computed; see session/predictions/question-set.ts. */
export interface QuestionSpec {
  readonly text: string;
  readonly at: string;
  readonly ask: string;
  readonly choices: readonly { readonly text: string; readonly isCorrect: boolean }[];
  readonly because: string;
  /** Where it is written, for messages: a line, or a path into a JSON file. */
  readonly origin: string;
}

/** Requests about lessons and predictions; see messages.ts. */
export interface LessonRequests {
  /** Moves to a page of a lesson, 0 for the one with the question, and tells what it says. */
  lessonPage: {
    params: { readonly lesson: string; readonly page: number };
    result: LessonPage;
  };
  /** The question of a lesson. */
  lessonQuestion: { params: { readonly lesson: string }; result: { readonly question: Question } };
  /** What can be asked about the event that is shown, or the next one that can be asked about. */
  askAboutEvent: { params: Record<string, never>; result: { readonly questions: readonly Question[] } };
  /** Questions of a set, computed in the open run. */
  askQuestions: {
    params: { readonly specs: readonly QuestionSpec[] };
    result: { readonly questions: readonly (Question | { readonly problem: string })[] };
  };
}

/** A lesson in the list. */
export interface LessonRow {
  readonly id: string;
  readonly title: string;
  readonly isDone: boolean;
  readonly isOpen: boolean;
}

/** A question as it is asked, and once it is answered what came of it. */
export interface AskedView {
  readonly text: string;
  readonly place: string | undefined;
  /** Empty when a number is asked for. */
  readonly choices: readonly string[];
  readonly form: NumberForm | undefined;
  readonly given: string | undefined;
  readonly result:
    { readonly isRight: boolean; readonly answer: string; readonly because: readonly string[] } | undefined;
  /** What was typed in is no number. */
  readonly isUnreadable: boolean;
}

/** What is under way. */
export type LessonsActivity =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'lesson';
      readonly id: string;
      readonly title: string;
      /** From 0, the page with the question. */
      readonly page: number;
      readonly pages: number;
      readonly text: string;
      readonly asked: AskedView | undefined;
    }
  | {
      readonly kind: 'questions';
      readonly title: string;
      readonly index: number;
      readonly count: number;
      readonly asked: AskedView;
      readonly score: number;
    }
  | { readonly kind: 'score'; readonly title: string; readonly score: number; readonly count: number };

/** Everything that the view shows. */
export interface LessonsState {
  readonly type: 'lessons';
  readonly lessons: readonly LessonRow[];
  readonly activity: LessonsActivity;
  readonly isExam: boolean;
  readonly hasRun: boolean;
}

/** What the view asks for. */
export type LessonsAction =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly id: string }
  | { readonly type: 'next' }
  | { readonly type: 'previous' }
  | { readonly type: 'answer'; readonly text: string }
  | { readonly type: 'ask' }
  | { readonly type: 'copy' }
  | { readonly type: 'export' }
  | { readonly type: 'close' };
