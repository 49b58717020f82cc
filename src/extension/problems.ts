/**
 * The Problems list: what is wrong in the C text, and what the simulation cannot run yet.
 *
 * Errors are listed only where no other C extension reports them (setting `memoryAtlas.problems`); what a run found not
 * to be modelled is always listed, because nobody else says so.
 */
import { Diagnostic, DiagnosticSeverity, Range, extensions, languages, workspace } from 'vscode';
import type { Disposable, TextDocument, TextDocumentContentChangeEvent, Uri } from 'vscode';
import type { ProblemView } from '../protocol/messages.ts';
import type { AnalysisService } from './analysis-service.ts';
import { movedRange } from './moved-range.ts';
import { programUris } from './program-files.ts';
import { programName } from './program-name.ts';
import type { RunController } from './run-controller.ts';
import { problemsMode } from './settings.ts';

/** Milliseconds of quiet after an edit before a document is checked. */
const quietMs = 300;

/** Extensions that report errors in C files. */
const otherCheckers = ['ms-vscode.cpptools', 'llvm-vs-code-extensions.vscode-clangd', 'ccls-project.ccls'];

/** How often a text is asked about again that had no answer, each time after twice the quiet: half a minute in all. */
const mostRepeats = 6;

/** What says who found a problem. */
export const problemSource = 'Memory Atlas';

export class Problems implements Disposable {
  readonly #analysis: AnalysisService;
  readonly #collection = languages.createDiagnosticCollection('memory-atlas');
  /** What the analysis of a document says, and what the last run of it found; by URI. */
  readonly #analysed = new Map<string, readonly ProblemView[]>();
  readonly #ran = new Map<string, Ran>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** How often each document was checked so far: an answer that a later check overtook is dropped. */
  readonly #checks = new WeakMap<TextDocument, number>();
  readonly #subscriptions: Disposable[];

  constructor(analysis: AnalysisService, controller: RunController) {
    this.#analysis = analysis;
    this.#subscriptions = [
      this.#collection,
      workspace.onDidOpenTextDocument((document) => {
        this.#schedule(document);
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        this.#schedule(document);
        if (contentChanges.length === 0) return;
        this.#move(document, contentChanges);
        this.#forgetBuilds((ran) => isFileOf(document.uri, ran.uri));
      }),
      workspace.onDidCloseTextDocument((document) => {
        this.#forget(document.uri);
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('memoryAtlas')) return;
        this.#forgetBuilds(({ uri }) => buildSettings.some((name) => event.affectsConfiguration(name, uri)));
        this.#checkAll();
      }),
      extensions.onDidChange(() => {
        this.#checkAll();
      }),
      controller.onDidFindProblems(({ uri, problems }) => {
        // It may have been closed while it ran.
        if (openDocument(uri) === undefined) return;
        this.#ran.set(uri.toString(), { uri, problems });
        this.#publish(uri);
      }),
    ];
    this.#checkAll();
  }

  /**
   * After an edit the analysis finds again what is wrong in the text. What the run found not to be modelled nobody else finds:
   * it stays with its text until that is edited, or run again.
   */
  #move(document: TextDocument, changes: readonly TextDocumentContentChangeEvent[]): void {
    const key = document.uri.toString();
    const ran = this.#ran.get(key);
    if (ran === undefined) return;
    const name = programName(document.uri);
    const problems = ran.problems.flatMap((problem) =>
      problem.severity === 'unsupported' && problem.place.file === name ? movedProblem(problem, changes) : [],
    );
    this.#ran.set(key, { ...ran, problems });
  }

  /**
   * Compiler and linker of a run spoke of the program as it was: other files of it, or other settings, may have mended what
   * they found.
   */
  #forgetBuilds(isOutdated: (ran: Ran) => boolean): void {
    for (const [key, ran] of this.#ran) {
      const problems = ran.problems.filter(({ severity }) => severity === 'unsupported');
      if (problems.length === ran.problems.length || !isOutdated(ran)) continue;
      this.#ran.set(key, { ...ran, problems });
      this.#publish(ran.uri);
    }
  }

  #checkAll(): void {
    for (const document of workspace.textDocuments) this.#schedule(document);
  }

  /** @param repeats - how often this text was asked about in vain */
  #schedule(document: TextDocument, repeats = 0): void {
    if (document.languageId !== 'c') return;
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(
        () => {
          this.#timers.delete(key);
          void this.#check(document, repeats);
        },
        quietMs * 2 ** repeats,
      ),
    );
  }

  async #check(document: TextDocument, repeats: number): Promise<void> {
    if (document.isClosed) return;
    const key = document.uri.toString();
    const check = (this.#checks.get(document) ?? 0) + 1;
    this.#checks.set(document, check);
    if (!shouldReport()) {
      this.#analysed.delete(key);
      this.#publish(document.uri);
      return;
    }
    const version = document.version;
    const problems = await this.#analysis.ask(document, 'problems', () => ({}));
    // A later check, or one that the newer text has scheduled, finds what is true.
    if (this.#checks.get(document) !== check || !isOpenAt(document, version)) return;
    if (problems === undefined) {
      // Settings and files that changed meanwhile leave a question without an answer; nothing else would ask it again.
      if (repeats < mostRepeats) this.#schedule(document, repeats + 1);
      return;
    }
    this.#analysed.set(key, problems);
    this.#publish(document.uri);
  }

  /** Lists what is known of a document: the same problem once, whoever found it. */
  #publish(uri: Uri): void {
    const key = uri.toString();
    const name = programName(uri);
    const ran = this.#ran.get(key)?.problems ?? [];
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

/** What the last run of a document found. */
interface Ran {
  readonly uri: Uri;
  readonly problems: readonly ProblemView[];
}

/** What compiler and linker do with a program. */
const buildSettings = ['run.files', 'target', 'compile'].map((name) => `memoryAtlas.${name}`);

const openDocument = (uri: Uri): TextDocument | undefined =>
  workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());

