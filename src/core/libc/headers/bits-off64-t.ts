/**
 * The header <bits/off64_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsOff64THeader = String.raw`#ifndef __off64_t_defined
#define __off64_t_defined 1
#include <bits/types.h>
typedef __off64_t off64_t;
#endif
`;
