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
import type { MachineProfile } from '../../../src/core/target/machine-profile.ts';
import { readElfImage } from '../../support/elf-image.ts';
import { freshMemory } from '../../support/fresh-memory.ts';

const source = `
#include <fcntl.h>
#include <unistd.h>
int data = 1; DECLARATIONS
static char text[65536];
int main(int argc, char **argv) {
  int fd = open("/proc/self/maps", O_RDONLY), length = 0, got;
  while ((got = read(fd, text + length, sizeof text - length)) > 0) length += got;
  void *places[] = { __builtin_frame_address(0), argv, __builtin_thread_pointer() };
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

describe('this machine', () => {
  const reason = obstacle();
  type Build = readonly [
    what: string,
    link: LinkKind,
    options: readonly string[],
    declarations: string,
    machine?: { readonly setarch: readonly string[]; readonly profile: Partial<MachineProfile> },
  ];
  const legacy = { setarch: ['-L'], profile: { layout: 'legacy' } } as const;
  const builds: readonly Build[] = [
    ['a PIE', 'pie', [], ''],
    ['a non-PIE', 'no-pie', ['-no-pie'], ''],
    ['a static program', 'static', ['-static'], ''],
    ['a static PIE', 'static-pie', ['-static-pie'], ''],
    ['a PIE with a large bss', 'pie', [], 'char large[300000];'],
    ['a PIE with large data', 'pie', [], 'char large[300000] = { 1 };'],
    ['a PIE with thread-local variables', 'pie', [], '__thread char local[5000]; __thread int more = 3;'],
    ['a static program with thread-local variables', 'static', ['-static'], '__thread char local[5000];'],
    ['a PIE in the legacy layout', 'pie', [], '', legacy],
    ['a static program in the legacy layout', 'static', ['-static'], '', legacy],
  ];
  for (const [what, link, options, declarations, machine] of builds) {
    it(`has the maps, frame and thread pointer that we give ${what}`, () => {
      if (reason !== undefined) {
        console.warn(`NOT COMPARED with this machine: ${reason}`);
        return;
      }
      const folder = mkdtempSync(join(tmpdir(), 'atlas-'));
      try {
        const program = join(folder, 'prog');
        writeFileSync(`${program}.c`, source.replace('DECLARATIONS', declarations));
        execFileSync('gcc', ['-O0', ...options, '-o', program, `${program}.c`]);
        const output = execFileSync('env', [
          ...['-i', 'setarch', '-R', ...(machine?.setarch ?? [])],
          ...[program, 'one', 'two'],
        ]);
        const cache = '/etc/ld.so.cache';
        const memory = freshMemory('x86_64', {
          ldCacheBytes: existsSync(cache) ? statSync(cache).size : 0,
          ...machine?.profile,
        });
        const loaded = loadProgram({
          image: readElfImage(program, link),
          memory,
          argv: [program, 'one', 'two'],
          envp: [],
          programPath: program,
        });
        assert.deepEqual(comparable(formatMaps(loaded)), comparable(output.subarray(24).toString('utf8')));
        const place = (index: number): number => Number(output.readBigUInt64LE(index * 8));
        assert.equal(loaded.mainFramePointer, place(0), 'frame pointer of main');
        assert.equal(loaded.argv, place(1), 'argv');
        assert.equal(loaded.threadPointer, place(2), 'thread pointer');
      } finally {
        rmSync(folder, { recursive: true });
      }
    }).timeout(30_000);
  }
});
