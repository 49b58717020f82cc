/**
 * The header <time.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const timeHeader = String.raw`#ifndef _TIME_H
#define _TIME_H 1
#include <features.h>
#include <bits/null.h>
#include <bits/size_t.h>
#include <bits/types.h>
#define CLOCKS_PER_SEC ((__clock_t) 1000000)
#if defined __USE_POSIX && !defined __USE_XOPEN2K
extern long int __sysconf(int);
#define CLK_TCK ((__clock_t) __sysconf (2))
#endif
#ifdef __USE_POSIX199309
#define CLOCK_REALTIME 0
#define CLOCK_MONOTONIC 1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID 3
#define CLOCK_MONOTONIC_RAW 4
#define CLOCK_REALTIME_COARSE 5
#define CLOCK_MONOTONIC_COARSE 6
#define CLOCK_BOOTTIME 7
#define CLOCK_REALTIME_ALARM 8
#define CLOCK_BOOTTIME_ALARM 9
#define CLOCK_TAI 11
#define TIMER_ABSTIME 1
#endif
#ifdef __USE_GNU
#include <bits/timex.h>
extern int clock_adjtime(__clockid_t, struct timex *);
#endif
#include <bits/clock_t.h>
#include <bits/time_t.h>
#ifdef __USE_MISC
struct tm {
  int tm_sec;
  int tm_min;
  int tm_hour;
  int tm_mday;
  int tm_mon;
  int tm_year;
  int tm_wday;
  int tm_yday;
  int tm_isdst;
  long int tm_gmtoff;
  const char *tm_zone;
};
#else
struct tm {
  int tm_sec;
  int tm_min;
  int tm_hour;
  int tm_mday;
  int tm_mon;
  int tm_year;
  int tm_wday;
  int tm_yday;
  int tm_isdst;
  long int __tm_gmtoff;
  const char *__tm_zone;
};
#endif
#if defined __USE_POSIX || defined __USE_ISOC11
#include <bits/struct_timespec.h>
#endif
#ifdef __USE_POSIX199309
#include <bits/clockid_t.h>
#include <bits/timer_t.h>
#include <bits/struct_itimerspec.h>
struct sigevent;
#endif
#ifdef __USE_XOPEN2K
#ifndef __pid_t_defined
typedef __pid_t pid_t;
#define __pid_t_defined
#endif
#endif
#ifdef __USE_XOPEN2K8
#include <bits/locale_t.h>
#endif
#ifdef __USE_ISOC11
#define TIME_UTC 1
#endif
extern clock_t clock(void);
extern time_t time(time_t *);
extern double difftime(time_t, time_t);
extern time_t mktime(struct tm *);
extern size_t strftime(char *, size_t, const char *, const struct tm *);
extern struct tm *gmtime(const time_t *);
extern struct tm *localtime(const time_t *);
extern char *asctime(const struct tm *);
extern char *ctime(const time_t *);
#ifdef __USE_XOPEN
extern char *strptime(const char *, const char *, struct tm *);
#endif
#ifdef __USE_XOPEN2K8
extern size_t strftime_l(char *, size_t, const char *, const struct tm *, locale_t);
#endif
#ifdef __USE_GNU
extern char *strptime_l(const char *, const char *, struct tm *, locale_t);
#endif
#if defined __USE_POSIX || __GLIBC_USE (IEC_60559_BFP_EXT_C2X)
extern struct tm *gmtime_r(const time_t *, struct tm *);
extern struct tm *localtime_r(const time_t *, struct tm *);
#endif
#ifdef __USE_POSIX
extern char *asctime_r(const struct tm *, char *);
extern char *ctime_r(const time_t *, char *);
#endif
extern char *__tzname[2];
extern int __daylight;
extern long int __timezone;
#ifdef __USE_POSIX
extern char *tzname[2];
extern void tzset(void);
#endif
#if defined __USE_MISC || defined __USE_XOPEN
extern int daylight;
extern long int timezone;
#endif
#define __isleap(year) ((year) % 4 == 0 && ((year) % 100 != 0 || (year) % 400 == 0))
#if defined __USE_MISC || __GLIBC_USE (IEC_60559_BFP_EXT_C2X)
extern time_t timegm(struct tm *);
#endif
#ifdef __USE_MISC
extern time_t timelocal(struct tm *);
extern int dysize(int);
#endif
#ifdef __USE_POSIX199309
extern int nanosleep(const struct timespec *, struct timespec *);
extern int clock_getres(clockid_t, struct timespec *);
extern int clock_gettime(clockid_t, struct timespec *);
extern int clock_settime(clockid_t, const struct timespec *);
extern int timer_create(clockid_t, struct sigevent *, timer_t *);
extern int timer_delete(timer_t);
extern int timer_settime(timer_t, int, const struct itimerspec *, struct itimerspec *);
extern int timer_gettime(timer_t, struct itimerspec *);
extern int timer_getoverrun(timer_t);
#endif
#ifdef __USE_XOPEN2K
extern int clock_nanosleep(clockid_t, int, const struct timespec *, struct timespec *);
extern int clock_getcpuclockid(pid_t, clockid_t *);
#endif
#ifdef __USE_ISOC11
extern int timespec_get(struct timespec *, int);
#endif
#if __GLIBC_USE (IEC_60559_BFP_EXT_C2X)
extern int timespec_getres(struct timespec *, int);
#endif
#ifdef __USE_XOPEN_EXTENDED
extern int getdate_err;
extern struct tm *getdate(const char *);
#endif
#ifdef __USE_GNU
extern int getdate_r(const char *, struct tm *);
#endif
#endif
`;
