/* Lesson 1: the user half and the kernel half.
 *
 * Every process sees the same picture: its own memory in the low half, the
 * kernel in the high half. The program prints where its parts lie, then reads
 * the last page of the address space. That page is the kernel's. */
#include <stdio.h>
#include <stdlib.h>

int global = 1;

int main(void)
{
    int local = 2;
    char *block = malloc(1);
    char *last = (char *)~0UL; /* the last byte that a pointer can name */

    printf("code  %p\n", (void *)main);
    printf("data  %p\n", (void *)&global);
    printf("heap  %p\n", (void *)block);
    printf("stack %p\n", (void *)&local);
    fflush(stdout);

    return *last; /* not ours: SIGSEGV */
}
