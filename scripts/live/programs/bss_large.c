/* A large array without values lies in .bss: nothing is resident before it is touched. */
static char table[1024 * 1024];
int main(void)
{
    begin();
    long before = faults();
    int sum = 0;
    for (int k = 0; k < 64; k++)
        sum += table[8192 + k * 4096];
    for (int k = 0; k < 16; k++)
        table[8192 + k * 4096] = 1;
    printf("%p %d %ld\n", (void *)table, sum, faults() - before);
    end();
}
