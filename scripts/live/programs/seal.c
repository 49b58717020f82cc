/* mseal: what is sealed can be neither unmapped nor moved, and its protection stays. */
#include <sys/syscall.h>
#define MSEAL 462
static void say(const char *what, long result)
{
    printf("%s %ld %d\n", what, result, result < 0 ? errno : 0);
    errno = 0;
}
int main(void)
{
    begin();
    char *p = mmap((void *)0x30000000, 20 * PAGE, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    touch(p, 20);
    mprotect(p + 15 * PAGE, PAGE, PROT_READ);
    say("flags", syscall(MSEAL, p, PAGE, 1L));
    say("unaligned", syscall(MSEAL, p + 1, PAGE, 0L));
    say("empty", syscall(MSEAL, p, 0L, 0L));
    say("hole", syscall(MSEAL, p + 18 * PAGE, 4 * PAGE, 0L));
    say("seal", syscall(MSEAL, p + 5 * PAGE, 3 * PAGE, 0L));
    say("again", syscall(MSEAL, p + 4 * PAGE, 3 * PAGE, 0L));
    say("read only", syscall(MSEAL, p + 15 * PAGE, PAGE, 0L));
    say("munmap", munmap(p + 6 * PAGE, PAGE));
    say("munmap from below", munmap(p + 2 * PAGE, 4 * PAGE));
    say("mprotect", mprotect(p + 3 * PAGE, 4 * PAGE, PROT_READ));
    say("same protection", mprotect(p + 5 * PAGE, PAGE, PROT_READ | PROT_WRITE));
    say("shrink", (long)mremap(p + 5 * PAGE, 2 * PAGE, PAGE, 0));
    say("move", (long)mremap(p + 5 * PAGE, 2 * PAGE, 8 * PAGE, MREMAP_MAYMOVE));
    say("over", (long)mmap(p + 5 * PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0));
    say("dontneed", madvise(p + 5 * PAGE, PAGE, MADV_DONTNEED));
    say("dontneed read only", madvise(p + 15 * PAGE, PAGE, MADV_DONTNEED));
    say("random", madvise(p + 15 * PAGE, PAGE, MADV_RANDOM));
    say("mlock", mlock(p + 4 * PAGE, 2 * PAGE));
    say("neighbour", munmap(p, 2 * PAGE));
    end();
}
