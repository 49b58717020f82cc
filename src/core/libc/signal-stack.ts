/** `stack_t` in memory: start, flags, size, each in a word of the target. */
import type { LibcContext } from './libc-context.ts';
import { readWord, writeWord } from './libc-context.ts';
import type { SignalStack } from './signals.ts';

/** Reads a `stack_t`. */
export function readStack(ctx: LibcContext, addr: number): SignalStack {
  const { wordBytes } = ctx.model;
  return {
    start: readWord(ctx, addr),
    flags: ctx.memory.readU32(addr + wordBytes),
    bytes: readWord(ctx, addr + 2 * wordBytes),
  };
}

/** Writes a `stack_t`. */
export function writeStack(ctx: LibcContext, addr: number, { start, bytes, flags }: SignalStack): void {
  const { wordBytes } = ctx.model;
  writeWord(ctx, addr, start);
  ctx.memory.writeU32(addr + wordBytes, flags);
  writeWord(ctx, addr + 2 * wordBytes, bytes);
}
