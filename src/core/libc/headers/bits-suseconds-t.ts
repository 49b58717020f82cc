/**
 * The header <bits/suseconds_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsSusecondsTHeader = String.raw`#ifndef __suseconds_t_defined
#define __suseconds_t_defined 1
#include <bits/types.h>
typedef __suseconds_t suseconds_t;
#endif
`;
