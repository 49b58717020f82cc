/** Brings the view to life in a page, whatever hosts it. */
import './components/mem-app.ts';
import type { Host } from './host.ts';
import { SessionController } from './session-controller.ts';
import { readLanguage, speak } from './texts.ts';

/**
 * Connects the page's `<mem-app>` (made when there is none) to the host.
 *
 * @returns the session, whose `dispose` ends everything
 */
export function start(host: Host): SessionController {
  const language = readLanguage(document.body.dataset.language ?? document.documentElement.lang);
  speak(language);
  const session = new SessionController(host, language);
  const app =
    document.querySelector('mem-app') ?? document.body.appendChild(document.createElement('mem-app'));
  app.connect(session);
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
