/**
 * The samples that come with the extension, each opened as a new document of the user's own.
 */
import { Uri, l10n, window, workspace } from 'vscode';
import type { QuickPickItem, TextDocument } from 'vscode';

interface Sample extends QuickPickItem {
  readonly file: string;
}

const samples = (): readonly Sample[] => [
  { file: 'segments.c', label: l10n.t('Segments'), detail: l10n.t('where each kind of variable lives') },
  { file: 'malloc-one.c', label: 'malloc(1)', detail: l10n.t('132 KiB of heap for one byte') },
  {
    file: 'malloc-128k.c',
    label: l10n.t('brk and mmap'),
    detail: l10n.t('the threshold between heap and mapping'),
  },
  {
    file: 'touch-pages.c',
    label: l10n.t('Demand paging'),
    detail: l10n.t('a page gets a frame at its first touch'),
  },
  {
    file: 'linked-list.c',
    label: l10n.t('Linked list'),
    detail: l10n.t('many small chunks, and where freed ones go'),
  },
  {
    file: 'errors.c',
    label: l10n.t('Mistakes with memory'),
    detail: l10n.t('overflows that run fine, a leak, a use after free'),
  },
];

/** Asks for a sample and opens a copy of it; `undefined` when the user does not choose. */
export async function openSample(extensionUri: Uri): Promise<TextDocument | undefined> {
  const chosen = await window.showQuickPick(samples(), { title: l10n.t('Memory Atlas: open a sample') });
  if (chosen === undefined) return undefined;
  const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'media', 'examples', chosen.file));
  const document = await workspace.openTextDocument({
    language: 'c',
    content: new TextDecoder().decode(bytes),
  });
  await window.showTextDocument(document);
  return document;
}
