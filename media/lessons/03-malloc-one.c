/* Lesson 3: one byte is asked for, and a whole heap appears.
 *
 * malloc does not go to the kernel for every block. It takes a large piece
 * once, cuts blocks off its lower end, and keeps its own books there too. */
#include <stdlib.h>

int main(void)
{
    char *first = malloc(1);
    *first = 'a';

    char *second = malloc(1);
    *second = 'b';

    free(first);
    free(second);
    return 0;
}
