/* 第 3 课：只要一个字节，却出现了整个堆。
 *
 * malloc 不会为每一块都去找内核。它一次取来一大片，
 * 从低端切下一块块内存，自己的账本也放在那里。 */
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
