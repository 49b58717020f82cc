/* Hover the names: each lives in another part of the program. */
#include <stdio.h>
#include <stdlib.h>

int answer = 42;                  /* .data: initialised, so the file holds it */
int counter;                      /* .bss: zero, the file only says how large */
static char buffer[4096];         /* .bss: 4 KiB that take no room in the file */
const int limit = 100;            /* .rodata: never written */
const char *greeting = "hello";   /* the pointer in .data, the text in .rodata */

struct point {
    char name;
    int x;
    short y;
};

static int next(void)
{
    static int calls = 0;         /* .bss, although declared in a function */
    calls++;
    return calls;
}

static int sum(int first, int second)
{
    int result = first + second;  /* the stack frame of sum */
    return result;
}

int main(void)
{
    int local = sum(answer, limit);
    char text[] = "on the stack";
    struct point *p = malloc(sizeof *p);   /* p on the stack, *p on the heap */

    p->x = local;
    p->y = (short)next();
    buffer[0] = text[0];
    counter = p->x + p->y;
    printf("%s: %d %d %c\n", greeting, counter, p->y, buffer[0]);
    free(p);
    return 0;
}
