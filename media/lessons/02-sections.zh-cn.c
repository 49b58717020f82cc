/* 第 2 课：text、data、BSS 与可执行文件的大小。
 *
 * 三个同样大小的数组：一个有初值，一个没有，一个是常量。
 * 其中只有一个不会让文件变大。 */
#include <stdlib.h>

int data[25000] = {1};        /* 有初值：必须存在文件里 */
int zeroed[25000];            /* 全为零：内核自己就能给出 */
const int table[25000] = {2}; /* 常量：在文件里，只读 */

int main(void)
{
    int first = zeroed[20000]; /* 读取：还没有自己的页框 */
    zeroed[20000] = data[1];   /* 写入：现在才占内存 */
    return first + table[1];
}
