/**
 * Joins client and store: greets the session, keeps the store in step with it, carries out what the user asks.
 */
import type { ImageFormat, Language, Notifications, Requests, StepKind } from '../src/protocol/messages.ts';
import { PROTOCOL_VERSION } from '../src/protocol/messages.ts';
import type { HexAddress, PlaceView } from '../src/protocol/view-model.ts';
import { Client, RequestError } from './client.ts';
import type { Host } from './host.ts';
import { Store } from './store.ts';

/** One view's connection to the session. */
export class SessionController {
  readonly store: Store;
  /** Called when the map is to show something. */
  onShow: ((text: string) => void) | undefined;
  /** Called when the map is to be drawn as a file. */
  onExport: ((format: ImageFormat, scale: number) => void) | undefined;
  /** Called when the map is to mark something. */
  onMark: ((marked: Notifications['mark']) => void) | undefined;
  readonly #client: Client;
  readonly #language: Language;
  #isGreeting = false;
  #greetAgain = false;
  #wantedIndex: number | undefined;
  #isSeeking = false;

  constructor(host: Host, language: Language, options: { readonly timeoutMs?: number } = {}) {
    this.store = new Store(host);
    this.#language = language;
    this.#client = new Client(host, {
      ...options,
      listeners: {
        opened: ({ generation, seq, snapshot }) => {
          this.store.replace({ generation, seq }, snapshot);
        },
        changed: (change) => {
          if (!this.store.apply(change)) void this.greet();
        },
        closed: ({ generation }) => {
          this.store.close(generation);
        },
        showInMap: (request) => {
          this.onShow?.(request.text);
        },
        mark: (marked) => {
          this.onMark?.(marked);
        },
        exportMap: ({ format, scale }) => {
          this.onExport?.(format, scale);
        },
        progress: ({ text }) => {
          this.store.setProgress(text === '' ? undefined : text);
        },
      },
      // Whatever the malformed message was about may be missing now.
      onMalformed: () => void this.greet(),
    });
  }

  /** Asks for everything. Calls while an answer is awaited are joined to one more. */
  async greet(): Promise<void> {
    if (this.#isGreeting) {
      this.#greetAgain = true;
      return;
    }
    this.#isGreeting = true;
    try {
      // At most one repetition: a session that keeps sending what cannot be read must not keep us busy for ever.
      for (let round = 0; round < 2; round++) {
        this.#greetAgain = false;
        const params = { protocolVersion: PROTOCOL_VERSION, language: this.#language };
        const { generation, seq, snapshot } = await this.#client.request('hello', params);
        this.store.replace({ generation, seq }, snapshot);
        if (!this.#wasAskedAgain()) return;
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isGreeting = false;
    }
  }

  step(kind: StepKind, count: number): void {
    void this.#guard(this.#client.request('step', { kind, count }));
  }

  /** Goes to who wrote a byte last, or writes it next. */
  findWrite(address: HexAddress, direction: 'forward' | 'back'): void {
    void this.#guard(
      this.#client.request('navigate', { target: { kind: 'write', address, bytes: 1 }, direction }),
    );
  }

  /** Goes to an event. While one seek is under way only the last wish is kept. */
  async seek(index: number): Promise<void> {
    this.#wantedIndex = index;
    if (this.#isSeeking) return;
    this.#isSeeking = true;
    try {
      while (this.#wantedIndex !== undefined) {
        const wanted: number = this.#wantedIndex;
        this.#wantedIndex = undefined;
        await this.#client.request('seek', { index: wanted });
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isSeeking = false;
    }
  }

  reveal(place: PlaceView): void {
    void this.#guard(this.#client.request('reveal', { place }));
  }

  /** Marks a place in the editor, or none. */
  markPlace(place: PlaceView | undefined): void {
    void this.#guard(this.#client.request('markPlace', { place }));
  }

  /** Has a picture saved. */
  saveImage(params: Requests['saveImage']['params']): void {
    void this.#guard(this.#client.request('saveImage', params));
  }

  /** Runs the program of the active editor. */
  run(): void {
    void this.#guard(this.#client.request('start', {}));
  }

  /** @throws RequestError */
  events(params: Requests['events']['params']): Promise<Requests['events']['result']> {
    return this.#client.request('events', params);
  }

  /** @throws RequestError */
  readMemory(start: HexAddress, length: number): Promise<Requests['readMemory']['result']> {
    return this.#client.request('readMemory', { start, length });
  }

  /** @throws RequestError */
  mapDetail(params: Requests['mapDetail']['params']): Promise<Requests['mapDetail']['result']> {
    return this.#client.request('mapDetail', params);
  }

  /** @throws RequestError */
  members(params: Requests['members']['params']): Promise<Requests['members']['result']> {
    return this.#client.request('members', params);
  }

  /** @throws RequestError */
  walk(address: HexAddress): Promise<Requests['walk']['result']> {
    return this.#client.request('walk', { address });
  }

  /** @throws RequestError */
  history(): Promise<Requests['history']['result']> {
    return this.#client.request('history', {});
  }

  /** @throws RequestError */
  allocator(): Promise<Requests['allocator']['result']> {
    return this.#client.request('allocator', {});
  }

  /** @throws RequestError */
  async forecastTrim(): Promise<Requests['forecastTrim']['result']['forecast']> {
    return (await this.#client.request('forecastTrim', {})).forecast;
  }

  dispose(): void {
    this.#client.dispose();
  }

  #wasAskedAgain(): boolean {
    return this.#greetAgain;
  }

  async #guard(request: Promise<unknown>): Promise<void> {
    try {
      await request;
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (error instanceof RequestError && error.code === 'cancelled') return;
    if (error instanceof RequestError && error.code === 'no-program') {
      this.store.close(Number.MAX_SAFE_INTEGER);
      return;
    }
    const code = error instanceof RequestError ? error.code : 'internal';
    this.store.fail(code, error instanceof Error ? error.message : String(error));
  }
}
