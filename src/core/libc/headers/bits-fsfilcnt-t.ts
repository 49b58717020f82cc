/**
 * The header <bits/fsfilcnt_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsFsfilcntTHeader = String.raw`#ifndef __fsfilcnt_t_defined
#define __fsfilcnt_t_defined 1
#include <bits/types.h>
#ifdef __USE_FILE_OFFSET64
typedef __fsfilcnt64_t fsfilcnt_t;
#else
typedef __fsfilcnt_t fsfilcnt_t;
#endif
#endif
`;
