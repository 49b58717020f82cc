/* Nested functions: variables of the function around, trampolines, static objects inside. */
static int apply(int (*f)(int), int x) { int r = f(x); /* @stop */ return r; }
static int outer(int n, const char *name)
{
    int sum = n, steps = 0, *where = &sum; double scale = 0.5; char tag = 't'; long list[3] = {1, 2, 3};
    int add(int k) { static int calls; sum += k; steps++; calls++; return sum + (int)list[1]; }
    int twice(int k)
    {
        int before = sum; int both = add(k) + add(k);
        /* @stop */ return both - before;
    }
    int (*p)(int) = add, (*q)(int) = twice;
    int r = apply(p, 2) + apply(q, 3) + twice(1);
    /* @stop */ return r + (int)scale + tag * 0 + (*where == 0) + (name == 0) + steps * 0;
}
int main(void) { int r = outer(10, "name"); return r * 0; }
