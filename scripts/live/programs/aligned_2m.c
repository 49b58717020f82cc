/* Multiples of 2 MiB are placed at multiples of 2 MiB, other lengths are not. */
int main(void)
{
    begin();
    char *p = anonymous(2 * MB);
    char *q = anonymous(4 * MB);
    char *r = anonymous(3 * MB);
    char *s = anonymous(2 * MB + PAGE);
    char *t = anonymous(PAGE);
    printf("%p %p %p %p %p\n", p, q, r, s, t);
    end();
}
