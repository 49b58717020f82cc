/* Lesson 2: text, data, BSS, and the size of the executable.
 *
 * Three arrays of the same size. One has a value, one has none, one is
 * constant. Only one of them does not make the file larger. */
#include <stdlib.h>

int data[25000] = {1};        /* has a value: must be in the file */
int zeroed[25000];            /* all zero: the kernel can make that itself */
const int table[25000] = {2}; /* constant: in the file, read-only */

int main(void)
{
    int first = zeroed[20000]; /* read: no frame of its own yet */
    zeroed[20000] = data[1];   /* written: now it takes memory */
    return first + table[1];
}
