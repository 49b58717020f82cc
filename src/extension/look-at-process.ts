/**
 * *Look at process*: which process of a run the faces show.
 *
 * A run records one process. To look at another one, the program runs again with that one recorded; it is the same run.
 */
import { l10n, window, workspace } from 'vscode';
import type { QuickPickItem } from 'vscode';
import type { ProcessView } from '../protocol/process-view.ts';
import type { RunController } from './run-controller.ts';

interface Choice extends QuickPickItem {
  readonly number: number;
}

/**
 * Runs the program again with another process recorded.
 *
 * @param which - its number; asked for where it is none
 * @returns whether it ran
 */
export async function lookAtProcess(controller: RunController, which: unknown): Promise<boolean> {
  const run = controller.current;
  if (run === undefined) return false;
  const shown = controller.shownProcess?.number ?? 1;
  const number = typeof which === 'number' ? which : await chooseProcess(controller.processes, shown);
  if (number === undefined || number === shown) return false;
  const document = await workspace.openTextDocument(run.uri);
  return (await controller.run(document, number)) !== undefined;
}

/** Asks which process; undefined when the user does not choose. */
async function chooseProcess(processes: readonly ProcessView[], shown: number): Promise<number | undefined> {
  if (processes.length < 2) {
    void window.showInformationMessage(l10n.t('Memory Atlas: the run has one process only.'));
    return undefined;
  }
  const items = processes.map((process): Choice => {
    const { number, end } = process;
    return {
      number,
      label: processName(process),
      description: number === shown ? `${end} · $(eye)` : end,
      detail: originOf(process),
    };
  });
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Memory Atlas: look at a process'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.number;
}

/** Number and pid of a process. */
export function processName({ number, pid }: ProcessView): string {
  return l10n.t('process {0} (pid {1})', number, pid);
}

function originOf({ parent, place }: ProcessView): string {
  if (parent === undefined) return l10n.t('the process that the run began with');
  if (place === undefined) return l10n.t('made by process {0}', parent);
  return l10n.t('made by process {0} at {1}:{2}', parent, place.file, place.line);
}
