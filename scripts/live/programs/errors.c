/* What the kernel refuses, and with which errno. */
static void say(void *result)
{
    printf("%s %d\n", result == MAP_FAILED ? "refused" : "mapped", errno);
    errno = 0;
}
int main(void)
{
    begin();
    errno = 0;
    int flags = MAP_PRIVATE | MAP_ANONYMOUS;
    say(mmap(0, 0, PROT_READ, flags, -1, 0));
    say(mmap((void *)0x1001, PAGE, PROT_READ, flags | MAP_FIXED, -1, 0));
    say(mmap(0, PAGE, PROT_READ, MAP_ANONYMOUS, -1, 0));
    say(mmap(0, PAGE, PROT_READ, MAP_PRIVATE, 99, 0));
    say(mmap(0, 1L << 47, PROT_READ, flags, -1, 0));
    say(mmap((void *)(1L << 47), PAGE, PROT_READ, flags | MAP_FIXED, -1, 0));
    printf("%d %d\n", munmap((void *)0x1001, PAGE), errno);
    printf("%d %d\n", munmap((void *)0x10000, 0), errno);
    printf("%d %d\n", mprotect((void *)0x40000000, PAGE, PROT_READ), errno);
    char *p = mremap((void *)0x40000000, PAGE, 2 * PAGE, MREMAP_MAYMOVE);
    printf("%d %d\n", p == MAP_FAILED, errno);
    end();
}
