/**
 * *Start Questions*: reads the questions of a teacher, in the C file or beside it, and asks them of a run of the program.
 */
import { Diagnostic, DiagnosticSeverity, Range, l10n, languages, window, workspace } from 'vscode';
import type { Disposable, TextDocument, Uri } from 'vscode';
import type { Question } from '../protocol/lessons.ts';
import { questionsInComments, questionsInJson } from '../session/predictions/question-set.ts';
import type { QuestionSet } from '../session/predictions/question-set.ts';
import type { LessonsController } from './lessons-controller.ts';
import { programName } from './program-name.ts';
import type { RunController } from './run-controller.ts';
import { currentLanguage } from './settings.ts';

/** A set and the document that it is written in. */
interface FoundSet {
  readonly uri: Uri;
  readonly set: QuestionSet;
}

export class QuestionSets implements Disposable {
  readonly #controller: RunController;
  readonly #lessons: LessonsController;
  readonly #diagnostics = languages.createDiagnosticCollection('memory-atlas-questions');

  constructor(controller: RunController, lessons: LessonsController) {
    this.#controller = controller;
    this.#lessons = lessons;
  }

  /** Runs the program of a document and asks the questions that belong to it. */
  async start(document: TextDocument): Promise<void> {
    this.#diagnostics.clear();
    const found = await findSets(document);
    if (found.length === 0) {
      void window.showInformationMessage(
        l10n.t(
          'Memory Atlas: {0} has no questions: neither a comment that begins with “memory-atlas questions”, nor a file {1} beside it.',
          programName(document.uri),
          programName(jsonUri(document.uri)),
        ),
      );
      return;
    }
    if ((await this.#controller.run(document)) === undefined) return;
    const questions: Question[] = [];
    const problems: { readonly uri: Uri; readonly origin: string; readonly text: string }[] = [];
    for (const { uri, set } of found) {
      problems.push(...set.problems.map((problem) => ({ uri, ...problem })));
      const answer = await this.#controller.request('askQuestions', { specs: set.specs });
      for (const [index, one] of answer.questions.entries()) {
        if ('text' in one) questions.push(one);
        else problems.push({ uri, origin: set.specs[index]?.origin ?? '', text: one.problem });
      }
    }
    this.#report(problems);
    if (questions.length === 0) return;
    const title = found.map(({ set }) => set.title).find((one) => one !== '') ?? programName(document.uri);
    await this.#lessons.start(title, questions);
  }

  #report(problems: readonly { readonly uri: Uri; readonly origin: string; readonly text: string }[]): void {
    const [first] = problems;
    if (first === undefined) return;
    const byFile = new Map<string, { readonly uri: Uri; readonly list: Diagnostic[] }>();
    for (const { uri, origin, text } of problems) {
      const entry = byFile.get(uri.toString()) ?? { uri, list: [] };
      byFile.set(uri.toString(), entry);
      // Of a JSON file the place is a path, told in the message.
      const line = /^\d+$/.test(origin) ? Number(origin) - 1 : 0;
      const message = /^\d*$/.test(origin) || text.includes(origin) ? text : `${origin}: ${text}`;
      const problem = new Diagnostic(new Range(line, 0, line, 1000), message, DiagnosticSeverity.Error);
      problem.source = 'Memory Atlas';
      entry.list.push(problem);
    }
    for (const { uri, list } of byFile.values()) this.#diagnostics.set(uri, list);
    void window.showErrorMessage(
      l10n.t('Memory Atlas: {0}: {1}', `${programName(first.uri)}:${first.origin}`, first.text),
    );
  }

  /** Opens the score as a document that can be saved. */
  async exportScore(): Promise<void> {
    const score = this.#lessons.score;
    if (score === undefined) {
      void window.showInformationMessage(l10n.t('Memory Atlas: there is no score yet.'));
      return;
    }
    const right = score.rows.filter(({ isRight }) => isRight).length;
    const content = `${JSON.stringify({ title: score.title, right, count: score.rows.length, answers: score.rows }, undefined, 2)}\n`;
    await window.showTextDocument(await workspace.openTextDocument({ language: 'json', content }));
  }

  dispose(): void {
    this.#diagnostics.dispose();
  }
}

/** `list.c` → `list.questions.json` */
function jsonUri(uri: Uri): Uri {
  return uri.with({ path: uri.path.replace(/(?:\.[^./]*)?$/, '.questions.json') });
}

async function findSets(document: TextDocument): Promise<readonly FoundSet[]> {
  const language = currentLanguage();
  const found: FoundSet[] = [];
  const own = questionsInComments(document.getText(), language);
  if (own !== undefined) found.push({ uri: document.uri, set: own });
  const beside = jsonUri(document.uri);
  if (beside.path === document.uri.path || document.isUntitled) return found;
  try {
    const bytes = await workspace.fs.readFile(beside);
    found.push({ uri: beside, set: questionsInJson(new TextDecoder().decode(bytes), language) });
  } catch {
    // There is none.
  }
  return found;
}
