/**
 * Thirty more programs with one mistake each, in the line that ends in BUG, and the same programs without it: mistakes in
 * callbacks, threads, chains of realloc, members, functions of the string library, alloca, variable length arrays, static
 * buffers and global arrays.
 *
 * Lines that begin with `-` are in the wrong program only, with `+` in the right one only.
 */

/** A pair of programs. */
export interface LaterBug {
  readonly kind: string;
  readonly buggy: string;
  readonly clean: string;
  /** Why memcheck does not see it, where it does not. */
  readonly isUnseen?: 'stack' | 'static';
}

const head = `${['stdio', 'stdlib', 'string', 'pthread', 'alloca', 'unistd'].map((name) => `#include <${name}.h>`).join('\n')}
static volatile long total;
`;

function pair(kind: string, text: string, isUnseen?: LaterBug['isUnseen']): LaterBug {
  const chosen = (drop: string): string =>
    head +
    text
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith(drop))
      .map((line) => line.replace(/^[-+]/, ' '))
      .join('\n') +
    '\n';
  return { kind, buggy: chosen('+'), clean: chosen('-'), ...(isUnseen === undefined ? {} : { isUnseen }) };
}

/** By name. */
export const laterBugs: Readonly<Record<string, LaterBug>> = {
  'freed key in a comparison': pair(
    'use-after-free',
    `
static int *weight;
static int compare(const void *a, const void *b) {
  total += weight[0]; // BUG
  return *(const int *)a - *(const int *)b;
}
int main(void) {
  int v[3] = { 3, 1, 2 };
  weight = malloc(8); weight[0] = 2;
-  free(weight);
  qsort(v, 3, sizeof *v, compare);
+  free(weight);
  return v[0] != 1;
}`,
  ),
  'freed by a thread': pair(
    'use-after-free',
    `
static char *text;
static void *work(void *x) { total += text[0]; free(text); return x; }
int main(void) {
  pthread_t t;
  text = strdup("shared");
  pthread_create(&t, 0, work, 0);
  pthread_join(t, 0);
-  total += text[1]; // BUG
  return 0;
}`,
  ),
  'freed in atexit': pair(
    'use-after-free',
    `
static int *log_;
static void last(void) {
  total += log_[1]; // BUG
}
int main(void) {
  log_ = calloc(4, sizeof *log_);
  atexit(last);
-  free(log_);
  return 0;
}`,
  ),
  'old place after a chain of realloc': pair(
    'stale-after-realloc',
    `
int main(void) {
  int n = 4, *v = malloc(n * sizeof *v), *first = v;
  char *wall = malloc(8);
  for (int i = 0; i < 64; i++) {
    if (i == n) v = realloc(v, (n *= 2) * sizeof *v);
    v[i] = i;
  }
-  total += first[1]; // BUG
+  first = v; total += first[1];
  free(v); free(wall);
  return 0;
}`,
  ),
  'member of a moved record': pair(
    'stale-after-realloc',
    `
struct item { int key; char name[20]; };
int main(void) {
  struct item *items = malloc(2 * sizeof *items);
  char *wall = malloc(100);
  strcpy(items[1].name, "one");
  char *name = items[1].name;
  items = realloc(items, 100 * sizeof *items);
-  name[0] = 'O'; // BUG
+  name = items[1].name; name[0] = 'O';
  free(items); free(wall);
  return 0;
}`,
  ),
  'string copied without room for its end': pair(
    'heap-overflow',
    `
int main(void) {
  const char *from = "twelve bytes";
-  char *to = malloc(strlen(from));
-  strcpy(to, from); // BUG
+  char *to = malloc(strlen(from) + 1);
+  strcpy(to, from);
  free(to);
  return 0;
}`,
  ),
  'strcat beyond a block': pair(
    'heap-overflow',
    `
int main(void) {
  char *path = malloc(16);
  strcpy(path, "/usr/local/");
-  strcat(path, "share"); // BUG
+  strcat(path, "bin");
  free(path);
  return 0;
}`,
  ),
  'sprintf beyond a block': pair(
    'heap-overflow',
    `
