/* Four mistakes with memory. Run and Step, then look at the Problems:
   each is listed where it is made, with the place where its block came from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct point {
    long x, y, z;
};

/* One byte short: the terminator lies behind the block. It runs fine,
   because malloc rounds 5 bytes up to 24. */
static char *copy_of(const char *text)
{
    char *copy = malloc(strlen(text));
    strcpy(copy, text);
    return copy;
}

/* The size of the pointer, not of what it points to. */
static long sum_of_point(void)
{
    struct point *p = malloc(sizeof p);
    p->x = 1;
    p->y = 2;
    p->z = 3;
    long sum = p->x + p->y + p->z;
    free(p);
    return sum;
}

/* Nobody frees the buffer. */
static int digits_of(int number)
{
    char *buffer = malloc(100);
    int length = snprintf(buffer, 100, "%d", number);
    return length;
}

/* Used after free: malloc has put a link into the first word already. */
static int late_look(void)
{
    int *numbers = calloc(4, sizeof *numbers);
    numbers[0] = 7;
    free(numbers);
    return numbers[0];
}

int main(void)
{
    char *copy = copy_of("hello");
    printf("%s\n", copy);
    free(copy);
    printf("%ld\n", sum_of_point());
    printf("%d digits\n", digits_of(12345));
    printf("%d\n", late_look());
    return 0;
}
