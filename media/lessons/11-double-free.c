/* Lesson 11: use after free and double free. What glibc notices.
 *
 * A freed block is still mapped: reading and writing it works. When it is
 * freed again glibc looks for a mark in it. A write after free can wipe the
 * mark out, and then the same block is handed out twice. */
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char *name = malloc(24);
    char *alias = name; /* a second pointer to the same block */
    strcpy(name, "Ada");
    free(name);

    memset(name, 'x', 16); /* use after free: nobody notices */
    free(alias);           /* double free: the mark is gone */

    char *one = malloc(24);
    char *two = malloc(24);
    int same = one == two; /* two owners of one block */

    free(one);
    free(two); /* this time the mark is there */
    return same;
}
