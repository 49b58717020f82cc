/**
 * The analysis of open documents, kept up to date with their versions.
 *
 * A document is analysed when somebody asks (a hover, the problems), and then only as far as it changed. The headers
 * beside it are read once per version; when one of them is another text, everything is analysed again.
 */
import { EventEmitter, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import type { CompileOptions } from '../core/sema/placement.ts';
import type { SourceText } from '../protocol/messages.ts';
import { analyzeUnit, defaultAnalysisOptions, hostOf, programOf } from '../session/analysis.ts';
import type { AnalysisOptions, ProgramAnalysis, UnitAnalysis } from '../session/analysis.ts';
import { IncrementalAnalysis } from '../session/incremental-analysis.ts';
import { programUris, readProgram } from './program-files.ts';
import { programName } from './program-name.ts';
import { compileOptions } from './settings.ts';

/** Largest document that is analysed, in UTF-16 code units. */
const mostCharacters = 4 * 1024 * 1024;

/** What is kept of one document. */
interface Entry {
  readonly incremental: IncrementalAnalysis;
  version: number;
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
    entry.analysis = analyzeDocument(document, entry);
    return entry.analysis;
  }
}

async function analyzeDocument(document: TextDocument, entry: Entry): Promise<ProgramAnalysis | undefined> {
  const text = document.getText();
  if (text.length > mostCharacters) return undefined;
  const { files, headers } = await readProgram(document);
  const { compile } = entry;
  if (!isSame(headers, entry.headers) || !isSameCompilation(compile, entry.options.compile)) {
    entry.headers = headers;
    entry.options = { ...defaultAnalysisOptions, compile, host: hostOf(headers) };
    entry.others = new Map();
  }
  const own = programName(document.uri);
  const analysis = entry.incremental.update({ name: own, text }, entry.options);
  return files.length === 1 ? analysis : linkedWith(analysis, own, files, entry);
}

/** The document's analysis linked with those of the other files of its program; the document stays the first unit. */
function linkedWith(
  analysis: ProgramAnalysis,
  own: string,
  files: readonly SourceText[],
  entry: Entry,
): ProgramAnalysis {
  const others = files.filter(({ name }) => name !== own);
  entry.others = new Map(
    others.map((file) => {
      const known = entry.others.get(file.name);
      const unit = known?.text === file.text ? known.unit : analyzeUnit(file, entry.options);
      return [file.name, { text: file.text, unit }];
    }),
  );
  const names = [own, ...others.map(({ name }) => name)];
  const units = [...analysis.units, ...[...entry.others.values()].map(({ unit }) => unit)];
  return programOf(
    names,
    units,
    entry.options,
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
