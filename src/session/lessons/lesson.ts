/**
 * What a lesson is: a C sample, a question to predict before it reveals, and pages that move the run.
 *
 * Nothing in it is a number: moments are named by what happens in them, and what texts tell is looked up in the run when
 * it is shown.
 */
import type { NumberForm } from '../../protocol/lessons.ts';
import type { RunInputs } from '../../protocol/messages.ts';

/** A moment of a run, named by what happens. */
export type Target =
  /** The first statement of main is about to be done. */
  | { readonly kind: 'start' }
  /** The line with this code is about to be done for the `nth` time, from 1. */
  | { readonly kind: 'before'; readonly code: string; readonly nth?: number }
  /** Right after the program's `nth` call, from 1, of a function of the malloc family. */
  | { readonly kind: 'call'; readonly name: string; readonly nth: number }
  /** The run has ended. */
  | { readonly kind: 'end' };

/** What else the same program is run with. */
export type Variant = Partial<Pick<RunInputs, 'glibc' | 'target'>>;

/** What a number is about. `of` is a C expression, or `$` for what the call returned; its value is an address. */
export type Measure =
  /** Value of a C expression. */
  | { readonly kind: 'value'; readonly of: string }
  /** Bytes of the line [heap] of maps. */
  | { readonly kind: 'heap' }
  /** Distance of an address from the start of [heap]. */
  | { readonly kind: 'offset'; readonly of: string }
  /** Bytes of the mapping that holds an address; bytes of it that have a page frame of their own. */
  | { readonly kind: 'mapping' | 'resident'; readonly of: string }
  /** System calls of some names since main began. */
  | { readonly kind: 'calls'; readonly names: readonly string[] }
  /** Page faults since main began. */
  | { readonly kind: 'faults' }
  /** A total as `size` prints it. */
  | { readonly kind: 'size'; readonly part: 'text' | 'data' | 'bss' }
  /** Bytes of the writable segment in the file, and in memory. */
  | { readonly kind: 'segment'; readonly part: 'file' | 'memory' }
  /** First address behind those that a process can use; first address of the kernel. */
  | { readonly kind: 'user-end' | 'kernel-start' }
  /** Bytes of a page. */
  | { readonly kind: 'page' };

/** A number that a text tells. */
export type Fact = Measure & {
  /** The moment, when it is not that of the page. */
  readonly at?: Target;
  /** In a run that differs. */
  readonly in?: Variant;
  /** What is taken off. */
  readonly minus?: Fact;
  /** `bytes` for measures of bytes, `address` for addresses, else `count`. */
  readonly form?: NumberForm;
};

/** A page: the text is `lesson.ID.NAME` of the table of texts, with the facts in its fields. */
export interface LessonStep {
  readonly name: string;
  readonly target: Target;
  readonly facts: Readonly<Record<string, Fact>>;
  /** What the map shows: an expression whose value is an address. */
  readonly show?: string;
}

/** One of the answers to choose from: a number of the run, or the text `lesson.ID.NAME`. */
export type Choice = { readonly fact: Fact } | { readonly text: string };

/** The question of a lesson: the text is `lesson.ID.question`. */
export interface LessonQuestion {
  readonly facts: Readonly<Record<string, Fact>>;
  /** The run stands here while the question is open. */
  readonly before: Target;
  /** The moment at which the answer's numbers are taken. */
  readonly reveal: Target;
  /** The answer first, then wrong answers, each by a rule that one might believe; none: the number is typed in. */
  readonly choices: readonly [Choice, ...Choice[]];
}

export interface Lesson {
  readonly id: string;
  /** File in media/lessons, without `.c`; `.zh-cn.c` is the Chinese one. */
  readonly sample: string;
  readonly variant?: Variant;
  readonly question: LessonQuestion;
  readonly steps: readonly LessonStep[];
}
