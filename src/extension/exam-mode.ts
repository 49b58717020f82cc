/**
 * Exam mode: what tells answers is hidden until the question is answered, or the exam is ended. Hovers, hints, marks and
 * the tree of segments ask {@link ExamMode.isHiding}; the run controller shows no run.
 */
import { ConfigurationTarget, EventEmitter, StatusBarAlignment, l10n, window, workspace } from 'vscode';
import { Disposable, commands } from 'vscode';

const setting = 'memoryAtlas.exam.enabled';

export class ExamMode implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #item = window.createStatusBarItem('memoryAtlas.exam', StatusBarAlignment.Left, 51);
  readonly #subscription: Disposable;
  #isAnswered = false;

  /** The exam began or ended, a question was opened or answered. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#item.name = l10n.t('Memory Atlas: exam');
    this.#item.command = 'memoryAtlas.toggleExam';
    this.#subscription = Disposable.from(
      this.#changed,
      this.#item,
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(setting)) this.#tell();
      }),
      commands.registerCommand('memoryAtlas.toggleExam', () => this.#toggle()),
    );
    this.#showItem();
  }

  get isOn(): boolean {
    return workspace.getConfiguration().get(setting) === true;
  }

  /** Whether answers are to be hidden now. */
  get isHiding(): boolean {
    return this.isOn && !this.#isAnswered;
  }

  /** Whether the question that is shown has been answered; false also when there is none. */
  setAnswered(isAnswered: boolean): void {
    if (this.#isAnswered === isAnswered) return;
    this.#isAnswered = isAnswered;
    this.#tell();
  }

  async #toggle(): Promise<void> {
    const settings = workspace.getConfiguration();
    const isWorkspace = settings.inspect(setting)?.workspaceValue !== undefined;
    const target = isWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
    await settings.update(setting, !this.isOn, target);
  }

  #tell(): void {
    this.#showItem();
    this.#changed.fire();
  }

  #showItem(): void {
    if (!this.isOn) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(mortar-board) ${l10n.t('Exam')}`;
    this.#item.tooltip = this.isHiding
      ? l10n.t('Memory Atlas: answers are hidden until the question is answered. Click to end the exam.')
      : l10n.t('Memory Atlas: the question is answered, its answer is shown. Click to end the exam.');
    this.#item.show();
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
