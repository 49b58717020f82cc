/**
 * The header <sys/fcntl.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysFcntlHeader = String.raw`#ifndef _SYS_FCNTL_H
#define _SYS_FCNTL_H 1
#include <features.h>
#include <fcntl.h>
#endif
`;
