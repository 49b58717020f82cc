/**
 * The header <bits/setjmp.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsSetjmpHeader = String.raw`#ifndef _BITS_SETJMP_H
#define _BITS_SETJMP_H 1
#include <features.h>
#ifdef __x86_64__
typedef long int __jmp_buf[8];
#else
typedef int __jmp_buf[6];
#endif
#endif
`;
