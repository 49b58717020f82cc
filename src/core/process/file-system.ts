/**
 * Descriptors of the simulated process, and what they are open on.
 *
 * A descriptor refers to an open file description (flags and position), which dup shares. Descriptions are of files of
 * the {@link Disk}, of generated files (/proc/self), of pipes, and of the standard streams that whoever makes the process
 * gives. A file that is open can be mapped: its pages in the page cache are then the truth for read, write and mappings.
 *
 * Source: Linux, fs/open.c, fs/read_write.c, fs/pipe.c, fs/fcntl.c, mm/filemap.c (behaviour of the calls).
 * Simplified: only reads and writes of pipes wait for other processes.
 */
import type { FileStatus, LibcFiles, Readiness, ReadinessOf, StreamKind } from '../libc/libc-context.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import type { MappedFile } from '../mm/vma.ts';
import { EACCES, EBADF, EFBIG, EINVAL, EISDIR, ENOENT, ENOSPC, ENOTDIR, ESPIPE } from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { Disk } from './disk.ts';
import type { Device, Directory, Inode } from './disk.ts';
import { DescriptorTable } from './descriptor-table.ts';
import { FileContents, largestFile } from './file-contents.ts';
import {
  O_RDONLY,
  O_WRONLY,
  O_RDWR,
  O_ACCMODE,
  O_CREAT,
  O_EXCL,
  O_TRUNC,
  O_APPEND,
  O_DIRECTORY,
  O_NOFOLLOW,
  O_TMPFILE,
  describe,
} from './open-file.ts';
import type { Content, OpenFile, Pipe } from './open-file.ts';
import { PipeTransfer } from './pipe-transfer.ts';
import { generatedStatus, statusOfInode, streamStatus } from './file-status.ts';
import { procFile } from './proc-files.ts';
import type { Generated, ProcessWords } from './proc-files.ts';
import type { ProcessFacts } from './proc-status.ts';

const SEEK_SET = 0;
const SEEK_CUR = 1;
const SEEK_END = 2;

const AT_FDCWD = -100;

/** First parts of paths where a real machine has files that this one has not. */
const realFolders = /^\/(bin|boot|dev|etc|lib\w*|opt|proc|root|run|sbin|srv|sys|usr|var)\//;

/** What the process gets from whoever makes it. */
export interface StandardStreams {
  readonly stdinKind: StreamKind;
  readonly stdoutKind: StreamKind;
  /** Takes up to `length` bytes of standard input. */
  readInput(length: number): Uint8Array;
  /** Bytes for descriptor 1 or 2 of the start. */
  output(fd: number, bytes: Uint8Array): void;
  /** Nanoseconds since the epoch. */
  now(): number;
}

export interface FileSystemOptions {
  readonly memory: ProcessMemory;
  readonly facts: ProcessFacts;
  readonly words: ProcessWords;
  readonly streams: StandardStreams;
  /** Working directory at the start. */
  readonly folder: string;
  readonly programPath: string;
  /** Content of files that are there, by absolute path. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** Waits until other processes have made something so; without it there are none. */
  readonly waitFor?: (memory: ProcessMemory, isReady: () => boolean) => void;
}

