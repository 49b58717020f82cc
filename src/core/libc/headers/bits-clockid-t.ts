/**
 * The header <bits/clockid_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsClockidTHeader = String.raw`#ifndef __clockid_t_defined
#define __clockid_t_defined 1
#include <features.h>
typedef __clockid_t clockid_t;
#endif
`;
