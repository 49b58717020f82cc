/**
 * The analysis of open documents, in a worker: kept up to date with the texts that the extension host tells, and asked by it.
 *
 * A document is analysed when somebody asks, and then only as far as it changed; it is linked when somebody asks for an
 * address. The work is done in slices, between which messages are read: so questions about other documents are answered
 * meanwhile, and a newer text ends the analysis of an older one. Somebody waits for a hover: marks wait until it is there.
 * When headers or settings change, everything is analysed again.
 */
import type { Steps } from '../../base/steps.ts';
import type { Language } from '../../protocol/messages.ts';
import { analyzeUnitSteps, defaultAnalysisOptions, hostOf, programOf } from '../analysis.ts';
import type { AnalysisOptions, ProgramAnalysis, UnitAnalysis } from '../analysis.ts';
import { IncrementalAnalysis } from '../incremental-analysis.ts';
import { inSlices } from '../slices.ts';
import type { Turns } from '../slices.ts';
import { sourceMarkSteps } from '../source-marks.ts';
import type {
  AnalysedProgram,
  Ask,
  DocumentKey,
  FromAnalysis,
  TextEdit,
  ToAnalysis,
} from './analysis-messages.ts';
import { answerOf, needsLink } from './answers.ts';
import { hasSameOptions } from './same-program.ts';

/** Milliseconds of work on one document after which the host is told again that it goes on. */
const signOfLifeMs = 1000;

/** What is kept of one document. */
interface Entry {
  readonly incremental: IncrementalAnalysis;
  /** Undefined until it is told, and after an edit of a text that is not this one. */
  text: string | undefined;
  version: number;
  program: AnalysedProgram | undefined;
  programNumber: number;
  /** The same object as long as headers and settings are the same. */
  options: AnalysisOptions;
  /** Analyses of the program's other files by name, each with the text that it is of. */
  others: ReadonlyMap<string, { readonly text: string; readonly unit: UnitAnalysis }>;
  /** Counts what was told: only an analysis of the latest goes on. */
  state: number;
  analysis: Promise<ProgramAnalysis | undefined> | undefined;
  /** The program with its addresses. */
  linked: Promise<unknown> | undefined;
  /** The marks of the document, found for this analysis. */
  marks: Promise<unknown> | undefined;
}

/** Answers the questions of one extension host. */
export class AnalysisServer {
  readonly #post: (message: FromAnalysis) => void;
  readonly #turns: Turns;
  /** For work that may wait: its turn comes when no hover is asked for. */
  readonly #quietTurns: Turns;
  #hovers = 0;
  readonly #entries = new Map<DocumentKey, Entry>();
  #language: Language = 'en';
  #busy: { readonly document: DocumentKey; readonly since: number } | undefined;

  constructor(post: (message: FromAnalysis) => void, turns: Turns) {
    this.#post = post;
    this.#turns = turns;
    this.#quietTurns = {
      now: () => turns.now(),
      pause: async () => {
        do await turns.pause();
        while (this.#hovers > 0);
      },
    };
  }

