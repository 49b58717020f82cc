/* A large array on the stack: only the pages that are touched come. */
int main(void)
{
    begin();
    char big[1024 * 1024];
    long before = faults();
    for (int k = 0; k < 100; k++)
        big[k * 4096] = 1;
    printf("%p %ld\n", (void *)big, faults() - before);
    end();
}
