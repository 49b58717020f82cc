/* A large array with values lies in .data: reading maps up to 16 pages at a time, writing copies. */
static int table[64 * 1024] = { 1, 2, 3 };
int main(void)
{
    begin();
    long before = faults();
    int sum = 0;
    for (int k = 0; k < 48; k++)
        table[4096 + k * 1024] = k;
    long written = faults();
    for (int k = 0; k < 48; k++)
        sum += table[4096 + k * 1024];
    printf("%p %d %ld %ld\n", (void *)table, sum, written - before, faults() - written);
    end();
}
