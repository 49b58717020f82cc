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
import { PAGE_SIZE } from '../../base/address.ts';
import type { FileStatus, LibcFiles, StreamKind } from '../libc/libc-context.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { MappedFile } from '../mm/vma.ts';
import {
  EACCES,
  EAGAIN,
  EBADF,
  EFBIG,
  EINVAL,
  EISDIR,
  EMFILE,
  ENOENT,
  ENOSPC,
  ENOTDIR,
  EPIPE,
  ESPIPE,
} from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { Disk } from './disk.ts';
import type { Device, Directory, Inode, RegularFile } from './disk.ts';
import { generatedStatus, statusOfInode, streamStatus } from './file-status.ts';
import { procFile } from './proc-files.ts';
import type { Generated, ProcessWords } from './proc-files.ts';
import type { ProcessFacts } from './proc-status.ts';

export const O_RDONLY = 0;
export const O_WRONLY = 1;
export const O_RDWR = 2;
const O_ACCMODE = 3;
const O_CREAT = 0o100;
const O_EXCL = 0o200;
const O_TRUNC = 0o1000;
const O_APPEND = 0o2000;
const O_NONBLOCK = 0o4000;
const O_DIRECTORY = 0o200000;
const O_NOFOLLOW = 0o400000;
const O_CLOEXEC = 0o2000000;
const O_TMPFILE = 0o20000000;
/** What F_SETFL may change. */
const settableFlags = O_APPEND | O_NONBLOCK;
/** What open takes and F_GETFL does not tell. */
const flagsOfOpenOnly = O_CREAT | O_EXCL | O_TRUNC | O_CLOEXEC;

const SEEK_SET = 0;
const SEEK_CUR = 1;
const SEEK_END = 2;

/** Descriptors are below this: the soft limit of RLIMIT_NOFILE. */
const mostDescriptors = 1024;
/** Device of the simulated disk. */
const DISK = '08:01';
/** Bytes that a pipe holds. */
const pipeBytes = 65536;
const AT_FDCWD = -100;

/** First parts of paths where a real machine has files that this one has not. */
const realFolders = /^\/(bin|boot|dev|etc|lib\w*|opt|proc|root|run|sbin|srv|sys|usr|var)\//;

interface Pipe {
  readonly inode: number;
  bytes: Uint8Array;
  readers: number;
  writers: number;
}

type Content =
  | { readonly kind: 'file'; readonly file: RegularFile }
  | { readonly kind: 'directory'; readonly directory: Directory }
  | { readonly kind: 'device'; readonly device: Device }
  | { readonly kind: 'generated'; readonly read: Generated }
  | { readonly kind: 'pipe'; readonly pipe: Pipe; readonly isReader: boolean }
  /** One of the process's standard streams; `number` is the descriptor that it had at the start. */
  | { readonly kind: 'standard'; readonly number: number; readonly stream: StreamKind };

/** An open file description. */
interface OpenFile {
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
  readonly #open: (OpenFile | undefined)[] = [];
  /** Descriptors that execve closes. */
  readonly #closeOnExec = new Set<number>();
  readonly #mappings = new Set<MappedFile>();
  /** Pipes that were made, by all processes. */
  readonly #pipes: { count: number };
  #umask = 0o022;
  /** What a write has written into a pipe so far, while it waits for room. */
  #writtenSoFar = 0;

