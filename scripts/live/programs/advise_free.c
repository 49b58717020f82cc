/* MADV_FREE keeps pages until memory is scarce; a write keeps them for good. */
int main(void)
{
    begin();
    char *p = anonymous(20 * PAGE);
    touch(p, 20);
    printf("%d\n", madvise(p, 20 * PAGE, MADV_FREE));
    long before = faults();
    touch(p, 5);
    printf("%ld %d %d\n", faults() - before, resident(p, 20 * PAGE), p[PAGE]);
    end();
}
