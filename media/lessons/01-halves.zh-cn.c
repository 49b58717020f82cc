/* 第 1 课：用户半区与内核半区。
 *
 * 每个进程看到的都是同一幅图：低半区是自己的内存，高半区属于内核。
 * 程序打印自己各部分的位置，然后读取地址空间的最后一页。那一页属于内核。 */
#include <stdio.h>
#include <stdlib.h>

int global = 1;

int main(void)
{
    int local = 2;
    char *block = malloc(1);
    char *last = (char *)~0UL; /* 指针能表示的最后一个字节 */

    printf("code  %p\n", (void *)main);
    printf("data  %p\n", (void *)&global);
    printf("heap  %p\n", (void *)block);
    printf("stack %p\n", (void *)&local);
    fflush(stdout);

    return *last; /* 不属于我们：SIGSEGV */
}
