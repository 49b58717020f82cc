/**
 * The files that make a program: the one that is run, and those that the setting `memoryAtlas.run.files` or the command
 * *Choose Program* adds.
 */
import { Uri, l10n, window, workspace } from 'vscode';
import type { QuickPickItem, TextDocument } from 'vscode';
import type { SourceText } from '../protocol/messages.ts';
import { joinWords, splitWords } from '../session/shell-words.ts';
import { store } from './machine-settings.ts';
import { programName } from './program-name.ts';
import { headersOf, readText } from './workspace-headers.ts';

/** Most .c files that the command offers. */
const offered = 1000;

/** The sources of a program with the headers that they include. */
export interface ProgramSources {
  readonly files: readonly SourceText[];
  readonly headers: readonly SourceText[];
  /** Of the files and of the headers. */
  readonly uris: readonly Uri[];
  /** Names of the setting that are no files. */
  readonly missing: readonly string[];
}

/** Names in the setting: relative to the folder of the file that is run. */
function namesFor(document: TextDocument): readonly string[] {
  const value: unknown = workspace.getConfiguration('memoryAtlas', document.uri).get('run.files');
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];
}

/** Names of the program's files in the order in which they are linked. A file that the setting does not name is a program of its own. */
function linkedNames(document: TextDocument): readonly string[] {
  const own = programName(document.uri);
  const listed = [...new Set(namesFor(document))];
  return listed.includes(own) ? listed : [own];
}

/** Where the program's files should be. */
export function programUris(document: TextDocument): readonly Uri[] {
  const own = programName(document.uri);
  return linkedNames(document).map((name) =>
    name === own ? document.uri : Uri.joinPath(document.uri, '..', name),
  );
}

/** Reads a program in the order in which its files are linked. */
export async function readProgram(document: TextDocument): Promise<ProgramSources> {
  const own = programName(document.uri);
  const folder = Uri.joinPath(document.uri, '..');
  const names = linkedNames(document);
  const files: SourceText[] = [];
  const uris: Uri[] = [];
  const headerUris: Uri[] = [];
  const missing: string[] = [];
  const headers = new Map<string, SourceText>();
  for (const name of names) {
    const uri = name === own ? document.uri : Uri.joinPath(document.uri, '..', name);
    const text = name === own ? document.getText() : await readText(uri);
    if (text === undefined) {
      missing.push(name);
      continue;
    }
    files.push({ name, text });
    uris.push(uri);
    for (const header of await headersOf(folder, { name, text })) {
      if (headers.has(header.name)) continue;
      headers.set(header.name, header);
      headerUris.push(Uri.joinPath(folder, header.name));
    }
  }
  return { files, headers: [...headers.values()], uris: [...uris, ...headerUris], missing };
}

interface Choice extends QuickPickItem {
  readonly name: string;
}

/** Asks which files, arguments and input make the program of a document, and keeps the answers as settings. */
export async function chooseProgram(document: TextDocument): Promise<void> {
  const own = programName(document.uri);
  const folder = Uri.joinPath(document.uri, '..').path.replace(/\/?$/, '/');
  const found = await workspace.findFiles('**/*.c', undefined, offered);
  const chosen = new Set(namesFor(document));
  const items = found
    .filter((uri) => uri.scheme === document.uri.scheme && uri.path.startsWith(folder))
    .map((uri): Choice => {
      const name = uri.path.slice(folder.length);
      return { name, label: name, picked: name === own || chosen.has(name) };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
  const files = await window.showQuickPick(items, {
    title: l10n.t('Memory Atlas: files of the program of {0}', own),
    canPickMany: true,
  });
  if (files === undefined) return;
  const settings = workspace.getConfiguration('memoryAtlas', document.uri);
  const text = await window.showInputBox({
    title: l10n.t('Memory Atlas: arguments of the program'),
    value: joinWords(stringsOf(settings.get('run.args'))),
    prompt: l10n.t('Words as in a shell; quotes keep blanks together.'),
  });
  if (text === undefined) return;
  const picked = files.map(({ name }) => name);
  const names = picked.includes(own) ? picked : [own, ...picked];
  await store('run.files', names.length === 1 && names[0] === own ? undefined : names);
  await store('run.args', text.trim() === '' ? undefined : splitWords(text));
}

const stringsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
