/* realloc of a mapped block grows it with mremap. */
int main(void)
{
    begin();
    char *p = malloc(300 * KB);
    touch(p, 70);
    long before = faults();
    char *q = realloc(p, 900 * KB);
    printf("%p %p %ld %d\n", (void *)p, (void *)q, faults() - before, q[40 * PAGE]);
    q = realloc(q, 200 * KB);
    printf("%p\n", (void *)q);
    end();
}
