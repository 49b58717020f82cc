/**
 * The tree of files of the simulated machine: directories, regular files, symbolic links, a few devices.
 *
 * The tree begins with what a program may expect: /tmp, the user's folder (the working directory), /dev. The user owns
 * /tmp and the own folder and may create files there only.
 *
 * Source: Linux, fs/namei.c (how a path is walked, which error comes first).
 * Simplified: one user; permission bits are kept and only the owner's are looked at; no hard links to directories.
 */
import {
  EACCES,
  EBUSY,
  EEXIST,
  EINVAL,
  EISDIR,
  ELOOP,
  ENOENT,
  ENOTDIR,
  ENOTEMPTY,
  EPERM,
} from '../target/errno.ts';

/** Bits of st_mode. Source: Linux, include/uapi/linux/stat.h. */
export const S_IFIFO = 0o010000;
export const S_IFCHR = 0o020000;
export const S_IFDIR = 0o040000;
export const S_IFREG = 0o100000;
export const S_IFLNK = 0o120000;

const FIRST_INODE = 2_000_001;

interface InodeCommon {
  readonly inode: number;
  /** Permission bits, 0 to 07777. */
  mode: number;
  readonly owner: number;
  links: number;
  /** Nanoseconds since the epoch: last access, change of the content, change of the inode. */
  accessed: number;
  modified: number;
  changed: number;
}

/** A regular file. */
export interface RegularFile extends InodeCommon {
  readonly kind: 'regular';
  bytes: Uint8Array;
  /** Page cache of the file: every open file object that is mapped shares it. */
  readonly pages: Map<number, number>;
}

export interface Directory extends InodeCommon {
  readonly kind: 'directory';
  readonly entries: Map<string, Inode>;
  parent: Directory;
}

export type DeviceName = 'null' | 'zero' | 'full' | 'urandom' | 'tty';

export interface Device extends InodeCommon {
  readonly kind: 'device';
  readonly name: DeviceName;
  /** Major and minor number. */
  readonly device: readonly [number, number];
}

export interface SymbolicLink extends InodeCommon {
  readonly kind: 'link';
  readonly target: string;
}

export type Inode = RegularFile | Directory | Device | SymbolicLink;

/** Where a path leads: the directory, the last name in it, and what is there. */
interface Place {
  readonly directory: Directory;
  readonly name: string;
  readonly inode: Inode | undefined;
  /** The path ends with a slash, so it must be a directory. */
  readonly wantsDirectory: boolean;
}

const mostLinks = 40;

/** The tree and the working directory. Calls answer with what is wanted or minus errno. */
export class Disk {
  readonly #root: Directory;
  #working: Directory;
  readonly #inodes: { next: number };
  readonly #user: number;
  readonly #now: () => number;

