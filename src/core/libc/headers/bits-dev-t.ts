/**
 * The header <bits/dev_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsDevTHeader = String.raw`#ifndef __dev_t_defined
#define __dev_t_defined 1
#include <bits/types.h>
typedef __dev_t dev_t;
#endif
`;
