/**
 * The global offset table: programs that print its words at main and after calls, and programs that overwrite them, run for
 * real with address randomisation off and in the simulation.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { hasGcc, hasGcc32 } from '../../support/gcc.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';

const head = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <math.h>
extern char **environ;
`;

/** TABLE is the address of .got.plt, BEFORE the words of .got, AFTER those of .got.plt, PUTS the index of that of puts. */
const dump = `void **t = (void **)TABLE; void *copy[BEFORE + AFTER];
    for (int i = -BEFORE; i < AFTER; i++) copy[i + BEFORE] = t[i];
    for (int i = 0; i < BEFORE + AFTER; i++) printf("%d %p\\n", i - BEFORE, copy[i]);`;
const again = 'for (int i = 0; i < AFTER; i++) printf("%d %p\\n", i, t[i]);';

const programs: Readonly<Record<string, string>> = {
  'words at main and after calls': `FILE *keep; int main(void){ ${dump} keep = stdout; void *p = (void *)strlen;
    puts("x"); getpid(); char *b = malloc(4); ${again} return !environ + !p + !b; }`,
  'words of functions that are called once or never': `static int cmp(const void *a, const void *b){ return *(int *)a - *(int *)b; }
    int main(int argc, char **argv){ ${dump} int a[] = {3, 1, 2}; qsort(a, 3, sizeof *a, cmp); srand(1); a[0] = rand(); char b[30];
    if (argc > 5) { puts(argv[1]); exit(getppid()); } snprintf(b, 30, "%d", a[1]); ${again} return 0; }`,
  'words of libm and of function pointers': `double (*f)(double) = cos; int main(void){ ${dump} volatile double d = 2; d = exp(d) + sin(d) + f(d);
    printf("%f\\n", d); ${again} return 0; }`,
  'a word that leads to a function of the program': `int win(const char *s){ printf("win %s\\n", s); fflush(stdout); return 7; }
    int main(void){ void **t = (void **)TABLE; puts("first"); getpid(); t[PUTS] = (void *)win;
    printf("%d\\n", puts("hello")); return puts("bye"); }`,
  'words of malloc and free that lead to functions of the program': `static long room[4]; static int given;
    void *take(size_t n) { return (char *)room + n; }
    void give(void *p) { given += p != room; }
    int main(void){ void **t = (void **)TABLE; char *p = malloc(20), *q = malloc(20); *p = *q = 1; free(p); malloc(20); free(q);
    for (int i = 3; i < AFTER; i++) {
      void *word = t[i]; t[i] = (void *)take; p = malloc(7); t[i] = word;
      if (p == (char *)room + 7) printf("malloc has word %d\\n", i); else { *p = 1; free(p); }
      p = malloc(20); *p = 2; t[i] = (void *)give; free(p); t[i] = word;
      printf("%d %p %d\\n", i, t[i], given); }
    return 0; }`,
  'a word that leads nowhere': `int main(void){ void **t = (void **)TABLE; puts("first"); fflush(stdout);
    for (int i = 3; i < AFTER; i++) t[i] = (void *)0x41424344; puts("second"); return 0; }`,
};

const builds = [
  { name: 'PIE', flags: [], compile: {}, target: 'x86_64', base: 0x555555554000, isThere: hasGcc },
  {
    name: 'no PIE',
    flags: ['-fno-pie', '-no-pie'],
    compile: { pie: false, link: 'no-pie' },
    target: 'x86_64',
    base: 0,
    isThere: hasGcc,
  },
  { name: 'i386', flags: ['-m32'], compile: {}, target: 'i386', base: 0x56555000, isThere: hasGcc32 },
  {
    name: 'i386, no PIE',
    flags: ['-m32', '-fno-pie', '-no-pie'],
    compile: { pie: false, link: 'no-pie' },
    target: 'i386',
    base: 0,
    isThere: hasGcc32,
  },
] as const;

interface Table {
  readonly addr: number;
  readonly before: number;
  readonly after: number;
  readonly puts: number;
}

/** Address and words of .got and .got.plt; they do not depend on the numbers that stand in the text. */
function tableOf(path: string, wordBytes: number): Table {
  const text = execFileSync('readelf', ['-SrW', path], { encoding: 'latin1' });
  const numbers = (pattern: RegExp): readonly number[] =>
    (pattern.exec(text) ?? []).slice(1).map((one) => parseInt(one, 16));
  const [addr = 0, size = 0] = numbers(/\.got\.plt +PROGBITS +(\w+) \w+ (\w+)/);
  const [before = 0] = numbers(/\.got +PROGBITS +\w+ \w+ (\w+)/);
  const [puts = addr] = numbers(/^(\w+) .*JUMP_SLOT.* puts@/m);
  return { addr, before: before / wordBytes, after: size / wordBytes, puts: (puts - addr) / wordBytes };
}

/** On i386 `.got` holds the address of main, which follows from the sizes of code; those are estimates there. */
const withoutMain = (output: string): string => output.replace(/^-\d+ 0x56556\w{3}$/gm, 'main');

describe('the global offset table, run for real', () => {
  for (const { name, flags, compile, target, base, isThere } of builds) {
    for (const [what, body] of Object.entries(programs)) {
      it(`${name}: ${what}`, function () {
        if (!isThere(what)) return;
        this.timeout(60_000);
        const wordBytes = target === 'i386' ? 4 : 8;
        const withTable = ({ addr, before, after, puts }: Table): string => {
          const numbers = { TABLE: base + addr, BEFORE: before, AFTER: after, PUTS: puts };
          const lines = Object.entries(numbers).map(
            ([key, value]) => `#define ${key} 0x${value.toString(16)}\n`,
          );
          return `${head}${lines.join('')}${body}\n`;
        };
        const draft = compileReal(withTable({ addr: 0x7fff, before: 4, after: 9, puts: 3 }), flags);
        const text = withTable(tableOf(draft.path, wordBytes));
        draft.remove();
        const program = compileReal(text, flags);
        try {
          const { stdout, status, signal } = spawnSync('setarch', ['-R', './program'], {
            cwd: dirname(program.path),
            env: {},
            encoding: 'latin1',
            timeout: 5000,
          });
          const session = openSession(text, {
            stdoutKind: 'pipe',
            ldCacheBytes: libraryCacheBytes(),
            compile,
            target,
          });
          const pieces = session.recording.outputUpTo(session.recording.count);
          const ours = Buffer.concat(pieces.filter((piece) => piece.fd === 1).map((piece) => piece.bytes));
          const { trap } = session;
          assert.equal(withoutMain(ours.toString('latin1')), withoutMain(stdout));
          assert.equal(
            trap.kind === 'exit' ? trap.status : trap.kind === 'signal' ? trap.signal : trap.kind,
            signal ?? status,
          );
        } finally {
          program.remove();
        }
      });
    }
  }
});
