#include <stdio.h>
static void early(void) { puts("early"); } static void late(void) { puts("late"); } __attribute__((section(".init_array"), used)) static void (*ini)(void) = early; __attribute__((section(".fini_array"), used)) static void (*fin)(void) = late; __attribute__((constructor)) static void c0(void) { puts("c0"); } __attribute__((constructor(101))) static void c101(void) { puts("c101"); } __attribute__((destructor(300))) static void d300(void) { puts("d300"); } __attribute__((destructor)) static void d0(void) { puts("d0"); }
int state = 2; static int *p = &state; const int *const cp = &state; 
int main(void) { printf("main %d\n", *p + *cp); return 0; }
