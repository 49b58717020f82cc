/* A file mapped privately and shared: reading maps its cached pages together, private writing copies. */
#include <fcntl.h>
int main(void)
{
    begin();
    char page[4096];
    int fd = open("./data", O_RDWR | O_CREAT | O_TRUNC, 0600);
    for (int k = 0; k < 6; k++) {
        memset(page, 'a' + k, sizeof page);
        write(fd, page, k == 5 ? 100 : 4096);
    }
    char *p = mmap(0, 6 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    char *q = mmap(0, 4 * PAGE, PROT_READ, MAP_SHARED, fd, PAGE);
    long a = faults();
    int sum = look(p, 6) + look(q, 4);
    long b = faults();
    touch(p, 3);
    printf("%p %p %d %ld %ld %d\n", p, q, sum, b - a, faults() - b, resident(p, 6 * PAGE));
    printf("%d %d %d\n", q[0], p[5 * PAGE + 99], p[5 * PAGE + 100]);
    pread(fd, page, 10, PAGE);
    printf("%d %d\n", page[0], (int)lseek(fd, 0, SEEK_END));
    close(fd);
    end();
}
