/** A media query that an element is drawn by: the element is drawn anew when the answer changes. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Panels with little height: what is no picture takes one line in them. */
export const shortPanel = '(max-height: 480px)';
/** Panels with little width: the tools of the picture are put away. */
export const narrowPanel = '(max-width: 480px)';

/** Listens while its element is in the page. */
export class MediaQuery implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #query: MediaQueryList;

  constructor(host: ReactiveControllerHost, query: string) {
    this.#host = host;
    this.#query = matchMedia(query);
    host.addController(this);
  }

  get matches(): boolean {
    return this.#query.matches;
  }

  hostConnected(): void {
    this.#query.addEventListener('change', this.#onChange);
  }

  hostDisconnected(): void {
    this.#query.removeEventListener('change', this.#onChange);
  }

  readonly #onChange = (): void => {
    this.#host.requestUpdate();
  };
}
