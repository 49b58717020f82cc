/**
 * The header <wchar.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const wcharHeader = String.raw`#ifndef _WCHAR_H
#define _WCHAR_H 1
#include <features.h>
#include <bits/size_t.h>
#include <bits/wchar_t.h>
#include <bits/null.h>
#include <bits/va_list.h>
#define __WCHAR_MAX __WCHAR_MAX__
#define __WCHAR_MIN __WCHAR_MIN__
#include <bits/wint_t.h>
#include <bits/mbstate_t.h>
#include <bits/__FILE.h>
#if defined __USE_XOPEN2K || defined __USE_UNIX98
#include <bits/FILE.h>
#endif
#ifdef __USE_XOPEN2K8
#include <bits/locale_t.h>
#endif
#define WCHAR_MIN __WCHAR_MIN
#define WCHAR_MAX __WCHAR_MAX
#define WEOF (0xffffffffu)
#if (defined __USE_XOPEN2KXSI || !defined __USE_MISC) && defined __USE_POSIX_IMPLICITLY
#include <bits/wctype-wchar.h>
#endif
struct tm;
extern wchar_t *wcscpy(wchar_t *, const wchar_t *);
extern wchar_t *wcsncpy(wchar_t *, const wchar_t *, size_t);
extern wchar_t *wcscat(wchar_t *, const wchar_t *);
extern wchar_t *wcsncat(wchar_t *, const wchar_t *, size_t);
extern int wcscmp(const wchar_t *, const wchar_t *);
extern int wcsncmp(const wchar_t *, const wchar_t *, size_t);
extern int wcscoll(const wchar_t *, const wchar_t *);
extern size_t wcsxfrm(wchar_t *, const wchar_t *, size_t);
extern wchar_t *wcschr(const wchar_t *, wchar_t);
extern wchar_t *wcsrchr(const wchar_t *, wchar_t);
extern size_t wcscspn(const wchar_t *, const wchar_t *);
extern size_t wcsspn(const wchar_t *, const wchar_t *);
extern wchar_t *wcspbrk(const wchar_t *, const wchar_t *);
extern wchar_t *wcsstr(const wchar_t *, const wchar_t *);
extern wchar_t *wcstok(wchar_t *, const wchar_t *, wchar_t **);
extern size_t wcslen(const wchar_t *);
extern wchar_t *wmemchr(const wchar_t *, wchar_t, size_t);
extern int wmemcmp(const wchar_t *, const wchar_t *, size_t);
extern wchar_t *wmemcpy(wchar_t *, const wchar_t *, size_t);
extern wchar_t *wmemmove(wchar_t *, const wchar_t *, size_t);
extern wchar_t *wmemset(wchar_t *, wchar_t, size_t);
extern wint_t btowc(int);
extern int wctob(wint_t);
extern int mbsinit(const mbstate_t *);
extern size_t mbrtowc(wchar_t *, const char *, size_t, mbstate_t *);
extern size_t wcrtomb(char *, wchar_t, mbstate_t *);
extern size_t __mbrlen(const char *, size_t, mbstate_t *);
extern size_t mbrlen(const char *, size_t, mbstate_t *);
extern size_t mbsrtowcs(wchar_t *, const char **, size_t, mbstate_t *);
extern size_t wcsrtombs(char *, const wchar_t **, size_t, mbstate_t *);
extern double wcstod(const wchar_t *, wchar_t **);
extern long int wcstol(const wchar_t *, wchar_t **, int);
extern unsigned long int wcstoul(const wchar_t *, wchar_t **, int);
#ifdef __USE_XOPEN2K8
extern int wcscasecmp(const wchar_t *, const wchar_t *);
extern int wcsncasecmp(const wchar_t *, const wchar_t *, size_t);
extern int wcscasecmp_l(const wchar_t *, const wchar_t *, locale_t);
extern int wcsncasecmp_l(const wchar_t *, const wchar_t *, size_t, locale_t);
extern int wcscoll_l(const wchar_t *, const wchar_t *, locale_t);
extern size_t wcsxfrm_l(wchar_t *, const wchar_t *, size_t, locale_t);
extern wchar_t *wcsdup(const wchar_t *);
extern size_t wcsnlen(const wchar_t *, size_t);
extern size_t mbsnrtowcs(wchar_t *, const char **, size_t, size_t, mbstate_t *);
extern size_t wcsnrtombs(char *, const wchar_t **, size_t, size_t, mbstate_t *);
extern wchar_t *wcpcpy(wchar_t *, const wchar_t *);
extern wchar_t *wcpncpy(wchar_t *, const wchar_t *, size_t);
#endif
#ifdef __USE_GNU
extern wchar_t *wcschrnul(const wchar_t *, wchar_t);
extern wchar_t *wmempcpy(wchar_t *, const wchar_t *, size_t);
extern long long int wcstoq(const wchar_t *, wchar_t **, int);
extern unsigned long long int wcstouq(const wchar_t *, wchar_t **, int);
extern long int wcstol_l(const wchar_t *, wchar_t **, int, locale_t);
extern unsigned long int wcstoul_l(const wchar_t *, wchar_t **, int, locale_t);
extern long long int wcstoll_l(const wchar_t *, wchar_t **, int, locale_t);
extern unsigned long long int wcstoull_l(const wchar_t *, wchar_t **, int, locale_t);
extern double wcstod_l(const wchar_t *, wchar_t **, locale_t);
extern float wcstof_l(const wchar_t *, wchar_t **, locale_t);
extern long double wcstold_l(const wchar_t *, wchar_t **, locale_t);
#endif
#ifdef __USE_XOPEN
extern wchar_t *wcswcs(const wchar_t *, const wchar_t *);
extern int wcwidth(wchar_t);
extern int wcswidth(const wchar_t *, size_t);
#endif
#ifdef __USE_ISOC99
extern float wcstof(const wchar_t *, wchar_t **);
extern long double wcstold(const wchar_t *, wchar_t **);
extern long long int wcstoll(const wchar_t *, wchar_t **, int);
extern unsigned long long int wcstoull(const wchar_t *, wchar_t **, int);
#endif
#ifdef __USE_XOPEN2K8
#define __attr_dealloc_fclose
#endif
extern wint_t fgetwc(__FILE *);
extern wint_t getwc(__FILE *);
extern wint_t getwchar(void);
extern wint_t fputwc(wchar_t, __FILE *);
extern wint_t putwc(wchar_t, __FILE *);
extern wint_t putwchar(wchar_t);
extern wchar_t *fgetws(wchar_t *, int, __FILE *);
extern int fputws(const wchar_t *, __FILE *);
extern wint_t ungetwc(wint_t, __FILE *);
extern size_t wcsftime(wchar_t *, size_t, const wchar_t *, const struct tm *);
#ifdef __USE_XOPEN2K8
extern __FILE *open_wmemstream(wchar_t **, size_t *);
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_ISOC99
extern int fwide(__FILE *, int);
extern int fwprintf(__FILE *, const wchar_t *, ...);
extern int wprintf(const wchar_t *, ...);
extern int swprintf(wchar_t *, size_t, const wchar_t *, ...);
extern int vfwprintf(__FILE *, const wchar_t *, __gnuc_va_list);
extern int vwprintf(const wchar_t *, __gnuc_va_list);
extern int vswprintf(wchar_t *, size_t, const wchar_t *, __gnuc_va_list);
extern int fwscanf(__FILE *, const wchar_t *, ...);
extern int wscanf(const wchar_t *, ...);
extern int swscanf(const wchar_t *, const wchar_t *, ...);
extern int fwscanf(__FILE *, const wchar_t *, ...) __asm__("__isoc99_fwscanf");
extern int wscanf(const wchar_t *, ...) __asm__("__isoc99_wscanf");
extern int swscanf(const wchar_t *, const wchar_t *, ...) __asm__("__isoc99_swscanf");
#endif
#ifdef __USE_ISOC99
extern int vfwscanf(__FILE *, const wchar_t *, __gnuc_va_list);
extern int vwscanf(const wchar_t *, __gnuc_va_list);
extern int vswscanf(const wchar_t *, const wchar_t *, __gnuc_va_list);
#endif
#if (defined __USE_XOPEN2K || defined __STRICT_ANSI__) && defined __USE_ISOC99
extern int vfwscanf(__FILE *, const wchar_t *, __gnuc_va_list) __asm__("__isoc99_vfwscanf");
extern int vwscanf(const wchar_t *, __gnuc_va_list) __asm__("__isoc99_vwscanf");
extern int vswscanf(const wchar_t *, const wchar_t *, __gnuc_va_list) __asm__("__isoc99_vswscanf");
#endif
#ifdef __USE_GNU
extern wint_t getwc_unlocked(__FILE *);
extern wint_t getwchar_unlocked(void);
extern wint_t fgetwc_unlocked(__FILE *);
extern wint_t fputwc_unlocked(wchar_t, __FILE *);
extern wint_t putwc_unlocked(wchar_t, __FILE *);
extern wint_t putwchar_unlocked(wchar_t);
extern wchar_t *fgetws_unlocked(wchar_t *, int, __FILE *);
extern int fputws_unlocked(const wchar_t *, __FILE *);
extern size_t wcsftime_l(wchar_t *, size_t, const wchar_t *, const struct tm *, locale_t);
#endif
#endif
`;
