/**
 * The files of the simulated machine: a few in memory, and those of /proc/self, made when they are read.
 *
 * Descriptors 0, 1 and 2 belong to whoever makes the process; the ones here begin with 3, the lowest free one first. A file
 * that is open can be mapped: its pages in the page cache are then the truth for read, write and mappings alike.
 *
 * Source: Linux, fs/open.c, fs/read_write.c, mm/filemap.c (behaviour of the calls), fs/proc/base.c (the files of a process).
 * Simplified: one user who may do everything that the file's mode allows, no directories to read, no links.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { encodeUtf8 } from '../../base/utf8.ts';
import { EACCES, EBADF, EINVAL, ENOENT } from '../mm/kernel.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { MappedFile } from '../mm/vma.ts';
import { formatMaps } from './proc-maps.ts';
import { readPagemap } from './proc-pagemap.ts';
import { formatSmaps, formatSmapsRollup } from './proc-smaps.ts';
import type { ProcessFacts } from './proc-status.ts';
import { formatStatm, formatWholeStatus } from './proc-status.ts';

export const O_RDONLY = 0;
export const O_WRONLY = 1;
export const O_RDWR = 2;
const O_ACCMODE = 3;
const O_CREAT = 0o100;
const O_TRUNC = 0o1000;
const O_APPEND = 0o2000;

const SEEK_SET = 0;
const SEEK_CUR = 1;
const SEEK_END = 2;

const FIRST_DESCRIPTOR = 3;
/** Device of the simulated disk, and the first inode on it. */
const DISK = '08:01';
const FIRST_INODE = 2_000_001;

/** A file on the simulated disk. */
interface DiskFile {
  readonly inode: number;
  bytes: Uint8Array;
  /** Page cache of the file: every open file object that is mapped shares it. */
  readonly pages: Map<number, number>;
}

/** Gives the bytes of a generated file from `offset` on, at most `length`. */
type Generated = (offset: number, length: number) => Uint8Array;

interface OpenFile {
  readonly path: string;
  readonly flags: number;
  readonly disk: DiskFile | undefined;
  readonly generated: Generated | undefined;
  /** What mappings refer to, from the first mmap on. */
  mapped: MappedFile | undefined;
  position: number;
}

/** Files and descriptors of one process. Calls answer with a number or minus errno. */
export class FileSystem {
  readonly #memory: ProcessMemory;
  readonly #facts: ProcessFacts;
  readonly #disk = new Map<string, DiskFile>();
  readonly #open: (OpenFile | undefined)[] = [];

  /**
   * Makes the files.
   *
   * @param files - content by absolute path
   */
  constructor(
    memory: ProcessMemory,
    facts: ProcessFacts,
    files: ReadonlyMap<string, Uint8Array> = new Map<string, Uint8Array>(),
  ) {
    this.#memory = memory;
    this.#facts = facts;
    for (const [path, bytes] of files) this.#make(path, bytes.slice());
  }

