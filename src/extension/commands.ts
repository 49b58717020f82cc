/**
 * The commands of the palette, and those that links and views call.
 */
import {
  DiagnosticSeverity,
  Position,
  Range,
  Selection,
  TabInputText,
  TextEditorRevealType,
  commands,
  env,
  l10n,
  languages,
  window,
  workspace,
} from 'vscode';
import type { Disposable, ExtensionContext, TextDocument } from 'vscode';
import type { ImageFormat, StepKind } from '../protocol/messages.ts';
import type { PlaceView } from '../protocol/view-model.ts';
import { placeUri } from './editor-marks.ts';
import type { ReleaseComparison } from './compare-releases.ts';
import type { StepComparison } from './compare-steps.ts';
import { registerErrorNavigation } from './error-navigation.ts';
import { exportTrace } from './export-trace.ts';
import type { LessonsController } from './lessons-controller.ts';
import { lookAtProcess } from './look-at-process.ts';
import type { MapsDocument } from './maps-document.ts';
import type { MemoryChecks } from './memory-checks.ts';
import type { MemoryMapPanel } from './memory-map-panel.ts';
import { problemSource } from './problems.ts';
import { chooseProgram } from './program-files.ts';
import type { QuestionSets } from './question-sets.ts';
import type { RunController } from './run-controller.ts';
import { openSample } from './samples.ts';
import { toggleHints } from './settings.ts';
import { copyLink } from './share-link.ts';

export interface CommandParts {
  readonly controller: RunController;
  readonly checks: MemoryChecks;
  readonly panel: MemoryMapPanel;
  readonly maps: MapsDocument;
  readonly releases: ReleaseComparison;
  readonly differences: StepComparison;
  readonly lessons: LessonsController;
  readonly questions: QuestionSets;
  readonly context: ExtensionContext;
}

/** Registers all commands. */
export function registerCommands({
  controller,
  checks,
  panel,
  maps,
  releases,
  differences,
  lessons,
  questions,
  context,
}: CommandParts): Disposable[] {
  const step = (name: string, kind: StepKind, count: number): Disposable =>
    commands.registerCommand(name, async () => {
      if (await hasRun(controller)) await controller.step(kind, count);
    });
  return [
    commands.registerCommand('memoryAtlas.run', async () => {
      const document = await documentToRun(controller);
      if (document === undefined) return;
      await panel.showRun(controller.run(document), !hasErrors(document));
    }),
    commands.registerCommand('memoryAtlas.runAgain', async () => {
      if (await hasRun(controller)) await controller.runAgain();
    }),
    step('memoryAtlas.stepForward', 'event', 1),
    step('memoryAtlas.stepBack', 'event', -1),
    step('memoryAtlas.nextMalloc', 'malloc', 1),
    step('memoryAtlas.previousMalloc', 'malloc', -1),
    ...registerErrorNavigation(controller, checks, () => hasRun(controller)),
    commands.registerCommand('memoryAtlas.openMap', () => {
      panel.show(false);
    }),
    commands.registerCommand('memoryAtlas.showInMap', async (text: unknown) => {
      if (typeof text === 'string' && (await hasRun(controller))) await panel.showWhat(text);
    }),
    commands.registerCommand('memoryAtlas.copyMaps', async () => {
      if (!(await hasRun(controller))) return;
      await env.clipboard.writeText((await controller.maps()) ?? '');
      window.setStatusBarMessage(l10n.t('Memory Atlas: /proc/self/maps was copied.'), 3000);
    }),
    commands.registerCommand('memoryAtlas.compareSteps', async () => {
      if (await hasRun(controller)) await differences.compare();
    }),
    commands.registerCommand('memoryAtlas.lookAtProcess', async (which: unknown) => {
      if ((await hasRun(controller)) && (await lookAtProcess(controller, which))) panel.show(true);
    }),
    commands.registerCommand('memoryAtlas.compareReleases', async () => {
      const document = await documentToRun(controller);
      if (document !== undefined) await releases.compare(document);
    }),
    commands.registerCommand('memoryAtlas.restart', async () => {
      if (await hasRun(controller)) await controller.seek(0);
    }),
    commands.registerCommand('memoryAtlas.report', async () => {
      if (!(await hasRun(controller))) return;
      const content = (await controller.report()) ?? '';
      const document = await workspace.openTextDocument({ language: 'markdown', content });
      await window.showTextDocument(document);
      await commands.executeCommand('markdown.showPreview', document.uri).then(undefined, () => undefined);
    }),
    commands.registerCommand('memoryAtlas.copyLink', async () => {
      if (await hasRun(controller)) await copyLink(context, controller);
    }),
    commands.registerCommand('memoryAtlas.exportTrace', async () => {
      if (await hasRun(controller)) await exportTrace(controller);
    }),
    commands.registerCommand('memoryAtlas.exportMap', async () => {
      if (!(await hasRun(controller))) return;
      const choice = await chooseFormat();
      if (choice !== undefined) await panel.export(choice.format, choice.scale);
    }),
    commands.registerCommand('memoryAtlas.stop', () => controller.stop()),
    commands.registerCommand('memoryAtlas.showMaps', async () => {
      if (await hasRun(controller)) await maps.show();
    }),
    commands.registerCommand('memoryAtlas.chooseProgram', async () => {
      const document = await documentToRun(controller);
      if (document !== undefined) await chooseProgram(document);
    }),
    ...lessonCommands(controller, lessons, questions),
    commands.registerCommand('memoryAtlas.toggleHints', toggleHints),
    commands.registerCommand('memoryAtlas.openSample', () => openSample(context.extensionUri)),
    commands.registerCommand('memoryAtlas.revealPlace', (place: unknown) => revealPlace(controller, place)),
  ];
}

