/* MADV_DONTNEED gives pages back at once; they read as zero. */
int main(void)
{
    begin();
    char *p = anonymous(50 * PAGE);
    touch(p, 50);
    madvise(p + 10 * PAGE, 20 * PAGE, MADV_DONTNEED);
    printf("%d\n", resident(p, 50 * PAGE));
    long before = faults();
    int value = p[15 * PAGE];
    touch(p, 50);
    printf("%d %ld %d\n", value, faults() - before, resident(p, 50 * PAGE));
    end();
}
