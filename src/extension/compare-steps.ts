/**
 * *Compare two steps*: what differs between the current event and another one, as text and as marks in the map.
 */
import { ViewColumn, l10n, window, workspace } from 'vscode';
import type { QuickPickItem } from 'vscode';
import type { RunController } from './run-controller.ts';

/** Events that the list offers: those around the current one. */
const offered = 2000;

interface Choice extends QuickPickItem {
  readonly index: number;
}

/** Asks for the other event and shows the difference. */
export async function compareSteps(controller: RunController): Promise<void> {
  const run = controller.current;
  if (run === undefined) return;
  const { index, count } = run.snapshot.position;
  const from = Math.max(0, Math.min(index - offered / 2, count - offered));
  const events = await controller.events(from, offered);
  const items = events
    .filter((event) => event.index !== index)
    .map((event): Choice => ({
      index: event.index,
      label: `${String(event.index + 1)}  ${event.text}`,
      ...(event.place === undefined
        ? {}
        : { description: `${event.place.file}:${String(event.place.line)}` }),
    }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Memory Atlas: compare event {0} with …', index + 1),
    matchOnDescription: true,
  });
  if (chosen === undefined) return;
  const [before, after] = [Math.min(index, chosen.index), Math.max(index, chosen.index)];
  const found = await controller.compare(before, after);
  if (found === undefined) return;
  const title = l10n.t('From event {0} to event {1}', before + 1, after + 1);
  controller.requestMark({ by: 'comparison', title, marks: found.marks, count: found.markCount });
  const document = await workspace.openTextDocument({
    language: 'diff',
    content: `${title}\n\n${found.text}`,
  });
  // Among the sources: beside them is the map, which marks the differences.
  const viewColumn = window.visibleTextEditors[0]?.viewColumn ?? ViewColumn.Beside;
  await window.showTextDocument(document, { viewColumn, preserveFocus: true, preview: true });
}
