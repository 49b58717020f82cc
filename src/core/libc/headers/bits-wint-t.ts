/**
 * The header <bits/wint_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsWintTHeader = String.raw`#ifndef __wint_t_defined
#define __wint_t_defined 1
#include <features.h>
#define _WINT_T 1
typedef unsigned int wint_t;
#endif
`;
