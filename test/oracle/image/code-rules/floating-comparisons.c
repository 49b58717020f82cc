/* Comparisons of floating values with constants, conversions of unsigned numbers. */
double gd; float g; int gi; unsigned gu; double hd(double); float h(float);
void a1(double x){ if (x == 4.0) gi=1; if (x == 1.0) gi=2; if (x == 0.0) gi = 3; gi=4; }
void a2(double x){ if (x < 4.0) gi=1; if (x < 1.0) gi=2; if (x < 0.0) gi = 3; gi=4; }
void a3(double x){ if (x > 4.0) gi=1; if (x > 1.0) gi=2; if (x > 0.0) gi = 3; gi=4; }
void a4(double x, double y){ if (x > y) gi=1; if (x < y) gi=2; if (x == y) gi = 3; gi=4; }
void a5(double x, double y){ if (x + 1 > y) gi=1; if (x < y * 3) gi=2; if (x - 1== y) gi = 3; gi=4; }
void a6(double x){ if (hd(x) == 4.0) gi=1; if (hd(x) == 1.0) gi=2; if (hd(x) == 0.0) gi = 3; gi=4; }
void a7(float x){ if (h(x) < 4.0f) gi=1; if (h(x) > 1.0f) gi=2; if (h(x) < 0.0f) gi = 3; gi=4; }
int b1(double x){ return x == 4.0; }
int b2(double x){ return x < 4.0; }
int b3(double x){ return x >= 1.0; }
int b4(double x){ return hd(x) < 1.0; }
int b5(double x){ return x != 0; }
double c1(unsigned x){ return x; }
float c2(unsigned x){ return x; }
float c3(unsigned char x){ return x; }
float c4(short x){ return x; }
unsigned c5(float x){ return x; }
unsigned long c7(float x){ return x; }
unsigned long c8(double x){ return x+1; }
float c9(unsigned long x){ return x; }
double d1(double x){ return x + 1; }
double d2(double x){ return 1 + x; }
double d3(double x){ return x - 1; }
double d4(double x){ return 1 - x; }
double d5(double x){ return x / 4; }
double d6(double x){ return x / 3; }
double d7(double x){ return x * 3; }
double d8(double x){ return x * 2; }
float e1(float x){ return x + 1; }
float e3(float x, double y){ return x * y; }
double e4(double x, double y){ return x * y + x / y - (x - y); }
float e5(float x, float y){ return x * y + x / y - (x - y); }
double e6(double x, double y){ return (x + y) * (x - y); }
double e7(double x, double y, double z){ return x * y + y * z + z * x; }
double e8(double *p, int i){ return p[i] + p[i+1]; }
void e9(double *p, double *q, int n){ int i; for (i = 0; i < n; i++) p[i] = q[i] * 2.5 + p[i]; }
double f2(double x){ return x < 0 ? -x : x; }
double f3(double x, double y){ return x < y ? x : y; }
int f4(double x){ return (int)x; }
long f5(float x){ return (long)x; }
int f6(double x, int y){ return x + y; }
void f7(int n){ gd = n / 2 + n * 0.5; }
void f8(double x){ gd += x; gd *= 2; gd -= 1; gd /= x; }
void f9(float x){ g += x; g *= 2; g -= 1; g /= x; }
int h1(double a, double b){ if (!(a < b)) return 1; return 0; }
int h2(double a, double b){ if (a < b || a > b) return 1; return 0; }
int h3(double a, double b){ if (a < b && b > 0) return 1; return 0; }
int h4(double a, double b){ while (a < b) a = a + 1; return a; }
int h5(double a, double b){ do { a = a * 2; } while (!(a > b)); return a; }
void h6(double a){ if (a > 2) gi = 1; }
void h7(double a){ if (a == 2) gi = 1; }
void h8(double a){ if (a != 2) gi = 1; }
void h9(double a){ if (a < 2) gi = 1; else gi = 2; }
