/**
 * Links to a step: `vscode://…` with program, settings and event in it, nothing stored anywhere. Opening one asks first.
 */
import { UIKind, Uri, commands, env, l10n, window, workspace } from 'vscode';
import type { Disposable, ExtensionContext, TextDocument, UriHandler } from 'vscode';
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { readSharedRun, writeSharedRun } from '../session/shared-run.ts';
import type { MemoryMapPanel } from './memory-map-panel.ts';
import type { RunController } from './run-controller.ts';

/** Characters of a link that chats and browsers still carry. */
const mostLink = 30_000;
/** Bytes of a program from a link: nobody's link may fill the memory. */
const mostBytes = 4 * 1024 * 1024;

const path = '/step';

/** Copies the link of the current step. */
export async function copyLink(context: ExtensionContext, controller: RunController): Promise<void> {
  const { current, currentInputs } = controller;
  if (current === undefined || currentInputs === undefined) return;
  const text = writeSharedRun({ inputs: currentInputs, event: current.snapshot.position.index });
  const data = toBase64Url(deflateSync(strToU8(text), { level: 9 }));
  const own = Uri.from({
    scheme: env.uriScheme,
    authority: context.extension.id,
    path,
    query: `run=${data}`,
  });
  // In a browser nothing takes the editor's own scheme; this page of VS Code hands a link on to the application.
  const link =
    env.uiKind === UIKind.Web
      ? `https://vscode.dev/redirect?url=${encodeURIComponent(own.toString(true))}`
      : own.toString(true);
  if (link.length > mostLink) {
    void window.showWarningMessage(
      l10n.t('Memory Atlas: the program is too long for a link ({0} characters).', link.length),
    );
    return;
  }
  await env.clipboard.writeText(link);
  window.setStatusBarMessage(l10n.t('Memory Atlas: the link to this step was copied.'), 3000);
}

/** Opens links to steps: from outside, or pasted into the command where no application takes `vscode://` links. */
export function registerLinks(controller: RunController, panel: MemoryMapPanel): Disposable[] {
  const handler = new LinkHandler(controller, panel);
  return [
    window.registerUriHandler(handler),
    commands.registerCommand('memoryAtlas.openLink', async () => {
      const text = await window.showInputBox({
        title: l10n.t('Memory Atlas: link to a step'),
        placeHolder: `${env.uriScheme}://…`,
        ignoreFocusOut: true,
      });
      if (text !== undefined && text.trim() !== '') await handler.handleUri(Uri.parse(text.trim()));
    }),
  ];
}

class LinkHandler implements UriHandler {
  readonly #controller: RunController;
  readonly #panel: MemoryMapPanel;

  constructor(controller: RunController, panel: MemoryMapPanel) {
    this.#controller = controller;
    this.#panel = panel;
  }

  async handleUri(uri: Uri): Promise<void> {
    const controller = this.#controller;
    // A link may be wrapped in one of the web; what counts is the parameter.
    const data = /(?:^|[?&])run=([\w-]+)/.exec(decodeURIComponent(uri.query))?.[1] ?? '';
    const bytes = fromBase64Url(data);
    const text = bytes === undefined ? undefined : inflate(bytes);
    const shared = text === undefined ? undefined : readSharedRun(text);
    const [file] = shared?.inputs.files ?? [];
    if (shared === undefined || file === undefined) {
      void window.showErrorMessage(l10n.t('Memory Atlas: the link is damaged or from another version.'));
      return;
    }
    if (!(await isWanted(file.name, controller.current !== undefined))) return;
    const document = await openCopy(file.text);
    if ((await controller.runShared(document, shared.inputs)) === undefined) return;
    this.#panel.show(true);
    await controller.seek(shared.event);
  }
}

/** Asks before anything is opened or replaced. */
async function isWanted(name: string, isRunning: boolean): Promise<boolean> {
  const open = l10n.t('Open and Run');
  const detail = isRunning
    ? l10n.t('It opens as a new document and runs in the simulation. The run that is open now is closed.')
    : l10n.t('It opens as a new document and runs in the simulation.');
  const choice = await window.showInformationMessage(
    l10n.t('Memory Atlas: open the program {0} from a link?', name),
    { modal: true, detail },
    open,
  );
  return choice === open;
}

async function openCopy(text: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument({ language: 'c', content: text });
  await window.showTextDocument(document);
  return document;
}

/** Unpacks up to {@link mostBytes}; undefined for what is damaged or longer. */
function inflate(bytes: Uint8Array): string | undefined {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    const stream = new Inflate((piece) => {
      length += piece.length;
      if (length > mostBytes) throw new RangeError('too long');
      pieces.push(piece);
    });
    // In small pieces, so that a bomb is seen before it is all there.
    for (let at = 0; at < bytes.length; at += 1024)
      stream.push(bytes.subarray(at, at + 1024), at + 1024 >= bytes.length);
  } catch {
    return undefined;
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return strFromU8(all);
}

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    return undefined;
  }
}
