/**
 * The header <bits/getopt_posix.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsGetoptPosixHeader = String.raw`#ifndef _GETOPT_POSIX_H
#define _GETOPT_POSIX_H 1
#include <features.h>
#include <bits/getopt_core.h>
#if !defined __USE_GNU && !defined __USE_POSIX_IMPLICITLY
extern int getopt(int, char *const *, const char *) __asm__("__posix_getopt");
#endif
#endif
`;
