/* A list on the heap: equal chunks one after the other, and what free leaves
 * in the tcache. The second list gets the chunks of the first one back, last
 * freed first. */
#include <stdio.h>
#include <stdlib.h>

struct node {
    int value;
    struct node *next;
};

static struct node *push(struct node *head, int value)
{
    struct node *fresh = malloc(sizeof *fresh);
    fresh->value = value;
    fresh->next = head;
    return fresh;
}

static void release(struct node *head)
{
    while (head != NULL) {
        struct node *next = head->next;
        free(head);
        head = next;
    }
}

int main(void)
{
    struct node *list = NULL;
    for (int i = 0; i < 5; i++) list = push(list, i);
    release(list);

    list = NULL;
    for (int i = 0; i < 3; i++) list = push(list, 10 * i);
    for (struct node *n = list; n != NULL; n = n->next) printf("%d at %p\n", n->value, (void *)n);
    release(list);
    return 0;
}
