/**
 * What is behind a stream: a descriptor, or the functions of fopencookie.
 *
 * Source: glibc 2.36, libio/fileops.c (_IO_file_read, _IO_new_file_write, _IO_file_seek, _IO_file_close) (behaviour).
 */
import { EPIPE } from '../target/errno.ts';
import { cookieClose, cookieRead, cookieSeek, cookieWrite } from './cookie-stream.ts';
import type { FileStatus, LibcContext } from './libc-context.ts';
import { setErrno, syscall } from './libc-context.ts';
import { IO_ERR_SEEN, classOf, filenoOf, flagsOf, offsetOf, setFlags, setOffset } from './stream-fields.ts';

/** ioctl request that isatty makes. Source: Linux, asm-generic/ioctls.h. */
export const TCGETS = 0x5401;

/** fstat, as libc calls it. */
export function statDescriptor(ctx: LibcContext, fd: number): FileStatus | undefined {
  const status = ctx.files.status(fd);
  syscall(ctx, 'newfstatat', [fd], typeof status === 'number' ? status : 0);
  return typeof status === 'number' ? undefined : status;
}

/**
 * write(2) of bytes that libc or the program holds.
 *
 * @param from - where they lie in the process; 0 for bytes that only pass through libc
 * @returns bytes written, or -1 and errno
 */
export function writeDescriptor(ctx: LibcContext, fd: number, bytes: Uint8Array, from: number): number {
  const result = syscall(ctx, 'write', [fd, from, bytes.length], ctx.files.write(fd, bytes));
  if (result === -EPIPE) ctx.sendSignal(SIGPIPE);
  if (result >= 0) return result;
  setErrno(ctx, -result);
  return -1;
}

const SIGPIPE = 13;

/** read(2) into memory. @returns bytes read, or -1 and errno */
export function readDescriptor(ctx: LibcContext, fd: number, to: number, length: number): number {
  const got = ctx.files.read(fd, length);
  if (typeof got !== 'number') ctx.memory.writeBytes(to, got);
  const result = syscall(ctx, 'read', [fd, to, length], typeof got === 'number' ? got : got.length);
  if (result >= 0) return result;
  setErrno(ctx, -result);
  return -1;
}

/** lseek(2). @returns the position, or -1 and errno */
export function seekDescriptor(ctx: LibcContext, fd: number, offset: number, whence: number): number {
  const result = syscall(ctx, 'lseek', [fd, offset, whence], ctx.files.seek(fd, offset, whence));
  if (result >= 0) return result;
  setErrno(ctx, -result);
  return -1;
}

/** Writes bytes, or as many as can be. @source libio/fileops.c: _IO_new_file_write */
export function sysWrite(ctx: LibcContext, file: number, bytes: Uint8Array, from: number): number {
  let done = 0;
  if (classOf(ctx, file) === 'cookie') done = cookieWrite(ctx, file, bytes, from);
  else {
    while (done < bytes.length) {
      const place = from === 0 ? 0 : from + done;
      const count = writeDescriptor(ctx, filenoOf(ctx, file), bytes.subarray(done), place);
      if (count < 0) {
        setFlags(ctx, file, flagsOf(ctx, file) | IO_ERR_SEEN);
        break;
      }
      done += count;
    }
    const offset = offsetOf(ctx, file);
    if (offset !== undefined) setOffset(ctx, file, offset + done);
  }
  return done;
}

/** Reads into memory. @returns bytes read, 0 at the end, negative for an error */
export function sysRead(ctx: LibcContext, file: number, to: number, length: number): number {
  return classOf(ctx, file) === 'cookie'
    ? cookieRead(ctx, file, to, length)
    : readDescriptor(ctx, filenoOf(ctx, file), to, length);
}

/** Moves what is behind the stream. @returns the position, or -1 */
export function sysSeek(ctx: LibcContext, file: number, offset: number, whence: number): number {
  return classOf(ctx, file) === 'cookie'
    ? cookieSeek(ctx, file, offset, whence)
    : seekDescriptor(ctx, filenoOf(ctx, file), offset, whence);
}

/** Closes what is behind the stream. @returns 0, or -1 and errno */
export function sysClose(ctx: LibcContext, file: number): number {
  if (classOf(ctx, file) === 'cookie') return cookieClose(ctx, file);
  const fd = filenoOf(ctx, file);
  const result = syscall(ctx, 'close', [fd], ctx.files.close(fd));
  if (result < 0) setErrno(ctx, -result);
  return result < 0 ? -1 : 0;
}
