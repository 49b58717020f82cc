/**
 * rand(): the additive feedback generator x[i] = x[i-3] + x[i-31], seeded by a linear congruence, 310 values thrown
 * away. State: 31 words and an index in libc's scratch area.
 *
 * Source: glibc 2.36, stdlib/random_r.c (TYPE_3), stdlib/rand_r.c (behaviour).
 */
import type { LibcContext } from './libc-context.ts';
import { scratchPlaces } from './scratch.ts';

/** Offset of the state in the scratch area: whether it is seeded, the index, the words. */
const RANDOM_STATE = scratchPlaces.random;

/** srand */
export function seedRandom(ctx: LibcContext, seed: number): void {
  const state = ctx.objects.scratch + RANDOM_STATE;
  let word = seed === 0 ? 1 : seed | 0;
  const values = [word];
  for (let i = 1; i < 31; i++) {
    // 16807 * word mod 2^31 - 1 without overflow (Schrage).
    const high = Math.trunc(word / 127773);
    word = 16807 * (word % 127773) - 2836 * high;
    if (word < 0) word += 2147483647;
    values.push(word);
  }
  values.forEach((value, i) => {
    ctx.memory.writeU32(state + 8 + i * 4, value >>> 0);
  });
  ctx.memory.writeU32(state, 1);
  ctx.memory.writeU32(state + 4, 0);
  for (let i = 0; i < 310; i++) nextRandom(ctx);
}

/** rand */
export function nextRandom(ctx: LibcContext): number {
  const state = ctx.objects.scratch + RANDOM_STATE;
  if (ctx.memory.readU32(state) === 0) seedRandom(ctx, 1);
  const back = ctx.memory.readU32(state + 4);
  const front = (back + 3) % 31;
  const at = state + 8;
  const sum = (ctx.memory.readU32(at + front * 4) + ctx.memory.readU32(at + back * 4)) >>> 0;
  ctx.memory.writeU32(at + front * 4, sum);
  ctx.memory.writeU32(state + 4, (back + 1) % 31);
  return sum >>> 1;
}

/** rand_r: three steps of a linear congruence in the program's own variable. */
export function nextRandomOf(ctx: LibcContext, state: number): number {
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
