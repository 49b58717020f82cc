/**
 * The header <sys/timex.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysTimexHeader = String.raw`#ifndef _SYS_TIMEX_H
#define _SYS_TIMEX_H 1
#include <features.h>
#include <sys/time.h>
#include <bits/timex.h>
#define NTP_API 4
struct ntptimeval {
  struct timeval time;
  long int maxerror;
  long int esterror;
  long int tai;
  long int __glibc_reserved1;
  long int __glibc_reserved2;
  long int __glibc_reserved3;
  long int __glibc_reserved4;
};
#define TIME_OK 0
#define TIME_INS 1
#define TIME_DEL 2
#define TIME_OOP 3
#define TIME_WAIT 4
#define TIME_ERROR 5
#define TIME_BAD TIME_ERROR
#define MAXTC 6
extern int adjtimex(struct timex *);
extern int ntp_gettimex(struct ntptimeval *);
extern int ntp_gettime(struct ntptimeval *) __asm__("ntp_gettimex");
extern int ntp_adjtime(struct timex *);
#endif
`;
