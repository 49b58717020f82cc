/**
 * The header <bits/useconds_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsUsecondsTHeader = String.raw`#ifndef __useconds_t_defined
#define __useconds_t_defined 1
#include <bits/types.h>
typedef __useconds_t useconds_t;
#endif
`;
