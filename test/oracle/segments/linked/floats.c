#include <stdio.h>
#include <math.h>
double scale = 2.5; float pi = 3.14f; static const double e = 2.718281828;
double area(double r) { return 3.14159 * r * r; } float half(float x) { return x * 0.5f + 1.0f; } long double prec(long double x) { return x / 3.0L; }
double conv(int i, unsigned u, long l) { return i + 0.1 + u + l * 1e10; } int cmp(double a, float b) { return a > 0.1 && b < 100.0f && a != 2.0; } double neg(double x) { return -x; } float negf_(float x) { return -x; } double ab(double x) { return fabs(x); }
unsigned long tou(double d) { return d; } double fromu(unsigned long u) { return u; } unsigned tou32(float f) { return f; }
int main(void) { double a[4] = {1.5, 2.5, 3.5, 4.5}; float f = 1.1f; double z = 0.0; const double one = 1.0; printf("%.2f %f %Lf\n", area(2.0), half(f), prec(1.0L)); a[1] += 0.25; a[2] *= 2; z -= 3; return cmp(a[0], f) * 0 + (int)(neg(a[1]) * 0) + (int)conv(1, 2, 3) * 0 + (int)(one * 0); }
