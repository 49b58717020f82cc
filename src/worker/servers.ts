/**
 * What a worker holds: a session, for whoever runs programs, and the analysis of documents, for the editor. Each worker is
 * used for one of them.
 */
import type { Envelope } from '../protocol/messages.ts';
import type { FromAnalysis, ToAnalysis } from '../session/editor/analysis-messages.ts';
import { AnalysisServer } from '../session/editor/analysis-server.ts';
import { SessionServer } from '../session/server.ts';
import type { Turns } from '../session/slices.ts';

/**
 * Starts them.
 *
 * @returns what takes the messages
 */
export function startServers(
  post: (message: Envelope | FromAnalysis) => void,
  turns: Turns,
): (message: Envelope | ToAnalysis) => void {
  const session = new SessionServer({ post });
  const analysis = new AnalysisServer(post, turns);
  return (message) => {
    if (message.type === 'analysis') analysis.receive(message);
    else session.receive(message);
  };
}
