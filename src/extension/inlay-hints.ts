/**
 * Hints in the lines, each kind opt-in: the segment and the size of what is defined, the stack cost of a function, the
 * padding of a struct, the chunk that a malloc call takes. The editor's own `editor.inlayHints.enabled` governs them all.
 */
import { InlayHint, InlayHintKind, l10n } from 'vscode';
import type { Disposable, Event, InlayHintsProvider, Range, TextDocument } from 'vscode';
import type { SourceMark } from '../session/source-marks.ts';
import type { AnalysisService } from './analysis-service.ts';
import { HintChanges } from './hint-changes.ts';
import { segmentName } from './segment-signs.ts';
import { hintSettings } from './settings.ts';
import type { HintSettings } from './settings.ts';

export class SegmentInlayHints implements InlayHintsProvider, Disposable {
  readonly #analysis: AnalysisService;
  readonly #changes: HintChanges;

  readonly onDidChangeInlayHints: Event<void>;

  constructor(analysis: AnalysisService) {
    this.#analysis = analysis;
    this.#changes = new HintChanges(analysis);
    this.onDidChangeInlayHints = this.#changes.event;
  }

  async provideInlayHints(document: TextDocument, range: Range): Promise<InlayHint[]> {
    const settings = hintSettings(document.uri);
    if (!settings.segment && !settings.size && !settings.stackCost && !settings.chunk) return [];
    const marks = await this.#analysis.askUnveiled(document, 'marks', () => ({
      kinds: ['object', 'function', 'record', 'allocation'],
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
    }));
    return (marks ?? []).flatMap((mark) => {
      const text = hintText(mark, settings);
      if (text === undefined) return [];
      const hint = new InlayHint(document.positionAt(mark.end), text, InlayHintKind.Type);
      hint.paddingLeft = true;
      return [hint];
    });
  }

  dispose(): void {
    this.#changes.dispose();
  }
}

/** The hint of a mark with the kinds that are switched on; `undefined` where there is nothing to say. */
function hintText(mark: SourceMark, settings: HintSettings): string | undefined {
  const parts: string[] = [];
  switch (mark.kind) {
    case 'object':
      if (settings.segment) parts.push(segmentName(mark.segment));
      if (settings.size && mark.bytes !== undefined) parts.push(l10n.t('{0} B', mark.bytes));
      break;
    case 'function':
      if (settings.stackCost && mark.stackBytes !== undefined)
        parts.push(l10n.t('{0} B of stack', mark.stackBytes));
      break;
    case 'record':
      if (settings.size) parts.push(l10n.t('{0} B', mark.bytes));
      if (settings.size && mark.paddingBytes > 0) parts.push(l10n.t('{0} B padding', mark.paddingBytes));
      break;
    case 'allocation': {
      if (!settings.chunk || mark.forecast === undefined) break;
      const { chunkBytes, mappedBytes } = mark.forecast;
      parts.push(
        mappedBytes === undefined
          ? l10n.t('chunk of {0} B', chunkBytes)
          : l10n.t('mapping of {0} B', mappedBytes),
      );
      break;
    }
  }
  return parts.length === 0 ? undefined : parts.join(' · ');
}
