/**
 * The header <bits/blksize_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsBlksizeTHeader = String.raw`#ifndef __blksize_t_defined
#define __blksize_t_defined 1
#include <bits/types.h>
typedef __blksize_t blksize_t;
#endif
`;
