/**
 * A lesson in a run: moves to its pages, and computes what they and the question say.
 */
import { renderText } from '../../core/text/all-texts.ts';
import type { Trap } from '../../core/process/trap.ts';
import type { Language, TextArguments } from '../../core/text/text.ts';
import type { LessonPage, NumberForm, Question, Solution } from '../../protocol/lessons.ts';
import type { Session } from '../session.ts';
import { FactReader, formatNumber, formOf, valueOf } from './facts.ts';
import { withoutCache } from './heap-lessons.ts';
import type { Choice, Fact, Lesson, Target } from './lesson.ts';
import { lessonOf, lessonText } from './lesson-table.ts';
import { goToMoment, goToTarget, momentOf } from './moments.ts';

/** The lesson of an id in a run of its sample; `undefined` when there is no such lesson. */
export function openLesson(session: Session, id: string, language: Language): LessonRun | undefined {
  const lesson = lessonOf(id);
  return lesson && new LessonRun(session, lesson, language);
}

/** One run of a lesson's sample. */
export class LessonRun {
  readonly session: Session;
  readonly lesson: Lesson;
  readonly #language: Language;
  readonly #reader: FactReader;

  constructor(session: Session, lesson: Lesson, language: Language) {
    this.session = session;
    this.lesson = lesson;
    this.#language = language;
    this.#reader = new FactReader(session);
  }

  /**
   * Moves the run to a page.
   *
   * @param page - 0 for the one with the question; others from 1
   */
  page(page: number): LessonPage {
    const lesson = this.lesson;
    const step = lesson.steps[page - 1];
    const target = step?.target ?? lesson.question.before;
    const facts = this.#facts(step?.facts ?? {}, target);
    const name = step?.name ?? 'intro';
    goToTarget(this.session, target);
    const show = step?.show === undefined ? undefined : `0x${valueOf(this.session, step.show).toString(16)}`;
    return {
      text: renderText(lessonText(lesson, name, facts.args), this.#language),
      show,
      facts: facts.values,
    };
  }

  /** The question; the moment that the session shows stays as it is. */
  question(): Question {
    const { question } = this.lesson;
    const shown = momentOf(this.session);
    try {
      const facts = this.#facts(question.facts, question.reveal);
      const solution = this.#solution(question.choices, question.reveal);
      return {
        text: renderText(lessonText(this.lesson, 'question', facts.args), this.#language),
        solution,
        answer: spellSolution(solution, this.#language),
        because: [renderText(lessonText(this.lesson, 'answer', facts.args), this.#language)],
        before: goToTarget(this.session, question.before),
        reveal: goToTarget(this.session, question.reveal),
        place: undefined,
      };
    } finally {
      goToMoment(this.session, shown);
    }
  }

  #facts(
    facts: Readonly<Record<string, Fact>>,
    target: Target,
  ): { readonly args: TextArguments; readonly values: Readonly<Record<string, string>> } {
    const read = Object.entries(facts).map(
      ([name, fact]) => [name, fact, this.#reader.read(fact, target)] as const,
    );
    return {
      args: {
        release: this.session.inputs.glibc,
        withoutCache: withoutCache.glibc,
        message: endMessage(this.session.trap),
        ...Object.fromEntries(
          read.map(([name, fact, value]) => [name, argumentOf(value, formOf(fact), this.#language)]),
        ),
      },
      values: Object.fromEntries(read.map(([name, , value]) => [name, value.toString()])),
    };
  }

  #solution(choices: readonly [Choice, ...Choice[]], reveal: Target): Solution {
    const [first] = choices;
    if (choices.length === 1 && 'fact' in first) {
      const value = this.#reader.read(first.fact, reveal);
      return { kind: 'number', value: value.toString(), form: formOf(first.fact) };
    }
    const spelled = choices.map((choice) =>
      'fact' in choice
        ? formatNumber(this.#reader.read(choice.fact, reveal), formOf(choice.fact), this.#language)
        : renderText(lessonText(this.lesson, choice.text), this.#language),
    );
    return chooseAmong(spelled);
  }
}

/** A number as an argument of a text: a small count stays a number, so that texts can tell one from many. */
function argumentOf(value: bigint, form: NumberForm, language: Language): string | number {
  return form === 'count' && value >= 0n && value < 1000n
    ? Number(value)
    : formatNumber(value, form, language);
}

/** What the process leaves behind when it dies: glibc's words, or the signal's name. */
function endMessage(trap: Trap): string {
  switch (trap.kind) {
    case 'abort':
      return trap.message;
    case 'signal':
      return trap.signal;
    default:
      return '';
  }
}

/** Choices in an order that says nothing about the answer, which comes in first; equal ones once. */
export function chooseAmong(spelled: readonly string[]): Solution {
  const [right = ''] = spelled;
  const choices = [...new Set(spelled)].sort(byNumberThenText);
  return { kind: 'choice', choices, correct: choices.indexOf(right) };
}

function byNumberThenText(a: string, b: string): number {
  const [first, second] = [leadingNumber(a), leadingNumber(b)];
  if (first !== undefined && second !== undefined && first !== second) return first < second ? -1 : 1;
  return a < b ? -1 : 1;
}

function leadingNumber(text: string): bigint | undefined {
  const [found] = /^(?:0x[0-9a-f]+|[\d,]+)/.exec(text) ?? [];
  return found === undefined ? undefined : BigInt(found.replaceAll(',', ''));
}

/** The answer of a solution as it is told. */
export function spellSolution(solution: Solution, language: Language): string {
  return solution.kind === 'choice'
    ? (solution.choices[solution.correct] ?? '')
    : formatNumber(BigInt(solution.value), solution.form, language);
}
