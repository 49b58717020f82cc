/**
 * Paths of the files of a program, from the folder of its first file, with `/` between their parts.
 */

/** A path from the folder of a file. */
export function beside(file: string, name: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1) + name;
}

/** The same path for the same file: `a/../b.h` is `b.h`. */
export function normalised(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.' || part === '') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
