/**
 * The headers of the workspace that a program includes with quotes, read through VS Code's file system.
 */
import { FileType, Uri, workspace } from 'vscode';
import type { SourceText } from '../protocol/messages.ts';

/** Bounds for what is read along: a header tree beyond this is not a program that is worth simulating. */
const mostHeaders = 500;
const mostBytes = 4 * 1024 * 1024;

const quotedInclude = /^[ \t]*#[ \t]*include[ \t]+"([^"\n]+)"/gm;

/** Names of the headers that a text includes with quotes. */
export function quotedIncludes(text: string): readonly string[] {
  return Array.from(text.matchAll(quotedInclude), (match) => match[1] ?? '');
}

/**
 * Reads the headers that a file includes, and those that they include, next to the file.
 *
 * @returns them by the name they are included by; what does not exist is left out, the preprocessor reports it
 */
export async function collectHeaders(source: Uri, text: string): Promise<readonly SourceText[]> {
  const found = new Map<string, SourceText>();
  const folder = Uri.joinPath(source, '..');
  const queue = [...quotedIncludes(text)];
  let bytes = 0;
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (found.has(name) || found.size >= mostHeaders) continue;
    const header = await readText(Uri.joinPath(folder, name));
    if (header === undefined) continue;
    bytes += header.length;
    if (bytes > mostBytes) break;
    found.set(name, { name, text: header });
    queue.push(...quotedIncludes(header));
  }
  return [...found.values()];
}

/** The text of a file: as it is in an open editor, else as it is stored. */
export async function readText(uri: Uri): Promise<string | undefined> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  try {
    const stat = await workspace.fs.stat(uri);
    if (stat.type !== FileType.File || stat.size > mostBytes) return undefined;
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    // Not there: the preprocessor says so on the line of the #include.
    return undefined;
  }
}
