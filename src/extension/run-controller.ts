/**
 * The one run that the window shows: starts its worker, moves it in time, tells all faces.
 *
 * Faces (map, timeline, editor marks) never talk to the worker themselves: they send their requests here, so that one
 * step moves them all.
 */
import {
  CancellationTokenSource,
  EventEmitter,
  ProgressLocation,
  commands,
  l10n,
  window,
  workspace,
} from 'vscode';
import type { Disposable, ExtensionContext, TextDocument, Uri } from 'vscode';
import type {
  Delta,
  ImageFormat,
  NavigationTarget,
  NotificationEnvelope,
  Params,
  ProblemView,
  RequestName,
  Result,
  RunInputs,
  StepKind,
} from '../protocol/messages.ts';
import { PROTOCOL_VERSION } from '../protocol/messages.ts';
import type { LessonRequests, MomentView } from '../protocol/lessons.ts';
import type { EventView, Snapshot } from '../protocol/view-model.ts';
import { RequestError } from '../session/channel.ts';
import { LookAhead } from '../session/look-ahead.ts';
import type { LookAheadHost } from '../session/look-ahead.ts';
import type { SharedInputs } from '../session/shared-run.ts';
import { snapshotDelta } from '../session/snapshot-delta.ts';
import type { ProcessView } from '../protocol/process-view.ts';
import type { RequestClient } from '../session/channel.ts';
import { programPathFor } from '../session/program-path.ts';
import { readProgram } from './program-files.ts';
import { programName } from './program-name.ts';
import { glibcSettings } from './glibc-settings.ts';
import { machineSwitches } from './machine-settings.ts';
import type { Platform } from './platform.ts';
import type { SessionChannel } from './session-channel.ts';
import { SpareChannel } from './spare-channel.ts';
import { compileSwitches, currentLanguage, mayReadWorkspace, runLimits, runSettings } from './settings.ts';
import { collectDataFiles } from './workspace-files.ts';

/** A run that is open. */
export interface OpenRun {
  readonly uri: Uri;
  readonly snapshot: Snapshot;
}

/** Where the workspace remembers the program that was run last. */
const lastProgramKey = 'memoryAtlas.lastProgram';

/** Owns the run. */
export class RunController implements Disposable {
  readonly #context: ExtensionContext;
  readonly #platform: Platform;
  readonly #changed = new EventEmitter<OpenRun | undefined>();
  readonly #opened = new EventEmitter<OpenRun>();
  readonly #notified = new EventEmitter<NotificationEnvelope>();
  readonly #problems = new EventEmitter<{ readonly uri: Uri; readonly problems: readonly ProblemView[] }>();
  readonly #subscriptions: Disposable[] = [];
  readonly #spare: SpareChannel;
  #connection: SessionChannel | undefined;
  #run: OpenRun | undefined;
  /** Addresses of the files that the run was made of. */
  #programUris: ReadonlySet<string> = new Set();
  #inputs: RunInputs | undefined;
  #processes: readonly ProcessView[] = [];
  /** Settings that came with a program from a link, by its document. */
  readonly #shared = new Map<string, SharedInputs>();
  /** What the map marks, by who said so, with the event that was shown then. */
  readonly #marks = new Map<
    NotificationEnvelope<'mark'>['params']['by'],
    { readonly params: NotificationEnvelope<'mark'>['params']; readonly index: number | undefined }
  >();
  #generation = 0;
  #seq = 0;
  /** Number of the run that was asked for last: an older one that comes to its end has nothing to say any more. */
  #attempt = 0;
  /** Whether the worker is making a run, or has made a large one, whose memory is better given back with it. */
  #isWorn = false;
  /** Moves that are under way. */
  #moves = 0;
  #lookAhead: LookAhead<SessionChannel> | undefined;
  /** The run that is being made. */
  #running: Promise<OpenRun | undefined> | undefined;
  /** Serialises moves: a key held down must not pile up requests. */
  #isMoving = false;
  /** Whether the run is hidden from all faces. */
  #isVeiled = false;

