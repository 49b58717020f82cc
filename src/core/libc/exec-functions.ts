/**
 * <unistd.h>: the exec family, for the program's own file.
 *
 * Other programs are not modelled and named; a file that is not there, or may not be executed, is refused as it really is.
 *
 * Source: glibc 2.36, posix/execv.c, execl.c, execle.c, execlp.c, execvpe.c (search of PATH, errors); execve(2).
 */
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { EACCES, ENOENT, ENOTDIR } from '../target/errno.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { environmentText } from './environment.ts';
import type { LibcContext, LibcTable, VariadicArguments } from './libc-context.ts';
import { checked, f, readWord, setErrno, syscall, writeWord } from './libc-context.ts';

const AT_FDCWD = -100;
const X_OK = 1;
/** Where programs are looked for without PATH. @source sysdeps/unix/confstr.h: CS_PATH */
const defaultPath = '/bin:/usr/bin';

const textAt = (ctx: LibcContext, addr: number): string => decodeUtf8(ctx.memory.readCString(addr));

/** The strings of a list of pointers that a null pointer ends; a null list is an empty one. */
function textsAt(ctx: LibcContext, list: number): string[] {
  const texts: string[] = [];
  if (list === 0) return texts;
  const { wordBytes } = ctx.model;
  for (let at = list; ; at += wordBytes) {
    const text = readWord(ctx, at);
    if (text === 0) return texts;
    texts.push(textAt(ctx, text));
  }
}

/** An absolute path without `.`, `..` and double slashes. */
function absolutePath(ctx: LibcContext, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${ctx.files.workingDirectory()}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Whether a path is that of the program itself. */
function isProgram(ctx: LibcContext, path: string): boolean {
  if (path === '') return false;
  const absolute = absolutePath(ctx, path);
  return (
    absolute === '/proc/self/exe' ||
    absolute === `/proc/${String(ctx.pid)}/exe` ||
    absolute === ctx.files.readLink('/proc/self/exe')
  );
}

/** The system call. @returns minus errno: with success it does not come back */
function execve(ctx: LibcContext, path: string, args: readonly [number, number, number]): number {
  if (isProgram(ctx, path)) {
    const argv = textsAt(ctx, args[1]);
    // fs/exec.c: do_execveat_common gives an empty first argument to who has none.
    ctx.processes.exec({ path, args, argv: argv.length === 0 ? [''] : argv, envp: textsAt(ctx, args[2]) });
  }
  const found = path === '' ? -ENOENT : ctx.files.mayAccess(path, X_OK, AT_FDCWD);
  if (found === 0) throw new NotModelled(`running another program (${path})`);
  return syscall(ctx, 'execve', args, found);
}

const environment = (ctx: LibcContext): number => readWord(ctx, ctx.variable('environ'));

/** Looks for the program as the shell does. @source posix/execvpe.c: __execvpe_common */
function execvpe(ctx: LibcContext, file: number, argv: number, envp: number): number {
  const name = textAt(ctx, file);
  if (name === '') return checked(ctx, -ENOENT);
  if (name.includes('/')) return checked(ctx, execve(ctx, name, [file, argv, envp]));
  let isRefused = false;
  for (const folder of (environmentText(ctx, 'PATH') ?? defaultPath).split(':')) {
    const path = folder === '' ? name : `${folder}/${name}`;
    const bytes = Uint8Array.from([...encodeUtf8(path), 0]);
    const result = ctx.withStackBytes(bytes, (at) => execve(ctx, path, [at, argv, envp]));
    if (result === -EACCES) isRefused = true;
    else if (result !== -ENOENT && result !== -ENOTDIR) return checked(ctx, result);
  }
  setErrno(ctx, isRefused ? EACCES : ENOENT);
  return -1;
}

/** Puts the arguments of execl in a list on the stack, as it does, and calls with it. */
function withList(
  ctx: LibcContext,
  first: number,
  rest: VariadicArguments,
  call: (argv: number) => number,
): number {
  const { wordBytes } = ctx.model;
  const words = [first];
  while (words.at(-1) !== 0) words.push(Number(rest.word()));
  return ctx.withStackBytes(new Uint8Array(words.length * wordBytes), (argv) => {
    words.forEach((word, i) => {
      writeWord(ctx, argv + i * wordBytes, word);
    });
    return call(argv);
  });
}

/** The functions. */
export const execFunctions: LibcTable = {
  execve: f('ippp', (ctx, [path = 0, argv = 0, envp = 0]) =>
    checked(ctx, execve(ctx, textAt(ctx, path), [path, argv, envp])),
  ),
  execv: f('ipp', (ctx, [path = 0, argv = 0]) =>
    checked(ctx, execve(ctx, textAt(ctx, path), [path, argv, environment(ctx)])),
  ),
  execvp: f('ipp', (ctx, [file = 0, argv = 0]) => execvpe(ctx, file, argv, environment(ctx))),
  execvpe: f('ippp', (ctx, [file = 0, argv = 0, envp = 0]) => execvpe(ctx, file, argv, envp)),
  execl: f('ipp.', (ctx, [path = 0, first = 0], rest) =>
    withList(ctx, first, rest, (argv) =>
      checked(ctx, execve(ctx, textAt(ctx, path), [path, argv, environment(ctx)])),
    ),
  ),
  execle: f('ipp.', (ctx, [path = 0, first = 0], rest) =>
    withList(ctx, first, rest, (argv) =>
      checked(ctx, execve(ctx, textAt(ctx, path), [path, argv, Number(rest.word())])),
    ),
  ),
  execlp: f('ipp.', (ctx, [file = 0, first = 0], rest) =>
    withList(ctx, first, rest, (argv) => execvpe(ctx, file, argv, environment(ctx))),
  ),
};
