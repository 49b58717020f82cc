/**
 * The files beside a program, for one that reads them: only where the user allows it. The simulation gets copies; nothing
 * that the program writes leaves it.
 */
import { FileType, Uri, workspace } from 'vscode';
import type { DataFile } from '../protocol/messages.ts';

/** Bounds for what is read along. */
const mostFiles = 500;
const mostBytes = 32 * 1024 * 1024;
const mostDepth = 4;

/** Reads the files in the folder of a program and below it, as far as the bounds go; folders with a dot are left out. */
export async function collectDataFiles(source: Uri): Promise<readonly DataFile[]> {
  const files: DataFile[] = [];
  let bytes = 0;
  const visit = async (folder: Uri, prefix: string, depth: number): Promise<void> => {
    for (const [name, type] of await entriesOf(folder)) {
      if (files.length >= mostFiles) return;
      const uri = Uri.joinPath(folder, name);
      if (type === FileType.Directory) {
        if (depth < mostDepth && !name.startsWith('.') && name !== 'node_modules')
          await visit(uri, `${prefix}${name}/`, depth + 1);
        continue;
      }
      if (type !== FileType.File) continue;
      const content = await contentOf(uri, mostBytes - bytes);
      if (content === undefined) continue;
      bytes += content.length;
      files.push({ name: prefix + name, bytes: content });
    }
  };
  await visit(Uri.joinPath(source, '..'), '', 0);
  return files;
}

async function entriesOf(folder: Uri): Promise<[string, FileType][]> {
  try {
    const entries = await workspace.fs.readDirectory(folder);
    return entries.sort(([a], [b]) => (a < b ? -1 : 1));
  } catch {
    // A document that is stored nowhere has no folder.
    return [];
  }
}

/** The bytes of a file of at most `limit` bytes. */
async function contentOf(uri: Uri, limit: number): Promise<Uint8Array | undefined> {
  try {
    if ((await workspace.fs.stat(uri)).size > limit) return undefined;
    return await workspace.fs.readFile(uri);
  } catch {
    // It may be gone by now.
    return undefined;
  }
}
