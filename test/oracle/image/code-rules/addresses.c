/* Addresses of objects, elements and literals as values and operands. */
int a[10], b[4][5]; char s[10]; struct p { int x, y; char c[8]; } ps[4], q; int *ip; char *cp; extern int ext[]; extern int ei; int (*fp)(int); int fn(int); extern int weakv __attribute__((weak));
int g1(int i){ return a[i]; }
int g2(int i,int j){ return b[i][j]; }
int *g4(int i){ return &a[i]; }
int *g5(int i){ return a + i; }
int g8(void){ return ip == a; }
int g9(int *p){ return p - a; }
int h1(int *p){ return p == &a[2] || p != ext; }
int h2(void){ return ext[2] + ei; }
int h3(int i){ return ext[i]; }
void use(void*,...); 
void h4(void){ use(a, s, &q, ps, "x", &ei, ext); }
void h5(int x){ switch(x){ case 0: use(a); break; case 1: use(s); break; case 2: use(ps); break; case 3: use(&q); break; case 4: use("a"); break; case 5: use("b"); break; } }
int h6(int i){ return "hello"[i]; }
void h8(void){ int *l[3] = { a, &a[1], 0 }; use(l); }
int h9(char *p){ return *p == s[3]; }
int i1(int i){ static int st[5]; return st[i]++; }
long i2(void){ return (long)a; }
int i3(void){ return fp(3) + fn(4) + (*fp)(5); }
char *i5(int c){ return c ? "yes" : "no"; }
struct p *i7(int i){ return &ps[i]; }
struct p *i8(int i){ return ps + i + 1; }
double d[8]; double i9(int i){ return d[i] * 2.5; }