  receive(message: ToAnalysis): void {
    switch (message.kind) {
      case 'start':
        this.#language = message.language;
        return;
      case 'text':
        this.#setText(message.document, message.version, message.text);
        return;
      case 'edit': {
        const { text, version } = this.#entryOf(message.document);
        const edited =
          text === undefined || version !== message.from ? undefined : editedText(text, message.edits);
        const isSound = edited?.length === message.length;
        this.#setText(message.document, message.version, isSound ? edited : undefined);
        return;
      }
      case 'program':
        this.#setProgram(message.document, message.number, message.program);
        return;
      case 'close': {
        const entry = this.#entries.get(message.document);
        if (entry !== undefined) entry.state += 1;
        this.#entries.delete(message.document);
        return;
      }
      case 'ask': {
        const isHover = message.name === 'hover';
        if (isHover) this.#hovers += 1;
        void this.#answer(message).finally(() => {
          if (isHover) this.#hovers -= 1;
        });
      }
    }
  }

  #entryOf(document: DocumentKey): Entry {
    let entry = this.#entries.get(document);
    if (entry === undefined) {
      entry = {
        incremental: new IncrementalAnalysis(),
        text: undefined,
        version: -1,
        program: undefined,
        programNumber: 0,
        options: defaultAnalysisOptions,
        others: new Map(),
        state: 0,
        analysis: undefined,
        linked: undefined,
        marks: undefined,
      };
      this.#entries.set(document, entry);
    }
    return entry;
  }

  #setText(document: DocumentKey, version: number, text: string | undefined): void {
    const entry = this.#entryOf(document);
    entry.text = text;
    entry.version = version;
    dropAnalysis(entry);
  }

  #setProgram(document: DocumentKey, number: number, program: AnalysedProgram): void {
    const entry = this.#entryOf(document);
    if (entry.program === undefined || !hasSameOptions(entry.program, program)) {
      const { compile, headers } = program;
      entry.options = { ...defaultAnalysisOptions, compile, host: hostOf(headers) };
      entry.others = new Map();
    }
    entry.program = program;
    entry.programNumber = number;
    dropAnalysis(entry);
  }

  /** Every question is answered, whatever becomes of the analysis. */
  async #answer(ask: Ask): Promise<void> {
    const { id, document } = ask;
    const entry = this.#entries.get(document);
    const { text, program } = entry ?? {};
    if (
      entry === undefined ||
      text === undefined ||
      program === undefined ||
      entry.version !== ask.version ||
      entry.programNumber !== ask.program
    ) {
      this.#post({ type: 'analysis', kind: 'unknown', id });
      return;
    }
    const { state } = entry;
    try {
      entry.analysis ??= this.#inSlices(ask, entry, analysisSteps(entry, text, program));
      const analysis = await entry.analysis;
      if (analysis !== undefined && isAt(entry, state)) {
        // Long work that some questions need is done once for all of them, and with pauses.
        if (needsLink(analysis, ask))
          await (entry.linked ??= this.#inSlices(ask, entry, analysis.linkSteps()));
        else if (ask.name === 'gutter' || ask.name === 'marks')
          await (entry.marks ??= this.#inSlices(ask, entry, sourceMarkSteps(analysis, 0), this.#quietTurns));
      }
      if (analysis === undefined || !isAt(entry, state)) {
        this.#post({ type: 'analysis', kind: 'outdated', id });
        return;
      }
      this.#tellBusy(document);
      const result = answerOf(analysis, ask, this.#language);
      this.#post({ type: 'analysis', kind: 'answered', id, result });
    } catch (error) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#post({ type: 'analysis', kind: 'failed', id, reason });
    }
  }

  /** Works on a document as it was told last, and drops the work when something newer is told. */
  #inSlices<T>(
    { document }: Ask,
    entry: Entry,
    steps: Steps<T>,
    turns: Turns = this.#turns,
  ): Promise<T | undefined> {
    const { state } = entry;
    return inSlices(turns, steps, () => this.#goesOn(document, entry, state));
  }

  /** Asked before each slice of work on a document: tells the host, and says whether its text is still the same. */
  #goesOn(document: DocumentKey, entry: Entry, state: number): boolean {
    this.#tellBusy(document);
    return isAt(entry, state);
  }

  #tellBusy(document: DocumentKey): void {
    const now = this.#turns.now();
    if (this.#busy?.document === document && now - this.#busy.since < signOfLifeMs) return;
    this.#busy = { document, since: now };
    this.#post({ type: 'analysis', kind: 'busy', document });
  }
}

/** Whether nothing else was told since. */
const isAt = (entry: Entry, state: number): boolean => entry.state === state;

/** What was found, or is being looked for, is of an older text. */
function dropAnalysis(entry: Entry): void {
  entry.state += 1;
  entry.analysis = undefined;
  entry.linked = undefined;
  entry.marks = undefined;
}

function editedText(text: string, edits: readonly TextEdit[]): string {
  return edits.reduce(
    (before, { offset, length, text: added }) =>
      before.slice(0, offset) + added + before.slice(offset + length),
    text,
  );
}

/** Analyses a document, with the other files of its program. */
function* analysisSteps(entry: Entry, text: string, program: AnalysedProgram): Steps<ProgramAnalysis> {
  const alone = yield* entry.incremental.updateSteps({ name: program.own, text }, entry.options);
  yield;
  const analysis = program.others.length === 0 ? alone : yield* linkedWithOthers(alone, program, entry);
  // Of functions that are new, frames and code are found here, with pauses; of those that are known it takes no time.
  if (entry.incremental.lastUpdate === 'whole') yield* analysis.linkSteps();
  return analysis;
}

/** The document's analysis linked with those of the other files of its program; the document stays the first unit. */
function* linkedWithOthers(
  alone: ProgramAnalysis,
  { own, others, order }: AnalysedProgram,
  entry: Entry,
): Steps<ProgramAnalysis> {
  const { options } = entry;
  const analysed = new Map<string, { readonly text: string; readonly unit: UnitAnalysis }>();
  for (const file of others) {
    const known = entry.others.get(file.name);
    const unit = known?.text === file.text ? known.unit : yield* analyzeUnitSteps(file, options);
    analysed.set(file.name, { text: file.text, unit });
  }
  entry.others = analysed;
  const names = [own, ...others.map(({ name }) => name)];
  const units = [...alone.units, ...[...analysed.values()].map(({ unit }) => unit)];
  return programOf(
    names,
    units,
    options,
    order.map((name) => names.indexOf(name)),
  );
}
