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
import { callFromLibc, readWord, writeWord } from '../libc-context.ts';
import { fieldAt, readFieldByte, readWordBits, writeFieldByte, writeWordBits } from './descriptor.ts';
import { threadPlaces } from './thread-frames.ts';
import type { ThreadLife } from './kernel-threads.ts';

/** PTHREAD_KEYS_MAX, PTHREAD_KEY_2NDLEVEL_SIZE, PTHREAD_DESTRUCTOR_ITERATIONS. */
const mostKeys = 1024;
const blockKeys = 32;
const mostRounds = 4;
/** sizeof (struct pthread_key_data): sequence number and value. */
const pairBytes = (ctx: LibcContext): number => 2 * ctx.model.wordBytes;

/** Where the pointer to a block of further keys lies. */
const blockAt = (ctx: LibcContext, descriptor: number, index: number): number =>
  fieldAt(ctx, descriptor, 'specific') + ctx.model.wordBytes * index;

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
  if (key < blockKeys) return fieldAt(ctx, descriptor, 'specificFirstBlock') + key * pairBytes(ctx);
  const block = readWord(ctx, blockAt(ctx, descriptor, Math.floor(key / blockKeys)));
  return block === 0 ? 0 : block + (key % blockKeys) * pairBytes(ctx);
}

/** pthread_getspecific: 0 for a key without a value. */
export function getSpecific(ctx: LibcContext, key: number): bigint {
  if (key >= mostKeys) return 0n;
  const pair = pairOf(ctx, ctx.threads.self, key);
  if (pair === 0) return 0n;
  const value = readWordBits(ctx, pair + ctx.model.wordBytes);
  if (value === 0n) return 0n;
  if (readWord(ctx, pair) === ctx.threads.nptl.keys.get(key)?.sequence) return value;
  writeWord(ctx, pair + ctx.model.wordBytes, 0);
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
    const block = callFromLibc(ctx, 'pthread_setspecific', () =>
      ctx.malloc.calloc(blockKeys, pairBytes(ctx)),
    );
    if (block === 0) return ENOMEM;
    writeWord(ctx, blockAt(ctx, self, Math.floor(key / blockKeys)), block);
    pair = block + (key % blockKeys) * pairBytes(ctx);
  }
  if (key >= blockKeys || value !== 0n) writeFieldByte(ctx, self, 'specificUsed', 1);
  writeWord(ctx, pair, sequence);
  writeWordBits(ctx, pair + ctx.model.wordBytes, value);
  return 0;
}

/** Calls the destructors of a thread's values, again while they leave new ones, four times at most. */
export function* valuesOfEnd(ctx: LibcContext, descriptor: number): ThreadLife {
  for (let round = 0; round < mostRounds; round += 1) {
    if (readFieldByte(ctx, descriptor, 'specificUsed') === 0) return;
    writeFieldByte(ctx, descriptor, 'specificUsed', 0);
    for (let key = 0; key < mostKeys; key += 1) {
      const pair = pairOf(ctx, descriptor, key);
      if (pair === 0) {
        key += blockKeys - 1;
        continue;
      }
      const value = readWordBits(ctx, pair + ctx.model.wordBytes);
      if (value === 0n) continue;
      writeWord(ctx, pair + ctx.model.wordBytes, 0);
      const entry = ctx.threads.nptl.keys.get(key);
      const isKeys = readWord(ctx, pair) === entry?.sequence;
      if (entry !== undefined && isKeys && entry.destructor !== 0)
        yield {
          target: entry.destructor,
          argument: value,
          from: threadPlaces[ctx.model.name].destructorFrame,
        };
    }
  }
  ctx.memory.fill(fieldAt(ctx, descriptor, 'specificFirstBlock'), 0, blockKeys * pairBytes(ctx));
}

/** The values of a thread that fork's child has lost: no destructor runs. @source nptl/nptl-stack.c: __nptl_reclaim_stacks */
export function clearThreadData(ctx: LibcContext, descriptor: number): void {
  if (readFieldByte(ctx, descriptor, 'specificUsed') === 0) return;
  ctx.memory.fill(fieldAt(ctx, descriptor, 'specificFirstBlock'), 0, blockKeys * pairBytes(ctx));
  writeFieldByte(ctx, descriptor, 'specificUsed', 0);
  for (let index = 1; index < mostKeys / blockKeys; index += 1) {
    const block = readWord(ctx, blockAt(ctx, descriptor, index));
    if (block === 0) continue;
    ctx.memory.fill(block, 0, blockKeys * pairBytes(ctx));
    writeFieldByte(ctx, descriptor, 'specificUsed', 1);
  }
}

/** Frees the blocks of further keys. */
export function releaseThreadData(ctx: LibcContext, descriptor: number): void {
  for (let index = 1; index < mostKeys / blockKeys; index += 1) {
    const at = blockAt(ctx, descriptor, index);
    const block = readWord(ctx, at);
    if (block === 0) continue;
    callFromLibc(ctx, 'pthread_exit', () => {
      ctx.malloc.free(block);
    });
    writeWord(ctx, at, 0);
  }
}
