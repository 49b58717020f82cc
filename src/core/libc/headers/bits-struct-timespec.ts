/**
 * The header <bits/struct_timespec.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsStructTimespecHeader = String.raw`#ifndef _STRUCT_TIMESPEC
#define _STRUCT_TIMESPEC 1
#include <features.h>
#include <bits/types.h>
#include <bits/endian.h>
#ifdef __USE_POSIX199309
#include <bits/time_t.h>
#endif
struct timespec { __time_t tv_sec; __syscall_slong_t tv_nsec; };
#endif
`;
