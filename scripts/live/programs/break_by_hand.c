/* sbrk moves the program break; pages come when they are touched. */
int main(void)
{
    begin();
    char *start = sbrk(40 * PAGE);
    long before = faults();
    touch(start, 25);
    printf("%p %ld %d\n", start, faults() - before, resident((char *)((long)start & -PAGE), 40 * PAGE));
    sbrk(-30 * PAGE);
    printf("%p %d\n", sbrk(0), resident((char *)(((long)start + 12 * PAGE) & -PAGE), PAGE));
    end();
}
