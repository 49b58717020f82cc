/**
 * random() and its relatives: the additive feedback generators x[i] = x[i - sep] + x[i - deg], seeded by a linear
 * congruence, 10 values thrown away for each word of state. libc's own generator has 31 words; initstate and setstate put
 * the program's words in its place. The generator is glibc's `struct random_data`, so that the functions with _r and those
 * without are one code.
 *
 * Source: glibc 2.36, stdlib/random.c, stdlib/random_r.c, stdlib/rand_r.c (behaviour).
 * Simplified: libc's own words lie where libc keeps other small data, and are made at the first use, not by the linker.
 */
import { EINVAL } from '../target/errno.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { f, readWord, setErrno, writeWord } from './libc-context.ts';
import { scratchPlaces } from './scratch.ts';

/** The generators by type: words of state, distance of the two that are added, fewest bytes of a state with its head. */
const kinds = [
  { degree: 0, separation: 0, leastBytes: 8 },
  { degree: 7, separation: 3, leastBytes: 32 },
  { degree: 15, separation: 1, leastBytes: 64 },
  { degree: 31, separation: 3, leastBytes: 128 },
  { degree: 63, separation: 1, leastBytes: 256 },
] as const;
const ownKind = 3;

/** Offsets in the scratch area: `struct random_data`, then the head and the 31 words of libc's own state. */
const OWN_DATA = scratchPlaces.random;
const OWN_STATE = OWN_DATA + 48;

/** One `struct random_data`: three pointers, type, degree, separation, the end of the state. */
class Generator {
  readonly #ctx: LibcContext;
  readonly #at: number;

  constructor(ctx: LibcContext, at: number) {
    this.#ctx = ctx;
    this.#at = at;
  }

