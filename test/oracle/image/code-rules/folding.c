/* Expressions that gcc folds, and comparisons with constants of all sizes. */
long gl; unsigned long gul; int gi; unsigned gu; unsigned char guc; signed char gsc; short gs; unsigned short gus; char *gp;
void fl(long); void ful(unsigned long); void fi(int); void fu(unsigned); int f(void); long fll(void);
void a1(void){ ful(0x80000000); ful(-1); fl(0xffffffff); ful(0xffffffff00000000); ful(0x123456789a); fl(-0x80000000L); }
void a2(void){ gul = 0x80000000; gul = -1; gul=0xffffffffffff; gul = 1UL<<63; }
void a3(unsigned long x){ if (x > 0x7fffffff) gi=1; if (x == 0xffffffff) gi=2; if (x < 0x8000000000) gi=3; if (x == -1UL) gi=4; if (x >= 0xffffffff80000000) gi=5;}
void a4(void){ if (fll() == 0x123456789a) gi=1; if (fll() != 1UL<<63) gi=2; if (gl == 0x80000000) gi = 3; }
unsigned long a5(unsigned long x){ return x + 0x80000000; }
unsigned long a6(unsigned long x){ return x & 0xffffffff; }
unsigned long a7(unsigned long x){ return x | 0x80000000; }
long a9(long x){ x--; --x; x -= 1; x += 1; x -= 5; gl--; --gl; gl -= 3; return --x; }
int b1(int x){ x--; --x; x -= 1; x -= 128; x += 128; gi--; --gi; gi -= 128; return --x > 0; }
int b2(long x){ return (--x > 0) + (x-- == 3); }
void b3(char *p){ p--; --p; p -= 4; gp--; --gp; gp += 3; }
void b4(unsigned char x){ if (x & 0x80) gi=1; if (x & 1) gi=2; if (!(x & 4)) gi=3; if ((x & 0x80) == 0) gi=4; }
void b6(unsigned x, int y){ if (x & 0x80000000) gi=1; if (y < 0) gi=2; if (y >= 0) gi=3; if (x > 0x7fffffff) gi=4; if (x >= 0x80000000) gi=5; if (y <= -1) gi=6; if (y > -1) gi=7; }
int b7(int x){ return x < 0; }
int b8(int x){ return x >= 0; }
int b9(long x){ return x < 0; }
int c2(unsigned x){ return x > 0; }
int c3(unsigned x){ return x >= 1; }
int c4(unsigned x){ return x < 1; }
int c5(unsigned char x){ return x > 0; }
int c6(int x){ return x == 0x80000000; }
unsigned c7(unsigned x){ return x + 1U + 1U; }
int c8(int x, int y){ return x + 1 + y + 2; }
unsigned c9(unsigned x, unsigned y){ return x + 1 + y + 2; }
int d1(int x){ return (x & 0xff) & 0xf; }
int d2(int x){ return (x | 1) | 6; }
int d3(int x){ return (x ^ 5) ^ 5; }
int d4(int x){ return (x << 3) << 2; }
int d5(int x){ return (x >> 3) >> 2; }
unsigned d6(unsigned x){ return (x >> 3) >> 2; }
unsigned d7(unsigned x){ return (x >> 3) << 3; }
unsigned d8(unsigned x){ return (x << 3) >> 3; }
int d9(int x){ return x * 3 * 5; }
int e1(int x){ return -(-x); }
int e2(int x){ return ~(~x); }
int e3(int x){ return -x - 1; }
int e4(int x){ return ~x + 1; }
int e5(int x, int y){ return x - -y; }
int e6(int x, int y){ return x + -y; }
int e7(int x, int y){ return -x + y; }
int e8(int x){ return !!x; }
int e9(int x){ return !!!x; }
int k1(int x){ return x ? 1 : 0; }
int k2(int x){ return x ? 0 : 1; }
int k3(int x){ return x ? -1 : 0; }
int k4(int x){ return x ? 4 : 0; }
int k5(int x, int y){ return x < y ? x : y; }
int k6(int x, int y){ return x > y ? x : y; }
int k7(int x){ return x < 0 ? -x : x; }
int k8(int x){ return x > 0 ? x : 0; }
unsigned k9(unsigned x, unsigned y){ return x <= y ? x : y; }
int l1(int x){ return x == 0 ? 0 : x; }
int l2(int x,int y){ return x == y ? x : y; }
int l3(int x,int y){ return x != y ? x : y; }
int l4(int x,int y){ return (x > y) == 0; }
int l5(int x,int y){ return (x > y) != 1; }
int l6(int x,int y){ return (x && y) == 0; }
int l7(int x,int y){ return (x && 1) + (y || 0) + (x && 0) + (1 && y); }
int l8(int x){ return x && x; }
int l9(int x){ return (x & 1) ? 1 : 0; }
int m1(int x){ return (x & 4) ? 1 : 0; }
int m2(int x){ return (x & 4) != 0; }
int m3(int x){ return (x & 4) == 0; }
int m4(int x){ return (x & 4) ? 4 : 0; }
int m5(int x){ return !(x & 1); }
int m6(unsigned x){ return x / 1 + x % 1 + x * 1 + x / 8 + x % 8; }
int m7(int x){ return x / -1 + x * -1 + x / 2 * 2 + x % 2; }
int m8(int x){ return x / 4 == 3; }
int m9(unsigned x){ return x / 4 == 3; }
int n1(unsigned x){ return x / 4 < 3; }
int n2(int x){ return x * 4 == 12; }
int n3(int x){ return x % 4 == 3; }
int n4(int x){ return x % 4 == 0; }
int n5(unsigned x){ return x % 4 == 0; }
int n6(int x){ return x % 2; }
int n7(int x){ return (x + 5) * 4; }
int n8(int x, int y){ return x * 4 + y * 4; }
int n9(int x, int y){ return x * y + x; }
int o1(int x){ return x + x; }
int o2(int x){ return x * 2 + x; }
int o3(int x){ return x + x + x; }
int o4(int x, int y){ return (x ^ y) ^ y; }
int o5(int x, int y){ return (x | y) & x; }
int o6(int x, int y){ return x + y - y; }
int o7(int x, int y){ return (x - y) + y; }
int o8(int x){ return 5 - x == 2; }
int o9(int x, int y){ return x + y == y; }
int q1(int x, int y){ return x - y == x; }
int q2(int x){ return 3 - x; }
int q3(int x){ return 3 + x - 4; }
int q4(int x){ return 10 - (x + 3); }
int q5(int x){ return 10 - (3 - x); }
int q6(unsigned x, unsigned y){ return x - y > x; }
int q7(int x, int y){ return (x < y) | (x > y); }
int q8(int x, int y){ return (x == y) & (x > 3); }
int q9(int x, int y){ return x == y && x != y; }
int r1(int x){ return x >= 5 && x <= 10; }
int r2(char c){ return c >= 'a' && c <= 'z'; }
int r3(int x){ return x == 3 || x == 4; }
int r4(int x){ if (x >= 5 && x <= 10) return 1; return 0; }
