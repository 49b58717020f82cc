/* Says of pointer variables of many kinds where what they point to lies: one line "function.variable area" each. */
#define _GNU_SOURCE
#include <alloca.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

extern char etext, edata, end, __bss_start, __data_start, __executable_start;

static const char *area(const void *pointer) {
  uintptr_t at = (uintptr_t)pointer, start, stop;
  char line[512], permissions[8];
  const char *found = "mmap";
  if (at == 0) return "null";
  if (at >= (uintptr_t)&__bss_start && at < (uintptr_t)&end) return "bss";
  if (at >= (uintptr_t)&__data_start && at < (uintptr_t)&edata) return "data";
  FILE *maps = fopen("/proc/self/maps", "r");
  while (fgets(line, sizeof line, maps)) {
    if (sscanf(line, "%lx-%lx %7s", &start, &stop, permissions) != 3 || at < start || at >= stop) continue;
    if (strstr(line, "[heap]")) found = "heap";
    else if (strstr(line, "[stack]")) found = "stack";
    else if (strstr(line, ".so")) found = "library";
    else if (permissions[2] == 'x') found = "text";
    else if (strchr(line, '/') && permissions[1] != 'w') found = "rodata";
  }
  fclose(maps);
  return found;
}

#define WHERE(p) fprintf(stderr, "%s.%s %s\n", __func__, #p, area((const void *)(p)))

int zero[8];
int filled[4] = {1, 2};
const char constant[] = "constant";
static char *remembered = (char *)zero;
struct node { struct node *next; int value; };
struct pool { char *base; size_t used; };

static void *xmalloc(size_t n) {
  void *p = malloc(n);
  if (p == NULL) abort();
  return p;
}
static void *xcalloc(size_t n, size_t m) { return calloc(n, m); }
static void *grow(void *old, size_t n) { return realloc(old, n); }
static void *twice(int n) { return xmalloc((size_t)n * 2); }
static char *copy(const char *s) { return strcpy(xmalloc(strlen(s) + 1), s); }
static int *either(int which, int *a, int *b) { return which ? a : b; }
static void fill(char **out) { *out = xmalloc(10); }
static struct node *cons(struct node *next) {
  struct node *n = xmalloc(sizeof *n);
  n->next = next;
  return n;
}

