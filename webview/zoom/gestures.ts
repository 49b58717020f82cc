/**
 * What fingers and mouse mean on the picture: a press without movement chooses, one pointer moves, two also zoom.
 *
 * Pure: the component passes positions in, and does what comes out.
 */

/** Positions in pixels from the top left of the picture. */
export interface Position {
  readonly x: number;
  readonly y: number;
}

/** What is to be done. */
export type Gesture =
  | { readonly kind: 'none' }
  /** Nothing is pressed: the pointer looks. */
  | { readonly kind: 'hover' }
  | { readonly kind: 'choose' }
  /** Moves the picture down by pixels, then zooms by a factor around a height. */
  | { readonly kind: 'move'; readonly pixels: number; readonly factor: number; readonly y: number };

/** Movement, in pixels, from which a press is a drag. */
const dragFrom = 4;

/** Follows the pointers of one picture. */
export class Gestures {
  readonly #pointers = new Map<number, Position>();
  #pressedAt: Position | undefined;
  #isDrag = false;

  /** Whether the picture is being moved. */
  get isDragging(): boolean {
    return this.#isDrag;
  }

  down(id: number, at: Position): void {
    this.#pointers.set(id, at);
    this.#pressedAt = at;
    this.#isDrag = this.#pointers.size > 1;
  }

  move(id: number, at: Position): Gesture {
    const before = this.#pointers.get(id);
    const pressed = this.#pressedAt;
    if (before === undefined || pressed === undefined) return { kind: 'hover' };
    this.#pointers.set(id, at);
    if (Math.hypot(at.x - pressed.x, at.y - pressed.y) > dragFrom) this.#isDrag = true;
    if (!this.#isDrag) return { kind: 'none' };
    const pixels = (at.y - before.y) / this.#pointers.size;
    const other = [...this.#pointers].find(([one]) => one !== id)?.[1];
    if (other === undefined) return { kind: 'move', pixels, factor: 1, y: at.y };
    const distance = Math.hypot(before.x - other.x, before.y - other.y);
    const now = Math.hypot(at.x - other.x, at.y - other.y);
    return { kind: 'move', pixels, factor: now / Math.max(1, distance), y: (at.y + other.y) / 2 };
  }

  /** @param isCancelled - the system took the pointer away: nothing is chosen */
  up(id: number, isCancelled: boolean): Gesture {
    const wasKnown = this.#pointers.delete(id);
    if (!wasKnown || this.#pointers.size > 0) return { kind: 'none' };
    const isChoice = !this.#isDrag && !isCancelled;
    this.#pressedAt = undefined;
    this.#isDrag = false;
    return { kind: isChoice ? 'choose' : 'none' };
  }
}
