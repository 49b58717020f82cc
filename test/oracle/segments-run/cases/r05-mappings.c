/* Mappings of the program's own, and the heap beside them. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
static char *page;
int main(void)
{
    char *small = malloc(24), *large = malloc(200000), *zeroed = calloc(10, 8);
    page = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    char *middle = page + 4096, *end = large + 199999;
    strcpy(page, "mapped"); strcpy(small, "heap"); *end = 'e';
    char c = page[2];
    /* @stop */ munmap(middle, 4096);
    char *again = mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    free(large);
    /* @stop */ return c - 'p' + (again == 0) + zeroed[0];
}
