/**
 * The header <bits/fsblkcnt_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsFsblkcntTHeader = String.raw`#ifndef __fsblkcnt_t_defined
#define __fsblkcnt_t_defined 1
#include <bits/types.h>
#ifdef __USE_FILE_OFFSET64
typedef __fsblkcnt64_t fsblkcnt_t;
#else
typedef __fsblkcnt_t fsblkcnt_t;
#endif
#endif
`;
