/* Every advice on every kind of mapping: what the kernel takes and what it refuses. */
int main(void)
{
    begin();
    int flags = MAP_PRIVATE | MAP_ANONYMOUS;
    char *of[] = {
        mmap((void *)0x30000000, 4 * PAGE, PROT_READ | PROT_WRITE, flags | MAP_FIXED, -1, 0),
        mmap((void *)0x30100000, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0),
        mmap((void *)0x30200000, 4 * PAGE, PROT_READ, flags | MAP_FIXED, -1, 0),
        mmap((void *)0x30300000, 4 * PAGE, PROT_NONE, flags | MAP_FIXED, -1, 0),
        mmap((void *)0x30400000, 4 * PAGE, PROT_READ | PROT_WRITE, flags | MAP_FIXED | MAP_LOCKED, -1, 0),
    };
    touch(of[0], 2);
    touch(of[1], 2);
    for (int advice = 0; advice < 32; advice++) {
        printf("%d:", advice);
        for (int kind = 0; kind < 5; kind++) {
            errno = 0;
            int result = madvise(of[kind], 2 * PAGE, advice);
            printf(" %d/%d", result, errno);
        }
        printf("\n");
    }
    end();
}
