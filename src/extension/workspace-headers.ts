/**
 * The headers of the workspace that a program includes with quotes, read through VS Code's file system.
 */
import { FileType, Uri, workspace } from 'vscode';
import type { SourceText } from '../protocol/messages.ts';
import { collectHeaders } from '../session/own-headers.ts';

/** Largest file that is read, in bytes. */
const mostBytes = 4 * 1024 * 1024;

/**
 * Reads the headers that a file of a program includes, and those that they include.
 *
 * @param folder - of the program's first file
 * @param source - the file, by its path from there
 */
export async function headersOf(folder: Uri, source: SourceText): Promise<readonly SourceText[]> {
  return collectHeaders(source, (path) => readText(Uri.joinPath(folder, path)));
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
