/**
 * The events of the run as JSON in a document of their own, as the command line prints them (`memory-atlas trace --json`).
 */
import { ProgressLocation, l10n, window, workspace } from 'vscode';
import type { EventView } from '../protocol/view-model.ts';
import type { RunController } from './run-controller.ts';

/** Events that are asked for at once. */
const pageSize = 500;
/** Events of a document that an editor still likes to open. */
const mostEvents = 200_000;

/** Collects the events of the open run and shows them. */
export async function exportTrace(controller: RunController): Promise<void> {
  const count = Math.min(controller.current?.snapshot.position.count ?? 0, mostEvents);
  const events = await window.withProgress(
    {
      location: ProgressLocation.Notification,
      title: l10n.t('Memory Atlas: collecting events'),
      cancellable: true,
    },
    async (progress, token) => {
      const collected: EventView[] = [];
      while (collected.length < count) {
        if (token.isCancellationRequested) return undefined;
        const page = await controller.events(collected.length, pageSize);
        if (page.length === 0) break;
        collected.push(...page);
        progress.report({ increment: (100 * page.length) / count });
      }
      return collected;
    },
  );
  if (events === undefined) return;
  const document = await workspace.openTextDocument({
    language: 'json',
    content: `${JSON.stringify(events, undefined, 2)}\n`,
  });
  await window.showTextDocument(document);
}
