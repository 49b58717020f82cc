/**
 * Page faults and resident pages that calls of libc cost after main has begun, beside those of real processes: their first
 * calls touch code and constants of the library, 16 pages a fault.
 *
 * Runs where gcc, the libraries and the processor are those of the profile; says so loudly where they are not.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { TargetName } from '../../../src/core/target/data-model.ts';
import { compileReal } from '../../support/real-process.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';

/** What runs between two looks at getrusage and /proc/self/statm. */
const bodies: Readonly<Record<string, string>> = {
  'a block of malloc': 'char *p = malloc(d); memset(p, 1, d); free(p);',
  'many blocks':
    'void *q[50]; for (int i = 0; i < 50; i++) q[i] = malloc(i * 10); for (int i = 0; i < 50; i++) free(q[i]);',
  'a block of calloc': 'int *p = calloc(d, 4); p[0] = 1; free(p);',
  'a block of mmap': 'char *p = mmap(0, 65536, 3, 34, -1, 0); p[0] = 1; munmap(p, 65536);',
  puts: 'puts("x");',
  putchar: 'for (int i = 0; i < d; i++) putchar(65 + i);',
  printf: 'printf("%d %s\\n", d, "abc");',
  sprintf: 'char b[99]; sprintf(b, "%d-%s", d, "a"); fputs(b, stdout);',
  strtol: 'printf("%ld\\n", strtol("123", 0, 10));',
  strtok: 'char b[] = "a b c"; for (char *t = strtok(b, " "); t; t = strtok(0, " ")) puts(t);',
  strings:
    'char b[99]; strcpy(b, "hello"); strcat(b, " x"); printf("%d %d\\n", (int)strlen(b), strcmp(b, "x") > 0); char *c = strdup(b); puts(strchr(c, 101)); free(c);',
  blocks:
    'char a[200], b[200]; memset(a, 1, 200); memcpy(b, a, 200); memmove(b, b + 1, 100); printf("%d\\n", memcmp(a, b, d));',
  qsort:
    'int a[20]; for (int i = 0; i < 20; i++) a[i] = rand() % 100; qsort(a, 20, 4, compare); printf("%d\\n", a[0]);',
  getenv: 'printf("%d\\n", getenv("NOTHING") != 0);',
  fopen: 'FILE *f = fopen("/proc/self/maps", "r"); char b[200]; fgets(b, 200, f); fclose(f);',
  'a number with a fraction': 'printf("%f %g\\n", d * 0.7, d / 3.0);',
  'a text with fractions': 'char b[99]; sprintf(b, "%.3f %e", d * 0.1, d * 100.0); puts(b);',
  signals: 'signal(SIGUSR1, handle); raise(SIGUSR1); puts("b");',
};

/**
 * The same with libm. On i386 12 pages of libc's code that are resident at main without libm are not so beside it (they come
 * with the first call then), which is not modelled: there the whole differs by one fault.
 */
const libmBodies: Readonly<Record<string, string>> = {
  sin: 'puts(sin(d * 0.1) > 0 ? "a" : "b");',
  'sin and cos, printed': 'printf("%f %f\\n", sin(d * 0.1), cos(d * 0.1));',
  pow: 'printf("%d\\n", (int)pow(d * 0.07, 1.3) * 9);',
  sqrt: 'printf("%d\\n", (int)sqrt(d));',
  'exp and log': 'printf("%d\\n", (int)log(exp(d * 0.2)));',
  'functions of float': 'printf("%d\\n", (int)(sinf(d) * 9 + sqrtf(d) + expf(d * 0.1f)));',
  'functions of long double': 'long double l = d * 0.1L; printf("%d\\n", (int)(sqrtl(l) * 9 + floorl(l)));',
  'floor and ceil': 'printf("%d\\n", (int)(floor(d * 0.3) + ceil(d * 0.7) + fabs(-d)));',
  arcs: 'printf("%d\\n", (int)(atan(d * 0.07) * 9 + asin(d * 0.07) * 9));',
  'hyperbolic functions': 'printf("%d\\n", (int)(sinh(d * 0.1) * 9 + tanh(d * 0.1)));',
  'hypot and cbrt': 'printf("%d\\n", (int)(hypot(d, 3) + cbrt(d)));',
  'complex numbers': 'double complex z = d * 0.1 + 0.3 * I; printf("%d\\n", (int)(cabs(cexp(z)) * 9));',
};

const program = (body: string): string => `
#include <complex.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
static int compare(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static void handle(int s) { (void)s; }
static char text[64];
static long resident(void) {
  int file = open("/proc/self/statm", O_RDONLY), length = read(file, text, 63), i = 0;
  long pages = 0;
  close(file);
  text[length] = 0;
  while (text[i] != ' ') i++;
  for (i++; text[i] >= '0' && text[i] <= '9'; i++) pages = pages * 10 + text[i] - '0';
  return pages;
}
static void body(int d) { ${body} }
int main(int argc, char **argv) {
  struct rusage before, after;
  resident();
  getrusage(RUSAGE_SELF, &before);
  long first = resident();
  body(argc + 9);
  getrusage(RUSAGE_SELF, &after);
  long last = resident();
  printf("\\n%ld faults, %ld pages\\n", after.ru_minflt - before.ru_minflt, last - first);
  (void)compare, (void)handle;
  return 0;
}
`;

const lastLine = (output: string): string => output.trimEnd().split('\n').pop() ?? '';

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

function realCost(text: string, target: TargetName): string {
  const { path, remove } = compileReal(text, ['-O0', '-w', ...(target === 'i386' ? ['-m32'] : [])]);
  try {
    return lastLine(execFileSync('setarch', ['-R', path], { encoding: 'latin1', env: {} }));
  } finally {
    remove();
  }
}

function simulatedCost(text: string, target: TargetName): string {
  const session = openSession(text, { target, ldCacheBytes: libraryCacheBytes(), stdoutKind: 'pipe' });
  session.seek(Number.MAX_SAFE_INTEGER);
  const printed = session.recording
    .outputUpTo(session.recording.count)
    .map(({ bytes }) => Buffer.from(bytes));
  return lastLine(Buffer.concat(printed).toString('latin1'));
}

describe('cost in memory of first calls of libc', () => {
  for (const target of ['x86_64', 'i386'] as const) {
    it(`is that of a real process of ${target}`, function () {
      const reason = obstacle(target);
      if (reason !== undefined) {
        console.warn(`NOT RUN: cost of first calls of ${target}: ${reason}`);
        return;
      }
      // A page that nobody ever read is not in the page cache, and a fault does not map it as a neighbour.
      const folder = target === 'i386' ? '/lib32' : '/lib/x86_64-linux-gnu';
      for (const name of ['libc.so.6', 'libm.so.6']) readFileSync(`${folder}/${name}`);
      const all = target === 'i386' ? bodies : { ...bodies, ...libmBodies };
      for (const [name, body] of Object.entries(all)) {
        const text = program(body);
        assert.equal(simulatedCost(text, target), realCost(text, target), name);
      }
    }).timeout(120_000);
  }
});
