/**
 * The header <sys/errno.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysErrnoHeader = String.raw`#ifndef _SYS_ERRNO_H
#define _SYS_ERRNO_H 1
#include <features.h>
#include <errno.h>
#endif
`;
