/* Lesson 4: brk below a threshold, mmap above it, and the threshold moves.
 *
 * The same request is made twice. Between the two, the first block is freed.
 * That is enough to send the second one elsewhere. */
#include <stdlib.h>

int main(void)
{
    char *small = malloc(100000); /* below the threshold: from the heap */
    small[0] = 1;

    char *large = malloc(200000); /* above it: a mapping of its own */
    large[0] = 1;

    free(large); /* munmap, and the threshold moves */

    char *again = malloc(200000); /* the same request once more */
    again[0] = 1;

    free(again);
    free(small);
    return 0;
}
