/**
 * Questions about open documents, answered by the analysis worker.
 *
 * The worker is started when somebody asks first. It is told texts and edits, the headers beside a document and the other
 * files of its program, which are read once per version. An answer that comes when the document is another one already is
 * dropped, and the question asked again: so whoever asks gets what is true of the document as it is.
 */
import { Disposable, EventEmitter, l10n, window, workspace } from 'vscode';
import type { ExtensionContext, TextDocument } from 'vscode';
import type { CompileOptions } from '../core/sema/placement.ts';
import { AnalysisClient } from '../session/editor/analysis-client.ts';
import type { AnalysedDocument } from '../session/editor/analysis-client.ts';
import type {
  AnalysedProgram,
  QuestionName,
  QuestionParams,
  QuestionResult,
} from '../session/editor/analysis-messages.ts';
import { isSameCompilation, isSameProgram } from '../session/editor/same-program.ts';
import type { Platform } from './platform.ts';
import { programUris, readProgram } from './program-files.ts';
import { programName } from './program-name.ts';
import { compileOptions, currentLanguage } from './settings.ts';
import { timers } from './timers.ts';

/** Largest document that is analysed, in UTF-16 code units. */
const mostCharacters = 4 * 1024 * 1024;

/** Times that the same version is asked about anew: after workers that were lost, and edits that were missed. */
const mostRepeats = 6;

/** Asks the worker, and hides its answers during an exam. */
export class AnalysisService implements Disposable {
  /** By document, not by address: the address of an untitled document is used again after it was closed. */
  readonly #entries = new WeakMap<TextDocument, Entry>();
  readonly #veilChanged = new EventEmitter<void>();
  readonly #client: AnalysisClient;
  readonly #subscription: Disposable;
  #isVeiled = false;
  #isTroubleTold = false;
  #nextKey = 1;

  /** What {@link askUnveiled} gives was hidden, or is shown again. */
  readonly onDidChangeVeil = this.#veilChanged.event;