  /** Makes the files of the first process, or of a child with what its parent has open. */
  constructor(options: FileSystemOptions, parent?: FileSystem) {
    this.#options = options;
    this.#memory = options.memory;
    const { streams } = options;
    this.#disk =
      parent === undefined
        ? new Disk(options.facts.uid, options.folder, () => streams.now())
        : parent.#disk.fork();
    this.#pipes = parent === undefined ? { count: 0 } : parent.#pipes;
    if (parent !== undefined) {
      this.#inherit(parent);
      return;
    }
    for (const [path, bytes] of options.files ?? []) this.#disk.provide(path, bytes.slice());
    const input = this.#standard(0, streams.stdinKind, O_RDONLY);
    const output = this.#standard(1, streams.stdoutKind, O_WRONLY);
    const errors = this.#standard(2, streams.stdoutKind, O_WRONLY);
    this.#open.push(input, output, errors);
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
    for (const fd of [...next.#closeOnExec]) next.close(fd);
    this.closeAll();
    return next;
  }

  #inherit(parent: FileSystem): void {
    this.#umask = parent.#umask;
    parent.#open.forEach((file, fd) => {
      if (file === undefined) return;
      while (this.#open.length < fd) this.#open.push(undefined);
      this.#open[fd] = file;
      file.references += 1;
    });
    for (const fd of parent.#closeOnExec) this.#closeOnExec.add(fd);
  }

  /** The process ends. */
  closeAll(): void {
    for (const fd of this.#open.keys()) this.close(fd);
  }

  /** Whether files were mapped. */
  get hasMappings(): boolean {
    return this.#mappings.size > 0;
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
      return this.#install(describe(path, flags, { kind: 'generated', read: generated }));
    }
    const found = this.#openInode(path, flags, mode, start);
    if (typeof found === 'number') return found;
    return this.#install(describe(path, flags, found));
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
    if (inode.kind === 'regular' && (flags & O_TRUNC) !== 0) this.#resize(inode, 0);
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
    return this.#install(describe(path, flags, { kind: 'file', file }));
  }

  /** A file that no path of the program leads to: zeros of that length. */
  openSystemFile(path: string, bytes: number): number {
    const file = this.#disk.newFile(new Uint8Array(bytes), 0o644);
    return this.#install(describe(path, O_RDONLY, { kind: 'file', file }));
  }

  #startOf(descriptor: number, path: string): Directory | number {
    if (descriptor === AT_FDCWD || path.startsWith('/')) return this.#disk.working;
    const content = this.#open[descriptor]?.content;
    if (content === undefined) return -EBADF;
    return content.kind === 'directory' ? content.directory : -ENOTDIR;
  }

  #install(file: OpenFile, least = 0): number {
    let fd = least;
    while (this.#open[fd] !== undefined) fd += 1;
    if (fd >= mostDescriptors) return -EMFILE;
    this.#place(fd, file);
    if ((file.flags & O_CLOEXEC) !== 0) this.#closeOnExec.add(fd);
    return fd;
  }

  #place(fd: number, file: OpenFile): void {
    while (this.#open.length < fd) this.#open.push(undefined);
    this.#open[fd] = file;
    file.references += 1;
    if (file.content.kind === 'pipe' && file.references === 1) {
      if (file.content.isReader) file.content.pipe.readers += 1;
      else file.content.pipe.writers += 1;
    }
  }

  /** Closes a descriptor; mappings of its file stay. */
  close(fd: number): number {
    const file = this.#open[fd];
    if (file === undefined) return -EBADF;
    this.#open[fd] = undefined;
    this.#closeOnExec.delete(fd);
    file.references -= 1;
    if (file.content.kind === 'pipe' && file.references === 0) {
      if (file.content.isReader) file.content.pipe.readers -= 1;
      else file.content.pipe.writers -= 1;
    }
    return 0;
  }

