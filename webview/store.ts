/**
 * What the view knows: the last snapshot, and the state of its own controls. The session owns the former and it is
 * never saved; the latter is saved with a version and restored when the page comes back.
 */
import type { Delta, Notifications } from '../src/protocol/messages.ts';
import type { CountersView, Snapshot } from '../src/protocol/view-model.ts';
import type { StreamPosition } from './client.ts';
import { follows } from './client.ts';
import type { Host } from './host.ts';
import type { OpenStates } from './layout/map-layout.ts';
import { reuse } from './reuse.ts';

const UI_STATE_VERSION = 1;

/** The views of the main part: two forms of the memory map, and the inside of malloc. */
export type MapForm = (typeof mapForms)[number];

/** In the order of their tabs. */
export const mapForms = ['picture', 'table', 'allocator'] as const;

/** State of the controls: what the user opened, closed and selected, and the form that is shown. */
export interface UiState {
  readonly view: MapForm;
  readonly open: OpenStates;
  /** Id of the selected row; undefined follows the current event. */
  readonly selected: string | undefined;
}

/** Why there is no picture. */
export type Absence =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** The state of the view. Each mutating method tells the listeners once. */
export class Store {
  readonly #host: Host;
  readonly #listeners = new Set<() => void>();
  #ui: UiState;
  #snapshot: Snapshot | undefined;
  #before: CountersView | undefined;
  #position: StreamPosition | undefined;
  #absence: Absence = { kind: 'connecting' };
  #progress: string | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.#ui = readUiState(host.load());
  }

  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  /** Counters of the moment shown before this one, for the differences. */
  get countersBefore(): CountersView | undefined {
    return this.#before;
  }

  /** Number of the run that is shown; undefined when there is none. */
  get generation(): number | undefined {
    return this.#position?.generation;
  }

  get absence(): Absence {
    return this.#absence;
  }

  /** Work under way, in words. */
  get progress(): string | undefined {
    return this.#progress;
  }

  get ui(): UiState {
    return this.#ui;
  }

  /** @returns a function that ends the listening */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Takes everything anew. */
  replace(position: StreamPosition, snapshot: Snapshot | undefined): void {
    this.#before = position.generation === this.#position?.generation ? this.#snapshot?.counters : undefined;
    this.#position = { generation: position.generation, seq: position.seq };
    this.#snapshot = snapshot === undefined ? undefined : reuse(this.#snapshot, snapshot);
    this.#absence = { kind: 'empty' };
    this.#progress = undefined;
    this.#tell();
  }

  /**
   * Takes a change.
   *
   * @returns false when something was missed before it: then nothing is changed and a snapshot is needed
   */
  apply(change: Notifications['changed']): boolean {
    const snapshot = this.#snapshot;
    if (snapshot === undefined || !follows(this.#position, change)) return false;
    this.#before = snapshot.counters;
    this.#position = { generation: change.generation, seq: change.seq };
    this.#snapshot = reuse(snapshot, merge(snapshot, change.delta));
    this.#absence = { kind: 'empty' };
    this.#progress = undefined;
    this.#tell();
    return true;
  }

  /** The run was closed. A late word about an older run changes nothing. */
  close(generation: number): void {
    if (this.#position !== undefined && generation < this.#position.generation) return;
    this.#snapshot = undefined;
    this.#before = undefined;
    this.#position = undefined;
    this.#absence = { kind: 'empty' };
    this.#tell();
  }

  fail(code: string, message: string): void {
    this.#absence = { kind: 'failed', code, message };
    this.#progress = undefined;
    this.#tell();
  }

  /** Puts the word about a failure away. */
  forgetFailure(): void {
    if (this.#absence.kind !== 'failed') return;
    this.#absence = { kind: 'empty' };
    this.#tell();
  }

  setProgress(text: string | undefined): void {
    if (this.#progress === text) return;
    this.#progress = text;
    this.#tell();
  }

  select(id: string | undefined): void {
    if (this.#ui.selected === id) return;
    this.#setUi({ ...this.#ui, selected: id });
  }

  setOpen(id: string, isOpen: boolean): void {
    this.#setUi({ ...this.#ui, open: new Map(this.#ui.open).set(id, isOpen) });
  }

  /** Shows one of the views. */
  show(view: MapForm): void {
    if (this.#ui.view !== view) this.#setUi({ ...this.#ui, view });
  }

  #setUi(ui: UiState): void {
    this.#ui = ui;
    this.#host.save({ version: UI_STATE_VERSION, open: [...ui.open], selected: ui.selected, view: ui.view });
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Reads saved state; what is not of this version or malformed counts as none. */
export function readUiState(saved: unknown): UiState {
  const none: UiState = { open: new Map(), selected: undefined, view: 'picture' };
  if (typeof saved !== 'object' || saved === null) return none;
  const { version, open, selected, view } = saved as Readonly<Record<string, unknown>>;
  if (version !== UI_STATE_VERSION || !Array.isArray(open)) return none;
  const states = open.filter(
    (entry): entry is [string, boolean] =>
      Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'boolean',
  );
  return {
    open: new Map(states),
    selected: typeof selected === 'string' ? selected : undefined,
    view: mapForms.find((form) => form === view) ?? 'picture',
  };
}

/**
 * A part that is there with the value `undefined` (no heap any more) counts as a change. On its way through JSON such a
 * part is lost; of the event that can be told, because it changes whenever the position does. A heap without its
 * mapping is not drawn.
 */
function merge(snapshot: Snapshot, delta: Delta): Snapshot {
  const event = 'position' in delta && !('event' in delta) ? { event: undefined } : {};
  return { ...snapshot, ...event, ...delta } as Snapshot;
}
