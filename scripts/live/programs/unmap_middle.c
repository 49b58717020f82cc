/* munmap in the middle leaves two mappings; what was there is gone. */
int main(void)
{
    begin();
    char *p = anonymous(20 * PAGE);
    touch(p, 20);
    munmap(p + 5 * PAGE, 6 * PAGE);
    printf("%p %d %d %d\n", p, resident(p, 5 * PAGE), resident(p + 5 * PAGE, PAGE), resident(p + 11 * PAGE, 9 * PAGE));
    char *q = anonymous(6 * PAGE);
    printf("%p %d\n", q, resident(q, 6 * PAGE));
    end();
}
