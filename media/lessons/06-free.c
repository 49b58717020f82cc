/* Lesson 6: free. What stays, what goes back, how free knows the size.
 *
 * free gets nothing but a pointer. The size stands in front of the block, in
 * its header. Small freed blocks wait in lists for the next malloc. */
#include <stdlib.h>

int main(void)
{
    char *a = malloc(24);
    char *b = malloc(24);
    char *big = malloc(5000);
    char *guard = malloc(24); /* keeps big away from the top */

    unsigned long *header = (unsigned long *)a - 1; /* the word in front of a */

    free(a);
    free(b);
    free(big);

    char *again = malloc(24); /* which one does it get? */
    again[0] = 1;

    free(again);
    free(guard);
    return (int)*header & 0;
}
