/* Pointers to functions: in tables, parameters, results, records. */
typedef int (*op)(int, int);
static int add(int a, int b) { return a + b; }
static int sub(int a, int b) { /* @stop */ return a - b; }
static const op table[] = {add, sub};
op current = add;
struct rule { const char *name; op apply; struct rule *next; };
static struct rule last = {"sub", sub, 0}, first = {"add", add, &last};
static op choose(int which) { op chosen = table[which]; /* @stop */ return chosen; }
static int each(const struct rule *rule, int (*visit)(const struct rule *, void *), void *with)
{
    int n = 0;
    for (; rule; rule = rule->next) n += visit(rule, with);
    /* @stop */ return n;
}
static int count(const struct rule *rule, void *with) { *(int *)with += rule->apply(3, 1); return 1; }
int main(void)
{
    int total = 0;
    op local = choose(1), *where = &local;
    int (*self)(void) = main;
    struct rule *head = &first;
    int n = each(head, count, &total);
    /* @stop */ return (*where)(n, 2) + (self == 0) + total * 0;
}
