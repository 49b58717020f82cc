/**
 * Programs that print addresses. Each is put together from parts, by its number: which globals there are, what main
 * calls, what it allocates.
 */

interface Part {
  /** At file scope. */
  readonly file: string;
  /** In main. */
  readonly main: string;
}

const show = (what: string, expression: string): string =>
  `printf("${what} %p\\n", (void *)(${expression}));`;

const globals: readonly Part[] = [
  {
    file: 'int zero; int set = 5; static int hidden; static int hidden_set = 7; const int fixed = 9;',
    main: [
      show('zero', '&zero'),
      show('set', '&set'),
      show('hidden', '&hidden'),
      show('hidden_set', '&hidden_set'),
      show('fixed', '&fixed'),
    ].join(' '),
  },
  {
    file: 'char text[] = "text"; const char *words[] = {"one", "two"}; double big[1000]; struct pair { char c; long l; } pair = {1, 2};',
    main: [
      show('text', 'text'),
      show('words', 'words'),
      show('words[1]', 'words[1]'),
      show('big', 'big'),
      show('pair.l', '&pair.l'),
      show('literal', '"a literal"'),
    ].join(' '),
  },
  {
    file: 'static long counters[3]; int *pointer = (int *)&counters[1]; static _Alignas(64) char aligned[10]; _Thread_local int own; _Thread_local int own_set = 3;',
    main: [
      show('counters', 'counters'),
      show('pointer', 'pointer'),
      show('aligned', 'aligned'),
      show('own', '&own'),
      show('own_set', '&own_set'),
    ].join(' '),
  },
  {
    file: 'static int next(void) { static int n; static int from = 4; printf("n %p from %p\\n", (void *)&n, (void *)&from); return from + n++; }',
    main: `printf("%d %d\\n", next(), next()); ${show('next', 'next')} ${show('main', 'main')}`,
  },
  {
    file: 'extern char **environ; extern char edata[], end[];',
    main: [
      show('environ', 'environ'),
      show('&environ', '&environ'),
      show('edata', 'edata'),
      show('end', 'end'),
      show('stdout', 'stdout'),
      show('errno', '&errno'),
    ].join(' '),
  },
];

const calls: readonly Part[] = [
  {
    file: 'static int leaf(int a, char b) { long x = a; char c = b; short s[3]; printf("leaf %p %p %p %p %p\\n", (void *)&a, (void *)&b, (void *)&x, (void *)&c, (void *)s); return (int)x + c; }',
    main: 'printf("%d\\n", leaf(3, 4));',
  },
  {
    file: 'static long deep(int n) { int here[4]; here[0] = n; if (n < 4) printf("deep %d %p\\n", n, (void *)here); return n == 0 ? here[0] : deep(n - 1) + here[0]; }',
    main: 'printf("%ld\\n", deep(6));',
  },
  {
    file: 'struct wide { long a, b, c, d; }; static struct wide make(struct wide in, int *where) { struct wide out = in; out.a += *where; printf("wide %p %p %p\\n", (void *)&in, (void *)&out, (void *)where); return out; }',
    main: 'struct wide w = {1, 2, 3, 4}; int at = 5; w = make(w, &at); printf("%ld %p\\n", w.a, (void *)&w);',
  },
  {
    file: 'static int order(const void *a, const void *b) { static int said; if (said++ < 3) printf("order %p\\n", (void *)&a); return *(const int *)a - *(const int *)b; }',
    main: 'int sorted[6] = {5, 2, 6, 1, 9, 3}; qsort(sorted, 6, sizeof *sorted, order); printf("%p %d\\n", (void *)sorted, sorted[0]);',
  },
  {
    file: 'static void leave(void) { int last; printf("leave %p\\n", (void *)&last); } static double sum(int n, ...) { double all = 0; va_list list; va_start(list, n); for (int i = 0; i < n; i++) all += va_arg(list, double); va_end(list); printf("sum %p %p\\n", (void *)&all, (void *)&n); return all; }',
    main: 'atexit(leave); printf("%g\\n", sum(3, 1.0, 2.0, 3.0));',
  },
];

const heaps: readonly Part[] = [
  {
    file: '',
    main: 'for (int i = 1; i < 8; i++) { void *p = malloc((size_t)i * 24); printf("malloc %p\\n", p); if (i % 2) free(p); } printf("again %p\\n", malloc(24));',
  },
  {
    file: '',
    main: 'char *p = malloc(10); printf("%p ", (void *)p); p = realloc(p, 2000); printf("%p ", (void *)p); void *q = calloc(10, 100); printf("%p ", q); p = realloc(p, 5000); printf("%p\\n", (void *)p); free(q); printf("%p %p\\n", malloc(900), aligned_alloc(256, 512));',
  },
  {
    file: '',
    main: 'void *m = malloc(200000), *n = malloc(300000); printf("big %p %p\\n", m, n); free(m); printf("%p\\n", malloc(200000)); void *s = sbrk(0); printf("break %p\\n", s); printf("map %p\\n", mmap(0, 8192, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));',
  },
  {
    file: '',
    main: 'FILE *f = fopen("/tmp/atlas-addresses", "w+"); printf("file %p\\n", (void *)f); fprintf(f, "line one\\nline two\\n"); rewind(f); char *line = 0; size_t room = 0; while (getline(&line, &room, f) > 0) printf("line %p %zu\\n", (void *)line, room); fclose(f); remove("/tmp/atlas-addresses"); printf("%p %p\\n", malloc(100), (void *)strdup("copy"));',
  },
  {
    file: 'struct node { struct node *next; int value; };',
    main: 'struct node *head = 0; for (int i = 0; i < 6; i++) { struct node *one = malloc(sizeof *one); one->next = head; one->value = i; head = one; } for (struct node *at = head; at; at = at->next) printf("node %p %p %d\\n", (void *)at, (void *)at->next, at->value);',
  },
];

const head =
  '#define _GNU_SOURCE\n#include <errno.h>\n#include <stdarg.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <sys/mman.h>\n#include <unistd.h>\n';

const pick = (parts: readonly Part[], number: number): Part =>
  parts[number % parts.length] ?? { file: '', main: '' };

/** Fifty programs: every two kinds of globals with every kind of calls, with heaps in turn. */
export const addressPrograms: readonly { readonly name: string; readonly text: string }[] = Array.from(
  { length: 50 },
  (_, i) => {
    const first = i % 5;
    const second = (first + 1 + (Math.floor(i / 5) % 4)) % 5;
    const chosen = [
      pick(globals, first),
      pick(globals, second),
      pick(calls, Math.floor(i / 5) + i),
      pick(calls, Math.floor(i / 5) + i + 1 + (i % 3)),
      pick(heaps, i + Math.floor(i / 10)),
    ];
    const body = chosen.map((part) => `  { ${part.main} }`).join('\n');
    const args = `  printf("argv %p %p %p\\n", (void *)&argc, (void *)argv, (void *)argv[0]);`;
    const libc = `  printf("libc %p %p\\n", (void *)printf, (void *)qsort);`;
    const text = `${head}${chosen.map((part) => part.file).join('\n')}\nint main(int argc, char **argv) {\n${args}\n${body}\n${libc}\n  return 0;\n}\n`;
    return { name: `program ${String(i)}`, text };
  },
);
