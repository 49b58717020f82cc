/**
 * The header <bits/ssize_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsSsizeTHeader = String.raw`#ifndef __ssize_t_defined
#define __ssize_t_defined 1
#include <bits/types.h>
typedef __ssize_t ssize_t;
#endif
`;
