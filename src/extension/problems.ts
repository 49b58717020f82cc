/**
 * The Problems list: what is wrong in the C text, and what the simulation cannot run yet.
 *
 * Errors are listed only where no other C extension reports them (setting `memoryAtlas.problems`); what a run found not
 * to be modelled is always listed, because nobody else says so.
 */
import { Diagnostic, DiagnosticSeverity, Range, extensions, languages, workspace } from 'vscode';
import type { Disposable, TextDocument, Uri } from 'vscode';
import type { ProblemView } from '../protocol/messages.ts';
import type { AnalysisService } from './analysis-service.ts';
import { programName } from './program-name.ts';
import type { RunController } from './run-controller.ts';
import { problemsMode } from './settings.ts';

/** Milliseconds of quiet after an edit before a document is checked. */
const quietMs = 300;

/** Extensions that report errors in C files. */
const otherCheckers = ['ms-vscode.cpptools', 'llvm-vs-code-extensions.vscode-clangd', 'ccls-project.ccls'];

export class Problems implements Disposable {
  readonly #analysis: AnalysisService;
  readonly #collection = languages.createDiagnosticCollection('memory-atlas');
  /** What the analysis of a document says, and what the last run of it found; by URI. */
  readonly #analysed = new Map<string, readonly ProblemView[]>();
  readonly #ran = new Map<string, readonly ProblemView[]>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #subscriptions: Disposable[];

  constructor(analysis: AnalysisService, controller: RunController) {
    this.#analysis = analysis;
    this.#subscriptions = [
      this.#collection,
      workspace.onDidOpenTextDocument((document) => {
        this.#schedule(document);
      }),
      workspace.onDidChangeTextDocument((event) => {
        // What a run found belongs to the text that was run; its lines may be others now.
        if (event.contentChanges.length > 0) this.#ran.delete(event.document.uri.toString());
        this.#schedule(event.document);
      }),
      workspace.onDidCloseTextDocument((document) => {
        this.#forget(document.uri);
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('memoryAtlas.problems')) this.#checkAll();
      }),
      controller.onDidFindProblems(({ uri, problems }) => {
        this.#ran.set(uri.toString(), problems);
        this.#publish(uri);
      }),
    ];
    this.#checkAll();
  }

  #checkAll(): void {
    for (const document of workspace.textDocuments) this.#schedule(document);
  }

  #schedule(document: TextDocument): void {
    if (document.languageId !== 'c') return;
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => {
        this.#timers.delete(key);
        void this.#check(document);
      }, quietMs),
    );
  }

  async #check(document: TextDocument): Promise<void> {
    if (document.isClosed) return;
    const key = document.uri.toString();
    if (!shouldReport()) {
      this.#analysed.delete(key);
      this.#publish(document.uri);
      return;
    }
    const version = document.version;
    const problems = await this.#analysis.ask(document, 'problems', () => ({}));
    if (problems === undefined || !isOpenAt(document, version)) return;
    this.#analysed.set(key, problems);
    this.#publish(document.uri);
  }

  /** Lists what is known of a document: the same problem once, whoever found it. */
  #publish(uri: Uri): void {
    const key = uri.toString();
    const name = programName(uri);
    const ran = this.#ran.get(key) ?? [];
    const reported = shouldReport()
      ? [...(this.#analysed.get(key) ?? []), ...ran]
      : ran.filter((problem) => problem.severity === 'unsupported');
    const own = new Map(
      reported
        .filter((problem) => problem.place.file === name)
        .map((problem) => [
          `${problem.place.line}:${problem.place.column}:${problem.code}:${problem.text}`,
          problem,
        ]),
    );
    this.#collection.set(uri, [...own.values()].map(toDiagnostic));
  }

  #forget(uri: Uri): void {
    const key = uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#analysed.delete(key);
    this.#ran.delete(key);
    this.#collection.delete(uri);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

const isOpenAt = (document: TextDocument, version: number): boolean =>
  !document.isClosed && document.version === version;

function shouldReport(): boolean {
  const mode = problemsMode();
  if (mode !== 'auto') return mode === 'on';
  return !otherCheckers.some((id) => extensions.getExtension(id) !== undefined);
}

function toDiagnostic(problem: ProblemView): Diagnostic {
  const range = new Range(
    problem.place.line - 1,
    problem.place.column - 1,
    problem.endLine - 1,
    problem.endColumn - 1,
  );
  const severity =
    problem.severity === 'error'
      ? DiagnosticSeverity.Error
      : problem.severity === 'warning'
        ? DiagnosticSeverity.Warning
        : DiagnosticSeverity.Information;
  const diagnostic = new Diagnostic(range, problem.text, severity);
  diagnostic.source = 'Memory Atlas';
  diagnostic.code = problem.code;
  return diagnostic;
}
