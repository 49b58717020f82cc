/**
 * The header <bits/gid_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsGidTHeader = String.raw`#ifndef __gid_t_defined
#define __gid_t_defined 1
#include <bits/types.h>
typedef __gid_t gid_t;
#endif
`;
