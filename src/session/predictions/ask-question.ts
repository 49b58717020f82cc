/**
 * Computes a question that somebody wrote down, in the open run.
 *
 * `at` names a moment: `start`, `end`, `malloc 2` (the 2nd call), `before CODE` or `before CODE #3` (the line with that code
 * is about to be done, for the 3rd time). `ask` is what is asked there: `result`, `kernel`, `faults`, `destination` (of the
 * call), `segment NAME`, `heap`, `value EXPRESSION`, or `choice` for an answer of the writer's own.
 */
import type { Segment } from '../../core/sema/placement.ts';
import { renderText } from '../../core/text/all-texts.ts';
import { saySegment } from '../../core/text/segment-texts.ts';
import { sayPrediction } from '../../core/text/prediction-texts.ts';
import type { predictionTexts } from '../../core/text/prediction-texts.ts';
import type { Language, TextArguments } from '../../core/text/text.ts';
import type { Question, QuestionSpec, Solution } from '../../protocol/lessons.ts';
import { EvaluationError } from '../expression/evaluate.ts';
import { valueOf } from '../lessons/facts.ts';
import { chooseAmong, spellSolution } from '../lessons/lesson-run.ts';
import type { Target } from '../lessons/lesson.ts';
import { callIndex, goToMoment, goToTarget, momentOf, NoMomentError } from '../lessons/moments.ts';
import type { Session } from '../session.ts';
import { askAboutEvent, asksAbout, numberSolution } from './event-questions.ts';
import type { EventAsk } from './event-questions.ts';

/** A question, or what is wrong with it. */
export type AskResult = Question | { readonly problem: string };

class SpecError extends Error {}

/** Computes a question; what the session shows stays as it is. */
export function askQuestion(session: Session, spec: QuestionSpec, language: Language): AskResult {
  const shown = momentOf(session);
  try {
    return compute({ session, spec, language });
  } catch (error) {
    const text =
      error instanceof SpecError
        ? error.message
        : error instanceof NoMomentError || error instanceof EvaluationError
          ? renderText(error.text, language)
          : undefined;
    if (text === undefined) throw error;
    return { problem: `${spec.origin}: ${text}` };
  } finally {
    goToMoment(session, shown);
  }
}

interface Asking {
  readonly session: Session;
  readonly spec: QuestionSpec;
  readonly language: Language;
}

function fail({ language }: Asking, key: keyof typeof predictionTexts, args?: TextArguments): never {
  throw new SpecError(renderText(sayPrediction(key, args), language));
}

function compute(asking: Asking): Question {
  const { session, spec, language } = asking;
  const [verb = '', ...rest] = spec.ask.trim().split(/\s+/);
  const argument = rest.join(' ');
  const target = spec.at.trim() === '' ? undefined : readTarget(asking, spec.at.trim());
  switch (verb) {
    case 'result':
    case 'kernel':
    case 'faults':
    case 'destination':
      return withBecause(
        askAboutEvent(session, eventOf(asking, target, verb), verb, language, textOf(spec)),
        spec,
      );
    case 'segment':
      return segmentQuestion(asking, argument, target);
    case 'heap':
    case 'value': {
      const at = target ?? { kind: 'end' };
      const moment = goToTarget(session, at);
      const { mm } = session.machine.memory;
      const value = verb === 'heap' ? BigInt(mm.brk - mm.startBrk) : valueOf(session, argument);
      const form = verb === 'heap' ? 'bytes' : 'count';
      return plainQuestion(asking, numberSolution(value, form), moment);
    }
    case 'choice': {
      const right = spec.choices.findIndex(({ isCorrect }) => isCorrect);
      const choices = spec.choices.map(({ text }) => text);
      const moment = target === undefined ? undefined : goToTarget(session, target);
      return plainQuestion(asking, { kind: 'choice', choices, correct: right }, moment);
    }
    default:
      return fail(asking, 'prediction.unknownAsk', { ask: spec.ask });
  }
}

const textOf = ({ text }: QuestionSpec): string | undefined => (text === '' ? undefined : text);

const withBecause = (question: Question, { because }: QuestionSpec): Question =>
  because === '' ? question : { ...question, because: [because, ...question.because] };

function plainQuestion(asking: Asking, solution: Solution, moment: Question['reveal']): Question {
  const { spec, language } = asking;
  return {
    text: spec.text,
    solution,
    answer: spellSolution(solution, language),
    because: spec.because === '' ? [] : [spec.because],
    before: undefined,
    reveal: moment,
    place: undefined,
  };
}

const segments: readonly Segment[] = ['text', 'rodata', 'data', 'bss', 'tls', 'stack', 'register'];

/** Which segment an object or a function of the program lives in; the reason of the hover is the answer. */
function segmentQuestion(asking: Asking, name: string, target: Target | undefined): Question {
  const { session, language } = asking;
  const placement = session.program.analysis.units
    .flatMap(({ placements }) => placements)
    .find((one) => one.name === name && one.kind !== 'string');
  if (placement === undefined || placement.segment === 'none')
    return fail(asking, 'prediction.noObject', { name });
  const wrong = segments.filter((one) => one !== placement.segment);
  const likely = wrong.filter((one) => ['data', 'bss', 'stack', 'rodata'].includes(one)).slice(0, 3);
  const solution = chooseAmong(
    [placement.segment, ...likely].map((one) => renderText(saySegment(`editor.segment.${one}`), language)),
  );
  const moment = target === undefined ? undefined : goToTarget(session, target);
  const question = plainQuestion(asking, solution, moment);
  return {
    ...question,
    text: textOf(asking.spec) ?? renderText(sayPrediction('prediction.ask.segment', { name }), language),
    because: [...question.because, renderText(placement.reason, language)],
  };
}

/** `malloc 2`, `before free(p) #3`, `start`, `end`. */
function readTarget(asking: Asking, at: string): Target {
  if (at === 'start' || at === 'end') return { kind: at };
  const line = /^before\s+(.+?)(?:\s+#(\d+))?$/.exec(at);
  if (line !== null) return { kind: 'before', code: line[1] ?? '', nth: Number(line[2] ?? 1) };
  const call = /^([a-z_]+)(?:\s+(\d+))?$/.exec(at);
  if (call !== null) return { kind: 'call', name: call[1] ?? '', nth: Number(call[2] ?? 1) };
  return fail(asking, 'prediction.unknownMoment', { at });
}

/** Index of the call that is asked about. */
function eventOf(asking: Asking, target: Target | undefined, ask: EventAsk): number {
  if (target?.kind !== 'call') return fail(asking, 'prediction.needsCall', { ask });
  const index = callIndex(asking.session, target.name, target.nth);
  if (!asksAbout(asking.session, index).includes(ask))
    return fail(asking, 'prediction.notOfThisCall', { ask, name: target.name });
  return index;
}
