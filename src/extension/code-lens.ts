/**
 * An optional line above each function and struct: what a call costs on the stack, what an object takes and wastes.
 */
import { CodeLens, Range, l10n } from 'vscode';
import type { CodeLensProvider, Disposable, Event, TextDocument } from 'vscode';
import type { FunctionMark, RecordMark } from '../session/source-marks.ts';
import type { AnalysisService } from './analysis-service.ts';
import { HintChanges } from './hint-changes.ts';
import { hintSettings } from './settings.ts';

export class MemoryCodeLens implements CodeLensProvider, Disposable {
  readonly #analysis: AnalysisService;
  readonly #changes: HintChanges;

  readonly onDidChangeCodeLenses: Event<void>;

  constructor(analysis: AnalysisService) {
    this.#analysis = analysis;
    this.#changes = new HintChanges(analysis);
    this.onDidChangeCodeLenses = this.#changes.event;
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
    this.#changes.dispose();
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
