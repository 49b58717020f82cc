/**
 * The header <math.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const mathHeader = String.raw`#ifndef _MATH_H
#define _MATH_H 1
#include <features.h>
#include <bits/types.h>
#define HUGE_VAL (__builtin_huge_val ())
#define HUGE_VALF (__builtin_huge_valf ())
#define HUGE_VALL (__builtin_huge_vall ())
#define INFINITY (__builtin_inff ())
#define NAN (__builtin_nanf (""))
#ifdef __USE_GNU
#define SNANF (__builtin_nansf (""))
#define SNAN (__builtin_nans (""))
#define SNANL (__builtin_nansl (""))
#endif
#ifdef __x86_64__
typedef float float_t;
typedef double double_t;
#define __GLIBC_FLT_EVAL_METHOD 0
#else
typedef long double float_t;
typedef long double double_t;
#define __GLIBC_FLT_EVAL_METHOD 2
#endif
#define FP_NAN 0
#define FP_INFINITE 1
#define FP_ZERO 2
#define FP_SUBNORMAL 3
#define FP_NORMAL 4
#define FP_ILOGB0 (-2147483647 - 1)
#define FP_ILOGBNAN (-2147483647 - 1)
#define MATH_ERRNO 1
#define MATH_ERREXCEPT 2
#define math_errhandling (MATH_ERRNO | MATH_ERREXCEPT)
#define M_E 2.7182818284590452354
#define M_LOG2E 1.4426950408889634074
#define M_LOG10E 0.43429448190325182765
#define M_LN2 0.69314718055994530942
#define M_LN10 2.30258509299404568402
#define M_PI 3.14159265358979323846
#define M_PI_2 1.57079632679489661923
#define M_PI_4 0.78539816339744830962
#define M_1_PI 0.31830988618379067154
#define M_2_PI 0.63661977236758134308
#define M_2_SQRTPI 1.12837916709551257390
#define M_SQRT2 1.41421356237309504880
#define M_SQRT1_2 0.70710678118654752440
#ifdef __USE_GNU
#define FP_LLOGB0 (-__FP_LONG_MAX - 1)
#define FP_LLOGBNAN (-__FP_LONG_MAX - 1)
#define FP_INT_UPWARD 0
#define FP_INT_DOWNWARD 1
#define FP_INT_TOWARDZERO 2
#define FP_INT_TONEARESTFROMZERO 3
#define FP_INT_TONEAREST 4
#define MAXFLOAT 3.40282347e+38F
#define M_Ef 2.7182818284590452354f
#define M_LOG2Ef 1.4426950408889634074f
#define M_LOG10Ef 0.43429448190325182765f
#define M_LN2f 0.69314718055994530942f
#define M_LN10f 2.30258509299404568402f
#define M_PIf 3.14159265358979323846f
#define M_PI_2f 1.57079632679489661923f
#define M_PI_4f 0.78539816339744830962f
#define M_1_PIf 0.31830988618379067154f
#define M_2_PIf 0.63661977236758134308f
#define M_2_SQRTPIf 1.12837916709551257390f
#define M_SQRT2f 1.41421356237309504880f
#define M_SQRT1_2f 0.70710678118654752440f
#define M_El 2.718281828459045235360287471352662498L
#define M_LOG2El 1.442695040888963407359924681001892137L
#define M_LOG10El 0.434294481903251827651128918916605082L
#define M_LN2l 0.693147180559945309417232121458176568L
#define M_LN10l 2.302585092994045684017991454684364208L
#define M_PIl 3.141592653589793238462643383279502884L
#define M_PI_2l 1.570796326794896619231321691639751442L
#define M_PI_4l 0.785398163397448309615660845819875721L
#define M_1_PIl 0.318309886183790671537767526745028724L
#define M_2_PIl 0.636619772367581343075535053490057448L
#define M_2_SQRTPIl 1.128379167095512573896158903121545172L
#define M_SQRT2l 1.414213562373095048801688724209698079L
#define M_SQRT1_2l 0.707106781186547524400844362104849039L
#endif
extern double acos(double);
extern double asin(double);
extern double atan(double);
extern double atan2(double, double);
extern double cos(double);
extern double sin(double);
extern double tan(double);
extern double cosh(double);
extern double sinh(double);
extern double tanh(double);
extern double acosh(double);
extern double asinh(double);
extern double atanh(double);
extern double exp(double);
extern double frexp(double, int *);
extern double ldexp(double, int);
extern double log(double);
extern double log10(double);
extern double modf(double, double *);
extern double expm1(double);
extern double log1p(double);
extern double logb(double);
extern double exp2(double);
extern double log2(double);
extern double pow(double, double);
extern double sqrt(double);
extern double hypot(double, double);
extern double cbrt(double);
extern double ceil(double);
extern double fabs(double);
extern double floor(double);
extern double fmod(double, double);
extern int isinf(double);
extern double drem(double, double);
extern double significand(double);
extern double copysign(double, double);
extern double nan(const char *);
extern int isnan(double);
extern double j0(double);
extern double j1(double);
extern double jn(int, double);
extern double y0(double);
extern double y1(double);
extern double yn(int, double);
extern double erf(double);
extern double erfc(double);
extern double lgamma(double);
extern double tgamma(double);
extern double gamma(double);
extern double lgamma_r(double, int *);
extern double rint(double);
extern double nextafter(double, double);
extern double nexttoward(double, long double);
extern double remainder(double, double);
extern double scalbn(double, int);
extern int ilogb(double);
extern double scalbln(double, long int);
extern double nearbyint(double);
extern double round(double);
extern double trunc(double);
extern double remquo(double, double, int *);
extern long int lrint(double);
extern long long int llrint(double);
extern long int lround(double);
extern long long int llround(double);
extern double fdim(double, double);
extern double fmax(double, double);
extern double fmin(double, double);
extern double fma(double, double, double);
extern double scalb(double, double);
extern float acosf(float);
extern float asinf(float);
extern float atanf(float);
extern float atan2f(float, float);
extern float cosf(float);
extern float sinf(float);
extern float tanf(float);
extern float coshf(float);
extern float sinhf(float);
extern float tanhf(float);
extern float acoshf(float);
extern float asinhf(float);
extern float atanhf(float);
extern float expf(float);
extern float frexpf(float, int *);
extern float ldexpf(float, int);
extern float logf(float);
extern float log10f(float);
extern float modff(float, float *);
extern float expm1f(float);
extern float log1pf(float);
extern float logbf(float);
extern float exp2f(float);
extern float log2f(float);
extern float powf(float, float);
extern float sqrtf(float);
extern float hypotf(float, float);
extern float cbrtf(float);
extern float ceilf(float);
extern float fabsf(float);
extern float floorf(float);
extern float fmodf(float, float);
extern float dremf(float, float);
extern float significandf(float);
extern float copysignf(float, float);
extern float nanf(const char *);
extern float j0f(float);
extern float j1f(float);
extern float jnf(int, float);
extern float y0f(float);
extern float y1f(float);
extern float ynf(int, float);
extern float erff(float);
extern float erfcf(float);
extern float lgammaf(float);
extern float tgammaf(float);
extern float gammaf(float);
extern float lgammaf_r(float, int *);
extern float rintf(float);
extern float nextafterf(float, float);
extern float nexttowardf(float, long double);
extern float remainderf(float, float);
extern float scalbnf(float, int);
extern int ilogbf(float);
extern float scalblnf(float, long int);
extern float nearbyintf(float);
extern float roundf(float);
extern float truncf(float);
extern float remquof(float, float, int *);
extern long int lrintf(float);
extern long long int llrintf(float);
extern long int lroundf(float);
extern long long int llroundf(float);
extern float fdimf(float, float);
extern float fmaxf(float, float);
extern float fminf(float, float);
extern float fmaf(float, float, float);
extern float scalbf(float, float);
extern long double acosl(long double);
extern long double asinl(long double);
extern long double atanl(long double);
extern long double atan2l(long double, long double);
extern long double cosl(long double);
extern long double sinl(long double);
extern long double tanl(long double);
extern long double coshl(long double);
extern long double sinhl(long double);
extern long double tanhl(long double);
extern long double acoshl(long double);
extern long double asinhl(long double);
extern long double atanhl(long double);
extern long double expl(long double);
extern long double frexpl(long double, int *);
extern long double ldexpl(long double, int);
extern long double logl(long double);
extern long double log10l(long double);
extern long double modfl(long double, long double *);
extern long double expm1l(long double);
extern long double log1pl(long double);
extern long double logbl(long double);
extern long double exp2l(long double);
extern long double log2l(long double);
extern long double powl(long double, long double);
extern long double sqrtl(long double);
extern long double hypotl(long double, long double);
extern long double cbrtl(long double);
extern long double ceill(long double);
extern long double fabsl(long double);
extern long double floorl(long double);
extern long double fmodl(long double, long double);
extern long double dreml(long double, long double);
extern long double significandl(long double);
extern long double copysignl(long double, long double);
extern long double nanl(const char *);
extern long double j0l(long double);
extern long double j1l(long double);
extern long double jnl(int, long double);
extern long double y0l(long double);
extern long double y1l(long double);
extern long double ynl(int, long double);
extern long double erfl(long double);
extern long double erfcl(long double);
extern long double lgammal(long double);
extern long double tgammal(long double);
extern long double gammal(long double);
extern long double lgammal_r(long double, int *);
extern long double rintl(long double);
extern long double nextafterl(long double, long double);
extern long double nexttowardl(long double, long double);
extern long double remainderl(long double, long double);
extern long double scalbnl(long double, int);
extern int ilogbl(long double);
extern long double scalblnl(long double, long int);
extern long double nearbyintl(long double);
extern long double roundl(long double);
extern long double truncl(long double);
extern long double remquol(long double, long double, int *);
extern long int lrintl(long double);
extern long long int llrintl(long double);
extern long int lroundl(long double);
extern long long int llroundl(long double);
extern long double fdiml(long double, long double);
extern long double fmaxl(long double, long double);
extern long double fminl(long double, long double);
extern long double fmal(long double, long double, long double);
extern long double scalbl(long double, long double);
#ifdef __USE_GNU
extern void sincos(double, double *, double *);
extern double exp10(double);
extern double nextdown(double);
extern double nextup(double);
extern long int llogb(double);
extern double roundeven(double);
extern __intmax_t fromfp(double, int, unsigned int);
extern __uintmax_t ufromfp(double, int, unsigned int);
extern __intmax_t fromfpx(double, int, unsigned int);
extern __uintmax_t ufromfpx(double, int, unsigned int);
extern int canonicalize(double *, const double *);
extern double fmaxmag(double, double);
extern double fminmag(double, double);
extern double fmaximum(double, double);
extern double fminimum(double, double);
extern double fmaximum_num(double, double);
extern double fminimum_num(double, double);
extern double fmaximum_mag(double, double);
extern double fminimum_mag(double, double);
extern double fmaximum_mag_num(double, double);
extern double fminimum_mag_num(double, double);
extern int totalorder(const double *, const double *);
extern int totalordermag(const double *, const double *);
extern double getpayload(const double *);
extern int setpayload(double *, double);
extern int setpayloadsig(double *, double);
extern void sincosf(float, float *, float *);
extern float exp10f(float);
extern float nextdownf(float);
extern float nextupf(float);
extern long int llogbf(float);
extern float roundevenf(float);
extern __intmax_t fromfpf(float, int, unsigned int);
extern __uintmax_t ufromfpf(float, int, unsigned int);
extern __intmax_t fromfpxf(float, int, unsigned int);
extern __uintmax_t ufromfpxf(float, int, unsigned int);
extern int canonicalizef(float *, const float *);
extern float fmaxmagf(float, float);
extern float fminmagf(float, float);
extern float fmaximumf(float, float);
extern float fminimumf(float, float);
extern float fmaximum_numf(float, float);
extern float fminimum_numf(float, float);
extern float fmaximum_magf(float, float);
extern float fminimum_magf(float, float);
extern float fmaximum_mag_numf(float, float);
extern float fminimum_mag_numf(float, float);
extern int totalorderf(const float *, const float *);
extern int totalordermagf(const float *, const float *);
extern float getpayloadf(const float *);
extern int setpayloadf(float *, float);
extern int setpayloadsigf(float *, float);
extern void sincosl(long double, long double *, long double *);
extern long double exp10l(long double);
extern long double nextdownl(long double);
extern long double nextupl(long double);
extern long int llogbl(long double);
extern long double roundevenl(long double);
extern __intmax_t fromfpl(long double, int, unsigned int);
extern __uintmax_t ufromfpl(long double, int, unsigned int);
extern __intmax_t fromfpxl(long double, int, unsigned int);
extern __uintmax_t ufromfpxl(long double, int, unsigned int);
extern int canonicalizel(long double *, const long double *);
extern long double fmaxmagl(long double, long double);
extern long double fminmagl(long double, long double);
extern long double fmaximuml(long double, long double);
extern long double fminimuml(long double, long double);
extern long double fmaximum_numl(long double, long double);
extern long double fminimum_numl(long double, long double);
extern long double fmaximum_magl(long double, long double);
extern long double fminimum_magl(long double, long double);
extern long double fmaximum_mag_numl(long double, long double);
extern long double fminimum_mag_numl(long double, long double);
extern int totalorderl(const long double *, const long double *);
extern int totalordermagl(const long double *, const long double *);
extern long double getpayloadl(const long double *);
extern int setpayloadl(long double *, long double);
extern int setpayloadsigl(long double *, long double);
extern float fadd(double, double);
extern float fdiv(double, double);
extern float ffma(double, double, double);
extern float fmul(double, double);
extern float fsqrt(double);
extern float fsub(double, double);
extern float faddl(long double, long double);
extern float fdivl(long double, long double);
extern float ffmal(long double, long double, long double);
extern float fmull(long double, long double);
extern float fsqrtl(long double);
extern float fsubl(long double, long double);
extern double daddl(long double, long double);
extern double ddivl(long double, long double);
extern double dfmal(long double, long double, long double);
extern double dmull(long double, long double);
extern double dsqrtl(long double);
extern double dsubl(long double, long double);
#endif
extern int __fpclassify(double) __attribute__((__const__));
extern int __fpclassifyf(float) __attribute__((__const__));
extern int __fpclassifyl(long double) __attribute__((__const__));
extern int __signbit(double) __attribute__((__const__));
extern int __signbitf(float) __attribute__((__const__));
extern int __signbitl(long double) __attribute__((__const__));
extern int __issignaling(double) __attribute__((__const__));
extern int __issignalingf(float) __attribute__((__const__));
extern int __issignalingl(long double) __attribute__((__const__));
extern int __iscanonicall(long double) __attribute__((__const__));
extern int __iseqsig(double, double);
extern int __iseqsigf(float, float);
extern int __iseqsigl(long double, long double);
#define fpclassify(x) __builtin_fpclassify (FP_NAN, FP_INFINITE, FP_NORMAL, FP_SUBNORMAL, FP_ZERO, x)
#define signbit(x) __builtin_signbit (x)
#define isfinite(x) __builtin_isfinite (x)
#define isnormal(x) __builtin_isnormal (x)
#define isnan(x) __builtin_isnan (x)
#define isinf(x) __builtin_isinf_sign (x)
#define isgreater(x, y) __builtin_isgreater(x, y)
#define isgreaterequal(x, y) __builtin_isgreaterequal(x, y)
#define isless(x, y) __builtin_isless(x, y)
#define islessequal(x, y) __builtin_islessequal(x, y)
#define islessgreater(x, y) __builtin_islessgreater(x, y)
#define isunordered(x, y) __builtin_isunordered(x, y)
#ifdef __USE_GNU
#define __MATH_BY_TYPE(x, f, args) _Generic ((x) + 0, float: f ## f args, long double: f ## l args, default: f args)
#define issignaling(x) __MATH_BY_TYPE (x, __issignaling, (x))
#define iseqsig(x, y) __MATH_BY_TYPE ((x) + (y), __iseqsig, (x, y))
#define issubnormal(x) (fpclassify (x) == FP_SUBNORMAL)
#define iszero(x) (((__typeof (x)) (x)) == 0)
#define iscanonical(x) (sizeof (x) == sizeof (long double) ? __iscanonicall (x) : ((void) (__typeof (x)) (x), 1))
#endif
#if defined __USE_MISC || defined __USE_XOPEN
extern int signgam;
#endif
#ifdef __USE_MISC
extern int finite(double) __attribute__((__const__));
extern int finitef(float) __attribute__((__const__));
extern int finitel(long double) __attribute__((__const__));
extern int isinff(float) __attribute__((__const__));
extern int isinfl(long double) __attribute__((__const__));
extern int isnanf(float) __attribute__((__const__));
extern int isnanl(long double) __attribute__((__const__));
#endif
#endif
`;
