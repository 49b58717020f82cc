/* Order and numbers of static locals: those with a section or of a thread come first. */
#define S __attribute__((section("mine")))
int f(void) { static int z1; static int a S; static int z2; static int b S = 1; { static int d S= 3; static int z3; z3++; d++; } z2++; return ++a + b++ + z1; }
static inline int g(void) { static int e S; static __thread int h; static int z4 = 3; return ++e + ++h + z4; }
int k(void) { static int s1; static __thread int m; static int n S = 4; static int s2 = 3; static const char tx[] = "abc"; return s1 + s2 + m + n + tx[s1]; }
static int p(void) { static __thread int pp; static int qq; return pp + qq; }
int o(void) { static __attribute__((aligned(32))) int al; static int u1; static __attribute__((used)) int u2 = 3; static int us; static int p2; static __thread int q; p2++; return q + g() + p() + al; }
int main(void) { return f() + k() + o(); }
