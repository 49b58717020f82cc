/**
 * Open file descriptions: what open makes, what descriptors refer to and dup shares.
 *
 * Source: Linux, include/linux/fs.h (struct file), include/uapi/asm-generic/fcntl.h.
 */
import type { StreamKind } from '../libc/libc-context.ts';
import type { MappedFile } from '../mm/vma.ts';
import type { Device, Directory, Inode, RegularFile } from './disk.ts';
import type { Generated } from './proc-files.ts';

export const O_RDONLY = 0;
export const O_WRONLY = 1;
export const O_RDWR = 2;
export const O_ACCMODE = 3;
export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_TRUNC = 0o1000;
export const O_APPEND = 0o2000;
export const O_NONBLOCK = 0o4000;
export const O_DIRECTORY = 0o200000;
export const O_NOFOLLOW = 0o400000;
export const O_CLOEXEC = 0o2000000;
export const O_TMPFILE = 0o20000000;
/** What F_SETFL may change. */
export const settableFlags = O_APPEND | O_NONBLOCK;
/** What open takes and F_GETFL does not tell. */
export const flagsOfOpenOnly = O_CREAT | O_EXCL | O_TRUNC | O_CLOEXEC;

/** A pipe: what was written and not yet read, and how many open file descriptions there are of each end. */
export interface Pipe {
  readonly inode: number;
  bytes: Uint8Array;
  readers: number;
  writers: number;
}

/** What an open file description is of. */
export type Content =
  | { readonly kind: 'file'; readonly file: RegularFile }
  | { readonly kind: 'directory'; readonly directory: Directory }
  | { readonly kind: 'device'; readonly device: Device }
  | { readonly kind: 'generated'; readonly read: Generated }
  | { readonly kind: 'pipe'; readonly pipe: Pipe; readonly isReader: boolean }
  /** One of the process's standard streams; `number` is the descriptor that it had at the start. */
  | { readonly kind: 'standard'; readonly number: number; readonly stream: StreamKind };

/** An open file description. */
export interface OpenFile {
  readonly path: string;
  flags: number;
  readonly content: Content;
  /** What mappings refer to, from the first mmap on. */
  mapped: MappedFile | undefined;
  position: number;
  /** Descriptors that refer to it. */
  references: number;
  /** Names that a directory had when it was read from the start. */
  listing: readonly { readonly name: string; readonly inode: Inode }[] | undefined;
}

/** A description that no descriptor refers to yet. */
export function describe(path: string, flags: number, content: Content): OpenFile {
  return { path, flags, content, mapped: undefined, position: 0, references: 0, listing: undefined };
}
