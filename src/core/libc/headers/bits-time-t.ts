/**
 * The header <bits/time_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsTimeTHeader = String.raw`#ifndef __time_t_defined
#define __time_t_defined 1
#include <features.h>
#include <bits/types.h>
typedef __time_t time_t;
#endif
`;
