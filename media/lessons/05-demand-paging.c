/* Lesson 5: virtual memory is not physical memory.
 *
 * 64 MiB are asked for, and the kernel says yes. It has not given a single
 * page yet: a page gets its frame when the program first touches it. */
#include <stdlib.h>

#define PAGE 4096
#define PAGES 100

int main(void)
{
    char *block = malloc(64 * 1024 * 1024);
    char *pages = block + PAGE;
    int sum = 0;

    for (int i = 0; i < PAGES; i++) /* read each page once */
        sum += pages[i * PAGE];

    for (int i = 0; i < PAGES; i++) /* write each page once */
        pages[i * PAGE] = 1;

    free(block);
    return sum;
}
