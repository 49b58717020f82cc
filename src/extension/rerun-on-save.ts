/**
 * Runs the open program again when one of its files was edited and is saved, where the user wants that.
 */
import { commands, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import type { RunController } from './run-controller.ts';

/** Watches for saved files of the open run. */
export function rerunOnSave(controller: RunController): Disposable {
  return workspace.onDidSaveTextDocument(({ uri }) => {
    const run = controller.current;
    if (run?.snapshot.program.isStale !== true || !controller.isMadeOf(uri)) return;
    const setting: unknown = workspace.getConfiguration('memoryAtlas', uri).get('run.onSave');
    if (setting === true) void commands.executeCommand('memoryAtlas.runAgain');
  });
}
