/**
 * 32-bit programs, compiled by gcc -m32 and run for real with address randomisation off, and in the simulation: the same
 * output, the same addresses of the heap, of libc's functions and objects, of arguments and frames, the same status.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { hasGcc32 } from '../../support/gcc.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';

const head = `#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>
#include <errno.h>
#include <signal.h>
#include <ucontext.h>
#include <unistd.h>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#define FRAME ((char *)__builtin_frame_address(0))
`;

const programs: Readonly<Record<string, string>> = {
  'output and status':
    'int main(void){ puts("one"); printf("two %d %lld %ld\\n", 2, 1LL << 40, -1L); return 7; }',
  'blocks of the heap': `int main(void){ void *p[12]; for (int i = 0; i < 12; i++) printf("%p\\n", p[i] = malloc(i * 13));
    for (int i = 0; i < 12; i++) free(p[i]); for (int i = 0; i < 8; i++) printf("%p\\n", calloc(1, i * 20));
    printf("%p %p %p\\n", aligned_alloc(64, 100), realloc(malloc(10), 1000), malloc(300000)); }`,
  'streams and functions of libc': `int main(void){ FILE *f = tmpfile(); printf("%p %p %p %p\\n", f, stdin, stdout, stderr);
    printf("%p %p %p\\n", (void *)malloc, (void *)puts, (void *)qsort); fprintf(f, "abc %d\\n", 5); rewind(f); char b[20];
    printf("%s%ld %zu\\n", fgets(b, 20, f), ftell(f), sizeof *f); fclose(f); char *text; size_t size;
    f = open_memstream(&text, &size); fprintf(f, "mem %d", 7); fclose(f); printf("%s %zu %p\\n", text, size, text); }`,
  'arguments and frames': `extern char **environ; static int count(int a, long long b, double d, char *s){
    printf("%p %p %p %p\\n", &a, &b, &d, &s); return a; }
    int main(int argc, char **argv, char **envp){ int x = 0; printf("%d %p %p %p %p %p %p\\n", argc, &argc, &argv, argv, envp, environ, &x);
    if (argc == 1) printf("%p\\n", __builtin_return_address(0)); printf("%x %s\\n", *(unsigned *)FRAME, argv[0]); count(1, 2, 3.5, "s");
    if (argc < 3) main(argc + 1, argv, envp); return 0; }`,
  'frames under callbacks of libc': `static char *base; static int calls;
    static int compare(const void *a, const void *b){ if (calls++ < 8) printf("%ld ", (long)(base - FRAME)); return *(const int *)a - *(const int *)b; }
    struct big { int k; char c[60]; };
    int main(void){ base = FRAME; int b[] = {3, 1, 2, 5, 4, 9, 8, 7}; qsort(b, 8, 4, compare); puts(""); calls = 0; static char c[2000]; qsort(c, 8, 1, compare);
    puts(""); calls = 0; static struct big g[40]; qsort(g, 8, sizeof *g, compare); puts(""); calls = 0; long long l[8] = {0}; qsort(l, 8, 8, compare);
    puts(""); calls = 0; static int h[3000]; qsort(h, 3000, 4, compare); puts(""); calls = 0; qsort(g, 2, 64, compare); puts(""); return 0; }`,
  'constructors, destructors, atexit': `static char *base; static long made;
    __attribute__((constructor)) static void first(int n, char **v){ made = (long)FRAME; printf("%d %s %p\\n", n, v[0], __builtin_return_address(0)); }
    __attribute__((destructor)) static void last(void){ printf("last %ld\\n", (long)(base - FRAME)); }
    static void end(void){ printf("end %ld\\n", (long)(base - FRAME)); }
    int main(void){ base = FRAME; printf("%ld\\n", made - (long)base); atexit(end); return 3; }`,
  'handlers of signals': `static char *place;
    static void plain(int s){ unsigned *f = (unsigned *)FRAME; printf("%d %ld %x %x\\n", s, (long)(place - (char *)f), f[1], f[2]); }
    static void full(int s, siginfo_t *i, void *c){ ucontext_t *u = c; unsigned *f = (unsigned *)FRAME;
    printf("%ld %x %ld %ld\\n", (long)(place - (char *)f), f[1], (long)((char *)i - FRAME), (long)((char *)c - FRAME));
    greg_t *g = u->uc_mcontext.gregs; printf("%ld %ld %ld %lx %lx\\n", (long)place - g[REG_ESP], (long)place - g[REG_UESP],
    (long)place - (long)u->uc_mcontext.fpregs, u->uc_mcontext.cr2, u->uc_sigmask.__val[0]);
    printf("%d %d %d %x %x %x\\n", i->si_signo, i->si_code, s == SIGUSR2 ? i->si_pid == getpid() : i->si_addr == (void *)0x1234, g[REG_CS], g[REG_SS], g[REG_GS]);
    if (s == SIGSEGV) exit(5); }
    static int depth(void){ char a[3]; place = FRAME; raise(SIGUSR1); raise(SIGUSR2); kill(getpid(), SIGUSR2); return a[0]; }
    int main(void){ struct sigaction a = {0}; a.sa_handler = plain; sigaction(SIGUSR1, &a, 0); a.sa_flags = SA_SIGINFO; a.sa_sigaction = full;
    sigaddset(&a.sa_mask, SIGINT); sigaction(SIGUSR2, &a, 0); sigaction(SIGSEGV, &a, 0); depth(); sigset_t m, o; sigemptyset(&m); sigaddset(&m, SIGUSR2);
    sigprocmask(SIG_BLOCK, &m, &o); raise(SIGUSR2); puts("blocked"); sigprocmask(SIG_SETMASK, &o, 0); sigqueue(getpid(), SIGUSR2, (union sigval){ .sival_int = 7 });
    int r = signal(SIGKILL, SIG_IGN) == SIG_ERR; printf("%d %d\\n", r, errno); *(volatile int *)0x1234 = 1; return 0; }`,
  'what stat and readdir tell': `static int compare(const void *a, const void *b){ return strcmp(*(char **)a, *(char **)b); }
    int main(void){ mkdir("d", 0755); for (int i = 0; i < 9; i++){ char n[40]; sprintf(n, "d/%.*s%d", i * 2, "abcdefghijklmnopqrst", i); close(open(n, O_CREAT | O_WRONLY, 0640)); }
    FILE *f = fopen("d/0", "w"); fprintf(f, "hello"); fclose(f); struct stat s; struct stat64 t; printf("%zu %zu %zu\\n", sizeof s, sizeof t, sizeof(struct dirent));
    int r = stat("d/0", &s); printf("%d %o %ld %ld\\n", r, s.st_mode, (long)s.st_size, (long)s.st_nlink); r = lstat64("d/0", &t); printf("%d %o %lld\\n", r, t.st_mode, (long long)t.st_size);
    printf("%d %d\\n", s.st_ino == t.st_ino, s.st_mtim.tv_sec == t.st_mtim.tv_sec); r = stat("d/none", &s); printf("%d %d\\n", r, errno);
    DIR *d = opendir("d"); printf("%p\\n", d); char *names[20]; int n = 0; for (struct dirent *e; (e = readdir(d)); n++){ names[n] = strdup(e->d_name);
    if (e->d_reclen != ((strlen(e->d_name) + 20 + 7) / 8 * 8 - 8)) printf("%s %d\\n", e->d_name, e->d_reclen); if (e->d_type != (e->d_name[0] == '.' ? 4 : 8)) puts("type"); }
    closedir(d); qsort(names, n, sizeof *names, compare); for (int i = 0; i < n; i++) puts(names[i]); d = opendir("d"); n = 0; for (struct dirent64 *e; (e = readdir64(d)); ) n += e->d_reclen;
    rewinddir(d); printf("%d %d\\n", n, readdir64(d) != 0); closedir(d); return 0; }`,
  'record results, complex and vector arguments': `struct d { double v; }; struct __attribute__((packed)) h { short s; };
    typedef int v4 __attribute__((vector_size(16)));
    static struct d make(int i){ struct d x = { i }; return x; } static struct h small(int i){ struct h x = { i }; return x; }
    static double sum(double _Complex a, double _Complex b){ return __real__ a + 10 * __imag__ a + 100 * __real__ b; }
    static float _Complex twice(float _Complex a){ return a + a; } static double _Complex back(double _Complex a){ return -a; }
    static v4 add(v4 a, v4 b){ return a + b; } static long old(){ return 5; }
    static long drift(void){ char *first = __builtin_alloca(4); make(1); make(2); return first - (char *)__builtin_alloca(4); }
    int main(void){ double s = 0; for (int i = 0; i < 10; i++) s += make(i).v + small(-i).s; printf("%g %g %g\\n", s, sum(1 + 2i, 3), sum(back(1 + 2i), 0));
    printf("%g\\n", __imag__ twice(1 + 2i)); v4 v = add((v4){1, 2, 3, 4}, (v4){10, 20, 30, 40}); printf("%d %d\\n", v[0], v[3]);
    long (*f)() = old; printf("%ld %ld\\n", f("more"), drift()); }`,
  'records and numbers': `struct s { char c; double d; long long l; long double e; };
    static int print(char *b, const char *f, ...){ va_list a; va_start(a, f); int n = vsprintf(b, f, a); va_end(a); return n; }
    int main(void){ char b[200], t[20]; print(b, "%d %lld %f %Lf %s %zu %ld", 1, 2LL, 3.0, 4.0L, "five", (size_t)7, 8L); puts(b);
    int i; long l; long long q; double d; long double e; short h; printf("%d ", sscanf("12 -34 567890123456 1.5 2.25 word 7", "%d %ld %lld %lf %Lf %s %hd", &i, &l, &q, &d, &e, t, &h));
    printf("%d %ld %lld %f %Lf %s %d\\n", i, l, q, d, e, t, h); printf("%zu %zu\\n", sizeof(struct s), offsetof(struct s, e));
    printf("%ld %lu %lld\\n", strtol("99999999999", 0, 10), strtoul("-1", 0, 10), strtoll("99999999999", 0, 10));
    div_t v = div(17, 5); ldiv_t w = ldiv(-17, 5); lldiv_t x = lldiv(1LL << 40, 7); printf("%d %d %ld %ld %lld %lld\\n", v.quot, v.rem, w.quot, w.rem, x.quot, x.rem);
    time_t s = 1000000000; printf("%zu %s", sizeof s, asctime(gmtime(&s))); printf("%d %d\\n", strcmp("abc", "abz"), memcmp("b", "a", 1)); errno = 0; printf("%p %d\\n", malloc(-1), errno); }`,
};

describe('32-bit programs, run for real', () => {
  for (const [name, body] of Object.entries(programs)) {
    it(`${name}: every line is the real one`, function () {
      if (!hasGcc32('32-bit programs')) return;
      this.timeout(30_000);
      const program = compileReal(head + body, ['-m32', '-fno-builtin']);
      try {
        const cwd = dirname(program.path);
        const real = spawnSync('setarch', ['-R', './program'], { cwd, env: {}, encoding: 'latin1' });
        const session = openSession(head + body, {
          target: 'i386',
          stdoutKind: 'pipe',
          ldCacheBytes: libraryCacheBytes(),
        });
        const pieces = session.recording.outputUpTo(session.recording.count);
        const printed = Buffer.concat(pieces.filter(({ fd }) => fd === 1).map(({ bytes }) => bytes));
        assert.equal(printed.toString('latin1'), real.stdout);
        assert.deepEqual(session.trap, { kind: 'exit', status: real.status });
      } finally {
        program.remove();
      }
    });
  }
});
