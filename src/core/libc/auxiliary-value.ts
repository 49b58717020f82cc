/** The auxiliary vector, as the program can read it. */
import type { LibcContext } from './libc-context.ts';
import { readWord } from './libc-context.ts';

/** Where the loader is mapped. Source: Linux, include/uapi/linux/auxvec.h. */
export const AT_BASE = 7;

/** The value of a type in the vector on the stack; undefined where there is none. */
export function auxiliaryValue(ctx: LibcContext, type: number): number | undefined {
  const { wordBytes } = ctx.model;
  for (let at = ctx.auxiliaryVector; ; at += 2 * wordBytes) {
    const found = readWord(ctx, at);
    if (found === 0) return undefined;
    if (found === type) return readWord(ctx, at + wordBytes);
  }
}
