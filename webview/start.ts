/** Brings a view to life in a page, whatever hosts it. */
import type { Host } from './host.ts';
import { SessionController } from './session-controller.ts';
import { readLanguage, speak } from './texts.ts';

/** An element that draws a session. */
export interface SessionElement extends HTMLElement {
  connect(session: SessionController): void;
}

/**
 * Connects the page's element (made when there is none) to the host.
 *
 * @returns the session, whose `dispose` ends everything
 */
export function start(host: Host, tag: 'mem-app' | 'mem-timeline'): SessionController {
  const language = readLanguage(document.body.dataset.language ?? document.documentElement.lang);
  speak(language);
  const session = new SessionController(host, language);
  const element: SessionElement =
    document.querySelector<SessionElement>(tag) ??
    document.body.appendChild(document.createElement(tag) as unknown as SessionElement);
  element.connect(session);
  // A hidden page is sent nothing; what it missed is asked for when it comes back.
  let wasHidden = false;
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') wasHidden = true;
    else if (wasHidden) {
      wasHidden = false;
      void session.greet();
    }
  });
  void session.greet();
  return session;
}
