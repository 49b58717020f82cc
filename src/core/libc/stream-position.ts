/**
 * Positions of streams: fseek and ftell.
 *
 * Source: C17 7.21.9; glibc 2.36, libio/fileops.c (do_ftell, _IO_new_file_seekoff), libio/ioseekoff.c (behaviour).
 */
import { EINVAL } from '../target/errno.ts';
import { EOF, doallocbuf, freeBackupArea, hasPending, switchToGetMode } from './file-stream.ts';
import type { LibcContext } from './libc-context.ts';
import { setErrno } from './libc-context.ts';
import { memorySeek } from './memory-stream.ts';
import { statDescriptor, sysRead, sysSeek } from './stream-device.ts';
import {
  BUF_BASE,
  BUF_END,
  IO_CURRENTLY_PUTTING,
  IO_EOF_SEEN,
  IO_IN_BACKUP,
  IO_IS_APPENDING,
  IO_NO_READS,
  READ_BASE,
  READ_END,
  READ_PTR,
  SAVE_BASE,
  SAVE_END,
  WRITE_BASE,
  WRITE_PTR,
  classOf,
  field,
  filenoOf,
  flagsOf,
  offsetOf,
  setFlags,
  setOffset,
  setReadArea,
  setWriteArea,
} from './stream-fields.ts';

/** Type bits of st_mode, and regular files among them. */
const S_IFMT = 0o170000;
const S_IFREG = 0o100000;

const SEEK_SET = 0;
const SEEK_CUR = 1;
const SEEK_END = 2;

/** ftell: does not change the stream. @source libio/fileops.c: do_ftell; @returns the position, or -1 and errno */
export function tellStream(ctx: LibcContext, file: number): number {
  if (classOf(ctx, file) === 'memory') return memorySeek(ctx, file, 0, SEEK_CUR);
  let delta = 0;
  if (field(ctx, file, BUF_BASE) !== 0) {
    const isAppending = (flagsOf(ctx, file) & IO_IS_APPENDING) !== 0;
    if (!hasPending(ctx, file)) delta = field(ctx, file, READ_PTR) - field(ctx, file, READ_END);
    else if (isAppending) {
      const end = sysSeek(ctx, file, 0, SEEK_END);
      if (end < 0) return EOF;
      setOffset(ctx, file, end);
      delta = field(ctx, file, WRITE_PTR) - field(ctx, file, WRITE_BASE);
    } else delta = field(ctx, file, WRITE_PTR) - field(ctx, file, READ_END);
  }
  // A put-back character lies in another area: it counts as not read.
  if ((flagsOf(ctx, file) & IO_IN_BACKUP) !== 0)
    delta -= field(ctx, file, SAVE_END) - field(ctx, file, SAVE_BASE);
  const known = classOf(ctx, file) === 'cookie' ? undefined : offsetOf(ctx, file);
  const position = known ?? sysSeek(ctx, file, 0, SEEK_CUR);
  if (position < 0) return EOF;
  if (position + delta >= 0) return position + delta;
  setErrno(ctx, EINVAL);
  return EOF;
}

