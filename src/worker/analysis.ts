/**
 * The part of the engine that answers about C text, for the editor.
 */
import type { FromAnalysis, ToAnalysis } from '../session/editor/analysis-messages.ts';
import { AnalysisServer } from '../session/editor/analysis-server.ts';
import type { Turns } from '../session/slices.ts';

/** Starts the analysis of documents. @returns what takes the messages */
export function startAnalysis(
  post: (message: FromAnalysis) => void,
  turns: Turns,
): (message: ToAnalysis) => void {
  const server = new AnalysisServer(post, turns);
  return (message) => {
    server.receive(message);
  };
}
