/**
 * The status bar: target and glibc of the simulation, where in the run we are, else the sizes of the linked program. A click
 * opens the quick settings.
 */
import { StatusBarAlignment, l10n, window, workspace } from 'vscode';
import { Disposable } from 'vscode';
import type { TextDocument } from 'vscode';
import type { SizeJson } from '../session/executable-json.ts';
import type { AnalysisService } from './analysis-service.ts';
import { glibcNote, glibcSettings, targetName } from './glibc-settings.ts';
import { processName } from './look-at-process.ts';
import type { Platform } from './platform.ts';
import type { OpenRun, RunController } from './run-controller.ts';
import { VisibleDocuments } from './visible-documents.ts';

export class StatusBar implements Disposable {
  readonly #item = window.createStatusBarItem('memoryAtlas.status', StatusBarAlignment.Left, 50);
  readonly #controller: RunController;
  readonly #platform: Platform;
  readonly #analysis: AnalysisService;
  readonly #subscription: Disposable;
  /** Of the program in the active editor, as it was when the typing paused last. */
  #sizes: { readonly document: TextDocument; readonly size: SizeJson } | undefined;
  /** Number of the last measurement: earlier ones that end later are dropped. */
  #measurement = 0;

  constructor(controller: RunController, platform: Platform, analysis: AnalysisService) {
    this.#controller = controller;
    this.#platform = platform;
    this.#analysis = analysis;
    this.#item.name = 'Memory Atlas';
    this.#item.command = 'memoryAtlas.quickSettings';
    const show = (): void => {
      this.#show(controller.current);
    };
    const measured = new VisibleDocuments(({ document }) => {
      if (document === window.activeTextEditor?.document) void this.#measure(document).then(show);
    });
    this.#subscription = Disposable.from(
      measured,
      window.onDidChangeActiveTextEditor(() => {
        measured.visitAll();
      }),
      controller.onDidChange(show),
      analysis.onDidChangeVeil(() => {
        measured.visitAll();
      }),
      window.onDidChangeActiveTextEditor(show),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('memoryAtlas')) show();
      }),
    );
    show();
    measured.visitAll();
  }

  /** Links the program of a document; one without main, or with errors, has no sizes. */
  async #measure(document: TextDocument): Promise<void> {
    const measurement = ++this.#measurement;
    const size = await this.#analysis.askUnveiled(document, 'size', () => ({}));
    // Another editor, or other settings, may have been measured meanwhile.
    if (measurement !== this.#measurement) return;
    this.#sizes = size === undefined ? undefined : { document, size };
  }

  /** Shown while there is a run, or a C file is edited. */
  #show(run: OpenRun | undefined): void {
    const edited = window.activeTextEditor?.document;
    if (run === undefined && edited?.languageId !== 'c') {
      this.#item.hide();
      return;
    }
    const settings = glibcSettings(this.#platform, run?.uri ?? edited?.uri);
    const glibc = run?.snapshot.program.glibc ?? settings.glibc;
    const target = targetName(run?.snapshot.program.target ?? settings.target);
    const size = this.#sizes?.document === edited ? this.#sizes?.size : undefined;
    const shown = this.#controller.shownProcess;
    const stale = run?.snapshot.program.isStale === true;
    const parts = [
      ...(run === undefined
        ? []
        : [`${String(run.snapshot.position.index + 1)}/${String(run.snapshot.position.count)}`]),
      ...(shown === undefined ? [] : [processName(shown)]),
      `glibc ${glibc}`,
      target,
      ...(run === undefined && size !== undefined
        ? [`text ${String(size.text)} data ${String(size.data)} bss ${String(size.bss)}`]
        : []),
    ];
    const warning = stale
      ? ` $(warning) ${l10n.t('out of date')}`
      : settings.problems.length > 0
        ? ' $(warning)'
        : '';
    this.#item.text = `$(circuit-board) ${parts.join(' · ')}${warning}`;
    const lines = [
      stale
        ? l10n.t('The source has changed since this run. Run again to bring it up to date.')
        : l10n.t('Memory Atlas: the simulated machine. Click for its settings.'),
      size === undefined
        ? undefined
        : l10n.t(
            'The linked program, as size prints it: text {0}, data {1}, bss {2} bytes.',
            size.text,
            size.data,
            size.bss,
          ),
      glibcNote(settings),
      ...settings.problems,
    ];
    this.#item.tooltip = lines.filter((line) => line !== undefined).join('\n');
    this.#item.show();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }
}
