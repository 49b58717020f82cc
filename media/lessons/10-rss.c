/* Lesson 10: why RSS stays high after free, and malloc_trim.
 *
 * A thousand blocks are freed, all but the last. The last one stands at the
 * end of the heap, so the break cannot move down. malloc_trim gives the pages
 * of the hole back all the same. */
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#define BLOCKS 1000
#define BYTES 4000

static char *blocks[BLOCKS];

int main(void)
{
    for (int i = 0; i < BLOCKS; i++) {
        blocks[i] = malloc(BYTES);
        memset(blocks[i], 1, BYTES);
    }
    char *first = blocks[0];

    for (int i = 0; i < BLOCKS - 1; i++) /* all but the last */
        free(blocks[i]);

    int trimmed = malloc_trim(0); /* give back what is free */

    free(blocks[BLOCKS - 1]);
    return trimmed == (first == NULL);
}
