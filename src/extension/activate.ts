/**
 * Wires the parts of the extension together, the same on the desktop and in the web.
 */
import { languages } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { window } from 'vscode';
import { AnalysisService } from './analysis-service.ts';
import { registerCommands } from './commands.ts';
import { MemoryCodeLens } from './code-lens.ts';
import { ReleaseComparison } from './compare-releases.ts';
import { StepComparison } from './compare-steps.ts';
import { CursorMarks } from './cursor-marks.ts';
import { EditorMarks } from './editor-marks.ts';
import { registerGlibcSettings } from './glibc-settings.ts';
import { GutterMarks } from './gutter-marks.ts';
import { ExamMode } from './exam-mode.ts';
import { heapTree } from './heap-tree.ts';
import { SegmentHover } from './hover.ts';
import { SegmentInlayHints } from './inlay-hints.ts';
import { registerLessonDocuments } from './lesson-documents.ts';
import { LessonsController } from './lessons-controller.ts';
import { LessonsView, lessonsViewId } from './lessons-view.ts';
import { registerLanguageModelTools } from './language-model-tools.ts';
import { MemoryChecks } from './memory-checks.ts';
import { MapsDocument } from './maps-document.ts';
import { MemoryFixes } from './memory-fixes.ts';
import { MemoryMapPanel } from './memory-map-panel.ts';
import { registerRandomization } from './machine-settings.ts';
import type { Platform } from './platform.ts';
import { Problems } from './problems.ts';
import { QuestionSets } from './question-sets.ts';
import { RunController } from './run-controller.ts';
import type { OpenRun } from './run-controller.ts';
import { rerunOnSave } from './rerun-on-save.ts';
import { RerunOnSettings } from './rerun-on-settings.ts';
import { RunTree } from './run-tree.ts';
import { SegmentsView } from './segments-view.ts';
import { stackTree } from './stack-tree.ts';
import { registerLinks } from './share-link.ts';
import { SettingChecks } from './setting-checks.ts';
import { SelectionMark } from './selection-mark.ts';
import { StatusBar } from './status-bar.ts';
import { TimelineView, timelineViewId } from './timeline-view.ts';
import { nextTurn } from './turns.ts';

/** What other extensions, and the tests, can ask the running extension. */
export interface ExtensionApi {
  /** The run that the window shows, at its current event. */
  currentRun(): OpenRun | undefined;
}

/** Languages of the documents that the extension understands. */
export const cLanguages = ['c'];

/** Starts everything, in turns of a few milliseconds; called once. */
export async function activateOn(context: ExtensionContext, platform: Platform): Promise<ExtensionApi> {
  const analysis = new AnalysisService(context, platform);
  const controller = new RunController(context, platform);
  const exam = new ExamMode();
  const veil = (): void => {
    controller.setVeiled(exam.isHiding);
    analysis.setVeiled(exam.isHiding);
  };
  veil();
  const engine: Engine = { context, platform, analysis, controller, exam };
  context.subscriptions.push(analysis, controller, exam, exam.onDidChange(veil));
  await nextTurn();
  registerLanguageFeatures(engine);
  await nextTurn();
  registerRuns(engine);
  await nextTurn();
  registerViews(engine);
  await nextTurn();
  registerMarks(engine);
  return { currentRun: () => controller.current };
}

/** What all parts share. */
interface Engine {
  readonly context: ExtensionContext;
  readonly platform: Platform;
  readonly analysis: AnalysisService;
  readonly controller: RunController;
  readonly exam: ExamMode;
}

/** What the editor asks for. */
function registerLanguageFeatures({ context, analysis, controller }: Engine): void {
  const hints = new SegmentInlayHints(analysis);
  const lenses = new MemoryCodeLens(analysis);
  context.subscriptions.push(
    hints,
    lenses,
    languages.registerHoverProvider(cLanguages, new SegmentHover(analysis, controller)),
    languages.registerInlayHintsProvider(cLanguages, hints),
    languages.registerCodeLensProvider(cLanguages, lenses),
  );
}

/** Runs, what is made of them, and the commands. */
function registerRuns({ context, platform, analysis, controller, exam }: Engine): void {
  const panel = new MemoryMapPanel(context.extensionUri, controller);
  const maps = new MapsDocument(controller);
  const releases = new ReleaseComparison(context, platform, controller);
  const differences = new StepComparison(controller);
  const checks = new MemoryChecks(context, platform, controller);
  const lessons = new LessonsController(context, controller, panel, exam);
  const questions = new QuestionSets(controller, lessons);
  context.subscriptions.push(
    panel,
    maps,
    releases,
    differences,
    checks,
    lessons,
    questions,
    registerLessonDocuments(context.extensionUri),
    window.registerWebviewViewProvider(
      lessonsViewId,
      new LessonsView(context.extensionUri, lessons, () => questions.exportScore()),
    ),
    languages.registerCodeActionsProvider(cLanguages, new MemoryFixes(analysis, checks), {
      providedCodeActionKinds: MemoryFixes.kinds,
    }),
    rerunOnSave(controller),
    new RerunOnSettings(controller),
    ...registerCommands({
      controller,
      checks,
      panel,
      maps,
      releases,
      differences,
      lessons,
      questions,
      context,
    }),
    ...registerLinks(controller, panel),
  );
}

/** The side panel, the status bar, the settings, and the tools of language models. */
function registerViews({ context, platform, analysis, controller }: Engine): void {
  context.subscriptions.push(
    new SegmentsView(context, analysis),
    new RunTree('memoryAtlas.heap', controller, heapTree),
    new RunTree('memoryAtlas.stack', controller, stackTree),
    window.registerWebviewViewProvider(timelineViewId, new TimelineView(context.extensionUri, controller)),
    new StatusBar(controller, platform, analysis),
    new SettingChecks(context),
    ...registerRandomization(),
    ...registerGlibcSettings(platform, controller),
    ...registerLanguageModelTools({ context, platform, analysis, controller }),
  );
}

/** What is marked in editors, and the problems. */
function registerMarks({ context, analysis, controller }: Engine): void {
  context.subscriptions.push(
    new EditorMarks(controller),
    new SelectionMark(controller),
    new CursorMarks(analysis, controller),
    new GutterMarks(context.extensionUri, analysis),
    new Problems(analysis, controller),
  );
}
