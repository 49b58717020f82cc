/**
 * Messages of programs about errors: <err.h>, <error.h>, psignal.
 *
 * Source: glibc 2.36, misc/err.c, misc/error.c, signal/psignal.c (behaviour).
 */
import { asciiBytes } from './ascii.ts';
import { strerrorText } from './errno-text.ts';
import { orientBytes, standardStream, streamWrite, syncStream } from './file-stream.ts';
import type { LibcContext, LibcFunction, LibcTable, VariadicArguments } from './libc-context.ts';
import { f, readWord } from './libc-context.ts';
import { formatPrintf } from './printf.ts';
import { strsignalText } from './signal-texts.ts';
import { ProgramVariadic } from './variadic.ts';

const errnoOf = (ctx: LibcContext): number => ctx.memory.readU32(ctx.objects.errno);

function put(ctx: LibcContext, text: string): void {
  const stderr = standardStream(ctx, 'stderr');
  orientBytes(ctx, stderr);
  streamWrite(ctx, stderr, asciiBytes(text));
}

function putFormatted(ctx: LibcContext, format: number, args: VariadicArguments): void {
  if (format === 0) return;
  const pieces: number[] = [];
  formatPrintf(ctx, ctx.memory.readCString(format), args, {
    write: (bytes) => {
      for (const byte of bytes) pieces.push(byte);
    },
  });
  streamWrite(ctx, standardStream(ctx, 'stderr'), Uint8Array.from(pieces));
}

/** warn and warnx. */
function warn(ctx: LibcContext, format: number, args: VariadicArguments, tellsError: boolean): void {
  const error = errnoOf(ctx);
  put(ctx, `${ctx.programName}: `);
  putFormatted(ctx, format, args);
  if (!tellsError) put(ctx, '\n');
  else put(ctx, `${format === 0 ? '' : ': '}${strerrorText(error)}\n`);
}

const list = (ctx: LibcContext, addr: number): VariadicArguments =>
  new ProgramVariadic(ctx.memory, ctx.model, addr);

const warning = (tellsError: boolean): LibcFunction =>
  f('vp.', (ctx, [format = 0], va) => {
    warn(ctx, format, va, tellsError);
    return 0;
  });
const warningOfList = (tellsError: boolean): LibcFunction =>
  f('vpp', (ctx, [format = 0, va = 0]) => {
    warn(ctx, format, list(ctx, va), tellsError);
    return 0;
  });
const ending = (tellsError: boolean): LibcFunction =>
  f('vip.', (ctx, [status = 0, format = 0], va) => {
    warn(ctx, format, va, tellsError);
    return ctx.exit(status);
  });
const endingOfList = (tellsError: boolean): LibcFunction =>
  f('vipp', (ctx, [status = 0, format = 0, va = 0]) => {
    warn(ctx, format, list(ctx, va), tellsError);
    return ctx.exit(status);
  });

/** error and error_at_line. */
function reportError(
  ctx: LibcContext,
  status: number,
  errno: number,
  place: string,
  format: number,
  args: VariadicArguments,
): number {
  syncStream(ctx, standardStream(ctx, 'stdout'));
  const printer = readWord(ctx, ctx.variable('error_print_progname'));
  const name = String.fromCharCode(
    ...ctx.memory.readCString(readWord(ctx, ctx.variable('program_invocation_name'))),
  );
  if (printer === 0) put(ctx, `${name}:${place === '' ? ' ' : place}`);
  else {
    ctx.callProgram(printer, []);
    if (place !== '') put(ctx, place);
  }
  putFormatted(ctx, format, args);
  const count = ctx.variable('error_message_count');
  ctx.memory.writeU32(count, ctx.memory.readU32(count) + 1);
  put(ctx, `${errno === 0 ? '' : `: ${strerrorText(errno)}`}\n`);
  syncStream(ctx, standardStream(ctx, 'stderr'));
  return status === 0 ? 0 : ctx.exit(status);
}

/** Reports of errors. */
export const errorReportFunctions: LibcTable = {
  warn: warning(true),
  warnx: warning(false),
  vwarn: warningOfList(true),
  vwarnx: warningOfList(false),
  err: ending(true),
  errx: ending(false),
  verr: endingOfList(true),
  verrx: endingOfList(false),
  error: f('viip.', (ctx, [status = 0, errno = 0, format = 0], va) =>
    reportError(ctx, status, errno, '', format, va),
  ),
  error_at_line: f('viipup.', (ctx, [status = 0, errno = 0, file = 0, line = 0, format = 0], va) =>
    reportError(
      ctx,
      status,
      errno,
      file === 0 ? ' ' : `${String.fromCharCode(...ctx.memory.readCString(file))}:${String(line)}: `,
      format,
      va,
    ),
  ),
  psignal: f('vip', (ctx, [signal = 0, text = 0]) => {
    const head = text === 0 ? '' : String.fromCharCode(...ctx.memory.readCString(text));
    put(ctx, `${head === '' ? '' : `${head}: `}${strsignalText(signal)}\n`);
    return 0;
  }),
};