  /**
   * Makes the tree, as one process sees it.
   *
   * @param home - absolute path of the working directory, which is the user's
   * @param now - nanoseconds since the epoch
   * @param parent - whose tree it is, with a working directory of its own
   */
  constructor(user: number, home: string, now: () => number, parent?: Disk) {
    this.#user = user;
    this.#now = now;
    this.#inodes = parent === undefined ? { next: FIRST_INODE } : parent.#inodes;
    if (parent !== undefined) {
      this.#root = parent.#root;
      this.#working = parent.#working;
      return;
    }
    const root: Directory = {
      ...this.#common(0o755, 0, 2),
      kind: 'directory',
      entries: new Map(),
      get parent(): Directory {
        return root;
      },
    };
    this.#root = root;
    for (const path of ['/tmp', '/dev', '/etc', '/home', '/proc', '/usr', '/var']) this.#makeTree(path, 0);
    this.#makeTree('/var/tmp', user);
    const tmp = this.#root.entries.get('tmp');
    if (tmp !== undefined) tmp.mode = 0o1777;
    this.#working = this.#makeTree(home, user);
    this.provide('/etc/localtime', universalTimeFile());
    const devices = this.#makeTree('/dev', 0);
    const make = (name: DeviceName, device: readonly [number, number]): void => {
      devices.entries.set(name, { ...this.#common(0o666, 0, 1), kind: 'device', name, device });
    };
    make('null', [1, 3]);
    make('zero', [1, 5]);
    make('full', [1, 7]);
    make('urandom', [1, 9]);
    make('tty', [5, 0]);
  }

  /** The same tree for a child process. */
  fork(): Disk {
    return new Disk(this.#user, '/', this.#now, this);
  }

  /** Puts a file there, with the directories above it. */
  provide(path: string, bytes: Uint8Array): void {
    const slash = path.lastIndexOf('/');
    const directory = this.#makeTree(path.slice(0, slash), this.#user);
    directory.entries.set(path.slice(slash + 1), this.newFile(bytes, 0o644));
  }

  /** A regular file that has no name yet. */
  newFile(bytes: Uint8Array, mode: number): RegularFile {
    return { ...this.#common(mode, this.#user, 1), kind: 'regular', bytes, pages: new Map() };
  }

  get working(): Directory {
    return this.#working;
  }

  /** The inode at a path; a link at the end is followed unless `keepLink`. */
  find(path: string, from = this.#working, keepLink = false): Inode | number {
    const place = this.#walk(path, from, keepLink);
    if (typeof place === 'number') return place;
    if (place.inode === undefined) return -ENOENT;
    return place.wantsDirectory && place.inode.kind !== 'directory' ? -ENOTDIR : place.inode;
  }

  /** Creates a regular file where none is; gives the one that is there. `isNew` tells which. */
  create(
    path: string,
    mode: number,
    isExclusive: boolean,
    from = this.#working,
  ): { readonly inode: Inode; readonly isNew: boolean } | number {
    const place = this.#walk(path, from, isExclusive);
    if (typeof place === 'number') return place;
    if (place.inode !== undefined) return isExclusive ? -EEXIST : { inode: place.inode, isNew: false };
    if (place.wantsDirectory) return -EISDIR;
    const denied = this.#mayChange(place.directory);
    if (denied !== 0) return denied;
    const inode = this.newFile(new Uint8Array(), mode);
    this.#enter(place.directory, place.name, inode);
    return { inode, isNew: true };
  }

  makeDirectory(path: string, mode: number, from = this.#working): number {
    const place = this.#walk(path, from, true);
    if (typeof place === 'number') return place;
    if (place.inode !== undefined) return -EEXIST;
    const denied = this.#mayChange(place.directory);
    if (denied !== 0) return denied;
    this.#enter(place.directory, place.name, this.#newDirectory(place.directory, mode, this.#user));
    place.directory.links += 1;
    return 0;
  }

  link(target: string, path: string): number {
    const inode = this.find(target, this.#working, true);
    if (typeof inode === 'number') return inode;
    if (inode.kind === 'directory') return -EPERM;
    const place = this.#walk(path, this.#working, true);
    if (typeof place === 'number') return place;
    if (place.inode !== undefined) return -EEXIST;
    const denied = this.#mayChange(place.directory);
    if (denied !== 0) return denied;
    this.#enter(place.directory, place.name, inode);
    inode.links += 1;
    inode.changed = this.#now();
    return 0;
  }

  symbolicLink(target: string, path: string): number {
    if (target === '') return -ENOENT;
    const place = this.#walk(path, this.#working, true);
    if (typeof place === 'number') return place;
    if (place.inode !== undefined) return -EEXIST;
    const denied = this.#mayChange(place.directory);
    if (denied !== 0) return denied;
    this.#enter(place.directory, place.name, {
      ...this.#common(0o777, this.#user, 1),
      kind: 'link',
      target,
    });
    return 0;
  }

  /** Takes a name away that is no directory's; the file lives on while it is open. */
  unlink(path: string, from = this.#working): number {
    const place = this.#walk(path, from, true);
    if (typeof place === 'number') return place;
    const { inode, directory, name } = place;
    if (inode === undefined) return -ENOENT;
    if (place.wantsDirectory) return inode.kind === 'directory' ? -EISDIR : -ENOTDIR;
    const denied = this.#mayChange(directory);
    if (denied !== 0) return denied;
    if (inode.kind === 'directory') return -EISDIR;
    this.#leave(directory, name, inode);
    return 0;
  }

  removeDirectory(path: string, from = this.#working): number {
    const last = path.replace(/\/+$/, '').split('/').at(-1);
    if (last === '.') return -EINVAL;
    if (last === '..') return -ENOTEMPTY;
    const place = this.#walk(path, from, true);
    if (typeof place === 'number') return place;
    const { inode, directory, name } = place;
    if (inode === undefined) return -ENOENT;
    if (inode === this.#root) return -EBUSY;
    const denied = this.#mayChange(directory);
    if (denied !== 0) return denied;
    if (inode.kind !== 'directory') return -ENOTDIR;
    if (inode.entries.size > 0) return -ENOTEMPTY;
    this.#leave(directory, name, inode);
    directory.links -= 1;
    return 0;
  }

  rename(oldPath: string, newPath: string): number {
    const from = this.#walk(oldPath, this.#working, true);
    if (typeof from === 'number') return from;
    const to = this.#walk(newPath, this.#working, true);
    if (typeof to === 'number') return to;
    if (from.inode === undefined) return -ENOENT;
    if (from.inode === to.inode) return 0;
    const denied = this.#mayChange(from.directory) || this.#mayChange(to.directory);
    if (denied !== 0) return denied;
    const isDirectory = from.inode.kind === 'directory';
    if (!isDirectory && (from.wantsDirectory || to.wantsDirectory)) return -ENOTDIR;
    if (isDirectory && isInside(to.directory, from.inode)) return -EINVAL;
    if (to.inode !== undefined) {
      if (isDirectory && to.inode.kind !== 'directory') return -ENOTDIR;
      if (!isDirectory && to.inode.kind === 'directory') return -EISDIR;
      if (to.inode.kind === 'directory' && to.inode.entries.size > 0) return -ENOTEMPTY;
      this.#leave(to.directory, to.name, to.inode);
    }
    from.directory.entries.delete(from.name);
    from.directory.modified = from.directory.changed = this.#now();
    this.#enter(to.directory, to.name, from.inode);
    if (from.inode.kind === 'directory') {
      from.directory.links -= 1;
      if (to.inode === undefined) to.directory.links += 1;
      from.inode.parent = to.directory;
    }
    from.inode.changed = this.#now();
    return 0;
  }

  changeDirectory(inode: Inode): number {
    if (inode.kind !== 'directory') return -ENOTDIR;
    this.#working = inode;
    return 0;
  }

  /** Absolute path of a directory. */
  pathOf(directory: Directory): string {
    const names: string[] = [];
    for (let at = directory; at !== this.#root; at = at.parent) {
      const entry = [...at.parent.entries].find(([, inode]) => inode === at);
      names.unshift(entry?.[0] ?? '(unreachable)');
    }
    return `/${names.join('/')}`;
  }

  /** Whether the user may read (4), write (2) or execute (1) it. */
  mayAccess(inode: Inode, wanted: number): boolean {
    const bits = inode.owner === this.#user ? inode.mode >> 6 : inode.mode;
    return (bits & wanted) === wanted;
  }

  // ---- walking ----

  #walk(path: string, from: Directory, keepLink: boolean, links = 0): Place | number {
    if (path === '') return -ENOENT;
    let directory = path.startsWith('/') ? this.#root : from;
    const names = path.split('/').filter((name) => name !== '');
    const wantsDirectory = path.endsWith('/');
    let place: Place = { directory, name: '.', inode: directory, wantsDirectory };
    for (let i = 0; i < names.length; i++) {
      const name = names[i] ?? '';
      const isLast = i === names.length - 1;
      let inode = this.#step(directory, name);
      if (inode?.kind === 'link' && !(isLast && keepLink && !wantsDirectory)) {
        if (links >= mostLinks) return -ELOOP;
        const rest = names.slice(i + 1).join('/');
        const target = rest === '' ? inode.target : `${inode.target}/${rest}`;
        return this.#walk(wantsDirectory ? `${target}/` : target, directory, keepLink, links + 1);
      }
      if (isLast) {
        place = { directory, name, inode, wantsDirectory };
        break;
      }
      if (inode === undefined) return -ENOENT;
      if (inode.kind !== 'directory') return -ENOTDIR;
      if (!this.mayAccess(inode, 1)) return -EACCES;
      directory = inode;
      inode = undefined;
    }
    return place;
  }

  #step(directory: Directory, name: string): Inode | undefined {
    if (name === '.') return directory;
    if (name === '..') return directory.parent;
    return directory.entries.get(name);
  }

  #mayChange(directory: Directory): number {
    return this.mayAccess(directory, 2) ? 0 : -EACCES;
  }

  #enter(directory: Directory, name: string, inode: Inode): void {
    directory.entries.set(name, inode);
    directory.modified = directory.changed = this.#now();
  }

