/* 第 9 课：栈和它的上限。
 *
 * 每次调用占一个栈帧；栈自动一页页向下增长，直到碰到上限。
 * 对此没有错误码。 */
#include <string.h>
#include <sys/resource.h>

static struct rlimit limit;
static int depth;
static char *outer;
static char *inner;

static int dive(int level)
{
    char buffer[65536];
    memset(buffer, level, sizeof buffer);
    outer = inner;
    inner = buffer;
    depth = level;
    return dive(level + 1) + buffer[0];
}

int main(void)
{
    char here = 0;
    inner = &here;
    getrlimit(RLIMIT_STACK, &limit);
    return dive(1) + here;
}
