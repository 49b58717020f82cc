/* The highest hole that fits is taken. */
int main(void)
{
    begin();
    char *p[8];
    for (int k = 0; k < 8; k++)
        p[k] = mmap(0, (k + 1) * PAGE, k % 2 ? PROT_READ : PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(p[2], 3 * PAGE);
    munmap(p[5], 6 * PAGE);
    for (int k = 1; k < 7; k++)
        printf("%p\n", mmap(0, k * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    end();
}
