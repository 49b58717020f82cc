/**
 * What is under way in the view *Lessons*: a lesson and its pages, or a list of questions. Keeps the answers that the view
 * must not see yet, grades what is given, moves the run.
 */
import { EventEmitter, commands, l10n, window, workspace } from 'vscode';
import type { Disposable, ExtensionContext, TextDocument, Uri } from 'vscode';
import type { AskedView, LessonPage, LessonsActivity, LessonsState, Question } from '../protocol/lessons.ts';
import { programPathFor } from '../session/program-path.ts';
import type { SharedInputs } from '../session/shared-run.ts';
import { lessonOf, lessonTitle, lessons, pageCount } from '../session/lessons/lesson-table.ts';
import type { Lesson } from '../session/lessons/lesson.ts';
import { grade } from '../session/predictions/grading.ts';
import type { ExamMode } from './exam-mode.ts';
import { lessonUri } from './lesson-documents.ts';
import type { MemoryMapPanel } from './memory-map-panel.ts';
import { programName } from './program-name.ts';
import type { RunController } from './run-controller.ts';
import { currentLanguage } from './settings.ts';

/** Where the lessons that were finished are remembered. */
const doneKey = 'memoryAtlas.lessons.done';

/** A question that was asked, and what was answered. */
interface Asked {
  readonly question: Question;
  given: string | undefined;
  isRight: boolean | undefined;
  isUnreadable: boolean;
}

interface OpenLesson {
  readonly kind: 'lesson';
  readonly lesson: Lesson;
  readonly uri: Uri;
  readonly asked: Asked;
  page: number;
  content: LessonPage;
}

interface OpenQuestions {
  readonly kind: 'questions';
  readonly title: string;
  readonly asked: readonly Asked[];
  index: number;
  isOver: boolean;
}

/** One line of an exported score. */
export interface ScoreRow {
  readonly question: string;
  readonly given: string;
  readonly answer: string;
  readonly isRight: boolean;
}

const ask = (question: Question): Asked => ({
  question,
  given: undefined,
  isRight: undefined,
  isUnreadable: false,
});

/**
 * Moves that may wait for others: opening, answering and turning the page follow each other faster than a slow machine does
 * them; a key that is held down must not pile up more.
 */
const mostWaiting = 4;

export class LessonsController implements Disposable {
  readonly #context: ExtensionContext;
  readonly #controller: RunController;
  readonly #panel: MemoryMapPanel;
  readonly #exam: ExamMode;
  readonly #changed = new EventEmitter<LessonsState>();
  readonly #subscriptions: Disposable[];
  #activity: OpenLesson | OpenQuestions | undefined;
  /** What moves the run last, and how much of that is not over yet. */
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** What the view is to show now. */
  readonly onDidChange = this.#changed.event;

