/**
 * <stdio_ext.h>: the state of a stream's buffer.
 *
 * Source: glibc 2.36, libio/__fbufsize.c, __freading.c, __fwriting.c, __freadable.c, __fwritable.c, __flbf.c, __fpurge.c,
 * __fpending.c (behaviour, for streams of bytes).
 */
import { freeBackupArea, flushAll } from './file-stream.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { f } from './libc-context.ts';
import {
  BUF_BASE,
  BUF_END,
  IO_CURRENTLY_PUTTING,
  IO_IN_BACKUP,
  IO_LINE_BUF,
  IO_NO_READS,
  IO_NO_WRITES,
  READ_BASE,
  READ_END,
  READ_PTR,
  WRITE_BASE,
  WRITE_PTR,
  field,
  flagsOf,
  modeOf,
  setField,
} from './stream-fields.ts';
import { NotModelled } from '../trace/not-modelled.ts';

const ask = (signature: string, answer: (ctx: LibcContext, file: number) => number): LibcFunction =>
  f(signature, (ctx, [file = 0]) => {
    if (modeOf(ctx, file) > 0) throw new NotModelled('<stdio_ext.h> on a stream of wide characters');
    return answer(ctx, file);
  });
const has = (flag: number) => (ctx: LibcContext, file: number) => (flagsOf(ctx, file) & flag) !== 0;
const hasNot = (flag: number) => (ctx: LibcContext, file: number) =>
  (flagsOf(ctx, file) & flag) === 0 ? 1 : 0;

function purge(ctx: LibcContext, file: number): number {
  if ((flagsOf(ctx, file) & IO_IN_BACKUP) !== 0) freeBackupArea(ctx, file);
  setField(ctx, file, READ_END, field(ctx, file, READ_PTR));
  setField(ctx, file, WRITE_PTR, field(ctx, file, WRITE_BASE));
  return 0;
}

/** <stdio_ext.h> */
export const streamStateFunctions: LibcTable = {
  __fbufsize: ask('zp', (ctx, file) => field(ctx, file, BUF_END) - field(ctx, file, BUF_BASE)),
  __fpending: ask('zp', (ctx, file) => field(ctx, file, WRITE_PTR) - field(ctx, file, WRITE_BASE)),
  __freading: ask('ip', (ctx, file) =>
    has(IO_NO_WRITES)(ctx, file) ||
    (!has(IO_CURRENTLY_PUTTING)(ctx, file) && field(ctx, file, READ_BASE) !== 0)
      ? 1
      : 0,
  ),
  __fwriting: ask('ip', (ctx, file) => flagsOf(ctx, file) & (IO_NO_READS | IO_CURRENTLY_PUTTING)),
  __freadable: ask('ip', hasNot(IO_NO_READS)),
  __fwritable: ask('ip', hasNot(IO_NO_WRITES)),
  __flbf: ask('ip', (ctx, file) => flagsOf(ctx, file) & IO_LINE_BUF),
  __fpurge: ask('vp', purge),
  _flushlbf: f('v', (ctx) => {
    flushAll(ctx);
    return 0;
  }),
};
