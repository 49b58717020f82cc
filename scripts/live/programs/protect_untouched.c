/* A mapping that was never written loses its account when it becomes read-only, and merges. */
int main(void)
{
    begin();
    char *p = mmap(0, 6 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *q = anonymous(6 * PAGE);
    char *r = anonymous(6 * PAGE);
    mprotect(q, 6 * PAGE, PROT_READ);
    touch(r, 2);
    mprotect(r, 6 * PAGE, PROT_READ);
    printf("%p %p %p\n", p, q, r);
    end();
}
