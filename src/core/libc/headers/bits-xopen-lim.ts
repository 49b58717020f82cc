/**
 * The header <bits/xopen_lim.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsXopenLimHeader = String.raw`#ifndef _XOPEN_LIM_H
#define _XOPEN_LIM_H 1
#include <features.h>
#define _XOPEN_IOV_MAX _POSIX_UIO_MAXIOV
#include <bits/uio_lim.h>
#define IOV_MAX __IOV_MAX
#define NL_ARGMAX _POSIX_ARG_MAX
#define NL_LANGMAX _POSIX2_LINE_MAX
#define NL_MSGMAX INT_MAX
#define NL_SETMAX INT_MAX
#define NL_TEXTMAX INT_MAX
#define NZERO 20
#define WORD_BIT 32
#if defined __USE_GNU || !defined __USE_XOPEN2K8
#define NL_NMAX INT_MAX
#endif
#ifndef __x86_64__
#define LONG_BIT 32
#else
#define LONG_BIT 64
#endif
#endif
`;
