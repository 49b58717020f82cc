/**
 * The loader against this machine: small programs print their own /proc/self/maps at main, under `setarch -R` and
 * with an empty environment.
 *
 * Runs where gcc, glibc 2.36 and a kernel like the profile's are; says so loudly where they are not.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LinkKind } from '../../../src/core/image/program-image.ts';
import { loadProgram } from '../../../src/core/process/loader.ts';
import { formatMaps } from '../../../src/core/process/proc-maps.ts';
import { machineProfile, threeGigabyteProfile } from '../../../src/core/target/machine-profile.ts';
import type { MachineProfile } from '../../../src/core/target/machine-profile.ts';
import { readElfImage } from '../../support/elf-image.ts';
import { freshMemory } from '../../support/fresh-memory.ts';

const source = `
#include <fcntl.h>
#include <unistd.h>
int data = 1; DECLARATIONS
static char text[65536];
static void *thread_pointer(void) {
  void *self;
  if (sizeof self == 8) __asm__("mov %%fs:0, %0" : "=r"(self));
  else __asm__("mov %%gs:0, %0" : "=r"(self));
  return self;
}
int main(int argc, char **argv) {
  int fd = open("/proc/self/maps", O_RDONLY), length = 0, got;
  while ((got = read(fd, text + length, sizeof text - length)) > 0) length += got;
  void *places[] = { __builtin_frame_address(0), argv, thread_pointer() };
  write(1, places, sizeof places);
  return write(1, text, length) != length;
}
`;

/** What stops the comparison on this machine, or nothing. */
function obstacle(): string | undefined {
  try {
    if (process.arch !== 'x64' || process.platform !== 'linux') return 'not Linux on x86-64';
    const version = execFileSync('ldd', ['--version'], { encoding: 'utf8' });
    if (!version.includes('2.36-9+deb12')) return 'not glibc 2.36 of Debian 12';
    execFileSync('gcc', ['--version']);
    const maps = execFileSync('setarch', ['-R', 'cat', '/proc/self/maps'], { encoding: 'utf8' });
    if (!maps.includes('[vvar_vclock]')) return 'another layout of vvar and vdso';
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0] : String(error);
  }
}

/** Whether 32-bit programs can be linked. gcc answers with the bare name of a file that it does not find. */
function hasNarrowLibc(): boolean {
  const found = execFileSync('gcc', ['-m32', '-print-file-name=Scrt1.o'], { encoding: 'utf8' });
  return found.trim() !== 'Scrt1.o';
}

/** Lines without device and inode, which are this machine's own; names of libraries without their folder. */
function comparable(maps: string): string[] {
  return maps
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [range, permissions, offset, , , name = ''] = line.split(/ +/);
      return `${range} ${permissions} ${offset} ${name.split('/').pop() ?? ''}`;
    });
}

interface Build {
  readonly what: string;
  readonly link: LinkKind;
  readonly options: readonly string[];
  readonly declarations: string;
  /** What the process is started with, and what of the profile that changes. */
  readonly prefix?: readonly string[];
  readonly profile?: Partial<MachineProfile>;
  readonly needed?: readonly string[];
}

const MiB = 1 << 20;
const links: readonly (readonly [LinkKind, readonly string[]])[] = [
  ['pie', []],
  ['no-pie', ['-no-pie']],
  ['static', ['-static']],
  ['static-pie', ['-static-pie']],
];
const contents: readonly (readonly [what: string, declarations: string])[] = [
  ['', ''],
  [' with a large bss', 'char large[300000];'],
  [' with large data', 'char large[300000] = { 1 };'],
];

/** Every link of both word sizes with every content, and machines that differ. */
const builds: readonly Build[] = [
  ...['-m64', '-m32'].flatMap((word) =>
    links.flatMap(([link, options]) =>
      contents.map(([what, declarations]) => ({
        what: `a ${word} ${link} program${what}`,
        link,
        options: [word, ...options],
        declarations,
      })),
    ),
  ),
  {
    what: 'a PIE with thread-local variables',
    link: 'pie',
    options: [],
    declarations: '__thread char local[5000]; __thread int more = 3;',
  },
  {
    what: 'a static program with thread-local variables',
    link: 'static',
    options: ['-static'],
    declarations: '__thread char local[5000];',
  },
  {
    what: 'a PIE with libm',
    link: 'pie',
    options: ['-Wl,--no-as-needed', '-lm'],
    declarations: '',
    needed: ['libm.so.6'],
  },
  ...links.slice(0, 3).map(([link, options]) => ({
    what: `a ${link} program in the legacy layout`,
    link,
    options,
    declarations: '',
    prefix: ['setarch', '-R', '-L'],
    profile: { layout: 'legacy' as const },
  })),
  ...([MiB, 256 * MiB, Infinity] as const).map((stackLimit) => ({
    what: `a PIE with a stack limit of ${String(stackLimit / MiB)} MiB`,
    link: 'pie' as const,
    options: [],
    declarations: '',
    prefix: ['prlimit', `--stack=${stackLimit === Infinity ? 'unlimited' : String(stackLimit)}`],
    profile: { stackLimit },
  })),
  {
    what: 'a -m32 program with 3 GB',
    link: 'pie',
    options: ['-m32'],
    declarations: '',
    prefix: ['setarch', '-R', '-3'],
    profile: threeGigabyteProfile(machineProfile('i386'), 'personality'),
  },
];

describe('this machine', () => {
  const reason = obstacle();
  for (const build of builds) {
    it(`has the maps, frame and thread pointer that we give ${build.what}`, () => {
      if (reason !== undefined) {
        console.warn(`NOT COMPARED with this machine: ${reason}`);
        return;
      }
      if (build.options.includes('-m32') && !hasNarrowLibc()) {
        console.warn('NOT COMPARED with this machine: 32-bit programs, for gcc-multilib is missing');
        return;
      }
      const folder = mkdtempSync(join(tmpdir(), 'atlas-'));
      try {
        compare(build, join(folder, 'prog'));
      } finally {
        rmSync(folder, { recursive: true });
      }
    }).timeout(60_000);
  }
});

function compare({ link, options, declarations, prefix, profile, needed }: Build, program: string): void {
  writeFileSync(`${program}.c`, source.replace('DECLARATIONS', declarations));
  execFileSync('gcc', ['-O0', '-w', '-o', program, `${program}.c`, ...options]);
  const output = execFileSync('env', ['-i', 'setarch', '-R', ...(prefix ?? []), program, 'one', 'two']);
  const image = readElfImage(program, link, needed);
  const cache = '/etc/ld.so.cache';
  const memory = freshMemory(image.target, {
    ...profile,
    ldCacheBytes: existsSync(cache) ? statSync(cache).size : 0,
  });
  const loaded = loadProgram({
    image,
    memory,
    argv: [program, 'one', 'two'],
    envp: [],
    programPath: program,
  });
  const word = image.target === 'x86_64' ? 8 : 4;
  assert.deepEqual(comparable(formatMaps(loaded)), comparable(output.subarray(3 * word).toString('utf8')));
  const place = (index: number): number => output.readUIntLE(index * word, Math.min(word, 6));
  assert.equal(loaded.mainFramePointer, place(0), 'frame pointer of main');
  assert.equal(loaded.argv, place(1), 'argv');
  if (loaded.threadPointerExact) assert.equal(loaded.threadPointer, place(2), 'thread pointer');
}
