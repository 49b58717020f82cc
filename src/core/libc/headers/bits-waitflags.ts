/**
 * The header <bits/waitflags.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsWaitflagsHeader = String.raw`#ifndef _BITS_WAITFLAGS_H
#define _BITS_WAITFLAGS_H 1
#include <features.h>
#define WNOHANG 1
#define WUNTRACED 2
#define __WNOTHREAD 0x20000000
#define __WALL 0x40000000
#define __WCLONE 0x80000000
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K8
#define WSTOPPED 2
#define WEXITED 4
#define WCONTINUED 8
#define WNOWAIT 0x01000000
#endif
#endif
`;
