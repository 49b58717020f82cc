/**
 * Finds the moments that lessons and questions name by what happens in them.
 */
import { sayPrediction } from '../../core/text/prediction-texts.ts';
import type { Text } from '../../core/text/text.ts';
import type { MomentView } from '../../protocol/lessons.ts';
import { find, stepAtLine } from '../navigation.ts';
import type { Session } from '../session.ts';
import type { Target } from './lesson.ts';

/** A moment that does not come about, with what to tell. */
export class NoMomentError extends Error {
  override readonly name = 'NoMomentError';
  readonly text: Text;
  constructor(text: Text) {
    super(text.key);
    this.text = text;
  }
}

/** Moves a session to a moment. @throws NoMomentError when there is none */
export function goToTarget(session: Session, target: Target): MomentView {
  switch (target.kind) {
    case 'start':
      session.seekStep(firstStatement(session));
      return { step: session.step };
    case 'end':
      session.seek(session.recording.count - 1);
      return session.index;
    case 'call': {
      const index = callIndex(session, target.name, target.nth);
      session.seek(index);
      return index;
    }
    case 'before':
      return { step: goToLine(session, target.code, target.nth ?? 1) };
  }
}

/** Moves a session to a moment that it showed before. */
export function goToMoment(session: Session, moment: MomentView): void {
  if (typeof moment === 'number') session.seek(moment);
  else session.seekStep(moment.step);
}

/** The moment that a session shows. */
export function momentOf(session: Session): MomentView {
  return session.isAtStep ? { step: session.step } : session.index;
}

/** Index of the program's own `nth` call of a function of the malloc family; calls of libc for itself do not count. */
export function callIndex({ recording }: Session, name: string, nth: number): number {
  let seen = 0;
  for (let index = 0; index < recording.count; index++) {
    if (recording.kindAt(index) !== 'malloc') continue;
    const event = recording.eventAt(index);
    if (event.kind !== 'malloc' || event.name !== name || event.caller !== 'program') continue;
    seen += 1;
    if (seen === nth) return index;
  }
  throw new NoMomentError(sayPrediction('prediction.noCall', { name, nth, seen }));
}

/** The step in which the first statement of main is done; the one before it enters main. */
function firstStatement(session: Session): number {
  session.seekStep(1);
  const found = find(session, { kind: 'step' }, 'forward');
  return found?.step ?? 1;
}

/** Goes to the `nth` time that a line is about to be done; the line is the first one that contains the code. */
function goToLine(session: Session, code: string, nth: number): number {
  const place = lineOf(session, code);
  if (place === undefined) throw new NoMomentError(sayPrediction('prediction.noLine', { code }));
  const { step, seen } = stepAtLine(session, place, nth);
  if (step === undefined) throw new NoMomentError(sayPrediction('prediction.notReached', { code, seen }));
  session.seekStep(step);
  return session.step;
}

/** The first line of the program's files that contains a text: its number from 1. */
export function lineOf(
  { inputs }: Session,
  code: string,
): { readonly file: string; readonly line: number } | undefined {
  for (const { name, text } of inputs.files) {
    const line = text.split('\n').findIndex((one) => one.includes(code));
    if (line >= 0) return { file: name, line: line + 1 };
  }
  return undefined;
}
