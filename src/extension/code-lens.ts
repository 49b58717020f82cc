/**
 * An optional line above each function and struct: what a call costs on the stack, what an object takes and wastes.
 */
import { CodeLens, Disposable, EventEmitter, Range, l10n, workspace } from 'vscode';
import type { CodeLensProvider, TextDocument } from 'vscode';
import type { FunctionMark, RecordMark } from '../session/source-marks.ts';
import type { AnalysisService } from './analysis-service.ts';
import { hintSettings } from './settings.ts';

export class MemoryCodeLens implements CodeLensProvider, Disposable {
  readonly #analysis: AnalysisService;
  readonly #changed = new EventEmitter<void>();
  readonly #subscription: Disposable;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(analysis: AnalysisService) {
    this.#analysis = analysis;
    const tell = (): void => {
      this.#changed.fire();
    };
    this.#subscription = Disposable.from(
      analysis.onDidChangeVeil(tell),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('memoryAtlas')) tell();
      }),
    );
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    if (!hintSettings(document.uri).codeLens) return [];
    const marks = await this.#analysis.askUnveiled(document, 'marks', () => ({
      kinds: ['function', 'record'],
      start: 0,
      end: Infinity,
    }));
    return (marks ?? []).flatMap((mark) => {
      const title =
        mark.kind === 'function'
          ? functionTitle(mark)
          : mark.kind === 'record'
            ? recordTitle(mark)
            : undefined;
      if (title === undefined) return [];
      const at = document.positionAt(mark.start);
      return [new CodeLens(new Range(at, at), { title, command: '' })];
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

const functionTitle = ({ stackBytes }: FunctionMark): string | undefined =>
  stackBytes === undefined ? undefined : l10n.t('{0} bytes of stack a call', stackBytes);

function recordTitle({ bytes, paddingBytes, savedBytes }: RecordMark): string {
  const parts = [l10n.t('{0} bytes', bytes)];
  if (paddingBytes > 0) parts.push(l10n.t('{0} of padding', paddingBytes));
  if (savedBytes > 0) parts.push(l10n.t('another order of members saves {0}', savedBytes));
  return parts.join(' · ');
}
