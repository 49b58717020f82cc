/**
 * The status bar: target and glibc of the simulation, and where in the run we are.
 */
import { StatusBarAlignment, l10n, window } from 'vscode';
import type { Disposable } from 'vscode';
import type { OpenRun, RunController } from './run-controller.ts';

export class StatusBar implements Disposable {
  readonly #item = window.createStatusBarItem('memoryAtlas.status', StatusBarAlignment.Left, 50);
  readonly #subscription: Disposable;

  constructor(controller: RunController) {
    this.#item.name = 'Memory Atlas';
    this.#item.command = 'memoryAtlas.openMap';
    this.#subscription = controller.onDidChange((run) => {
      this.#show(run);
    });
  }

  #show(run: OpenRun | undefined): void {
    if (run === undefined) {
      this.#item.hide();
      return;
    }
    const { program, position } = run.snapshot;
    const stale = program.isStale ? ` $(warning) ${l10n.t('out of date')}` : '';
    this.#item.text = `$(circuit-board) ${String(position.index + 1)}/${String(position.count)} · glibc ${program.glibc} ${program.target}${stale}`;
    this.#item.tooltip = program.isStale
      ? l10n.t('The source has changed since this run. Run again to bring it up to date.')
      : l10n.t(
          'Memory Atlas: event {0} of {1}. Click to open the memory map.',
          position.index + 1,
          position.count,
        );
    this.#item.show();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }
}
