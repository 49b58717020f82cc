/* 第 5 课：虚拟内存不是物理内存。
 *
 * 申请 64 MiB，内核答应了，却一页也还没有给：
 * 程序第一次触碰某页时，它才得到页框。 */
#include <stdlib.h>

#define PAGE 4096
#define PAGES 100

int main(void)
{
    char *block = malloc(64 * 1024 * 1024);
    char *pages = block + PAGE;
    int sum = 0;

    for (int i = 0; i < PAGES; i++) /* 每页读一次 */
        sum += pages[i * PAGE];

    for (int i = 0; i < PAGES; i++) /* 每页写一次 */
        pages[i * PAGE] = 1;

    free(block);
    return sum;
}
