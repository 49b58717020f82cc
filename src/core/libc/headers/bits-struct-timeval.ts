/**
 * The header <bits/struct_timeval.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsStructTimevalHeader = String.raw`#ifndef __timeval_defined
#define __timeval_defined 1
#include <features.h>
struct timeval { __time_t tv_sec; __suseconds_t tv_usec; };
#endif
`;
