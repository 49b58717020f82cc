/* Arguments below int, signs of quotients, fresh memory, negated floats, merged values. */
void fu(unsigned char); void fc(char); void fs(short); void fus(unsigned short); void fb(_Bool);
void n1(unsigned x) { fu(x); }
void n2(int x) { fc(x); }
void n3(int x) { fs(x); }
void n4(int x) { fus(x + 1); }
void n5(long x) { fc(x); }
void n6(int *p) { fu(*p); }
void n7(int x) { fu(x + 1); }
void n8(char c) { fu(c); }
void n9(unsigned char c) { fc(c); }
void n10(int x) { fb(x); }
void n11(int x) { fc('a' + x); }
unsigned char n12(int x) { return x; }
char n13(int *p) { return *p; }
void n14(int x) { unsigned char c = x; fu(c); }
double s1(double a, double b) { return -a + b; }
double s2(double a, double b) { return a - -b; }
double s3(double a, double b) { return a + -b; }
double s4(double a, double b) { return -a - b; }
double s5(double a, double b) { return -a * b; }
int d1(int n) { return n / 10; }
int d2(int n) { return n % 10; }
int d3(int n) { n /= 10; return n; }
int d4(int n) { int d = n % 10; return d; }
int d5(int n) { return n / 7; }
void *malloc(unsigned long); int *q(int);
struct b { int *d; };
void f1(struct b *p) { p->d = q(3); }
void f2(struct b *p) { p->d = malloc(3); }
void f3(struct b *p, int n) { p->d = malloc(n); }
void f4(void) { int *a[5]; for (int i = 0; i < 5; i++) a[i] = malloc(24); }
void f5(void) { int *a[5]; for (int i = 0; i < 5; i++) a[i] = q(24); }
long t1(char c) { return c; } 
int g(int, int, int);
void c1(int a, int b) { g(1, a > 0 && b > 0, 3); }
void c2(int a, int b) { int r = g(1, a > 0 ? a : b, 3); }
int *pp; void c3(int *p, int a, int b) { *p = a > 0 && b > 0; }
void c4(int *p, int a) { *p = a > 0 ? a + 1 : 4; } 
unsigned long c5(unsigned long a) { return a * 2 + 1; }
void c6(int *p, int a) { *p = a * 2; }
void c7(int a) { g(1, a * 2, a * 4); }
char ix(const char *s, unsigned long l, unsigned long i) { return s[l - 1 - i]; }
int printf(const char *, ...); int g(int,int,int);
struct st { char c[20]; int a; float f; };
void pf(struct st *s) { printf("%f", s->f); }
void pf2(struct st *s) { printf("%d %f", s->a, s->f); }
void pf3(struct st *s) { printf("%s %d %f", s->c, s->a, s->f); }
unsigned f_(unsigned x) { return ((x & 0xff) << 24) | ((x & 0xff00) << 8) | ((x >> 8) & 0xff00) | (x >> 24); }
unsigned f1_(unsigned x) { return (x & 0xff) << 24; }
unsigned f2_(unsigned x) { return (x & 0xff00) << 8; }
unsigned f3_(unsigned x) { return (x & 0xf) << 4; }
