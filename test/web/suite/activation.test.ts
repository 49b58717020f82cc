import { commands, env, extensions, UIKind, Uri, workspace } from 'vscode';
import { deepEqual, equal, ok } from './assert.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('the extension in VS Code for the Web', () => {
  const extension = extensions.getExtension('memory-atlas.memory-atlas');

  it('runs in a browser without a remote and without Node', () => {
    equal(env.uiKind, UIKind.Web);
    equal(env.remoteName, undefined);
    equal(
      typeof (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node,
      'undefined',
    );
  });

  it('activates by its browser entry', async () => {
    ok(extension);
    await extension.activate();
    ok(extension.isActive);
    equal(extension.extensionUri.scheme, 'http');
  });

  it('registers every command that its manifest contributes', async () => {
    const registered = new Set(await commands.getCommands(true));
    const contributed = (extension?.packageJSON as Manifest).contributes.commands.map(
      ({ command }) => command,
    );
    ok(contributed.length > 0);
    deepEqual(
      contributed.filter((command) => !registered.has(command)),
      [],
    );
  });

  it('opens a C file of a virtual workspace', async () => {
    const folder = workspace.workspaceFolders?.[0]?.uri;
    ok(folder);
    equal(folder.scheme, 'memory');
    const document = await workspace.openTextDocument(Uri.joinPath(folder, 'smoke.c'));
    equal(document.languageId, 'c');
  });
});