static void blocks(void) {
  char *small = malloc(10), *large = malloc(200000), *edge = malloc(131072 - 24), *beyond = malloc(131072);
  int *cleared = calloc(10, sizeof(int));
  char *wide = calloc(1000, 1000), *aligned = aligned_alloc(64, 128), *text = strdup("text"), *part = strndup("text", 2);
  WHERE(small), WHERE(large), WHERE(edge), WHERE(beyond), WHERE(cleared), WHERE(wide), WHERE(aligned), WHERE(text), WHERE(part);
}
static void wrapped(int n) {
  char *a = xmalloc(24), *b = xmalloc(300000), *c = twice(100000), *d = twice(4), *e = twice(n), *f = copy("wrapped");
  int *g = xcalloc(2, 100000);
  struct node *list = cons(cons(NULL)), *next = list->next;
  WHERE(a), WHERE(b), WHERE(c), WHERE(d), WHERE(e), WHERE(f), WHERE(g), WHERE(list), WHERE(next);
}
static void reallocated(void) {
  char *shrunk = malloc(400000);
  shrunk = realloc(shrunk, 100);
  char *grown = malloc(100);
  grown = realloc(grown, 400000);
  char *fresh = realloc(NULL, 50), *kept = grow(malloc(500000), 40), *list = reallocarray(NULL, 10, 10);
  WHERE(shrunk), WHERE(grown), WHERE(fresh), WHERE(kept), WHERE(list);
}
static void raised(void) {
  char *first = malloc(1000000);
  WHERE(first);
  free(first);
  char *second = malloc(900000);
  WHERE(second);
  free(second);
}
static void branches(int n) {
  int local = n, other[4] = {0};
  int *p = n > 5 ? &local : filled, *q, *r = n > 5 ? malloc(8) : NULL, *s = either(n, &local, zero);
  if (n & 1) q = other + 1;
  else q = &zero[2];
  for (int i = 0; i < n; i++) p = i & 1 ? other : p;
  WHERE(p), WHERE(q), WHERE(r), WHERE(s);
  r = q;
  WHERE(r);
}
static void literals(void) {
  const char *s = "literal", *t = constant + 2, *u = strchr(s, 't'), *v = u == NULL ? "none" : u + 1;
  char array[] = "array", *w = array, *x = strcat(array + 1, "");
  int *y = (int[]){1, 2, 3};
  static int kept, *z = &kept;
  char *m = remembered;
  WHERE(s), WHERE(t), WHERE(u), WHERE(v), WHERE(w), WHERE(x), WHERE(y), WHERE(z), WHERE(m);
}
static void elsewhere(int n) {
  char *stack = alloca(16), vla[n], *v = vla, *map = mmap(0, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *out, *again, *first = NULL, *from;
  void (*code)(int) = elsewhere;
  FILE *file = fopen("/dev/null", "r"), *standard = stdin;
  fill(&out);
  again = out;
  if (n == 0) again = stack;
  from = n == 0 ? "x" : out;
  WHERE(stack), WHERE(v), WHERE(map), WHERE(out), WHERE(again), WHERE(first), WHERE(from), WHERE(code), WHERE(file), WHERE(standard);
}
static void addressed(void) {
  char *hidden = NULL, **handle = &hidden;
  *handle = malloc(20);
  char *seen = hidden, *later;
  char buffer[8], *moved = buffer;
  memcpy(&later, &hidden, sizeof later);
  if (later == NULL) later = buffer;
  moved = later;
  WHERE(hidden), WHERE(seen), WHERE(later), WHERE(moved), WHERE(handle);
}
static void members(void) {
  struct pool pool = {malloc(64), 0};
  char *base = pool.base, *piece = pool.base + 8;
  struct pool *self = &pool, *boxed = xmalloc(sizeof *boxed);
  *boxed = pool;
  char *inside = boxed->base, *field = (char *)&boxed->used, *number = (char *)(uintptr_t)field;
  char *table[2] = {inside, "x"}, *element = table[0], **row = table;
  WHERE(base), WHERE(piece), WHERE(self), WHERE(boxed), WHERE(inside), WHERE(field), WHERE(number), WHERE(element), WHERE(row);
}
static void uninitialised(int n) {
  int *p, *q, local = 1, **hold = &p;
  *hold = n > 100 ? NULL : malloc(4);
  q = p;
  if (n > 100) q = &local;
  WHERE(q);
  int *a = NULL, *b = a, *c = ({ int *inner = &zero[1]; inner; }), *d = (n, filled), *e = (a = &local);
  WHERE(a), WHERE(b), WHERE(c), WHERE(d), WHERE(e);
}
static void odd(int n) {
  int *p = 0;
  __asm__("" : "=r"(p) : "0"(zero));
  char *v = malloc(30), *w = v ? v : "none", *x = v ?: NULL;
  struct node local = {0}, *walk;
  for (walk = &local; walk->next; walk = walk->next);
  walk->next = malloc(sizeof local);
  walk = walk->next;
  void *(*make)(size_t) = malloc;
  char *made = make(10), *chosen = (n ? xmalloc : malloc)(11);
  WHERE(p), WHERE(v), WHERE(w), WHERE(x), WHERE(walk), WHERE(make), WHERE(made), WHERE(chosen);
}

int main(int argc, char **argv) {
  char *name = argv[0], *environment = getenv("PATH");
  blocks();
  wrapped(argc);
  reallocated();
  branches(argc);
  branches(8);
  literals();
  elsewhere(argc + 3);
  addressed();
  members();
  uninitialised(argc);
  odd(argc);
  raised();
  WHERE(name), WHERE(environment);
  return 0;
}
