#include <stdio.h>
int x; int *px = &x; int *const cpx = &x; static int *spx = &x; const char *str = "pointed"; const char *const cstr = "const pointed";
extern char **environ; char ***penv = &environ; int (*pf)(const char *, ...) = printf; int (*const cpf)(const char *) = puts;
const char *tab[] = {"red", "green", "blue", "red"}; const char *const ctab[] = {"eins", "zwei", 0};
struct op { const char *name; int (*f)(int); }; static int neg(int v) { return -v; } static int dbl(int v) { return v * 2; }
const struct op ops[] = {{"neg", neg}, {"dbl", dbl}}; struct op mops[] = {{"neg", neg}, {0, 0}};
int arr[10]; int *mid = &arr[5]; int *end = arr + 10; char *inside = (char *)&arr[2] + 1; void *self = &self; long addr = (long)&x;
static const int *const *pp = (const int *const *)&cpx; const void *mixed[3] = {&x, 0, puts};
int main(void) { printf("%s %d\n", ops[1].name, ops[1].f(21)); return *px + *spx + (tab[0] != tab[3]) + mops[0].f(0) + (pp == 0) + (mixed[1] != 0); }
