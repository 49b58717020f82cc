/**
 * The programs of the public suites: where each is, which switches it wants, what it must print.
 *
 * Nothing of a suite is kept in this repository. `describeSuite` says what to get and where.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { TargetName } from '../../src/core/target/data-model.ts';

/** One program. */
export interface Program {
  readonly file: string;
  /** gcc's switches, as the program's own comment asks for them. */
  readonly switches: readonly string[];
  /** Folders after -I. */
  readonly includeFolders: readonly string[];
  /** What it must print; undefined where only the status counts. */
  readonly stdout: string | undefined;
  readonly target: TargetName;
}

/** A suite by name. */
export interface SuiteDescription {
  readonly name: string;
  /** What it is, and how to get it. */
  readonly get: string;
  /** Programs counted only when gcc takes them. */
  readonly needsGcc: boolean;
  /** @param folder - where the fetched suite is */
  list(folder: string, target: TargetName): readonly Program[];
}

const cFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.c'))
    .sort()
    .map((name) => join(folder, name));

/** Conditions of dg-options that hold on a target. */
const wideSelector = /x86_64|i\?86|\*-\*-\*|lp64/;
const narrowSelector = /i\?86|\*-\*-\*|ilp32/;

/** Switches of the dg-options comments of gcc's own tests. */
function dgSwitches(file: string, target: TargetName): readonly string[] {
  const text = readFileSync(file, 'latin1');
  const switches: string[] = [];
  const pattern = /\{\s*dg-(?:additional-)?options\s+"([^"]*)"\s*(\{[^}]*\}+)?/g;
  for (const [, list = '', selector] of text.matchAll(pattern)) {
    // Switches for some target other than ours.
    if (selector !== undefined && !(target === 'x86_64' ? wideSelector : narrowSelector).test(selector))
      continue;
    switches.push(...list.split(/\s+/).filter((one) => one !== ''));
  }
  return switches;
}

const torture = (folder: string, part: string, target: TargetName): readonly Program[] => {
  const own = existsSync(join(folder, part)) ? join(folder, part) : join(folder, 'gcc.c-torture', part);
  const folders = part === 'execute' ? [own, join(own, 'ieee')] : [own];
  return folders
    .filter((one) => existsSync(one))
    .flatMap(cFiles)
    .map((file) => ({
      file,
      switches: dgSwitches(file, target),
      includeFolders: [dirname(file)],
      stdout: undefined,
      target,
    }));
};

const tortureText =
  "gcc's own torture tests: unpack gcc/testsuite/gcc.c-torture from the source of gcc 12 " +
  '(Debian: apt-get download gcc-12-source; dpkg -x; tar xf gcc-12*.tar.xz) and name that folder';

/** The 500 programs, made by csmith from the seeds 1 to 500 when they are not there yet. */
function csmithPrograms(folder: string, count: number, target: TargetName): readonly Program[] {
  mkdirSync(folder, { recursive: true });
  for (let seed = 1; seed <= count; seed++) {
    const file = join(folder, `seed-${seed}.c`);
    if (!existsSync(file)) execFileSync('csmith', ['--seed', String(seed), '-o', file], { cwd: folder });
  }
  const headers = ['/usr/include/csmith', '/usr/local/include/csmith'].filter((one) => existsSync(one));
  return Array.from({ length: count }, (_, index) => ({
    file: join(folder, `seed-${index + 1}.c`),
    switches: [],
    includeFolders: headers,
    stdout: undefined,
    target,
  }));
}

/** The C files below a folder, in order. */
export const cFilesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.c'))
    .sort()
    .map((name) => join(folder, name));

/** The suites that can be run. */
export const suites: readonly SuiteDescription[] = [
  {
    name: 'c-testsuite',
    get: 'git clone https://github.com/c-testsuite/c-testsuite, and name its folder',
    needsGcc: false,
    list: (folder, target) =>
      cFiles(join(folder, 'tests/single-exec')).map((file) => ({
        file,
        switches: [],
        includeFolders: [],
        stdout: readFileSync(`${file}.expected`, 'utf8'),
        target,
      })),
  },
  {
    name: 'torture-compile',
    get: tortureText,
    needsGcc: true,
    list: (folder, target) => torture(folder, 'compile', target),
  },
  {
    name: 'torture-execute',
    get: tortureText,
    needsGcc: true,
    list: (folder, target) => torture(folder, 'execute', target),
  },
  {
    name: 'csmith',
    get: 'install csmith with its headers (Debian: csmith, libcsmith-dev), and name a folder for the programs it makes',
    needsGcc: false,
    list: (folder, target) => csmithPrograms(folder, 500, target),
  },
];
