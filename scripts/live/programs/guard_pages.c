/* A reserve without access costs nothing; parts are made usable later. */
int main(void)
{
    begin();
    char *p = mmap(0, 64 * MB, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    for (int k = 0; k < 4; k++)
        mprotect(p + k * 32 * PAGE + PAGE, 16 * PAGE, PROT_READ | PROT_WRITE);
    long before = faults();
    touch(p + PAGE, 16);
    printf("%p %ld %d\n", p, faults() - before, resident(p, 100 * PAGE));
    end();
}
