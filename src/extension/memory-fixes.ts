/**
 * Quick fixes for what the checks of a run found, where a change is sure to be right.
 */
import { CodeAction, CodeActionKind, WorkspaceEdit } from 'vscode';
import type { CodeActionProvider, Range, TextDocument } from 'vscode';
import { renderText } from '../core/text/all-texts.ts';
import { leakFix, overflowFix } from '../session/memory-fixes.ts';
import type { AnalysisService } from './analysis-service.ts';
import type { Finding, MemoryChecks } from './memory-checks.ts';
import { programName } from './program-name.ts';
import { currentLanguage } from './settings.ts';

export class MemoryFixes implements CodeActionProvider {
  static readonly kinds = [CodeActionKind.QuickFix];
  readonly #analysis: AnalysisService;
  readonly #checks: MemoryChecks;

  constructor(analysis: AnalysisService, checks: MemoryChecks) {
    this.#analysis = analysis;
    this.#checks = checks;
  }

  async provideCodeActions(document: TextDocument, range: Range): Promise<CodeAction[]> {
    // What was found is where it was found only as long as the text is the one that was run.
    const here = this.#checks.findings.filter(
      ({ uri, diagnostic, isStale }) =>
        !isStale &&
        uri.toString() === document.uri.toString() &&
        diagnostic.range.intersection(range) !== undefined,
    );
    if (here.length === 0) return [];
    const unit = (await this.#analysis.analysisOf(document))?.units[0];
    if (unit === undefined) return [];
    const own = programName(document.uri);
    return here.flatMap((finding) => {
      const { mistake, leak } = finding;
      const place = mistake?.allocatedAt ?? leak?.place;
      if (place?.file !== own) return [];
      const fix = mistake !== undefined ? overflowFix(unit, mistake) : leak && leakFix(unit, leak);
      return fix === undefined ? [] : [actionOf(document, finding, fix)];
    });
  }
}

function actionOf(
  document: TextDocument,
  { diagnostic }: Finding,
  { title, offset, text }: NonNullable<ReturnType<typeof overflowFix>>,
): CodeAction {
  const action = new CodeAction(renderText(title, currentLanguage()), CodeActionKind.QuickFix);
  action.edit = new WorkspaceEdit();
  action.edit.insert(document.uri, document.positionAt(offset), text);
  action.diagnostics = [diagnostic];
  action.isPreferred = true;
  return action;
}
