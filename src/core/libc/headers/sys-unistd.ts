/**
 * The header <sys/unistd.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysUnistdHeader = String.raw`#ifndef _SYS_UNISTD_H
#define _SYS_UNISTD_H 1
#include <features.h>
#include <unistd.h>
#endif
`;
