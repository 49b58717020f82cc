/**
 * The quiet marks beside the lines: one letter for the segment of what a line defines, or of what its malloc call gives.
 */
import { Range, Uri, window } from 'vscode';
import type { Disposable, TextEditor, TextEditorDecorationType } from 'vscode';
import type { Segment } from '../core/sema/placement.ts';
import type { GutterLines } from '../session/editor/analysis-messages.ts';
import type { AnalysisService } from './analysis-service.ts';
import { hintSettings } from './settings.ts';
import { VisibleDocuments } from './visible-documents.ts';
import type { IsLastVisit } from './visible-documents.ts';

const marked = ['text', 'rodata', 'data', 'bss', 'tls', 'stack', 'register', 'heap', 'mmap'] as const;

export class GutterMarks implements Disposable {
  readonly #analysis: AnalysisService;
  readonly #types: ReadonlyMap<Segment, TextEditorDecorationType>;
  readonly #documents: VisibleDocuments;
  readonly #veil: Disposable;

  constructor(extensionUri: Uri, analysis: AnalysisService) {
    this.#analysis = analysis;
    const icon = (segment: Segment, theme: string): Uri =>
      Uri.joinPath(extensionUri, 'media', 'segments', `${segment}-${theme}.svg`);
    this.#types = new Map(
      marked.map((segment) => [
        segment,
        window.createTextEditorDecorationType({
          dark: { gutterIconPath: icon(segment, 'dark') },
          light: { gutterIconPath: icon(segment, 'light') },
          gutterIconSize: '80%',
        }),
      ]),
    );
    this.#documents = new VisibleDocuments((editor, isLast) => {
      void this.#mark(editor, isLast);
    });
    this.#documents.visitAll();
    this.#veil = analysis.onDidChangeVeil(() => {
      this.#documents.visitAll();
    });
  }

  async #mark(editor: TextEditor, isLast: IsLastVisit): Promise<void> {
    const { document } = editor;
    if (!hintSettings(document.uri).gutter) {
      this.#set(editor, []);
      return;
    }
    const { version } = document;
    const marks = await this.#analysis.askUnveiled(document, 'gutter', () => ({}));
    // Marks that were switched off meanwhile must not come back.
    if (!isLast() || document.isClosed || document.version !== version) return;
    this.#set(editor, marks ?? []);
  }

  #set(editor: TextEditor, marks: readonly GutterLines[]): void {
    for (const [segment, type] of this.#types) {
      const lines = marks.find((one) => one.segment === segment)?.lines ?? [];
      editor.setDecorations(
        type,
        lines.map((line) => new Range(line, 0, line, 0)),
      );
    }
  }

  dispose(): void {
    this.#veil.dispose();
    this.#documents.dispose();
    for (const type of this.#types.values()) type.dispose();
  }
}