  /** Opens a file. @returns a descriptor, or minus errno */
  open(path: string, flags: number): number {
    const generated = this.#generated(path);
    const writes = (flags & O_ACCMODE) !== O_RDONLY;
    if (generated !== undefined && writes) return -EACCES;
    let disk = this.#disk.get(path);
    if (generated === undefined && disk === undefined) {
      if ((flags & O_CREAT) === 0) return -ENOENT;
      disk = this.#make(path, new Uint8Array());
    }
    if (disk !== undefined && writes && (flags & O_TRUNC) !== 0) this.#resize(disk, 0);
    let fd = FIRST_DESCRIPTOR;
    while (this.#open[fd] !== undefined) fd += 1;
    this.#open[fd] = { path, flags, disk, generated, mapped: undefined, position: 0 };
    return fd;
  }

  /** Closes a descriptor; mappings of its file stay. */
  close(fd: number): number {
    if (this.#open[fd] === undefined) return -EBADF;
    this.#open[fd] = undefined;
    return 0;
  }

  /** Whether the descriptor is one of these files. */
  isOpen(fd: number): boolean {
    return this.#open[fd] !== undefined;
  }

  /** Takes up to `length` bytes from the position on, which moves. @returns the bytes, or minus errno */
  read(fd: number, length: number): Uint8Array | number {
    const file = this.#open[fd];
    if (file === undefined) return -EBADF;
    const bytes = this.readAt(fd, length, file.position);
    if (typeof bytes !== 'number') file.position += bytes.length;
    return bytes;
  }

  /** Takes up to `length` bytes from `offset` on. @returns the bytes, or minus errno */
  readAt(fd: number, length: number, offset: number): Uint8Array | number {
    const file = this.#open[fd];
    if (file === undefined || (file.flags & O_ACCMODE) === O_WRONLY) return -EBADF;
    if (offset < 0) return -EINVAL;
    if (file.generated !== undefined) return file.generated(offset, length);
    const { disk } = file;
    return disk === undefined
      ? -EBADF
      : this.#contentOf(disk, offset, Math.min(offset + length, disk.bytes.length));
  }

  /** Writes at the position, which moves; the file grows as needed. @returns bytes written, or minus errno */
  write(fd: number, bytes: Uint8Array): number {
    const file = this.#open[fd];
    if (file?.disk === undefined || (file.flags & O_ACCMODE) === O_RDONLY) return -EBADF;
    const { disk } = file;
    if ((file.flags & O_APPEND) !== 0) file.position = disk.bytes.length;
    const end = file.position + bytes.length;
    if (end > disk.bytes.length) this.#resize(disk, end);
    disk.bytes.set(bytes, file.position);
    for (let done = 0; done < bytes.length;) {
      const at = file.position + done;
      const count = Math.min(PAGE_SIZE - (at % PAGE_SIZE), bytes.length - done);
      const frame = disk.pages.get(Math.floor(at / PAGE_SIZE));
      if (frame !== undefined)
        this.#memory.u8.set(bytes.subarray(done, done + count), frame + (at % PAGE_SIZE));
      done += count;
    }
    file.position = end;
    return bytes.length;
  }

  /** Moves the position. @returns the new one, or minus errno */
  seek(fd: number, offset: number, whence: number): number {
    const file = this.#open[fd];
    if (file === undefined) return -EBADF;
    const base = whence === SEEK_SET ? 0 : whence === SEEK_CUR ? file.position : this.#sizeOf(file);
    if (whence > SEEK_END || base + offset < 0) return -EINVAL;
    file.position = base + offset;
    return file.position;
  }

  /** Sets the length of a file; pages behind the new end are SIGBUS for those who have them mapped. */
  truncate(fd: number, length: number): number {
    const file = this.#open[fd];
    if (file?.disk === undefined || (file.flags & O_ACCMODE) === O_RDONLY || length < 0) return -EINVAL;
    this.#resize(file.disk, length);
    return 0;
  }

  /** Bytes of the file; 0 for a generated one. */
  size(fd: number): number {
    const file = this.#open[fd];
    return file === undefined ? -EBADF : this.#sizeOf(file);
  }

  /** What mmap maps for a descriptor: the `fileOf` of {@link ProcessMemory}. */
  mappedFile(fd: number): MappedFile | undefined {
    const file = this.#open[fd];
    if (file?.disk === undefined) return undefined;
    const { disk, path, flags } = file;
    file.mapped ??= new MappedFile({
      kind: 'regular',
      name: path,
      device: DISK,
      inode: disk.inode,
      size: disk.bytes.length,
      writable: (flags & O_ACCMODE) === O_RDWR,
      content: (page) => disk.bytes.subarray(page * PAGE_SIZE, (page + 1) * PAGE_SIZE),
      pages: disk.pages,
    });
    file.mapped.size = disk.bytes.length;
    this.#mappings.add(file.mapped);
    return file.mapped;
  }

  readonly #mappings = new Set<MappedFile>();

  #make(path: string, bytes: Uint8Array): DiskFile {
    const made = { inode: FIRST_INODE + this.#disk.size, bytes, pages: new Map<number, number>() };
    this.#disk.set(path, made);
    return made;
  }

  #sizeOf(file: OpenFile): number {
    return file.disk?.bytes.length ?? 0;
  }

  /** Bytes as the page cache has them: a shared mapping may have changed them. */
  #contentOf(disk: DiskFile, start: number, end: number): Uint8Array {
    if (start >= end) return new Uint8Array();
    const bytes = disk.bytes.slice(start, end);
    for (let at = start; at < end;) {
      const count = Math.min(PAGE_SIZE - (at % PAGE_SIZE), end - at);
      const frame = disk.pages.get(Math.floor(at / PAGE_SIZE));
      if (frame !== undefined) {
        const host = frame + (at % PAGE_SIZE);
        bytes.set(this.#memory.u8.subarray(host, host + count), at - start);
      }
      at += count;
    }
    return bytes;
  }

  #resize(disk: DiskFile, length: number): void {
    const resized = new Uint8Array(length);
    resized.set(disk.bytes.subarray(0, length));
    disk.bytes = resized;
    const pages = Math.ceil(length / PAGE_SIZE);
    for (const mapped of this.#mappings) {
      if (mapped.pages !== disk.pages) continue;
      mapped.size = length;
      this.#memory.mm.unmapFilePages(mapped, pages);
    }
    for (const [index, frame] of [...disk.pages]) {
      if (index < pages) continue;
      disk.pages.delete(index);
      this.#memory.mm.physical.release(frame);
    }
    const last = length % PAGE_SIZE === 0 ? undefined : disk.pages.get(pages - 1);
    if (last !== undefined) this.#memory.u8.fill(0, last + (length % PAGE_SIZE), last + PAGE_SIZE);
  }

  /** The file of /proc/self (or /proc/PID) at a path; its text is made at each read, as a seek to 0 in the kernel does. */
  #generated(path: string): Generated | undefined {
    const match = /^\/proc\/(self|\d+)\/(\w+)$/.exec(path);
    if (match === null || (match[1] !== 'self' && Number(match[1]) !== this.#facts.pid)) return undefined;
    const memory = this.#memory;
    const process = { memory };
    const text = (make: () => string): Generated => {
      let made: Uint8Array = new Uint8Array();
      return (offset, length) => {
        if (offset === 0) made = encodeUtf8(make());
        return made.slice(offset, offset + length);
      };
    };
    switch (match[2]) {
      case 'maps':
        return text(() => formatMaps(process));
      case 'smaps':
        return text(() => formatSmaps(process));
      case 'smaps_rollup':
        return text(() => formatSmapsRollup(process));
      case 'status':
        return text(() => formatWholeStatus(process, this.#facts));
      case 'statm':
        return text(() => formatStatm(process));
      case 'pagemap':
        return (offset, length) => readPagemap(memory, offset - (offset % 8), length);
      default:
        return undefined;
    }
  }
}
