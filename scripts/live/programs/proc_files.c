/* The files of /proc/self about memory, read with open and with stdio. */
#include <fcntl.h>
static char text[65536];
static int slurp(const char *path)
{
    int fd = open(path, O_RDONLY), length = 0, got;
    while ((got = read(fd, text + length, 1000)) > 0)
        length += got;
    text[length] = 0;
    close(fd);
    return length;
}
/* Prints the lines of what was read that contain a word. */
static void lines_with(const char *word)
{
    for (char *line = text; *line != 0;) {
        char *end = strchr(line, '\n');
        *end = 0;
        if (strstr(line, word) != 0)
            printf("%s\n", line);
        *end = '\n';
        line = end + 1;
    }
}
int main(void)
{
    begin();
    char *p = mmap((void *)0x30000000, 8 * PAGE, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    mmap((void *)0x30100000, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    touch(p, 3);
    mlock(p + 6 * PAGE, PAGE);
    slurp("/proc/self/maps");
    lines_with("[heap]");
    lines_with("30000000-");
    slurp("/proc/self/status");
    lines_with("VmLck");
    lines_with("VmData");
    lines_with("VmStk");
    lines_with("VmPTE");
    slurp("/proc/self/smaps");
    char *entry = strstr(text, "30000000-");
    char *flags = strstr(entry, "VmFlags");
    *strstr(entry, "Size:") = 0;
    *strchr(flags, '\n') = 0;
    printf("%s%s\n", entry, flags);
    FILE *file = fopen("/proc/self/maps", "r");
    char line[256];
    int lines = 0, private = 0;
    while (fgets(line, sizeof line, file) != 0) {
        lines++;
        private += strstr(line, "rw-p 00000000 00:00 0") != 0;
    }
    fclose(file);
    printf("%d lines, %d private\n", lines, private);
    unsigned long long page[8];
    int fd = open("/proc/self/pagemap", O_RDONLY);
    int got = pread(fd, page, sizeof page, 0x30000000 / PAGE * 8);
    printf("%d:", got);
    for (int k = 0; k < 8; k++)
        printf(" %d%d", (int)(page[k] >> 63), (int)(page[k] >> 56 & 1));
    printf("\n");
    end();
}
