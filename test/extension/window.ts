/**
 * The window of the extension host that the suite runs in: documents, editors and the extension's own exports.
 */
import assert from 'node:assert/strict';
import { commands, extensions, Uri, window, workspace } from 'vscode';
import type { TextDocument } from 'vscode';
import type { ExtensionApi } from '../../src/extension/activate.ts';
import type { OpenRun } from '../../src/extension/run-controller.ts';

/** The running extension's exports. */
export async function atlas(): Promise<ExtensionApi> {
  const extension = extensions.getExtension<ExtensionApi>('memory-atlas.memory-atlas');
  assert.ok(extension, 'the extension is not installed');
  return extension.activate();
}

/** Opens a file of the workspace in an editor. */
export async function openFile(name: string): Promise<TextDocument> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder, 'no folder is open');
  const document = await workspace.openTextDocument(Uri.joinPath(folder, name));
  await window.showTextDocument(document);
  return document;
}

/** Opens an editor on a C text that is in no file. */
export async function openText(content: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument({ language: 'c', content });
  await window.showTextDocument(document);
  return document;
}

/** Runs the program of the active editor. */
export async function run(): Promise<OpenRun> {
  await commands.executeCommand('memoryAtlas.run');
  const open = (await atlas()).currentRun();
  assert.ok(open, 'no run is open');
  return open;
}

/** The open run after a command of the extension. */
export async function after(command: string, ...args: readonly unknown[]): Promise<OpenRun> {
  await commands.executeCommand(command, ...args);
  const open = (await atlas()).currentRun();
  assert.ok(open, `no run is open after ${command}`);
  return open;
}

/** Waits until a condition holds. */
export async function until<T>(what: string, find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what} did not come about`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
