/**
 * The header <sys/time.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysTimeHeader = String.raw`#ifndef _SYS_TIME_H
#define _SYS_TIME_H 1
#include <features.h>
#include <bits/types.h>
#include <bits/time_t.h>
#include <bits/timeval.h>
#include <bits/suseconds_t.h>
#include <sys/select.h>
struct timezone {
  int tz_minuteswest;
  int tz_dsttime;
};
enum __itimer_which { ITIMER_REAL = 0, ITIMER_VIRTUAL = 1, ITIMER_PROF = 2 };
#define ITIMER_REAL ITIMER_REAL
#define ITIMER_VIRTUAL ITIMER_VIRTUAL
#define ITIMER_PROF ITIMER_PROF
struct itimerval {
  struct timeval it_interval;
  struct timeval it_value;
};
typedef int __itimer_which_t;
#ifdef __USE_GNU
#define TIMEVAL_TO_TIMESPEC(tv, ts) { (ts)->tv_sec = (tv)->tv_sec; (ts)->tv_nsec = (tv)->tv_usec * 1000; }
#define TIMESPEC_TO_TIMEVAL(tv, ts) { (tv)->tv_sec = (ts)->tv_sec; (tv)->tv_usec = (ts)->tv_nsec / 1000; }
#endif
#ifdef __USE_MISC
#define timerisset(tvp) ((tvp)->tv_sec || (tvp)->tv_usec)
#define timerclear(tvp) ((tvp)->tv_sec = (tvp)->tv_usec = 0)
#define timercmp(a, b, CMP) (((a)->tv_sec == (b)->tv_sec) ? ((a)->tv_usec CMP (b)->tv_usec) : ((a)->tv_sec CMP (b)->tv_sec))
#define timeradd(a, b, sum) do { (sum)->tv_sec = (a)->tv_sec + (b)->tv_sec; (sum)->tv_usec = (a)->tv_usec + (b)->tv_usec; if ((sum)->tv_usec > 999999) { (sum)->tv_sec++; (sum)->tv_usec -= 1000000; } } while (0)
#define timersub(a, b, rest) do { (rest)->tv_sec = (a)->tv_sec - (b)->tv_sec; (rest)->tv_usec = (a)->tv_usec - (b)->tv_usec; if ((rest)->tv_usec < 0) { (rest)->tv_sec--; (rest)->tv_usec += 1000000; } } while (0)
#endif
extern int getitimer(__itimer_which_t, struct itimerval *);
extern int setitimer(__itimer_which_t, const struct itimerval *, struct itimerval *);
extern int gettimeofday(struct timeval *, void *);
extern int settimeofday(const struct timeval *, const struct timezone *);
extern int adjtime(const struct timeval *, struct timeval *);
extern int utimes(const char *, const struct timeval *);
extern int lutimes(const char *, const struct timeval *);
extern int futimes(int, const struct timeval *);
#ifdef __USE_GNU
extern int futimesat(int, const char *, const struct timeval *);
#endif
#endif
`;
