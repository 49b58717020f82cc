/* Floating arithmetic, conversions and comparisons. */
float g, g2; double gd, gd2; float h(float); double hd(double); double h2(double,double); float hf2(float,float);
int i; long l; unsigned u; unsigned long ul; short s; char ch;
int c9(double x){ return hd(x) > 4.0; }
int d2(float x){ return h(x) < x; }
void d3(void){ g = g2; gd = gd2; }
void d4(void){ g = gd; gd = g; }
void d5(float x){ float y = x; g = y; }
void d6(double x){ double y = x; gd = y; }
void d7(double x,double y){ gd = h2(y,x); }
void d8(float x,float y){ g = hf2(y,x); }
void d9(double x){ gd = h2(1.0,x); }
void e2(float x){ g = h(x+1); }
void e3(double x){ gd = hd(hd(x)); }
void e4(float x){ g = h(h(x)); }
void e5(int x){ gd = hd(x); g = h(x); }
void e6(double x){ i = hd(x); i = x; l = x; s = x; ch = x; u = x; }
void e7(double x){ ul = x; }
void e8(unsigned long x){ gd = x; g = x; }
void e9(double x){ if (x) g = 1; if (!x) g = 2; if (x == 0) g = 3; }
int k1(double x, double y){ return x == y; }
int k2(double x, double y){ return x != y && x < y; }
int k3(double x, double y){ return !(x < y); }
int k4(double x, double y){ return !(x >= y); }
int k5(float x, float y){ if (!(x < y)) return 1; return 2; }
double k6(double x){ return -x; }
float k7(float x){ return -x; }
double k8(double x){ return x*2.0 - 1.0/x; }
float k9(float *p, int n){ float s = 0; int i; for (i = 0; i < n; i++) s += p[i]; return s; }
double l1(double *p, int n){ double s = 0; int i; for (i = 0; i < n; i++) s += p[i]*p[i]; return s/n; }
float l2(float a,float b){ return a*b+a/b-(a-b); }
double l3(double a,double b){ return a*b+a/b-(a-b); }
int pf(const char*,...);
void l4(float f,double d){ pf("%f %f\n", f, d); pf("%f", f+d); pf("%d %f", i, gd); }
void l6(double *f){ *f += 1; *f *= 2; f[3] -= gd; ++*f; (*f)--; }
double l7(int a){ return a ? 1.0 : 2.0; }
double l8(double a){ return a > 0 ? a : -a; }
struct p { double x, y; }; struct q { float x, y; };
double l9(struct p *p){ return p->x*p->x + p->y*p->y; }
float m1(struct q *p){ return p->x*p->x + p->y*p->y; }
void m2(struct p *p){ p->x = 0; p->y = 1; gd = p->x; }
double m3(double x){ x = x + 1; return x; }
void m4(double x){ double y; y = x = hd(x); gd = y; }
int m5(double x){ int n = 0; while (x > 1) { x /= 2; n++; } return n; }
double m6(long a, unsigned b){ return a * 0.5 + b; }
float m7(long a, unsigned b){ return a * 0.5f + b; }
int m9(float f){ return (int)f + (int)(f*10) ; }
