/* malloc of a large block is a mapping; its pages come when they are touched. */
int main(void)
{
    begin();
    char *p = malloc(MB);
    long before = faults();
    for (int k = 0; k < 100; k++)
        p[k * PAGE] = 1;
    printf("%p %ld\n", (void *)p, faults() - before);
    char *q = malloc(MB);
    free(p);
    char *r = malloc(MB);
    printf("%p %p\n", (void *)q, (void *)r);
    end();
}