  constructor(context: ExtensionContext, platform: Platform) {
    this.#client = new AnalysisClient({
      language: currentLanguage(),
      timers,
      start: (listener) =>
        platform.startWorker(context, {
          onMessage: (message) => {
            if (message.type === 'analysis') listener.onMessage(message);
          },
          onFailure: (reason) => {
            listener.onFailure(reason);
          },
        }),
      onTrouble: (reason) => {
        this.#tellTrouble(reason);
      },
    });
    this.#subscription = Disposable.from(
      this.#veilChanged,
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const entry = this.#entries.get(document);
        if (entry === undefined) return;
        const edits = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
          offset: rangeOffset,
          length: rangeLength,
          text,
        }));
        this.#client.edited(entry.key, document.version, edits, entry.length);
      }),
      workspace.onDidCloseTextDocument((document) => {
        const entry = this.#entries.get(document);
        if (entry !== undefined) this.#client.forget(entry.key);
        this.#entries.delete(document);
      }),
    );
  }

  /** Hides what tells where things live, or shows it again: while a question of an exam is open. */
  setVeiled(isVeiled: boolean): void {
    if (this.#isVeiled === isVeiled) return;
    this.#isVeiled = isVeiled;
    this.#veilChanged.fire();
  }

  get isVeiled(): boolean {
    return this.#isVeiled;
  }

  /** For faces that tell where things live: nothing while that is hidden. */
  async askUnveiled<Name extends QuestionName>(
    document: TextDocument,
    name: Name,
    params: () => QuestionParams<Name>,
  ): Promise<QuestionResult<Name> | undefined> {
    if (this.#isVeiled) return undefined;
    const result = await this.ask(document, name, params);
    return this.#wasVeiled() ? undefined : result;
  }

  /**
   * Asks about a document, compiled as the settings say.
   *
   * @param params - taken with the text that is asked about
   * @returns what is true of the document as it is now; undefined for one that is too large, was closed, or that the worker
   *   was lost over
   * @throws Error when answering failed by a bug of ours
   */
  async ask<Name extends QuestionName>(
    document: TextDocument,
    name: Name,
    params: () => QuestionParams<Name>,
  ): Promise<QuestionResult<Name> | undefined> {
    let repeats = 0;
    for (let before = document.version; repeats < mostRepeats; before = document.version) {
      const entry = this.#entryOf(document);
      const known = await entry?.known(compileOptions(document.uri));
      if (entry === undefined || known === undefined || document.isClosed) return undefined;
      const { version } = document;
      const outcome = await this.#client.ask(known, name, params);
      if (outcome.kind === 'given-up') return undefined;
      const isCurrent = document.version === version && entry.program === known.program;
      if (outcome.kind === 'answered' && isCurrent) return outcome.result;
      repeats = document.version === before ? repeats + 1 : 0;
    }
    return undefined;
  }

  #entryOf(document: TextDocument): Entry | undefined {
    if (document.isClosed) return undefined;
    let entry = this.#entries.get(document);
    if (entry === undefined) {
      entry = new Entry(this.#nextKey++, document);
      this.#entries.set(document, entry);
    }
    return entry;
  }

  /** It may have changed while an answer was awaited. */
  #wasVeiled(): boolean {
    return this.#isVeiled;
  }

  /** Once in a window: what is tried again by itself need not be told again. */
  #tellTrouble(reason: string): void {
    console.error(`Memory Atlas: the analysis ended: ${reason}`);
    if (this.#isTroubleTold) return;
    this.#isTroubleTold = true;
    void window.showWarningMessage(
      l10n.t('Memory Atlas: the analysis of C files ended unexpectedly ({0}). It was started anew.', reason),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#client.close();
  }
}

/** An open document, and the program that it belongs to. */
class Entry {
  readonly key: number;
  readonly #document: TextDocument;
  #program: AnalysedProgram | undefined;
  /** What the program was read for. */
  #readFor:
    { readonly version: number; readonly files: string; readonly compile: CompileOptions } | undefined;
  #reading: Promise<void> = Promise.resolve();

  constructor(key: number, document: TextDocument) {
    this.key = key;
    this.#document = document;
  }

  get program(): AnalysedProgram | undefined {
    return this.#program;
  }

  /** UTF-16 code units. */
  get length(): number {
    const { lineCount } = this.#document;
    return this.#document.offsetAt(this.#document.lineAt(lineCount - 1).range.end);
  }

  /** The document with its program as it is now; undefined for one that is too large. */
  async known(compile: CompileOptions): Promise<AnalysedDocument | undefined> {
    await this.#readProgram(compile);
    const document = this.#document;
    const program = this.#program;
    if (document.isClosed || program === undefined || this.length > mostCharacters) return undefined;
    const length = (): number => this.length;
    return {
      key: this.key,
      get version() {
        return document.version;
      },
      get length() {
        return length();
      },
      text: () => document.getText(),
      program,
    };
  }

  /** Reads headers and other files where they may have changed. Who waits for a reading that is outdated waits for the newest. */
  async #readProgram(compile: CompileOptions): Promise<void> {
    const document = this.#document;
    const { version } = document;
    const files = programKey(document);
    const last = this.#readFor;
    if (last?.version !== version || last.files !== files || !isSameCompilation(last.compile, compile)) {
      const readFor = { version, files, compile };
      this.#readFor = readFor;
      this.#reading = readProgram(document).then((sources) => {
        if (this.#readFor !== readFor) return;
        const own = programName(document.uri);
        const program: AnalysedProgram = {
          own,
          others: sources.files.filter(({ name }) => name !== own),
          order: sources.files.map(({ name }) => name),
          headers: sources.headers,
          compile,
        };
        if (this.#program === undefined || !isSameProgram(program, this.#program)) this.#program = program;
      });
    }
    for (let reading; reading !== this.#reading;) {
      reading = this.#reading;
      await reading;
    }
  }
}

/** Changes when the list of the program's files does, or one of them that is open. */
function programKey(document: TextDocument): string {
  return programUris(document)
    .map((uri) => {
      const open = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
      return open === document ? '' : `${uri.toString()}@${String(open?.version ?? '')}`;
    })
    .join(' ');
}
