/* Lesson 12: the same program, two releases of glibc.
 *
 * malloc promises a block, not where it lies. glibc 2.26 brought a cache for
 * each thread; since then freed blocks come back in another order, and the
 * heap begins with the cache's own chunk. */
#include <stdlib.h>

int main(void)
{
    char *first = malloc(200);
    char *second = malloc(200);
    char *third = malloc(200);

    free(first);
    free(second);

    char *next = malloc(200); /* where first was, or second? */

    free(next);
    free(third);
    return 0;
}
