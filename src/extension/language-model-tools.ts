/**
 * Tools for language models (chat in VS Code): where an object lives, what calls of malloc return and why, a run in numbers.
 * Their answers are those of the command line: the same analysis, the same engine.
 */
import * as vscode from 'vscode';
import { Uri, l10n, window, workspace } from 'vscode';
import type { CancellationToken, Disposable, ExtensionContext, TextDocument } from 'vscode';
import { PROTOCOL_VERSION } from '../protocol/messages.ts';
import type { ProblemView } from '../protocol/messages.ts';
import type { EventView } from '../protocol/view-model.ts';
import type { RequestClient } from '../session/channel.ts';
import type { AnalysisService } from './analysis-service.ts';
import type { Platform } from './platform.ts';
import type { RunController } from './run-controller.ts';
import { openChannel } from './session-channel.ts';
import { currentLanguage } from './settings.ts';

/** What VS Code 1.95 and newer has of the language model API; older ones have no tools. */
interface ToolApi {
  readonly lm?: {
    registerTool?: (name: string, tool: Tool) => Disposable;
  };
  readonly LanguageModelTextPart: new (text: string) => object;
  readonly LanguageModelToolResult: new (parts: readonly object[]) => object;
}

interface Tool {
  invoke(options: { readonly input: unknown }, token: CancellationToken): Promise<object>;
  prepareInvocation(): { readonly invocationMessage: string };
}

/** Most calls of malloc whose reasons one answer tells. */
const mostCalls = 40;

/** What the tools work with. */
export interface ToolParts {
  readonly context: ExtensionContext;
  readonly platform: Platform;
  readonly analysis: AnalysisService;
  readonly controller: RunController;
}

/** Registers the tools where VS Code has them. */
export function registerLanguageModelTools(parts: ToolParts): Disposable[] {
  // Before 1.95 the interface was a proposal: what it had of it may not even be called.
  const [major = 0, minor = 0] = vscode.version.split('.').map(Number);
  if (major === 1 && minor < 95) return [];
  const api = vscode as unknown as ToolApi;
  const register = api.lm?.registerTool;
  if (register === undefined) return [];
  const tool = (
    name: string,
    message: string,
    answer: (input: ToolInput, token: CancellationToken) => Promise<string>,
  ): Disposable =>
    register(name, {
      prepareInvocation: () => ({ invocationMessage: message }),
      invoke: async ({ input }, token) => {
        const text = await answer(checkedInput(input), token);
        return new api.LanguageModelToolResult([new api.LanguageModelTextPart(text)]);
      },
    });
  return [
    tool('memory-atlas_where', l10n.t('Looking where it lives'), (input) => whereAnswer(parts, input)),
    tool('memory-atlas_malloc', l10n.t('Running the program and listening to malloc'), (input, token) =>
      withRun(parts, input, token, (run) => mallocAnswer(run, input.line)),
    ),
    tool('memory-atlas_run', l10n.t('Running the program in the simulation'), (input, token) =>
      withRun(parts, input, token, runAnswer),
    ),
  ];
}

/** What a model hands over; see `languageModelTools` in package.json. */
interface ToolInput {
  readonly file: string | undefined;
  readonly source: string | undefined;
  readonly name: string | undefined;
  readonly line: number | undefined;
}

/** Takes what has the right type, and nothing else: models make things up. */
function checkedInput(value: unknown): ToolInput {
  const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const text = (name: string): string | undefined => {
    const field = fields[name];
    return typeof field === 'string' && field !== '' ? field : undefined;
  };
  const { line } = fields;
  return {
    file: text('file'),
    source: text('source'),
    name: text('name'),
    line: typeof line === 'number' && Number.isInteger(line) && line > 0 ? line : undefined,
  };
}

/**
 * The program: a text, a file of the workspace, or what is edited.
 *
 * @throws Error that tells the model what to hand over
 */
