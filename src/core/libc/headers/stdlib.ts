/**
 * The header <stdlib.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const stdlibHeader = String.raw`#ifndef _STDLIB_H
#define _STDLIB_H 1
#include <features.h>
#include <bits/size_t.h>
#include <bits/wchar_t.h>
#include <bits/null.h>
#define _STDLIB_H 1
#if defined __USE_XOPEN2K8 || defined __USE_XOPEN
#include <bits/waitflags.h>
#include <bits/waitstatus.h>
#define WEXITSTATUS(status) __WEXITSTATUS (status)
#define WTERMSIG(status) __WTERMSIG (status)
#define WSTOPSIG(status) __WSTOPSIG (status)
#define WIFEXITED(status) __WIFEXITED (status)
#define WIFSIGNALED(status) __WIFSIGNALED (status)
#define WIFSTOPPED(status) __WIFSTOPPED (status)
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K8
#define WIFCONTINUED(status) __WIFCONTINUED (status)
#endif
typedef struct { int quot; int rem; } div_t;
#ifndef __ldiv_t_defined
typedef struct { long int quot; long int rem; } ldiv_t;
#define __ldiv_t_defined 1
#endif
#ifdef __USE_ISOC99
#ifndef __lldiv_t_defined
typedef struct { long long int quot; long long int rem; } lldiv_t;
#define __lldiv_t_defined 1
#endif
#endif
#define RAND_MAX 2147483647
#define EXIT_FAILURE 1
#define EXIT_SUCCESS 0
#define MB_CUR_MAX (__ctype_get_mb_cur_max ())
extern size_t __ctype_get_mb_cur_max(void);
extern double atof(const char *);
extern int atoi(const char *);
extern long int atol(const char *);
extern double strtod(const char *, char **);
extern long int strtol(const char *, char **, int);
extern unsigned long int strtoul(const char *, char **, int);
#ifdef __USE_ISOC99
extern long long int atoll(const char *);
extern float strtof(const char *, char **);
extern long double strtold(const char *, char **);
extern long long int strtoll(const char *, char **, int);
extern unsigned long long int strtoull(const char *, char **, int);
#endif
#ifdef __USE_MISC
extern long long int strtoq(const char *, char **, int);
extern unsigned long long int strtouq(const char *, char **, int);
#endif
#if __GLIBC_USE (IEC_60559_BFP_EXT_C2X)
extern int strfromd(char *, size_t, const char *, double);
extern int strfromf(char *, size_t, const char *, float);
extern int strfroml(char *, size_t, const char *, long double);
#endif
#ifdef __USE_GNU
#include <bits/locale_t.h>
extern long int strtol_l(const char *, char **, int, locale_t);
extern unsigned long int strtoul_l(const char *, char **, int, locale_t);
extern long long int strtoll_l(const char *, char **, int, locale_t);
extern unsigned long long int strtoull_l(const char *, char **, int, locale_t);
extern double strtod_l(const char *, char **, locale_t);
extern float strtof_l(const char *, char **, locale_t);
extern long double strtold_l(const char *, char **, locale_t);
#endif
#if defined __USE_MISC || defined __USE_XOPEN_EXTENDED
extern char *l64a(long int);
extern long int a64l(const char *);
#include <sys/types.h>
extern long int random(void);
extern void srandom(unsigned int);
extern char *initstate(unsigned int, char *, size_t);
extern char *setstate(char *);
#endif
#ifdef __USE_MISC
struct random_data {
  int32_t *fptr;
  int32_t *rptr;
  int32_t *state;
  int rand_type;
  int rand_deg;
  int rand_sep;
  int32_t *end_ptr;
};
#endif
extern int rand(void);
extern void srand(unsigned int);
#ifdef __USE_MISC
extern int random_r(struct random_data *, int32_t *);
extern int srandom_r(unsigned int, struct random_data *);
extern int initstate_r(unsigned int, char *, size_t, struct random_data *);
extern int setstate_r(char *, struct random_data *);
#endif
#ifdef __USE_POSIX199506
extern int rand_r(unsigned int *);
#endif
#if defined __USE_MISC || defined __USE_XOPEN
extern double drand48(void);
extern double erand48(unsigned short int[3]);
extern long int lrand48(void);
extern long int nrand48(unsigned short int[3]);
extern long int mrand48(void);
extern long int jrand48(unsigned short int[3]);
extern void srand48(long int);
extern unsigned short int *seed48(unsigned short int[3]);
extern void lcong48(unsigned short int[7]);
#endif
#ifdef __USE_MISC
struct drand48_data {
  unsigned short int __x[3];
  unsigned short int __old_x[3];
  unsigned short int __c;
  unsigned short int __init;
  unsigned long long int __a;
};
#endif
extern void *malloc(size_t);
extern void *calloc(size_t, size_t);
extern void *realloc(void *, size_t);
extern void free(void *);
#ifdef __USE_MISC
extern int drand48_r(struct drand48_data *, double *);
extern int erand48_r(unsigned short int[3], struct drand48_data *, double *);
extern int lrand48_r(struct drand48_data *, long int *);
extern int nrand48_r(unsigned short int[3], struct drand48_data *, long int *);
extern int mrand48_r(struct drand48_data *, long int *);
extern int jrand48_r(unsigned short int[3], struct drand48_data *, long int *);
extern int srand48_r(long int, struct drand48_data *);
extern int seed48_r(unsigned short int[3], struct drand48_data *);
extern int lcong48_r(unsigned short int[7], struct drand48_data *);
extern __uint32_t arc4random(void);
extern void arc4random_buf(void *, size_t);
extern __uint32_t arc4random_uniform(__uint32_t);
extern void *reallocarray(void *, size_t, size_t);
#include <alloca.h>
#endif
extern void abort(void) __attribute__((__noreturn__));
extern int atexit(void (*)(void));
extern void exit(int) __attribute__((__noreturn__));
extern char *getenv(const char *);
extern int system(const char *);
#if (defined __USE_XOPEN_EXTENDED && !defined __USE_XOPEN2K) || defined __USE_MISC
extern void *valloc(size_t);
#endif
#ifdef __USE_XOPEN2K
extern int posix_memalign(void **, size_t, size_t);
extern int setenv(const char *, const char *, int);
extern int unsetenv(const char *);
#endif
#ifdef __USE_ISOC11
extern void *aligned_alloc(size_t, size_t);
extern int at_quick_exit(void (*)(void));
extern void quick_exit(int) __attribute__((__noreturn__));
#endif
#ifdef __USE_MISC
extern int on_exit(void (*)(int, void *), void *);
extern int clearenv(void);
extern int mkstemps(char *, int);
#endif
#ifdef __USE_ISOC99
extern void _Exit(int) __attribute__((__noreturn__));
#endif
#ifdef __USE_GNU
extern char *secure_getenv(const char *);
extern int mkostemp(char *, int);
extern int mkostemp64(char *, int);
extern int mkostemps(char *, int, int);
extern int mkostemps64(char *, int, int);
extern char *canonicalize_file_name(const char *);
#endif
#if defined __USE_MISC || defined __USE_XOPEN
extern int putenv(char *);
#endif
#if (defined __USE_XOPEN_EXTENDED && !defined __USE_XOPEN2K8) || defined __USE_MISC
extern char *mktemp(char *);
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K8
extern int mkstemp(char *);
#endif
#ifdef __USE_LARGEFILE64
extern int mkstemp64(char *);
#endif
#if defined __USE_MISC && defined __USE_LARGEFILE64
extern int mkstemps64(char *, int);
#endif
#ifdef __USE_XOPEN2K8
extern char *mkdtemp(char *);
#endif
#if defined __USE_MISC || defined __USE_XOPEN_EXTENDED
extern char *realpath(const char *, char *);
#endif
#define __COMPAR_FN_T
typedef int (*__compar_fn_t)(const void *, const void *);
#ifdef __USE_GNU
typedef __compar_fn_t comparison_fn_t;
typedef int (*__compar_d_fn_t)(const void *, const void *, void *);
#endif
extern void *bsearch(const void *, const void *, size_t, size_t, __compar_fn_t);
extern void qsort(void *, size_t, size_t, __compar_fn_t);
extern int abs(int);
extern long int labs(long int);
extern div_t div(int, int);
extern ldiv_t ldiv(long int, long int);
extern int mblen(const char *, size_t);
extern int mbtowc(wchar_t *, const char *, size_t);
extern int wctomb(char *, wchar_t);
extern size_t mbstowcs(wchar_t *, const char *, size_t);
extern size_t wcstombs(char *, const wchar_t *, size_t);
#ifdef __USE_GNU
extern void qsort_r(void *, size_t, size_t, __compar_d_fn_t, void *);
extern int ptsname_r(int, char *, size_t);
extern int getpt(void);
#endif
#ifdef __USE_ISOC99
extern long long int llabs(long long int);
extern lldiv_t lldiv(long long int, long long int);
#endif
#if (defined __USE_XOPEN_EXTENDED && !defined __USE_XOPEN2K8) || defined __USE_MISC
extern char *ecvt(double, int, int *, int *);
extern char *fcvt(double, int, int *, int *);
extern char *gcvt(double, int, char *);
#endif
#ifdef __USE_MISC
extern char *qecvt(long double, int, int *, int *);
extern char *qfcvt(long double, int, int *, int *);
extern char *qgcvt(long double, int, char *);
extern int ecvt_r(double, int, int *, int *, char *, size_t);
extern int fcvt_r(double, int, int *, int *, char *, size_t);
extern int qecvt_r(long double, int, int *, int *, char *, size_t);
extern int qfcvt_r(long double, int, int *, int *, char *, size_t);
extern int rpmatch(const char *);
extern int getloadavg(double[], int);
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K8
extern int getsubopt(char **, char *const *, char **);
#endif
#ifdef __USE_XOPEN2KXSI
extern int posix_openpt(int);
#endif
#ifdef __USE_XOPEN_EXTENDED
extern int grantpt(int);
extern int unlockpt(int);
extern char *ptsname(int);
#endif
#if defined __USE_XOPEN_EXTENDED && !defined __USE_XOPEN2K
extern int ttyslot(void);
#endif
#endif
`;
