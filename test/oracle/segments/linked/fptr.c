#include <stdlib.h>
#include <stdio.h>
typedef int (*cmp)(const void *, const void *); static int up(const void *a, const void *b) { return *(const int *)a - *(const int *)b; } static int down(const void *a, const void *b) { return -up(a, b); }
cmp current = up; cmp const fixed = down; static cmp table[2] = {up, down}; const cmp ctable[] = {up, down, up}; void (*handlers[4])(int); void *(*alloc)(size_t) = malloc; void (*const dealloc)(void *) = free; int (*null_fn)(void); struct vt { cmp c; void *(*a)(size_t); const char *n; }; static const struct vt vt = {up, malloc, "vt"}; struct vt mvt = {down, 0, "mvt"};
int apply(cmp f, int *v, int n) { qsort(v, n, sizeof *v, f); return v[0]; } cmp choose(int k) { return k ? up : table[1]; }
int main(void) { int v[] = {3, 1, 2}; int (*lp)(const char *) = puts; void (*ex)(int) = exit; lp("via pointer"); apply(choose(0), v, 3); if (v[0] == 99) ex(1); char *m = alloc(3); dealloc(m); atexit(0 ? (void (*)(void))abort : (void (*)(void))rand); return v[0] - 3 + (vt.c != up) + (ctable[0] != up); }
