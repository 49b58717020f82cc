/* 第 11 课：释放后使用与重复释放。glibc 能发现什么。
 *
 * 已释放的块仍然映射着：读写都行得通。再次释放时，
 * glibc 会在块里找一个标记。释放后的写入可能抹掉标记，
 * 于是同一块会被交出两次。 */
#include <stdlib.h>
#include <string.h>

int main(void)
{
    char *name = malloc(24);
    char *alias = name; /* 指向同一块的第二个指针 */
    strcpy(name, "Ada");
    free(name);

    memset(name, 'x', 16); /* 释放后使用：没人发现 */
    free(alias);           /* 重复释放：标记已经没了 */

    char *one = malloc(24);
    char *two = malloc(24);
    int same = one == two; /* 一块内存两个主人 */

    free(one);
    free(two); /* 这一次标记还在 */
    return same;
}
