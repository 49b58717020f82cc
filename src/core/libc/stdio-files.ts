/**
 * <stdio.h>: files as streams, positions, names.
 *
 * Source: C17 7.21.4, 7.21.5, 7.21.9; POSIX; glibc 2.36, libio/ (behaviour).
 */
import { decodeUtf8 } from '../../base/utf8.ts';
import { EINVAL } from '../target/errno.ts';
import { EOF, flushAll, orientBytes, putCharacter, readByte } from './file-stream.ts';
import type { LibcContext, LibcTable } from './libc-context.ts';
import { checked, f, readWord, setErrno, syscall, writeWord } from './libc-context.ts';
import { scratchPlaces } from './scratch.ts';
import { openMemoryStream } from './memory-stream.ts';
import { asciiBytes } from './ascii.ts';
import { IO_EOF_SEEN, IO_ERR_SEEN, flagsOf, setFlags } from './stream-fields.ts';
import {
  closeStream,
  openCookieStream,
  openDescriptorStream,
  openMemoryFile,
  openStream,
  openTemporary,
  removePath,
  reopenStream,
} from './stream-open.ts';
import { seekStream, tellStream } from './stream-position.ts';

const textAt = (ctx: LibcContext, addr: number): string => decodeUtf8(ctx.memory.readCString(addr));

const fopen = f('ppp', (ctx, [path = 0, mode = 0]) => openStream(ctx, path, textAt(ctx, mode)));
const freopen = f('pppp', (ctx, [path = 0, mode = 0, file = 0]) =>
  reopenStream(ctx, path, textAt(ctx, mode), file),
);
const tmpfile = f('p', (ctx) => openTemporary(ctx));
const fseek = f('ipli', (ctx, [file = 0, offset = 0, whence = 0]) =>
  seekStream(ctx, file, offset, whence) < 0 ? -1 : 0,
);
const ftell = f('lp', (ctx, [file = 0]) => tellStream(ctx, file));

const fgetpos = f('ipp', (ctx, [file = 0, target = 0]) => {
  const position = tellStream(ctx, file);
  if (position < 0) return -1;
  writeWord(ctx, target, position);
  return 0;
});
const fsetpos = f('ipp', (ctx, [file = 0, from = 0]) =>
  seekStream(ctx, file, readWord(ctx, from), 0) < 0 ? -1 : 0,
);

/** getw and putw move an int. */
function getInt(ctx: LibcContext, file: number): number {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const byte = readByte(ctx, file);
    if (byte === EOF) return EOF;
    value |= byte << (8 * i);
  }
  return value;
}

function putInt(ctx: LibcContext, value: number, file: number): number {
  for (let i = 0; i < 4; i++) if (putCharacter(ctx, file, (value >>> (8 * i)) & 255) === EOF) return EOF;
  return 0;
}

function renamePath(ctx: LibcContext, from: number, to: number): number {
  const result = ctx.files.rename(textAt(ctx, from), textAt(ctx, to));
  return checked(ctx, syscall(ctx, 'rename', [from, to], result));
}

/** Letters of names that mktemp and its relatives make. */
const nameLetters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** tmpnam: the first name of a fixed series that no file has. Real names are random. */
function makeTemporaryName(ctx: LibcContext, target: number): number {
  for (let number = 0; ; number++) {
    let rest = number;
    let letters = '';
    for (let i = 0; i < 6; i++) {
      letters = (nameLetters[rest % nameLetters.length] ?? 'a') + letters;
      rest = Math.floor(rest / nameLetters.length);
    }
    const name = `/tmp/file${letters}`;
    if (typeof ctx.files.statusOf(name, -100, true) === 'number') {
      const bytes = asciiBytes(name);
      ctx.memory.writeBytes(target, bytes);
      ctx.memory.writeU8(target + bytes.length, 0);
      return target;
    }
  }
}

/** Streams that are files, and the names of files. */
export const stdioFileFunctions: LibcTable = {
  fopen,
  fopen64: fopen,
  freopen,
  freopen64: freopen,
  fdopen: f('pip', (ctx, [fd = 0, mode = 0]) => openDescriptorStream(ctx, fd, textAt(ctx, mode))),
  fclose: f('ip', (ctx, [file = 0]) => closeStream(ctx, file)),
  fcloseall: f('i', (ctx) => flushAll(ctx)),
  tmpfile,
  tmpfile64: tmpfile,
  fmemopen: f('ppzp', (ctx, [buffer = 0, size = 0, mode = 0]) =>
    openMemoryFile(ctx, buffer, size, textAt(ctx, mode)),
  ),
  open_memstream: f('ppp', (ctx, [block = 0, size = 0]) => openMemoryStream(ctx, block, size)),
  fopencookie: {
    // The structure of four functions comes by reference.
    signature: 'pppp',
    call: (ctx, [cookie = 0, mode = 0, functions = 0]) =>
      openCookieStream(
        ctx,
        cookie,
        textAt(ctx, mode),
        [0, 1, 2, 3].map((i) => readWord(ctx, functions + i * ctx.model.wordBytes)),
        'fopencookie',
      ),
  },
  fseek,
  fseeko: fseek,
  fseeko64: fseek,
  ftell,
  ftello: ftell,
  ftello64: ftell,
  rewind: f('vp', (ctx, [file = 0]) => {
    seekStream(ctx, file, 0, 0);
    setFlags(ctx, file, flagsOf(ctx, file) & ~(IO_ERR_SEEN | IO_EOF_SEEN));
    return 0;
  }),
  fgetpos,
  fgetpos64: fgetpos,
  fsetpos,
  fsetpos64: fsetpos,
  getw: f('ip', (ctx, [file = 0]) => getInt(ctx, file)),
  putw: f('iip', (ctx, [value = 0, file = 0]) => (orientBytes(ctx, file) ? putInt(ctx, value, file) : EOF)),
  flockfile: f('vp', () => 0),
  ftrylockfile: f('ip', () => 0),
  funlockfile: f('vp', () => 0),
  remove: f('ip', (ctx, [path = 0]) => removePath(ctx, path)),
  rename: f('ipp', (ctx, [from = 0, to = 0]) => renamePath(ctx, from, to)),
  tmpnam: f('pp', (ctx, [target = 0]) =>
    makeTemporaryName(ctx, target === 0 ? ctx.objects.scratch + scratchPlaces.temporaryName : target),
  ),
  tmpnam_r: f('pp', (ctx, [target = 0]) => {
    if (target !== 0) return makeTemporaryName(ctx, target);
    setErrno(ctx, EINVAL);
    return 0;
  }),
};