/** Files and descriptors of one process. Calls answer with a number or minus errno. */
export class FileSystem implements LibcFiles {
  readonly #memory: ProcessMemory;
  readonly #options: FileSystemOptions;
  readonly #disk: Disk;
  /** Pipes that were made, by all processes. */
  readonly #pipes: { count: number };
  #umask = 0o022;
  readonly #table = new DescriptorTable();
  readonly #contents: FileContents;
  readonly #pipeTransfer: PipeTransfer;
  /** Makes the files of the first process, or of a child with what its parent has open. */
  constructor(options: FileSystemOptions, parent?: FileSystem) {
    this.#options = options;
    this.#memory = options.memory;
    const { streams, waitFor, memory } = options;
    this.#contents = new FileContents(memory, () => streams.now());
    this.#pipeTransfer = new PipeTransfer(
      waitFor === undefined
        ? undefined
        : (isReady) => {
            waitFor(memory, isReady);
          },
    );
    this.#disk =
      parent === undefined
        ? new Disk(options.facts.uid, options.folder, () => streams.now())
        : parent.#disk.fork();
    this.#pipes = parent === undefined ? { count: 0 } : parent.#pipes;
    if (parent !== undefined) {
      this.#umask = parent.#umask;
      this.#table.inherit(parent.#table);
      return;
    }
    for (const [path, bytes] of options.files ?? []) this.#disk.provide(path, bytes.slice());
    const input = this.#standard(0, streams.stdinKind, O_RDONLY);
    const output = this.#standard(1, streams.stdoutKind, O_WRONLY);
    const errors = this.#standard(2, streams.stdoutKind, O_WRONLY);
    for (const stream of [input, output, errors]) this.#table.install(stream);
  }

  /** The files of a child: the same disk and open file descriptions. */
  fork(memory: ProcessMemory, pid: number): FileSystem {
    if (this.hasMappings) throw new NotModelled('fork of a process that has mapped a file');
    const facts = { ...this.#options.facts, pid, parent: this.#options.facts.pid };
    return new FileSystem({ ...this.#options, memory, facts }, this);
  }

  /** The files of the program that follows execve in the same process: what is not to be closed. */
  exec(memory: ProcessMemory, words: ProcessWords, name: string, now: () => number): FileSystem {
    if (this.hasMappings) throw new NotModelled('execve in a process that has mapped a file');
    const facts = { ...this.#options.facts, name };
    const streams = { ...this.#options.streams, now };
    const next = new FileSystem({ ...this.#options, memory, facts, words, streams }, this);
    next.#table.closeMarked();
    this.closeAll();
    return next;
  }

  /** Whether files were mapped. */
  get hasMappings(): boolean {
    return this.#contents.hasMappings;
  }

  #standard(number: number, stream: StreamKind, access: number): OpenFile {
    const flags = stream === 'terminal' ? O_RDWR : access;
    return describe('', flags, { kind: 'standard', number, stream });
  }

  // ---- opening and closing ----

  /** Opens a file. `directory`: descriptor that relative paths begin at. @returns a descriptor, or minus errno */
  open(path: string, flags: number, mode = 0o666, directory = AT_FDCWD): number {
    const start = this.#startOf(directory, path);
    if (typeof start === 'number') return start;
    if ((flags & O_TMPFILE) === O_TMPFILE) return this.#openUnnamed(path, flags, mode, start);
    const generated = this.#generated(path);
    const writes = (flags & O_ACCMODE) !== O_RDONLY;
    if (generated !== undefined) {
      if (writes) return -EACCES;
      return this.#table.install(describe(path, flags, { kind: 'generated', read: generated }));
    }
    const found = this.#openInode(path, flags, mode, start);
    if (typeof found === 'number') return found;
    return this.#table.install(describe(path, flags, found));
  }

  #openInode(path: string, flags: number, mode: number, start: Directory): Content | number {
    const isExclusive = (flags & O_EXCL) !== 0;
    let inode: Inode;
    let isNew = false;
    if ((flags & O_CREAT) !== 0) {
      const created = this.#disk.create(path, mode & 0o7777 & ~this.#umask, isExclusive, start);
      if (typeof created === 'number') return this.#missing(path, created);
      ({ inode, isNew } = created);
    } else {
      const found = this.#disk.find(path, start, (flags & O_NOFOLLOW) !== 0);
      if (typeof found === 'number') return this.#missing(path, found);
      inode = found;
    }
    const access = flags & O_ACCMODE;
    if (inode.kind === 'directory' && (access !== O_RDONLY || (flags & O_CREAT) !== 0)) return -EISDIR;
    if ((flags & O_DIRECTORY) !== 0 && inode.kind !== 'directory') return -ENOTDIR;
    const wanted = access === O_RDONLY ? 4 : access === O_WRONLY ? 2 : 6;
    if (!isNew && !this.#disk.mayAccess(inode, wanted)) return -EACCES;
    if (inode.kind === 'regular' && (flags & O_TRUNC) !== 0) this.#contents.resize(inode, 0);
    switch (inode.kind) {
      case 'regular':
        return { kind: 'file', file: inode };
      case 'directory':
        return { kind: 'directory', directory: inode };
      case 'link':
        throw new NotModelled('opening a symbolic link itself');
      case 'device':
        return this.#deviceContent(inode);
    }
  }

  #deviceContent(device: Device): Content {
    if (device.name !== 'tty') return { kind: 'device', device };
    throw new NotModelled('/dev/tty');
  }

  /** An error for a path, unless a real machine has a file there. */
  #missing(path: string, error: number): number {
    if (error !== -ENOENT && error !== -EACCES) return error;
    if (path === this.#options.programPath) throw new NotModelled(`the program's own file ${path}`);
    const isOwn = path.startsWith('/var/tmp/');
    if (realFolders.test(path) && !isOwn) throw new NotModelled(`the file ${path} of the machine`);
    return error;
  }

  /** A file without a name, as tmpfile makes it. */
  #openUnnamed(path: string, flags: number, mode: number, start: Directory): number {
    const directory = this.#disk.find(path, start);
    if (typeof directory === 'number') return directory;
    if (directory.kind !== 'directory') return -ENOTDIR;
    if ((flags & O_ACCMODE) === O_RDONLY) return -EINVAL;
    if (!this.#disk.mayAccess(directory, 2)) return -EACCES;
    const file = this.#disk.newFile(new Uint8Array(), mode & 0o7777 & ~this.#umask);
    file.links = 0;
    return this.#table.install(describe(path, flags, { kind: 'file', file }));
  }

  /** A file that no path of the program leads to: zeros of that length. */
  openSystemFile(path: string, bytes: number): number {
    const file = this.#disk.newFile(new Uint8Array(bytes), 0o644);
    return this.#table.install(describe(path, O_RDONLY, { kind: 'file', file }));
  }

  #startOf(descriptor: number, path: string): Directory | number {
    if (descriptor === AT_FDCWD || path.startsWith('/')) return this.#disk.working;
    const content = this.#table.get(descriptor)?.content;
    if (content === undefined) return -EBADF;
    return content.kind === 'directory' ? content.directory : -ENOTDIR;
  }

  /** Makes a pipe. @returns descriptors to read from and to write to, or minus errno */
  pipe(flags: number): readonly [number, number] | number {
    const pipe: Pipe = {
      inode: 30_000 + (this.#pipes.count += 1),
      bytes: new Uint8Array(),
      readers: 0,
      writers: 0,
    };
    const reader = this.#table.install(
      describe('', O_RDONLY | flags, { kind: 'pipe', pipe, isReader: true }),
    );
    if (reader < 0) return reader;
    const writer = this.#table.install(
      describe('', O_WRONLY | flags, { kind: 'pipe', pipe, isReader: false }),
    );
    if (writer >= 0) return [reader, writer];
    this.close(reader);
    return writer;
  }

  // ---- descriptors ----

  /** The process ends. */
  closeAll(): void {
    this.#table.closeAll();
  }

  close(fd: number): number {
    return this.#table.close(fd);
  }

  duplicate(fd: number, least: number): number {
    return this.#table.duplicate(fd, least);
  }

  duplicateTo(fd: number, to: number): number {
    return this.#table.duplicateTo(fd, to);
  }

  isOpen(fd: number): boolean {
    return this.#table.get(fd) !== undefined;
  }

  statusFlags(fd: number): number {
    return this.#table.statusFlags(fd);
  }

  setStatusFlags(fd: number, flags: number): number {
    return this.#table.setStatusFlags(fd, flags);
  }

  closesOnExec(fd: number): boolean {
    return this.#table.closesOnExec(fd);
  }

  setCloseOnExec(fd: number, isOn: boolean): number {
    return this.#table.setCloseOnExec(fd, isOn);
  }

  // ---- reading and writing ----

  /** Takes up to `length` bytes from the position on, which moves. @returns the bytes, or minus errno */
  read(fd: number, length: number): Uint8Array | number {
    const file = this.#table.get(fd);
    if (file === undefined || (file.flags & O_ACCMODE) === O_WRONLY) return -EBADF;
    const { content } = file;
    switch (content.kind) {
      case 'standard':
        return content.number === 0 ? this.#options.streams.readInput(length) : new Uint8Array();
      case 'pipe':
        return this.#pipeTransfer.read(file, content.pipe, length);
      default: {
        const bytes = this.readAt(fd, length, file.position);
        if (typeof bytes !== 'number') file.position += bytes.length;
        return bytes;
      }
    }
  }

  /** Takes up to `length` bytes from `offset` on. @returns the bytes, or minus errno */
  readAt(fd: number, length: number, offset: number): Uint8Array | number {
    const file = this.#table.get(fd);
    if (file === undefined || (file.flags & O_ACCMODE) === O_WRONLY) return -EBADF;
    if (offset < 0) return -EINVAL;
    const { content } = file;
    switch (content.kind) {
      case 'generated':
        return content.read(offset, length);
      case 'file':
        content.file.accessed = this.#options.streams.now();
        return this.#contents.read(
          content.file,
          offset,
          Math.min(offset + length, content.file.bytes.length),
        );
      case 'directory':
        return -EISDIR;
      case 'device':
        return this.#readDevice(content.device, length);
      case 'pipe':
      case 'standard':
        return -ESPIPE;
    }
  }

  #readDevice(device: Device, length: number): Uint8Array {
    if (device.name === 'urandom') throw new NotModelled('random bytes of /dev/urandom');
    return new Uint8Array(device.name === 'null' ? 0 : length);
  }

  /** Writes at the position, which moves; the file grows as needed. @returns bytes written, or minus errno */
  write(fd: number, bytes: Uint8Array): number {
    const file = this.#table.get(fd);
    if (file === undefined || (file.flags & O_ACCMODE) === O_RDONLY) return -EBADF;
    const { content } = file;
    switch (content.kind) {
      case 'standard':
        // What is written to standard input goes to the terminal that it is.
        this.#options.streams.output(content.number === 0 ? 1 : content.number, bytes);
        return bytes.length;
      case 'pipe':
        return this.#pipeTransfer.write(file, content.pipe, bytes);
      case 'file': {
        if ((file.flags & O_APPEND) !== 0) file.position = content.file.bytes.length;
        const done = this.#contents.write(content.file, bytes, file.position);
        if (done > 0) file.position += done;
        return done;
      }
      case 'device':
        return content.device.name === 'full' ? -ENOSPC : bytes.length;
      case 'generated':
      case 'directory':
        return -EBADF;
    }
  }

  /** Writes at an offset; the position stays. */
  writeAt(fd: number, bytes: Uint8Array, offset: number): number {
    const file = this.#table.get(fd);
    if (file === undefined || (file.flags & O_ACCMODE) === O_RDONLY) return -EBADF;
    if (offset < 0) return -EINVAL;
    const { content } = file;
    if (content.kind === 'device') return content.device.name === 'full' ? -ENOSPC : bytes.length;
    if (content.kind !== 'file') return -ESPIPE;
    // Linux appends whatever the offset says.
    return this.#contents.write(
      content.file,
      bytes,
      (file.flags & O_APPEND) === 0 ? offset : content.file.bytes.length,
    );
  }

  /** Moves the position. @returns the new one, or minus errno */
  seek(fd: number, offset: number, whence: number): number {
    const file = this.#table.get(fd);
    if (file === undefined) return -EBADF;
    const { content } = file;
    if (content.kind === 'pipe' || content.kind === 'standard') return -ESPIPE;
    if (whence < SEEK_SET || whence > SEEK_END) return -EINVAL;
    const size = content.kind === 'file' ? content.file.bytes.length : 0;
    if (content.kind === 'device') return 0;
    const base = whence === SEEK_SET ? 0 : whence === SEEK_CUR ? file.position : size;
    if (content.kind === 'generated' && whence === SEEK_END) return -EINVAL;
    if (base + offset < 0) return -EINVAL;
    file.position = base + offset;
    if (content.kind === 'directory') file.listing = undefined;
    return file.position;
  }

  /** Sets the length of a file; pages behind the new end are SIGBUS for those who have them mapped. */
  truncate(fd: number, length: number): number {
    const file = this.#table.get(fd);
    if (file === undefined) return -EBADF;
    if (file.content.kind !== 'file' || (file.flags & O_ACCMODE) === O_RDONLY || length < 0) return -EINVAL;
    if (length > largestFile) return -EFBIG;
    this.#contents.resize(file.content.file, length);
    return 0;
  }

  truncatePath(path: string, length: number): number {
    const inode = this.#inodeAt(path);
    if (typeof inode === 'number') return inode;
    if (inode.kind === 'directory') return -EISDIR;
    if (inode.kind !== 'regular' || length < 0) return -EINVAL;
    if (!this.#disk.mayAccess(inode, 2)) return -EACCES;
    if (length > largestFile) return -EFBIG;
    this.#contents.resize(inode, length);
    return 0;
  }

  /** Bytes of the file; 0 for a generated one. */
  size(fd: number): number {
    const content = this.#table.get(fd)?.content;
    if (content === undefined) return -EBADF;
    return content.kind === 'file' ? content.file.bytes.length : 0;
  }

  // ---- what files are ----

  status(fd: number): FileStatus | number {
    const file = this.#table.get(fd);
    return file === undefined ? -EBADF : this.#statusOf(file);
  }

  readiness(fd: number): Readiness | undefined {
    const content = this.#table.get(fd)?.content;
    if (content === undefined) return undefined;
    if (content.kind === 'pipe') return this.#pipeTransfer.readiness(content.pipe, content.isReader);
    if (content.kind === 'standard' && content.stream === 'pipe' && content.number === 0)
      throw new NotModelled('waiting for standard input');
    return { isReadable: true, isWritable: true, hasHungUp: false, hasFailed: false };
  }

  waitUntil(isSo: (readinessOf: ReadinessOf) => boolean, what: string): void {
    this.#pipeTransfer.waitUntil(() => isSo((fd) => this.readiness(fd)), what);
  }

  statusOf(path: string, directory: number, keepLink: boolean): FileStatus | number {
    if (this.#generated(path) !== undefined) return generatedStatus(this.#options.facts.uid);
    const start = this.#startOf(directory, path);
    if (typeof start === 'number') return start;
    const inode = this.#disk.find(path, start, keepLink);
    return typeof inode === 'number' ? this.#missing(path, inode) : statusOfInode(inode);
  }

  #statusOf({ content }: OpenFile): FileStatus {
    switch (content.kind) {
      case 'file':
        return statusOfInode(content.file);
      case 'directory':
        return statusOfInode(content.directory);
      case 'device':
        return statusOfInode(content.device);
      case 'generated':
        return generatedStatus(this.#options.facts.uid);
      case 'pipe':
        return streamStatus('pipe', content.pipe.inode);
      case 'standard':
        return streamStatus(content.stream, 3 + content.number);
    }
  }

  /** Names in an open directory, `.` and `..` first, from the position on. */
  readDirectory(
    fd: number,
  ): readonly { readonly name: string; readonly inode: number; readonly mode: number }[] | number {
    const file = this.#table.get(fd);
    if (file === undefined) return -EBADF;
    if (file.content.kind !== 'directory') return -ENOTDIR;
    const { directory } = file.content;
    file.listing ??= [
      { name: '.', inode: directory },
      { name: '..', inode: directory.parent },
      ...[...directory.entries].map(([name, inode]) => ({ name, inode })),
    ];
    const rest = file.listing.slice(file.position);
    file.position = file.listing.length;
    return rest.map(({ name, inode }) => ({
      name,
      inode: inode.inode,
      mode: statusOfInode(inode).mode,
    }));
  }

  mayAccess(path: string, wanted: number, directory: number): number {
    if (this.#generated(path) !== undefined) return (wanted & 3) === 0 ? 0 : -EACCES;
    const start = this.#startOf(directory, path);
    if (typeof start === 'number') return start;
    const inode = this.#disk.find(path, start);
    if (typeof inode === 'number') return this.#missing(path, inode);
    return this.#disk.mayAccess(inode, wanted) ? 0 : -EACCES;
  }

  changeMode(target: string | number, mode: number): number {
    const inode = typeof target === 'string' ? this.#inodeAt(target) : this.#inodeOf(target);
    if (typeof inode === 'number') return inode;
    inode.mode = mode & 0o7777;
    inode.changed = this.#options.streams.now();
    return 0;
  }

  setTimes(target: string | number, accessed: number | undefined, modified: number | undefined): number {
    const inode = typeof target === 'string' ? this.#inodeAt(target) : this.#inodeOf(target);
    if (typeof inode === 'number') return inode;
    if (accessed !== undefined) inode.accessed = accessed;
    if (modified !== undefined) inode.modified = modified;
    inode.changed = this.#options.streams.now();
    return 0;
  }

  now(): number {
    return this.#options.streams.now();
  }

  setUmask(mask: number): number {
    const before = this.#umask;
    this.#umask = mask & 0o777;
    return before;
  }

  // ---- names ----

  makeDirectory(path: string, mode: number): number {
    return this.#disk.makeDirectory(path, mode & 0o7777 & ~this.#umask);
  }

  removeDirectory(path: string): number {
    return this.#disk.removeDirectory(path);
  }

  unlink(path: string): number {
    return this.#disk.unlink(path);
  }

  rename(from: string, to: string): number {
    return this.#disk.rename(from, to);
  }

  link(target: string, path: string): number {
    return this.#disk.link(target, path);
  }

  symbolicLink(target: string, path: string): number {
    return this.#disk.symbolicLink(target, path);
  }

  readLink(path: string): string | number {
    if (path === '/proc/self/exe') return this.#options.programPath;
    if (path === '/proc/self/cwd') return this.workingDirectory();
    const inode = this.#disk.find(path, this.#disk.working, true);
    if (typeof inode === 'number') return this.#missing(path, inode);
    return inode.kind === 'link' ? inode.target : -EINVAL;
  }

  workingDirectory(): string {
    return this.#disk.pathOf(this.#disk.working);
  }

  changeDirectory(target: string | number): number {
    const inode = typeof target === 'string' ? this.#inodeAt(target) : this.#inodeOf(target);
    if (typeof inode === 'number') return inode;
    if (inode.kind === 'directory' && !this.#disk.mayAccess(inode, 1)) return -EACCES;
    return this.#disk.changeDirectory(inode);
  }

  #inodeAt(path: string): Inode | number {
    const inode = this.#disk.find(path);
    return typeof inode === 'number' ? this.#missing(path, inode) : inode;
  }

  #inodeOf(fd: number): Inode | number {
    const content = this.#table.get(fd)?.content;
    switch (content?.kind) {
      case undefined:
        return -EBADF;
      case 'file':
        return content.file;
      case 'directory':
        return content.directory;
      case 'device':
        return content.device;
      default:
        return -EINVAL;
    }
  }

  // ---- mappings ----

  /** What mmap maps for a descriptor: the `fileOf` of {@link ProcessMemory}. */
  mappedFile(fd: number): MappedFile | undefined {
    const open = this.#table.get(fd);
    if (open?.content.kind !== 'file') return undefined;
    const { path } = open;
    return this.#contents.map(
      open,
      open.content.file,
      path.startsWith('/') ? path : `${this.workingDirectory()}/${path}`,
    );
  }

  #generated(path: string): Generated | undefined {
    const { facts, words } = this.#options;
    return procFile(path, this.#memory, facts, words);
  }
}
