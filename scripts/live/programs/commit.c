/* More memory than the machine has: one request too large is refused, many large ones are not. */
int main(void)
{
    begin();
    long gigabyte = 1024 * MB, sum = 0;
    for (int k = 0; k < 100; k++) {
        char *p = mmap(0, 8 * gigabyte, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        sum += p != MAP_FAILED;
    }
    printf("%ld mappings of 8 GB\n", sum);
    char *p = mmap(0, 1000 * gigabyte, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    printf("1000 GB: %d %d\n", p == MAP_FAILED, errno);
    p = mmap(0, 1000 * gigabyte, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    printf("without reserve: %d\n", p == MAP_FAILED);
    p = mmap(0, 1000 * gigabyte, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    errno = 0;
    int result = mprotect(p, 1000 * gigabyte, PROT_READ | PROT_WRITE);
    printf("made writable: %d %d\n", result, errno);
    p = malloc(1000 * gigabyte);
    printf("malloc: %d %d\n", p == 0, errno);
    p = mmap(0, 1000 * gigabyte, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    printf("shared: %d %d\n", p == MAP_FAILED, errno);
    end();
}
