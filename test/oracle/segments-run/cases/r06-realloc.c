/* Blocks that grow and shrink, and lists of blocks. */
#include <stdlib.h>
#include <string.h>
struct node { int value; struct node *next, *previous; char pad[20]; };
struct node *head; static size_t used;
static struct node *push(int value)
{
    struct node *n = malloc(sizeof *n), *old = head;
    *n = (struct node){value, head, 0};
    if (old) old->previous = n;
    head = n; used++;
    if (value == 3) { /* @stop */ used += 0; }
    return n;
}
int main(void)
{
    int *numbers = malloc(4 * sizeof *numbers), *inner;
    for (int i = 0; i < 4; i++) numbers[i] = i * i;
    char *guard = malloc(10);
    struct node *three = 0;
    for (int i = 1; i <= 3; i++) three = push(i);
    numbers = realloc(numbers, 400 * sizeof *numbers); inner = numbers + 3;
    /* @stop */ guard = realloc(guard, 5);
    numbers = realloc(numbers, 10 * sizeof *numbers);
    char *text = strdup("copied"), *tail = strchr(text, 'd');
    free(three->next);
    /* @stop */ return *inner - 9 + (tail == 0) + (guard == 0) + (int)used - 3;
}
