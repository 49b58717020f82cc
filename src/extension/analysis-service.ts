/**
 * The analysis of open documents, kept per version.
 *
 * A document is analysed when somebody asks (a hover, the problems); the headers beside it are read once per version.
 */
import { workspace } from 'vscode';
import type { Disposable, TextDocument } from 'vscode';
import { analyzeProgram, defaultAnalysisOptions, hostOf } from '../session/analysis.ts';
import type { ProgramAnalysis } from '../session/analysis.ts';
import { programName } from './run-controller.ts';
import { collectHeaders } from './workspace-headers.ts';

/** Largest document that is analysed, in UTF-16 code units. */
const mostCharacters = 4 * 1024 * 1024;

interface Entry {
  readonly version: number;
  readonly analysis: Promise<ProgramAnalysis | undefined>;
}

export class AnalysisService implements Disposable {
  readonly #entries = new Map<string, Entry>();
  readonly #closed: Disposable;

  constructor() {
    this.#closed = workspace.onDidCloseTextDocument((document) => {
      this.#entries.delete(document.uri.toString());
    });
  }

  /** The analysis of a document as it is now; `undefined` for one that is too large. */
  analysisOf(document: TextDocument): Promise<ProgramAnalysis | undefined> {
    const key = document.uri.toString();
    const known = this.#entries.get(key);
    if (known?.version === document.version) return known.analysis;
    const entry = { version: document.version, analysis: analyzeDocument(document) };
    this.#entries.set(key, entry);
    return entry.analysis;
  }

  dispose(): void {
    this.#closed.dispose();
    this.#entries.clear();
  }
}

async function analyzeDocument(document: TextDocument): Promise<ProgramAnalysis | undefined> {
  const text = document.getText();
  if (text.length > mostCharacters) return undefined;
  const headers = await collectHeaders(document.uri, text);
  return analyzeProgram([{ name: programName(document.uri), text }], {
    ...defaultAnalysisOptions,
    host: hostOf(headers),
  });
}
