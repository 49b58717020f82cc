/** What a document is called in a program. */
import type { Uri } from 'vscode';

/** Name of a document for display: the last part of its path. */
export function programName(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
