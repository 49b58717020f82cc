/**
 * The header <bits/sigset_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsSigsetTHeader = String.raw`#ifndef __sigset_t_defined
#define __sigset_t_defined 1
#include <features.h>
#include <bits/__sigset_t.h>
typedef __sigset_t sigset_t;
#endif
`;