/** Commands of lessons, predictions and sets of questions. */
function lessonCommands(
  controller: RunController,
  lessons: LessonsController,
  questions: QuestionSets,
): Disposable[] {
  return [
    commands.registerCommand('memoryAtlas.openLesson', async (id: unknown) => {
      const lesson = typeof id === 'string' ? id : await chooseLesson(lessons);
      if (lesson !== undefined) await lessons.open(lesson);
    }),
    commands.registerCommand('memoryAtlas.nextLessonStep', () => lessons.next()),
    commands.registerCommand('memoryAtlas.previousLessonStep', () => lessons.previous()),
    commands.registerCommand('memoryAtlas.askAboutStep', () => lessons.askHere()),
    commands.registerCommand('memoryAtlas.startQuestions', async () => {
      const document = await documentToRun(controller);
      if (document !== undefined) await questions.start(document);
    }),
    commands.registerCommand('memoryAtlas.exportScore', () => questions.exportScore()),
  ];
}

/** Asks which lesson; its id, `undefined` when the user does not choose. */
async function chooseLesson({ state }: LessonsController): Promise<string | undefined> {
  const items = state.lessons.map(({ id, title, isDone }, index) => ({
    id,
    label: `${String(index + 1)}. ${title}`,
    description: isDone ? '$(check)' : '',
  }));
  return (await window.showQuickPick(items, { title: l10n.t('Memory Atlas: open a lesson') }))?.id;
}

/**
 * The C document of the active editor; else the program that was run last, if it still stands in a tab; else that of a
 * visible editor, or of a tab that is covered.
 */
async function documentToRun(controller: RunController): Promise<TextDocument | undefined> {
  const active = window.activeTextEditor?.document;
  if (active?.languageId === 'c') return active;
  const open = window.tabGroups.all
    .flatMap((group) => group.tabs)
    .flatMap(({ input }) =>
      input instanceof TabInputText && input.uri.path.endsWith('.c') ? [input.uri] : [],
    );
  const last = controller.lastProgram;
  const lastOpen = open.find((uri) => uri.toString() === last);
  if (lastOpen !== undefined) return workspace.openTextDocument(lastOpen);
  const visible = window.visibleTextEditors.find((editor) => editor.document.languageId === 'c')?.document;
  if (visible !== undefined) return visible;
  const [first] = open;
  if (first !== undefined) return workspace.openTextDocument(first);
  void window.showInformationMessage(l10n.t('Memory Atlas: open a C file first.'));
  return undefined;
}

/** Whether a program is known not to compile. */
function hasErrors({ uri }: TextDocument): boolean {
  return languages
    .getDiagnostics(uri)
    .some(({ severity, source }) => severity === DiagnosticSeverity.Error && source === problemSource);
}

/** Whether there is a run to move in; offers one otherwise. */
async function hasRun(controller: RunController): Promise<boolean> {
  if (controller.current !== undefined) return true;
  if (controller.hasRun) {
    void window.showInformationMessage(
      l10n.t('Memory Atlas: the run is hidden until the question of the exam is answered.'),
    );
    return false;
  }
  const run = l10n.t('Run and Step');
  const choice = await window.showInformationMessage(l10n.t('Memory Atlas: no program is running yet.'), run);
  if (choice === run) await commands.executeCommand('memoryAtlas.run');
  return false;
}

/** Asks for format and size of a picture, in pixels for one of the screen; `undefined` when the user does not choose. */
async function chooseFormat(): Promise<{ readonly format: ImageFormat; readonly scale: number } | undefined> {
  const formats = [
    { label: 'SVG', detail: l10n.t('sharp at any size; text stays text'), format: 'svg' as const, scale: 1 },
    {
      label: 'PNG',
      detail: l10n.t('for slides and chats; twice the size on the screen'),
      format: 'png' as const,
      scale: 2,
    },
    { label: 'PNG × 1', detail: l10n.t('as large as on the screen'), format: 'png' as const, scale: 1 },
    { label: 'PNG × 4', detail: l10n.t('for print; four times the size'), format: 'png' as const, scale: 4 },
  ];
  return window.showQuickPick(formats, { title: l10n.t('Memory Atlas: export the map') });
}

/** Whether a value has the shape of a place. */
export function isPlace(value: unknown): value is PlaceView {
  if (typeof value !== 'object' || value === null) return false;
  const { file, line, column } = value as Record<string, unknown>;
  return typeof file === 'string' && typeof line === 'number' && typeof column === 'number';
}

/** Shows a place of the program in an editor, without taking the focus from the view that asked. */
async function revealPlace(controller: RunController, place: unknown): Promise<void> {
  const run = controller.current;
  if (run === undefined || !isPlace(place)) return;
  const uri = placeUri(run.uri, place.file);
  const visible = window.visibleTextEditors.find(
    (editor) => editor.document.uri.toString() === uri.toString(),
  );
  const editor =
    visible ??
    (await window.showTextDocument(await workspace.openTextDocument(uri), { preserveFocus: true }));
  const at = new Position(Math.max(0, place.line - 1), Math.max(0, place.column - 1));
  editor.selection = new Selection(at, at);
  editor.revealRange(new Range(at, at), TextEditorRevealType.InCenterIfOutsideViewport);
}
