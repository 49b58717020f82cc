/**
 * The session behind a message channel: runs in a worker, answers requests, tells what changed.
 *
 * This is the one place where bugs of ours are caught: they are answered with code `internal`, and the session can be
 * used again after the next `run`.
 */
import type {
  ErrorCode,
  Language,
  NotificationName,
  Notifications,
  Params,
  RequestEnvelope,
  RequestName,
  ResponseEnvelope,
  Result,
} from '../protocol/messages.ts';
import { PROTOCOL_VERSION, mostDetailUnits, mostMarks, mostMemberUnits } from '../protocol/messages.ts';
import type { Snapshot } from '../protocol/view-model.ts';
import { pageWalkView } from './address-space-views.ts';
import { renderText } from '../core/text/all-texts.ts';
import { checkRun } from './check-run.ts';
import { RequestError } from './channel.ts';
import { evaluatedView } from './expression/evaluated-view.ts';
import { EvaluationError } from './expression/evaluate.ts';
import { openLesson } from './lessons/lesson-run.ts';
import type { LessonRun } from './lessons/lesson-run.ts';
import { find } from './navigation.ts';
import { questionsHere } from './predictions/event-questions.ts';
import { askQuestion } from './predictions/ask-question.ts';
import { hasParams, isRequest, isRequestName } from './check-params.ts';
import type { MessagePortLike } from './channel.ts';
import { Session } from './session.ts';
import { diffMarks } from './diff-marks.ts';
import { diffText } from './diff-text.ts';
import { viewScope } from './to-view-model.ts';
import { snapshotDelta } from './snapshot-delta.ts';

/** Most events that one request may ask for. */
const mostEvents = 10_000;

/** Most bytes that one request may read. */
const mostBytes = 1024 * 1024;

/** Accesses that are listened to at most to tell which bytes nobody stored: a few milliseconds. */
const mostAccesses = 50_000;

type Handlers = { readonly [Name in RequestName]: (params: Params<Name>) => Result<Name> };

/** Answers the requests of one client. */
export class SessionServer {
  readonly #port: MessagePortLike;
  #language: Language = 'en';
  #session: Session | undefined;
  #generation = 0;
  #seq = 0;
  #shown: Snapshot | undefined;
  #lessonRun: LessonRun | undefined;

  constructor(port: MessagePortLike) {
    this.#port = port;
  }

  /** Takes a message; anything that is not a well-formed request is ignored or answered with an error. */
  receive(message: unknown): void {
    if (!isRequest(message)) return;
    this.#port.post(this.#answer(message));
  }

