/**
 * The place in the source of what is selected in the memory map: the call that allocated a chunk, the declaration of an object.
 * Its line is outlined; neither focus nor cursor moves.
 */
import { OverviewRulerLane, Range, ThemeColor, commands, window } from 'vscode';
import type { Disposable, TextEditor } from 'vscode';
import type { PlaceView } from '../protocol/view-model.ts';
import { isPlace } from './commands.ts';
import { placeUri } from './editor-marks.ts';
import type { RunController } from './run-controller.ts';

export class SelectionMark implements Disposable {
  readonly #line = window.createTextEditorDecorationType({
    isWholeLine: true,
    borderColor: new ThemeColor('focusBorder'),
    borderStyle: 'dashed',
    borderWidth: '1px',
    overviewRulerColor: new ThemeColor('focusBorder'),
    overviewRulerLane: OverviewRulerLane.Left,
  });
  readonly #controller: RunController;
  readonly #subscriptions: readonly Disposable[];
  #place: PlaceView | undefined;

  constructor(controller: RunController) {
    this.#controller = controller;
    this.#subscriptions = [
      this.#line,
      commands.registerCommand('memoryAtlas.markPlace', (place: unknown) => {
        this.#place = isPlace(place) ? place : undefined;
        this.#markAll();
      }),
      controller.onDidChange((run) => {
        if (run === undefined) this.#place = undefined;
        this.#markAll();
      }),
      window.onDidChangeVisibleTextEditors(() => {
        this.#markAll();
      }),
    ];
  }

  #markAll(): void {
    for (const editor of window.visibleTextEditors) {
      const line = this.#lineIn(editor);
      editor.setDecorations(this.#line, line === undefined ? [] : [new Range(line, 0, line, 0)]);
    }
  }

  /** The line in this editor, from 0. A text that was edited since the run was made has other lines: none is marked. */
  #lineIn({ document }: TextEditor): number | undefined {
    const run = this.#controller.current;
    const place = this.#place;
    if (place === undefined || run === undefined || run.snapshot.program.isStale) return undefined;
    if (document.uri.toString() !== placeUri(run.uri, place.file).toString()) return undefined;
    return place.line <= document.lineCount ? place.line - 1 : undefined;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}
