/* mremap to a smaller size gives the tail back. */
int main(void)
{
    begin();
    char *p = anonymous(30 * PAGE);
    touch(p, 30);
    char *q = mremap(p, 30 * PAGE, 10 * PAGE, 0);
    printf("%d %d %d\n", p == q, resident(p, 10 * PAGE), resident(p + 10 * PAGE, PAGE));
    end();
}
