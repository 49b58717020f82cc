/**
 * What stat tells of the files of the simulated machine.
 *
 * Source: Linux, include/uapi/linux/stat.h; the file systems' own sizes of blocks (ext4, procfs, pipefs, devpts).
 */
import { PAGE_SIZE } from '../../base/address.ts';
import type { FileStatus, StreamKind } from '../libc/libc-context.ts';
import { S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFREG } from './disk.ts';
import type { Inode } from './disk.ts';

const DISK_DEVICE = 0x801;
const PIPE_DEVICE = 0xd;
const PROC_DEVICE = 0x16;
const TERMINAL_DEVICE = 0x8800;

const inodeTypes = {
  regular: S_IFREG,
  directory: S_IFDIR,
  device: S_IFCHR,
  link: S_IFLNK,
} as const;

/** Of a file on the disk. */
export function statusOfInode(inode: Inode): FileStatus {
  const size =
    inode.kind === 'regular'
      ? inode.bytes.length
      : inode.kind === 'directory'
        ? PAGE_SIZE
        : inode.kind === 'link'
          ? inode.target.length
          : 0;
  return {
    device: DISK_DEVICE,
    inode: inode.inode,
    mode: inodeTypes[inode.kind] | inode.mode,
    links: inode.links,
    owner: inode.owner,
    special: inode.kind === 'device' ? inode.device[0] * 256 + inode.device[1] : 0,
    size,
    blockBytes: PAGE_SIZE,
    // The disk gives whole pages; a short link lies in its inode.
    blocks: inode.kind === 'link' ? 0 : Math.ceil(size / PAGE_SIZE) * (PAGE_SIZE / 512),
    accessed: inode.accessed,
    modified: inode.modified,
    changed: inode.changed,
  };
}

/** Of a file of /proc. */
export const generatedStatus = (owner: number): FileStatus => ({
  device: PROC_DEVICE,
  inode: 40_001,
  mode: S_IFREG | 0o444,
  links: 1,
  owner,
  special: 0,
  size: 0,
  // procfs asks for small reads.
  blockBytes: 1024,
  blocks: 0,
  accessed: 0,
  modified: 0,
  changed: 0,
});

/** Of a pipe or terminal. */
export const streamStatus = (kind: StreamKind, inode: number): FileStatus => ({
  device: kind === 'terminal' ? 0x17 : PIPE_DEVICE,
  inode,
  mode: kind === 'terminal' ? S_IFCHR | 0o620 : S_IFIFO | 0o600,
  links: 1,
  owner: 1000,
  special: kind === 'terminal' ? TERMINAL_DEVICE : 0,
  size: 0,
  blockBytes: kind === 'terminal' ? 1024 : PAGE_SIZE,
  blocks: 0,
  accessed: 0,
  modified: 0,
  changed: 0,
});
