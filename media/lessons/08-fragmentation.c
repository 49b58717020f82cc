/* Lesson 8: growing sizes. Nothing leaks, and yet half of the heap is holes.
 *
 * Each row is built in a scratch buffer, then kept; the buffer is freed. The
 * rows grow, so the next buffer is larger than any hole that is left, and the
 * rows stand between the holes, so they never join. */
#include <malloc.h>
#include <stdlib.h>

#define ROWS 60

int main(void)
{
    char *rows[ROWS];
    size_t live = 0;

    for (int i = 0; i < ROWS; i++) {
        size_t bytes = 1100 + 100 * i;
        char *scratch = malloc(bytes); /* larger than any hole */
        rows[i] = malloc(bytes);       /* stands in the way */
        free(scratch);
        live += malloc_usable_size(rows[i]);
    }

    struct mallinfo2 info = mallinfo2();
    size_t holes = info.fordblks - info.keepcost; /* free, without the top */

    for (int i = 0; i < ROWS; i++)
        free(rows[i]); /* nothing is leaked */
    return live + holes == 0;
}
