/**
 * Entry of the extension on the desktop and in remotes.
 */
import { commands, window } from 'vscode';
import type { ExtensionContext } from 'vscode';

/** Called by VS Code when the extension is first needed. */
export function activate(context: ExtensionContext): void {
  context.subscriptions.push(
    commands.registerCommand('memoryAtlas.showMap', async () => {
      await window.showInformationMessage('Memory Atlas: the map is not built yet.');
    }),
  );
}