  constructor(context: ExtensionContext, controller: RunController, panel: MemoryMapPanel, exam: ExamMode) {
    this.#context = context;
    this.#controller = controller;
    this.#panel = panel;
    this.#exam = exam;
    this.#subscriptions = [
      this.#changed,
      exam.onDidChange(() => {
        this.#tell();
      }),
      controller.onDidOpen(() => {
        this.#tell();
      }),
    ];
  }

  /** What the view shows. */
  get state(): LessonsState {
    const language = currentLanguage();
    const done = this.#done;
    const activity = this.#activity;
    const open = activity?.kind === 'lesson' ? activity.lesson : undefined;
    return {
      type: 'lessons',
      lessons: lessons.map((lesson) => ({
        id: lesson.id,
        title: lessonTitle(lesson, language),
        isDone: done.includes(lesson.id),
        isOpen: lesson === open,
      })),
      activity: activityView(activity),
      isExam: this.#exam.isOn,
      hasRun: this.#controller.hasRun,
    };
  }

  get #done(): readonly string[] {
    const value: unknown = this.#context.globalState.get(doneKey);
    return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
  }

  /** Opens a lesson: its sample in the editor, the map at its side, its question in the view. */
  async open(id: string): Promise<void> {
    const lesson = lessonOf(id);
    if (lesson === undefined) return;
    await this.#exclusively(async () => {
      const uri = lessonUri(lesson, currentLanguage());
      if (!(await this.#run(lesson, uri))) return;
      const { question } = await this.#controller.request('lessonQuestion', { lesson: id });
      const content = await this.#controller.request('lessonPage', { lesson: id, page: 0 });
      this.#activity = { kind: 'lesson', lesson, uri, asked: ask(question), page: 0, content };
      this.#afterMove();
      await commands.executeCommand('memoryAtlas.lessons.focus');
    });
  }

  /** Runs a lesson's sample and shows it. @returns whether it runs */
  async #run(lesson: Lesson, uri: Uri): Promise<boolean> {
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { preview: false });
    const run = await this.#controller.runShared(document, inputsOf(lesson, document));
    if (run === undefined) return false;
    this.#panel.show(true);
    return true;
  }

  /** The next page of the lesson, or the next question. */
  next(): Promise<void> {
    return this.#turn(1);
  }

  /** The page before. */
  previous(): Promise<void> {
    return this.#turn(-1);
  }

  async #turn(by: 1 | -1): Promise<void> {
    const activity = this.#activity;
    if (activity === undefined) {
      void window.showInformationMessage(l10n.t('Memory Atlas: open a lesson first.'));
      return;
    }
    await this.#exclusively(() =>
      activity.kind === 'lesson' ? this.#turnPage(activity, by) : this.#turnQuestion(activity, by),
    );
  }

  async #turnPage(open: OpenLesson, by: 1 | -1): Promise<void> {
    const { lesson, uri } = open;
    const page = open.page + by;
    if (page < 0 || page >= pageCount(lesson)) return;
    // In an exam the pages tell what is asked.
    if (this.#exam.isOn && open.asked.isRight === undefined) {
      void window.showInformationMessage(l10n.t('Memory Atlas: answer the question first.'));
      return;
    }
    if (this.#controller.runUri?.toString() !== uri.toString() && !(await this.#run(lesson, uri))) return;
    open.content = await this.#controller.request('lessonPage', { lesson: lesson.id, page });
    open.page = page;
    if (page === pageCount(lesson) - 1) await this.#finish(lesson.id);
    this.#afterMove();
    const { show } = open.content;
    // A map that has just been opened takes its time.
    if (show !== undefined && !this.#exam.isHiding) void this.#panel.showWhat(show);
  }

  async #finish(id: string): Promise<void> {
    await this.#context.globalState.update(doneKey, [...new Set([...this.#done, id])]);
  }

  async #turnQuestion(open: OpenQuestions, by: 1 | -1): Promise<void> {
    const index = open.index + by;
    if (index < 0) return;
    if (index >= open.asked.length) {
      open.isOver = true;
      this.#afterMove();
      return;
    }
    open.isOver = false;
    open.index = index;
    await this.#moveForQuestion(open);
  }

  /** Takes the run to where the question that is shown is asked, or can be seen. */
  async #moveForQuestion({ asked, index }: OpenQuestions): Promise<void> {
    const one = asked[index];
    const moment = one?.isRight === undefined ? one?.question.before : one.question.reveal;
    if (moment !== undefined) await this.#controller.goTo(moment);
    this.#afterMove();
  }

  /** Takes an answer: the number that was typed in, or the index of a choice. */
  async answer(given: string): Promise<void> {
    const activity = this.#activity;
    const asked = activity === undefined ? undefined : askedNow(activity);
    if (asked === undefined || asked.isRight !== undefined) return;
    const result = grade(asked.question.solution, given);
    asked.isUnreadable = result === 'unreadable';
    if (result !== 'unreadable') {
      asked.given = given;
      asked.isRight = result === 'right';
    }
    this.#afterMove();
    const { reveal } = asked.question;
    if (asked.isRight !== undefined && reveal !== undefined)
      await this.#exclusively(() => this.#controller.goTo(reveal));
  }

  /** Makes questions of the step that is shown. */
  async askHere(): Promise<void> {
    if (!this.#controller.hasRun) {
      void window.showInformationMessage(l10n.t('Memory Atlas: no program is running yet.'));
      return;
    }
    await this.#exclusively(async () => {
      const { questions } = await this.#controller.request('askAboutEvent', {});
      if (questions.length === 0) {
        void window.showInformationMessage(
          l10n.t('Memory Atlas: there is nothing to ask about from here to the end of the run.'),
        );
        return;
      }
      await this.#start(l10n.t('About this step'), questions);
    });
  }

  /** Asks a list of questions one after the other. */
  async start(title: string, questions: readonly Question[]): Promise<void> {
    await this.#exclusively(() => this.#start(title, questions));
  }

  async #start(title: string, questions: readonly Question[]): Promise<void> {
    const open: OpenQuestions = {
      kind: 'questions',
      title,
      asked: questions.map(ask),
      index: 0,
      isOver: false,
    };
    this.#activity = open;
    await this.#moveForQuestion(open);
    await commands.executeCommand('memoryAtlas.lessons.focus');
  }

  /** What was asked and answered in the list that is open. */
  get score(): { readonly title: string; readonly rows: readonly ScoreRow[] } | undefined {
    const activity = this.#activity;
    if (activity?.kind !== 'questions') return undefined;
    const rows = activity.asked.map(({ question, given, isRight }) => ({
      question: question.text,
      given: spellGiven(question, given) ?? '',
      // What was not answered is not told either.
      answer: given === undefined && this.#exam.isOn ? '' : question.answer,
      isRight: isRight === true,
    }));
    return { title: activity.title, rows };
  }

  /** Puts the lesson or the questions away. */
  close(): void {
    this.#activity = undefined;
    this.#afterMove();
  }

  /** Opens a copy of the lesson's sample that can be changed. */
  async copySample(): Promise<void> {
    const activity = this.#activity;
    if (activity?.kind !== 'lesson') return;
    const content = (await workspace.openTextDocument(activity.uri)).getText();
    await window.showTextDocument(await workspace.openTextDocument({ language: 'c', content }));
  }

  #afterMove(): void {
    const asked = this.#activity === undefined ? undefined : askedNow(this.#activity);
    this.#exam.setAnswered(asked?.isRight !== undefined);
    this.#tell();
  }

  #tell(): void {
    void commands.executeCommand('setContext', 'memoryAtlas.hasLesson', this.#activity !== undefined);
    this.#changed.fire(this.state);
  }

  /** Does one thing after the other. While something waits already, more is dropped: a key held down must not pile up. */
  async #exclusively(work: () => Promise<void>): Promise<void> {
    if (this.#waiting >= mostWaiting) return;
    this.#waiting += 1;
    const before = this.#last;
    const own = before.then(work);
    this.#last = own.catch(() => undefined);
    try {
      await own;
    } finally {
      this.#waiting -= 1;
      this.#tell();
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

/** A lesson runs on the reference machine, whatever the user's settings are. */
function inputsOf(lesson: Lesson, document: TextDocument): SharedInputs {
  const name = programName(document.uri);
  return {
    files: [{ name, text: document.getText() }],
    headers: [],
    args: [],
    environment: [],
    stdin: '',
    stdoutKind: 'terminal',
    programPath: programPathFor(name),
    target: 'x86_64',
    glibc: '2.36',
    ...lesson.variant,
  };
}

function askedNow(activity: OpenLesson | OpenQuestions): Asked | undefined {
  if (activity.kind === 'lesson') return activity.asked;
  return activity.isOver ? undefined : activity.asked[activity.index];
}

function activityView(activity: OpenLesson | OpenQuestions | undefined): LessonsActivity {
  if (activity === undefined) return { kind: 'none' };
  if (activity.kind === 'lesson') {
    const { lesson, page, content, asked } = activity;
    return {
      kind: 'lesson',
      id: lesson.id,
      title: lessonTitle(lesson, currentLanguage()),
      page,
      pages: pageCount(lesson),
      text: content.text,
      asked: page === 0 ? askedView(asked) : undefined,
    };
  }
  const { title, asked, index, isOver } = activity;
  const score = asked.filter(({ isRight }) => isRight === true).length;
  const now = asked[index];
  if (isOver || now === undefined) return { kind: 'score', title, score, count: asked.length };
  return { kind: 'questions', title, index, count: asked.length, asked: askedView(now), score };
}

/** What may be seen of a question. */
function askedView({ question, given, isRight, isUnreadable }: Asked): AskedView {
  const { solution, place } = question;
  return {
    text: question.text,
    place: place === undefined ? undefined : l10n.t('{0}, line {1}', place.file, place.line),
    choices: solution.kind === 'choice' ? solution.choices : [],
    form: solution.kind === 'number' ? solution.form : undefined,
    given,
    result:
      isRight === undefined ? undefined : { isRight, answer: question.answer, because: question.because },
    isUnreadable,
  };
}

function spellGiven({ solution }: Question, given: string | undefined): string | undefined {
  return solution.kind === 'choice' && given !== undefined ? solution.choices[Number(given)] : given;
}
