/* 第 4 课：阈值以下用 brk，以上用 mmap，而阈值会移动。
 *
 * 同样的请求提出两次，其间释放了第一块。
 * 仅此一点就让第二块去了别处。 */
#include <stdlib.h>

int main(void)
{
    char *small = malloc(100000); /* 低于阈值：来自堆 */
    small[0] = 1;

    char *large = malloc(200000); /* 高于阈值：独立的映射 */
    large[0] = 1;

    free(large); /* munmap，并且阈值移动 */

    char *again = malloc(200000); /* 再提出同样的请求 */
    again[0] = 1;

    free(again);
    free(small);
    return 0;
}