  #answer(message: RequestEnvelope): ResponseEnvelope {
    const { id } = message;
    try {
      if (!isRequestName(message.name))
        throw new RequestError('bad-request', `no request is called ${String(message.name)}`);
      if (!hasParams(message.name, message.params))
        throw new RequestError('bad-request', `${message.name}: the parameters are not what it takes`);
      const handler = this.#handlers[message.name] as (params: unknown) => unknown;
      return { type: 'response', id, ok: true, result: handler(message.params) };
    } catch (error) {
      const code: ErrorCode = error instanceof RequestError ? error.code : 'internal';
      const text = error instanceof Error ? error.message : String(error);
      return { type: 'response', id, ok: false, code, message: text };
    }
  }

  readonly #handlers: Handlers = {
    hello: ({ protocolVersion, language }) => {
      if (protocolVersion !== PROTOCOL_VERSION) {
        throw new RequestError('version-mismatch', `the session speaks version ${String(PROTOCOL_VERSION)}`);
      }
      this.#language = language;
      this.#session?.findInitialised(mostAccesses);
      this.#shown = this.#session?.snapshot(language, viewScope);
      return { generation: this.#generation, seq: this.#seq, snapshot: this.#shown };
    },
    run: ({ inputs }) => {
      this.#session = undefined;
      this.#shown = undefined;
      const opened = Session.open(inputs, this.#language);
      this.#session = opened.session;
      this.#generation += 1;
      this.#seq = 0;
      opened.session?.findInitialised(mostAccesses);
      this.#shown = opened.session?.snapshot(this.#language, viewScope);
      const processes = opened.session?.processes(this.#language);
      return {
        problems: opened.problems,
        snapshot: this.#shown,
        ...(processes === undefined ? {} : { processes }),
      };
    },
    seek: ({ index, toward }) => this.#moveTo(index, toward),
    reach: () => this.#open.reach,
    seekStep: ({ step }) => {
      if (!Number.isInteger(step)) throw new RequestError('bad-range', 'step is a whole number');
      this.#open.seekStep(step);
      return this.#tellMoment();
    },
    navigate: ({ target, direction }) => {
      try {
        const found = find(this.#open, target, direction);
        if (found === undefined)
          return { isFound: false, index: this.#open.index, access: undefined, problem: '' };
        this.#open.seekStep(found.step);
        return { isFound: true, ...this.#tellMoment(), access: found.access, problem: '' };
      } catch (error) {
        if (!(error instanceof EvaluationError)) throw error;
        const problem = renderText(error.text, this.#language);
        return { isFound: false, index: this.#open.index, access: undefined, problem };
      }
    },
    check: () => checkRun(this.#open, this.#language),
    evaluate: ({ expression, frame }) => evaluatedView(this.#open, expression, frame, this.#language),
    step: ({ kind, count }) => {
      if (!Number.isInteger(count)) throw new RequestError('bad-request', 'count is a whole number');
      return this.#moveTo(this.#open.indexAfter(kind, count));
    },
    events: ({ from, count, kinds, near, query }) => {
      if (!Number.isInteger(from) || !Number.isInteger(count) || from < 0 || count < 0) {
        throw new RequestError('bad-range', 'from and count are whole numbers from 0');
      }
      return this.#open.events(from, Math.min(count, mostEvents), kinds, near, this.#language, query);
    },
    readMemory: ({ start, length }) => {
      const addr = addressOf(start);
      if (!Number.isSafeInteger(addr) || !Number.isInteger(length) || length < 0 || length > mostBytes) {
        throw new RequestError('bad-range', 'not an address range that can be read');
      }
      return { pieces: this.#open.readMemory(addr, length) };
    },
    mapDetail: ({ start, end, unitBytes }) => {
      const range = rangeInUnits(start, end, unitBytes, mostDetailUnits);
      return this.#open.mapDetail(range, unitBytes, this.#language);
    },
    members: ({ start, end, unitBytes }) => {
      const range = rangeInUnits(start, end, unitBytes, mostMemberUnits);
      return this.#open.members(range, unitBytes, this.#language);
    },
    walk: ({ address }) => {
      if (typeof address !== 'string' || !/^0x[0-9a-f]{1,16}$/.test(address))
        throw new RequestError('bad-range', 'not an address');
      return pageWalkView(this.#open.machine, BigInt(address), this.#language);
    },
    report: () => ({ text: this.#open.report(this.#language) }),
    history: () => this.#open.history(),
    allocator: () => this.#open.allocator(this.#language),
    forecastTrim: () => ({ forecast: this.#open.forecastTrim() }),
    maps: () => ({ text: this.#open.maps() }),
    compare: ({ from, to }) => {
      const { count } = this.#open.recording;
      const isIndex = (index: number): boolean => Number.isInteger(index) && index >= 0 && index < count;
      if (!isIndex(from) || !isIndex(to))
        throw new RequestError('bad-range', 'from and to are events of the run');
      const diff = this.#open.compare(from, to, this.#language);
      const marks = diffMarks(diff, this.#language);
      return {
        text: diffText(diff, this.#language),
        marks: marks.slice(0, mostMarks),
        markCount: marks.length,
      };
    },
    lessonPage: ({ lesson, page }) => {
      const content = this.#lesson(lesson).page(page);
      this.#tellMoment();
      return content;
    },
    lessonQuestion: ({ lesson }) => ({ question: this.#lesson(lesson).question() }),
    askAboutEvent: () => ({ questions: questionsHere(this.#open, this.#language) }),
    askQuestions: ({ specs }) => ({
      questions: specs.map((spec) => askQuestion(this.#open, spec, this.#language)),
    }),
    markPlace: () => {
      throw new RequestError('bad-request', 'the session has no editor');
    },
    reveal: () => {
      throw new RequestError('bad-request', 'the session has no editor');
    },
    saveImage: () => {
      throw new RequestError('bad-request', 'the session saves no files');
    },
    start: () => {
      throw new RequestError('bad-request', 'the session has no editor');
    },
  };

  get #open(): Session {
    if (this.#session === undefined) throw new RequestError('no-program', 'no program is running');
    return this.#session;
  }

  /** A lesson in the open run; runs with other settings that it needs are kept as long as it is the same lesson. */
  #lesson(id: string): LessonRun {
    const session = this.#open;
    if (this.#lessonRun?.lesson.id !== id || this.#lessonRun.session !== session)
      this.#lessonRun = openLesson(session, id, this.#language);
    if (this.#lessonRun === undefined) throw new RequestError('bad-request', `no lesson is called ${id}`);
    return this.#lessonRun;
  }

  #moveTo(index: number, toward?: 'forward' | 'back'): { readonly index: number } {
    const session = this.#open;
    if (!Number.isInteger(index)) throw new RequestError('bad-range', 'index is a whole number');
    session.seek(index, toward);
    return this.#tellMoment();
  }

  /** Tells the faces of the moment that is shown now. */
  #tellMoment(): { readonly index: number } {
    const session = this.#open;
    session.findInitialised(mostAccesses);
    const snapshot = session.snapshot(this.#language, viewScope);
    const delta = this.#shown === undefined ? snapshot : snapshotDelta(this.#shown, snapshot);
    this.#shown = snapshot;
    this.#seq += 1;
    this.#notify('changed', { generation: this.#generation, seq: this.#seq, delta });
    return { index: session.index };
  }

  #notify<Name extends NotificationName>(name: Name, params: Notifications[Name]): void {
    this.#port.post({ type: 'notification', name, params });
  }
}

/**
 * A range of addresses that has at most so many units.
 *
 * @throws RequestError when it is none
 */
function rangeInUnits(
  start: unknown,
  end: unknown,
  unitBytes: number,
  most: number,
): { readonly start: number; readonly end: number } {
  const range = { start: addressOf(start), end: addressOf(end) };
  const size = range.end - range.start;
  const isUnit = Number.isSafeInteger(unitBytes) && Number.isInteger(Math.log2(unitBytes));
  if (!isUnit || !(size > 0) || size / unitBytes > most)
    throw new RequestError('bad-range', 'not a range that detail can be told of');
  return range;
}

/** An address as a number; NaN for anything else, and beyond 2^53. */
function addressOf(text: unknown): number {
  const addr = typeof text === 'string' && /^0x[0-9a-f]{1,16}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(addr) ? addr : NaN;
}
