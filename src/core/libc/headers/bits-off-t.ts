/**
 * The header <bits/off_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsOffTHeader = String.raw`#ifndef __off_t_defined
#define __off_t_defined 1
#include <bits/types.h>
#ifdef __USE_FILE_OFFSET64
typedef __off64_t off_t;
#else
typedef __off_t off_t;
#endif
#endif
`;
