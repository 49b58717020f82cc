/**
 * The status bar: target and glibc of the simulation, and where in the run we are. A click opens the quick settings.
 */
import { StatusBarAlignment, l10n, window, workspace } from 'vscode';
import { Disposable } from 'vscode';
import { glibcNote, glibcSettings, targetName } from './glibc-settings.ts';
import type { Platform } from './platform.ts';
import type { OpenRun, RunController } from './run-controller.ts';

export class StatusBar implements Disposable {
  readonly #item = window.createStatusBarItem('memoryAtlas.status', StatusBarAlignment.Left, 50);
  readonly #platform: Platform;
  readonly #subscription: Disposable;

  constructor(controller: RunController, platform: Platform) {
    this.#platform = platform;
    this.#item.name = 'Memory Atlas';
    this.#item.command = 'memoryAtlas.quickSettings';
    const show = (): void => {
      this.#show(controller.current);
    };
    this.#subscription = Disposable.from(
      controller.onDidChange(show),
      window.onDidChangeActiveTextEditor(show),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('memoryAtlas')) show();
      }),
    );
    show();
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
    const stale = run?.snapshot.program.isStale === true;
    const parts = [
      ...(run === undefined
        ? []
        : [`${String(run.snapshot.position.index + 1)}/${String(run.snapshot.position.count)}`]),
      `glibc ${glibc}`,
      target,
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
