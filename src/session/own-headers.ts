/**
 * The headers of a program's own: which ones a text names, and which file a name means.
 *
 * As with `gcc file.c`: a name in quotes is looked up in the folder of the file that includes it. What is not there is looked up
 * beside the program's first file, as people tell gcc to by `-I`. A name may also come out of a macro whose text is a
 * string; which of several such definitions is in force only the preprocessor knows, so all of them are read.
 *
 * Source: C17 6.10.2; libcpp/files.cc of gcc 12 (search_path_head).
 */
import { beside, normalised } from './header-paths.ts';

/** A header; its name is the path from the folder of the program's first file, as the first #include line led there. */
export interface OwnHeader {
  readonly name: string;
  readonly text: string;
}

/** Bounds for what is read along: a tree of headers beyond this is not a program that is worth simulating. */
const mostHeaders = 500;
const mostCharacters = 4 * 1024 * 1024;

/**
 * Reads the headers that a file includes, and those that they include.
 *
 * @param source - the file with its path from the folder of the program's first file
 * @param read - the text of a file of that path; undefined when there is none
 * @returns what was found; what does not exist is left out, the preprocessor reports it
 */
export async function collectHeaders(
  source: OwnHeader,
  read: (path: string) => Promise<string | undefined>,
): Promise<readonly OwnHeader[]> {
  const found = new Map<string, OwnHeader>();
  const wishes = new Wishes();
  wishes.readIn(source);
  let characters = 0;
  for (let wish = wishes.next(); wish !== undefined; wish = wishes.next()) {
    for (const name of [beside(wish.includer, wish.name), wish.name]) {
      const key = normalised(name);
      if (found.has(key)) break;
      if (found.size >= mostHeaders) return [...found.values()];
      const text = await read(name);
      if (text === undefined) continue;
      characters += text.length;
      if (characters > mostCharacters) return [...found.values()];
      const header = { name, text };
      found.set(key, header);
      wishes.readIn(header);
      break;
    }
  }
  return [...found.values()];
}

/** A name that a file includes. */
interface Wish {
  readonly includer: string;
  readonly name: string;
}

/** What the files read so far include, each name once a folder. */
class Wishes {
  readonly #waiting: Wish[] = [];
  readonly #made = new Set<string>();
  /** Macros that #include lines name, with the files of those lines; and what macros that are strings stand for. */
  readonly #includers = new Map<string, string[]>();
  readonly #strings = new Map<string, string[]>();

  next(): Wish | undefined {
    return this.#waiting.shift();
  }

  readIn({ name: includer, text }: OwnHeader): void {
    for (const [, name, macro = ''] of text.matchAll(includeLine)) {
      if (name !== undefined) this.#add(includer, name);
      else {
        listAt(this.#includers, macro).push(includer);
        for (const string of this.#strings.get(macro) ?? []) this.#add(includer, string);
      }
    }
    for (const [, macro = '', string = ''] of text.matchAll(stringMacro)) {
      listAt(this.#strings, macro).push(string);
      for (const other of this.#includers.get(macro) ?? []) this.#add(other, string);
    }
  }

  #add(includer: string, name: string): void {
    // Not a file of the program's folders: the preprocessor says that it was not found.
    if (name.startsWith('/')) return;
    const key = `${beside(includer, '')}\n${name}`;
    if (this.#made.has(key)) return;
    this.#made.add(key);
    this.#waiting.push({ includer, name });
  }
}

/** `#include "name"`, or `#include MACRO`. */
const includeLine = /^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|([A-Za-z_]\w*))/gm;
/** `#define MACRO "name"`. */
const stringMacro = /^[ \t]*#[ \t]*define[ \t]+([A-Za-z_]\w*)[ \t]+"([^"\n]+)"[ \t]*\r?$/gm;

function listAt(lists: Map<string, string[]>, key: string): string[] {
  let list = lists.get(key);
  if (list === undefined) {
    list = [];
    lists.set(key, list);
  }
  return list;
}