/** Whether a file is another one of the program of a document. */
function isFileOf(file: Uri, program: Uri): boolean {
  const document = openDocument(program);
  if (document === undefined || file.toString() === program.toString()) return false;
  return programUris(document).some((uri) => uri.toString() === file.toString());
}

const isOpenAt = (document: TextDocument, version: number): boolean =>
  !document.isClosed && document.version === version;

function shouldReport(): boolean {
  const mode = problemsMode();
  if (mode !== 'auto') return mode === 'on';
  return !otherCheckers.some((id) => extensions.getExtension(id) !== undefined);
}

const rangeOf = ({ place, endLine, endColumn }: ProblemView): Range =>
  new Range(place.line - 1, place.column - 1, endLine - 1, endColumn - 1);

/** The problem behind edits; none where its own text was edited. */
function movedProblem(
  problem: ProblemView,
  changes: readonly TextDocumentContentChangeEvent[],
): readonly ProblemView[] {
  let range = rangeOf(problem);
  for (const change of changes) {
    const touches = change.range.start.isBefore(range.end) && change.range.end.isAfter(range.start);
    const moved = touches ? undefined : movedRange(range, [change]);
    if (moved === undefined) return [];
    range = moved;
  }
  const { start, end } = range;
  const place = { ...problem.place, line: start.line + 1, column: start.character + 1 };
  return [{ ...problem, place, endLine: end.line + 1, endColumn: end.character + 1 }];
}

function toDiagnostic(problem: ProblemView): Diagnostic {
  const range = rangeOf(problem);
  const severity =
    problem.severity === 'error'
      ? DiagnosticSeverity.Error
      : problem.severity === 'warning'
        ? DiagnosticSeverity.Warning
        : DiagnosticSeverity.Information;
  const diagnostic = new Diagnostic(range, problem.text, severity);
  diagnostic.source = problemSource;
  diagnostic.code = problem.code;
  return diagnostic;
}
