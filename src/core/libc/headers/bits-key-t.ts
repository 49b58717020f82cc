/**
 * The header <bits/key_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsKeyTHeader = String.raw`#ifndef __key_t_defined
#define __key_t_defined 1
#include <bits/types.h>
typedef __key_t key_t;
#endif
`;
