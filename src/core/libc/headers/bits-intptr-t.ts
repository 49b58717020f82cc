/**
 * The header <bits/intptr_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsIntptrTHeader = String.raw`#ifndef __intptr_t_defined
#define __intptr_t_defined 1
#include <bits/types.h>
#ifdef __x86_64__
typedef long int intptr_t;
#else
typedef int intptr_t;
#endif
#endif
`;
