/**
 * *Compare two glibc releases*: the program runs with the malloc of either, and the two lists of events stand beside each
 * other in the workbench's own difference editor.
 */
import { ProgressLocation, Uri, commands, l10n, window, workspace } from 'vscode';
import type { CancellationToken, Disposable, ExtensionContext, TextDocument } from 'vscode';
import { glibcReleases } from '../core/target/glibc-release.ts';
import type { RunInputs } from '../protocol/messages.ts';
import { PROTOCOL_VERSION } from '../protocol/messages.ts';
import type { EventView } from '../protocol/view-model.ts';
import type { Platform } from './platform.ts';
import type { RunController } from './run-controller.ts';
import { openChannel } from './session-channel.ts';
import { currentLanguage } from './settings.ts';

const scheme = 'memory-atlas-trace';

/** Events that are asked for at once, and that a list has at most. */
const pageSize = 5000;
const mostEvents = 200_000;

/** Makes the lists and shows them. */
export class ReleaseComparison implements Disposable {
  readonly #context: ExtensionContext;
  readonly #platform: Platform;
  readonly #controller: RunController;
  /** Texts by the address of their document. */
  readonly #texts = new Map<string, string>();
  readonly #provider: Disposable;
  #count = 0;

  constructor(context: ExtensionContext, platform: Platform, controller: RunController) {
    this.#context = context;
    this.#platform = platform;
    this.#controller = controller;
    this.#provider = workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
    });
  }

  /** Asks for the other release, runs both, and opens the difference. */
  async compare(document: TextDocument): Promise<void> {
    const { inputs } = await this.#controller.inputsOf(document);
    const names: readonly string[] = glibcReleases.map(({ name }) => name).reverse();
    const other = await window.showQuickPick(
      names.filter((name) => name !== inputs.glibc),
      { title: l10n.t('Memory Atlas: compare glibc {0} with …', inputs.glibc) },
    );
    if (other === undefined) return;
    const [older = '', newer = ''] = [inputs.glibc, other].sort(
      (a, b) => names.indexOf(b) - names.indexOf(a),
    );
    const lists = await window.withProgress(
      {
        location: ProgressLocation.Notification,
        title: l10n.t('Memory Atlas: running with glibc {0} and {1}', older, newer),
        cancellable: true,
      },
      async (_progress, token) => {
        const first = await this.#list({ ...inputs, glibc: older }, token);
        return first === undefined
          ? undefined
          : [first, await this.#list({ ...inputs, glibc: newer }, token)];
      },
    );
    const [before, after] = lists ?? [];
    if (before === undefined || after === undefined) return;
    this.#count += 1;
    const left = this.#keep(older, before);
    const right = this.#keep(newer, after);
    const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
    await commands.executeCommand('vscode.diff', left, right, `${name}: glibc ${older} ↔ ${newer}`, {
      preview: true,
    });
  }

  #keep(release: string, text: string): Uri {
    const uri = Uri.from({ scheme, path: `/${String(this.#count)}/glibc-${release}.txt` });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  /** The events of a run as lines; undefined when it was cancelled or the program does not compile. */
  async #list(inputs: RunInputs, token: CancellationToken): Promise<string | undefined> {
    // A worker that fails refuses the requests that wait.
    const { worker, client } = await openChannel(this.#context, this.#platform, () => undefined);
    const end = (): void => {
      client.close('stopped');
      worker.terminate();
    };
    const cancelled = token.onCancellationRequested(end);
    try {
      await client.request('hello', { protocolVersion: PROTOCOL_VERSION, language: currentLanguage() });
      const { snapshot, problems } = await client.request('run', { inputs }, 0);
      if (snapshot === undefined) {
        const text = problems.find(({ severity }) => severity === 'error')?.text ?? '';
        void window.showErrorMessage(l10n.t('Memory Atlas: the program cannot run: {0}', text));
        return undefined;
      }
      const events: EventView[] = [];
      const count = Math.min(snapshot.position.count, mostEvents);
      while (events.length < count) {
        const page = await client.request('events', {
          from: events.length,
          count: pageSize,
          kinds: undefined,
          near: 0,
        });
        if (page.events.length === 0) break;
        events.push(...page.events);
      }
      const { outcome } = snapshot;
      const rest =
        snapshot.position.count > count ? [l10n.t('… {0} more events', snapshot.position.count - count)] : [];
      return [...events.map(lineOf), ...rest, outcome.text, ''].join('\n');
    } catch (error) {
      if (!token.isCancellationRequested) {
        const reason = error instanceof Error ? error.message : String(error);
        void window.showErrorMessage(l10n.t('Memory Atlas: the run failed: {0}', reason));
      }
      return undefined;
    } finally {
      cancelled.dispose();
      end();
    }
  }

  dispose(): void {
    this.#provider.dispose();
  }
}

/** `program.c:12  malloc(24) = 0x5555555592a0`; without numbers, so that one event more moves no other line. */
function lineOf({ place, text }: EventView): string {
  const where = place === undefined ? '' : `${place.file}:${String(place.line)}`;
  return `${where.padEnd(20)}  ${text}`;
}
