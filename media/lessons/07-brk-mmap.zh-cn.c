/* 第 7 课：brk 与 mmap，数一数。
 *
 * 同样的工作做两遍：取一块、写一个字节、还回去，一百次。
 * 低于阈值时几乎不惊动内核；高于阈值时每一轮都要两次系统调用和一次缺页。 */
#include <malloc.h>
#include <stdlib.h>

#define ROUNDS 100

static void use(size_t bytes)
{
    char *block = malloc(bytes);
    block[0] = 1;
    free(block);
}

int main(void)
{
    mallopt(M_MMAP_THRESHOLD, 128 * 1024); /* 此后它不再移动 */
    use(90000); /* 堆在这里建立 */

    for (int i = 0; i < ROUNDS; i++)
        use(100000);

    for (int i = 0; i < ROUNDS; i++)
        use(200000);

    return 0;
}
