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

/** Milliseconds after which a wait is told of, and those after which it fails: a worker that died is replaced in between. */
const slowMs = 10_000;
const mostMs = 50_000;

/** Waits until a condition holds. @param state - what the error says besides, when it does not */
export async function until<T>(
  what: string,
  find: () => T | undefined | Promise<T | undefined>,
  state = () => '',
): Promise<T> {
  const begin = Date.now();
  for (;;) {
    const found = await find();
    const waitedMs = Date.now() - begin;
    if (found !== undefined) {
      if (waitedMs > slowMs) console.warn(`    ${what} took ${String(waitedMs)} ms. ${state()}`);
      return found;
    }
    if (waitedMs > mostMs) throw new Error(`${what} did not come about. ${state()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
