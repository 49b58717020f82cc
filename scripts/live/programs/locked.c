/* mlock brings pages in; locked mappings are lines of their own. */
int main(void)
{
    begin();
    char *p = anonymous(20 * PAGE);
    long before = faults();
    int result = mlock(p + 5 * PAGE, 6 * PAGE);
    printf("%p %d %ld %d\n", p, result, faults() - before, resident(p, 20 * PAGE));
    result = madvise(p + 5 * PAGE, PAGE, MADV_DONTNEED);
    printf("%d %d %d\n", result, errno, munlock(p + 5 * PAGE, 3 * PAGE));
    printf("%d %d\n", msync(p, 30 * PAGE, MS_SYNC), errno);
    end();
}
