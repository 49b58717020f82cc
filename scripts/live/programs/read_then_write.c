/* Reading maps the page of zeros; writing afterwards faults again. */
int main(void)
{
    begin();
    char *p = anonymous(32 * PAGE);
    long a = faults();
    int sum = look(p, 32);
    long b = faults();
    touch(p, 10);
    long c = faults();
    look(p, 32);
    printf("%d %ld %ld %ld %d\n", sum, b - a, c - b, faults() - c, resident(p, 32 * PAGE));
    end();
}
