/**
 * A file system in memory, filled once with the files that the test server hands over.
 */
'use strict';
const { EventEmitter, FileChangeType, FileSystemError, FileType, Uri, workspace } = require('vscode');

/** Keeps files by their path; folders are nodes with children. */
class MemoryFiles {
  #changed = new EventEmitter();
  onDidChangeFile = this.#changed.event;
  #root = folder();

  constructor(name, files) {
    for (const [path, base64] of Object.entries(files)) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      this.#put(`/${name}/${path}`, file(bytes));
    }
  }

  watch() {
    return { dispose() {} };
  }

  stat(uri) {
    const { type, ctime, mtime, bytes } = this.#find(uri);
    return { type, ctime, mtime, size: bytes?.length ?? 0 };
  }

  readDirectory(uri) {
    return [...(this.#find(uri).children ?? [])].map(([name, { type }]) => [name, type]);
  }

  readFile(uri) {
    const node = this.#find(uri);
    if (node.type !== FileType.File) throw FileSystemError.FileIsADirectory(uri);
    return node.bytes;
  }

  writeFile(uri, bytes, { create, overwrite }) {
    const old = this.#lookUp(uri.path);
    if (old === undefined && !create) throw FileSystemError.FileNotFound(uri);
    if (old !== undefined && create && !overwrite) throw FileSystemError.FileExists(uri);
    this.#put(uri.path, { ...file(bytes), ctime: old?.ctime ?? Date.now() });
    this.#changed.fire([{ type: old === undefined ? FileChangeType.Created : FileChangeType.Changed, uri }]);
  }

  createDirectory(uri) {
    this.#put(uri.path, folder());
    this.#changed.fire([{ type: FileChangeType.Created, uri }]);
  }

  delete(uri) {
    this.#find(uri);
    const names = parts(uri.path);
    this.#lookUp(names.slice(0, -1).join('/')).children.delete(names.at(-1));
    this.#changed.fire([{ type: FileChangeType.Deleted, uri }]);
  }

  rename(from, to) {
    this.#put(to.path, this.#find(from));
    this.delete(from);
    this.#changed.fire([{ type: FileChangeType.Created, uri: to }]);
  }

  #lookUp(path) {
    let node = this.#root;
    for (const name of parts(path)) node = node?.children?.get(name);
    return node;
  }

  #find(uri) {
    const node = this.#lookUp(uri.path);
    if (node === undefined) throw FileSystemError.FileNotFound(uri);
    return node;
  }

  #put(path, node) {
    const names = parts(path);
    const last = names.pop();
    let parent = this.#root;
    for (const name of names) {
      if (!parent.children.has(name)) parent.children.set(name, folder());
      parent = parent.children.get(name);
    }
    parent.children.set(last, node);
  }
}

function parts(path) {
  return path.split('/').filter((name) => name !== '');
}

function folder() {
  return { type: FileType.Directory, ctime: Date.now(), mtime: Date.now(), children: new Map() };
}

function file(bytes) {
  return { type: FileType.File, ctime: Date.now(), mtime: Date.now(), bytes };
}

exports.activate = async function activate(context) {
  const answer = await fetch(Uri.joinPath(context.extensionUri, '../files').toString(true));
  const { name, files } = await answer.json();
  context.subscriptions.push(
    workspace.registerFileSystemProvider('memory', new MemoryFiles(name, files), { isCaseSensitive: true }),
  );
};
