/**
 * The analysis of open documents, kept up to date with their versions.
 *
 * A document is analysed when somebody asks (a hover, the problems), and then only as far as it changed. The headers
 * beside it are read once per version; when one of them is another text, everything is analysed again. The work is done in
 * slices, so that typing never waits for it; it ends when the document changes, and whoever waited gets the analysis of
 * what the document has become.
 */
import { EventEmitter, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import type { Steps } from '../base/steps.ts';
import type { CompileOptions } from '../core/sema/placement.ts';
import type { SourceText } from '../protocol/messages.ts';
import { analyzeUnitSteps, defaultAnalysisOptions, hostOf, programOf } from '../session/analysis.ts';
import type { AnalysisOptions, ProgramAnalysis, UnitAnalysis } from '../session/analysis.ts';
import { IncrementalAnalysis } from '../session/incremental-analysis.ts';
import { sourceMarkSteps } from '../session/source-marks.ts';
import { programUris, readProgram } from './program-files.ts';
import { programName } from './program-name.ts';
import { compileOptions } from './settings.ts';
import { inSlices } from './slices.ts';

/** Largest document that is analysed, in UTF-16 code units. */
const mostCharacters = 4 * 1024 * 1024;

/** What is kept of one document. */
interface Entry {
  readonly incremental: IncrementalAnalysis;
  version: number;
  /** Counts the analyses that were begun: only the latest goes on. */
  request: number;
  analysis: Promise<ProgramAnalysis | undefined>;
  headers: readonly SourceText[];
  compile: CompileOptions;
  options: AnalysisOptions;
  /** Which other files the program has, and their versions where they are open. */
  program: string;
  /** Their analyses by name, each with the text that it is of. */
  others: ReadonlyMap<string, { readonly text: string; readonly unit: UnitAnalysis }>;
}

/** Analyses documents and remembers what it found. */
export class AnalysisService {
  /** By document, not by address: the address of an untitled document is used again after it was closed. */
  readonly #entries = new WeakMap<TextDocument, Entry>();
  readonly #veilChanged = new EventEmitter<void>();
  #isVeiled = false;

  /** What {@link answersOf} gives was hidden, or is shown again. */
  readonly onDidChangeVeil = this.#veilChanged.event;

  /** Hides what tells where things live, or shows it again: while a question of an exam is open. */
  setVeiled(isVeiled: boolean): void {
    if (this.#isVeiled === isVeiled) return;
    this.#isVeiled = isVeiled;
    this.#veilChanged.fire();
  }

  get isVeiled(): boolean {
    return this.#isVeiled;
  }

  /** The analysis for faces that tell where things live; `undefined` also while that is hidden. */
  async answersOf(document: TextDocument): Promise<ProgramAnalysis | undefined> {
    return this.#isVeiled ? undefined : this.analysisOf(document);
  }

  /** The analysis of a document as it is now, compiled as the settings say; `undefined` for one that is too large. */
  analysisOf(document: TextDocument): Promise<ProgramAnalysis | undefined> {
    let entry = this.#entries.get(document);
    const compile = compileOptions(document.uri);
    const program = programKey(document);
    if (
      entry?.version === document.version &&
      entry.program === program &&
      isSameCompilation(entry.compile, compile)
    )
      return entry.analysis;
    entry ??= {
      incremental: new IncrementalAnalysis(),
      version: -1,
      request: 0,
      analysis: Promise.resolve(undefined),
      headers: [],
      compile,
      options: { ...defaultAnalysisOptions, compile },
      program,
      others: new Map(),
    };
    this.#entries.set(document, entry);
    entry.version = document.version;
    entry.compile = compile;
    entry.program = program;
    const request = ++entry.request;
    const isLatest = (): boolean => entry.request === request;
    // Who waits for an analysis that was dropped gets the one that took its place.
    entry.analysis = analyzeDocument(document, entry, isLatest).then((analysis) =>
      isLatest() ? analysis : entry.analysis,
    );
    return entry.analysis;
  }
}

async function analyzeDocument(
  document: TextDocument,
  entry: Entry,
  isLatest: () => boolean,
): Promise<ProgramAnalysis | undefined> {
  const text = document.getText();
  if (text.length > mostCharacters) return undefined;
  const { files, headers } = await readProgram(document);
  if (!isLatest()) return undefined;
  const { compile } = entry;
  if (!isSame(headers, entry.headers) || !isSameCompilation(compile, entry.options.compile)) {
    entry.headers = headers;
    entry.options = { ...defaultAnalysisOptions, compile, host: hostOf(headers) };
    entry.others = new Map();
  }
  const own = programName(document.uri);
  return inSlices(analysisSteps(own, text, files, entry), isLatest);
}

/** Analyses a document and links its program. */
function* analysisSteps(
  own: string,
  text: string,
  files: readonly SourceText[],
  entry: Entry,
): Steps<ProgramAnalysis> {
  const alone = yield* entry.incremental.updateSteps({ name: own, text }, entry.options);
  yield;
  const program = files.length === 1 ? alone : yield* linkedWith(alone, own, files, entry);
  // Whoever asks for an analysis soon asks for addresses.
  yield* program.linkSteps();
  // The marks beside the lines are there by default.
  yield* sourceMarkSteps(program, 0);
  return program;
}

/** The document's analysis linked with those of the other files of its program; the document stays the first unit. */
function* linkedWith(
  analysis: ProgramAnalysis,
  own: string,
  files: readonly SourceText[],
  entry: Entry,
): Steps<ProgramAnalysis> {
  const others = files.filter(({ name }) => name !== own);
  const { options } = entry;
  const analysed = new Map<string, { readonly text: string; readonly unit: UnitAnalysis }>();
  for (const file of others) {
    const known = entry.others.get(file.name);
    const unit = known?.text === file.text ? known.unit : yield* analyzeUnitSteps(file, options);
    analysed.set(file.name, { text: file.text, unit });
  }
  entry.others = analysed;
  const names = [own, ...others.map(({ name }) => name)];
  const units = [...analysis.units, ...[...entry.others.values()].map(({ unit }) => unit)];
  return programOf(
    names,
    units,
    options,
    files.map(({ name }) => names.indexOf(name)),
  );
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

function isSameCompilation(a: CompileOptions, b: CompileOptions): boolean {
  return (Object.keys(a) as (keyof CompileOptions)[]).every((key) => a[key] === b[key]);
}

function isSame(a: readonly SourceText[], b: readonly SourceText[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => one.name === b[index]?.name && one.text === b[index].text)
  );
}