  /** A second descriptor, the lowest free one from `least` on. */
  duplicate(fd: number, least: number): number {
    const file = this.#open[fd];
    if (file === undefined) return -EBADF;
    if (least < 0 || least >= mostDescriptors) return -EINVAL;
    let free = least;
    while (this.#open[free] !== undefined) free += 1;
    if (free >= mostDescriptors) return -EMFILE;
    this.#place(free, file);
    return free;
  }

  /** Makes `to` a second descriptor of what `fd` is open on; what it was before is closed. */
  duplicateTo(fd: number, to: number): number {
    const file = this.#open[fd];
    if (file === undefined || to < 0 || to >= mostDescriptors) return -EBADF;
    if (to === fd) return to;
    if (this.#open[to] !== undefined) this.close(to);
    this.#place(to, file);
    return to;
  }

  /** Makes a pipe. @returns descriptors to read from and to write to, or minus errno */
  pipe(flags: number): readonly [number, number] | number {
    const pipe: Pipe = {
      inode: 30_000 + (this.#pipes.count += 1),
      bytes: new Uint8Array(),
      readers: 0,
      writers: 0,
    };
    const reader = this.#install(describe('', O_RDONLY | flags, { kind: 'pipe', pipe, isReader: true }));
    if (reader < 0) return reader;
    const writer = this.#install(describe('', O_WRONLY | flags, { kind: 'pipe', pipe, isReader: false }));
    if (writer >= 0) return [reader, writer];
    this.close(reader);
    return writer;
  }

  isOpen(fd: number): boolean {
    return this.#open[fd] !== undefined;
  }

  statusFlags(fd: number): number {
    const file = this.#open[fd];
    return file === undefined ? -EBADF : file.flags & ~flagsOfOpenOnly;
  }

  setStatusFlags(fd: number, flags: number): number {
    const file = this.#open[fd];
    if (file === undefined) return -EBADF;
    file.flags = (file.flags & ~settableFlags) | (flags & settableFlags);
    return 0;
  }

  closesOnExec(fd: number): boolean {
    return this.#closeOnExec.has(fd);
  }

  setCloseOnExec(fd: number, isOn: boolean): number {
    if (this.#open[fd] === undefined) return -EBADF;
    if (isOn) this.#closeOnExec.add(fd);
    else this.#closeOnExec.delete(fd);
    return 0;
  }

  // ---- reading and writing ----

  /** Takes up to `length` bytes from the position on, which moves. @returns the bytes, or minus errno */
  read(fd: number, length: number): Uint8Array | number {
    const file = this.#open[fd];
    if (file === undefined || (file.flags & O_ACCMODE) === O_WRONLY) return -EBADF;
    const { content } = file;
    switch (content.kind) {
      case 'standard':
        return content.number === 0 ? this.#options.streams.readInput(length) : new Uint8Array();
      case 'pipe':
        return this.#readPipe(file, content.pipe, length);
      default: {
        const bytes = this.readAt(fd, length, file.position);
        if (typeof bytes !== 'number') file.position += bytes.length;
        return bytes;
      }
    }
  }

  #readPipe(file: OpenFile, pipe: Pipe, length: number): Uint8Array | number {
    const hasSome = (): boolean => pipe.bytes.length > 0 || pipe.writers === 0;
    if (!hasSome() && length > 0) {
      if ((file.flags & O_NONBLOCK) !== 0) return -EAGAIN;
      this.#waitFor(hasSome, 'a read that waits for another process to write');
    }
    const taken = pipe.bytes.slice(0, length);
    pipe.bytes = pipe.bytes.slice(length);
    return taken;
  }

  /** Takes up to `length` bytes from `offset` on. @returns the bytes, or minus errno */
  readAt(fd: number, length: number, offset: number): Uint8Array | number {
    const file = this.#open[fd];
    if (file === undefined || (file.flags & O_ACCMODE) === O_WRONLY) return -EBADF;
    if (offset < 0) return -EINVAL;
    const { content } = file;
    switch (content.kind) {
      case 'generated':
        return content.read(offset, length);
      case 'file':
        content.file.accessed = this.#options.streams.now();
        return this.#contentOf(content.file, offset, Math.min(offset + length, content.file.bytes.length));
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
    const file = this.#open[fd];
    if (file === undefined || (file.flags & O_ACCMODE) === O_RDONLY) return -EBADF;
    const { content } = file;
    switch (content.kind) {
      case 'standard':
        // What is written to standard input goes to the terminal that it is.
        this.#options.streams.output(content.number === 0 ? 1 : content.number, bytes);
        return bytes.length;
      case 'pipe':
        return this.#writePipe(file, content.pipe, bytes);
      case 'file': {
        if ((file.flags & O_APPEND) !== 0) file.position = content.file.bytes.length;
        const done = this.#writeFile(content.file, bytes, file.position);
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

  #writePipe(file: OpenFile, pipe: Pipe, bytes: Uint8Array): number {
    const isAtomic = bytes.length <= PAGE_SIZE;
    for (;;) {
      if (pipe.readers === 0) return this.#endWrite(-EPIPE);
      const rest = bytes.length - this.#writtenSoFar;
      const room = pipeBytes - pipe.bytes.length;
      if (rest > room && (file.flags & O_NONBLOCK) !== 0) {
        if (room === 0 || isAtomic) return -EAGAIN;
        return appendTo(pipe, bytes.subarray(0, room));
      }
      if (rest <= room || !isAtomic)
        this.#writtenSoFar += appendTo(pipe, bytes.subarray(this.#writtenSoFar, this.#writtenSoFar + room));
      if (this.#writtenSoFar === bytes.length) return this.#endWrite(bytes.length);
      const least = isAtomic ? bytes.length : 1;
      const hasRoom = (): boolean => pipe.readers === 0 || pipeBytes - pipe.bytes.length >= least;
      this.#waitFor(hasRoom, 'a write that waits for another process to read');
    }
  }

  /** A write into a pipe is over: what was written before it failed counts. */
  #endWrite(result: number): number {
    const written = this.#writtenSoFar;
    this.#writtenSoFar = 0;
    return result < 0 && written > 0 ? written : result;
  }

  #waitFor(isReady: () => boolean, what: string): void {
    const { waitFor } = this.#options;
    if (waitFor === undefined) throw new NotModelled(what);
    waitFor(this.#memory, isReady);
  }

  /** Writes at an offset; the position stays. */
  writeAt(fd: number, bytes: Uint8Array, offset: number): number {
    const file = this.#open[fd];
    if (file === undefined || (file.flags & O_ACCMODE) === O_RDONLY) return -EBADF;
    if (offset < 0) return -EINVAL;
    const { content } = file;
    if (content.kind === 'device') return content.device.name === 'full' ? -ENOSPC : bytes.length;
    if (content.kind !== 'file') return -ESPIPE;
    // Linux appends whatever the offset says.
    return this.#writeFile(
      content.file,
      bytes,
      (file.flags & O_APPEND) === 0 ? offset : content.file.bytes.length,
    );
  }

  #writeFile(file: RegularFile, bytes: Uint8Array, position: number): number {
    if (bytes.length === 0) return 0;
    const end = position + bytes.length;
    if (end > largestFile) return -EFBIG;
    if (end > file.bytes.length) this.#resize(file, end);
    file.bytes.set(bytes, position);
    for (let done = 0; done < bytes.length;) {
      const at = position + done;
      const count = Math.min(PAGE_SIZE - (at % PAGE_SIZE), bytes.length - done);
      const frame = file.pages.get(Math.floor(at / PAGE_SIZE));
      if (frame !== undefined)
        this.#memory.u8.set(bytes.subarray(done, done + count), frame + (at % PAGE_SIZE));
      done += count;
    }
    file.modified = file.changed = this.#options.streams.now();
    return bytes.length;
  }

  /** Moves the position. @returns the new one, or minus errno */
  seek(fd: number, offset: number, whence: number): number {
    const file = this.#open[fd];
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
    const file = this.#open[fd];
    if (file === undefined) return -EBADF;
    if (file.content.kind !== 'file' || (file.flags & O_ACCMODE) === O_RDONLY || length < 0) return -EINVAL;
    if (length > largestFile) return -EFBIG;
    this.#resize(file.content.file, length);
    return 0;
  }

  truncatePath(path: string, length: number): number {
    const inode = this.#inodeAt(path);
    if (typeof inode === 'number') return inode;
    if (inode.kind === 'directory') return -EISDIR;
    if (inode.kind !== 'regular' || length < 0) return -EINVAL;
    if (!this.#disk.mayAccess(inode, 2)) return -EACCES;
    if (length > largestFile) return -EFBIG;
    this.#resize(inode, length);
    return 0;
  }

  /** Bytes of the file; 0 for a generated one. */
  size(fd: number): number {
    const content = this.#open[fd]?.content;
    if (content === undefined) return -EBADF;
    return content.kind === 'file' ? content.file.bytes.length : 0;
  }

  // ---- what files are ----

  status(fd: number): FileStatus | number {
    const file = this.#open[fd];
    return file === undefined ? -EBADF : this.#statusOf(file);
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
    const file = this.#open[fd];
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
    const content = this.#open[fd]?.content;
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
    const open = this.#open[fd];
    if (open?.content.kind !== 'file') return undefined;
    const { path, flags } = open;
    const { file } = open.content;
    open.mapped ??= new MappedFile({
      kind: 'regular',
      name: path.startsWith('/') ? path : `${this.workingDirectory()}/${path}`,
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

  /** Bytes as the page cache has them: a shared mapping may have changed them. */
  #contentOf(file: RegularFile, start: number, end: number): Uint8Array {
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

  #resize(file: RegularFile, length: number): void {
    const resized = new Uint8Array(length);
    resized.set(file.bytes.subarray(0, length));
    file.bytes = resized;
    file.modified = file.changed = this.#options.streams.now();
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

  #generated(path: string): Generated | undefined {
    const { facts, words } = this.#options;
    return procFile(path, this.#memory, facts, words);
  }
}

/** Puts bytes into a pipe that has room for them. @returns how many */
function appendTo(pipe: Pipe, bytes: Uint8Array): number {
  const held = new Uint8Array(pipe.bytes.length + bytes.length);
  held.set(pipe.bytes);
  held.set(bytes, pipe.bytes.length);
  pipe.bytes = held;
  return bytes.length;
}

/** Largest file that the simulation holds. */
const largestFile = 1 << 30;

function describe(path: string, flags: number, content: Content): OpenFile {
  return { path, flags, content, mapped: undefined, position: 0, references: 0, listing: undefined };
}