  /** The pointer to the word that is added to, to the word that is added, to the first word, behind the last one. */
  get front(): number {
    return readWord(this.#ctx, this.#at);
  }

  get rear(): number {
    return readWord(this.#ctx, this.#at + this.#word);
  }

  get state(): number {
    return readWord(this.#ctx, this.#at + 2 * this.#word);
  }

  get type(): number {
    return this.#ctx.memory.readU32(this.#at + 3 * this.#word);
  }

  get #word(): number {
    return this.#ctx.model.wordBytes;
  }

  /** The next value. @source stdlib/random_r.c: __random_r */
  next(): number {
    const { memory } = this.#ctx;
    const { state } = this;
    if (this.type === 0) {
      const value = (Math.imul(memory.readU32(state), 1103515245) + 12345) & 0x7fff_ffff;
      memory.writeU32(state, value);
      return value;
    }
    const { front, rear } = this;
    const end = readWord(this.#ctx, this.#at + this.#endOffset);
    const sum = (memory.readU32(front) + memory.readU32(rear)) >>> 0;
    memory.writeU32(front, sum);
    writeWord(this.#ctx, this.#at, front + 4 >= end ? state : front + 4);
    writeWord(this.#ctx, this.#at + this.#word, rear + 4 >= end ? state : rear + 4);
    return sum >>> 1;
  }

  /** Fills the state and throws the first values away. @source stdlib/random_r.c: __srandom_r */
  seed(seed: number): void {
    const { memory } = this.#ctx;
    const { state } = this;
    let word = seed === 0 ? 1 : seed | 0;
    memory.writeU32(state, word >>> 0);
    const { degree, separation } = kinds[this.type] ?? kinds[0];
    if (degree === 0) return;
    for (let i = 1; i < degree; i++) {
      // 16807 * word mod 2^31 - 1 without overflow (Schrage).
      const high = Math.trunc(word / 127773);
      word = 16807 * (word % 127773) - 2836 * high;
      if (word < 0) word += 2147483647;
      memory.writeU32(state + 4 * i, word >>> 0);
    }
    writeWord(this.#ctx, this.#at, state + 4 * separation);
    writeWord(this.#ctx, this.#at + this.#word, state);
    for (let i = 0; i < 10 * degree; i++) this.next();
  }

  /** Takes words that follow a head as the state. */
  adopt(type: number, state: number): void {
    const { memory } = this.#ctx;
    const { degree, separation } = kinds[type] ?? kinds[0];
    const numbers = this.#at + 3 * this.#word;
    writeWord(this.#ctx, this.#at + 2 * this.#word, state);
    memory.writeU32(numbers, type);
    memory.writeU32(numbers + 4, degree);
    memory.writeU32(numbers + 8, separation);
    writeWord(this.#ctx, this.#at + this.#endOffset, state + 4 * degree);
  }

  /** Writes type and position into the head of the state in use. */
  keepPosition(): void {
    const { state, type } = this;
    if (state === 0) return;
    this.#ctx.memory.writeU32(state - 4, type === 0 ? 0 : ((this.rear - state) / 4) * kinds.length + type);
  }

  setPosition(front: number, rear: number): void {
    writeWord(this.#ctx, this.#at, front);
    writeWord(this.#ctx, this.#at + this.#word, rear);
  }

  get #endOffset(): number {
    return this.#word === 8 ? 40 : 24;
  }
}

/** libc's own generator; seeded with 1 until the program says otherwise. */
function ownGenerator(ctx: LibcContext): Generator {
  const at = ctx.objects.scratch + OWN_DATA;
  const generator = new Generator(ctx, at);
  if (generator.state === 0) {
    generator.adopt(ownKind, ctx.objects.scratch + OWN_STATE + 4);
    generator.seed(1);
    generator.keepPosition();
  }
  return generator;
}

/** initstate_r. @returns whether the bytes suffice */
function initialize(
  ctx: LibcContext,
  generator: Generator,
  seed: number,
  mem: number,
  bytes: number,
): boolean {
  let type = kinds.length - 1;
  while (type >= 0 && bytes < (kinds[type]?.leastBytes ?? 0)) type -= 1;
  if (type < 0) {
    setErrno(ctx, EINVAL);
    return false;
  }
  generator.keepPosition();
  generator.adopt(type, mem + 4);
  generator.seed(seed);
  generator.keepPosition();
  return true;
}

/** setstate_r. @returns whether the head is one */
function resume(ctx: LibcContext, generator: Generator, mem: number): boolean {
  generator.keepPosition();
  const head = ctx.memory.readU32(mem) | 0;
  const type = head % kinds.length;
  const kind = kinds[type];
  if (kind === undefined) {
    setErrno(ctx, EINVAL);
    return false;
  }
  generator.adopt(type, mem + 4);
  if (kind.degree === 0) return true;
  const rear = Math.trunc(head / kinds.length);
  generator.setPosition(mem + 4 + 4 * ((rear + kind.separation) % kind.degree), mem + 4 + 4 * rear);
  return true;
}

/** Fails with EINVAL. */
function invalid(ctx: LibcContext): number {
  setErrno(ctx, EINVAL);
  return -1;
}

/** rand_r: three steps of a linear congruence in the program's own variable. */
function nextRandomOf(ctx: LibcContext, state: number): number {
  let next = ctx.memory.readU32(state);
  const step = (): number => {
    next = (Math.imul(next, 1103515245) + 12345) >>> 0;
    return next >>> 16;
  };
  let result = step() % 2048;
  result = (result << 10) ^ (step() % 1024);
  result = (result << 10) ^ (step() % 1024);
  ctx.memory.writeU32(state, next);
  return result;
}

const seed = f('vu', (ctx, [value = 0]) => {
  ownGenerator(ctx).seed(value);
  return 0;
});

/** rand, random and their relatives of <stdlib.h> */
export const randomFunctions: LibcTable = {
  rand: f('i', (ctx) => ownGenerator(ctx).next()),
  random: f('l', (ctx) => ownGenerator(ctx).next()),
  rand_r: f('ip', (ctx, [state = 0]) => nextRandomOf(ctx, state)),
  srand: seed,
  srandom: seed,
  initstate: f('pupz', (ctx, [value = 0, mem = 0, bytes = 0]) => {
    const generator = ownGenerator(ctx);
    const before = generator.state - 4;
    return initialize(ctx, generator, value, mem, bytes) ? before : 0;
  }),
  setstate: f('pp', (ctx, [mem = 0]) => {
    const generator = ownGenerator(ctx);
    const before = generator.state - 4;
    return resume(ctx, generator, mem) ? before : 0;
  }),
  random_r: f('ipp', (ctx, [data = 0, target = 0]) => {
    if (data === 0 || target === 0) return invalid(ctx);
    ctx.memory.writeU32(target, new Generator(ctx, data).next());
    return 0;
  }),
  srandom_r: f('iup', (ctx, [value = 0, data = 0]) => {
    if (data === 0) return -1;
    const generator = new Generator(ctx, data);
    if (generator.type >= kinds.length) return -1;
    generator.seed(value);
    return 0;
  }),
  initstate_r: f('iupzp', (ctx, [value = 0, mem = 0, bytes = 0, data = 0]) => {
    if (data === 0) return -1;
    return initialize(ctx, new Generator(ctx, data), value, mem, bytes) ? 0 : -1;
  }),
  setstate_r: f('ipp', (ctx, [mem = 0, data = 0]) => {
    if (mem === 0 || data === 0) return invalid(ctx);
    return resume(ctx, new Generator(ctx, data), mem) ? 0 : -1;
  }),
};
