/**
 * Connects one webview with the run: answers its requests, passes notifications on.
 */
import { commands } from 'vscode';
import type { Disposable, Webview } from 'vscode';
import type { Envelope, Params, RequestName, ResponseEnvelope } from '../protocol/messages.ts';
import { RequestError } from '../session/channel.ts';
import { navigateAndTell } from './error-navigation.ts';
import type { RunController } from './run-controller.ts';
import { saveImage } from './save-image.ts';

const requestNames: ReadonlySet<string> = new Set<RequestName>([
  'hello',
  'run',
  'seek',
  'step',
  'events',
  'navigate',
  'readMemory',
  'mapDetail',
  'members',
  'walk',
  'history',
  'allocator',
  'forecastTrim',
  'maps',
  'reveal',
  'markPlace',
  'saveImage',
  'start',
]);

/** Whether a message from a webview has the shape of a request. */
function isRequest(message: unknown): message is {
  readonly type: 'request';
  readonly id: number;
  readonly name: RequestName;
  readonly params: unknown;
} {
  if (typeof message !== 'object' || message === null) return false;
  const { type, id, name, params } = message as Record<string, unknown>;
  return (
    type === 'request' &&
    typeof id === 'number' &&
    typeof name === 'string' &&
    requestNames.has(name) &&
    typeof params === 'object' &&
    params !== null
  );
}

/**
 * Serves a webview until disposed.
 *
 * @param onGreeted - called when the view has got its first answer and listens
 */
export function relay(webview: Webview, controller: RunController, onGreeted?: () => void): Disposable {
  const post = (message: Envelope): void => {
    void webview.postMessage(message);
  };
  const answer = async (name: RequestName, params: unknown): Promise<unknown> => {
    if (name === 'reveal') {
      await commands.executeCommand('memoryAtlas.revealPlace', (params as Params<'reveal'>).place);
      return {};
    }
    if (name === 'markPlace') {
      await commands.executeCommand('memoryAtlas.markPlace', (params as Params<'markPlace'>).place);
      return {};
    }
    if (name === 'navigate') {
      const { target, direction } = params as Params<'navigate'>;
      const found = await navigateAndTell(controller, target, direction);
      if (found === undefined) throw new RequestError('cancelled', 'another move is under way');
      return found;
    }
    if (name === 'saveImage') return saveImage(params);
    if (name === 'start') {
      // With a run that is out of date, the button beside that word.
      const isOpen = controller.current !== undefined;
      await commands.executeCommand(isOpen ? 'memoryAtlas.runAgain' : 'memoryAtlas.run');
      return {};
    }
    return controller.answer(name, params);
  };
  const receive = async (message: unknown): Promise<void> => {
    if (!isRequest(message)) return;
    let response: ResponseEnvelope;
    try {
      response = {
        type: 'response',
        id: message.id,
        ok: true,
        result: await answer(message.name, message.params),
      };
    } catch (error) {
      const code = error instanceof RequestError ? error.code : 'internal';
      const text = error instanceof Error ? error.message : String(error);
      response = { type: 'response', id: message.id, ok: false, code, message: text };
    }
    post(response);
    if (message.name !== 'hello') return;
    for (const mark of controller.marks) post(mark);
    onGreeted?.();
  };
  const incoming = webview.onDidReceiveMessage((message: unknown) => void receive(message));
  const outgoing = controller.onDidNotify(post);
  return {
    dispose: () => {
      incoming.dispose();
      outgoing.dispose();
    },
  };
}
