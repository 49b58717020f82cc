/**
 * The header <sys/times.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysTimesHeader = String.raw`#ifndef _SYS_TIMES_H
#define _SYS_TIMES_H 1
#include <features.h>
#include <bits/clock_t.h>
struct tms {
  clock_t tms_utime;
  clock_t tms_stime;
  clock_t tms_cutime;
  clock_t tms_cstime;
};
extern clock_t times(struct tms *);
#endif
`;
