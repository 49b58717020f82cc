/**
 * The quiet marks beside the lines: one letter for the segment of what a line defines, or of what its malloc call gives.
 */
import { Range, Uri, window } from 'vscode';
import type { Disposable, TextDocument, TextEditor, TextEditorDecorationType } from 'vscode';
import type { Segment } from '../core/sema/placement.ts';
import { sourceMarks } from '../session/source-marks.ts';
import type { SourceMark } from '../session/source-marks.ts';
import type { AnalysisService } from './analysis-service.ts';
import { hintSettings } from './settings.ts';
import { VisibleDocuments } from './visible-documents.ts';

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
    this.#documents = new VisibleDocuments((editor) => {
      void this.#mark(editor);
    });
    this.#documents.visitAll();
    this.#veil = analysis.onDidChangeVeil(() => {
      this.#documents.visitAll();
    });
  }

  async #mark(editor: TextEditor): Promise<void> {
    const { document } = editor;
    if (!hintSettings(document.uri).gutter) {
      this.#set(editor, new Map());
      return;
    }
    const { version } = document;
    const analysis = await this.#analysis.answersOf(document);
    if (document.isClosed || document.version !== version) return;
    if (analysis === undefined) {
      this.#set(editor, new Map());
      return;
    }
    this.#set(editor, segmentsByLine(document, sourceMarks(analysis, 0)));
  }

  #set(editor: TextEditor, segments: ReadonlyMap<number, Segment>): void {
    const bySegment = new Map<Segment, Range[]>();
    for (const [line, segment] of segments) {
      const ranges = bySegment.get(segment) ?? [];
      ranges.push(new Range(line, 0, line, 0));
      bySegment.set(segment, ranges);
    }
    for (const [segment, type] of this.#types) editor.setDecorations(type, bySegment.get(segment) ?? []);
  }

  dispose(): void {
    this.#veil.dispose();
    this.#documents.dispose();
    for (const type of this.#types.values()) type.dispose();
  }
}

/** One mark a line: what a call of malloc gives says more than the pointer that keeps it; else the first name. */
function segmentsByLine(document: TextDocument, marks: readonly SourceMark[]): Map<number, Segment> {
  const segments = new Map<number, Segment>();
  const allocating = new Set<number>();
  for (const mark of marks) {
    if (mark.kind === 'record') continue;
    const { line } = document.positionAt(mark.start);
    const isAllocation = mark.kind === 'allocation';
    if (segments.has(line) && (!isAllocation || allocating.has(line))) continue;
    segments.set(line, mark.segment);
    if (isAllocation) allocating.add(line);
  }
  return segments;
}
