/* 128 KiB are asked for, and the block gets a mapping of its own.
 *
 * The request is above the mmap threshold, so malloc calls mmap: the block
 * lies just below the libraries. free gives it back with munmap, and it is
 * gone from /proc/PID/maps.
 *
 * One surprise on the way: the fresh heap has 132 KiB, and while all of its
 * top is free even 128 KiB fit there. That is why a page of it is used first;
 * leave that line out and look where the block goes. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Time to look at /proc/PID/maps of the real process. */
#ifndef PAUSE_SECONDS
#define PAUSE_SECONDS 20
#endif

int main(void)
{
    printf("pid %d\n", getpid());

    char *small = malloc(4096);
    char *block = malloc(128 * 1024);
    printf("malloc(%d) = %p\n", 128 * 1024, (void *)block);
    sleep(PAUSE_SECONDS);

    free(block);
    printf("freed\n");
    sleep(PAUSE_SECONDS);

    free(small);
    return 0;
}
