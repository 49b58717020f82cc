/**
 * The analysis of open documents, kept up to date with their versions.
 *
 * A document is analysed when somebody asks (a hover, the problems), and then only as far as it changed. The headers
 * beside it are read once per version; when one of them is another text, everything is analysed again.
 */
import type { TextDocument } from 'vscode';
import type { CompileOptions } from '../core/sema/placement.ts';
import type { SourceText } from '../protocol/messages.ts';
import { defaultAnalysisOptions, hostOf } from '../session/analysis.ts';
import type { AnalysisOptions, ProgramAnalysis } from '../session/analysis.ts';
import { IncrementalAnalysis } from '../session/incremental-analysis.ts';
import { programName } from './program-name.ts';
import { compileOptions } from './settings.ts';
import { collectHeaders } from './workspace-headers.ts';

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
}

/** Analyses documents and remembers what it found. */
export class AnalysisService {
  /** By document, not by address: the address of an untitled document is used again after it was closed. */
  readonly #entries = new WeakMap<TextDocument, Entry>();

  /** The analysis of a document as it is now, compiled as the settings say; `undefined` for one that is too large. */
  analysisOf(document: TextDocument): Promise<ProgramAnalysis | undefined> {
    let entry = this.#entries.get(document);
    const compile = compileOptions(document.uri);
    if (entry?.version === document.version && isSameCompilation(entry.compile, compile))
      return entry.analysis;
    entry ??= {
      incremental: new IncrementalAnalysis(),
      version: -1,
      analysis: Promise.resolve(undefined),
      headers: [],
      compile,
      options: { ...defaultAnalysisOptions, compile },
    };
    this.#entries.set(document, entry);
    entry.version = document.version;
    entry.compile = compile;
    entry.analysis = analyzeDocument(document, entry);
    return entry.analysis;
  }
}

async function analyzeDocument(document: TextDocument, entry: Entry): Promise<ProgramAnalysis | undefined> {
  const text = document.getText();
  if (text.length > mostCharacters) return undefined;
  const headers = await collectHeaders(document.uri, text);
  const { compile } = entry;
  if (!isSame(headers, entry.headers) || !isSameCompilation(compile, entry.options.compile)) {
    entry.headers = headers;
    entry.options = { ...defaultAnalysisOptions, compile, host: hostOf(headers) };
  }
  return entry.incremental.update({ name: programName(document.uri), text }, entry.options);
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
