/**
 * Bytes of regular files, whose pages in the page cache mappings share: those are the truth for read, write and mappings.
 *
 * Source: Linux, mm/filemap.c, mm/truncate.c (behaviour).
 */
import { PAGE_SIZE } from '../../base/address.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { MappedFile } from '../mm/vma.ts';
import { EFBIG } from '../target/errno.ts';
import type { RegularFile } from './disk.ts';
import { O_ACCMODE, O_RDWR } from './open-file.ts';
import type { OpenFile } from './open-file.ts';

/** Device of the simulated disk. */
const DISK = '08:01';
/** Largest file that the simulation holds, in bytes. */
export const largestFile = 1 << 30;

/** The regular files as one process reads, writes and maps them. */
export class FileContents {
  readonly #memory: ProcessMemory;
  readonly #now: () => number;
  readonly #mappings = new Set<MappedFile>();

  /** `now`: nanoseconds since the epoch. */
  constructor(memory: ProcessMemory, now: () => number) {
    this.#memory = memory;
    this.#now = now;
  }

  /** Whether files were mapped. */
  get hasMappings(): boolean {
    return this.#mappings.size > 0;
  }

  /** Writes at a position; the file grows as needed. @returns bytes written, or minus errno */
  write(file: RegularFile, bytes: Uint8Array, position: number): number {
    if (bytes.length === 0) return 0;
    const end = position + bytes.length;
    if (end > largestFile) return -EFBIG;
    if (end > file.bytes.length) this.resize(file, end);
    file.bytes.set(bytes, position);
    for (let done = 0; done < bytes.length;) {
      const at = position + done;
      const count = Math.min(PAGE_SIZE - (at % PAGE_SIZE), bytes.length - done);
      const frame = file.pages.get(Math.floor(at / PAGE_SIZE));
      if (frame !== undefined)
        this.#memory.u8.set(bytes.subarray(done, done + count), frame + (at % PAGE_SIZE));
      done += count;
    }
    file.modified = file.changed = this.#now();
    return bytes.length;
  }

  /** Bytes as the page cache has them: a shared mapping may have changed them. */
  read(file: RegularFile, start: number, end: number): Uint8Array {
    if (start >= end) return new Uint8Array();
    const bytes = file.bytes.slice(start, end);
    for (let at = start; at < end;) {
      const count = Math.min(PAGE_SIZE - (at % PAGE_SIZE), end - at);
      const frame = file.pages.get(Math.floor(at / PAGE_SIZE));
      if (frame !== undefined) {
        const host = frame + (at % PAGE_SIZE);
        bytes.set(this.#memory.u8.subarray(host, host + count), at - start);
      }
      at += count;
    }
    return bytes;
  }

  /** Gives a file another length; pages behind the new end are SIGBUS for those who have them mapped. */
  resize(file: RegularFile, length: number): void {
    const resized = new Uint8Array(length);
    resized.set(file.bytes.subarray(0, length));
    file.bytes = resized;
    file.modified = file.changed = this.#now();
    const pages = Math.ceil(length / PAGE_SIZE);
    for (const mapped of this.#mappings) {
      if (mapped.pages !== file.pages) continue;
      mapped.size = length;
      this.#memory.mm.unmapFilePages(mapped, pages);
    }
    for (const [index, frame] of [...file.pages]) {
      if (index < pages) continue;
      file.pages.delete(index);
      this.#memory.mm.physical.release(frame);
    }
    const last = length % PAGE_SIZE === 0 ? undefined : file.pages.get(pages - 1);
    if (last !== undefined) this.#memory.u8.fill(0, last + (length % PAGE_SIZE), last + PAGE_SIZE);
  }

  /** What mmap maps of an open file; `path` is absolute. */
  map(open: OpenFile, file: RegularFile, path: string): MappedFile {
    const { flags } = open;
    open.mapped ??= new MappedFile({
      kind: 'regular',
      name: path,
      device: DISK,
      inode: file.inode,
      size: file.bytes.length,
      writable: (flags & O_ACCMODE) === O_RDWR,
      content: (page) => file.bytes.subarray(page * PAGE_SIZE, (page + 1) * PAGE_SIZE),
      pages: file.pages,
    });
    open.mapped.size = file.bytes.length;
    this.#mappings.add(open.mapped);
    return open.mapped;
  }
}
