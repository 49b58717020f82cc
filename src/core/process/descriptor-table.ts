/**
 * The descriptors of a process: which open file description each refers to, and which of them execve closes.
 *
 * Source: Linux, fs/file.c, fs/fcntl.c (which descriptor is taken, which error comes first).
 */
import { EBADF, EINVAL, EMFILE } from '../target/errno.ts';
import { O_CLOEXEC, flagsOfOpenOnly, settableFlags } from './open-file.ts';
import type { OpenFile } from './open-file.ts';

/** Descriptors are below this: the soft limit of RLIMIT_NOFILE. */
const mostDescriptors = 1024;

/** Descriptors of one process. Calls answer with a number or minus errno. */
export class DescriptorTable {
  readonly #open: (OpenFile | undefined)[] = [];
  /** Descriptors that execve closes. */
  readonly #closeOnExec = new Set<number>();

  /** What a descriptor refers to. */
  get(fd: number): OpenFile | undefined {
    return this.#open[fd];
  }

  /** Takes over what another process has open. */
  inherit(parent: DescriptorTable): void {
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

  /** What execve closes. */
  closeMarked(): void {
    for (const fd of [...this.#closeOnExec]) this.close(fd);
  }

  /** Gives a description the lowest free descriptor from `least` on. @returns it, or minus errno */
  install(file: OpenFile, least = 0): number {
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
}
