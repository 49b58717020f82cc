/* 第 6 课：free。什么留下，什么归还，free 怎么知道大小。
 *
 * free 只得到一个指针。大小写在块前面的头部里。
 * 释放的小块在链表中等待下一次 malloc。 */
#include <stdlib.h>

int main(void)
{
    char *a = malloc(24);
    char *b = malloc(24);
    char *big = malloc(5000);
    char *guard = malloc(24); /* 把 big 与 top 隔开 */

    unsigned long *header = (unsigned long *)a - 1; /* a 前面的那个字 */

    free(a);
    free(b);
    free(big);

    char *again = malloc(24); /* 它得到哪一个？ */
    again[0] = 1;

    free(again);
    free(guard);
    return (int)*header & 0;
}
