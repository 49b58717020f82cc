/* MAP_POPULATE and MADV_POPULATE_WRITE fault pages in beforehand. */
int main(void)
{
    begin();
    long a = faults();
    char *p = mmap(0, 30 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    long b = faults();
    touch(p, 30);
    long c = faults();
    char *q = anonymous(10 * PAGE);
    madvise(q, 7 * PAGE, 23);
    printf("%p %ld %ld %ld %d\n", p, b - a, c - b, faults() - c, resident(q, 10 * PAGE));
    end();
}
