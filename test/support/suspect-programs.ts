/**
 * Programs with one mistake each, in the line that ends in BUG, in shapes that real programs have: fields, callbacks,
 * arrays that grew, strings, system calls, threads; and programs without a mistake that are easy to suspect.
 *
 * valgrind 3.19 reports the same lines where it sees the mistake, and nothing of the others.
 */

/** A program with a mistake of a kind. */
export interface BuggyProgram {
  readonly kind: string;
  readonly text: string;
}

const include = (text: string): string =>
  `${['stdio', 'stdlib', 'string', 'stddef', 'stdarg', 'unistd'].map((name) => `#include <${name}.h>`).join('\n')}\n${text}\n`;

/** By name. */
export const buggyPrograms: Readonly<Record<string, BuggyProgram>> = {
  'uaf field': {
    kind: 'use-after-free',
    text: include(String.raw`struct s { char name[12]; int len; struct s *next; };
int main(void) {
  struct s *a = calloc(1, sizeof *a);
  a->len = 4;
  free(a);
  if (a->len == 5) puts("five"); // BUG
  return 0;
}`),
  },
  'uaf fnptr': {
    kind: 'use-after-free',
    text: include(String.raw`struct ops { int (*get)(const int *); void (*drop)(void *); };
static int get(const int *p) { return *p; } // BUG
static void drop(void *p) { free(p); }
int main(void) {
  struct ops o = { get, drop };
  int *p = malloc(sizeof *p);
  *p = 3;
  int before = o.get(p);
  o.drop(p);
  return before + o.get(p) == 99;
}`),
  },
  'uaf memcpy': {
    kind: 'use-after-free',
    text: include(String.raw`int main(void) {
  char *p = malloc(40), q[40];
  memset(p, 'a', 40);
  free(p);
  memcpy(q, p, 40); // BUG
  return q[3] == 'z';
}`),
  },
  'uaf printf': {
    kind: 'use-after-free',
    text: include(String.raw`int main(void) {
  char *p = strdup("hello there, world");
  free(p);
  printf("%s\n", p); // BUG
  return 0;
}`),
  },
  'uaf write': {
    kind: 'use-after-free',
    text: include(String.raw`int main(void) {
  char *p = malloc(32);
  memset(p, 'x', 32);
  free(p);
  return write(1, p, 32) < 0; // BUG
}`),
  },
  'uaf store': {
    kind: 'use-after-free',
    text: include(String.raw`struct pair { long a, b; };
int main(void) {
  struct pair *p = malloc(sizeof *p), v = { 1, 2 };
  free(p);
  *p = v; // BUG
  return 0;
}`),
  },
  'df cond': {
    kind: 'double-free',
    text: include(String.raw`static void done(char *p, int again) {
  free(p);
  if (again) free(p); // BUG
}
int main(void) { char *a = malloc(2000); done(a, 1); return 0; }`),
  },
  'df struct': {
    kind: 'double-free',
    text: include(String.raw`struct v { int *d; int n; };
static void destroy(struct v x) { free(x.d); } // BUG
int main(void) { struct v a = { malloc(16), 4 }, b = a; destroy(a); destroy(b); return 0; }`),
  },
  'df realloc0': {
    kind: 'double-free',
    text: include(String.raw`int main(void) {
  char *p = malloc(24);
  char *r = malloc(50);
  free(p);
  free(r);
  free(p); // BUG
  return 0;
}`),
  },
  'if stack': {
    kind: 'invalid-free',
    text: include(String.raw`int main(int argc, char **argv) {
  char buffer[32];
  char *p = argc > 0 ? buffer : malloc(3);
  free(p); // BUG
  return 0;
}`),
  },
  'if global': {
    kind: 'invalid-free',
    text: include(String.raw`static long table[20];
int main(void) { long *p = &table[2]; free(p); return 0; } // BUG`),
  },
  'if interior': {
    kind: 'invalid-free',
    text: include(String.raw`int main(void) {
  char *line = malloc(64);
  strcpy(line, "  text");
  while (*line == ' ') line++;
  free(line); // BUG
  return 0;
}`),
  },
  'if realloc': {
    kind: 'invalid-free',
    text: include(String.raw`int main(void) {
  int *a = malloc(10 * sizeof *a);
  a = realloc(a + 1, 80); // BUG
  return a == 0;
}`),
  },
  'ho realloc': {
    kind: 'heap-overflow',
    text: include(String.raw`int main(void) {
  int *a = malloc(4 * sizeof *a);
  a = realloc(a, 8 * sizeof *a);
  for (int i = 0; i < 10; i++) a[i] = i; // BUG
  free(a);
  return 0;
}`),
  },
  'ho strcpy': {
    kind: 'heap-overflow',
    text: include(String.raw`int main(void) {
  const char *s = "twelve chars";
  char *p = malloc(strlen(s));
  strcpy(p, s); // BUG
  free(p);
  return 0;
}`),
  },
  'ho wide': {
    kind: 'heap-overflow',
    text: include(String.raw`#include <wchar.h>
int main(void) {
  wchar_t *p = malloc(5 * sizeof *p);
  wmemcpy(p, L"hello", 6); // BUG
  free(p);
  return 0;
}`),
  },
  'ho field': {
    kind: 'heap-overflow',
    text: include(String.raw`struct small { int a; }; struct big { int a; long b[3]; };
int main(void) {
  struct big *p = malloc(sizeof(struct small));
  p->a = 1;
  p->b[2] = 4; // BUG
  free(p);
  return 0;
}`),
  },
  'ho struct copy': {
    kind: 'heap-overflow',
    text: include(String.raw`struct big { long b[6]; };
int main(void) {
  struct big x = { { 1 } }, *p = malloc(sizeof x - 8);
  *p = x; // BUG
  free(p);
  return 0;
}`),
  },
  'ho read': {
    kind: 'heap-overflow',
    text: include(String.raw`int main(void) {
  char *p = malloc(10);
  memset(p, 'a', 10);
  return strlen(p) == 0; // BUG
}`),
  },
  'ho 2d': {
    kind: 'heap-overflow',
    text: include(String.raw`int main(void) {
  int (*m)[4] = malloc(3 * sizeof *m);
  for (int i = 0; i < 3; i++) for (int j = 0; j < 4; j++) m[i][j] = i * j;
  int s = m[3][0]; // BUG
  free(m);
  return s == 12345;
}`),
  },
  'ho sprintf': {
    kind: 'heap-overflow',
    text: include(String.raw`int main(void) {
  char *p = malloc(8);
  sprintf(p, "%d-%d", 12345, 678); // BUG
  free(p);
  return 0;
}`),
  },
  'ho fgets': {
    kind: 'heap-overflow',
    text: include(String.raw`int main(void) {
  FILE *f = tmpfile();
  char *p = malloc(16);
  fputs("a rather long line of text\n", f);
  rewind(f);
  fgets(p, 40, f); // BUG
  free(p); fclose(f);
  return 0;
}`),
  },
  'hu minus': {
    kind: 'heap-underflow',
    text: include(String.raw`int main(void) {
  char *p = malloc(16), *e = p + 3;
  strcpy(p, "abc");
  while (e >= p && *e != 'z') e--;
  *e = 'q'; // BUG
  free(p);
  return 0;
}`),
  },
  'un branch': {
    kind: 'uninitialised',
    text: include(String.raw`int main(void) {
  int x[4];
  x[0] = 1;
  if (x[2] > 3) puts("more"); // BUG
  return 0;
}`),
  },
  'un printf': {
    kind: 'uninitialised',
    text: include(String.raw`int main(void) {
  int x;
  printf("%d\n", x); // BUG
  return 0;
}`),
  },
  'un write': {
    kind: 'uninitialised',
    text: include(String.raw`int main(void) {
  char b[8];
  b[0] = 'a';
  return write(1, b, 8) < 0; // BUG
}`),
  },
  'un struct copy': {
    kind: 'uninitialised',
    text: include(String.raw`struct s { int a; char t[20]; };
int main(void) {
  struct s *p = malloc(sizeof *p), q;
  p->a = 3;
  q = *p;
  free(p);
  if (q.t[4] == 'x') puts("x"); // BUG
  return 0;
}`),
  },
  'un realloc': {
    kind: 'uninitialised',
    text: include(String.raw`int main(void) {
  int *p = malloc(4 * sizeof *p);
  for (int i = 0; i < 4; i++) p[i] = i;
  p = realloc(p, 8 * sizeof *p);
  int s = 0;
  for (int i = 0; i < 8; i++) if (p[i] > 2) s++; // BUG
  free(p);
  return s == 77;
}`),
  },
  'un switch': {
    kind: 'uninitialised',
    text: include(String.raw`enum e { A, B };
static int name(enum e v) {
  switch (v) { case A: return 1; case B: return 2; } // BUG
  return 0;
}
int main(void) { enum e v[2]; v[0] = A; return name(v[0]) + name(v[1]) == 17; }`),
  },
  'un index': {
    kind: 'uninitialised',
    text: include(String.raw`static int t[256];
int main(void) {
  unsigned char i[2];
  i[0] = 1;
  return t[i[1]]; // BUG
}`),
  },
  'un alloca': {
    kind: 'uninitialised',
    text: include(String.raw`#include <alloca.h>
int main(int argc, char **argv) {
  int *p = alloca((argc + 3) * sizeof *p);
  p[0] = 1;
  if (p[1] == 8) puts("eight"); // BUG
  return 0;
}`),
  },
  'un strlen': {
    kind: 'uninitialised',
    text: include(String.raw`int main(void) {
  char *p = malloc(8);
  p[0] = 'a'; p[7] = 0;
  int n = (int)strlen(p); // BUG
  free(p);
  return n == 100;
}`),
  },
  'un vla': {
    kind: 'uninitialised',
    text: include(String.raw`static int f(int n) {
  int a[n];
  a[0] = 2;
  return a[n - 1] ? 3 : 4; // BUG
}
int main(void) { return f(6) == 9; }`),
  },
  'sr vec': {
    kind: 'stale-after-realloc',
    text: include(String.raw`struct vec { int *d; int n, cap; };
static void push(struct vec *v, int x) {
  if (v->n == v->cap) v->d = realloc(v->d, (v->cap *= 8) * sizeof *v->d);
  v->d[v->n++] = x;
}
int main(void) {
  struct vec v = { malloc(4 * sizeof(int)), 0, 4 };
  push(&v, 1);
  int *first = &v.d[0];
  char *wall = malloc(10);
  for (int i = 0; i < 40; i++) push(&v, i);
  *first = 7; // BUG
  free(v.d); free(wall);
  return 0;
}`),
  },
  'dl array': {
    kind: 'dead-local',
    text: include(String.raw`static char *label(int n) { char t[32]; char *p = t; sprintf(t, "n%d", n); return p; }
int main(void) {
  char *p = label(4);
  return p[0] == 'q'; // BUG
}`),
  },
  'dl struct': {
    kind: 'dead-local',
    text: include(String.raw`struct cfg { int *width; };
static void setup(struct cfg *c) { int w = 80; c->width = &w; }
int main(void) {
  struct cfg c;
  setup(&c);
  return *c.width == 3; // BUG
}`),
  },
  'na member': {
    kind: 'null-access',
    text: include(String.raw`struct n { int v; struct n *next; };
int main(void) {
  struct n a = { 1, 0 };
  return a.next->v; // BUG
}`),
  },
  'na strlen': {
    kind: 'null-access',
    text: include(String.raw`int main(void) {
  char *p = getenv("NO_SUCH_VARIABLE_HERE");
  return (int)strlen(p); // BUG
}`),
  },
  'ro literal': {
    kind: 'read-only-write',
    text: include(String.raw`static void shout(char *s) { *s = 'H'; } // BUG
int main(void) { char *s = "hello"; shout(s); puts(s); return 0; }`),
  },
  'th uaf': {
    kind: 'use-after-free',
    text: include(String.raw`#include <pthread.h>
static int *shared;
static void *work(void *a) { (void)a; return (void *)(long)*shared; } // BUG
int main(void) {
  pthread_t t;
  shared = malloc(4); *shared = 3;
  free(shared);
  pthread_create(&t, 0, work, 0);
  pthread_join(t, 0);
  return 0;
}`),
  },
  'th overflow': {
    kind: 'heap-overflow',
    text: include(String.raw`#include <pthread.h>
static void *work(void *a) { int *p = a; p[4] = 1; return 0; } // BUG
int main(void) {
  pthread_t t;
  int *p = calloc(4, sizeof *p);
  pthread_create(&t, 0, work, p);
  pthread_join(t, 0);
  free(p);
  return 0;
}`),
  },
  'mc overlap': {
    kind: 'overlap',
    text: include(String.raw`int main(void) {
  char *p = malloc(32);
  memset(p, 'a', 32);
  memcpy(p + 4, p, 16); // BUG
  int r = p[5];
  free(p);
  return r == 0;
}`),
  },
  'st over': {
    kind: 'out-of-bounds',
    text: include(String.raw`int main(void) {
  int a[4], b = 7;
  for (int i = 0; i <= 4; i++) a[i] = i; // BUG
  return b + a[1] == 100;
}`),
  },
  'gl over': {
    kind: 'out-of-bounds',
    text: include(String.raw`static int t[8], after[4];
int main(int argc, char **argv) {
  for (int i = 0; i < 9; i++) t[i] = i; // BUG
  return after[0] == 100;
}`),
  },
  'un syscall arg': {
    kind: 'uninitialised',
    text: include(String.raw`#include <fcntl.h>
int main(void) {
  struct { long a; char path[16]; } s;
  s.a = 1;
  return open(s.path, O_RDONLY) == 5; // BUG
}`),
  },
  'un memcmp': {
    kind: 'uninitialised',
    text: include(String.raw`int main(void) {
  char *p = malloc(16), *q = calloc(1, 16);
  p[0] = 0;
  int r = memcmp(p, q, 16); // BUG
  free(p); free(q);
  return r == 55;
}`),
  },
  'un qsort': {
    kind: 'uninitialised',
    text: include(String.raw`static int cmp(const void *a, const void *b) { return *(const int *)a < *(const int *)b ? -1 : 1; } // BUG
int main(void) { int a[3]; a[0] = 2; a[2] = 1; qsort(a, 3, 4, cmp); return a[0] == 3; }`),
  },
};

