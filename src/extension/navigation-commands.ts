/**
 * Goes through a run by what it does: to the next statement, function entry, system call, page fault, output or signal,
 * to the line of the cursor, to where a condition holds; forward and back.
 */
import { commands, l10n, window } from 'vscode';
import type { Disposable } from 'vscode';
import type { NavigationTarget, Params, StepKind } from '../protocol/messages.ts';
import { placeUri } from './editor-marks.ts';
import type { RunController } from './run-controller.ts';

/** Milliseconds that the status bar says why nothing was found. */
const messageMs = 10_000;

type Direction = Params<'navigate'>['direction'];

/** Commands that count events: the part of their names behind `next` and `previous`. */
const eventKinds: Readonly<Record<string, StepKind>> = {
  SystemCall: 'syscall',
  PageFault: 'page-fault',
  Output: 'output',
  Signal: 'signal',
};

/** Commands that look for a place in the program. */
const targets: Readonly<Record<string, NavigationTarget>> = {
  Statement: { kind: 'statement' },
  FunctionEntry: { kind: 'function', role: 'entry' },
};

/**
 * Registers the commands.
 *
 * @param hasRun - whether there is a run; offers one otherwise
 */
export function registerNavigation(controller: RunController, hasRun: () => Promise<boolean>): Disposable[] {
  const register = (name: string, go: (argument: unknown) => Promise<void>): Disposable =>
    commands.registerCommand(`memoryAtlas.${name}`, async (argument: unknown) => {
      if (await hasRun()) await go(argument);
    });
  const find = async (target: NavigationTarget | undefined, direction: Direction): Promise<void> => {
    if (target === undefined) return;
    const found = await controller.navigate(target, direction);
    if (found?.isFound !== false) return;
    window.setStatusBarMessage(found.problem === '' ? nothingText(direction) : found.problem, messageMs);
  };
  const conditions = new LastCondition();
  return [
    ...Object.entries(eventKinds).flatMap(([name, kind]) => [
      register(`next${name}`, () => controller.step(kind, 1)),
      register(`previous${name}`, () => controller.step(kind, -1)),
    ]),
    ...Object.entries(targets).flatMap(([name, target]) => [
      register(`next${name}`, () => find(target, 'forward')),
      register(`previous${name}`, () => find(target, 'back')),
    ]),
    register('goToCursor', () => find(cursorLine(controller), 'forward')),
    register('goBackToCursor', () => find(cursorLine(controller), 'back')),
    register('stopWhen', async (given) => find(await conditions.target(given), 'forward')),
    register('stopBackWhen', async (given) => find(await conditions.target(given), 'back')),
  ];
}

/** The line that the cursor is in, when it is one of the program that runs. */
function cursorLine(controller: RunController): NavigationTarget | undefined {
  const editor = window.activeTextEditor;
  const source = controller.current?.uri;
  if (editor === undefined || source === undefined) return undefined;
  const { uri } = editor.document;
  const file = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  if (placeUri(source, file).toString() === uri.toString())
    return { kind: 'line', place: { file, line: editor.selection.active.line + 1 } };
  void window.showInformationMessage(
    l10n.t('Memory Atlas: the cursor is not in a file of the program that runs.'),
  );
  return undefined;
}

/** Asks for conditions, and proposes the last one. */
class LastCondition {
  #text = '';

  /** The condition that is given, or asked for; undefined when the user gives none. */
  async target(given: unknown): Promise<NavigationTarget | undefined> {
    const text =
      typeof given === 'string'
        ? given
        : await window.showInputBox({
            title: l10n.t('Memory Atlas: stop when'),
            prompt: l10n.t(
              'A C expression: the run stops before the first statement for which it is true (n == 3, p == 0)',
            ),
            value: this.#text,
          });
    if (text === undefined || text.trim() === '') return undefined;
    this.#text = text.trim();
    return { kind: 'condition', expression: this.#text };
  }
}

const nothingText = (direction: Direction): string =>
  direction === 'forward'
    ? l10n.t('Memory Atlas: there is none after this moment.')
    : l10n.t('Memory Atlas: there is none before this moment.');
