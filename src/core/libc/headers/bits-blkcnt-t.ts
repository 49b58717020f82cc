/**
 * The header <bits/blkcnt_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsBlkcntTHeader = String.raw`#ifndef __blkcnt_t_defined
#define __blkcnt_t_defined 1
#include <bits/types.h>
#ifdef __USE_FILE_OFFSET64
typedef __blkcnt64_t blkcnt_t;
#else
typedef __blkcnt_t blkcnt_t;
#endif
#endif
`;
