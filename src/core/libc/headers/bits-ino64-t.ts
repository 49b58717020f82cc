/**
 * The header <bits/ino64_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsIno64THeader = String.raw`#ifndef __ino64_t_defined
#define __ino64_t_defined 1
#include <bits/types.h>
typedef __ino64_t ino64_t;
#endif
`;
