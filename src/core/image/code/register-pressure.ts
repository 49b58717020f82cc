/**
 * How long each value lives where more registers are wanted than there are: gcc gives such values registers later.
 *
 * Points are counted from the end of a block to its start, as gcc counts them: two for an instruction.
 *
 * Source: gcc/ira-lives.cc (inc_register_pressure, dec_register_pressure, update_allocno_pressure_excess_length).
 * Simplified: general registers only.
 */

/** Follows the number of general registers in use through a block, from its end to its start. */
export class RegisterPressure {
  /** Points under pressure by pseudo register; a value of two words counts each of them. */
  readonly excess: Int32Array;
  readonly #available: number;
  /** Number of words of each pseudo register; 0 for what is in no general register. */
  readonly #words: Uint8Array;
  /** Words that live, by pseudo register. */
  readonly #live: Uint8Array;
  readonly #starts: Int32Array;
  readonly #all = new Set<number>();
  #point = 0;
  #pressure = 0;
  /** Where the pressure became too high; -1 while it is not. */
  #highSince = -1;

  /**
   * Nothing lives yet.
   *
   * @param available - number of general registers
   * @param words - by pseudo register
   */
  constructor(available: number, words: Uint8Array) {
    this.#available = available;
    this.#words = words;
    this.#live = new Uint8Array(words.length);
    this.#starts = new Int32Array(words.length);
    this.excess = new Int32Array(words.length);
  }

  enterBlock(): void {
    this.#pressure = 0;
    this.#highSince = -1;
  }

  /** Ends all that lives: the start of the block. */
  leaveBlock(): void {
    for (const pseudo of this.#all) {
      while ((this.#live[pseudo] ?? 0) > 0) this.#endWord(pseudo);
      this.#all.delete(pseudo);
    }
    this.#point += 1;
  }

  /** From what an instruction writes to what it reads, and on to the instruction before it. */
  advance(): void {
    this.#point += 1;
  }

  begin(pseudo: number): void {
    const words = this.#words[pseudo] ?? 0;
    if (words === 0 || this.#all.has(pseudo)) return;
    this.#all.add(pseudo);
    this.#live[pseudo] = words;
    this.#starts[pseudo] = this.#point;
    for (let word = 0; word < words; word += 1) this.#raise();
  }

  end(pseudo: number): void {
    if (!this.#all.has(pseudo)) return;
    while ((this.#live[pseudo] ?? 0) > 0) {
      this.#lower();
      this.#endWord(pseudo);
    }
    this.#all.delete(pseudo);
  }

  beginHard(): void {
    this.#raise();
  }

  endHard(): void {
    this.#lower();
  }

  #raise(): void {
    this.#pressure += 1;
    if (this.#highSince < 0 && this.#pressure > this.#available) this.#highSince = this.#point;
  }

  #lower(): void {
    this.#pressure -= 1;
    if (this.#highSince < 0 || this.#pressure > this.#available) return;
    for (const pseudo of this.#all) this.#count(pseudo, this.#live[pseudo] ?? 0);
    this.#highSince = -1;
  }

  #endWord(pseudo: number): void {
    this.#live[pseudo] = (this.#live[pseudo] ?? 1) - 1;
    this.#count(pseudo, 1);
  }

  #count(pseudo: number, words: number): void {
    if (this.#highSince < 0) return;
    const start = Math.max(this.#highSince, this.#starts[pseudo] ?? 0);
    this.excess[pseudo] = (this.excess[pseudo] ?? 0) + words * (this.#point - start + 1);
  }
}
