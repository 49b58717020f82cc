/* 第 12 课：同一个程序，两个 glibc 版本。
 *
 * malloc 只保证给出一块内存，并不保证它在哪里。glibc 2.26 带来了
 * 每个线程的缓存；此后释放的块按另一种顺序返回，
 * 堆也以缓存自己的 chunk 开头。 */
#include <stdlib.h>

int main(void)
{
    char *first = malloc(200);
    char *second = malloc(200);
    char *third = malloc(200);

    free(first);
    free(second);

    char *next = malloc(200); /* 在 first 的位置，还是 second 的？ */

    free(next);
    free(third);
    return 0;
}
