/* A large array on the stack: only the pages that are touched come. */
static int below(void)
{
    volatile char room[16 * 1024];
    room[0] = 1;
    return room[0];
}
int main(void)
{
    begin();
    char big[1024 * 1024];
    below();
    long before = faults();
    for (int k = 0; k < 100; k++)
        big[k * 4096] = 1;
    printf("%p %ld\n", (void *)big, faults() - before);
    end();
}
