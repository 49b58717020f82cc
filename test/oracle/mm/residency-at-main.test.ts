/**
 * Which pages of ld.so, libc and the vdso are resident at main, against a real process that prints its own
 * /proc/self/pagemap by bare system calls, so that looking touches nothing of libc.
 *
 * Runs where gcc and the libraries are those of the profile; says so loudly where they are not.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { TargetName } from '../../../src/core/target/data-model.ts';
import { compileReal } from '../../support/real-process.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';

/** Prints a line `start-end name bits` for each mapping: `.` absent, `a` anonymous, `f` file. */
const probe = `
#ifdef __x86_64__
enum { OPEN = 2, READ = 0, WRITE = 1, SEEK = 8 };
static long call(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "0"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}
static void seek(long file, unsigned long at) { call(SEEK, file, at, 0); }
#else
enum { OPEN = 5, READ = 3, WRITE = 4, LLSEEK = 140 };
static long call(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("int $0x80" : "=a"(result) : "0"(number), "b"(a), "c"(b), "d"(c) : "memory");
  return result;
}
static void seek(long file, unsigned long at) {
  static long long place;
  long result;
  __asm__ volatile("int $0x80" : "=a"(result)
                   : "0"(LLSEEK), "b"(file), "c"(0), "d"(at), "S"(&place), "D"(0) : "memory");
}
#endif
static char maps[16384], out[8192];
static unsigned long long pages[2048];
static unsigned long number(char **at) {
  unsigned long value = 0;
  for (;; ++*at) {
    if (**at >= '0' && **at <= '9') value = value * 16 + **at - '0';
    else if (**at >= 'a' && **at <= 'f') value = value * 16 + **at - 'a' + 10;
    else return value;
  }
}
int main(void) {
  long file = call(OPEN, (long)"/proc/self/maps", 0, 0), length = 0, got;
  while ((got = call(READ, file, (long)(maps + length), sizeof maps - 1 - length)) > 0) length += got;
  file = call(OPEN, (long)"/proc/self/pagemap", 0, 0);
  for (char *at = maps; *at;) {
    char *line = at, *end = at, *to = out;
    unsigned long start = number(&at), limit = (at++, number(&at));
    long count = (limit - start) / 4096;
    while (*end != '\\n') ++end;
    for (; line < end; ++line) *to++ = *line;
    *to++ = ' ';
    if (count <= 2048 && start < ~0UL - 0xffffffUL) {
      seek(file, start / 4096 * 8);
      call(READ, file, (long)pages, count * 8);
      for (long i = 0; i < count; ++i) *to++ = pages[i] >> 63 == 0 ? '.' : pages[i] >> 61 & 1 ? 'f' : 'a';
    }
    *to++ = '\\n';
    call(WRITE, 1, (long)out, to - out);
    at = end + 1;
  }
  return 0;
}
`;

const letters = { absent: '.', zero: '0', anonymous: 'a', file: 'f', shared: 's', mixed: '?' } as const;

/** What stops the comparison on this machine, or nothing. */
function obstacle(target: TargetName): string | undefined {
  try {
    if (process.arch !== 'x64' || process.platform !== 'linux') return 'not Linux on x86-64';
    if (!execFileSync('ldd', ['--version'], { encoding: 'utf8' }).includes('2.36-9+deb12'))
      return 'not glibc 2.36 of Debian 12';
    // libc chooses its string functions, which lie on pages of their own, by processor.
    if (!/\bavx2\b/.test(readFileSync('/proc/cpuinfo', 'utf8'))) return 'a processor without AVX2';
    if (target === 'i386')
      execFileSync('gcc', ['-m32', '-x', 'c', '-', '-o', '/dev/null'], { input: 'int main(){}' });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0] : String(error);
  }
}

/** Lines of the mappings that hold ld.so, libc with its .bss, and the vdso: name and bits. */
function realResidency(target: TargetName): Map<string, string> {
  const { path, remove } = compileReal(probe, ['-O0', ...(target === 'i386' ? ['-m32'] : [])]);
  try {
    const run = (): string => execFileSync('setarch', ['-R', path], { encoding: 'latin1', env: {} });
    // A page that nobody ever read is not in the page cache, and a fault does not map it as a neighbour.
    for (const file of new Set(run().match(/\/\S+\.so\S*/g))) readFileSync(file);
    return new Map(
      run()
        .trimEnd()
        .split('\n')
        .map((line) => [`0x${line.slice(0, line.indexOf('-'))}`, line.slice(line.lastIndexOf(' ') + 1)]),
    );
  } finally {
    remove();
  }
}

describe('residency at main', () => {
  for (const target of ['x86_64', 'i386'] as const) {
    it(`of the libraries of ${target} is that of a real process`, function () {
      const reason = obstacle(target);
      if (reason !== undefined) {
        console.warn(`NOT RUN: residency at main of ${target}: ${reason}`);
        return;
      }
      const real = realResidency(target);
      const session = openSession('int main(void) { return 0; }', {
        target,
        ldCacheBytes: libraryCacheBytes(),
      });
      session.seek(0);
      const kinds = ['library', 'loader', 'tls', 'kernel'];
      const mappings = session
        .snapshot('en')
        .mappings.filter(({ kind, name }) => kinds.includes(kind) && name !== '[vsyscall]');
      assert.ok(mappings.length > 10);
      for (const { start, name, pages } of mappings) {
        const ours = pages.map((run) => letters[run.state].repeat(run.pages)).join('');
        assert.equal(ours, real.get(start), `${start} ${name}`);
      }
    }).timeout(60_000);
  }
});
