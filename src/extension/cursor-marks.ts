/**
 * Marks in the memory map what the editor's cursor is on: the bytes of a variable or a member at the current event, the chunks
 * that a call allocated. Quiet: nothing is selected, no view moves.
 */
import { Range, window } from 'vscode';
import type { Disposable, TextDocument, TextEditor } from 'vscode';
import type { Notifications, Result } from '../protocol/messages.ts';
import type { HexAddress, MarkView } from '../protocol/view-model.ts';
import type { AnalysisService } from './analysis-service.ts';
import { placeUri } from './editor-marks.ts';
import type { OpenRun, RunController } from './run-controller.ts';

/** Milliseconds that the cursor rests before the run is asked. */
const restMs = 150;

/** Chunks of one line that are marked at most: a loop may have made thousands. */
const mostChunks = 100;

export class CursorMarks implements Disposable {
  readonly #analysis: AnalysisService;
  readonly #controller: RunController;
  readonly #subscriptions: readonly Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Number of the last question: answers to earlier ones are dropped. */
  #question = 0;
  /** The marks that were told last. */
  #told = '[]';

  constructor(analysis: AnalysisService, controller: RunController) {
    this.#analysis = analysis;
    this.#controller = controller;
    this.#subscriptions = [
      window.onDidChangeTextEditorSelection(() => {
        this.#schedule();
      }),
      window.onDidChangeActiveTextEditor(() => {
        this.#schedule();
      }),
      controller.onDidChange(() => {
        this.#schedule();
      }),
    ];
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#mark(), restMs);
  }

  async #mark(): Promise<void> {
    const question = ++this.#question;
    const editor = window.activeTextEditor;
    // The cursor stays where it was while the map itself is the active editor.
    if (editor === undefined) return;
    const found = await this.#marksAt(editor).catch(() => undefined);
    if (question !== this.#question) return;
    const params: Notifications['mark'] = {
      by: 'editor',
      title: found?.title ?? '',
      marks: found?.marks ?? [],
      count: found?.marks.length ?? 0,
    };
    const told = JSON.stringify(params.marks);
    if (told === this.#told) return;
    this.#told = told;
    this.#controller.requestMark(params);
  }

  /** What the cursor is on; undefined for nothing that lies anywhere. @throws RequestError */
  async #marksAt({ document, selection }: TextEditor): Promise<Found | undefined> {
    const run = this.#controller.current;
    // What was edited since the run was made may mean something else now.
    if (run === undefined || run.snapshot.program.isStale || !this.#controller.isMadeOf(document.uri))
      return undefined;
    const word = document.getWordRangeAtPosition(selection.active, /[\p{L}_$][\p{L}\p{N}_$]*/u);
    if (word === undefined) return undefined;
    const called = /^\s*\(/.test(document.lineAt(word.end.line).text.slice(word.end.character));
    const chunks = called ? chunksOfLine(run, document, word.start.line + 1) : [];
    if (chunks.length > 0) return { title: document.getText(word), marks: chunks };
    const facts = await this.#analysis.askUnveiled(document, 'hover', () => ({
      offset: document.offsetAt(selection.active),
    }));
    const live = facts?.live;
    if (live === undefined) return undefined;
    const expression = document.getText(
      new Range(document.positionAt(live.start), document.positionAt(live.end)),
    );
    const { frames } = run.snapshot;
    const frame =
      live.functionName === undefined
        ? 0
        : frames.findIndex(({ functionName }) => functionName === live.functionName);
    return frame < 0 ? undefined : this.#object(expression, frame);
  }

  /** The bytes of an object. @throws RequestError */
  async #object(expression: string, frame: number): Promise<Found | undefined> {
    const ask = async (text: string): Promise<Result<'evaluate'>> =>
      (await this.#controller.answer('evaluate', { expression: text, frame })) as Result<'evaluate'>;
    const { address, value, type, problem } = await ask(expression);
    if (address === undefined || problem !== '') return undefined;
    const size = await ask(`sizeof (${expression})`);
    const bytes = /^\d+$/.test(size.value) ? BigInt(size.value) : 1n;
    const end: HexAddress = `0x${(BigInt(address) + (bytes > 0n ? bytes : 1n)).toString(16)}`;
    const text = `${expression}: ${type} = ${value}`;
    return { title: expression, marks: [{ start: address, end, kind: 'here', text }] };
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

interface Found {
  readonly title: string;
  readonly marks: readonly MarkView[];
}

/** The chunks that a line allocated and that are in use. */
function chunksOfLine({ uri, snapshot }: OpenRun, document: TextDocument, line: number): readonly MarkView[] {
  const { heap, arenas, mmapped } = snapshot;
  const heaps = arenas.flatMap((arena) => arena.heaps);
  const chunks = [...(heap?.chunks ?? []), ...heaps.flatMap((one) => one.chunks), ...mmapped];
  return chunks
    .filter(
      ({ state, place }) =>
        (state === 'in-use' || state === 'mmapped') &&
        place?.line === line &&
        placeUri(uri, place.file).toString() === document.uri.toString(),
    )
    .slice(0, mostChunks)
    .map(({ start, mem, sizeBytes, stateText }) => ({
      start,
      end: `0x${(BigInt(start) + BigInt(sizeBytes)).toString(16)}`,
      kind: 'here',
      text: `${mem} ${stateText}`,
    }));
}
