/* A hint is taken when the place is free, and rounded down to a page. */
int main(void)
{
    begin();
    int flags = MAP_PRIVATE | MAP_ANONYMOUS;
    char *p = mmap((void *)0x30000123, 4 * PAGE, PROT_READ, flags, -1, 0);
    char *q = mmap((void *)0x30002000, 4 * PAGE, PROT_READ, flags, -1, 0);
    char *r = mmap((void *)0x1000, PAGE, PROT_READ, flags, -1, 0);
    char *s = mmap((void *)0x30008000, PAGE, PROT_READ, flags | MAP_32BIT, -1, 0);
    printf("%p %p %p %p\n", p, q, r, s);
    end();
}
