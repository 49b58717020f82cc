/* Shared anonymous memory gets its page at the first read too. */
int main(void)
{
    begin();
    char *p = mmap(0, 20 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    long a = faults();
    look(p, 8);
    long b = faults();
    touch(p, 12);
    printf("%p %ld %ld %d\n", p, b - a, faults() - b, resident(p, 20 * PAGE));
    end();
}
