/**
 * The header <bits/struct_itimerspec.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsStructItimerspecHeader = String.raw`#ifndef __itimerspec_defined
#define __itimerspec_defined 1
#include <features.h>
#if __GLIBC_USE (DEPRECATED_GETS) && !defined __USE_POSIX
#include <bits/struct_timespec.h>
#endif
struct itimerspec {
  struct timespec it_interval;
  struct timespec it_value;
};
#endif
`;
