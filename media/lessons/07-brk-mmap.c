/* Lesson 7: brk against mmap, counted.
 *
 * Twice the same work: take a block, write one byte, give it back, a hundred
 * times. Below the threshold that costs the kernel nearly nothing; above it
 * every round costs two system calls and a page fault. */
#include <malloc.h>
#include <stdlib.h>

#define ROUNDS 100

static void use(size_t bytes)
{
    char *block = malloc(bytes);
    block[0] = 1;
    free(block);
}

int main(void)
{
    mallopt(M_MMAP_THRESHOLD, 128 * 1024); /* and it no longer moves */
    use(90000); /* the heap is made here */

    for (int i = 0; i < ROUNDS; i++)
        use(100000);

    for (int i = 0; i < ROUNDS; i++)
        use(200000);

    return 0;
}
