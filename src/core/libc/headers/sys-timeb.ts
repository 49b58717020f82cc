/**
 * The header <sys/timeb.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysTimebHeader = String.raw`#ifndef _SYS_TIMEB_H
#define _SYS_TIMEB_H 1
#include <features.h>
#include <bits/time_t.h>
struct timeb {
  time_t time;
  unsigned short int millitm;
  short int timezone;
  short int dstflag;
};
extern int ftime(struct timeb *);
#endif
`;
