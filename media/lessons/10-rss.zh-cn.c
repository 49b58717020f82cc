/* 第 10 课：为什么 free 之后 RSS 仍然很高，以及 malloc_trim。
 *
 * 一千个块都被释放，只剩最后一个。它位于堆的末端，
 * 因此 break 无法下移。malloc_trim 仍能把空洞的页还回去。 */
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

    for (int i = 0; i < BLOCKS - 1; i++) /* 除了最后一个 */
        free(blocks[i]);

    int trimmed = malloc_trim(0); /* 归还空闲的部分 */

    free(blocks[BLOCKS - 1]);
    return trimmed == (first == NULL);
}
