/**
 * Quick fixes for what the checks of a run found, where a change is sure to be right.
 */
import { CodeAction, CodeActionKind, WorkspaceEdit } from 'vscode';
import type { CodeActionProvider, Range, TextDocument } from 'vscode';
import type { FixView, Mendable } from '../session/editor/analysis-messages.ts';
import type { AnalysisService } from './analysis-service.ts';
import type { Finding, MemoryChecks } from './memory-checks.ts';
import { programName } from './program-name.ts';

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
    const own = programName(document.uri);
    const mendable = here.flatMap((finding) => {
      const { mistake, leak } = finding;
      const place = mistake?.allocatedAt ?? leak?.place;
      const found = mendableOf(finding);
      return place?.file !== own || found === undefined ? [] : [{ finding, found }];
    });
    if (mendable.length === 0) return [];
    const fixes = await this.#analysis.ask(document, 'fixes', () => ({
      findings: mendable.map(({ found }) => found),
    }));
    return mendable.flatMap(({ finding }, index) => {
      const fix = fixes?.[index];
      return fix === undefined ? [] : [actionOf(document, finding, fix)];
    });
  }
}

function mendableOf({ mistake, leak }: Finding): Mendable | undefined {
  if (mistake !== undefined) return { kind: 'mistake', mistake };
  return leak === undefined ? undefined : { kind: 'leak', leak };
}

function actionOf(
  document: TextDocument,
  { diagnostic }: Finding,
  { title, offset, text }: FixView,
): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.edit = new WorkspaceEdit();
  action.edit.insert(document.uri, document.positionAt(offset), text);
  action.diagnostics = [diagnostic];
  action.isPreferred = true;
  return action;
}
