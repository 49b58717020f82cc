/**
 * The extension host's end of the analysis worker: starts it when the first question is asked, tells it the texts that it
 * lacks, and starts another one when it dies or gives no sign of life.
 *
 * Invariant: every question is settled: by its answer, by a newer text, or by the end of the worker.
 */
import type { Language } from '../../protocol/messages.ts';
import type { Timers } from '../channel.ts';
import type {
  AnalysedProgram,
  DocumentKey,
  FromAnalysis,
  QuestionName,
  QuestionParams,
  QuestionResult,
  TextEdit,
  ToAnalysis,
} from './analysis-messages.ts';

/** A worker thread, or a web worker. */
export interface AnalysisWorker {
  post(message: ToAnalysis): void;
  /** Ends it at once, whatever it is doing. */
  terminate(): void;
}

export interface AnalysisWorkerListener {
  onMessage(message: FromAnalysis): void;
  /** It died by itself. */
  onFailure(reason: string): void;
}

export interface AnalysisClientOptions {
  readonly language: Language;
  readonly timers: Timers;
  start(listener: AnalysisWorkerListener): Promise<AnalysisWorker>;
  /** A worker was given up; the next question starts another one. */
  onTrouble(reason: string): void;
}

/** A document as it is now. */
export interface AnalysedDocument {
  readonly key: DocumentKey;
  readonly version: number;
  /** UTF-16 code units. */
  readonly length: number;
  text(): string;
  /** The same object as long as it says the same. */
  readonly program: AnalysedProgram;
}

/** What becomes of a question. */
export type Outcome<Name extends QuestionName> =
  | { readonly kind: 'answered'; readonly result: QuestionResult<Name> }
  /** To be asked anew: the text is newer, or the worker another one. */
  | { readonly kind: 'outdated' }
  /** Twice a worker was given up over this version of the document, or the client was closed. */
  | { readonly kind: 'given-up' };

/** Half the time without a sign of life after which a worker is given up: the worker tells one a second. */
export const silenceMs = 10_000;

/** Time after which a question is given up, and the worker with it, although there are signs of life. */
export const patienceMs = 120_000;

/** Workers that may be lost over one version of a document. */
const mostLosses = 2;

interface Pending {
  readonly document: DocumentKey;
  readonly version: number;
  readonly settle: (outcome: Outcome<never>) => void;
  readonly fail: (error: Error) => void;
  readonly cancelTimer: () => void;
}

/** What a worker was told of a document. */
interface Told {
  version: number;
  length: number;
  program: AnalysedProgram | undefined;
  programNumber: number;
}

/** One worker and what it knows. */
interface Running {
  readonly worker: AnalysisWorker;
  readonly told: Map<DocumentKey, Told>;
  /** What it said last that it works on. */
  busy: DocumentKey | undefined;
}

/** Asks the worker, whichever it is at the time. */
export class AnalysisClient {
  readonly #options: AnalysisClientOptions;
  readonly #pending = new Map<number, Pending>();
  /** Workers lost over a version of a document. */
  readonly #losses = new Map<DocumentKey, { readonly version: number; readonly count: number }>();
  #starting: Promise<Running> | undefined;
  #running: Running | undefined;
  #nextId = 1;
  #nextProgram = 1;
  #silences = 0;
  #stopWatch: (() => void) | undefined;
  #isClosed = false;

  constructor(options: AnalysisClientOptions) {
    this.#options = options;
  }

  /**
   * Asks about a document as it is now.
   *
   * @param params - taken when the question is sent, with the text as it is then
   * @throws Error when answering failed by a bug of ours
   */
  async ask<Name extends QuestionName>(
    document: AnalysedDocument,
    name: Name,
    params: () => QuestionParams<Name>,
  ): Promise<Outcome<Name>> {
    if (this.#isGivenUp(document)) return { kind: 'given-up' };
    const running = await this.#start(document);
    if (running === undefined || running !== this.#running) return { kind: 'outdated' };
    const { version, program } = this.#tell(running, document);
    const id = this.#nextId++;
    const { key } = document;
    return new Promise<Outcome<Name>>((settle, fail) => {
      const cancelTimer = this.#options.timers.after(patienceMs, () => {
        this.#lose(`no answer to “${name}” in ${String(patienceMs / 1000)} s`, [key]);
      });
      this.#pending.set(id, { document: key, version, settle, fail, cancelTimer });
      running.worker.post({
        type: 'analysis',
        kind: 'ask',
        id,
        document: key,
        version,
        program,
        name,
        params: params(),
      });
      this.#watch();
    });
  }

