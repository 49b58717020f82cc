/**
 * The part of the engine that runs programs.
 */
import type { Envelope } from '../protocol/messages.ts';
import { SessionServer } from '../session/server.ts';

/** Starts a session. @returns what takes the messages */
export function startSession(post: (message: Envelope) => void): (message: Envelope) => void {
  const server = new SessionServer({ post });
  return (message) => {
    server.receive(message);
  };
}
