/* mprotect splits, merges again, and tells of holes after changing what precedes them. */
int main(void)
{
    begin();
    char *p = anonymous(12 * PAGE);
    touch(p, 12);
    mprotect(p + 4 * PAGE, 4 * PAGE, PROT_READ);
    mprotect(p + 4 * PAGE, 2 * PAGE, PROT_READ | PROT_WRITE);
    long before = faults();
    touch(p, 6);
    printf("%ld\n", faults() - before);
    munmap(p + 9 * PAGE, PAGE);
    int result = mprotect(p + 8 * PAGE, 3 * PAGE, PROT_NONE);
    printf("%d %d\n", result, errno);
    end();
}
