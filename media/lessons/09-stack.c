/* Lesson 9: the stack and its limit.
 *
 * Each call takes a frame; the stack grows down by itself, page by page,
 * until it meets its limit. There is no error code for that. */
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
