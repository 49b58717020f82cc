/* MAP_FIXED replaces; MAP_FIXED_NOREPLACE does not. */
int main(void)
{
    begin();
    char *p = anonymous(10 * PAGE);
    touch(p, 10);
    char *q = mmap(p + 3 * PAGE, 4 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    printf("%d %d %d\n", q == p + 3 * PAGE, q[0], resident(p, 10 * PAGE));
    q = mmap(p, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | 0x100000, -1, 0);
    printf("%p %d\n", q == MAP_FAILED ? 0 : q, errno);
    end();
}
