/**
 * Thread-specific data: keys, the values that each thread has for them, and destructors at a thread's end.
 *
 * Values lie in the thread descriptor (32 pairs of sequence number and value), those of further keys in blocks of 32 that
 * come from malloc.
 *
 * Source: glibc 2.36, nptl/pthread_key_create.c, pthread_key_delete.c, pthread_setspecific.c, pthread_getspecific.c,
 * nptl_deallocate_tsd.c.
 */
import { EAGAIN, EINVAL, ENOMEM } from '../../mm/kernel.ts';
import type { LibcContext } from '../libc-context.ts';
import { callFromLibc } from '../libc-context.ts';
import { field } from './descriptor.ts';
import { destructorFrame } from './thread-frames.ts';
import type { ThreadLife } from './kernel-threads.ts';

/** PTHREAD_KEYS_MAX, PTHREAD_KEY_2NDLEVEL_SIZE, PTHREAD_DESTRUCTOR_ITERATIONS. */
const mostKeys = 1024;
const blockKeys = 32;
const mostRounds = 4;
/** sizeof (struct pthread_key_data): sequence number and value. */
const pairBytes = 16;

/** pthread_key_create. @returns 0 or EAGAIN when there are as many keys as there can be */
export function createKey(ctx: LibcContext, target: number, destructor: number): number {
  const { keys } = ctx.threads.nptl;
  for (let key = 0; key < mostKeys; key += 1) {
    const entry = keys.get(key) ?? { sequence: 0, destructor: 0 };
    if (entry.sequence % 2 !== 0) continue;
    keys.set(key, { sequence: entry.sequence + 1, destructor });
    ctx.memory.writeU32(target, key);
    return 0;
  }
  return EAGAIN;
}

/** pthread_key_delete: no destructor runs. */
export function deleteKey(ctx: LibcContext, key: number): number {
  const entry = ctx.threads.nptl.keys.get(key);
  if (entry === undefined || entry.sequence % 2 === 0) return EINVAL;
  entry.sequence += 1;
  return 0;
}

/** The pair of a key in a thread; 0 when its block has not been made. */
function pairOf(ctx: LibcContext, descriptor: number, key: number): number {
  if (key < blockKeys) return descriptor + field.specificFirstBlock + key * pairBytes;
  const block = Number(ctx.memory.readU64(descriptor + field.specific + 8 * Math.floor(key / blockKeys)));
  return block === 0 ? 0 : block + (key % blockKeys) * pairBytes;
}

/** pthread_getspecific: 0 for a key without a value. */
export function getSpecific(ctx: LibcContext, key: number): bigint {
  if (key >= mostKeys) return 0n;
  const pair = pairOf(ctx, ctx.threads.self, key);
  if (pair === 0) return 0n;
  const value = ctx.memory.readU64(pair + 8);
  if (value === 0n) return 0n;
  if (Number(ctx.memory.readU64(pair)) === ctx.threads.nptl.keys.get(key)?.sequence) return value;
  ctx.memory.writeNumber64(pair + 8, 0);
  return 0n;
}

/** pthread_setspecific. */
export function setSpecific(ctx: LibcContext, key: number, value: bigint): number {
  const { self, nptl } = ctx.threads;
  const sequence = nptl.keys.get(key)?.sequence ?? 0;
  if (key >= mostKeys || sequence % 2 === 0) return EINVAL;
  let pair = pairOf(ctx, self, key);
  if (pair === 0) {
    if (value === 0n) return 0;
    const block = callFromLibc(ctx, 'pthread_setspecific', () => ctx.malloc.calloc(blockKeys, pairBytes));
    if (block === 0) return ENOMEM;
    ctx.memory.writeNumber64(self + field.specific + 8 * Math.floor(key / blockKeys), block);
    pair = block + (key % blockKeys) * pairBytes;
  }
  if (key >= blockKeys || value !== 0n) ctx.memory.writeU8(self + field.specificUsed, 1);
  ctx.memory.writeNumber64(pair, sequence);
  ctx.memory.writeU64(pair + 8, BigInt.asUintN(64, value));
  return 0;
}

/** Calls the destructors of a thread's values, again while they leave new ones, four times at most. */
export function* valuesOfEnd(ctx: LibcContext, descriptor: number): ThreadLife {
  for (let round = 0; round < mostRounds; round += 1) {
    if (ctx.memory.readU8(descriptor + field.specificUsed) === 0) return;
    ctx.memory.writeU8(descriptor + field.specificUsed, 0);
    for (let key = 0; key < mostKeys; key += 1) {
      const pair = pairOf(ctx, descriptor, key);
      if (pair === 0) {
        key += blockKeys - 1;
        continue;
      }
      const value = ctx.memory.readU64(pair + 8);
      if (value === 0n) continue;
      ctx.memory.writeNumber64(pair + 8, 0);
      const entry = ctx.threads.nptl.keys.get(key);
      const isKeys = Number(ctx.memory.readU64(pair)) === entry?.sequence;
      if (entry !== undefined && isKeys && entry.destructor !== 0)
        yield { target: entry.destructor, argument: value, from: destructorFrame };
    }
  }
  ctx.memory.fill(descriptor + field.specificFirstBlock, 0, blockKeys * pairBytes);
}

/** Frees the blocks of further keys. */
export function releaseThreadData(ctx: LibcContext, descriptor: number): void {
  for (let index = 1; index < mostKeys / blockKeys; index += 1) {
    const at = descriptor + field.specific + 8 * index;
    const block = Number(ctx.memory.readU64(at));
    if (block === 0) continue;
    callFromLibc(ctx, 'pthread_exit', () => {
      ctx.malloc.free(block);
    });
    ctx.memory.writeNumber64(at, 0);
  }
}
