/**
 * The header <bits/blkcnt64_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsBlkcnt64THeader = String.raw`#ifndef __blkcnt64_t_defined
#define __blkcnt64_t_defined 1
#include <bits/types.h>
typedef __blkcnt64_t blkcnt64_t;
#endif
`;
