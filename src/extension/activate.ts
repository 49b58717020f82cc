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

/** What other extensions, and the tests, can ask the running extension. */
export interface ExtensionApi {
  /** The run that the window shows, at its current event. */
  currentRun(): OpenRun | undefined;
}

/** Languages of the documents that the extension understands. */
export const cLanguages = ['c'];

/** Starts everything; called once. */
export function activateOn(context: ExtensionContext, platform: Platform): ExtensionApi {
  const analysis = new AnalysisService(context, platform);
  const controller = new RunController(context, platform);
  const panel = new MemoryMapPanel(context.extensionUri, controller);
  const maps = new MapsDocument(controller);
  const releases = new ReleaseComparison(context, platform, controller);
  const differences = new StepComparison(controller);
  const checks = new MemoryChecks(context, platform, controller);
  const hints = new SegmentInlayHints(analysis);
  const lenses = new MemoryCodeLens(analysis);
  const exam = new ExamMode();
  const lessons = new LessonsController(context, controller, panel, exam);
  const questions = new QuestionSets(controller, lessons);
  const veil = (): void => {
    controller.setVeiled(exam.isHiding);
    analysis.setVeiled(exam.isHiding);
  };
  veil();
  context.subscriptions.push(
    analysis,
    controller,
    panel,
    maps,
    releases,
    differences,
    checks,
    hints,
    lenses,
    exam,
    exam.onDidChange(veil),
    lessons,
    questions,
    registerLessonDocuments(context.extensionUri),
    window.registerWebviewViewProvider(
      lessonsViewId,
      new LessonsView(context.extensionUri, lessons, () => questions.exportScore()),
    ),
    new EditorMarks(controller),
    new SelectionMark(controller),
    new CursorMarks(analysis, controller),
    new GutterMarks(context.extensionUri, analysis),
    new SegmentsView(context, analysis),
    new RunTree('memoryAtlas.heap', controller, heapTree),
    new RunTree('memoryAtlas.stack', controller, stackTree),
    new StatusBar(controller, platform, analysis),
    new Problems(analysis, controller),
    window.registerWebviewViewProvider(timelineViewId, new TimelineView(context.extensionUri, controller)),
    languages.registerHoverProvider(cLanguages, new SegmentHover(analysis, controller)),
    languages.registerCodeActionsProvider(cLanguages, new MemoryFixes(analysis, checks), {
      providedCodeActionKinds: MemoryFixes.kinds,
    }),
    languages.registerInlayHintsProvider(cLanguages, hints),
    languages.registerCodeLensProvider(cLanguages, lenses),
    rerunOnSave(controller),
    new RerunOnSettings(controller),
    new SettingChecks(context),
    ...registerRandomization(),
    ...registerGlibcSettings(platform, controller),
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
    ...registerLanguageModelTools({ context, platform, analysis, controller }),
  );
  return { currentRun: () => controller.current };
}
