/* The stack grows with the accesses, one fault for each page. */
static int deep(int depth)
{
    volatile char frame[3000];
    frame[0] = (char)depth;
    return depth == 0 ? frame[0] : deep(depth - 1) + frame[0];
}
int main(void)
{
    begin();
    long before = faults();
    int sum = deep(200);
    long after = faults();
    printf("%d %d\n", sum, after - before > 120 && after - before < 150);
    end();
}
