/* Limits that a process sets for itself: address space, data, stack. */
static void limit(int resource, long bytes)
{
    struct rlimit wanted = {bytes, RLIM_INFINITY};
    int result = setrlimit(resource, &wanted);
    printf("limit %d %d\n", resource, result);
}
static void ask(const char *what, long bytes, int protection)
{
    errno = 0;
    char *p = mmap(0, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    printf("%s: %s %d\n", what, p == MAP_FAILED ? "refused" : "mapped", errno);
}
int main(void)
{
    begin();
    char *start = sbrk(0);
    ask("before", 64 * MB, PROT_READ | PROT_WRITE);
    limit(RLIMIT_AS, 100 * MB);
    ask("20 MB", 20 * MB, PROT_READ | PROT_WRITE);
    ask("20 MB more", 20 * MB, PROT_READ);
    printf("sbrk %d\n", sbrk(30 * MB) == (void *)-1);
    char *p = malloc(30 * MB);
    printf("malloc %d %d\n", p == 0, errno);
    limit(RLIMIT_AS, RLIM_INFINITY);
    limit(RLIMIT_DATA, 90 * MB);
    ask("data", 20 * MB, PROT_READ | PROT_WRITE);
    ask("no data", 20 * MB, PROT_READ);
    errno = 0;
    printf("sbrk %d %d\n", sbrk(20 * MB) == (void *)-1, errno);
    p = mmap(0, 20 * MB, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    errno = 0;
    int result = mprotect(p, 20 * MB, PROT_READ | PROT_WRITE);
    printf("mprotect %d %d\n", result, errno);
    limit(RLIMIT_DATA, RLIM_INFINITY);
    printf("%ld\n", (long)((char *)sbrk(0) - start));
    end();
}
