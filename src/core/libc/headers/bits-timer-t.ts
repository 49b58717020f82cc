/**
 * The header <bits/timer_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsTimerTHeader = String.raw`#ifndef __timer_t_defined
#define __timer_t_defined 1
#include <features.h>
typedef __timer_t timer_t;
#endif
`;
