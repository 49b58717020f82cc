/* 第 8 课：不断变大的尺寸。没有泄漏，堆却有一半是空洞。
 *
 * 每一行先在草稿缓冲区里构造，然后保留；缓冲区被释放。
 * 行越来越长，所以下一个缓冲区比留下的任何空洞都大；
 * 而行隔在空洞之间，空洞永远不会合并。 */
#include <malloc.h>
#include <stdlib.h>

#define ROWS 60

int main(void)
{
    char *rows[ROWS];
    size_t live = 0;

    for (int i = 0; i < ROWS; i++) {
        size_t bytes = 1100 + 100 * i;
        char *scratch = malloc(bytes); /* 比任何空洞都大 */
        rows[i] = malloc(bytes);       /* 挡在中间 */
        free(scratch);
        live += malloc_usable_size(rows[i]);
    }

    struct mallinfo2 info = mallinfo2();
    size_t holes = info.fordblks - info.keepcost; /* 空闲的，不含 top */

    for (int i = 0; i < ROWS; i++)
        free(rows[i]); /* 没有泄漏 */
    return live + holes == 0;
}
