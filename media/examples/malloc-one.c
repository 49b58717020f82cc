/* One byte is asked for, and 132 KiB of heap appear.
 *
 * Run it, then step: the first printf has already taken a buffer from the
 * heap; malloc(1) cuts 32 bytes off; free keeps all of it. Compare the [heap]
 * line of /proc/PID/maps before and after, in the real process too. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Time to look at /proc/PID/maps of the real process. */
#ifndef PAUSE_SECONDS
#define PAUSE_SECONDS 20
#endif

#ifndef BYTES
#define BYTES 1
#endif

int main(void)
{
    printf("pid %d\n", getpid());

    char *block = malloc(BYTES);
    printf("malloc(%d) = %p\n", BYTES, (void *)block);
    sleep(PAUSE_SECONDS);

    free(block);
    printf("freed\n");
    sleep(PAUSE_SECONDS);
    return 0;
}