async function documentOf({ file, source }: ToolInput): Promise<TextDocument> {
  if (source !== undefined) return workspace.openTextDocument({ language: 'c', content: source });
  if (file !== undefined) {
    for (const folder of workspace.workspaceFolders ?? []) {
      const uri = Uri.joinPath(folder.uri, file);
      // A way out of the workspace is none.
      if (!uri.path.startsWith(`${folder.uri.path.replace(/\/$/, '')}/`)) continue;
      const document = await workspace.openTextDocument(uri).then(
        (opened) => opened,
        () => undefined,
      );
      if (document !== undefined) return document;
    }
    throw new Error(`there is no file ${file} in the workspace`);
  }
  const edited = window.activeTextEditor?.document;
  if (edited?.languageId === 'c') return edited;
  throw new Error('no C file is open: hand over `file` (a path in the workspace) or `source` (the text)');
}

/** Objects, functions, and literals of a program, or those of one name, as `memory-atlas segments --json` has them. */
async function whereAnswer({ analysis: service }: ToolParts, input: ToolInput): Promise<string> {
  const document = await documentOf(input);
  const answer = await service.ask(document, 'where', () => ({ name: input.name }));
  if (answer === undefined) throw new Error('the file is too large to be analysed');
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.json;
}

/** A run to ask. */
interface ToolRun {
  readonly client: RequestClient;
  readonly problems: readonly ProblemView[];
}

/** Runs the program in a worker of its own: what the window shows stays. */
async function withRun(
  { context, platform, controller }: ToolParts,
  input: ToolInput,
  token: CancellationToken,
  answer: (run: ToolRun) => Promise<string>,
): Promise<string> {
  const { inputs } = await controller.inputsOf(await documentOf(input));
  const { worker, client } = await openChannel(context, platform, () => undefined);
  const end = (): void => {
    client.close('stopped');
    worker.terminate();
  };
  const cancelled = token.onCancellationRequested(end);
  try {
    await client.request('hello', { protocolVersion: PROTOCOL_VERSION, language: currentLanguage() });
    const { snapshot, problems } = await client.request('run', { inputs }, 0);
    if (snapshot === undefined) {
      const errors = problems.filter(({ severity }) => severity === 'error').map(problemText);
      throw new Error(`the program cannot run:\n${errors.join('\n') || 'it has no main function'}`);
    }
    return await answer({ client, problems });
  } finally {
    cancelled.dispose();
    end();
  }
}

const problemText = ({ place, severity, text }: ProblemView): string =>
  `${place.file}:${String(place.line)}: ${severity}: ${text}`;

/** Calls of the malloc family, with the decisions that each made; those of one line where it is named. */
async function mallocAnswer({ client }: ToolRun, line: number | undefined): Promise<string> {
  const query = line === undefined ? '' : `line:${String(line)}`;
  const { events, total } = await client.request('events', {
    from: 0,
    count: mostCalls,
    kinds: ['malloc'],
    near: 0,
    query,
  });
  if (total === 0)
    throw new Error(
      line === undefined ? 'the program never calls malloc' : `no call of malloc in line ${String(line)}`,
    );
  const calls: string[] = [];
  for (const event of events) calls.push(callText(await withReasons(client, event)));
  if (total > events.length) calls.push(`… ${String(total - events.length)} more calls`);
  return calls.join('\n');
}

/** The event as the session tells it when it stands there. */
async function withReasons(client: RequestClient, event: EventView): Promise<EventView> {
  await client.request('seek', { index: event.index });
  const { snapshot } = await client.request('hello', {
    protocolVersion: PROTOCOL_VERSION,
    language: currentLanguage(),
  });
  return snapshot?.event ?? event;
}

function callText({ text, place, detail }: EventView): string {
  const where = place === undefined ? '' : `  [${place.file}:${String(place.line)}]`;
  const reasons = detail.split('\n').map((sentence) => `\n  - ${sentence}`);
  return `${text}${where}${detail === '' ? '' : reasons.join('')}`;
}

/** The run in one page: outcome, sizes, memory, calls, mistakes with memory. */
async function runAnswer({ client, problems }: ToolRun): Promise<string> {
  const { text } = await client.request('report', {});
  const { mistakes, leaks } = await client.request('check', {}, 0);
  const lines = [
    ...problems.map(problemText),
    ...mistakes.map(({ text: mistake }) => mistake),
    ...leaks.map(({ text: leak, place }) =>
      place === undefined ? leak : `${place.file}:${String(place.line)}: ${leak}`,
    ),
  ];
  return lines.length === 0 ? text : `${text}\n${lines.map((line) => `- ${line}`).join('\n')}\n`;
}
