/* Memory is virtual until it is touched: 16 MiB are mapped at once, a page
 * frame comes with the first write to each page. */
#include <stdio.h>
#include <stdlib.h>

#define PAGE 4096

int main(void)
{
    size_t size = 16u * 1024 * 1024;
    char *block = malloc(size);
    for (int page = 0; page < 8; page++) block[page * PAGE] = 1;
    printf("touched 8 of %zu pages\n", size / PAGE);
    free(block);
    return 0;
}
