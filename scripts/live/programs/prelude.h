/* What the programs of `npm run live:mm` share. It stands in front of each of them. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define PAGE 4096L
#define KB 1024L
#define MB (1024L * 1024L)

/* Minor faults of this process so far. */
static long faults(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
}

/* Pages of a range that are in memory, -1 where something is not mapped. */
static int resident(void *from, long bytes)
{
    unsigned char pages[1100];
    int count = 0;
    if (mincore(from, bytes, pages) != 0)
        return -1;
    for (long k = 0; k < (bytes + PAGE - 1) / PAGE; k++)
        count += pages[k] & 1;
    return count;
}

static void *anonymous(long bytes)
{
    return mmap(0, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/* Writes one byte in each page. */
static void touch(void *from, long pages)
{
    char *at = from;
    for (long k = 0; k < pages; k++)
        at[k * PAGE] = (char)(k + 1);
}

static int look(void *from, long pages)
{
    volatile char *at = from;
    int sum = 0;
    for (long k = 0; k < pages; k++)
        sum += at[k * PAGE];
    return sum;
}

/* Makes the stack deeper than any function of libc does. */
static int deepen(void)
{
    volatile char deep[80 * 1024];
    for (long k = 0; k < 80 * 1024; k += 1024)
        deep[k] = 1;
    return deep[1024];
}

/* Uses the stack and each function of libc once, so that libc's own pages do not count later. */
static void begin(void)
{
    int depth = deepen();
    char *p = anonymous(4 * PAGE);
    touch(p, 1);
    mprotect(p, PAGE, PROT_READ);
    madvise(p, PAGE, MADV_NORMAL);
    p = mremap(p, 4 * PAGE, 8 * PAGE, MREMAP_MAYMOVE);
    resident(p, PAGE);
    munmap(p, 8 * PAGE);
    char *q = malloc(100);
    q = realloc(q, 5000);
    memset(q, 1, 100);
    free(q);
    q = calloc(3, 100);
    free(q);
    sbrk(0);
    faults();
    printf("begin %d\n", depth);
    fflush(stdout);
}

/* The harness reads /proc/PID/maps now. */
static void end(void)
{
    char c;
    printf("end\n");
    fflush(stdout);
    if (read(0, &c, 1) < 0)
        exit(9);
}
