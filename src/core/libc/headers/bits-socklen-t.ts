/**
 * The header <bits/socklen_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsSocklenTHeader = String.raw`#ifndef __socklen_t_defined
#define __socklen_t_defined 1
#include <bits/types.h>
typedef __socklen_t socklen_t;
#endif
`;
