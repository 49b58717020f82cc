/**
 * The header <bits/ino_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsInoTHeader = String.raw`#ifndef __ino_t_defined
#define __ino_t_defined 1
#include <bits/types.h>
#ifdef __USE_FILE_OFFSET64
typedef __ino64_t ino_t;
#else
typedef __ino_t ino_t;
#endif
#endif
`;
