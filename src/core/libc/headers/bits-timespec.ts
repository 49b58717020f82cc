/**
 * The header <bits/timespec.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsTimespecHeader = String.raw`#ifndef _STRUCT_TIMESPEC
#define _STRUCT_TIMESPEC 1
#include <bits/types.h>
struct timespec {
  __time_t tv_sec;
  __syscall_slong_t tv_nsec;
};
#endif
`;
