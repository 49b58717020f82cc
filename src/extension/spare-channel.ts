/**
 * A worker that waits for the next run: started while nothing else happens, with the engine loaded and a small program run in
 * it some times, so that what people click is not the first thing that it ever does.
 */
import { window } from 'vscode';
import type { Disposable, ExtensionContext } from 'vscode';
import { PROTOCOL_VERSION } from '../protocol/messages.ts';
import type { RunInputs } from '../protocol/messages.ts';
import type { Platform } from './platform.ts';
import { openChannel } from './session-channel.ts';
import type { SessionChannel } from './session-channel.ts';
import { currentLanguage } from './settings.ts';

/** Milliseconds until a worker is started: activation, or the run that took the last one, has come to rest then. */
const restMs = 1500;

/** How often the small program runs: from then on a run takes a third of the first one's time, and hardly gets faster. */
const warmUpRounds = 5;

/** Uses what most programs use. */
const warmUp: RunInputs = {
  files: [
    {
      name: 'warm-up.c',
      text: `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct node { struct node *next; char name[8]; };
int main(void) {
  struct node *head = 0;
  for (int i = 0; i < 20; i++) {
    struct node *n = malloc(sizeof *n);
    strcpy(n->name, "n");
    n->next = head;
    head = n;
  }
  printf("%s %p\\n", head->name, (void *)head);
  while (head) { struct node *next = head->next; free(head); head = next; }
  return 0;
}
`,
    },
  ],
  headers: [],
  args: [],
  environment: [],
  stdin: '',
  stdoutKind: 'terminal',
  programPath: './warm-up',
  target: 'x86_64',
  glibc: '2.36',
  limits: { fuel: 1e6, memoryBytes: 2 ** 26, outputBytes: 1e4, events: 1e4 },
};

interface Spare {
  readonly channel: Promise<SessionChannel>;
  /** Takes what the worker's end is told to. */
  onFailure: (reason: string) => void;
}

/** Keeps one worker ready while a C file is shown. */
export class SpareChannel implements Disposable {
  readonly #context: ExtensionContext;
  readonly #platform: Platform;
  readonly #subscription: Disposable;
  #spare: Spare | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;

  constructor(context: ExtensionContext, platform: Platform) {
    this.#context = context;
    this.#platform = platform;
    this.#subscription = window.onDidChangeVisibleTextEditors(() => {
      this.#prepareSoon();
    });
    this.#prepareSoon();
  }

  /**
   * The worker that waits, or a new one; it speaks the language of the window.
   *
   * @param onFailure - called when the worker ends by itself; requests that wait have been refused then
   */
  async take(onFailure: (reason: string) => void): Promise<SessionChannel> {
    const spare = this.#spare ?? this.#start();
    this.#spare = undefined;
    spare.onFailure = onFailure;
    this.#prepareSoon();
    return spare.channel;
  }

  #prepareSoon(): void {
    clearTimeout(this.#timer);
    if (this.#isDisposed) return;
    this.#timer = setTimeout(() => {
      const showsC = window.visibleTextEditors.some(({ document }) => document.languageId === 'c');
      if (showsC && this.#spare === undefined) void this.#prepare();
    }, restMs);
  }

  async #prepare(): Promise<void> {
    const spare = this.#start();
    this.#spare = spare;
    spare.onFailure = () => {
      if (this.#spare === spare) this.#spare = undefined;
    };
    try {
      const { client } = await spare.channel;
      // Each time the engine's code is faster; the worker may be taken in between.
      for (let round = 0; round < warmUpRounds && this.#spare === spare; round++)
        await client.request('run', { inputs: warmUp }, 0);
    } catch {
      // Whoever runs a program then starts another worker, and hears why that one fails.
      if (this.#spare === spare) this.#spare = undefined;
    }
  }

  #start(): Spare {
    const spare: Spare = {
      channel: this.#open((reason) => {
        spare.onFailure(reason);
      }),
      onFailure: () => undefined,
    };
    return spare;
  }

  async #open(onFailure: (reason: string) => void): Promise<SessionChannel> {
    const channel = await openChannel(this.#context, this.#platform, onFailure);
    // Requests are answered in order: nobody has to wait for this one. It fails only with the worker.
    const greeting = { protocolVersion: PROTOCOL_VERSION, language: currentLanguage() };
    channel.client.request('hello', greeting).catch(() => undefined);
    return channel;
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    const spare = this.#spare;
    this.#spare = undefined;
    void spare?.channel.then(
      ({ client, worker }) => {
        client.close('stopped');
        worker.terminate();
      },
      () => undefined,
    );
  }
}