/** By name. */
export const cleanPrograms: Readonly<Record<string, string>> = {
  padding: include(String.raw`struct s { char c; long l; short h; };
static struct s make(char c) { struct s x; x.c = c; x.l = 2; x.h = 3; return x; }
int main(void) { struct s a = make('q'), *p = malloc(sizeof *p), b; *p = a; memcpy(&b, p, sizeof b); free(p);
printf("%c %ld %d\n", b.c, b.l, b.h); return 0; }`),
  bitfields: include(String.raw`struct f { unsigned a : 3, b : 7; int c : 9; unsigned char d; };
int main(void) { struct f x, y; x.a = 5; x.b = 100; x.c = -7; x.d = 1; y = x; y.b++;
if (y.a == 5 && y.b == 101 && y.c == -7) printf("%u\n", y.d); return 0; }`),
  'partial word': include(String.raw`union u { unsigned char b[8]; unsigned short h[4]; unsigned long w; };
int main(void) { union u x, y; x.b[0] = 1; x.b[1] = 2; y = x; unsigned v = y.h[0]; printf("%u\n", v);
for (int i = 2; i < 8; i++) y.b[i] = i; printf("%lx\n", y.w); return 0; }`),
  memmove: include(
    String.raw`int main(void) { char *p = strdup("overlapping text"); memmove(p + 2, p, strlen(p) - 2); puts(p); memcpy(p, p + 8, 8); puts(p); free(p); return 0; }`,
  ),
  alloca: include(String.raw`#include <alloca.h>
static int sum(int n) { int *p = alloca(n * sizeof *p), s = 0; for (int i = 0; i < n; i++) p[i] = i; for (int i = 0; i < n; i++) s += p[i]; return s; }
int main(void) { int t = 0; for (int i = 1; i < 50; i++) t += sum(i); printf("%d %d %d %d %d %d %d %d\n", t, 1, 2, 3, 4, 5, 6, 7); return 0; }`),
  vla: include(String.raw`static long many(long a, long b, long c, long d, long e, long f, long g, long h) { return a + b + c + d + e + f + g * h; }
int main(void) { long t = 0; for (int n = 1; n < 20; n++) { long v[n][2]; for (int i = 0; i < n; i++) { v[i][0] = i; v[i][1] = n; }
t += many(v[0][0], v[n - 1][1], 1, 2, 3, 4, v[n / 2][0], t & 3); } char text[30]; sprintf(text, "%ld", t); puts(text); return 0; }`),
  setjmp: include(String.raw`#include <setjmp.h>
static jmp_buf j; static int depth(int n) { int v[n + 1]; v[n] = n; if (n == 5) longjmp(j, v[n]); return depth(n + 1); }
int main(void) { int r = setjmp(j); if (r == 0) depth(0); int k = 4; char b[40]; snprintf(b, sizeof b, "%d %d", r, k); puts(b); return 0; }`),
  flexible: include(String.raw`struct v { int n; int d[]; }; static struct v fixed = { 3, { 1, 2, 3 } };
int main(void) { struct v *p = malloc(sizeof *p + 4 * sizeof(int)); p->n = 4; for (int i = 0; i < 4; i++) p->d[i] = i;
int s = 0; for (int i = 0; i < fixed.n; i++) s += fixed.d[i]; for (int i = 0; i < p->n; i++) s += p->d[i]; free(p); printf("%d\n", s); return 0; }`),
  'one past':
    include(String.raw`int main(void) { int a[6], *e = &a[6], s = 0; for (int *p = a; p != e; p++) *p = p - a; for (int *p = e; p-- > a;) s += *p;
int *m = a + 3; printf("%d %d\n", s, m[-2] + (&a[6])[-1]); return 0; }`),
  container: include(String.raw`struct link { struct link *next; }; struct item { int v; struct link l; };
int main(void) { struct link *h = 0; for (int i = 0; i < 4; i++) { struct item *x = malloc(sizeof *x); x->v = i; x->l.next = h; h = &x->l; }
int s = 0; while (h) { struct item *x = (struct item *)((char *)h - offsetof(struct item, l)); h = h->next; s += x->v; free(x); } printf("%d\n", s); return 0; }`),
  variadic:
    include(String.raw`static double add(int n, ...) { va_list v, w; va_start(v, n); va_copy(w, v); double s = 0; for (int i = 0; i < n; i++) s += i % 2 ? va_arg(v, double) : va_arg(v, int);
s += va_arg(w, int); va_end(v); va_end(w); return s; }
int main(void) { printf("%g\n", add(9, 1, 2.0, 3, 4.0, 5, 6.0, 7, 8.0, 9)); return 0; }`),
  threads: include(String.raw`#include <pthread.h>
static __thread int mine[4]; static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER; static long total;
static void *work(void *a) { int local[8]; for (int i = 0; i < 8; i++) local[i] = i; for (int i = 0; i < 4; i++) mine[i] = local[i] + *(int *)a;
pthread_mutex_lock(&m); total += mine[3]; pthread_mutex_unlock(&m); char *p = malloc(20); strcpy(p, "thread"); free(p); return 0; }
int main(void) { pthread_t t[3]; int v[3] = { 1, 2, 3 }; for (int i = 0; i < 3; i++) pthread_create(&t[i], 0, work, &v[i]); for (int i = 0; i < 3; i++) pthread_join(t[i], 0); printf("%ld\n", total); return 0; }`),
  realloc:
    include(String.raw`int main(void) { int n = 0, cap = 1, *v = malloc(cap * sizeof *v); for (int i = 0; i < 3000; i++) { if (n == cap) v = realloc(v, (cap *= 2) * sizeof *v); v[n++] = i; }
long s = 0; for (int i = 0; i < n; i++) s += v[i]; v = realloc(v, 40); printf("%ld %d\n", s, v[9]); free(v); return 0; }`),
  qsort:
    include(String.raw`struct p { char name[10]; int age; }; static int by(const void *a, const void *b) { const struct p *x = a, *y = b; return x->age != y->age ? x->age - y->age : strcmp(x->name, y->name); }
int main(void) { struct p v[5]; for (int i = 0; i < 5; i++) { snprintf(v[i].name, sizeof v[i].name, "n%d", 5 - i); v[i].age = i * 7 % 4; } qsort(v, 5, sizeof *v, by);
struct p k = { "n4", 3 }, *f = bsearch(&k, v, 5, sizeof *v, by); for (int i = 0; i < 5; i++) printf("%s ", v[i].name); puts(f ? f->name : "-"); return 0; }`),
  strings:
    include(String.raw`int main(void) { char b[8], c[16]; strncpy(b, "exactly8", 8); strncpy(c, "short", sizeof c); memcpy(c + 6, b, 8); c[14] = 0; printf("%.8s %s %s\n", b, c, c + 6);
char *t = strdup("a,b,,c"); for (char *s = strtok(t, ","); s; s = strtok(0, ",")) puts(s); free(t); return 0; }`),
  scan: include(String.raw`int main(void) { int a, b; char w[10]; double d; if (sscanf("12 word 3.5 7", "%d %9s %lf %d", &a, w, &d, &b) == 4) printf("%d %s %g %d\n", a, w, d, b);
char *e; long v = strtol("77x", &e, 10); printf("%ld %c\n", v, *e); return 0; }`),
  'big args':
    include(String.raw`struct big { long v[5]; int n; }; static struct big twice(struct big b, int k) { b.n *= k; for (int i = 0; i < 5; i++) b.v[i] *= k; return b; }
int main(void) { struct big b; b.n = 2; for (int i = 0; i < 5; i++) b.v[i] = i; struct big c = twice(twice(b, 2), 3), *p = &c; printf("%ld %d\n", p->v[4], p->n); return 0; }`),
  signal: include(String.raw`#include <signal.h>
static volatile sig_atomic_t seen; static void on(int s) { int local[4] = { s, 1, 2, 3 }; seen += local[0] + local[3]; }
int main(void) { signal(SIGUSR1, on); raise(SIGUSR1); int a[3]; a[0] = seen; raise(SIGUSR1); a[1] = seen; printf("%d %d\n", a[0], a[1]); return 0; }`),
  deep: include(String.raw`static int f(int n, const char *s) { char b[64]; snprintf(b, sizeof b, "%s%d", s, n); return n == 0 ? (int)strlen(b) : f(n - 1, n % 10 ? b : "") + b[0] % 2; }
int main(void) { printf("%d\n", f(300, "")); return 0; }`),
  matrix:
    include(String.raw`static double g[4][5]; static double sum(double (*m)[5], int r) { double s = 0; for (int i = 0; i < r; i++) for (int j = 0; j < 5; j++) s += m[i][j]; return s; }
int main(void) { for (int i = 0; i < 4; i++) for (int j = 0; j < 5; j++) g[i][j] = i * j; double l[2][5]; memcpy(l, g[2], sizeof l); double *flat = &g[0][0]; flat[19] += 1; printf("%g %g\n", sum(g, 4), sum(l, 2)); return 0; }`),
  'exit handlers': include(
    String.raw`static char *kept; static void bye(void) { puts(kept); free(kept); } int main(void) { atexit(bye); kept = malloc(10); strcpy(kept, "bye"); setvbuf(stdout, 0, _IOLBF, 0); return 0; }`,
  ),
  stdio: include(
    String.raw`struct r { int a, b; }; int main(void) { FILE *f = tmpfile(); struct r x = { 1, 2 }, y; for (int i = 0; i < 100; i++) { x.b = i; fwrite(&x, sizeof x, 1, f); } rewind(f); long s = 0; while (fread(&y, sizeof y, 1, f) == 1) s += y.b; fclose(f); char *line = 0; size_t n = 0; printf("%ld\n", s); free(line); return (int)n; }`,
  ),
};
