/* Transparent huge pages where the program asks for them: one fault for 2 MiB. */
int main(void)
{
    begin();
    char *p = anonymous(8 * MB);
    int result = madvise(p, 8 * MB, MADV_HUGEPAGE);
    printf("%p %d\n", p, result);
    long before = faults();
    p[5] = 1;
    printf("first write: %ld faults, %d pages\n", faults() - before, resident(p, 4 * MB));
    before = faults();
    touch(p, 512);
    printf("the rest: %ld faults\n", faults() - before);
    before = faults();
    int sum = look(p + 2 * MB, 512);
    printf("read: %ld faults, %d, %d pages\n", faults() - before, sum, resident(p + 2 * MB, 2 * MB));
    before = faults();
    p[2 * MB + 7] = 1;
    printf("write after read: %ld faults, %d pages\n", faults() - before, resident(p + 2 * MB, 2 * MB));
    before = faults();
    result = madvise(p + 16 * PAGE, 16 * PAGE, MADV_DONTNEED);
    printf("dontneed: %d, %d pages\n", result, resident(p, 2 * MB));
    touch(p + 16 * PAGE, 4);
    printf("touched again: %ld faults\n", faults() - before);
    before = faults();
    result = mprotect(p + 2 * MB, MB, PROT_READ);
    touch(p + 3 * MB, 256);
    printf("half protected: %d, %ld faults\n", result, faults() - before);
    result = madvise(p + 4 * MB, 4 * MB, MADV_NOHUGEPAGE);
    before = faults();
    touch(p + 4 * MB, 20);
    printf("not wanted: %d, %ld faults\n", result, faults() - before);
    char *q = anonymous(4 * MB + 3 * PAGE);
    madvise(q, 4 * MB + 3 * PAGE, MADV_HUGEPAGE);
    before = faults();
    touch(q, 1027);
    printf("edges: %ld faults\n", faults() - before);
    munmap(q + MB, PAGE);
    end();
}