int main(void) {
  char *line = malloc(8);
-  sprintf(line, "%d", 12345678); // BUG
+  sprintf(line, "%d", 1234567);
  free(line);
  return 0;
}`,
  ),
  'member behind a short block': pair(
    'heap-overflow',
    `
struct node { struct node *next; long value; int more; };
int main(void) {
-  struct node *n = malloc(sizeof(struct node *) + sizeof(long));
+  struct node *n = malloc(sizeof *n);
  n->next = 0; n->value = 1;
  n->more = 3; // BUG
  free(n);
  return 0;
}`,
  ),
  'memset by elements instead of bytes': pair(
    'heap-overflow',
    `
int main(void) {
  short *v = malloc(10 * sizeof *v);
-  memset(v, 0, 10 * sizeof(int)); // BUG
+  memset(v, 0, 10 * sizeof *v);
  free(v);
  return 0;
}`,
  ),
  'thread writes behind its block': pair(
    'heap-overflow',
    `
static void *work(void *x) {
  int *v = x;
-  for (int i = 0; i <= 6; i++) v[i] = i; // BUG
+  for (int i = 0; i < 6; i++) v[i] = i;
  return 0;
}
int main(void) {
  pthread_t t;
  int *v = malloc(6 * sizeof *v);
  pthread_create(&t, 0, work, v);
  pthread_join(t, 0);
  free(v);
  return 0;
}`,
  ),
  'index one below a block': pair(
    'heap-underflow',
    `
static int last(const int *v, int n) {
  return v[n - 1]; // BUG
}
int main(void) {
  int *v = calloc(4, sizeof *v);
-  total += last(v, 0);
+  total += last(v, 4);
  free(v);
  return 0;
}`,
  ),
  'trimming runs below a string': pair(
    'heap-underflow',
    `
int main(void) {
  char *s = malloc(8);
  strcpy(s, "   ");
  char *end = s + 3;
-  while (end[-1] == ' ') end--; // BUG
+  while (end > s && end[-1] == ' ') end--;
  total += end - s;
  free(s);
  return 0;
}`,
  ),
  'two owners': pair(
    'double-free',
    `
struct box { char *text; };
static void drop(struct box *b) {
  free(b->text); // BUG
}
int main(void) {
  struct box a = { strdup("x") }, b = a;
  drop(&a);
-  drop(&b);
+  total += b.text != 0;
  return 0;
}`,
  ),
  'freed in a callback and by its caller': pair(
    'double-free',
    `
static void each(void **v, int n, void (*f)(void *)) { for (int i = 0; i < n; i++) f(v[i]); }
int main(void) {
  void *v[2] = { malloc(10), malloc(20) };
  each(v, 2, free);
-  free(v[1]); // BUG
  return 0;
}`,
  ),
  'free of a member': pair(
    'invalid-free',
    `
struct node { int key; char name[8]; };
int main(void) {
  struct node *n = malloc(sizeof *n);
  n->key = 1;
-  free(n->name); // BUG
+  free(n);
  return 0;
}`,
  ),
  'free of a static buffer': pair(
    'invalid-free',
    `
static char buffer[64];
static char *get(int big) { return big ? malloc(100) : buffer; }
int main(void) {
  char *p = get(0);
  p[0] = 1;
-  free(p); // BUG
  return 0;
}`,
  ),
  'free of a moved pointer': pair(
    'invalid-free',
    `
int main(void) {
  char *s = strdup("  padded"), *start = s;
  while (*s == ' ') s++;
  total += *s;
-  free(s); // BUG
+  free(start);
  return 0;
}`,
  ),
  'member that no branch sets': pair(
    'uninitialised',
    `
struct config { int level; char *name; };
static void read_(struct config *c, int has) { if (has) c->level = 3; c->name = 0; }
int main(void) {
  struct config c;
-  read_(&c, 0);
+  read_(&c, 1);
  if (c.level > 2) total++; // BUG
  return 0;
}`,
  ),
  'sum over a block that grew': pair(
    'uninitialised',
    `