/** fseek. @source libio/ioseekoff.c, libio/fileops.c: _IO_new_file_seekoff; @returns the position, or -1 and errno */
export function seekStream(ctx: LibcContext, file: number, given: number, whence: number): number {
  if (whence < SEEK_SET || whence > SEEK_END) {
    setErrno(ctx, EINVAL);
    return EOF;
  }
  if (classOf(ctx, file) === 'memory') return memorySeek(ctx, file, given, whence);
  let offset = given;
  let from = whence;
  if (field(ctx, file, SAVE_BASE) !== 0) {
    if (from === SEEK_CUR && (flagsOf(ctx, file) & IO_IN_BACKUP) !== 0)
      offset -= field(ctx, file, READ_END) - field(ctx, file, READ_PTR);
    freeBackupArea(ctx, file);
  }
  if (classOf(ctx, file) === 'cookie') setOffset(ctx, file, undefined);
  const isExact =
    field(ctx, file, READ_BASE) === field(ctx, file, READ_END) &&
    field(ctx, file, WRITE_BASE) === field(ctx, file, WRITE_PTR);
  const wasWriting = hasPending(ctx, file) || (flagsOf(ctx, file) & IO_CURRENTLY_PUTTING) !== 0;
  if (wasWriting && !switchToGetMode(ctx, file)) return EOF;
  if (field(ctx, file, BUF_BASE) === 0) {
    doallocbuf(ctx, file);
    const base = field(ctx, file, BUF_BASE);
    setWriteArea(ctx, file, base, base);
    setReadArea(ctx, file, base, base, base);
  }
  const known = offsetOf(ctx, file);
  if (from === SEEK_CUR) {
    offset -= field(ctx, file, READ_END) - field(ctx, file, READ_PTR);
    if (known === undefined) return seekPlainly(ctx, file, offset, from);
    offset += known;
    from = SEEK_SET;
    if (offset < 0) {
      setErrno(ctx, EINVAL);
      return EOF;
    }
  } else if (from === SEEK_END) {
    const fd = filenoOf(ctx, file);
    const status = fd >= 0 ? statDescriptor(ctx, fd) : undefined;
    if (status === undefined || (status.mode & S_IFMT) !== S_IFREG)
      return seekPlainly(ctx, file, offset, from);
    offset += status.size;
    from = SEEK_SET;
  }
  const base = field(ctx, file, BUF_BASE);
  const size = field(ctx, file, BUF_END) - base;
  if (known !== undefined && field(ctx, file, READ_BASE) !== 0) {
    const start = known - (field(ctx, file, READ_END) - base);
    if (offset >= start && offset < known) {
      // The place is in the buffer.
      setReadArea(ctx, file, base, base + (offset - start), field(ctx, file, READ_END));
      setWriteArea(ctx, file, base, base);
      setFlags(ctx, file, flagsOf(ctx, file) & ~IO_EOF_SEEN);
      sysSeek(ctx, file, known, SEEK_SET);
      return offset;
    }
  }
  if ((flagsOf(ctx, file) & IO_NO_READS) !== 0) return seekPlainly(ctx, file, offset, from);
  return seekToBlock(ctx, file, offset, size, isExact);
}

/** Goes to the start of the block and reads it up to the place, so that the kernel sees whole blocks. */
function seekToBlock(ctx: LibcContext, file: number, offset: number, size: number, isExact: boolean): number {
  const base = field(ctx, file, BUF_BASE);
  let delta = offset < 0 ? 0 : offset % size;
  // The buffer of a stream without buffering is one byte: any place is a block then.
  if (delta > size) delta = 0;
  const start = sysSeek(ctx, file, offset - delta, SEEK_SET);
  if (start < 0) return EOF;
  const count = delta === 0 ? 0 : sysRead(ctx, file, base, isExact ? delta : size);
  if (count < delta) return seekPlainly(ctx, file, count < 0 ? delta : delta - count, SEEK_CUR);
  setReadArea(ctx, file, base, base + delta, base + count);
  setWriteArea(ctx, file, base, base);
  setOffset(ctx, file, start + count);
  setFlags(ctx, file, flagsOf(ctx, file) & ~IO_EOF_SEEN);
  return offset;
}

function seekPlainly(ctx: LibcContext, file: number, offset: number, whence: number): number {
  const position = sysSeek(ctx, file, offset, whence);
  if (position < 0) return EOF;
  const base = field(ctx, file, BUF_BASE);
  setFlags(ctx, file, flagsOf(ctx, file) & ~IO_EOF_SEEN);
  setOffset(ctx, file, position);
  setReadArea(ctx, file, base, base, base);
  setWriteArea(ctx, file, base, base);
  return position;
}
