/**
 * The header <bits/mode_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsModeTHeader = String.raw`#ifndef __mode_t_defined
#define __mode_t_defined 1
#include <bits/types.h>
typedef __mode_t mode_t;
#endif
`;
