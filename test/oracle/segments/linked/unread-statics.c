/* Static objects of functions to which no code refers: debug information has their first value; arrays of qualified elements. */
struct s { int a; char b[3]; };
enum e { A, B };
int visible;
static int hidden, list[4];
int weak __attribute__((weak)) = 3;
extern int printf(const char *, ...);
extern const int outside[];
extern volatile int changing[4];
extern const int table2[][3];
typedef int T[3];
extern const T triple;
__thread const int tlist[2];
static __thread int tnumber = 4;
const int tentative[4];
static int fun(void) { return 1; }
static int in_dead_code(void) { static int a = 3; if (0) a++; return sizeof a; }
static int times_zero(void) { static int b = 3; return b * 0; }
static int to_void(void) { static int c = 3; (void)c; return 1; }
static int behind_return(void) { static int d = 3; return 1; d = 4; }
static int by_address(void) { static int e = 3; static int *q = &e; return *q; }
static int in_untaken(void) { static int f = 3; int *p = 0 ? &f : 0; while (0) f = 2; return p != 0; }
static int numbers(void)
{
    static int i1 = 9, i2;
    static char c1 = 'x';
    static unsigned char c3 = 200;
    static short s1 = -5;
    static unsigned short s2 = 65535;
    static unsigned u1 = 4000000000u;
    static long l1 = -7;
    static long long ll = 123456789012345;
    static unsigned long ul = ~0ul;
    static float f1 = 1.5f, f0;
    static double d1 = 2.5, d0 = 0;
    static long double ld = 3.5L;
    static _Bool b1 = 1;
    static enum e e1 = B;
    static _Complex double cx = 1.0;
    static volatile int vi = 3;
    static const int ci = 5;
    static volatile short vs = 4;
    static int used1 __attribute__((used)) = 6;
    static int sec1 __attribute__((section("mine"))) = 6;
    static int written, read = 4;
    written = read;
    return 0;
}
static int addresses(void)
{
    static int *p0 = 0, *p1 = &visible, *p2 = &hidden, *p4 = (int *)16, *p5 = &list[2], *p6 = &weak;
    static char *text = "literal";
    static int (*known)(void) = fun;
    static int (*foreign)(const char *, ...) = printf;
    static void *self = &self;
    static long number = (long)&hidden;
    static int *later = &hidden;
    return 0;
}
static int others(void)
{
    static char longer[10] = "hi";
    static int numbers[3] = {1, 2, 3};
    static struct s record = {1, "ab"}, zero;
    static const char padded[8] = "abc";
    static const int constant[2] = {1, 2};
    static const T typed = {1};
    return 0;
}
static int arrays(int k)
{
    extern const int inside[];
    const int unset[2];
    volatile int changed[2] = {1, k};
    const T local = {k};
    volatile T moved = {k};
    const int set[2] = {k, 1};
    changed[1] = moved[1] = unset[0] + local[2] + set[0];
    return changed[0];
}
int main(void) { return in_dead_code() + times_zero() + to_void() + behind_return() + by_address() + in_untaken() + numbers() + addresses() + others() + arrays(2) + tnumber - 4; }
