/**
 * What a worker holds: a session, for whoever runs programs, and the analysis of documents, for the editor. Each worker is
 * used for one of them, and loads the part of the engine for it when it gets the first message.
 */
import type { Envelope } from '../protocol/messages.ts';
import type { FromAnalysis, ToAnalysis } from '../session/editor/analysis-messages.ts';
import type { Turns } from '../session/slices.ts';
import { parts } from './parts.ts';

/**
 * Starts them. What they throw rejects a promise that nobody handles, which ends the worker.
 *
 * @returns what takes the messages
 */
export function startServers(
  post: (message: Envelope | FromAnalysis) => void,
  turns: Turns,
): (message: Envelope | ToAnalysis) => void {
  let analysis: Promise<(message: ToAnalysis) => void> | undefined;
  let session: Promise<(message: Envelope) => void> | undefined;
  return (message) => {
    if (message.type === 'analysis') {
      analysis ??= parts.analysis().then(({ startAnalysis }) => startAnalysis(post, turns));
      void analysis.then((receive) => {
        receive(message);
      });
    } else {
      session ??= parts.run().then(({ startSession }) => startSession(post));
      void session.then((receive) => {
        receive(message);
      });
    }
  };
}
