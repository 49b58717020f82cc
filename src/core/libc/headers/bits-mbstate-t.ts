/**
 * The header <bits/mbstate_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsMbstateTHeader = String.raw`#ifndef __mbstate_t_defined
#define __mbstate_t_defined 1
#include <features.h>
#include <bits/__mbstate_t.h>
typedef __mbstate_t mbstate_t;
#endif
`;