  /** The current moment, or that there is no run any more. */
  readonly onDidChange = this.#changed.event;
  /** A new run is shown. */
  readonly onDidOpen = this.#opened.event;
  /** Notifications of the session, to be passed on to webviews. */
  readonly onDidNotify = this.#notified.event;
  /** What the compiler said about the program of a run. */
  readonly onDidFindProblems = this.#problems.event;

  constructor(context: ExtensionContext, platform: Platform) {
    this.#context = context;
    this.#platform = platform;
    this.#spare = new SpareChannel(context, platform);
    this.#subscriptions.push(
      this.#spare,
      this.#changed,
      this.#opened,
      this.#notified,
      this.#problems,
      workspace.onDidChangeTextDocument((event) => {
        if (event.contentChanges.length > 0) this.#markStale(event.document.uri);
      }),
    );
  }

  /** The run that faces show; none while answers are hidden. */
  get current(): OpenRun | undefined {
    return this.#isVeiled ? undefined : this.#run;
  }

  /** Whether a run is open, shown or not. */
  get hasRun(): boolean {
    return this.#run !== undefined;
  }

  /** Address of the program of the open run, shown or not. */
  get runUri(): Uri | undefined {
    return this.#run?.uri;
  }

  /**
   * Hides the run from all faces, or shows it again: while a question of an exam is open, nothing may tell the answer.
   * Lessons and questions go on.
   */
  setVeiled(isVeiled: boolean): void {
    if (this.#isVeiled === isVeiled) return;
    this.#isVeiled = isVeiled;
    const run = this.#run;
    if (run === undefined) return;
    if (isVeiled) void this.#tellClosed();
    else this.#show(run.uri, run.snapshot);
  }

  /** Asks the session about lessons and predictions, also while the run is hidden. @throws RequestError */
  async request<Name extends keyof LessonRequests>(
    name: Name,
    params: LessonRequests[Name]['params'],
  ): Promise<LessonRequests[Name]['result']> {
    const client = this.#connection?.client;
    if (client === undefined) throw new RequestError('no-program', 'no program is running');
    return this.#counted(client.request(name, params as Params<Name>));
  }

  /** Moves to a moment that a question names, also while the run is hidden. */
  async goTo(moment: MomentView): Promise<void> {
    const client = this.#connection?.client;
    if (client === undefined) return;
    await this.#counted<unknown>(
      typeof moment === 'number'
        ? client.request('seek', { index: moment })
        : client.request('seekStep', { step: moment.step }),
    );
  }

  /** Whether a document is one of the files that the open run was made of. */
  isMadeOf(uri: Uri): boolean {
    return this.#run !== undefined && this.#programUris.has(uri.toString());
  }

  /** Address of the document that was run last in this workspace, also before the window was loaded anew. */
  get lastProgram(): string | undefined {
    return this.#context.workspaceState.get<string>(lastProgramKey);
  }

  /** What the open run was made of. */
  get currentInputs(): RunInputs | undefined {
    return this.current === undefined ? undefined : this.#inputs;
  }

  /** The processes that the open run has made, in that order. */
  get processes(): readonly ProcessView[] {
    return this.current === undefined ? [] : this.#processes;
  }

  /** The process that is shown, where it is not the first one. */
  get shownProcess(): ProcessView | undefined {
    const { process = 1 } = this.#inputs ?? {};
    return process === 1 ? undefined : this.processes[process - 1];
  }

  /** Runs a program that came with its settings; a later run of the same document has them, too. */
  runShared(document: TextDocument, shared: SharedInputs): Promise<OpenRun | undefined> {
    this.#shared.set(document.uri.toString(), shared);
    return this.run(document);
  }

  /** Runs the open program again as it is written now, and goes to the event at which it stood. */
  async runAgain(): Promise<OpenRun | undefined> {
    const run = this.#run;
    if (run === undefined) return undefined;
    const { index } = run.snapshot.position;
    const document = await workspace.openTextDocument(run.uri);
    const again = await this.run(document, this.#inputs?.process);
    if (again !== undefined) await this.seek(Math.min(index, again.snapshot.position.count - 1));
    return this.#run;
  }

  /**
   * Compiles and runs a document's program, with progress and a way to cancel.
   *
   * @param process - the one that is recorded, from 1; else what the program's settings say, the first one where they say
   * nothing, or where there is none of that number
   */
  async run(document: TextDocument, process?: number): Promise<OpenRun | undefined> {
    const running = this.#make(document, process);
    this.#running = running;
    try {
      return await running;
    } finally {
      if (this.#running === running) this.#running = undefined;
    }
  }

  async #make(document: TextDocument, process: number | undefined): Promise<OpenRun | undefined> {
    const attempt = ++this.#attempt;
    this.#disconnectUnlessUseful();
    void this.#context.workspaceState.update(lastProgramKey, document.uri.toString());
    const { inputs: given, uris } = await this.inputsOf(document);
    const inputs = process === undefined ? given : { ...given, process };
    this.#programUris = new Set(uris.map(String));
    this.#inputs = inputs;
    this.#processes = [];
    if (attempt !== this.#attempt) return undefined;
    const cancel = new CancellationTokenSource();
    cancel.token.onCancellationRequested(() => {
      this.#disconnect();
    });
    const began = Date.now();
    try {
      this.#isWorn = true;
      const result = await withPatientProgress(
        l10n.t('Memory Atlas: running {0}', programName(document.uri)),
        cancel,
        this.#start(inputs),
      );
      this.#isWorn = (result.snapshot?.position.count ?? 0) > mostLightEvents;
      this.#problems.fire({
        uri: document.uri,
        problems: [...result.problems, ...(await this.#notModelled(result.snapshot, result.problems))],
      });
      if (result.problems.some(({ code }) => code === 'no-process')) return await this.#make(document, 1);
      this.#processes = result.processes ?? [];
      if (result.snapshot === undefined) {
        await this.stop();
        void this.#reportErrors(document, result.problems);
        return undefined;
      }
      this.#show(document.uri, result.snapshot);
      if (Date.now() - began > longRunMs) this.#startLookingAhead(result.snapshot, inputs);
      return this.#run;
    } catch (error) {
      if (attempt !== this.#attempt) return undefined;
      await this.stop();
      const isOver = error instanceof RequestError && error.code === 'cancelled';
      if (!isOver && !cancel.token.isCancellationRequested) void this.#reportFailure(error);
      return undefined;
    } finally {
      cancel.dispose();
    }
  }

  async #start(inputs: RunInputs): Promise<Result<'run'>> {
    const { client } = this.#connection ?? (await this.#connect());
    return client.request('run', { inputs }, 0);
  }

  /** What stopped the run because the simulation lacks it, as a problem at its line. */
  async #notModelled(
    snapshot: Snapshot | undefined,
    known: readonly ProblemView[],
  ): Promise<readonly ProblemView[]> {
    const client = this.#connection?.client;
    if (client === undefined || snapshot?.outcome.kind !== 'unsupported') return [];
    const last = snapshot.position.count - 1;
    const { events } = await client.request('events', { from: last, count: 1, kinds: undefined, near: last });
    const place = events[0]?.place;
    if (place === undefined) return [];
    // The compiler may have named it already.
    const isKnown = known.some(
      (one) =>
        one.severity === 'unsupported' && one.place.file === place.file && one.place.line === place.line,
    );
    if (isKnown) return [];
    return [
      {
        place,
        endLine: place.line + 1,
        endColumn: 1,
        severity: 'unsupported',
        code: 'not-modelled',
        text: snapshot.outcome.text,
      },
    ];
  }

  /** Moves to the state right after an event. */
  async seek(index: number): Promise<void> {
    await this.#move((client) => client.request('seek', { index }));
  }

  /** Moves by a number of events of a kind; negative goes back. */
  async step(kind: StepKind, count: number): Promise<void> {
    await this.#move((client) => client.request('step', { kind, count }));
  }

  /** Goes to where something is found; undefined when no program is running, or another move is under way. */
  async navigate(
    target: NavigationTarget,
    direction: Params<'navigate'>['direction'],
  ): Promise<Result<'navigate'> | undefined> {
    let found: Result<'navigate'> | undefined;
    await this.#move(async (client) => {
      found = await client.request('navigate', { target, direction }, 0);
    });
    return found;
  }

  /** The value of a C expression in the innermost frame; undefined when no program is running. */
  async evaluate(expression: string): Promise<Result<'evaluate'> | undefined> {
    const client = this.#connection?.client;
    if (client === undefined || this.current === undefined) return undefined;
    return client.request('evaluate', { expression, frame: 0 });
  }

  /** Some of the events, of all kinds, from one on; none when no program is running. */
  async events(from: number, count: number): Promise<readonly EventView[]> {
    const client = this.#connection?.client;
    if (client === undefined || this.current === undefined) return [];
    return (await client.request('events', { from, count, kinds: undefined, near: from })).events;
  }

  /** What differs between the states right after two events. */
  async compare(from: number, to: number): Promise<Result<'compare'> | undefined> {
    const client = this.#connection?.client;
    if (client === undefined || this.current === undefined) return undefined;
    return this.#counted(client.request('compare', { from, to }));
  }

  /** The run in one page of Markdown. */
  async report(): Promise<string | undefined> {
    const client = this.#connection?.client;
    if (client === undefined || this.current === undefined) return undefined;
    return (await client.request('report', {})).text;
  }

  /** Text of /proc/self/maps at the current event. */
  async maps(): Promise<string | undefined> {
    const client = this.#connection?.client;
    if (client === undefined || this.current === undefined) return undefined;
    return (await client.request('maps', {})).text;
  }

  /** Has the map that is open show an address, or what has a name. */
  requestShow(text: string): void {
    this.#notified.fire({ type: 'notification', name: 'showInMap', params: { text } });
  }

  /** What the map marks: a view that is shown again asks for it. The differences are those of one moment. */
  get marks(): readonly NotificationEnvelope<'mark'>[] {
    const run = this.current;
    if (run === undefined) return [];
    return [...this.#marks.values()]
      .filter(({ index, params }) => params.by === 'editor' || index === run.snapshot.position.index)
      .map(({ params }) => ({ type: 'notification', name: 'mark', params }));
  }

  /** Has the map mark something. */
  requestMark(params: NotificationEnvelope<'mark'>['params']): void {
    this.#marks.set(params.by, { params, index: this.current?.snapshot.position.index });
    this.#notified.fire({ type: 'notification', name: 'mark', params });
  }

  /** Has the map that is open saved as a picture. */
  requestExport(format: ImageFormat, scale: number): void {
    this.#notified.fire({ type: 'notification', name: 'exportMap', params: { format, scale } });
  }

  /** Closes the run. */
  async stop(): Promise<void> {
    this.#disconnect();
    this.#run = undefined;
    await this.#tellClosed();
  }

  async #tellClosed(): Promise<void> {
    this.#notified.fire({ type: 'notification', name: 'closed', params: { generation: this.#generation } });
    this.#changed.fire(undefined);
    await commands.executeCommand('setContext', 'memoryAtlas.hasRun', false);
  }

  /**
   * Answers a request of a webview.
   *
   * @throws RequestError with the code to answer with
   */
  async answer(name: RequestName, params: unknown): Promise<Result<RequestName>> {
    if (name === 'hello') {
      const { protocolVersion } = params as Params<'hello'>;
      if (protocolVersion !== PROTOCOL_VERSION) {
        throw new RequestError('version-mismatch', `this is protocol ${String(PROTOCOL_VERSION)}`);
      }
      // A view that is opened for a run that is being made waits for it, rather than show that there is none.
      if (this.#running !== undefined)
        await Promise.race([this.#running.catch(() => undefined), rest(greetingMs)]);
      return { generation: this.#generation, seq: this.#seq, snapshot: this.current?.snapshot };
    }
    const client = this.#connection?.client;
    if (client === undefined || this.current === undefined)
      throw new RequestError('no-program', 'no program is running');
    if (name === 'run') throw new RequestError('bad-request', 'a run is started by the command');
    if (!moves.has(name)) return client.request(name, params as never);
    return this.#counted(client.request(name, params as never));
  }

  /** What a run of a document's program is made of, by the settings, and the addresses of its files. */
  async inputsOf(
    document: TextDocument,
  ): Promise<{ readonly inputs: RunInputs; readonly uris: readonly Uri[] }> {
    const uri = document.uri;
    const shared = this.#shared.get(uri.toString());
    if (shared !== undefined) {
      const [first, ...others] = shared.files;
      const own = { name: first?.name ?? programName(uri), text: document.getText() };
      return { inputs: { ...shared, files: [own, ...others], limits: runLimits(uri) }, uris: [uri] };
    }
    const program = await readProgram(document);
    if (program.missing.length > 0) {
      void window.showWarningMessage(
        l10n.t('Memory Atlas: files of the program were not found: {0}', program.missing.join(', ')),
      );
    }
    const { target, glibc, environment } = glibcSettings(this.#platform, uri);
    const settings = runSettings(uri);
    const inputs: RunInputs = {
      files: program.files,
      ...(mayReadWorkspace(uri) ? { dataFiles: await collectDataFiles(uri) } : {}),
      headers: program.headers,
      ...settings,
      environment: [...settings.environment, ...environment],
      stdoutKind: 'terminal',
      programPath: programPathFor(programName(uri)),
      target,
      glibc,
      limits: runLimits(uri),
      compile: compileSwitches(uri),
      machine: machineSwitches(uri),
    };
    return { inputs, uris: program.uris };
  }

  async #connect(): Promise<SessionChannel> {
    const channel = await this.#openChannel();
    this.#connection = channel;
    return channel;
  }

  /** A worker for a run: that of the run that is shown, or of one that looks ahead in it. */
  async #openChannel(): Promise<SessionChannel> {
    const opened: { channel?: SessionChannel } = {};
    const channel = await this.#spare.take((reason) => {
      if (opened.channel !== undefined && opened.channel !== this.#connection) {
        this.#lookAhead?.forget(opened.channel);
        return;
      }
      this.#connection = undefined;
      void this.stop();
      void window.showErrorMessage(l10n.t('Memory Atlas: the simulation stopped unexpectedly: {0}', reason));
    });
    opened.channel = channel;
    channel.client.listen((message) => {
      if (channel === this.#connection) this.#receive(message);
    });
    return channel;
  }

  /** A worker that has nothing to do and made a small run goes on with the next one: nothing is as warm as it is. */
  #disconnectUnlessUseful(): void {
    if (this.#isWorn || this.#connection?.client.isIdle !== true) this.#disconnect();
  }

  #disconnect(): void {
    this.#lookAhead?.dispose();
    this.#lookAhead = undefined;
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection !== undefined) closeChannel(connection);
  }

  /** In a run that takes long, another worker makes what comes next while one steps. */
  #startLookingAhead(snapshot: Snapshot, inputs: RunInputs): void {
    const host: LookAheadHost<SessionChannel> = {
      current: () => {
        const connection = this.#connection;
        if (connection === undefined) throw new RequestError('cancelled', 'the run is closed');
        return connection;
      },
      shownEvent: () => {
        const { position, step } = this.#run?.snapshot ?? {};
        return step === undefined ? position?.index : undefined;
      },
      isMoving: () => this.#moves > 0,
      open: () => this.#openChannel(),
      replace: (next, shown) => {
        this.#connection = next;
        const run = this.#run;
        if (run === undefined) return;
        // Whether the text was edited since is what the window knows.
        const delta = snapshotDelta(run.snapshot, { ...shown, program: run.snapshot.program });
        if (Object.keys(delta).length > 0) this.#publish(delta);
      },
      close: closeChannel,
    };
    this.#lookAhead = new LookAhead(host, inputs, currentLanguage(), snapshot.position.index);
  }

  #receive(message: NotificationEnvelope): void {
    if (message.name === 'changed')
      this.#publish((message.params as NotificationEnvelope<'changed'>['params']).delta);
  }

  /** Applies a change and tells all faces; the numbers that they check for gaps are this window's own. */
  #publish(delta: Delta): void {
    if (this.#run === undefined) return;
    this.#seq += 1;
    this.#run = { uri: this.#run.uri, snapshot: { ...this.#run.snapshot, ...delta } };
    if (this.#isVeiled) return;
    const params = { generation: this.#generation, seq: this.#seq, delta };
    this.#notified.fire({ type: 'notification', name: 'changed', params });
    this.#changed.fire(this.#run);
    if (delta.position !== undefined) void this.#lookAhead?.moved(delta.position.index);
  }

  #show(uri: Uri, snapshot: Snapshot): void {
    this.#generation += 1;
    this.#seq = 0;
    this.#marks.clear();
    this.#run = { uri, snapshot };
    if (this.#isVeiled) return;
    const params = { generation: this.#generation, seq: this.#seq, snapshot };
    this.#notified.fire({ type: 'notification', name: 'opened', params });
    this.#changed.fire(this.#run);
    void commands.executeCommand('setContext', 'memoryAtlas.hasRun', true);
    this.#opened.fire(this.#run);
  }

  /** Counts a move while it is under way. */
  async #counted<T>(move: Promise<T>): Promise<T> {
    this.#moves += 1;
    try {
      return await move;
    } finally {
      this.#moves -= 1;
    }
  }

  async #move(request: (client: RequestClient) => Promise<unknown>): Promise<void> {
    const client = this.#connection?.client;
    if (client === undefined || this.current === undefined || this.#isMoving) return;
    this.#isMoving = true;
    try {
      await this.#counted(request(client));
    } catch (error) {
      if (!(error instanceof RequestError && error.code === 'cancelled')) await this.#reportFailure(error);
    } finally {
      this.#isMoving = false;
    }
  }

  #markStale(uri: Uri): void {
    const run = this.#run;
    if (run === undefined || !this.#programUris.has(uri.toString()) || run.snapshot.program.isStale) return;
    this.#publish({ program: { ...run.snapshot.program, isStale: true } });
  }

  async #reportErrors(document: TextDocument, problems: readonly ProblemView[]): Promise<void> {
    const first = problems.find((problem) => problem.severity === 'error');
    const text =
      first === undefined
        ? l10n.t(
            'Memory Atlas: there is nothing to run in {0}: it has no main function.',
            programName(document.uri),
          )
        : l10n.t(
            'Memory Atlas cannot run {0}: line {1}: {2}',
            first.place.file,
            first.place.line,
            first.text,
          );
    const show = l10n.t('Show Problems');
    const choice = await window.showErrorMessage(text, ...(first === undefined ? [] : [show]));
    if (choice === show) await commands.executeCommand('workbench.actions.view.problems');
  }

  async #reportFailure(error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    await window.showErrorMessage(l10n.t('Memory Atlas: the run failed: {0}', reason));
  }

  dispose(): void {
    this.#disconnect();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }
}

/** Events of a run at most whose worker makes another one: then its recording and the pages that it touched are small. */
const mostLightEvents = 10_000;

/** A run that took more milliseconds is made again ahead of time where steps will go. */
const longRunMs = 400;

/** Requests that go to another moment, or may for a while. */
const moves: ReadonlySet<RequestName> = new Set([
  'seek',
  'seekStep',
  'step',
  'navigate',
  'compare',
  'forecastTrim',
]);

function closeChannel({ client, worker }: SessionChannel): void {
  client.close('stopped');
  worker.terminate();
}

/** Milliseconds for which a view that asks for everything waits for a run that is being made. */
const greetingMs = 3000;

const rest = (timeMs: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, timeMs);
  });

/** Milliseconds before a run says that it is under way: most are over by then, and a flash would only disturb. */
const patienceMs = 500;

/** Waits for work, and shows a notification with a way to cancel when it takes long. */
async function withPatientProgress<T>(
  title: string,
  cancel: CancellationTokenSource,
  work: Promise<T>,
): Promise<T> {
  const timer = setTimeout(() => {
    void window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      async (_progress, token) => {
        token.onCancellationRequested(() => {
          cancel.cancel();
        });
        await work.catch(() => undefined);
      },
    );
  }, patienceMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
