/**
 * The path that a program is started with, as a shell user would: `gcc hello.c -o hello && ./hello`.
 *
 * It lies in the strings at the top of the stack, so its length moves stack addresses.
 */

/** `./name` for `name.c`; `./a.out` when nothing is left. */
export function programPathFor(fileName: string): string {
  const base = fileName.slice(fileName.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  return `./${base === '' ? 'a.out' : base}`;
}
