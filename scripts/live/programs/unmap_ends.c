/* munmap at both ends cuts a mapping; several mappings go with one call. */
int main(void)
{
    begin();
    char *p = anonymous(16 * PAGE);
    printf("%d %d\n", munmap(p, 3 * PAGE), munmap(p + 14 * PAGE, 2 * PAGE));
    char *q = mmap(0, 8 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *r = mmap(0, 8 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    printf("%p %p %p\n", p, q, r);
    printf("%d\n", munmap(r + 4 * PAGE, 10 * PAGE));
    end();
}
