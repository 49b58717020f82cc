/**
 * The header <bits/clock_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsClockTHeader = String.raw`#ifndef __clock_t_defined
#define __clock_t_defined 1
#include <features.h>
#include <bits/types.h>
typedef __clock_t clock_t;
#endif
`;
