/* Numbers of every kind, and what becomes of them on the way into parameters. */
#include <stdarg.h>
#include <stdint.h>
static double mean(int n, ...) { va_list ap; double sum = 0; va_start(ap, n); for (int i = 0; i < n; i++) sum += va_arg(ap, double); va_end(ap); return sum / n; }
static int kinds(char c, unsigned char uc, short s, unsigned short us, long l, float f, double d, long double ld, _Bool b, int64_t w, uint8_t t)
{
    int sum = c + uc + s + us; long product = l * w; float half = f / 2; double third = d / 3; long double fourth = ld / 4;
    unsigned wrapped = 0u - 1; signed char cut = (signed char)300; unsigned long top = ~0ul >> 1; short back = (short)70000;
    /* @stop */ return sum + (int)product + (int)half + (int)third + (int)fourth + b + t + (wrapped == 0) + cut * 0 + (top == 0) + back * 0;
}
int main(void)
{
    double m = mean(3, 1.0, 2.5, 4.0); float f = 0.1f; double tiny = 1e-300, huge = 1e300; long double big = 1.25L;
    int r = kinds('x', 200, -5, 60000, 1L << 40, f, m, big, 7, -3, 255);
    /* @stop */ return r * 0 + (tiny > huge);
}
