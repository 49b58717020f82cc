/**
 * The header <bits/uid_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsUidTHeader = String.raw`#ifndef __uid_t_defined
#define __uid_t_defined 1
#include <bits/types.h>
typedef __uid_t uid_t;
#endif
`;
