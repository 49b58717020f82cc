/** When hints in the lines are to be asked for anew: after a change of the settings, and when an exam hides or shows them. */
import { Disposable, EventEmitter, workspace } from 'vscode';
import type { AnalysisService } from './analysis-service.ts';

export class HintChanges implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #subscription: Disposable;

  readonly event = this.#changed.event;

  constructor(analysis: AnalysisService) {
    const tell = (): void => {
      this.#changed.fire();
    };
    this.#subscription = Disposable.from(
      this.#changed,
      analysis.onDidChangeVeil(tell),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('memoryAtlas')) tell();
      }),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
