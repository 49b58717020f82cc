/**
 * The checks of a run: after a run is shown it is made again in a worker of its own, past somebody who looks at every
 * access. What that finds is listed among the problems until the run is closed or made again; when its source is edited it moves
 * with the text, and says that it is of the text before.
 *
 * The worker of the run itself stays free for steps, and the worker of the checks is ended as soon as nobody needs it.
 */
import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  EventEmitter,
  Location,
  Range,
  commands,
  l10n,
  languages,
  workspace,
} from 'vscode';
import type { Disposable, ExtensionContext, TextDocumentContentChangeEvent, Uri } from 'vscode';
import type { CheckView, LeakView, MistakeView, RunInputs } from '../protocol/messages.ts';
import { PROTOCOL_VERSION } from '../protocol/messages.ts';
import type { PlaceView } from '../protocol/view-model.ts';
import { placeUri } from './editor-marks.ts';
import { movedRange } from './moved-range.ts';
import type { Platform } from './platform.ts';
import type { OpenRun, RunController } from './run-controller.ts';
import { openChannel } from './session-channel.ts';
import { checksAreOn, currentLanguage } from './settings.ts';

/** One thing that the checks found, as the problems show it. */
export interface Finding {
  readonly uri: Uri;
  readonly diagnostic: Diagnostic;
  /** Step in which the mistake is made, or the block that is lost was allocated; none for how the run ended. */
  readonly step: number | undefined;
  readonly mistake: MistakeView | undefined;
  readonly leak: LeakView | undefined;
  /** The source was edited since: the ranges moved with it, the places of mistake and leak are those of the run. */
  readonly isStale: boolean;
}

/** Milliseconds before the checks begin: the run that has just been made is being drawn then, and they would take turns with it. */
const restMs = 300;

/** Leaks that are problems: what can still be reached at the end is none. */
const leakSeverities: Readonly<Partial<Record<LeakView['kind'], DiagnosticSeverity>>> = {
  definite: DiagnosticSeverity.Warning,
  indirect: DiagnosticSeverity.Information,
  possible: DiagnosticSeverity.Information,
};

/** Checks each run, and keeps what was found in the one that is open. */
export class MemoryChecks implements Disposable {
  readonly #context: ExtensionContext;
  readonly #platform: Platform;
  readonly #controller: RunController;
  readonly #collection = languages.createDiagnosticCollection('memory-atlas-checks');
  readonly #changed = new EventEmitter<readonly Finding[]>();
  readonly #subscriptions: Disposable[];
  #findings: readonly Finding[] = [];
  /** Ends the checks that are under way. */
  #cancel: () => void = () => undefined;
  #work: Promise<void> = Promise.resolve();

  /** What was found has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(context: ExtensionContext, platform: Platform, controller: RunController) {
    this.#context = context;
    this.#platform = platform;
    this.#controller = controller;
    this.#subscriptions = [
      this.#collection,
      this.#changed,
      controller.onDidOpen((run) => {
        this.#start(run);
      }),
      controller.onDidChange((run) => {
        if (run === undefined) this.#clear();
        else if (run.snapshot.program.isStale) this.#markStale();
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#move(document.uri, contentChanges);
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('memoryAtlas.checks')) return;
        const run = controller.current;
        if (run !== undefined && !run.snapshot.program.isStale) this.#start(run);
      }),
    ];
  }

  /** What was found so far, in the order of the run. */
  get findings(): readonly Finding[] {
    return this.#findings;
  }

  /** Waits for the checks that are under way. */
  async finished(): Promise<readonly Finding[]> {
    await this.#work;
    return this.#findings;
  }

