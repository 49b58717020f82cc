/* calloc of a fresh mapping touches nothing but the header. */
int main(void)
{
    begin();
    long before = faults();
    char *p = calloc(200, PAGE);
    long after = faults();
    int sum = 0;
    for (int k = 0; k < 50; k++)
        sum += p[k * PAGE];
    printf("%p %ld %d %ld\n", (void *)p, after - before, sum, faults() - after);
    end();
}
