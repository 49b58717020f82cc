/* MADV_COLD and MADV_PAGEOUT without swap: anonymous memory stays, shared memory leaves the page table. */
static void say(const char *what, int result, char *at, long before)
{
    printf("%s %d: %d pages, ", what, result, resident(at, 16 * PAGE));
    int sum = look(at, 16);
    printf("%ld faults, sum %d\n", faults() - before, sum);
}
int main(void)
{
    begin();
    int flags = MAP_ANONYMOUS | MAP_FIXED;
    char *own = mmap((void *)0x30000000, 16 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | flags, -1, 0);
    char *shared = mmap((void *)0x30100000, 16 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | flags, -1, 0);
    char *freed = mmap((void *)0x30200000, 16 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | flags, -1, 0);
    touch(own, 16);
    touch(shared, 8);
    look(shared, 12);
    touch(freed, 16);
    say("cold own", madvise(own, 16 * PAGE, MADV_COLD), own, faults());
    say("cold shared", madvise(shared, 12 * PAGE, MADV_COLD), shared, faults());
    say("out own", madvise(own, 16 * PAGE, MADV_PAGEOUT), own, faults());
    say("out shared", madvise(shared, 16 * PAGE, MADV_PAGEOUT), shared, faults());
    int result = madvise(freed, 16 * PAGE, MADV_FREE);
    say("out freed", madvise(freed, 16 * PAGE, MADV_PAGEOUT) + result, freed, faults());
    end();
}
