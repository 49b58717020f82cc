/* Many small blocks: the heap grows by the program break. */
int main(void)
{
    begin();
    char *first = malloc(1000);
    long before = faults();
    char *last = 0;
    for (int k = 0; k < 1000; k++) {
        last = malloc(1000);
        last[0] = 1;
    }
    printf("%p %p %ld %p\n", (void *)first, (void *)last, faults() - before, sbrk(0));
    end();
}