  #leave(directory: Directory, name: string, inode: Inode): void {
    directory.entries.delete(name);
    inode.links -= inode.kind === 'directory' ? 2 : 1;
    directory.modified = directory.changed = inode.changed = this.#now();
  }

  // ---- making ----

  #common(mode: number, owner: number, links: number): InodeCommon {
    const now = this.#now();
    return {
      inode: this.#inodes.next++,
      mode,
      owner,
      links,
      accessed: now,
      modified: now,
      changed: now,
    };
  }

  #newDirectory(parent: Directory, mode: number, owner: number): Directory {
    return { ...this.#common(mode, owner, 2), kind: 'directory', entries: new Map(), parent };
  }

  /** A directory with those above it; what is missing is made. */
  #makeTree(path: string, owner: number): Directory {
    let at = this.#root;
    for (const name of path.split('/').filter((part) => part !== '')) {
      const found = at.entries.get(name);
      if (found?.kind === 'directory') {
        at = found;
        continue;
      }
      const made = this.#newDirectory(at, 0o755, owner);
      at.entries.set(name, made);
      at.links += 1;
      at = made;
    }
    return at;
  }
}

/** The file that says that the time zone is UTC. Source: RFC 8536 (TZif), version 2. */
function universalTimeFile(): Uint8Array {
  const block = [0x54, 0x5a, 0x69, 0x66, 0x32, ...Array<number>(31).fill(0), 0, 0, 0, 1, 0, 0, 0, 4];
  const data = [0, 0, 0, 0, 0, 0, 0x55, 0x54, 0x43, 0];
  return Uint8Array.from([...block, ...data, ...block, ...data, 0x0a, 0x55, 0x54, 0x43, 0x30, 0x0a]);
}

/** Whether a directory lies in another one (or is it). */
function isInside(directory: Directory, other: Inode): boolean {
  for (let at = directory; ; at = at.parent) {
    if (at === other) return true;
    if (at.parent === at) return false;
  }
}
