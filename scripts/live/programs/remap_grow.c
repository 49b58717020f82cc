/* mremap grows in place where there is room, else moves without copying. */
int main(void)
{
    begin();
    char *p = anonymous(8 * PAGE);
    touch(p, 8);
    munmap(p + 4 * PAGE, 4 * PAGE);
    char *q = mremap(p, 4 * PAGE, 6 * PAGE, 0);
    long before = faults();
    char *r = mremap(q, 6 * PAGE, 50 * PAGE, MREMAP_MAYMOVE);
    printf("%p %p %p %ld %d %d\n", p, q, r, faults() - before, r[3 * PAGE], resident(r, 50 * PAGE));
    char *s = mremap(r, 50 * PAGE, 60 * PAGE, 0);
    printf("%p %d\n", s == MAP_FAILED ? 0 : s, errno);
    end();
}