int main(void) {
  int *v = calloc(4, sizeof *v), sum = 0;
  v = realloc(v, 8 * sizeof *v);
+  memset(v + 4, 0, 4 * sizeof *v);
  for (int i = 0; i < 8; i++) sum += v[i];
  if (sum == 3) total++; // BUG
  free(v);
  return 0;
}`,
  ),
  'variable length array half filled': pair(
    'uninitialised',
    `
static int greatest(int n) {
  int v[n], most = 0;
-  for (int i = 0; i < n - 1; i++) v[i] = i;
+  for (int i = 0; i < n; i++) v[i] = i;
  for (int i = 0; i < n; i++)
    if (v[i] > most) most = 2; // BUG
  return most;
}
int main(void) { total += greatest(5); return 0; }`,
  ),
  'alloca not filled': pair(
    'uninitialised',
    `
int main(void) {
  char *s = alloca(16);
-  s[0] = 'a';
+  strcpy(s, "a");
  if (s[1] == 0) total++; // BUG
  return 0;
}`,
  ),
  'flag in a bit-field': pair(
    'uninitialised',
    `
struct flags { unsigned open : 1, dirty : 1; };
int main(void) {
  struct flags f;
  f.open = 1;
+  f.dirty = 0;
  if (f.dirty) total++; // BUG
  return 0;
}`,
  ),
  'string without an end': pair(
    'uninitialised',
    `
int main(void) {
  char name[8];
  memcpy(name, "abc", 3);
+  name[3] = 0;
  total += strlen(name); // BUG
  return 0;
}`,
  ),
  'off by one in a global array': pair(
    'out-of-bounds',
    `
static int table[8], after[8];
int main(void) {
-  for (int i = 0; i <= 8; i++) table[i] = 1; // BUG
+  for (int i = 0; i < 8; i++) table[i] = 1;
  total += after[0];
  return 0;
}`,
    'static',
  ),
  'strcpy into a static buffer': pair(
    'out-of-bounds',
    `
static char name[8];
int main(void) {
-  const char *from = "too long by far";
+  const char *from = "short";
-  strcpy(name, from); // BUG
+  strcpy(name, from);
  total += name[0];
  return 0;
}`,
    'static',
  ),
  'buffer of a function that has returned': pair(
    'dead-local',
    `
static char *format(int x) { char line[20]; char *at = line; sprintf(at, "%d", x); return at; }
static char *keep(int x) { static char line[20]; sprintf(line, "%d", x); return line; }
int main(void) {
-  char *s = format(7);
+  char *s = keep(7);
  total += s[0]; // BUG
  return 0;
}`,
    'stack',
  ),
  'list that ends too early': pair(
    'null-access',
    `
struct node { struct node *next; int value; };
int main(void) {
  struct node b = { 0, 2 }, a = { &b, 1 };
-  for (struct node *n = &a; n->value != 3; n = n->next) total++; // BUG
+  for (struct node *n = &a; n != 0 && n->value != 3; n = n->next) total++;
  return 0;
}`,
  ),
  'literal changed in a callback': pair(
    'read-only-write',
    `
static void upper(char *s) {
  s[0] -= 32; // BUG
}
int main(void) {
  char open[] = "abc";
  char *words[] = { open, "def" };
  void (*change)(char *) = upper;
-  for (int i = 0; i < 2; i++) change(words[i]);
+  for (int i = 0; i < 1; i++) change(words[i]);
  return 0;
}`,
  ),
  'block freed in a handler of a thread': pair(
    'use-after-free',
    `
static int *shared;
static void cleanup(void *x) { free(x); }
static void *work(void *x) {
  pthread_cleanup_push(cleanup, shared);
  shared[0] = 1;
-  pthread_cleanup_pop(1);
+  pthread_cleanup_pop(0);
  total += shared[0]; // BUG
  return x;
}
int main(void) {
  pthread_t t;
  shared = malloc(sizeof *shared);
  pthread_create(&t, 0, work, 0);
  pthread_join(t, 0);
+  free(shared);
  return 0;
}`,
  ),
};