  /**
   * Tells an edit at once, so that no more time is spent on the text before.
   *
   * @param length - of the text afterwards
   */
  edited(key: DocumentKey, version: number, edits: readonly TextEdit[], length: number): void {
    const told = this.#running?.told.get(key);
    // Also told when nothing but the mark of unsaved changes goes on or off.
    if (told === undefined || told.version === version) return;
    const from = told.version;
    this.#running?.worker.post({
      type: 'analysis',
      kind: 'edit',
      document: key,
      from,
      version,
      length,
      edits,
    });
    told.version = version;
    told.length = length;
  }

  /** The document was closed. */
  forget(key: DocumentKey): void {
    this.#losses.delete(key);
    if (this.#running?.told.delete(key) !== true) return;
    this.#running.worker.post({ type: 'analysis', kind: 'close', document: key });
  }

  /** Ends the worker. */
  close(): void {
    this.#isClosed = true;
    this.#end();
    this.#settleAll(() => ({ kind: 'given-up' }));
  }

  #isGivenUp({ key, version }: AnalysedDocument): boolean {
    if (this.#isClosed) return true;
    const losses = this.#losses.get(key);
    return losses?.version === version && losses.count >= mostLosses;
  }

  /** The worker that runs, or a new one; undefined when it does not start. */
  async #start({ key, version }: AnalysedDocument): Promise<Running | undefined> {
    if (this.#running !== undefined) return this.#running;
    this.#starting ??= this.#startWorker();
    const starting = this.#starting;
    try {
      return await starting;
    } catch (error) {
      if (this.#starting === starting) {
        this.#starting = undefined;
        this.#options.onTrouble(error instanceof Error ? error.message : String(error));
      }
      this.#countLoss(key, version);
      return undefined;
    }
  }

  async #startWorker(): Promise<Running> {
    // It may fail before it is known.
    const early: { failure?: string; running?: Running } = {};
    const worker = await this.#options.start({
      onMessage: (message) => {
        if (early.running !== undefined && early.running === this.#running)
          this.#receive(early.running, message);
      },
      onFailure: (reason) => {
        early.failure = reason;
        if (early.running !== undefined && early.running === this.#running) this.#lose(reason);
      },
    });
    if (early.failure !== undefined || this.#isClosed) {
      worker.terminate();
      throw new Error(early.failure ?? 'closed');
    }
    const running: Running = { worker, told: new Map(), busy: undefined };
    early.running = running;
    this.#running = running;
    this.#starting = undefined;
    worker.post({ type: 'analysis', kind: 'start', language: this.#options.language });
    return running;
  }

  /** Tells what the worker lacks of a document. @returns what it has then */
  #tell(
    { worker, told: toldOf }: Running,
    document: AnalysedDocument,
  ): { readonly version: number; readonly program: number } {
    const { key, version, length, program } = document;
    let told = toldOf.get(key);
    // The length differs where edits were missed, or the ends of the lines were changed.
    if (told?.version !== version || told.length !== length) {
      told = { program: undefined, programNumber: 0, ...told, version, length };
      toldOf.set(key, told);
      worker.post({ type: 'analysis', kind: 'text', document: key, version, text: document.text() });
    }
    if (told.program !== program) {
      told.program = program;
      told.programNumber = this.#nextProgram++;
      worker.post({ type: 'analysis', kind: 'program', document: key, number: told.programNumber, program });
    }
    return { version, program: told.programNumber };
  }

  #receive(running: Running, message: FromAnalysis): void {
    this.#silences = 0;
    if (message.kind === 'busy') running.busy = message.document;
    else this.#settle(running, message);
    this.#stopWatch?.();
    this.#stopWatch = undefined;
    this.#watch();
  }

  #settle(running: Running, message: Exclude<FromAnalysis, { readonly kind: 'busy' }>): void {
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    this.#pending.delete(message.id);
    pending.cancelTimer();
    switch (message.kind) {
      case 'answered':
        pending.settle({ kind: 'answered', result: message.result as never });
        return;
      case 'failed':
        pending.fail(new Error(message.reason));
        return;
      case 'unknown':
        running.told.delete(pending.document);
        pending.settle({ kind: 'outdated' });
        return;
      case 'outdated':
        pending.settle({ kind: 'outdated' });
    }
  }

  /** Waits for a sign of life while there are questions. */
  #watch(): void {
    if (this.#stopWatch !== undefined || this.#pending.size === 0) return;
    this.#stopWatch = this.#options.timers.after(silenceMs, () => {
      this.#stopWatch = undefined;
      this.#silences += 1;
      // Once may be our own thread that was held up, with the message still to be read.
      if (this.#silences < 2) this.#watch();
      else this.#lose(`no sign of life for ${String((2 * silenceMs) / 1000)} s`);
    });
  }

  /**
   * Gives the worker up. Questions are asked again of the next one, but for those about the document that was the cause,
   * when that has happened before.
   */
  #lose(reason: string, causes?: readonly DocumentKey[]): void {
    const busy = this.#running?.busy;
    const guilty = causes ?? (busy === undefined ? undefined : [busy]);
    const counted = new Set<DocumentKey>();
    for (const { document, version } of this.#pending.values()) {
      if (counted.has(document) || guilty?.includes(document) === false) continue;
      counted.add(document);
      this.#countLoss(document, version);
    }
    this.#end();
    this.#settleAll(() => ({ kind: 'outdated' }));
    this.#options.onTrouble(reason);
  }

  #countLoss(document: DocumentKey, version: number): void {
    const before = this.#losses.get(document);
    const count = before?.version === version ? before.count + 1 : 1;
    this.#losses.set(document, { version, count });
  }

  #end(): void {
    this.#running?.worker.terminate();
    this.#running = undefined;
    this.#starting = undefined;
    this.#silences = 0;
    this.#stopWatch?.();
    this.#stopWatch = undefined;
  }

  #settleAll(outcome: () => Outcome<never>): void {
    const all = [...this.#pending.values()];
    this.#pending.clear();
    for (const { settle, cancelTimer } of all) {
      cancelTimer();
      settle(outcome());
    }
  }
}
