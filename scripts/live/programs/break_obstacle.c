/* The break stops one page below the next mapping. */
int main(void)
{
    begin();
    char *now = sbrk(0);
    char *page = (char *)(((long)now + PAGE - 1) & -PAGE);
    mmap(page + 10 * PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    printf("%d\n", brk(page + 9 * PAGE));
    printf("%d %d\n", brk(page + 9 * PAGE + 1), errno);
    end();
}
