/* Freeing the blocks at the top gives the heap's end back. */
int main(void)
{
    begin();
    char *blocks[60];
    for (int k = 0; k < 60; k++) {
        blocks[k] = malloc(8000);
        memset(blocks[k], k, 8000);
    }
    printf("%p\n", sbrk(0));
    for (int k = 59; k >= 0; k--)
        free(blocks[k]);
    printf("%p\n", sbrk(0));
    end();
}
