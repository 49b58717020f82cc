/**
 * The options of gcc that decide where things live, as they stand on our command line, in a setting, or in a
 * `// flags:` comment of a program.
 *
 * Source: gcc 12 manual, "Option Summary"; defaults are those of Debian 12 (-fPIE -pie, -fno-common).
 */
import { debianDefaults } from '../core/sema/placement.ts';
import type { CompileOptions } from '../core/sema/placement.ts';
import { dialectOption } from '../core/target/dialect.ts';

/** Options read so far. */
export interface GccOptions {
  readonly compile: CompileOptions;
  readonly includeFolders: readonly string[];
  readonly defines: readonly string[];
  readonly undefines: readonly string[];
  readonly forcedIncludes: readonly string[];
}

/** `gcc file.c` on Debian 12. */
export const plainGcc: GccOptions = {
  compile: debianDefaults,
  includeFolders: [],
  defines: [],
  undefines: [],
  forcedIncludes: [],
};

/** What single words change. */
const compileWords: Readonly<Record<string, Partial<CompileOptions>>> = {
  '-m64': { target: 'x86_64' },
  '-m32': { target: 'i386' },
  '-O0': { optimize: 0 },
  '-O2': { optimize: 2 },
  '-fcommon': { common: true },
  '-fno-common': { common: false },
  '-fpie': { pie: true },
  '-fPIE': { pie: true },
  '-fno-pie': { pie: false },
  '-fno-PIE': { pie: false },
  '-pie': { link: 'pie' },
  '-no-pie': { link: 'no-pie' },
  '-static': { link: 'static' },
  '-fstack-protector-strong': { stackProtector: true },
  '-fno-stack-protector': { stackProtector: false },
  '-fzero-initialized-in-bss': { zeroInBss: true },
  '-fno-zero-initialized-in-bss': { zeroInBss: false },
};

/** Options that move nothing: warnings, debug information, libraries. */
const withoutEffect = /^-(?:w|W\S*|g\S*|pedantic|l\S+|pipe)$/;

/**
 * Applies one option.
 *
 * @param next - gives the word after it
 * @returns `undefined` when gcc's word is not one of these
 */
export function withGccOption(
  options: GccOptions,
  word: string,
  next: (option: string) => string,
): GccOptions | undefined {
  const change = Object.hasOwn(compileWords, word) ? compileWords[word] : dialectOption(word);
  if (change !== undefined) return { ...options, compile: { ...options.compile, ...change } };
  if (withoutEffect.test(word)) return options;
  if (word === '-include') return { ...options, forcedIncludes: [...options.forcedIncludes, next(word)] };
  const attached = (): string => (word.length > 2 ? word.slice(2) : next(word));
  if (word.startsWith('-I')) return { ...options, includeFolders: [...options.includeFolders, attached()] };
  if (word.startsWith('-D')) return { ...options, defines: [...options.defines, attached()] };
  if (word.startsWith('-U')) return { ...options, undefines: [...options.undefines, attached()] };
  return undefined;
}

/** The words of `// flags: …` comments in a program: options that it is meant to be compiled with. */
export function flagsOfComments(text: string): readonly string[] {
  return Array.from(
    text.matchAll(/^[ \t]*(?:\/\/|\/\*)[ \t]*flags:(.*?)(?:\*\/)?$/gm),
    (match) => match[1] ?? '',
  ).flatMap((words) => words.split(/\s+/).filter((word) => word !== ''));
}
