/* Advice that is kept in the mapping splits it; taking it back merges. */
int main(void)
{
    begin();
    char *p = anonymous(30 * PAGE);
    madvise(p, 10 * PAGE, MADV_RANDOM);
    madvise(p + 10 * PAGE, 10 * PAGE, MADV_DONTFORK);
    madvise(p + 20 * PAGE, 5 * PAGE, MADV_DONTDUMP);
    madvise(p, 5 * PAGE, MADV_NORMAL);
    madvise(p + 10 * PAGE, 4 * PAGE, MADV_DOFORK);
    printf("%p %d %d\n", p, madvise(p, PAGE, 77), madvise(p + 1, PAGE, MADV_NORMAL));
    end();
}
