/**
 * The header <sys/timerfd.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysTimerfdHeader = String.raw`#ifndef _SYS_TIMERFD_H
#define _SYS_TIMERFD_H 1
#include <features.h>
#include <time.h>
#ifndef __USE_POSIX199309
#include <bits/struct_itimerspec.h>
#endif
enum {
  TFD_CLOEXEC = 02000000,
  TFD_NONBLOCK = 00004000,
};
#define TFD_CLOEXEC TFD_CLOEXEC
#define TFD_NONBLOCK TFD_NONBLOCK
enum {
  TFD_TIMER_ABSTIME = 1 << 0,
  TFD_TIMER_CANCEL_ON_SET = 1 << 1,
};
#define TFD_TIMER_ABSTIME TFD_TIMER_ABSTIME
#define TFD_TIMER_CANCEL_ON_SET TFD_TIMER_CANCEL_ON_SET
extern int timerfd_create(__clockid_t, int);
extern int timerfd_settime(int, int, const struct itimerspec *, struct itimerspec *);
extern int timerfd_gettime(int, struct itimerspec *);
#endif
`;