  #start(run: OpenRun): void {
    this.#clear();
    const inputs = this.#controller.currentInputs;
    if (inputs === undefined || !checksAreOn(run.uri)) return;
    let isCancelled = false;
    let end = (): void => undefined;
    this.#cancel = () => {
      isCancelled = true;
      end();
    };
    this.#work = this.#check(inputs, (ending) => {
      end = ending;
      if (isCancelled) end();
    }).then(
      async (view) => {
        if (view === undefined || isCancelled) return;
        const ending = await endFinding(this.#controller, run, view);
        // The run may have been closed in between.
        if (!wasCancelled()) this.#publish([...findingsOf(run.uri, view), ...ending]);
      },
      () => undefined,
    );
    function wasCancelled(): boolean {
      return isCancelled;
    }
  }

  /**
   * Runs and checks a program.
   *
   * @param onStart - gets what ends it
   */
  async #check(inputs: RunInputs, onStart: (end: () => void) => void): Promise<CheckView | undefined> {
    const isWanted = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => {
        resolve(true);
      }, restMs);
      onStart(() => {
        clearTimeout(timer);
        resolve(false);
      });
    });
    if (!isWanted) return undefined;
    // A worker that fails refuses the requests that wait: then there are no findings, and the run is none the worse.
    const { worker, client } = await openChannel(this.#context, this.#platform, () => undefined);
    const end = (): void => {
      client.close('stopped');
      worker.terminate();
    };
    onStart(end);
    try {
      await client.request('hello', { protocolVersion: PROTOCOL_VERSION, language: currentLanguage() });
      const { snapshot } = await client.request('run', { inputs }, 0);
      return snapshot === undefined ? undefined : await client.request('check', {}, 0);
    } finally {
      end();
    }
  }

  #publish(findings: readonly Finding[]): void {
    this.#findings = findings;
    this.#collection.clear();
    const byUri = new Map<string, { readonly uri: Uri; readonly diagnostics: Diagnostic[] }>();
    for (const { uri, diagnostic } of findings) {
      const entry = byUri.get(uri.toString());
      if (entry === undefined) byUri.set(uri.toString(), { uri, diagnostics: [diagnostic] });
      else entry.diagnostics.push(diagnostic);
    }
    for (const { uri, diagnostics } of byUri.values()) this.#collection.set(uri, diagnostics);
    void commands.executeCommand('setContext', 'memoryAtlas.hasErrors', findings.length > 0);
    this.#changed.fire(findings);
  }

  /** Says of all findings that they are of the text before the edit; checks under way would speak of that, too, and end. */
  #markStale(): void {
    this.#cancel();
    this.#cancel = () => undefined;
    if (!this.#findings.some(({ isStale }) => !isStale)) return;
    this.#publish(
      this.#findings.map((finding) => {
        if (finding.isStale) return finding;
        const message = l10n.t('{0} (in the text before it was edited)', finding.diagnostic.message);
        return { ...finding, isStale: true, diagnostic: changed(finding.diagnostic, { message }) };
      }),
    );
  }

  /** Moves what stands in a document with its text. */
  #move(document: Uri, changes: readonly TextDocumentContentChangeEvent[]): void {
    const key = document.toString();
    if (!this.#findings.some(({ uri }) => uri.toString() === key)) return;
    this.#publish(
      this.#findings.flatMap((finding) => {
        const { diagnostic } = finding;
        const range =
          finding.uri.toString() === key ? movedRange(diagnostic.range, changes) : diagnostic.range;
        if (range === undefined) return [];
        const relatedInformation = diagnostic.relatedInformation?.flatMap(({ location, message }) => {
          if (location.uri.toString() !== key) return [new DiagnosticRelatedInformation(location, message)];
          const place = movedRange(location.range, changes);
          return place === undefined
            ? []
            : [new DiagnosticRelatedInformation(new Location(document, place), message)];
        });
        return [{ ...finding, diagnostic: changed(diagnostic, { range, relatedInformation }) }];
      }),
    );
  }

  #clear(): void {
    this.#cancel();
    this.#cancel = () => undefined;
    if (this.#findings.length > 0) this.#publish([]);
  }

  dispose(): void {
    this.#cancel();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

/** A diagnostic with something else about it. */
function changed(
  diagnostic: Diagnostic,
  other: {
    readonly range?: Range;
    readonly message?: string;
    readonly relatedInformation?: DiagnosticRelatedInformation[] | undefined;
  },
): Diagnostic {
  const { range, message, severity, source, code, relatedInformation } = diagnostic;
  return Object.assign(new Diagnostic(range, message, severity), { source, code, relatedInformation }, other);
}

/** Mistakes and leaks as problems; what has no place in the source is left out. */
function findingsOf(source: Uri, { mistakes, leaks }: CheckView): readonly Finding[] {
  const made = mistakes.flatMap((mistake): Finding[] => {
    if (mistake.place === undefined) return [];
    const related = [
      ...relatedTo(source, l10n.t('allocated here'), mistake.allocatedAt),
      ...relatedTo(source, l10n.t('freed here'), mistake.freedAt),
    ];
    const diagnostic = diagnosticAt(source, mistake.place, mistake.text, mistake.kind, related);
    return [
      {
        uri: placeUri(source, mistake.place.file),
        diagnostic,
        step: mistake.step,
        mistake,
        leak: undefined,
        isStale: false,
      },
    ];
  });
  const lost = leaks.flatMap((leak): Finding[] => {
    const severity = leakSeverities[leak.kind];
    if (leak.place === undefined || severity === undefined) return [];
    const diagnostic = diagnosticAt(source, leak.place, leak.text, `leak-${leak.kind}`, [], severity);
    return [
      {
        uri: placeUri(source, leak.place.file),
        diagnostic,
        step: leak.step,
        mistake: undefined,
        leak,
        isStale: false,
      },
    ];
  });
  return [...made, ...lost].sort((a, b) => (a.step ?? Infinity) - (b.step ?? Infinity));
}

/** Where malloc noticed what an earlier mistake had done to it, and ended the run. */
async function endFinding(
  controller: RunController,
  run: OpenRun,
  { mistakes }: CheckView,
): Promise<readonly Finding[]> {
  const { outcome, position } = run.snapshot;
  const causes = mistakes.filter(({ isCorrupting }) => isCorrupting);
  if (outcome.kind !== 'abort' || causes.length === 0) return [];
  const [last] = await controller.events(position.count - 1, 1);
  if (last?.place === undefined) return [];
  const related = causes.flatMap(({ kind, place }) =>
    relatedTo(
      run.uri,
      kind === 'heap-overflow' ? l10n.t('overflowed here') : l10n.t('caused here: {0}', kind),
      place,
    ),
  );
  const diagnostic = diagnosticAt(run.uri, last.place, outcome.text, 'abort', related);
  return [
    {
      uri: placeUri(run.uri, last.place.file),
      diagnostic,
      step: undefined,
      mistake: undefined,
      leak: undefined,
      isStale: false,
    },
  ];
}

function diagnosticAt(
  source: Uri,
  place: PlaceView,
  text: string,
  code: string,
  related: readonly DiagnosticRelatedInformation[],
  severity = DiagnosticSeverity.Error,
): Diagnostic {
  const diagnostic = new Diagnostic(rangeAt(placeUri(source, place.file), place), text, severity);
  diagnostic.source = 'Memory Atlas';
  diagnostic.code = code;
  if (related.length > 0) diagnostic.relatedInformation = [...related];
  return diagnostic;
}

function relatedTo(
  source: Uri,
  text: string,
  place: PlaceView | undefined,
): readonly DiagnosticRelatedInformation[] {
  if (place === undefined) return [];
  const uri = placeUri(source, place.file);
  return [new DiagnosticRelatedInformation(new Location(uri, rangeAt(uri, place)), text)];
}

/** From a place to the end of what is written in its line. */
function rangeAt(uri: Uri, { line, column }: PlaceView): Range {
  const document = workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  const text = document !== undefined && line <= document.lineCount ? document.lineAt(line - 1).text : '';
  const end = Math.max(column, text.replace(/\s*(?:\/\/.*)?$/, '').length);
  return new Range(line - 1, column - 1, line - 1, end);
}
