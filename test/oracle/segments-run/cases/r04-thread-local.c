/* Thread-local objects: initialised, zero, static, in functions, pointers to them. */
_Thread_local int tls_set = 7;
static _Thread_local long tls_zero[3];
_Thread_local char *tls_text = "thread";
static int *next(void)
{
    static _Thread_local int n = 100;
    int *p = &n;
    n++;
    /* @stop */ return p;
}
int *shared;
int main(void)
{
    int *a = &tls_set; long *z = tls_zero + 1; char **t = &tls_text;
    shared = next();
    int *b = next();
    *z = 5;
    /* @stop */ return (a == b) + (int)tls_zero[0] + (*t == 0) + (shared != b);
}
