/* As many mappings as the kernel allows, and what then fails. */
int main(void)
{
    begin();
    char *p = mmap(0, 140000 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    long splits = 0;
    while (mprotect(p + 2 * splits * PAGE, PAGE, PROT_READ) == 0)
        splits++;
    printf("%d after %ld\n", errno, splits);
    errno = 0;
    char *q = mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    printf("one more: %d %d\n", q == MAP_FAILED, errno);
    errno = 0;
    q = mmap(0, PAGE, PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    printf("and another: %d %d\n", q == MAP_FAILED, errno);
    errno = 0;
    printf("cut: %d", munmap(p + 130000 * PAGE, PAGE));
    printf(" %d\n", errno);
    printf("%d\n", munmap(p, 140000 * PAGE));
    end();
}
