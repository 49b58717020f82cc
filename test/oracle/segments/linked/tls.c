#include <stdio.h>
_Thread_local int t1 = 5; __thread int t2; static _Thread_local char tbuf[10] = "tls"; extern _Thread_local int t3; _Thread_local int t3 = 7; static __thread double td; _Thread_local struct { char c; long l; } ts = {1, 2};
_Thread_local char big[40]; static _Thread_local long double tld = 1.5L; _Thread_local const int tc = 3; __thread int hidden __attribute__((visibility("hidden"))) = 2; __thread int ali __attribute__((aligned(64)));
int plain; int *pplain = &plain; _Thread_local int *tptr = &plain;
int f(void) { static _Thread_local int calls; static __thread int init = 3; return ++calls + init; }
int main(void) { printf("%d\n", f() + t1 + t2 + t3 + tbuf[0] + (int)td + ts.c + big[0] + (int)tld + tc + hidden + ali + *tptr); return 0; }
