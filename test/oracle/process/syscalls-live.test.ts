/**
 * Small programs under strace on this machine and in the simulation: the same system calls in the same order, with the
 * same bytes written, on a pipe and on a terminal.
 */
import assert from 'node:assert/strict';
import { hasGcc, hasGcc32 } from '../../support/gcc.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';
import { hasStrace, simulatedLines, traceReal } from '../../support/real-syscalls.ts';

interface Program {
  readonly name: string;
  readonly body: string;
  readonly stdin?: string;
}

const head = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <assert.h>
#include <malloc.h>
#include <time.h>
`;

const programs: readonly Program[] = [
  { name: 'nothing but a status', body: 'int main(void){ return 7; }' },
  {
    name: 'puts and printf',
    body: 'int main(void){ puts("one"); printf("two %d\\n", 2); printf("no newline"); return 0; }',
  },
  {
    name: 'the pieces of printf',
    body: `int main(void){ printf("a\\nb %d c\\n%s|%5d|\\n", 42, "x\\ny", 7); printf("%s", "end\\n"); printf("%c%c%c", 'p', '\\n', 'q'); return 0; }`,
  },
  {
    name: 'putchar, fputs, fwrite',
    body: 'int main(void){ for (int i = 0; i < 5; i++) putchar(\'0\' + i); putchar(\'\\n\'); fputs("abc\\ndef", stdout); fwrite("12\\n34", 1, 5, stdout); return 0; }',
  },
  {
    name: 'standard error is not buffered',
    body: 'int main(void){ printf("out "); fprintf(stderr, "err %d %s\\n", 1, "two"); fputs("x", stderr); putc(\'y\', stderr); fputc(10, stderr); return 1; }',
  },
  { name: 'perror first', body: 'int main(void){ errno = 2; perror("f"); return 0; }' },
  {
    name: 'perror after output to stderr',
    body: 'int main(void){ fputs("a\\n", stderr); errno = 12; perror("f"); perror(0); return 0; }',
  },
  {
    name: 'more than a buffer',
    body: 'int main(void){ for (int i = 0; i < 700; i++) printf("line %d\\n", i); return 0; }',
  },
  {
    name: 'a block larger than the buffer',
    body: 'static char big[10000]; int main(void){ memset(big, \'x\', sizeof big - 1); big[500] = 10; printf("start "); fputs(big, stdout); puts("!"); fwrite(big, 1, 5000, stdout); return 0; }',
  },
  {
    name: 'a line longer than the buffer, character by character',
    body: "int main(void){ for (int i = 0; i < 9000; i++) putchar(i % 1500 == 1499 ? 10 : 'a'); return 0; }",
  },
  {
    name: 'fflush',
    body: 'int main(void){ printf("a"); fflush(stdout); printf("b"); fflush(NULL); fflush(stdout); printf("c"); _exit(3); }',
  },
  {
    name: 'setvbuf: none',
    body: 'int main(void){ setvbuf(stdout, NULL, _IONBF, 0); printf("a%db\\n", 1); puts("x"); putchar(\'c\'); return 0; }',
  },
  {
    name: 'setvbuf: full, own buffer',
    body: 'static char b[64]; int main(void){ setvbuf(stdout, b, _IOFBF, 64); for (int i = 0; i < 30; i++) printf("%d,", i); return 0; }',
  },
  {
    name: 'setvbuf: lines',
    body: 'int main(void){ setvbuf(stdout, NULL, _IOLBF, 0); printf("a\\nb"); printf("c\\nd"); return 0; }',
  },
  {
    name: 'setbuf',
    body: 'static char b[BUFSIZ]; int main(void){ setbuf(stdout, b); printf("a\\nb"); setbuf(stderr, 0); fputs("e", stderr); return 0; }',
  },
  {
    name: 'reading lines',
    stdin: 'first\nsecond\nthird',
    body: 'int main(void){ char b[10]; while (fgets(b, 10, stdin)) printf("[%s]", b); printf("%d\\n", feof(stdin)); return 0; }',
  },
  {
    name: 'input left over at the end',
    stdin: 'first\nsecond\nthird',
    body: 'int main(void){ int c = getchar(); printf("%d\\n", c); c = getchar(); ungetc(c, stdin); c = fgetc(stdin); return c; }',
  },
  {
    name: 'no input',
    stdin: '',
    body: 'int main(void){ int c = getchar(); printf("%d %d\\n", c, getchar()); return 0; }',
  },
  {
    name: 'read(2) and write(2)',
    stdin: 'abcdef',
    body: 'int main(void){ char b[4]; ssize_t n; while ((n = read(0, b, 4)) > 0) write(1, b, n); if (write(9, b, 1) < 0) write(2, "bad\\n", 4); return errno; }',
  },
  {
    name: 'the allocator',
    body: 'int main(void){ char *p = malloc(10); char *q = malloc(200000); q[0] = 1; char *r = malloc(100000); char *s = malloc(100000); free(q); free(s); free(r); p = realloc(p, 300000); p = realloc(p, 600000); free(p); return 0; }',
  },
  {
    name: 'trim and mallopt',
    body: 'int main(void){ void *p[40]; for (int i = 0; i < 40; i++) p[i] = malloc(10000); for (int i = 39; i >= 0; i--) free(p[i]); malloc_trim(0); return mallopt(M_MMAP_THRESHOLD, 1000000); }',
  },
  {
    name: 'sbrk',
    body: 'int main(void){ sbrk(0); sbrk(4096); void *p = sbrk(0); sbrk(-4096); brk(p); return 0; }',
  },
  {
    name: 'pid, time, sleep',
    body: 'int main(void){ getpid(); getppid(); time(0); struct timespec t = {0, 1000}; nanosleep(&t, 0); usleep(10); struct timespec u; clock_gettime(CLOCK_MONOTONIC, &u); getpagesize(); sysconf(_SC_PAGESIZE); return 0; }',
  },
  {
    name: 'isatty',
    body: 'int main(void){ printf("%d ", isatty(0)); printf("%d ", isatty(7)); return isatty(2); }',
  },
  {
    name: 'atexit and exit',
    body: 'static void a(void){ puts("a"); } static void b(void){ puts("b"); exit(9); } int main(void){ atexit(a); atexit(b); printf("main"); exit(4); }',
  },
  {
    name: 'qsort of much',
    body: 'static int c(const void *a, const void *b){ return *(const int*)a - *(const int*)b; } int main(void){ static int v[40000]; for (int i = 0; i < 40000; i++) v[i] = (i * 7919) % 40009; qsort(v, 300, 4, c); qsort(v, 40000, 4, c); return v[17] & 127; }',
  },
  {
    name: 'mmap and munmap',
    body: 'int main(void){ char *p = mmap(0, 10000, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0); p[0] = 1; munmap(p, 10000); return 0; }',
  },
  { name: 'abort', body: 'int main(void){ printf("lost"); abort(); }' },
  { name: 'assert', body: 'int main(void){ printf("kept? "); assert(getpid() == 1); }' },
  { name: 'getrusage', body: 'int main(void){ struct rusage r; getrusage(RUSAGE_SELF, &r); return 0; }' },
  { name: 'dprintf', body: 'int main(void){ dprintf(1, "a %d\\n", 1); dprintf(1, "b\\n"); return 0; }' },
  {
    name: 'getline of lines that grow',
    stdin: `${'x'.repeat(300)}\n${'y'.repeat(5000)}\nz\n`,
    body: 'int main(void){ char *p = 0; size_t n = 0; ssize_t k; while ((k = getline(&p, &n, stdin)) > 0) printf("%zd %zu\\n", k, n); free(p); return 0; }',
  },
  {
    name: 'getdelim and %ms',
    stdin: 'alpha;beta;gamma delta',
    body: 'int main(void){ char *p = 0, *w = 0; size_t n = 0; getdelim(&p, &n, \';\', stdin); if (scanf("%ms", &w) == 1) printf("%s|%s|%zu\\n", p, w, n); free(w); free(p); return 0; }',
  },
  {
    name: 'files opened and closed',
    body: 'int main(void){ for (int i = 0; i < 3; i++) { FILE *f = fopen("/dev/null", "r"); char b[9]; if (f) { fread(b, 1, 8, f); fclose(f); } } FILE *g = fopen("/dev/null", "w"); fputs("gone", g); fclose(g); printf("%d\\n", fopen("/nowhere/x", "r") == 0); return 0; }',
  },
  {
    name: 'a block that grows by realloc',
    body: 'int main(void){ char *p = 0; for (size_t n = 16; n < 4000000; n = n * 3 / 2) { p = realloc(p, n); p[n - 1] = 1; } p = realloc(p, 100); free(p); return 0; }',
  },
  {
    name: 'the threshold of mmap moves',
    body: 'int main(void){ for (int i = 0; i < 4; i++) { char *p = malloc(150000 + i * 50000); p[0] = 1; free(p); } char *q = malloc(290000); free(q); void *r = calloc(1000, 1000); free(r); return 0; }',
  },
  {
    name: 'aligned blocks and calloc',
    body: 'int main(void){ void *p = 0; posix_memalign(&p, 4096, 20000); void *q = aligned_alloc(65536, 262144); char *c = calloc(300000, 1); c[5] = 1; free(p); free(q); free(c); void *v = valloc(100); free(v); return 0; }',
  },
  {
    name: 'a heap that shrinks from the top',
    body: 'int main(void){ static char *p[200]; for (int i = 0; i < 200; i++) p[i] = malloc(4000); for (int i = 199; i >= 0; i--) free(p[i]); for (int i = 0; i < 60; i++) p[i] = malloc(60000); for (int i = 0; i < 60; i++) free(p[i]); return 0; }',
  },
  {
    name: 'memory streams',
    body: 'int main(void){ char *t; size_t n; FILE *f = open_memstream(&t, &n); for (int i = 0; i < 3000; i++) fprintf(f, "%d,", i); fclose(f); printf("%zu\\n", n); free(t); f = fmemopen(0, 100, "w+"); fputs("abc", f); rewind(f); printf("%c\\n", fgetc(f)); fclose(f); return 0; }',
  },
  {
    name: 'records sorted with a block of malloc',
    body: 'struct r { int k; char c[60]; }; static int c(const void *a, const void *b){ return ((const struct r *)a)->k - ((const struct r *)b)->k; } int main(void){ struct r *v = malloc(5000 * sizeof *v); for (int i = 0; i < 5000; i++) v[i].k = i * 7919 % 5003; qsort(v, 5000, sizeof *v, c); printf("%d %d\\n", v[0].k, v[4999].k); free(v); return 0; }',
  },
  {
    name: 'asprintf, strdup and lists',
    body: 'int asprintf(char **, const char *, ...); struct n { struct n *next; char *s; }; int main(void){ struct n *l = 0; for (int i = 0; i < 3000; i++) { struct n *e = malloc(sizeof *e); asprintf(&e->s, "item %d %0*d", i, i % 50, i); e->next = l; l = e; } while (l) { struct n *e = l; l = l->next; free(e->s); free(e); } return 0; }',
  },
  {
    name: 'mremap, mprotect, madvise',
    body: 'void *mremap(void *, size_t, size_t, int, ...); int main(void){ char *p = mmap(0, 8192, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0); p[0] = 1; p = mremap(p, 8192, 40960, 1); p[40000] = 2; mprotect(p, 4096, PROT_READ); madvise(p + 8192, 8192, MADV_DONTNEED); munmap(p + 4096, 4096); munmap(p, 40960); return 0; }',
  },
  {
    name: 'double free',
    body: 'int main(void){ void *p = malloc(24); free(p); printf("x"); free(p); return 0; }',
  },
];

/** Calls about memory, which are those of malloc and stdio on every target. */
const isAboutMemory = (line: string): boolean =>
  /^(?:brk|mmap2?|munmap|mremap|mprotect|madvise)\b/.test(line);

describe('system calls about memory of 32-bit programs, as strace shows them', () => {
  for (const program of programs) {
    it(program.name, function () {
      if (!hasGcc32(program.name) || !hasStrace(program.name)) return;
      this.timeout(30_000);
      const text = head + program.body;
      const compiled = compileReal(text, ['-m32']);
      try {
        const real = traceReal(compiled.path, 'pipe', program.stdin ?? '');
        const session = openSession(text, {
          target: 'i386',
          stdoutKind: 'pipe',
          stdin: program.stdin ?? '',
          ldCacheBytes: libraryCacheBytes(),
        });
        assert.deepEqual(simulatedLines(session).filter(isAboutMemory), real.lines.filter(isAboutMemory));
      } finally {
        compiled.remove();
      }
    });
  }
});

describe('system calls from main on, as strace shows them', () => {
  for (const program of programs) {
    for (const stdout of ['pipe', 'terminal'] as const) {
      it(`${program.name} (${stdout})`, function () {
        if (!hasGcc(program.name) || !hasStrace(program.name)) return;
        this.timeout(30_000);
        const text = head + program.body;
        const compiled = compileReal(text, []);
        try {
          const real = traceReal(compiled.path, stdout, program.stdin ?? '');
          const session = openSession(text, {
            stdoutKind: stdout,
            stdin: program.stdin ?? '',
            ldCacheBytes: libraryCacheBytes(),
          });
          assert.deepEqual(simulatedLines(session), real.lines);
        } finally {
          compiled.remove();
        }
      });
    }
  }
});
