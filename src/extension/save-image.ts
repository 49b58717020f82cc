/**
 * Saves a picture that a webview drew: asks where to, writes it, offers to open it.
 */
import { Uri, commands, l10n, window, workspace } from 'vscode';
import type { ImageFormat } from '../protocol/messages.ts';
import { RequestError } from '../session/channel.ts';

/** Largest picture that is written, in characters of its message. */
const mostCharacters = 64 * 1024 * 1024;

const filters: Readonly<Record<ImageFormat, string>> = { svg: 'SVG', png: 'PNG' };

/**
 * @param params - of the request `saveImage`, not yet looked at
 * @throws RequestError where they are not what they should be
 */
export async function saveImage(params: unknown): Promise<{ readonly isSaved: boolean }> {
  const { format, name, data } = params as Record<string, unknown>;
  if ((format !== 'svg' && format !== 'png') || typeof name !== 'string' || typeof data !== 'string')
    throw new RequestError('bad-request', 'not a picture');
  if (data.length > mostCharacters) throw new RequestError('bad-range', 'the picture is too large');
  // What the name proposes must stay a name.
  const file = `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'memory-map'}.${format}`;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    filters: { [filters[format]]: [format] },
    ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder, file) }),
  });
  if (target === undefined) return { isSaved: false };
  await workspace.fs.writeFile(target, format === 'svg' ? new TextEncoder().encode(data) : bytesOf(data));
  void offerToOpen(target);
  return { isSaved: true };
}

async function offerToOpen(target: Uri): Promise<void> {
  const open = l10n.t('Open');
  const name = target.path.slice(target.path.lastIndexOf('/') + 1);
  const chosen = await window.showInformationMessage(l10n.t('Memory Atlas: {0} was saved.', name), open);
  if (chosen === open) await commands.executeCommand('vscode.open', target);
}

/** @throws RequestError where the text is not base64 */
function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    throw new RequestError('bad-request', 'not a picture');
  }
}
