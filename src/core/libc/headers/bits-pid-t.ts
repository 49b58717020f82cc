/**
 * The header <bits/pid_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsPidTHeader = String.raw`#ifndef __pid_t_defined
#define __pid_t_defined 1
#include <bits/types.h>
typedef __pid_t pid_t;
#endif
`;
