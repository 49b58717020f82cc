/**
 * The header <bits/nlink_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsNlinkTHeader = String.raw`#ifndef __nlink_t_defined
#define __nlink_t_defined 1
#include <bits/types.h>
typedef __nlink_t nlink_t;
#endif
`;
