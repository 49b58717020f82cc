/**
 * What the random allocation traces are written with: random numbers by seed, the text, and the blocks that live in it.
 */

/** Random numbers from a seed: xorshift over 32 bits. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995) >>> 0 || 1;
    for (let i = 0; i < 8; i += 1) this.next();
  }

  next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + (this.next() % (high - low + 1));
  }

  /** True in so many of 100 cases. */
  chance(percent: number): boolean {
    return this.next() % 1000 < percent * 10;
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[this.next() % items.length];
    if (item === undefined) throw new RangeError('nothing to choose from');
    return item;
  }

  /** Small numbers as often as large ones: every power of two is as likely as the next. */
  spread(low: number, high: number): number {
    const bits = this.between(32 - Math.clz32(low), 32 - Math.clz32(high));
    const value = this.between(2 ** (bits - 1), 2 ** bits - 1);
    return Math.min(high, Math.max(low, value));
  }
}

/** A trace that is being written, with the blocks that live in it. */
export class TraceWriter {
  readonly random: Random;
  readonly seed: number;
  readonly head: string[] = [];
  readonly lines: string[] = [];
  readonly live: number[] = [];
  readonly sizes = new Map<number, number>();
  readonly length: number;
  touchPercent = 20;
  checks = true;
  nextId = 0;

  constructor(seed: number, length: number, random: Random) {
    this.seed = seed;
    this.length = length;
    this.random = random;
  }

  get full(): boolean {
    return this.lines.length >= this.length;
  }

  add(line: string): void {
    this.lines.push(line);
    if (!this.checks || this.lines.length % Math.max(40, Math.floor(this.length / 6)) !== 0) return;
    if (this.random.chance(30)) this.lines.push('mallinfo');
    this.lines.push('check');
  }

  /** A new block by this call, `#` standing for its id. */
  block(call: string, size: number): number {
    const id = this.nextId;
    this.nextId += 1;
    this.add(call.replace('#', String(id)));
    this.live.push(id);
    this.sizes.set(id, size);
    if (this.random.chance(this.touchPercent)) this.touch(id);
    return id;
  }

  malloc(size: number): number {
    return this.block(`malloc # ${size}`, size);
  }

  calloc(count: number, size: number): number {
    return this.block(`calloc # ${count} ${size}`, count * size);
  }

  realloc(id: number, size: number): void {
    this.add(`realloc ${id} ${size}`);
    this.sizes.set(id, size);
    if (this.random.chance(this.touchPercent)) this.touch(id);
  }

  touch(id: number): void {
    const size = this.sizes.get(id) ?? 0;
    if (size === 0) return;
    const offset = size > 5000 ? this.random.between(0, size - 1) : 0;
    this.add(
      `touch ${id} ${offset} ${Math.min(size - offset, size > 5000 ? this.random.spread(1, 12000) : size)}`,
    );
  }

  read(id: number): void {
    const size = this.sizes.get(id) ?? 0;
    if (size > 0) this.add(`read ${id} 0 ${Math.min(size, 40000)}`);
  }

  any(): number {
    return this.random.of(this.live);
  }

  /** Takes a block off the list of living ones. */
  drop(id: number): void {
    const at = this.live.indexOf(id);
    const last = this.live.pop();
    if (last !== undefined && at >= 0 && at < this.live.length) this.live[at] = last;
  }

  free(id: number): void {
    this.add(`free ${id}`);
    this.drop(id);
  }

  freeAny(): void {
    if (this.live.length > 0) this.free(this.any());
  }
}

/** Percentages of what a steady load does besides malloc and free. */
export interface Load {
  readonly calloc?: number;
  readonly realloc?: number;
  readonly read?: number;
  readonly otherPercent?: number;
  readonly other?: () => void;
}

/** Keeps about so many blocks alive. */
export function steady(t: TraceWriter, target: number, size: () => number, load: Load = {}): void {
  const { random } = t;
  while (!t.full) {
    if (load.other !== undefined && random.chance(load.otherPercent ?? 4)) load.other();
    else if (t.live.length === 0 || random.chance(t.live.length < target ? 62 : 42)) {
      const bytes = size();
      const count = random.of([1, 1, 2, 5]);
      if (random.chance(load.calloc ?? 0)) t.calloc(count, Math.ceil(bytes / count));
      else t.malloc(bytes);
    } else if (random.chance(load.realloc ?? 0)) t.realloc(t.any(), Math.max(1, size()));
    else if (random.chance(load.read ?? 0)) t.read(t.any());
    else t.freeAny();
  }
}
