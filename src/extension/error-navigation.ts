/**
 * Goes through a run by what happens in memory: from one mistake to the next, to who wrote a byte, to who writes it next.
 *
 * What was found is told in the status bar, and the editor shows the line of the step that is about to be done.
 */
import { commands, l10n, window } from 'vscode';
import type { Disposable } from 'vscode';
import type { AccessView, NavigationTarget, Params, Result } from '../protocol/messages.ts';
import type { HexAddress, PlaceView } from '../protocol/view-model.ts';
import type { MemoryChecks } from './memory-checks.ts';
import { registerNavigation } from './navigation-commands.ts';
import type { RunController } from './run-controller.ts';

/** Milliseconds that the status bar says what was found. */
const messageMs = 10_000;

type Direction = Params<'navigate'>['direction'];

/** Bytes that are asked about. */
interface WatchedBytes {
  readonly address: HexAddress;
  readonly bytes: number;
}

/**
 * Registers the commands.
 *
 * @param hasRun - whether there is a run; offers one otherwise
 */
export function registerErrorNavigation(
  controller: RunController,
  checks: MemoryChecks,
  hasRun: () => Promise<boolean>,
): Disposable[] {
  const goToError = (name: string, direction: Direction): Disposable =>
    commands.registerCommand(name, async () => {
      if (await hasRun()) await goToMistake(controller, checks, direction);
    });
  const goToWrite = (name: string, direction: Direction): Disposable =>
    commands.registerCommand(name, async (what: unknown) => {
      if (!(await hasRun())) return;
      const watched = await bytesOf(controller, what);
      if (watched !== undefined) await navigateAndTell(controller, { kind: 'write', ...watched }, direction);
    });
  return [
    ...registerNavigation(controller, hasRun),
    goToError('memoryAtlas.nextError', 'forward'),
    goToError('memoryAtlas.previousError', 'back'),
    goToWrite('memoryAtlas.lastWrite', 'back'),
    goToWrite('memoryAtlas.nextWrite', 'forward'),
  ];
}

/** Goes to where something is found, and says what; undefined when another move is under way. */
export async function navigateAndTell(
  controller: RunController,
  target: NavigationTarget,
  direction: Direction,
): Promise<Result<'navigate'> | undefined> {
  const found = await controller.navigate(target, direction);
  if (found === undefined) return undefined;
  if (found.problem !== '') tell(found.problem);
  else if (target.kind === 'write' || target.kind === 'access') {
    tell(found.access === undefined ? noWriteText(direction) : writeText(found.access));
    if (found.access?.place !== undefined) await reveal(found.access.place);
  }
  return found;
}

/** The mistake before or after this moment; behind the last one, the end of a run that fails. */
async function goToMistake(
  controller: RunController,
  checks: MemoryChecks,
  direction: Direction,
): Promise<void> {
  const findings = await checks.finished();
  const steps = findings.flatMap(({ step }) => (step === undefined ? [] : [step]));
  const mistakes: NavigationTarget = { kind: 'steps', steps };
  const end: NavigationTarget = { kind: 'error' };
  // The end lies behind all mistakes.
  for (const target of direction === 'forward' ? [mistakes, end] : [end, mistakes]) {
    const found = await controller.navigate(target, direction);
    if (found === undefined) return;
    if (!found.isFound) continue;
    const { step, outcome } = controller.current?.snapshot ?? {};
    const here = findings.filter((one) => one.step === step?.number);
    const ending = findings.find((one) => one.step === undefined);
    tell(
      here.map(({ diagnostic }) => diagnostic.message).join(' · ') ||
        (ending?.diagnostic.message ?? outcome?.text ?? ''),
    );
    const place = here[0]?.mistake?.place ?? here[0]?.leak?.place ?? step?.place;
    if (place !== undefined) await reveal(place);
    return;
  }
  tell(
    findings.length === 0
      ? l10n.t('Memory Atlas: no mistakes with memory were found in this run.')
      : direction === 'forward'
        ? l10n.t('Memory Atlas: no mistake after this moment.')
        : l10n.t('Memory Atlas: no mistake before this moment.'),
  );
}

/** The bytes that a command is about: given, of an expression that is given, or of one that is asked for. */
async function bytesOf(controller: RunController, what: unknown): Promise<WatchedBytes | undefined> {
  if (isWatchedBytes(what)) return what;
  const expression = typeof what === 'string' ? what : await askForExpression();
  if (expression === undefined || expression.trim() === '') return undefined;
  const text = expression.trim();
  if (/^0x[0-9a-f]{1,16}$/i.test(text)) return { address: text.toLowerCase() as HexAddress, bytes: 1 };
  const place = await controller.evaluate(text);
  const size = await controller.evaluate(`sizeof(${text})`);
  const bytes = Number.parseInt(size?.value ?? '', 10);
  if (place?.address !== undefined && bytes > 0) return { address: place.address, bytes };
  const problem = place?.problem ?? '';
  tell(problem === '' ? l10n.t('Memory Atlas: {0} lies nowhere in memory.', text) : `${text}: ${problem}`);
  return undefined;
}

/** Asks for an address or an expression; proposes the word at the cursor. */
async function askForExpression(): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const range =
    editor?.document.languageId === 'c'
      ? editor.document.getWordRangeAtPosition(editor.selection.active)
      : undefined;
  return window.showInputBox({
    title: l10n.t('Memory Atlas: bytes that are written'),
    prompt: l10n.t('An address (0x…), or a C expression that lies in memory: a variable, p->next, a[3]'),
    value: range === undefined ? '' : (editor?.document.getText(range) ?? ''),
  });
}

function isWatchedBytes(value: unknown): value is WatchedBytes {
  if (typeof value !== 'object' || value === null) return false;
  const { address, bytes } = value as Record<string, unknown>;
  return typeof address === 'string' && typeof bytes === 'number' && bytes > 0;
}

function writeText({ by, step, place, address, bytes }: AccessView): string {
  const what = l10n.t('{0} bytes at {1}', bytes, address);
  const where = place === undefined ? l10n.t('step {0}', step) : `${place.file}:${String(place.line)}`;
  switch (by) {
    case 'program':
      return l10n.t('Written by the program: {0}, {1}', what, where);
    case 'libc':
      return l10n.t('Written by a function of libc: {0}, {1}', what, where);
    case 'system':
      return l10n.t('Written by malloc or the kernel, inside of a call: {0}, {1}', what, where);
  }
}

const noWriteText = (direction: Direction): string =>
  direction === 'back'
    ? l10n.t('Memory Atlas: nothing has written there before this moment.')
    : l10n.t('Memory Atlas: nothing writes there after this moment.');

function tell(text: string): void {
  window.setStatusBarMessage(text, messageMs);
}

async function reveal(place: PlaceView): Promise<void> {
  await commands.executeCommand('memoryAtlas.revealPlace', place);
}
