/* mremap to a fixed place replaces what is there; DONTUNMAP keeps the source. */
int main(void)
{
    begin();
    char *p = anonymous(4 * PAGE);
    touch(p, 4);
    char *target = (char *)0x20000000;
    mmap(target, 2 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    char *q = mremap(p, 4 * PAGE, 4 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, target);
    printf("%p %d %d\n", q, q[2 * PAGE], resident(p, PAGE));
    char *r = mremap(q, 4 * PAGE, 4 * PAGE, MREMAP_MAYMOVE | 4);
    printf("%p %d %d\n", r, resident(q, 4 * PAGE), resident(r, 4 * PAGE));
    end();
}
