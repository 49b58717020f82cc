/* Flags of mmap that most programs never use: huge pages without a pool, droppable memory, files kept in step. */
static void say(const char *what, void *result)
{
    printf("%s %s %d\n", what, result == MAP_FAILED ? "refused" : "mapped", errno);
    errno = 0;
}
static void *ask(long length, int protection, int flags, int fd)
{
    return mmap(0, length, protection, flags, fd, 0);
}
int main(void)
{
    begin();
    int huge = 0x40000, sync = 0x80000, both = PROT_READ | PROT_WRITE;
    errno = 0;
    say("huge", ask(2 * MB, both, MAP_PRIVATE | MAP_ANONYMOUS | huge, -1));
    say("huge shared", ask(2 * MB, both, MAP_SHARED | MAP_ANONYMOUS | huge, -1));
    say("huge small", ask(PAGE, both, MAP_PRIVATE | MAP_ANONYMOUS | huge, -1));
    say("huge empty", ask(0, both, MAP_PRIVATE | MAP_ANONYMOUS | huge, -1));
    say("huge 1 GiB", ask(2 * MB, both, MAP_PRIVATE | MAP_ANONYMOUS | huge | 30 << 26, -1));
    say("huge 4 MiB", ask(2 * MB, both, MAP_PRIVATE | MAP_ANONYMOUS | huge | 22 << 26, -1));
    say("huge typeless", ask(2 * MB, both, MAP_ANONYMOUS | huge, -1));
    say("huge unaligned", mmap((void *)0x30001000, 2 * MB, both,
                               MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | huge, -1, 0));
    say("huge endless", ask(1L << 50, both, MAP_PRIVATE | MAP_ANONYMOUS | huge, -1));
    say("validated anonymous", ask(PAGE, both, 3 | MAP_ANONYMOUS, -1));
    say("droppable", ask(3 * PAGE, both, 8 | MAP_ANONYMOUS, -1));
    say("droppable locked", ask(PAGE, both, 8 | MAP_ANONYMOUS | MAP_LOCKED, -1));
    say("droppable stack", ask(PAGE, both, 8 | MAP_ANONYMOUS | MAP_GROWSDOWN, -1));
    say("shared stack", ask(PAGE, both, MAP_SHARED | MAP_ANONYMOUS | MAP_GROWSDOWN, -1));
    say("sync anonymous", ask(PAGE, both, MAP_PRIVATE | MAP_ANONYMOUS | sync, -1));
    end();
}
