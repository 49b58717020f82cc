#include <stdio.h>
extern int opt_var __attribute__((weak)); extern void opt_fn(void) __attribute__((weak)); int w1 __attribute__((weak)) = 3; int w2 __attribute__((weak)); const int w3 __attribute__((weak)) = 5; void wf(void) __attribute__((weak)); void wf(void) { }
#pragma weak late
extern int late; 
#pragma weak pw
int pw = 4;
#pragma weak alias_pw = target
int target = 6; extern int alias_pw;
int base = 7; extern int al1 __attribute__((alias("base"))); extern int al2 __attribute__((weak, alias("base"))); int fbase(void) { return 1; } int fal(void) __attribute__((alias("fbase"))); static int sfal(void) __attribute__((alias("fbase")));
int hid __attribute__((visibility("hidden"))) = 1; extern int hext __attribute__((visibility("hidden"))); int hext = 2; int *pw1 = &w1; int *const cpw = &opt_var; void (*pof)(void) = opt_fn; void (*const cpof)(void) = wf;
int main(void) { if (opt_fn) opt_fn(); wf(); if (&opt_var) return opt_var; if (&late) return late; printf("%d\n", w1 + w2 + w3 + al1 + al2 + fal() + sfal() + pw + alias_pw); return pof != 0; }
