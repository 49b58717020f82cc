/* Each first write of an anonymous page is a fault. */
int main(void)
{
    begin();
    char *p = anonymous(64 * PAGE);
    long before = faults();
    touch(p, 40);
    printf("%p %ld %d\n", p, faults() - before, resident(p, 64 * PAGE));
    end();
}
