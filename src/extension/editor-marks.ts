/**
 * Marks in the editors: the line of the current event, with what it did written after it.
 */
import { OverviewRulerLane, Position, Range, TextEditorRevealType, ThemeColor, Uri, window } from 'vscode';
import type { Disposable, TextEditor } from 'vscode';
import type { OpenRun, RunController } from './run-controller.ts';
import { programName } from './program-name.ts';

/** Most values that are written after a line. */
const mostValues = 4;

export class EditorMarks implements Disposable {
  readonly #line = window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new ThemeColor('memoryAtlas.currentLineBackground'),
    overviewRulerColor: new ThemeColor('memoryAtlas.currentLineBorder'),
    overviewRulerLane: OverviewRulerLane.Full,
    borderColor: new ThemeColor('memoryAtlas.currentLineBorder'),
    borderStyle: 'solid',
    borderWidth: '0 0 0 3px',
  });
  readonly #subscriptions: Disposable[];
  #run: OpenRun | undefined;

  constructor(controller: RunController) {
    this.#subscriptions = [
      this.#line,
      controller.onDidChange((run) => {
        this.#run = run;
        this.#markAll();
        this.#scrollToLine();
      }),
      window.onDidChangeVisibleTextEditors(() => {
        this.#markAll();
      }),
    ];
  }

  #markAll(): void {
    for (const editor of window.visibleTextEditors) this.#mark(editor);
  }

  /** Line of the current event in this editor, from 0; of the step that is about to be done, where the moment is one. */
  #lineIn(editor: TextEditor): number | undefined {
    const { step, event } = this.#run?.snapshot ?? {};
    const place = step === undefined ? event?.place : step.place;
    if (place === undefined || this.#run === undefined) return undefined;
    const uri = placeUri(this.#run.uri, place.file);
    if (editor.document.uri.toString() !== uri.toString()) return undefined;
    return Math.min(place.line, editor.document.lineCount) - 1;
  }

  /** Values of the variables that a line names, as `name = value`: those of the innermost frame. */
  #valuesIn(text: string): readonly string[] {
    const variables = this.#run?.snapshot.frames[0]?.variables ?? [];
    const names = new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
    return variables
      .filter(({ name }) => names.has(name))
      .slice(0, mostValues)
      .map(({ name, value }) => `${name} = ${value}`);
  }

  #mark(editor: TextEditor): void {
    const line = this.#lineIn(editor);
    const { step, event } = this.#run?.snapshot ?? {};
    if (line === undefined || event === undefined) {
      editor.setDecorations(this.#line, []);
      return;
    }
    const end = editor.document.lineAt(line).range.end;
    const values = this.#valuesIn(editor.document.lineAt(line).text);
    editor.setDecorations(this.#line, [
      {
        range: new Range(new Position(line, 0), end),
        renderOptions: {
          after: {
            contentText: `  ${(step === undefined ? [event.text, ...values] : values).join('  ·  ')}`,
            color: new ThemeColor('editorCodeLens.foreground'),
            fontStyle: 'italic',
          },
        },
      },
    ]);
  }

  #scrollToLine(): void {
    for (const editor of window.visibleTextEditors) {
      const line = this.#lineIn(editor);
      if (line !== undefined)
        editor.revealRange(new Range(line, 0, line, 0), TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

/** Where a file of the program lies: the document itself, or a header beside it. */
export function placeUri(source: Uri, file: string): Uri {
  return file === programName(source) ? source : Uri.joinPath(source, '..', file);
}
