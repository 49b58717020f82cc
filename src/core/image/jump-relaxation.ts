/**
 * Jumps of x86 code: two bytes when the target is near, five (six with a condition) otherwise. As the assembler does, all
 * begin short and those that do not reach grow until nothing changes; a jump to what follows it is none.
 */

/** A place that jumps go to. */
export interface JumpTarget {
  /** Bytes from the start with all jumps short; undefined until it is known. */
  at: number | undefined;
  /** Tests that do nothing but jump here (`if (c) break;`): each goes by a nop of its own in front of the place. */
  detours?: number;
}

interface Jump {
  /** End of the jump, with all jumps short. */
  readonly end: number;
  /** Stands in the text: where it needs no code, a nop keeps its line. */
  readonly isWritten: boolean;
  readonly target: JumpTarget;
  readonly isConditional: boolean;
}

const SHORT = 2;
/** What a far jump has more than a short one. */
const growth = { plain: 3, conditional: 4 } as const;

/** Code in the making: bytes, jumps and places. */
export class CodeStream {
  #at = 0;
  readonly #jumps: Jump[] = [];

  /** Bytes so far, with all jumps short. */
  get at(): number {
    return this.#at;
  }

  add(bytes: number): void {
    this.#at += bytes;
  }

  jump(target: JumpTarget, isConditional: boolean): void {
    this.#push(target, isConditional, false);
  }

  /** A `break`, `continue` or `goto`. */
  writtenJump(target: JumpTarget): void {
    this.#push(target, false, true);
  }

  #push(target: JumpTarget, isConditional: boolean, isWritten: boolean): void {
    this.#at += SHORT;
    this.#jumps.push({ end: this.#at, target, isConditional, isWritten });
  }

  /** Puts a target here; a plain jump to it that ends here goes away. */
  place(target: JumpTarget): void {
    const last = this.#jumps.at(-1);
    if (last?.end === this.#at && last.target === target && !last.isConditional) {
      this.#jumps.pop();
      this.#at -= last.isWritten ? SHORT - 1 : SHORT;
    }
    // A jump over the nop, and the nop.
    this.#at += (target.detours ?? 0) * (SHORT + 1);
    target.at = this.#at;
  }

  /** Gives the far jumps their size; the function tells where a place has gone. */
  relax(): (at: number) => number {
    const grown = new Set<Jump>();
    const moved = (at: number): number => {
      let bytes = at;
      for (const jump of grown) {
        if (jump.end <= at) bytes += jump.isConditional ? growth.conditional : growth.plain;
      }
      return bytes;
    };
    for (let changed = true; changed;) {
      changed = false;
      for (const jump of this.#jumps) {
        if (grown.has(jump) || jump.target.at === undefined) continue;
        const distance = moved(jump.target.at) - moved(jump.end);
        if (distance >= -128 && distance <= 127) continue;
        grown.add(jump);
        changed = true;
      }
    }
    return moved;
  }
}
